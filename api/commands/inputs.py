"""What a command works on: the articles that it names, and the store."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from api.commands.extraction import Articles
from graph.settings import Settings, load_settings
from graph.sources import read_paths
from graph.store.archive import Archive


def articles_of(settings: Settings, sources: list[str], lines: bool, day: date | None) -> Articles:
    """Give the articles of `sources` (files, folders, - for standard input), one after the other."""
    return read_paths(sources, published=day, lines=lines, stdin=sys.stdin.buffer, limit=settings.max_article)


def open_store(data: Path | None) -> Archive:
    """Open the store that is there; `data` wins over the setting.

    Raises StoreError if there is none, and what `Archive.open` raises.
    """
    settings = load_settings(data=data)
    return Archive.open(settings.data, settings.base, create=False)
