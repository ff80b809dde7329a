"""Answers that are kept: the same bytes as long as nothing is written, and never longer."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from readings import echo, visit
from serving import READINGS, Recorded, check_problem, loaded, settings_for

from api.app import Application, create_app
from api.memo import Memo
from api.patience import Patience
from api.server import Server, listen, new_loop
from graph.codec import article_to_json
from graph.sparql.lanes import Lanes
from tests.querying import CARTESIAN

KNOWN = "SELECT ?who { ?who rel:visit ?place }"
NUMBERS = " ".join(map(str, range(40)))
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@contextmanager
def served(app: Application, patience: Patience = Patience()) -> Iterator[httpx.Client]:  # noqa: B008
    """Serve an application as `newsgraph serve` does, in a thread."""
    started, stop = threading.Event(), threading.Event()

    async def serve(listener: socket.socket) -> None:
        async with app.router.lifespan_context(app):
            server = Server(app, patience, lambda: None, app.ways, app.state.newsgraph.leave)
            started.set()
            watching = asyncio.create_task(asyncio.to_thread(stop.wait))
            watching.add_done_callback(lambda _: setattr(server, "should_exit", True))
            await server.serve([listener])

    with listen("127.0.0.1", 0) as listener:

        def run() -> None:
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(serve(listener))

        thread = threading.Thread(target=run)
        thread.start()
        try:
            assert started.wait(30)
            with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=30) as client:
                yield client
        finally:
            stop.set()
            thread.join(30)
    assert not thread.is_alive()


def test_what_is_asked_again_needs_no_worker_until_something_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    original = Lanes.run

    async def counting(self: Lanes, query: object, *args: object, **options: object) -> object:
        ran.append(str(query))
        return await original(self, query, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Lanes, "run", counting)
    app = create_app(settings_for(tmp_path), Recorded(*READINGS))
    with served(app) as client:

        def ask() -> httpx.Response:
            return client.get("/sparql", params={"query": COUNT})

        client.post("/v1/articles", json=article_to_json(visit().article)).raise_for_status()
        first = ask()
        again = [ask() for _ in range(5)]
        assert {one.content for one in again} == {first.content}
        assert {one.headers["etag"] for one in again} == {first.headers["etag"]}
        assert [dict(one.headers) | {"date": ""} for one in again] == [dict(first.headers) | {"date": ""}] * 5
        assert len(ran) == 1
        assert client.post("/sparql", data={"query": COUNT}).content == first.content
        assert len(ran) == 1
        client.post("/v1/articles", json=article_to_json(echo().article)).raise_for_status()
        assert ask().content != first.content
        assert ask().headers["etag"] != first.headers["etag"]
        assert len(ran) == 2


def test_the_same_words_with_another_key_or_host_are_not_the_same_request(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, api_key="k" * 20), Recorded(*READINGS))
    with served(app) as client:

        def ask(**headers: str) -> int:
            return client.get("/sparql", params={"query": KNOWN}, headers=headers).status_code

        good = {"authorization": f"Bearer {'k' * 20}"}
        for _ in range(3):
            assert ask(**good) == 200
            assert ask() == 401
            assert ask(authorization="Bearer wrong") == 401
            assert ask(**good, host="evil.example") == 421


def test_a_client_that_has_the_answer_is_told_so(tmp_path: Path) -> None:
    with loaded(tmp_path, [visit()]) as client:

        def ask(accept: str, **headers: str) -> httpx.Response:
            return client.get("/sparql", params={"query": KNOWN}, headers={"accept": accept, **headers})

        json, csv = ask("application/json"), ask("text/csv")
        assert json.headers["etag"] != csv.headers["etag"]
        held = {"if-none-match": json.headers["etag"]}
        unchanged = ask("application/json", **held)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged.headers["etag"] == json.headers["etag"]
        assert unchanged.headers["vary"] == "Accept"
        assert ask("text/csv", **held).status_code == 200
        client.post("/v1/articles", json=article_to_json(echo().article))
        assert ask("application/json", **held).status_code == 200


def test_what_changes_by_itself_has_no_etag(tmp_path: Path) -> None:
    with loaded(tmp_path, [visit()]) as client:
        answers = [client.get("/sparql", params={"query": "SELECT (UUID() AS ?n) {}"}) for _ in range(2)]
        assert answers[0].content != answers[1].content
        assert "etag" not in answers[0].headers


def test_head_gives_the_head_alone(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path), Recorded(*READINGS))
    with served(app) as client:
        get = client.get("/sparql", params={"query": KNOWN})
        head = client.head("/sparql", params={"query": KNOWN})
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == get.headers["content-length"]
        assert client.get("/sparql", params={"query": KNOWN}).content == get.content


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (b"GET /sparql?query=x HTTP/1.1\r\nHost: a\r\n\r\n", True),
        (b"GET /sparql?query=x HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n", False),
        (b"GET /sparql?query=x HTTP/1.1\r\nHost: a\r\n", False),
        (b"POST /sparql?query=x HTTP/1.1\r\nHost: a\r\n\r\n", False),
        (b"GET /v1/stats HTTP/1.1\r\nHost: a\r\n\r\n", False),
        (b"GET /sparql?query=" + b"x" * 5000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", False),
    ],
)
def test_only_one_whole_query_is_kept(data: bytes, kept: bool) -> None:
    assert Memo(1000).is_one(data) is kept


def test_the_quick_way_and_the_usual_one_give_the_same(tmp_path: Path) -> None:
    """A header that is unusual sends a request the usual way."""
    queries = [
        KNOWN,
        COUNT,
        "SELECT (RAND() < 2 AS ?yes) {}",
        "SELECT * { ?s }",
        "SELECT ?o { SERVICE <http://127.0.0.1:9/> {} }",
        "ASK FROM <http://x/> {}",
        f"SELECT ?x {{ VALUES ?x {{ {' '.join(map(str, range(300)))} }} }}",
        f"SELECT ?a ?b ?c {{ {' '.join(f'VALUES ?{v} {{ {NUMBERS} }}' for v in 'abc')} }}",
    ]
    app = create_app(settings_for(tmp_path, query_cache=0), Recorded(*READINGS))
    with served(app) as client:
        client.post("/v1/articles", json=article_to_json(visit().article)).raise_for_status()
        for query in queries:
            for accept in ("text/csv", "application/json", "image/png"):
                quick, usual = (
                    client.get("/sparql", params={"query": query}, headers={"accept": accept, **unusual})
                    for unusual in ({}, {"if-none-match": '"another"'})
                )
                assert quick.status_code == usual.status_code
                assert quick.content == usual.content
                own = {name: value for name, value in quick.headers.items() if name != "date"}
                assert own == {name: value for name, value in usual.headers.items() if name != "date"}


def test_one_that_takes_a_while_is_handed_over(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, query_timeout=1.0), Recorded(*READINGS))
    with served(app) as client:
        client.post("/v1/articles", json=article_to_json(visit().article)).raise_for_status()
        response = client.get("/sparql", params={"query": CARTESIAN})
        assert check_problem(response, 504, "query-timeout")
        assert client.get("/sparql", params={"query": KNOWN}).status_code == 200


def test_a_page_that_may_gets_the_headers_that_its_browser_looks_for(tmp_path: Path) -> None:
    friend = "https://yasgui.example"
    app = create_app(settings_for(tmp_path, cors_origins=friend), Recorded(*READINGS))
    with served(app) as client:
        for _ in range(3):  # answered by a worker, then as it is kept
            response = client.get("/sparql", params={"query": KNOWN}, headers={"origin": friend})
            assert response.status_code == 200
            assert response.headers["access-control-allow-origin"] == friend
            plain = client.get("/sparql", params={"query": KNOWN})
            assert "access-control-allow-origin" not in plain.headers
            assert plain.headers["vary"] == "Accept, Origin"
            assert plain.content == response.content
