"""Queries with the head of one that was let in: not parsed, and answered as if they were."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from readings import visit
from serving import READINGS, Recorded, settings_for
from test_api_kept import served
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.app import Application, create_app
from api.memo import Memo, parts
from graph.codec import article_to_json
from graph.sparql import lanes
from tests.querying import CARTESIAN

ONE = "SELECT (%d AS ?n) {}"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The addresses of all requests that a parser saw."""
    seen: list[bytes] = []
    usual = HttpToolsProtocol.on_url

    def on_url(self: HttpToolsProtocol, url: bytes) -> None:
        seen.append(url)
        usual(self, url)

    monkeypatch.setattr(HttpToolsProtocol, "on_url", on_url)
    return seen


@contextmanager
def asked(app: Application) -> Iterator[tuple[socket.socket, httpx.Client]]:
    """Serve an article, and give a connection whose head is known, and a client."""
    with served(app) as client:
        client.post("/v1/articles", json=article_to_json(visit().article)).raise_for_status()
        while not app.state.newsgraph.lanes.ready:
            time.sleep(0.01)
        with socket.create_connection((client.base_url.host, client.base_url.port or 80), 30) as one:
            for number in (900, 901):  # the first finds the newest state of the store
                one.sendall(request(ONE % number))
                assert b'"%d"' % number in answer(one)
            yield one, client


def request(query: str) -> bytes:
    return b"GET /sparql?query=%b HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n" % quote(query).encode()


def answer(connection: socket.socket) -> bytes:
    """Read one answer that says how long it is."""
    read = b""
    while True:
        head, end, body = read.partition(b"\r\n\r\n")
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if end and len(body) >= int(length):
            assert len(body) == int(length), "more than one answer"
            return read
        data = connection.recv(1 << 16)
        assert data, read
        read += data


def app(folder: Path, **changed: object) -> Application:
    return create_app(settings_for(folder, **changed), Recorded(*READINGS))


def test_one_with_a_known_head_is_not_parsed(tmp_path: Path, parsed: list[bytes]) -> None:
    with asked(app(tmp_path)) as (one, client):
        before = len(parsed)
        for number in range(1, 9):
            one.sendall(request(ONE % number))
            got = answer(one)
            assert got.startswith(b"HTTP/1.1 200")
            assert b'"%d"' % number in got
        assert len(parsed) == before
        plain = client.get("/sparql", params={"query": ONE % 3}, headers={"if-none-match": '"no"'})
        one.sendall(request(ONE % 3))
        assert answer(one).partition(b"\r\n\r\n")[2] == plain.content
        one.sendall(request("SELECT * { ?s"))
        assert answer(one).startswith(b"HTTP/1.1 400")


def test_what_comes_before_the_answer_waits_for_its_turn(tmp_path: Path, parsed: list[bytes]) -> None:
    with asked(app(tmp_path)) as (one, _):
        for rest in range(1, 90, 11):
            following = request(ONE % (1000 + rest))
            one.sendall(request(ONE % rest))
            one.sendall(following[:rest])
            assert b'"%d"' % rest in answer(one)
            one.sendall(following[rest:])
            assert b'"%d"' % (1000 + rest) in answer(one)
        for number in range(50):
            one.sendall(request(ONE % (2 * number)) + request(ONE % (2 * number + 1)))
            got = b""
            while got.count(b"HTTP/1.1 200") < 2 or not got.endswith(b"]}}"):
                got += one.recv(1 << 16)
            assert got.index(b'"%d"' % (2 * number)) < got.index(b'"%d"' % (2 * number + 1))


def test_a_long_one_goes_on_in_the_usual_way(tmp_path: Path, parsed: list[bytes]) -> None:
    with asked(app(tmp_path, query_timeout=1.0)) as (one, _):
        before = len(parsed)
        one.sendall(request(CARTESIAN))
        assert answer(one).startswith(b"HTTP/1.1 504")
        assert len(parsed) == before + 1
        one.sendall(request(ONE % 1))
        assert b'"1"' in answer(one)


def test_a_long_one_ends_with_its_client(tmp_path: Path) -> None:
    application = app(tmp_path, query_timeout=20.0)
    with asked(application) as (one, client):
        running = application.state.newsgraph.lanes
        one.sendall(request(CARTESIAN))
        until = time.monotonic() + 5
        while not running.running and time.monotonic() < until:
            time.sleep(0.001)
        one.close()
        while running.running and time.monotonic() < until:
            time.sleep(0.01)
        assert not running.running
        assert client.get("/sparql", params={"query": ONE % 1}).status_code == 200


def test_one_whose_client_leaves_others_behind_it_fills_no_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    application = app(tmp_path)
    with asked(application) as (one, client):
        running = application.state.newsgraph.lanes
        for _ in range(5):
            with socket.create_connection(one.getpeername(), 30) as left:
                left.sendall(request(CARTESIAN) + request(ONE % 1) + request(ONE % 2))
                until = time.monotonic() + 5
                while not running.running and time.monotonic() < until:
                    time.sleep(0.001)
            while running.running and time.monotonic() < until:
                time.sleep(0.01)
            assert not running.running, "it is ended when its client leaves"
        assert client.get("/sparql", params={"query": ONE % 1}).status_code == 200
    assert "Traceback" not in caplog.text


def test_a_stop_waits_for_one_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "_A_WHILE", 60.0)
    with asked(app(tmp_path, query_timeout=1.0)) as (one, _):
        one.sendall(request(CARTESIAN))
        kept = one.dup()
        time.sleep(0.2)
    with kept:
        kept.settimeout(30)
        got = kept.recv(1 << 16)
    assert got.startswith(b"HTTP/1.1 50"), "it is told what became of it"


@pytest.mark.parametrize(
    "query", [b"", b"query=a#b", b"query=a\x80", b"query=a b", b"query=a\tb", b'query="']
)
def test_what_a_parser_might_read_otherwise_is_parsed(query: bytes) -> None:
    rest = b"Host: a\r\n\r\n"
    assert parts(b"GET /sparql?query=%20 HTTP/1.1\r\n" + rest) == (b"query=%20", rest)
    memo = Memo(1000)
    memo.let_in(0, b"GET /sparql?%b HTTP/1.1\r\n%b" % (query, rest), "*/*")
    assert memo.accept(0, rest) is None
    assert parts(b"GET /sparql?%b HTTP/1.1\r\n%b" % (query, rest))[0] == b""


def test_heads_are_known_for_one_state_of_the_keys_and_not_without_end() -> None:
    memo = Memo(1000)
    for number in range(1000):
        memo.let_in(1, b"GET /sparql?a HTTP/1.1\r\nHost: %d\r\n\r\n" % number, "*/*")
    last = b"Host: 999\r\n\r\n"
    assert memo.accept(1, last) == "*/*"
    assert memo.accept(2, last) is None
    assert len(memo._heads) <= 256
    memo.let_in(None, b"GET /sparql?a HTTP/1.1\r\nHost: x\r\n\r\n", "*/*")
    assert memo.accept(1, b"Host: x\r\n\r\n") is None
