"""What users write themselves: that it is theirs, and that no stranger's text reaches out of the store."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Triple

from graph.edits import Editor, Upload
from graph.errors import BadQuery, Busy, QueryRefused, QueryTimeout, StoreFull
from graph.rdf import reading_quads
from graph.sparql import seccomp
from graph.sparql.update_guard import UpdateOutline, outline
from graph.store import edits
from graph.store.archive import Archive
from graph.store.base import Contents
from graph.store.ledger import Ledger
from graph.store.ledger_file import LAYOUT
from tests.conftest import BASE
from tests.keeping import keep
from tests.querying import small_settings
from tests.readings import echo, visit

SLOW = "INSERT { :a :b ?n } WHERE { SELECT (COUNT(*) AS ?n) {" + "".join(
    (*(f"VALUES ?v{n} {{ {'1 ' * 40} }} " for n in range(8)), "} }")
)
TAKE_CONFIDENCE, TAKE_MODALITIES = (
    f"DELETE {{ GRAPH ?g {{ ?s kg:{term} ?o }} }} WHERE {{ GRAPH ?g {{ ?s kg:{term} ?o }} }}"
    for term in ("confidence", "modality")
)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")


@pytest.fixture(params=["memory", "disk"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(None if request.param == "memory" else tmp_path / "data", BASE) as opened:
        yield opened


@pytest.fixture
def editor(archive: Archive) -> Iterator[Editor]:
    made = Editor(archive, small_settings(query_timeout=8.0))
    yield made
    made.close()


def triples(archive: Archive) -> set[Triple]:
    return {quad.triple for quad in archive.store.quads() if quad.graph_name == DefaultGraph()}


def said(archive: Archive) -> Triple:
    """A plain triple that the article `visit` says."""
    ns = archive.ns
    return Triple(ns.entity("Xi_Jinping"), ns.relation("visit"), ns.entity("Moscow"))


def accept(_there: bool) -> None:
    """Forbid nothing."""


def insert(triple: Triple) -> UpdateOutline:
    return outline(f"INSERT DATA {{ {triple} }}")


def test_a_triple_that_a_user_wrote_first_outlives_the_article(archive: Archive, editor: Editor) -> None:
    editor.update(insert(said(archive)))
    for reading in (visit(), echo()):
        keep(archive, reading)
    keep(archive, visit(title="Read again"))
    for reading in (echo(), visit()):
        archive.delete(reading.article.id)
    assert triples(archive) == {said(archive)}
    editor.update(outline("DELETE WHERE { ?s ?p ?o }"))
    keep(archive, visit())
    archive.delete(visit().article.id)
    assert triples(archive) == set(), "what the user removed is not the user's any more"


def test_what_only_articles_say_goes_with_them(archive: Archive, editor: Editor) -> None:
    keep(archive, visit())
    editor.update(outline("INSERT DATA { :Moscow rdfs:comment 'mine' GRAPH :mine { :a :b :c } }"))
    archive.delete(visit().article.id)
    (mine,) = triples(archive)
    assert str(mine.object) == '"mine"'
    assert [*archive.store.graphs()] == [archive.ns.entity("mine")]


def test_an_article_whose_graph_a_user_changed_is_no_damage(tmp_path: Path) -> None:
    graph = f"<article/{visit().article.id}>"
    for update in (
        "DROP NAMED",
        f"CLEAR GRAPH {graph}",
        "DELETE WHERE { GRAPH ?g { ?s a ?o } }",
        f"INSERT DATA {{ GRAPH {graph} {{ :a :b :c }} }}",
    ):
        folder = tmp_path / str(abs(hash(update)))
        with Archive.open(folder, BASE) as archive:
            for reading in (visit(), echo()):
                keep(archive, reading)
            editor = Editor(archive, small_settings())
            editor.update(outline(update))
            editor.close()
        with Archive.open(folder, BASE, create=False) as archive:
            assert archive.pending() == []
            keep(archive, visit(title="Read again"))
            archive.delete(visit().article.id)
            left = {quad for quad in archive.store.quads() if quad.graph_name == DefaultGraph()}
            assert left <= set(reading_quads(echo(), archive.ns, "any"))


def test_every_change_counts_and_is_seen(archive: Archive, editor: Editor) -> None:
    before = archive.sequence
    first = archive.checkpoint()
    editor.update(outline("INSERT DATA { :a :b :c }"))
    assert archive.sequence == before + 1
    assert archive.checkpoint() != first
    with pytest.raises(BadQuery):
        editor.update(outline("CLEAR GRAPH :none"))
    assert archive.sequence == before + 1
    assert editor.put("http://x/g", [Upload("turtle", "http://x/g", b"<> <p> 1 .")], accept)
    assert archive.sequence == before + 2
    editor.remove("http://x/g", accept)
    assert archive.sequence == before + 3


def test_a_change_that_is_forbidden_in_its_moment_is_not_made(archive: Archive, editor: Editor) -> None:
    def refuse(there: bool) -> None:
        assert not there
        raise BadQuery("no")

    with pytest.raises(BadQuery, match="no"):
        editor.put("http://x/g", [Upload("turtle", "http://x/g", b"<> <p> 1 .")], refuse)
    assert not archive.store.holds(NamedNode("http://x/g"))


def test_copies_are_removed(archive: Archive, editor: Editor) -> None:
    folder = editor._scratch
    editor.update(outline("INSERT { :a :b :c } WHERE {}"))
    with pytest.raises(BadQuery):
        editor.update(outline("CLEAR GRAPH :none"))
    assert list(folder.iterdir()) == []
    editor.close()
    assert not folder.exists()


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server that notes who calls."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ends = threading.Event()

        def listen() -> None:
            while not ends.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append(connection.recv(1000))
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        ends.set()
        thread.join()


REACHING = [
    "LOAD <%s>",
    "LOAD SILENT <%s> INTO GRAPH <http://x/g>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "INSERT { :a :b :c } WHERE { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "INSERT DATA { :a :b :c } ; LOAD SILENT <%s>",
]


@LINUX
@pytest.mark.parametrize("update", REACHING)
def test_no_socket_is_opened_even_if_the_check_is_fooled(
    archive: Archive, editor: Editor, listener: tuple[str, list[bytes]], update: str
) -> None:
    address, calls = listener
    text = update % address
    with pytest.raises(QueryRefused):
        outline(text)
    with pytest.raises(QueryRefused, match="reached out"):
        editor.update(UpdateOutline(text, False, None))
    with pytest.raises(QueryRefused, match="reached out"):
        editor.patch(None, UpdateOutline(text, False, None), accept)
    assert calls == []
    assert list(archive.store.quads()) == []


@LINUX
@pytest.mark.parametrize("update", REACHING)
def test_the_thread_of_the_writer_has_no_network(
    editor: Editor, archive: Archive, listener: tuple[str, list[bytes]], update: str
) -> None:
    """Should even the rehearsal be fooled. The same call in another thread does reach the listener."""
    address, calls = listener
    with (
        nullcontext() if "SILENT" in update else pytest.raises(Exception, match=r"[Ee]rror|permitted|denied")
    ):
        editor._confined(lambda: archive.store.update(update % address))
    assert calls == []
    with socket.create_connection(address[7:-1].split(":")):  # type: ignore[arg-type]
        pass


@LINUX
def test_the_filter_of_a_thread_leaves_the_others_alone() -> None:
    def work() -> None:
        assert seccomp.leave_network()
        with pytest.raises(PermissionError):
            socket.socket()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    socket.socket().close()


def test_the_process_is_made_anew_when_it_was_ended(editor: Editor, archive: Archive) -> None:
    editor.update(outline("INSERT DATA { :a :b 1 }"))
    process = editor._quick._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    editor.update(outline("INSERT DATA { :a :b 2 }"))
    assert len(triples(archive)) == 2
    with pytest.raises(QueryTimeout):
        editor.update(outline(SLOW))
    editor.update(outline("INSERT DATA { :a :b 3 }"))
    assert len(triples(archive)) == 3


def test_a_small_change_goes_past_a_heavy_one_and_no_change_waits_too_long(
    archive: Archive, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_slow() -> None:
        with suppress(QueryTimeout):
            editor.update(outline(SLOW))

    begun, run = threading.Event(), editor._heavy.run

    def running(*given: Any) -> bytes:
        begun.set()
        return run(*given)

    monkeypatch.setattr(editor._heavy, "run", running)
    heavy = threading.Thread(target=be_slow)
    heavy.start()
    assert begun.wait(20)
    editor.update(outline("INSERT DATA { :a :b 1 }"))
    editor.put("http://x/g", [Upload("turtle", "http://x/g", b"<> <p> 1 .")], accept)
    keep(archive, visit())
    start = time.monotonic()
    with pytest.raises(Busy, match="nothing has changed; send it again"):
        editor.update(outline("INSERT { :a :b 2 } WHERE {}"), start + 1.0)
    assert time.monotonic() - start < 2.0
    assert heavy.is_alive()
    with archive.turn(), ThreadPoolExecutor(1) as other, pytest.raises(Busy):
        other.submit(editor.update, outline("INSERT DATA { :a :b 3 }"), time.monotonic() + 0.5).result()
    heavy.join()
    assert {str(triple.object) for triple in triples(archive) if "b>" in str(triple.predicate)} == {
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    }


def test_what_is_said_in_rehearsal_is_made_on_what_is_there_by_then(
    archive: Archive, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An article may come or go meanwhile; it is then known to be changed, and is no damage."""
    keep(archive, visit())
    run = editor._heavy.run

    def meanwhile(*args: Any) -> bytes:
        report = run(*args)
        keep(archive, echo())
        return report

    monkeypatch.setattr(editor._heavy, "run", meanwhile)
    editor.update(outline(TAKE_CONFIDENCE))
    rows = archive.store.select("SELECT ?s WHERE { GRAPH ?g { ?s kg:confidence ?o } }")
    assert list(rows) == []
    changed = {visit().article.id, echo().article.id}
    assert edits.marked(archive.ledger) == changed

    def gone(*args: Any) -> bytes:
        report = run(*args)
        archive.delete(visit().article.id)
        return report

    monkeypatch.setattr(editor._heavy, "run", gone)
    with pytest.raises(Busy, match="send it again"):
        editor.update(outline(TAKE_MODALITIES))


