"""`ingest`: articles are read and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.commands.auditing import note
from api.commands.inputs import articles_of, finish_interrupted, tell_skipped
from api.commands.options import AllowPrivate, Data, Day, Lines, Sources
from api.commands.output import at_terminal, say
from api.commands.printable import printable
from api.commands.words import fate, summary
from graph import pipeline
from graph.model import Article, Failure, Outcome
from graph.settings import load_settings
from graph.store.archive import Archive
from graph.text.reader import Reader

OnResult: TypeAlias = Callable[[Article | Failure, Outcome | None], None]


def ingest(
    sources: Sources,
    data: Data = None,
    lines: Lines = False,
    day: Day = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Read articles and keep them in the store; what is there already stays as it is."""
    settings = load_settings(data=data)
    skipped: list[Path] = []
    reader = Reader(settings.model, settings.max_article, settings.entities)
    with Archive.open(settings.data, settings.base) as archive:
        finish_interrupted(archive, reader)
        with _progress() as on_result:
            articles = articles_of(settings, sources, lines, day, skipped, private=allow_private)
            report = pipeline.ingest(articles, archive, reader, on_result)
    note(report.outcomes[Outcome.ADDED] + report.outcomes[Outcome.REPLACED])
    say(f"{settings.data}: {summary(report)}.")
    tell_skipped(skipped)
    if not report.ok:
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[OnResult]:
    """Give what tells of each article as it is done; a person at a terminal sees how far we are."""
    screen = Console(stderr=True, markup=False, highlight=False, emoji=False)
    columns = (SpinnerColumn(), TextColumn("{task.completed} done"), TimeElapsedColumn())
    bar = Progress(
        *columns,
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task("", total=None)

        def on_result(item: Article | Failure, outcome: Outcome | None) -> None:
            if isinstance(item, Failure):
                screen.print(printable(f"{item.source}: {item.error}"), soft_wrap=True)
            elif outcome is not None:
                line = fate(item, outcome)
                if at_terminal():  # above the bar, not through it
                    screen.print(line, soft_wrap=True)
                else:
                    print(line)
            bar.advance(task)

        yield on_result
