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
    shutil.rmtree(folder / "graph")
    with pytest.raises(StoreDamaged, match="and 8 more"):
        Archive.open(folder, BASE)
    with Archive.open(folder, BASE) as archive:
        assert len(archive.pending()) == 9


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