def test_an_older_ledger_is_upgraded_in_place(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(path)
    ledger.begin(visit().article, "m")
    ledger.store(visit().article, "m", Contents(7, "digest"))
    ledger.close()
    with sqlite3.connect(path) as sql:
        sql.execute("ALTER TABLE articles DROP COLUMN digest")
        sql.execute("DROP TABLE edits")
        sql.execute("UPDATE meta SET value = '1' WHERE key = 'layout'")
    sql.close()
    for _ in range(2):
        ledger = Ledger(path, filled=True)
        assert ledger.settled() == [(visit().article.id, 7)]
        with ledger.reading() as sql:
            assert sql.execute("SELECT digest FROM articles").fetchall() == [(None,)]
            assert sql.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone() == (str(LAYOUT),)
        ledger.close()


def test_prologues_go_to_the_beginning_where_the_engine_can_read_them(
    archive: Archive, editor: Editor
) -> None:
    editor.update(
        outline(
            "INSERT DATA { <a:a> <a:b> 1 } ; PREFIX x: <a:> # one ; two\nDELETE DATA { x:a x:b 1 } ;\n"
            "BASE <a:> PREFIX x: <a:> PREFIX y: <a:> INSERT DATA { x:a y:b <c> } ;"
        )
    )
    assert triples(archive) == {Triple(NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:c"))}


@pytest.mark.parametrize("update", ["INSERT DATA { :a :b :c }", "DROP NAMED"])
def test_a_full_disk_leaves_all_as_it_was(
    archive: Archive, editor: Editor, monkeypatch: pytest.MonkeyPatch, update: str
) -> None:
    def refuse(_update: str) -> None:
        raise StoreFull("No room.")

    keep(archive, visit())
    before, sequence = set(archive.store.quads()), archive.sequence
    with monkeypatch.context() as patch:
        patch.setattr(archive.store, "update", refuse)
        with pytest.raises(StoreFull):
            editor.update(outline(update))
    assert set(archive.store.quads()) == before
    assert archive.sequence == sequence
    assert edits.marked(archive.ledger) == set()
    editor.update(outline(update))
    assert set(archive.store.quads()) != before
    assert archive.sequence == sequence + 1
