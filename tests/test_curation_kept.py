"""Decisions outlive what else happens to a store: rebuilding, newer models, users, backups, kills."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from graph import curation, views
from graph.curation import Hand, Wanted
from graph.decisions import Decision
from graph.edits import Editor
from graph.errors import Conflict, Merged, StoreDamaged, StoreError, TooLarge
from graph.pipeline import ingest
from graph.sparql.update_guard import outline
from graph.store import decided
from graph.store.archive import UNNAMED, Archive
from graph.store.backups import backup, restore
from graph.store.embedded import EmbeddedStore
from graph.store.rebuilding import rebuild
from graph.store.upkeep import verify
from tests.conftest import BASE
from tests.deciding import HAND, READINGS, expected
from tests.keeping import keep
from tests.querying import small_settings
from tests.readings import Recorded, echo, numbered, visit

VISIT, ANNEXED, *_ = sorted(visit().statements, key=lambda one: one.start)
MERGED = ("Moscow", "Russia")


def open_(folder: Path) -> Archive:
    return Archive.open(folder, BASE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store in which something of each kind was decided."""
    made = tmp_path / "data"
    with open_(made) as archive:
        for reading in READINGS:
            keep(archive, reading)
        curation.merge(archive, *MERGED, HAND)
        curation.rename(archive, "Russia", "Norvalia", HAND)
        curation.correct(archive, ANNEXED.id, {"predicate": "seize", "polarity": "negative"}, HAND)
        curation.reject(archive, VISIT.id, HAND)
    return made


def test_rebuilding_makes_the_same_graph(folder: Path) -> None:
    for everything in (False, True):
        with open_(folder) as archive:
            live = set(archive.store.quads())
            assert live == expected(archive, READINGS)
            reader = Recorded(*READINGS, name=UNNAMED)
            done = rebuild(archive, reader.read_many, UNNAMED, everything=everything)
            assert len(done.read) == (len(READINGS) if everything else 0)
        with open_(folder) as archive:
            assert set(archive.store.quads()) == live
            assert not list(verify(archive))
    with open_(folder) as archive:
        for number in (4, 3, 2, 1):
            curation.undo(archive, number, HAND)
        assert set(archive.store.quads()) == expected(archive, READINGS)
        assert views.statement(archive, VISIT.id).object.id == "Moscow"  # type: ignore[union-attr]


def test_what_the_graph_says_of_decisions_is_mended(folder: Path) -> None:
    with open_(folder) as archive:
        archive.store.replace(archive.ns.curation, [])
        assert "does not say what was decided" in next(iter(verify(archive))).sentence
        rebuild(archive, Recorded(*READINGS, name=UNNAMED).read_many, UNNAMED)
    with open_(folder) as archive:
        assert not list(verify(archive))


def test_a_newer_model_is_followed_and_what_it_no_longer_says_is_idle(folder: Path) -> None:
    """Of the corrected statement it says nothing any more, and says again what was rejected."""
    newer = replace(visit(), statements=tuple(one for one in visit().statements if one.id != ANNEXED.id))
    with open_(folder) as archive:
        report = ingest([newer.article], archive, Recorded(newer, name="newer 2.0"))
        assert report.ok
        states = {one["id"]: one["state"] for one in curation.decisions(archive, Wanted()).items}
        assert states == {1: "active", 2: "active", 3: "idle", 4: "active"}
        assert [one["id"] for one in curation.decisions(archive, Wanted(state="idle")).items] == [3]
        assert VISIT.id not in {one.id for one in views.article_statements(archive, newer.article.id)}
        ingest([visit().article], archive, Recorded(visit(), name="older 1.0"))
        assert curation.decision(archive, 3)["state"] == "active"
        assert views.statement(archive, ANNEXED.id).predicate.id == "seize"
        assert not list(verify(archive))


