"""`watch`: feeds are read again and again, politely, and what is new in them is kept."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, TypeAlias

import typer

from api.commands.auditing import tell
from api.commands.inputs import finish_interrupted, guard_of
from api.commands.options import AllowPrivate, Data
from api.commands.output import say
from api.commands.printable import printable
from api.commands.words import fate
from graph import pipeline
from graph.model import Article, Failure, Outcome
from graph.settings import Settings, load_settings
from graph.sources.polite import Polite, SystemClock
from graph.sources.watching import Desk, OnResult, Watcher
from graph.store.archive import Archive
from graph.store.feeds import FeedMemory
from graph.text.reader import Reader

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_SHORTEST, _LONGEST = 60, 30 * 86_400


def interval(text: str) -> float:
    """Read an interval such as 15m as seconds. Raises typer.BadParameter."""
    found = re.fullmatch(r"([0-9]{1,7})([smhd])", text)
    seconds = int(found.group(1)) * _UNITS[found.group(2)] if found else 0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise typer.BadParameter(f"{text!r} is no interval from 1m to 30d; write it as 90s, 15m, 2h or 1d.")
    return float(seconds)


Feeds: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="FEED", help="Addresses of RSS or Atom feeds.", show_default=False)
]
Every: TypeAlias = Annotated[
    float,
    typer.Option("--every", metavar="INTERVAL", parser=interval, help="How often, as 90s, 15m, 2h or 1d."),
]
Once: TypeAlias = Annotated[bool, typer.Option("--once", help="Read each feed once, and end.")]


def watch(
    feeds: Feeds,
    data: Data = None,
    every: Every = "15m",  # type: ignore[assignment]  # parsed as one that is given
    once: Once = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Keep reading feeds, as their hosts allow; ended by Ctrl-C, and the next run goes on there."""
    settings = load_settings(data=data)
    reader = Reader(settings.model, settings.max_article, settings.entities)
    clock = SystemClock()
    watcher = Watcher(
        Polite(guard_of(allow_private), clock),
        lambda: _desk(settings, reader),
        clock,
        every,
        settings.max_article,
        lambda sentence: say(printable(sentence)),
    )
    try:
        with _ended_by_signals():
            well = watcher.run(feeds, once=once)
    except KeyboardInterrupt:
        say("Ended; what was read is kept.")
        return
    if not once:
        say("No feed is left to watch.")
    if not well or not once:
        raise typer.Exit(1)


@contextmanager
def _desk(settings: Settings, reader: Reader) -> Iterator[Desk]:
    """Open the store for one round of reading; what an earlier process left is finished first."""
    with Archive.open(settings.data, settings.base) as archive:
        finish_interrupted(archive, reader)

        def ingest(articles: Iterable[Article | Failure], heard: OnResult) -> None:
            def told(item: Article | Failure, outcome: Outcome | None) -> None:
                heard(item, outcome)
                if isinstance(item, Failure):
                    say(printable(f"{item.source}: {item.error}"))
                elif outcome is not None:
                    print(fate(item, outcome), flush=True)

            report = pipeline.ingest(articles, archive, reader, told)
            if changed := report.outcomes[Outcome.ADDED] + report.outcomes[Outcome.REPLACED]:
                tell("watch", changed, 0)

        yield Desk(FeedMemory(archive.ledger), ingest)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM end the work as Ctrl-C does, and only the first of either, so that the rest is orderly."""

    def end(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
