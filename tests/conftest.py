"""Fixtures that several test files share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from graph.store.archive import Archive
from graph.text import parse
from graph.vocab import Namespaces
from tests.calling import ARTICLE, Caller

BASE = "http://localhost:8000/"
# How long an example takes is the machine's doing, and decides no test.
settings.register_profile("newsgraph", deadline=None)
settings.load_profile("newsgraph")


def pytest_configure() -> None:
    # A shell lets what it starts in the background ignore Ctrl-C, and so does all that this starts: tests
    # that interrupt a command would wait for ever.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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


_load_once = cache(parse.load)


@pytest.fixture
def call(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Caller:
    for name in os.environ:
        if name.startswith("NEWSGRAPH_"):
            monkeypatch.delenv(name)
    monkeypatch.setattr("graph.text.reader.load", _load_once)  # half a second for each call otherwise
    monkeypatch.chdir(tmp_path)
    return Caller(capsysbinary, monkeypatch)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "visit.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.fixture
def filled(call: Caller, article: Path, tmp_path: Path) -> Path:
    """A store with one article."""
    data = tmp_path / "store"
    assert call("ingest", "--data", data, "--date", "2025-03-14", article).status == 0
    return data
