"""What the server does with clients that do not speak, speak slowly, or do not listen."""

from __future__ import annotations

import asyncio
import json
import select
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from api.patience import Patience
from api.problems import ProblemMiddleware
from api.server import Server, listen, new_loop

_LONGEST = 20.0
SHORT = Patience(head=0.5, grace=0.2, pace=1000, idle=1, drain=2)
LONG = Patience(head=_LONGEST, grace=_LONGEST, pace=1e6, idle=20, drain=2)
ANSWER = 30_000_000
"""Bytes that no buffers of the system hold."""
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE = GET.replace(b"/ ", b"/%d " % ANSWER, 1)
BREAKING = "/half"
CLOSING = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
UNREAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"


class App:
    """Counts bodies, and gives as many bytes as a path names; `gone` is what became of the last request."""

    def __init__(self) -> None:
        self.gone: Future[type[BaseException] | None] = Future()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        failure: type[BaseException] | None = None
        try:
            await _answer(scope, receive, send)
        except BaseException as error:
            failure = type(error)
            raise
        finally:
            if not self.gone.done():
                self.gone.set_result(failure)


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == BREAKING:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        return
    size = int(scope["path"].strip("/") or 0)
    body = await Request(scope, receive).body() if scope["method"] == "POST" else b""
    answer: Response = Response(b"x" * size) if size else PlainTextResponse(f"{len(body)} bytes")
    await answer(scope, receive, send)


@contextmanager
def served(patience: Patience, app: App | None = None) -> Iterator[int]:
    """Serve on a free port in a thread; give the port."""
    server = Server(ProblemMiddleware(app or App()), patience, lambda: None)
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]

        def run() -> None:
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(server.serve([listener]))

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join(_LONGEST)
    assert not thread.is_alive()


@contextmanager
def connected(port: int, first: bytes = b"") -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), _LONGEST) as connection:
        connection.sendall(first)
        yield connection


def rest(connection: socket.socket) -> bytes:
    """Read until the server closes; what takes too long raises TimeoutError."""
    read = bytearray()
    while data := connection.recv(65536):
        read += data
    return bytes(read)


def until(connection: socket.socket, end: bytes) -> bytes:
    """Read until `end` has come; what takes too long raises TimeoutError."""
    read = bytearray()
    while not read.endswith(end):
        data = connection.recv(1 << 20)
        assert data, f"the connection was closed after {len(read)} bytes"
        read += data
    return bytes(read)


def ended(connection: socket.socket, seconds: float) -> bool:
    """Wait until the server has closed, without reading, which would make room for more."""
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP)
    return bool(poll.poll(seconds * 1000))


