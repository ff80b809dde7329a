"""The query workers, from outside: answers, limits, and what becomes of the processes."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from graph.errors import BadQuery, Busy, NewsgraphError, QueryRefused, QueryTimeout, QueryTooHeavy, StoreError
from graph.sparql import guard, process
from graph.sparql.guard import Outline, QueryForm
from graph.sparql.pool import QueryPool
from graph.sparql.process import Worker
from tests.querying import (
    ARTICLE,
    CARTESIAN,
    COUNT,
    ENDLESS,
    NESTED,
    NS,
    checkpoint_of,
    children,
    open_files,
    people,
    rows,
    small_settings,
)

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes through /proc")

MakePool = Callable[..., QueryPool]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoint_of(tmp_path_factory.mktemp("store"), people(2000))


@pytest.fixture
def make_pool(path: Path) -> Iterator[MakePool]:
    made: list[QueryPool] = []

    def make(patience: float = 20.0, **settings: object) -> QueryPool:
        made.append(QueryPool(lambda: (1, path), NS, small_settings(**settings), patience))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def test_answers_with_the_prefixes_and_the_base_of_the_store(make_pool: MakePool) -> None:
    pool = make_pool()
    assert rows(pool, COUNT) == ["2000"]
    assert rows(pool, "SELECT ?o { :P7 rel:named ?o }") == ["Person 7"]
    assert rows(pool, "SELECT ?o { <entity/P7> <relation/named> ?o }") == ["Person 7"]
    assert rows(pool, "PREFIX rel: <http://x/> SELECT ?o { :P7 rel:named ?o }") == [], (
        "a query may redefine them"
    )


@pytest.mark.parametrize(
    ("query", "error", "says"),
    [
        ("SELECT * { ?s ?p }", BadQuery, "does not parse at line 1, column 19. Correct"),
        (
            "SELECT * {\n ?s ?p ?o",
            BadQuery,
            r'line 2, column 10: expected one of [^A-Z]*"}"[^A-Z]*\. Correct',
        ),
        ("SELECT * { ?s foaf:name ?o }", BadQuery, "The prefix foaf: is not declared"),
        ("SELECT (SUM(?x) AS ?y) ?z { ?z ?p ?x }", BadQuery, "a variable that is unbound"),
        ("SELECT (<http://x/f>(1) AS ?y) {}", BadQuery, "function <http://x/f> is not supported"),
        (
            "SELECT * FROM <http://127.0.0.1:1/x> { ?s ?p ?o }",
            QueryRefused,
            "FROM names http://127.0.0.1:1/x",
        ),
        ("ASK FROM NAMED <file:///etc/passwd> {}", QueryRefused, "FROM names file:///etc/passwd"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> {} }", QueryRefused, "SERVICE at line 1"),
        ("DELETE WHERE { ?s ?p ?o }", QueryRefused, "DELETE would change"),
        (f"SELECT ({'!' * 49_000}1 AS ?y) {{}}", QueryTooHeavy, "ended its worker .* simpler"),
        (f"SELECT {'(' * 65}1{')' * 65} {{}}", BadQuery, "nested over 64 deep"),
    ],
)
def test_each_error_says_what_to_do(
    query: str, error: type[NewsgraphError], says: str, make_pool: MakePool
) -> None:
    pool = make_pool()
    with pytest.raises(error, match=says):
        pool.run(query)
    assert rows(pool, COUNT) == ["2000"], "the next query is answered"


def test_from_takes_graphs_of_the_store(make_pool: MakePool) -> None:
    pool = make_pool()
    expected = ["http://localhost:8000/entity/P0,http://localhost:8000/entity/P1"]
    for source in (f"<{ARTICLE.value}>", "<article/a1>", "a:a1"):
        query = f"PREFIX a: <article/> SELECT ?s ?o FROM {source} {{ ?s ?p ?o }}"
        assert rows(pool, query) == expected
    assert rows(pool, "SELECT ?g FROM NAMED <article/a1> { GRAPH ?g {} }") == [ARTICLE.value]


@pytest.mark.parametrize("query", [CARTESIAN, NESTED])
def test_is_ended_at_its_deadline(query: str, make_pool: MakePool) -> None:
    pool = make_pool(query_timeout=1.0)
    rows(pool, COUNT)
    begin = time.monotonic()
    with pytest.raises(QueryTimeout, match="after 1 s; narrow it or raise NEWSGRAPH_QUERY_TIMEOUT"):
        pool.run(query)
    assert 1.0 <= time.monotonic() - begin < 2.0
    assert rows(pool, COUNT, timeout=20.0) == ["2000"]


def test_nesting_that_passes_no_guard_ends_its_worker_only(
    make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = make_pool()
    monkeypatch.setattr(guard, "outline", lambda query: Outline(query, QueryForm.SELECT, "", ()))
    with pytest.raises(QueryTooHeavy, match="nested or chained too deeply"):
        pool.run("SELECT * " + "{" * 50_000 + "}" * 50_000)
    assert rows(pool, COUNT) == ["2000"]


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_a_service_that_passes_no_guard_reaches_nobody(
    silent: str, make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = make_pool(query_timeout=5.0)
    monkeypatch.setattr(guard, "outline", lambda query: Outline(query, QueryForm.SELECT, "", ()))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        with suppress(QueryTooHeavy, StoreError):
            rows(pool, f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert rows(pool, COUNT) == ["2000"]


def test_is_ended_by_its_memory(make_pool: MakePool) -> None:
    pool = make_pool(query_memory=128)
    with pytest.raises(QueryTooHeavy, match=r"more than 128 MB .* NEWSGRAPH_QUERY_MEMORY"):
        pool.run("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f")
    assert rows(pool, COUNT) == ["2000"]


def test_streams_without_holding_the_answer(make_pool: MakePool) -> None:
    pool = make_pool()
    chunks = list(pool.run("SELECT ?a ?c { ?a ?b ?c . ?d ?e ?f } LIMIT 100000", "tsv").chunks)
    assert len(chunks) > 50
    assert all(len(chunk) < 80_000 for chunk in chunks)
    assert b"".join(chunks).count(b"\n") == 100_001


def test_a_client_that_leaves_frees_its_worker(make_pool: MakePool) -> None:
    pool = make_pool(query_timeout=600.0)
    before = children()
    with pool.run(ENDLESS) as answer:
        assert next(answer.chunks)
    with pytest.raises(StopIteration):
        next(answer.chunks)
    pool.run(ENDLESS)  # dropped without being closed
    assert rows(pool, COUNT) == ["2000"]
    assert len(children() - before) <= 2, "the worker, and perhaps one that is just being waited for"


def test_a_client_that_does_not_read_is_cut_off_at_the_deadline(make_pool: MakePool) -> None:
    pool = make_pool(query_timeout=1.0)
    stalled = pool.run(ENDLESS)
    next(stalled.chunks)
    assert rows(pool, COUNT, timeout=20.0) == ["2000"], "its worker was replaced without its doing"
    with pytest.raises(QueryTimeout):
        list(stalled.chunks)


def test_says_that_all_workers_are_taken(make_pool: MakePool) -> None:
    pool = make_pool(patience=0.5)
    with pool.run(ENDLESS), pytest.raises(Busy, match="taken"):
        pool.run(COUNT)


def test_the_time_runs_from_the_beginning_that_is_told(make_pool: MakePool) -> None:
    pool = make_pool()
    rows(pool, COUNT)
    for late in (19.5, 21.0):
        with pytest.raises((QueryTimeout, Busy)):
            rows(pool, CARTESIAN, timeout=20.0, begun=time.monotonic() - late)
    assert rows(pool, COUNT) == ["2000"], "the worker is free for the next query"


def test_what_the_guard_made_of_a_query_is_not_looked_through_again(
    make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool, outline = make_pool(), guard.outline(COUNT)
    monkeypatch.setattr(guard, "outline", None)
    with pool.run(outline, "csv") as answer:
        assert b"2000" in b"".join(answer.chunks)


def test_many_at_once_share_two_workers(make_pool: MakePool) -> None:
    pool = make_pool(query_workers=2)

    def one(number: int) -> list[str]:
        return rows(pool, f"SELECT ?o {{ :P{number} rel:named ?o }}")

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(one, range(200)))
    assert answers == [[f"Person {number}"] for number in range(200)]


def test_heavy_and_small_ones_at_once(make_pool: MakePool) -> None:
    pool = make_pool(query_workers=2, patience=60.0)

    def one(number: int) -> str:
        if number % 5:
            return rows(pool, COUNT, timeout=60.0)[0]
        with pytest.raises((QueryTimeout, Busy)):
            rows(pool, CARTESIAN, timeout=1.0)
        return "ended"

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(one, range(20)))
    assert answers == ["ended" if number % 5 == 0 else "2000" for number in range(20)]


def test_replaces_an_idle_worker_that_died(make_pool: MakePool) -> None:
    before = children()
    pool = make_pool()
    rows(pool, COUNT)
    (pid,) = children() - before
    handle = os.pidfd_open(pid)
    os.kill(pid, signal.SIGKILL)
    assert select.select([handle], [], [], 20)[0]
    os.close(handle)
    assert rows(pool, COUNT) == ["2000"]


def test_says_why_no_worker_starts(make_pool: MakePool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "environment", dict)
    with pytest.raises(Busy, match=r"could not start .*No module named"):
        make_pool().run(COUNT)


def test_leaves_no_process_and_no_file_open(path: Path) -> None:
    processes, files = children(), open_files()
    with QueryPool(lambda: (1, path), NS, small_settings(query_workers=3, query_timeout=0.5), 20.0) as pool:
        rows(pool, COUNT, timeout=20.0)
        for query in (CARTESIAN, NESTED):
            with pytest.raises(QueryTimeout):
                pool.run(query)
        pool.run(ENDLESS, timeout=20.0).close()
        kept = pool.run(ENDLESS, timeout=20.0)
    with pytest.raises(Busy, match="stopping"):
        list(kept.chunks)
    with pytest.raises(Busy, match="stopping"):
        pool.run(COUNT)
    assert children() <= processes
    assert open_files() == files


def test_the_loop_reads_no_pipe_that_is_being_closed(
    make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = make_pool(query_workers=3)
    assert rows(pool, COUNT) == ["2000"]
    read_on: list[bool] = []
    dispose = Worker.dispose

    def look(worker: Worker, seconds: float = 0.0) -> NewsgraphError:
        read_on.append(worker._reading)
        return dispose(worker, seconds)

    monkeypatch.setattr(Worker, "dispose", look)
    pool.close()
    assert len(read_on) >= 3
    assert not any(read_on)
