"""Keeps readings in an archive, as the pipeline does."""

from __future__ import annotations

from graph.model import Outcome, Reading
from graph.store.archive import Archive


def keep(archive: Archive, reading: Reading) -> Outcome:
    """Begin an article and commit its reading."""
    return archive.begin(reading.article) or archive.commit(reading)
