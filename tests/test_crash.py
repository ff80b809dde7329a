"""A process that writes is killed at random moments: all it told is there, and nothing is half there."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from graph import __version__
from graph.model import Reading
from graph.pipeline import recover
from graph.rdf import reading_quads
from graph.rdf_terms import DEFAULT
from graph.store.archive import Archive
from tests.conftest import BASE
from tests.crashing import STATEMENTS
from tests.readings import Recorded, numbered

KILLS = 10
STEP = 10_000
RUN = f"newsgraph {__version__}, model recorded 1.0"


@pytest.mark.slow
def test_ten_kills_lose_nothing_and_leave_nothing_half_written(folder: Path) -> None:
    moments = random.Random(20230317)
    acknowledged: dict[str, str] = {}
    known: dict[str, Reading] = {}
    for turn in range(KILLS):
        said = _run_and_kill(folder, turn * STEP, moments)
        assert said, "the process was killed before it wrote anything"
        acknowledged.update(said)
        known.update(_readings(turn * STEP, len(said)))
        with Archive.open(folder, BASE) as archive:
            _check_nothing_half(archive, known)
            _check_acknowledged(archive, acknowledged, known)
            assert recover(archive, Recorded(*known.values())).ok
            assert archive.ledger.in_state("pending") == archive.ledger.in_state("deleting") == []
            _check_whole(archive, known)
            _check_acknowledged(archive, acknowledged, known)


def _run_and_kill(folder: Path, start: int, moments: random.Random) -> dict[str, str]:
    """Return what the process said last of each article id."""
    command = [sys.executable, "-m", "tests.crashing", str(folder), str(start)]
    lines: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines += [process.stdout.readline() for _ in range(moments.randint(1, 12))]
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=moments.uniform(0, 0.06))
        process.kill()
        lines += process.stdout.readlines()
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {id_: word for word, id_ in whole}


def _readings(start: int, acknowledged: int) -> dict[str, Reading]:
    """Return by id the readings that the process may have begun by then."""
    numbers = range(start, start + 4 * (acknowledged + 2))
    return {reading.article.id: reading for number in numbers for reading in [numbered(number, STATEMENTS)]}


def _quads(archive: Archive, article_id: str, known: dict[str, Reading]) -> set[Quad]:
    record = archive.article(article_id)
    statements = known[article_id]
    reading = Reading(record.article, statements.statements, statements.entities, statements.mentions)
    return set(reading_quads(reading, archive.ns, RUN))


def _graphs(archive: Archive) -> dict[str, set[Quad]]:
    found: dict[str, set[Quad]] = {}
    for quad in archive.store.quads():
        if isinstance(quad.graph_name, NamedNode):
            found.setdefault(quad.graph_name.value.rpartition("/")[2], set()).add(quad)
    return found


def _check_nothing_half(archive: Archive, known: dict[str, Reading]) -> None:
    """Each graph is whole, has a row in the ledger, and what the ledger calls stored has its graph."""
    graphs = _graphs(archive)
    records = {record.article.id: record for record in archive.articles(limit=100_000)}
    assert graphs.keys() <= records.keys()
    sizes = {
        id_: len([q for q in reading_quads(known[id_], archive.ns, RUN) if q.graph_name != DEFAULT])
        for id_ in graphs
    }
    assert {id_: len(quads) for id_, quads in graphs.items()} == sizes
    for id_, record in records.items():
        if record.state == "stored":
            assert record.quads == len(graphs[id_])


def _check_acknowledged(archive: Archive, acknowledged: dict[str, str], known: dict[str, Reading]) -> None:
    """All is there, but for the articles that the process deletes: their deletion may have begun."""
    deletable = set(list(known)[1::4])
    records = {record.article.id: record for record in archive.articles(limit=100_000)}
    for id_, word in acknowledged.items():
        if word == "replaced":
            assert records[id_].article.title == "Replaced"
        if word == "deleted":
            assert id_ not in records
        if word == "added":
            assert id_ in records or id_ in deletable


def _check_whole(archive: Archive, known: dict[str, Reading]) -> None:
    """The store is what the articles of the ledger say, and no quad more."""
    records = archive.articles(limit=100_000)
    expected = {quad for record in records for quad in _quads(archive, record.article.id, known)}
    assert set(archive.store.quads()) == expected