def test_a_backup_holds_the_decisions_and_the_originals(folder: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "backup.tar", tmp_path / "other"
    with open_(folder) as archive:
        file.write_bytes(b"".join(backup(archive)))
        live = set(archive.store.quads())
    restore(file, other)
    with open_(other) as archive:
        assert set(archive.store.quads()) == live
        curation.undo(archive, 4, HAND)
        assert views.statement(archive, VISIT.id).object.id == "Russia"  # type: ignore[union-attr]


def test_a_deleted_article_takes_its_original_along(folder: Path) -> None:
    with open_(folder) as archive:
        archive.delete(visit().article.id)
        archive.delete(echo().article.id)
        with archive.ledger.reading() as sql:
            assert sql.execute("SELECT count(*) FROM originals").fetchone() == (0,)
        assert {one["state"] for one in curation.decisions(archive, Wanted()).items} == {"idle"}
        with pytest.raises(Merged) as told:
            views.entity(archive, "Moscow")
        assert told.value.new == "Russia"


def test_what_a_user_changed_in_an_articles_graph_stays(folder: Path) -> None:
    with open_(folder) as archive:
        editor, graph = Editor(archive, small_settings()), archive.ns.article(visit().article.id)
        editor.update(outline(f"INSERT DATA {{ GRAPH {graph} {{ <x:mine> <x:is> 'mine' }} }}"))
        curation.undo(archive, 1, HAND)
        curation.rename(archive, "Geneva", "Hale", HAND)
        held = {str(quad) for quad in archive.store.quads_of(graph)}
        assert any("x:mine" in quad for quad in held)
        assert [one.article for one in verify(archive)] == [visit().article.id]
        editor.update(outline(f"DELETE WHERE {{ GRAPH {graph} {{ <x:mine> ?p ?o }} }}"))
        editor.close()
        assert set(archive.store.quads()) == expected(archive, READINGS)


def test_a_triple_that_a_user_wrote_outlives_merging_and_rejecting(folder: Path) -> None:
    with open_(folder) as archive:
        editor = Editor(archive, small_settings())
        editor.update(outline("INSERT DATA { :Russia rel:mourn :Geneva . :Moscow rel:mourn :Geneva }"))
        curation.undo(archive, 3, HAND)
        made = curation.correct(archive, ANNEXED.id, {"predicate": "mourn", "object": {"id": "Geneva"}}, HAND)
        curation.undo(archive, made.id, HAND)
        editor.close()
        rows = archive.store.select("SELECT ?who WHERE { ?who rel:mourn :Geneva }")
        assert {row["who"] for row in rows} == {archive.ns.entity("Russia"), archive.ns.entity("Moscow")}


def test_nothing_is_decided_on_a_damaged_graph(folder: Path) -> None:
    with open_(folder) as archive:
        quad = archive.store.quads_of(archive.ns.article(numbered(1, 2).article.id))[0]
        archive.store.update(f"DELETE DATA {{ GRAPH {quad.graph_name} {{ {quad.triple} }} }}")
        with pytest.raises(StoreDamaged, match="newsgraph rebuild"):
            curation.rename(archive, "City_1", "Hale", HAND)
        assert decided.decisions(archive.ledger)[-1].id == 4
        assert not archive.curator.behind


def test_a_server_changes_no_more_articles_than_it_may(archive: Archive) -> None:
    for number in (0, 7, 14):
        keep(archive, numbered(number))
    with pytest.raises(TooLarge, match="3 articles"):
        curation.rename(archive, "City_0", "Hale", Hand("Hale", most=2))
    assert curation.rename(archive, "City_0", "Hale", Hand("Hale", most=3)).id == 1


@pytest.mark.parametrize("step", ["amend", "flush"])
def test_what_the_disk_refuses_is_carried_out_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Before the graph is changed, or after it and before the ledger knows."""
    amend = EmbeddedStore.amend

    def refuse(self: EmbeddedStore, *given: object) -> None:
        if step == "flush":
            amend(self, *given)  # type: ignore[arg-type]
        raise StoreError("no room")

    with open_(folder) as archive:
        monkeypatch.setattr(EmbeddedStore, "amend", refuse)
        with pytest.raises(StoreError):
            curation.merge(archive, "City_1", "Geneva", HAND)
        with pytest.raises(StoreError):  # each write tries it first
            keep(archive, numbered(30))
        monkeypatch.setattr(EmbeddedStore, "amend", amend)
        archive.catch_up()
        assert set(archive.store.quads()) == expected(archive, READINGS)
        monkeypatch.setattr(EmbeddedStore, "amend", refuse)
        with pytest.raises(StoreError):
            curation.undo(archive, 5, HAND)
    monkeypatch.setattr(EmbeddedStore, "amend", amend)
    with open_(folder) as archive:
        assert set(archive.store.quads()) == expected(archive, READINGS)
        assert not list(verify(archive))
        assert not archive.curator.behind
        assert {hit.id for hit in archive.search.entities("city")} == {"City_1"}


def test_the_ledger_lets_no_decision_be_changed_or_removed(archive: Archive) -> None:
    keep(archive, visit())
    curation.rename(archive, "Moscow", "Hale", HAND)
    for change in ("UPDATE decisions SET who = 'another'", "DELETE FROM decisions"):
        with pytest.raises(StoreError), archive.ledger.transaction() as sql:
            sql.execute(change)


def test_an_undoing_stays(archive: Archive) -> None:
    keep(archive, visit())
    first = curation.rename(archive, "Moscow", "Hale", HAND)
    undone: Decision = curation.undo(archive, first.id, HAND)
    for number in (first.id, undone.id):
        with pytest.raises(Conflict):
            curation.undo(archive, number, HAND)


def test_a_store_of_an_older_newsgraph_opens_and_takes_decisions(folder: Path) -> None:
    with open_(folder) as archive:
        for number in (4, 3, 2, 1):
            curation.undo(archive, number, HAND)
    with sqlite3.connect(folder / "ledger.sqlite") as sql:
        for table in ("decisions", "originals", "touches"):
            sql.execute(f"DROP TABLE {table}")
        sql.execute("DELETE FROM meta WHERE key = 'curated'")
        sql.execute("UPDATE meta SET value = '2' WHERE key = 'layout'")
    sql.close()
    with open_(folder) as archive:
        assert not list(verify(archive))
        assert curation.merge(archive, *MERGED, HAND).id == 1
        assert set(archive.store.quads()) == expected(archive, READINGS)


@pytest.mark.slow
def test_kills_leave_no_decision_half_carried_out(tmp_path: Path) -> None:
    folder, moments = tmp_path / "data", random.Random(20261125)
    readings = [numbered(number, 4) for number in range(60)]
    with open_(folder) as archive:
        for reading in readings:
            keep(archive, reading)
    for _ in range(8):
        told = _decide_and_kill(folder, moments)
        with open_(folder) as archive:
            assert decided.decisions(archive.ledger)[-1].id >= told
            assert set(archive.store.quads()) == expected(archive, readings)
            assert not list(verify(archive))
            cities = {row.id for row in archive.search.entities("city")}
            rules = archive.curator.rules
            assert cities == {rules.final(f"City_{number}") for number in range(7)}
            for number in range(1, 7):
                if (merge := rules.merged(f"City_{number}")) is not None:
                    curation.undo(archive, merge.id, HAND)


def _decide_and_kill(folder: Path, moments: random.Random) -> int:
    """Return the number of the last decision that the process told of."""
    command = [sys.executable, "-m", "tests.deciding_forever", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(moments.randint(1, 5))]
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=moments.uniform(0, 0.3))
        process.kill()
        lines += process.stdout.readlines()
    whole = [int(line) for line in lines if line.endswith("\n")]
    assert whole, "the process was killed before it decided anything"
    return whole[-1]
