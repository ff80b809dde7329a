"""What a command works on: the articles that it names, and the store."""

from __future__ import annotations

import sys
from collections.abc import Sized
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands.extraction import Articles
from api.commands.output import say
from api.commands.words import summary, unfinished
from graph import pipeline
from graph.settings import Settings, load_settings
from graph.sources import read_paths
from graph.store.archive import Archive

if TYPE_CHECKING:
    from graph.sources.fetching import Guard
    from graph.sources.web import Online


def articles_of(
    settings: Settings,
    sources: list[str],
    lines: bool,
    day: date | None,
    skipped: list[Path] | None = None,
    *,
    private: bool = False,
) -> Articles:
    """Give the articles of `sources` (files, folders, addresses, - for standard input), one after the other.

    Files of the folders that are of no known kind are added to `skipped`. With `private`, addresses of this
    machine and its network are fetched too.
    """
    left_out: list[Path] = [] if skipped is None else skipped
    return read_paths(
        sources,
        published=day,
        lines=lines,
        stdin=sys.stdin.buffer,
        limit=settings.max_article,
        on_skipped=left_out.append,
        online=cache(partial(_online, private)),
        pages=settings.fetch,
    )


def _online(private: bool) -> Online:
    """Return what fetches the addresses that a person names, and with manners the pages of their feeds."""
    from graph.sources.fetching import fetch  # here, because few commands need the network
    from graph.sources.polite import Polite, SystemClock
    from graph.sources.web import Online

    guard = guard_of(private)
    return Online(partial(fetch, guard=guard), Polite(guard, SystemClock()).page)


def guard_of(private: bool) -> Guard:
    """Return the guard for addresses that the person at the terminal names."""
    from graph.sources.fetching import Guard

    return Guard(private=private, advice="Add --allow-private if it is meant.")


def tell_skipped(skipped: Sized) -> None:
    """Tell the person how many files were left out, if any were."""
    if skipped:
        files = "1 file" if len(skipped) == 1 else f"{len(skipped):,} files"
        say(f"{files} skipped: not of a kind that newsgraph reads.")


def open_store(data: Path | None) -> Archive:
    """Open the store that is there; `data` wins over the setting.

    Raises StoreError if there is none, and what `Archive.open` raises.
    """
    settings = load_settings(data=data)
    return Archive.open(settings.data, settings.base, create=False)


def finish_interrupted(archive: Archive, reader: pipeline.Reader) -> None:
    """Read what an earlier process left half done, and say so. Raises what `pipeline.recover` does."""
    if archive.pending():
        say(f"Finished what was interrupted: {summary(pipeline.recover(archive, reader))}.")


def open_to_read(data: Path | None) -> Archive:
    """Open the store as `open_store` does, and tell the person what of it is not in the graph yet."""
    archive = open_store(data)
    for sentence in unfinished(archive.ledger.in_state("pending")):
        say(sentence)
    return archive
