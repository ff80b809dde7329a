"""`extract`: articles are read and nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from api.commands.extraction import Failures, writer
from api.commands.inputs import articles_of, tell_skipped
from api.commands.options import Day, Lines, Output, Sources
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


def extract(
    sources: Sources, format_: ReadFormat = None, lines: Lines = False, day: Day = None, output: Output = None
) -> None:
    """Read articles and print their statements, without keeping anything."""
    settings = load_settings()
    person = at_terminal() and output is None
    make = writer(format_ or ("table" if person else "jsonl"), settings.base, output)
    failures = Failures()
    skipped: list[Path] = []
    articles = articles_of(settings, sources, lines, day, skipped)
    write(make(articles, Reader(settings.model, settings.max_article, settings.entities), failures), output)
    tell_skipped(skipped)
    failures.finish()
