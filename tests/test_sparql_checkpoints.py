"""Which state of the store a query sees: the newest, whatever becomes of the copies of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.sparql.pool import QueryPool
from graph.store.archive import Archive
from tests.querying import COUNT, NS, checkpoint_of, people, rows, small_settings
from tests.readings import echo, visit


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoint_of(tmp_path_factory.mktemp("store"), people(2000))


def test_sees_what_has_just_been_written(tmp_path: Path) -> None:
    settings = small_settings(query_workers=2)
    counts = "SELECT (COUNT(DISTINCT ?a) AS ?n) { GRAPH ?a { ?s a kg:Statement } }"
    with (
        Archive.open(tmp_path / "data", NS.base) as archive,
        QueryPool(lambda: (archive.sequence, archive.checkpoint()), archive.ns, settings, 20.0) as pool,
    ):
        assert rows(pool, counts) == ["0"]
        for expected, reading in enumerate((visit(), echo()), start=1):
            archive.begin(reading.article)
            archive.commit(reading)
            assert [rows(pool, counts) for _ in range(4)] == [[str(expected)]] * 4
        archive.delete(visit().article.id)
        assert rows(pool, counts) == ["1"]


def test_takes_another_copy_when_one_has_just_been_removed(path: Path, tmp_path: Path) -> None:
    given = iter([(1, path), (2, path.parent / "removed"), (3, path)])
    with QueryPool(lambda: next(given), NS, small_settings(), 20.0) as pool:
        assert rows(pool, COUNT) == ["2000"]


def test_follows_the_copies_to_another_folder(path: Path, tmp_path: Path) -> None:
    other = checkpoint_of(tmp_path, people(5))
    newest = [(1, path)]
    with QueryPool(lambda: newest[0], NS, small_settings(), 20.0) as pool:
        assert rows(pool, COUNT) == ["2000"]
        newest[0] = (2, other)
        assert rows(pool, COUNT) == ["5"]


def test_a_copy_that_cannot_be_opened_is_named(path: Path) -> None:
    with (
        QueryPool(lambda: (1, path.parent / "none"), NS, small_settings(), 20.0) as pool,
        pytest.raises(StoreError, match=r"cannot be opened .*No such file"),
    ):
        pool.run(COUNT)


def test_an_error_of_the_store_costs_no_worker(path: Path) -> None:
    failures = iter([StoreError("The disk is full."), StoreError("The disk is full.")])
    looks = iter(range(100))

    def checkpoint() -> tuple[int, Path]:
        if next(looks) in (1, 2):
            raise next(failures)
        return 1, path

    with QueryPool(checkpoint, NS, small_settings(), 20.0) as pool:
        for _ in range(2):
            with pytest.raises(StoreError, match="disk is full"):
                pool.run(COUNT)
        assert rows(pool, COUNT) == ["2000"]
