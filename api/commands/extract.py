"""`extract`: articles are read and nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from api.commands.extraction import Failures, Write, writer
from api.commands.inputs import articles_of, tell_skipped
from api.commands.options import AllowPrivate, Day, Lines, Output, Sources
from api.commands.output import at_terminal, write
from graph.settings import load_settings
from graph.text.reader import Reader

ReadFormat: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, jsonl, oie, or an export format such as ttl; a table at a terminal, else jsonl.",
    ),
]
Explain: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Show for each sentence its parse, the rules that found its clauses, and what was dropped and "
        "why; as a table, or with --format jsonl as an object a sentence.",
    ),
]


def extract(
    sources: Sources,
    format_: ReadFormat = None,
    explain: Explain = False,
    lines: Lines = False,
    day: Day = None,
    allow_private: AllowPrivate = False,
    output: Output = None,
) -> None:
    """Read articles and print their statements, without keeping anything."""
    settings = load_settings()
    if explain:
        make = _explaining(format_, output)
    else:
        make = _stating(format_, settings.base, output, by_line=lines)
    failures = Failures()
    skipped: list[Path] = []
    articles = articles_of(settings, sources, lines, day, skipped, private=allow_private)
    write(make(articles, Reader(settings.model, settings.max_article, settings.entities), failures), output)
    tell_skipped(skipped)
    failures.finish()


def _stating(format_: str | None, base: str, output: Path | None, *, by_line: bool) -> Write:
    """Return what writes statements, for a person a table and for a program lines."""
    person = at_terminal() and output is None
    return writer(format_ or ("table" if person else "jsonl"), base, output, by_line=by_line)


def _explaining(format_: str | None, output: Path | None) -> Write:
    """Return what writes explanations, which are for a person wherever they go."""
    from api.commands.explaining import explaining  # here, since hardly any call needs it

    return explaining(format_ or "table", output)
