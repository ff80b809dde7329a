"""The handle on the engine: what a full disk does to it, and what broken files are called."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import StoreDamaged, StoreError, StoreFull, StoreInUse
from graph.store.engine import Engine, telling
from tests.disk import no_file_over


def quads(count: int, name: str = "s") -> list[Quad]:
    """Make `count` quads of about 150 bytes."""
    says = NamedNode("http://a.example/says")
    return [Quad(NamedNode(f"http://a.example/{name}{n}"), says, Literal("x" * 100)) for n in range(count)]


def put(engine: Engine, given: list[Quad]) -> None:
    with engine.writing():
        engine.get().extend(given)


def test_a_write_that_failed_is_forgotten_when_there_is_room_again(tmp_path: Path) -> None:
    """RocksDB by itself refuses every write after one that failed."""
    engine = Engine(tmp_path / "graph")
    put(engine, quads(10, "first"))
    with no_file_over(100_000):
        for _ in range(2):
            with pytest.raises(StoreFull, match="make room"):
                put(engine, quads(20_000, "much"))
            assert len(engine.get()) == 10
    put(engine, quads(10, "then"))
    assert len(engine.get()) == 20
    engine.close()
    assert len(Engine(tmp_path / "graph").get()) == 20


def test_what_is_there_can_be_read_while_it_cannot_be_opened_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(tmp_path / "graph")
    put(engine, quads(10))
    with pytest.raises(StoreFull), engine.writing():
        raise OSError(errno.ENOSPC, "No space left on device")

    def refuse(_path: object) -> pyoxigraph.Store:
        raise StoreFull("still full")

    monkeypatch.setattr("graph.store.engine._open", refuse)
    with pytest.raises(StoreFull, match="still full"):
        put(engine, quads(1, "more"))
    assert len(engine.get()) == 10
    monkeypatch.undo()
    put(engine, quads(1, "more"))
    assert len(engine.get()) == 11
    engine.close()


def test_readers_at_work_do_not_stop_the_renewal(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "graph")
    put(engine, quads(50))
    done, seen, failures = threading.Event(), [0], []

    def read() -> None:
        try:
            while not done.is_set():
                assert len(list(engine.get().quads_for_pattern(None, None, None))) >= 50
                seen[0] += 1
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(3):
        with pytest.raises(StoreFull), engine.writing():
            raise OSError(errno.ENOSPC, "No space left on device")
        put(engine, quads(1, f"more{number}"))
    done.set()
    thread.join()
    assert (failures, len(engine.get())) == ([], 53)
    assert seen[0] > 0
    engine.close()


def test_a_closed_engine_says_so(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "graph")
    engine.close()
    with pytest.raises(StoreError, match="closed"):
        engine.get()
    with pytest.raises(StoreError, match="closed"):
        put(engine, quads(1))


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StoreFull, "make room"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), StoreFull, "make room"),
        (RuntimeError("Corruption: block checksum mismatch"), StoreDamaged, "texts in the ledger are safe"),
        (
            OSError("IO error: No such file or directory: 000010.sst"),
            StoreDamaged,
            "Move the folder data/graph away",
        ),
        (OSError("IO error: While open LOCK: Read-only file system"), StoreError, "cannot be written"),
        (OSError("IO error: While lock file: LOCK: Resource temporarily unavailable"), StoreInUse, "stop it"),
        (OSError("something else"), StoreError, "something else"),
    ],
)
def test_what_the_engine_raises_is_told(error: Exception, kind: type[StoreError], words: str) -> None:
    with pytest.raises(StoreError, match=words) as told, telling(Path("data/graph")):
        raise error
    assert type(told.value) is kind


def test_what_is_not_about_the_disk_is_left_alone() -> None:
    with pytest.raises(RuntimeError, match="a query"), telling(None):
        raise RuntimeError("a query")
