"""What an archive does at its opening about what a killed process, or a damaged disk, left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph import __version__
from graph.errors import StoreDamaged
from graph.model import Outcome
from graph.rdf import reading_quads
from graph.store.archive import UNNAMED, Archive
from graph.store.embedded import EmbeddedStore
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import echo, numbered, visit

RUN = f"newsgraph {__version__}, model {UNNAMED}"


def test_a_graph_without_its_ledger_is_damaged(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, echo())
    for path in folder.glob("ledger.sqlite*"):
        path.unlink()
    with pytest.raises(StoreDamaged, match=r"no ledger\.sqlite"):
        Archive.open(folder, BASE)
    assert not (folder / "ledger.sqlite").exists()


@pytest.mark.parametrize("damage", ["lost", "part"])
def test_a_damaged_graph_is_named_once_and_read_again(folder: Path, damage: str) -> None:
    with Archive.open(folder, BASE) as archive:
        for reading in (numbered(1), numbered(2), visit()):
            keep(archive, reading)
    store = EmbeddedStore(folder / "graph", archive.ns)
    graph = archive.ns.article(visit().article.id)
    if damage == "lost":
        store.drop(graph)
    else:
        some = list(store._store.quads_for_pattern(None, None, None, graph))[:20]
        for quad in some:
            store._store.remove(quad)
    store.close()
    with pytest.raises(
        StoreDamaged, match=f"article {visit().article.id}; the text is safe.*newsgraph ingest"
    ):
        Archive.open(folder, BASE)
    with Archive.open(folder, BASE) as archive:
        assert archive.pending() == [visit().article]
        assert keep(archive, visit()) is Outcome.ADDED
        expected = {
            quad
            for reading in (numbered(1), numbered(2), visit())
            for quad in reading_quads(reading, archive.ns, RUN)
        }
        assert set(archive.store.quads()) == expected
    Archive.open(folder, BASE).close()


def test_once_one_article_is_damaged_all_are_counted(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        for number in range(9):
            keep(archive, numbered(number, 1))
    store = EmbeddedStore(folder / "graph", archive.ns)
    for number in range(9):
        store.drop(archive.ns.article(numbered(number, 1).article.id))
    store.close()
    with pytest.raises(StoreDamaged, match="and 8 more"):
        Archive.open(folder, BASE)
    with Archive.open(folder, BASE) as archive:
        assert len(archive.pending()) == 9


def test_a_broken_graph_that_is_moved_away_is_read_again(folder: Path) -> None:
    """What the message of a damaged graph advises."""
    readings = [visit(), *(numbered(number) for number in range(5))]
    with Archive.open(folder, BASE) as archive:
        for reading in readings:
            keep(archive, reading)
        before = set(archive.store.quads())
    (folder / "graph" / "CURRENT").write_bytes(b"")
    with pytest.raises(StoreDamaged, match=f"Move the folder {folder / 'graph'} away"):
        Archive.open(folder, BASE)
    (folder / "graph").rename(folder.parent / "away")
    with pytest.raises(StoreDamaged, match="and 5 more"):
        Archive.open(folder, BASE, create=False)
    shutil.rmtree(folder / "graph")
    with Archive.open(folder, BASE) as archive:
        assert {article.id for article in archive.pending()} == {each.article.id for each in readings}
        for reading in readings:
            assert archive.commit(reading) is Outcome.ADDED
        assert set(archive.store.quads()) == before


def test_a_moved_graph_is_no_damage_to_who_may_make_a_new_one(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
    shutil.rmtree(folder / "graph")
    with Archive.open(folder, BASE) as archive:
        assert archive.pending() == [visit().article]


@pytest.mark.parametrize("left", [b"", b"no database " * 400], ids=["empty", "not SQLite"])
def test_a_ledger_that_lost_its_texts_is_no_new_one(folder: Path, left: bytes) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
    (folder / "ledger.sqlite").write_bytes(left)
    with pytest.raises(StoreDamaged, match=r"ledger\.sqlite is damaged .*restore its folder from a backup"):
        Archive.open(folder, BASE)
    assert (folder / "ledger.sqlite").read_bytes() == left


def test_a_deletion_that_was_cut_off_is_finished(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
        keep(archive, echo())
        archive.ledger.deleting(visit().article.id)  # and the process dies here
    with Archive.open(folder, BASE) as archive:
        assert [record.article for record in archive.articles()] == [echo().article]
        assert archive.ledger.in_state("deleting") == []
        quads = set(archive.store.quads())
        assert quads == set(reading_quads(echo(), archive.ns, RUN))


def test_abandoning_takes_along_what_a_cut_off_commit_left(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        archive.begin(visit().article)
        archive.store.put(archive.ns.article(visit().article.id), reading_quads(visit(), archive.ns, "x"))
    with Archive.open(folder, BASE) as archive:
        (article,) = archive.pending()
        archive.abandon(article)
        assert list(archive.store.quads()) == []
