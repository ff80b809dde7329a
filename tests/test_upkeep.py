"""What keeps a store well: differences are named and mended, and a backup holds all of one moment."""

from __future__ import annotations

import io
import shutil
import tarfile
import threading
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph

from graph.edits import Editor
from graph.errors import BadRecord, StoreError, StoreInUse
from graph.model import Reading
from graph.sparql.update_guard import outline
from graph.store import folders, rebuilding
from graph.store.archive import UNNAMED, Archive
from graph.store.backups import backup, restore
from graph.store.rebuilding import Rebuilt, rebuild
from graph.store.upkeep import verify
from tests.conftest import BASE
from tests.keeping import keep
from tests.querying import small_settings
from tests.readings import Recorded, echo, numbered, visit

READINGS = (visit(), echo(), *map(numbered, range(4)))
USERS = "INSERT DATA { :Moscow rdfs:comment 'mine' . [] rdfs:label 'blank' GRAPH <notes> { :a :b [ :c 1 ] } }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with articles and with what a user wrote."""
    made = tmp_path / "data"
    with Archive.open(made, BASE) as archive:
        update(archive, f"INSERT DATA {{ {said(archive)} }}")
        for reading in READINGS:
            keep(archive, reading)
        update(archive, USERS)
    return made


def said(archive: Archive) -> str:
    """A triple that an article says, and a user wrote first."""
    return f"{archive.ns.entity('Xi_Jinping')} {archive.ns.relation('visit')} {archive.ns.entity('Moscow')}"


def update(archive: Archive, text: str) -> None:
    editor = Editor(archive, small_settings())
    editor.update(outline(text))
    editor.close()


def differences(folder: Path) -> list[str]:
    with Archive.open(folder, BASE) as archive:
        return [one.sentence for one in verify(archive)]


def test_what_the_index_has_otherwise_is_named_and_mended(folder: Path) -> None:
    visited = visit().article.id
    with Archive.open(folder, BASE) as archive:
        archive.search.read(
            lambda sql: (
                sql.execute("DELETE FROM told WHERE number = (SELECT min(number) FROM told)"),
                sql.execute("UPDATE entities SET label = 'Norvalia' WHERE id = 'Moscow'"),
                sql.execute("DELETE FROM articles WHERE id = ?", (echo().article.id,)),
            )
        )
    found = differences(folder)
    assert sorted(one.split(";")[0] for one in found) == [
        "The index calls entities otherwise than the graph: Moscow",
        f"The index does not know article {echo().article.id}",
        f"The index tells article {visited} otherwise than the graph",
    ]
    rebuild(Archive.open(folder, BASE), Recorded(*READINGS).read_many, UNNAMED)
    assert differences(folder) == []


def quads(folder: Path) -> set[str]:
    """All quads, with blank nodes named by what is said of them."""
    with Archive.open(folder, BASE) as archive:
        found = Dataset(archive.store.quads())
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(map(str, found))


def made_anew(folder: Path, *readings: Reading, everything: bool = False) -> Rebuilt:
    reader = Recorded(*(readings or READINGS))
    return rebuild(Archive.open(folder, BASE), reader.read_many, UNNAMED, everything=everything)


def graph_of(reading: Reading) -> str:
    return f"<article/{reading.article.id}>"


CHANGES = [
    # a user's update, and what verify says of it
    (f"CLEAR GRAPH {graph_of(visit())}", "holds 0 quads"),
    (f"INSERT DATA {{ GRAPH {graph_of(visit())} {{ :a :b :c }} }}", "quads, not the"),
    (
        f"DELETE {{ GRAPH {graph_of(visit())} {{ ?s kg:modality ?m }} }} INSERT {{ GRAPH {graph_of(visit())} "
        "{ ?s kg:modality kg:claimed } } WHERE "
        f"{{ GRAPH {graph_of(visit())} {{ ?s kg:modality kg:planned BIND(kg:planned AS ?m) }} }}",
        "other quads than were read",
    ),
    ("DELETE WHERE { ?s rel:visit ?o }", "The default graph lacks"),
]


@pytest.mark.parametrize(("change", "named"), CHANGES, ids=[named for _, named in CHANGES])
def test_what_an_update_changed_is_named_and_mended(folder: Path, change: str, named: str) -> None:
    assert differences(folder) == []
    before = quads(folder)
    with Archive.open(folder, BASE) as archive:
        update(archive, change)
        mine = said(archive)
    found = differences(folder)
    assert any(named in one and "newsgraph rebuild" in one for one in found), found
    done = made_anew(folder, everything=named.startswith("The default"))
    assert not done.failures
    if not named.startswith("The default"):
        assert done.read == [visit().article.id]
        assert done.kept == len(READINGS) - 1
    assert differences(folder) == []
    assert mine in str(quads(folder)).replace("'", "")
    assert quads(folder) == before


def test_a_rebuild_of_all_changes_nothing(folder: Path) -> None:
    before = quads(folder)
    assert len(made_anew(folder, everything=True).read) == len(READINGS)
    assert quads(folder) == before
    assert made_anew(folder).kept == len(READINGS)
    assert quads(folder) == before
    with Archive.open(folder, BASE) as archive:
        for reading in READINGS:
            archive.delete(reading.article.id)
        left = [quad for quad in archive.store.quads() if quad.graph_name == DefaultGraph()]
        assert len(left) == 3, "what a user wrote, first or last"