def problem_in(answer: bytes, status: int, slug: str) -> dict[str, Any]:
    """Check that the bytes of an answer are one problem, framed by its length."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    assert lines[0].startswith(f"http/1.1 {status} ".encode())
    assert {b"content-type: application/problem+json", b"connection: close"} <= set(lines)
    assert f"content-length: {len(body)}".encode() in lines
    document: dict[str, Any] = json.loads(body)
    assert (document["status"], document["type"]) == (status, f"/docs#problem-{slug}")
    return document


@pytest.fixture(scope="module")
def short() -> Iterator[int]:
    with served(SHORT) as port:
        yield port


@pytest.fixture(scope="module")
def long() -> Iterator[int]:
    with served(LONG) as port:
        yield port


def test_a_connection_that_asks_nothing_is_closed_without_an_answer(short: int) -> None:
    with connected(short) as connection:
        assert rest(connection) == b""


@pytest.mark.parametrize("half", [GET[:-2], GET[:1], POST % 100, POST % 100 + b"abc"])
def test_half_a_request_is_told_and_closed(short: int, half: bytes) -> None:
    with connected(short, half) as connection:
        problem_in(rest(connection), 408, "slow-request")


def test_half_a_second_request_is_told_too() -> None:
    with served(Patience(head=1.5)) as port, connected(port, GET) as connection:
        until(connection, b"0 bytes")
        connection.sendall(GET[:10])
        problem_in(rest(connection), 408, "slow-request")


def test_who_sends_one_byte_at_a_time_gains_no_time(short: int) -> None:
    """Each byte of a body earns a thousandth of a second, and of a head nothing."""
    for first in (b"GET / HTTP/1.1\r\nX: ", POST % 1_000_000):
        with connected(short, first) as connection:
            began = time.monotonic()
            connection.settimeout(0.02)
            answer = b""
            while not answer and time.monotonic() - began < _LONGEST:
                try:
                    connection.sendall(b"x")
                    answer = connection.recv(65536)
                except TimeoutError:
                    continue
            problem_in(answer, 408, "slow-request")


def test_a_body_may_take_as_long_as_its_size_earns() -> None:
    begun = POST % 2000 + b"x" * 1999  # earns two seconds, although it comes with the head
    with served(Patience(head=0.2, grace=0.2, pace=1000)) as port, connected(port, begun) as connection:
        connection.settimeout(0.6)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(_LONGEST)
        connection.sendall(b"x")
        until(connection, b"2000 bytes")


def test_a_body_that_nobody_reads_ends_too(short: int) -> None:
    """The answer is there at once; what still arrives is thrown away, for a time, and keeps nothing open."""
    with connected(short, UNREAD) as connection:
        until(connection, b"0 bytes")
        began = time.monotonic()
        while not ended(connection, 0.02):
            assert time.monotonic() - began < _LONGEST
            connection.sendall(b"x")


def test_whoever_waits_for_a_slow_body_is_told_and_nothing_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = App()
    with served(SHORT, app) as port, connected(port, POST % 10) as connection:
        problem_in(rest(connection), 408, "slow-request")
        assert app.gone.result(_LONGEST) is ClientDisconnect
    assert caplog.text == ""


def test_an_answer_that_nobody_takes_is_broken_off() -> None:
    patience = Patience(grace=0.2, pace=1e9)
    with served(patience) as port, connected(port, LARGE) as connection:
        assert ended(connection, _LONGEST), "the connection should end although nobody reads"


def test_an_answer_that_was_broken_off_ends_its_connection_and_nothing_more_is_logged(
    long: int, caplog: pytest.LogCaptureFixture
) -> None:
    with connected(long, GET.replace(b"/ ", b"%s " % BREAKING.encode(), 1)) as connection:
        assert rest(connection).endswith(b"\r\n\r\nx")
    assert caplog.text == ""


def test_an_answer_that_is_taken_in_time_arrives_whole() -> None:
    """It does not fit into any buffer, so the client has as long as its size earns."""
    patience = Patience(grace=0.2, pace=ANSWER / _LONGEST)
    with served(patience) as port, connected(port, LARGE) as connection:
        assert not ended(connection, 0.5)
        read = until(connection, b"\r\n\r\n" + b"x" * ANSWER)
    assert b"content-length: %d\r\n" % ANSWER in read


@pytest.mark.parametrize(
    "wrong",
    [
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"GET /" + b"a" * 70_000,
        POST.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked") + b"zz\r\n",
    ],
)
def test_what_is_no_request_is_a_problem(long: int, wrong: bytes) -> None:
    with connected(long, wrong) as connection:
        document = problem_in(rest(connection), 400, "malformed-request")
        assert "16,384 bytes" in document["detail"]


def test_over_the_limit_a_connection_is_told_so_until_another_ends() -> None:
    patience = Patience(head=_LONGEST, connections=3)
    with served(patience) as port, ExitStack() as stack:
        first, *_ = [stack.enter_context(connected(port)) for _ in range(3)]
        for _ in range(10):
            with connected(port) as refused:
                assert "again" in problem_in(rest(refused), 503, "busy")["detail"]
        first.sendall(CLOSING)
        assert rest(first).endswith(b"0 bytes")
        with connected(port, GET) as served_now:
            until(served_now, b"0 bytes")


def test_a_fast_client_sees_nothing_of_all_this(long: int) -> None:
    """Requests one after the other, and several at once, on one connection."""
    with connected(long) as connection:
        for size in range(50):
            connection.sendall(POST % size + b"x" * size)
            until(connection, b"\r\n%d bytes" % size)
        connection.sendall(GET * 5 + CLOSING)
        assert rest(connection).count(b"0 bytes") == 6
