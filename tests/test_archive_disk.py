"""What an archive does when the disk refuses: nothing is lost, and there is no need to start again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from graph.errors import NotFound, StoreError, StoreFull
from graph.model import Article, Outcome
from graph.store.archive import Archive
from tests.conftest import BASE
from tests.disk import no_file_over
from tests.keeping import keep
from tests.readings import echo, numbered, visit


@pytest.fixture
def filled_archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
        keep(archive, echo())
        yield archive


@contextmanager
def full_graph(archive: Archive) -> Iterator[None]:
    """Let the log of the graph not grow any more; it is the largest of the files that a write adds to."""
    assert archive.store._path is not None  # type: ignore[attr-defined]
    logs = archive.store._path.glob("*.log")  # type: ignore[attr-defined]
    with no_file_over(max(log.stat().st_size for log in logs)):
        yield


def test_a_full_disk_needs_no_restart(folder: Path) -> None:
    big = numbered(2, 300)
    with Archive.open(folder, BASE) as archive:
        for number in (0, 1):
            keep(archive, numbered(number))
        before = set(archive.store.quads())
        archive.begin(big.article)
        with no_file_over(100_000):
            for _ in range(2):
                with pytest.raises(StoreFull, match="make room"):
                    archive.commit(big)
            assert set(archive.store.quads()) == before
            assert archive.article(big.article.id).state == "pending"
        assert archive.commit(big) is Outcome.ADDED
    with Archive.open(folder, BASE) as archive:
        assert archive.begin(big.article) is Outcome.UNCHANGED


def test_a_deletion_that_the_disk_refused_is_finished_by_the_next_write(
    filled_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, gone = filled_archive, visit().article.id
    _refuse_deletions(archive, monkeypatch)
    with pytest.raises(StoreFull):
        archive.delete(gone)
    assert [record.article for record in archive.ledger.in_state("deleting")] == [visit().article]
    with pytest.raises(StoreFull):
        archive.begin(numbered(1).article)
    with pytest.raises(StoreFull):
        archive.catch_up()
    assert archive.store.count(archive.ns.article(gone)) > 0
    monkeypatch.undo()
    keep(archive, numbered(1))
    assert archive.ledger.in_state("deleting") == []
    assert archive.store.count(archive.ns.article(gone)) == 0


def test_a_deletion_that_the_disk_refused_can_be_asked_for_again(
    filled_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, gone = filled_archive, visit().article.id
    _refuse_deletions(archive, monkeypatch)
    for _ in range(2):
        with pytest.raises(StoreFull):
            archive.delete(gone)
    monkeypatch.undo()
    archive.delete(gone)
    assert archive.store.count(archive.ns.article(gone)) == 0
    with pytest.raises(NotFound):
        archive.delete(gone)


def test_deletions_on_a_full_disk_are_all_made_good(folder: Path) -> None:
    """The disk itself refuses here, wherever it does; what was refused is finished when there is room."""
    readings = [numbered(number, 40) for number in range(12)]
    with Archive.open(folder, BASE) as archive:
        for reading in readings:
            keep(archive, reading)
        refused = 0
        with full_graph(archive):
            for reading in readings[1:]:
                try:
                    archive.delete(reading.article.id)
                except StoreError:
                    refused += 1
        assert refused
        for reading in readings[1:]:
            with suppress(NotFound):
                archive.delete(reading.article.id)
        archive.catch_up()
        assert archive.ledger.in_state("deleting") == []
        assert [record.article for record in archive.articles()] == [readings[0].article]
        left = {str(quad.graph_name) for quad in archive.store.quads()}
        assert left == {"DEFAULT", str(archive.ns.article(readings[0].article.id))}


def test_a_full_ledger_is_told(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
        pages = archive.ledger._sql.execute("PRAGMA page_count").fetchone()[0]
        archive.ledger._sql.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreFull, match=r"ledger .*make room"):
            archive.begin(Article("long " * 10_000))
        archive.ledger._sql.execute(f"PRAGMA max_page_count = {pages + 100}")
        assert archive.begin(Article("long " * 10_000)) is None
        archive.abandon(Article("long " * 10_000))
        assert [record.article for record in archive.articles()] == [visit().article]


@pytest.mark.parametrize("closed", ["", "graph"])
def test_a_folder_that_may_not_be_written_is_named(closed: str) -> None:
    with _public_folder() as folder:
        with Archive.open(folder, BASE) as archive:
            keep(archive, visit())
        for path in (folder, *folder.rglob("*")):
            inside = path.is_relative_to(folder / closed)
            path.chmod((0o555 if inside else 0o777) if path.is_dir() else (0o444 if inside else 0o666))
        with _nobody(), pytest.raises(StoreError, match="let this user write") as told:
            Archive.open(folder, BASE)
        assert type(told.value) is StoreError
        for path in (folder, *folder.rglob("*")):  # so that it can be removed
            path.chmod(0o777)


def _refuse_deletions(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_graph: object) -> None:
        raise StoreFull("The graph cannot be written; make room.")

    monkeypatch.setattr(archive.store, "drop", refuse)


@contextmanager
def _public_folder() -> Iterator[Path]:
    """Give a folder that others may enter too, which those of pytest are not."""
    top = Path(tempfile.mkdtemp())
    try:
        top.chmod(0o755)
        yield top / "data"
    finally:
        shutil.rmtree(top)


@contextmanager
def _nobody() -> Iterator[None]:
    """Be a user with no rights, if this is one with all of them."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