def test_an_article_that_cannot_be_read_again_stays_as_it_is(folder: Path) -> None:
    before = quads(folder)
    done = made_anew(folder, *READINGS[1:], everything=True)
    assert [failure.source for failure in done.failures] == [visit().article.name]
    assert quads(folder) == before
    assert differences(folder) == []


def test_a_graph_of_no_article_of_the_ledger_goes(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        archive.ledger.deleting(echo().article.id)
        archive.ledger.remove(echo().article.id)
    (found,) = differences(folder)
    assert echo().article.id in found
    made_anew(folder)
    assert differences(folder) == []


class Killed(BaseException):
    """Stands for the end of the process."""


def test_a_kill_before_the_ledger_knows_leaves_the_old_graph(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = quads(folder)
    for step in ("_fill", "_tell_ledger", "_write"):

        def kill(*_: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(rebuilding, step, kill)
            archive = Archive.open(folder, BASE)
            with pytest.raises(Killed):
                rebuild(archive, Recorded(*READINGS).read_many, UNNAMED, everything=True)
            archive.close()
        assert quads(folder) == before
        assert {path.name for path in folder.iterdir()} >= {"graph", "ledger.sqlite"}
        assert not list(folder.glob("graph.*"))


@pytest.mark.parametrize("moment", ["before", "between", "after"])
def test_a_kill_in_the_exchange_is_finished_by_the_next_opening(folder: Path, moment: str) -> None:
    before = quads(folder)
    made_anew(folder, everything=True)
    graph, new, old = (folder / name for name in (folders.GRAPH, folders.NEW, "graph.old"))
    if moment == "between":
        graph.rename(old)
    if moment == "after":
        shutil.rmtree(graph)
        new.rename(graph)
    assert quads(folder) == before
    assert not list(folder.glob("graph.*"))
    assert differences(folder) == []


def saved(archive: Archive, file: Path) -> Path:
    file.write_bytes(b"".join(backup(archive)))
    return file


def test_a_backup_restores_all(folder: Path, tmp_path: Path) -> None:
    before = quads(folder)
    with Archive.open(folder, BASE) as archive:
        file = saved(archive, tmp_path / "one.tar")
        sequence = archive.sequence
    assert not list(folder.glob("snapshot-*"))
    other = tmp_path / "elsewhere" / "data"
    assert restore(file, other) == len(READINGS)
    assert quads(other) == before
    assert differences(other) == []
    with Archive.open(other, BASE) as archive:
        assert archive.sequence == sequence
        assert archive.article(visit().article.id).article == visit().article


def test_a_backup_of_memory_restores_too(tmp_path: Path) -> None:
    with Archive.open(None, BASE) as archive:
        keep(archive, visit())
        file = saved(archive, tmp_path / "one.tar")
        expected = {str(quad) for quad in archive.store.quads()}
    restore(file, tmp_path / "data")
    assert quads(tmp_path / "data") == expected


def test_a_backup_under_writes_is_of_one_moment(tmp_path: Path) -> None:
    ends = threading.Event()
    with Archive.open(tmp_path / "data", BASE) as archive:

        def write() -> None:
            number = 0
            while not ends.is_set():
                keep(archive, numbered(number))
                if number % 3 == 2:
                    archive.delete(numbered(number).article.id)
                number += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            files = [saved(archive, tmp_path / f"{number}.tar") for number in range(6)]
        finally:
            ends.set()
            writer.join()
    counts = []
    for file in files:
        counts.append(restore(file, tmp_path / file.stem))
        pending = [one for one in differences(tmp_path / file.stem) if "is pending" not in one]
        assert pending == []
    assert max(counts) > 0


def test_a_restore_overwrites_only_when_told(folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        file = saved(archive, tmp_path / "one.tar")
    before = quads(folder)
    with Archive.open(folder, BASE) as archive:
        archive.delete(visit().article.id)
    changed = quads(folder)
    with pytest.raises(StoreError, match="--replace"):
        restore(file, folder)
    broken = tmp_path / "broken.tar"
    broken.write_bytes(file.read_bytes()[:50_000])
    with pytest.raises((BadRecord, StoreError)):
        restore(broken, folder, replace=True)
    assert quads(folder) == changed
    with Archive.open(folder, BASE), pytest.raises(StoreInUse):
        restore(file, folder, replace=True)
    assert quads(folder) == changed
    restore(file, folder, replace=True)
    assert quads(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.tar", "data", "one.tar"]


@pytest.mark.parametrize("name", ["../evil", "graph/../../evil", "/evil", "other", "graph/a/b"])
def test_a_file_with_other_members_is_no_backup(tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.tar"
    with tarfile.open(file, "w") as tar:
        info = tarfile.TarInfo(name)
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(BadRecord, match="no part of a backup"):
        restore(file, tmp_path / "in" / "data")
    assert [path.name for path in tmp_path.iterdir() if path.name != "in"] == ["evil.tar"]
    link = tmp_path / "link.tar"
    with tarfile.open(link, "w") as tar:
        info = tarfile.TarInfo("graph/x")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(BadRecord, match="no part of a backup"):
        restore(link, tmp_path / "in" / "data")


def test_no_text_is_a_backup(tmp_path: Path) -> None:
    file = tmp_path / "text.tar"
    file.write_bytes(b"no tar at all" * 1000)
    with pytest.raises(BadRecord, match="no backup"):
        restore(file, tmp_path / "data")
    assert not (tmp_path / "data").exists()
