"""Fixtures that several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store.archive import Archive
from graph.vocab import Namespaces

BASE = "http://localhost:8000/"


@pytest.fixture
def ns() -> Namespaces:
    return Namespaces(BASE)


@pytest.fixture
def archive() -> Iterator[Archive]:
    """An empty archive in memory."""
    with Archive.open(None, BASE) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where an archive on disk may be made; not there yet."""
    return tmp_path / "data"
