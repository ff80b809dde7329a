"""What an archive does at its opening about what a killed process, or a damaged disk, left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph import __version__
from graph.errors import StoreDamaged
from graph.model import Outcome
from graph.pipeline import recover
from graph.rdf import reading_quads
from graph.store.archive import UNNAMED, Archive
from graph.store.embedded import EmbeddedStore
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import Recorded, echo, numbered, visit

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


def open_to_read(folder: Path) -> Archive:
    return Archive.open(folder, BASE, create=False)


def test_a_lost_graph_is_told_to_every_reader_until_it_is_made_again(folder: Path) -> None:
    readings = [visit(), numbered(1)]
    with Archive.open(folder, BASE) as archive:
        for reading in readings:
            keep(archive, reading)
    shutil.rmtree(folder / "graph")
    for _ in range(3):
        with pytest.raises(StoreDamaged, match=r"holds 0 of the \d+ quads of article .* and 1 more"):
            open_to_read(folder)
    with Archive.open(folder, BASE) as archive:
        keep(archive, readings[0])
    with pytest.raises(StoreDamaged, match=f"holds 0 of the .* quads of article {readings[1].article.id};"):
        open_to_read(folder)
    with Archive.open(folder, BASE) as archive:
        keep(archive, readings[1])
    with open_to_read(folder) as archive:
        assert len(archive.articles()) == 2


def test_an_article_that_cannot_be_read_anew_no_longer_stops_readers(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
    shutil.rmtree(folder / "graph")
    with Archive.open(folder, BASE) as archive:
        assert not recover(archive, Recorded(echo())).ok
    with open_to_read(folder) as archive:
        assert [record.state for record in archive.articles()] == ["failed"]


def test_the_graph_holds_nothing_of_what_is_only_pending(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, echo())
        archive.begin(visit().article)
        archive.store.put(archive.ns.article(visit().article.id), reading_quads(visit(), archive.ns, RUN))
    with open_to_read(folder) as archive:
        assert set(archive.store.quads()) == set(reading_quads(echo(), archive.ns, RUN))
        assert archive.pending() == [visit().article]


def test_the_version_that_is_stored_stays_while_another_is_pending(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
        archive.begin(visit(title="Changed").article)
    with open_to_read(folder) as archive:
        assert set(archive.store.quads()) == set(reading_quads(visit(), archive.ns, RUN))


def test_a_graph_of_articles_that_the_ledger_lost_is_named_to_readers(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        for reading in (visit(), echo(), numbered(1)):
            keep(archive, reading)
        for article_id in (visit().article.id, numbered(1).article.id):
            archive.ledger.deleting(article_id)
            archive.ledger.remove(article_id)
    for _ in range(2):
        with pytest.raises(StoreDamaged, match=r"holds 2 articles that the ledger does not know.* again"):
            open_to_read(folder)
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
    with pytest.raises(StoreDamaged, match="holds an article that the ledger does not know"):
        open_to_read(folder)
    shutil.rmtree(folder / "graph")
    with Archive.open(folder, BASE) as archive:
        assert recover(archive, Recorded(visit(), echo(), name=UNNAMED)).ok
    with open_to_read(folder) as archive:
        expected = {quad for each in (visit(), echo()) for quad in reading_quads(each, archive.ns, RUN)}
        assert set(archive.store.quads()) == expected
