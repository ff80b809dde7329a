from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import anyio
import pytest
from serving import serving
from starlette.types import Message

from api.streams import BlockingStream, Chunks

TYPE = {"Content-Type": "text/plain"}


class Body:
    """Chunks that note in which threads they are asked for, and when they are closed."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self._chunks = list(chunks)
        self.threads: set[int] = set()
        self.closed = 0
        self.given = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self.threads.add(threading.get_ident())
        if not self._chunks:
            raise StopIteration
        chunk = self._chunks.pop(0)
        if isinstance(chunk, Exception):
            raise chunk
        self.given += 1
        return chunk

    def close(self) -> None:
        self.threads.add(threading.get_ident())
        self.closed += 1


def stream(body: Body) -> BlockingStream:
    return BlockingStream(lambda _gone: Chunks(TYPE, body))


@pytest.mark.parametrize(
    "chunks", [(), (b"one",), (b"", b""), (b"one", b"two"), tuple(b"%d" % n for n in range(99))]
)
def test_all_chunks_arrive_and_the_body_is_closed(chunks: tuple[bytes, ...]) -> None:
    body = Body(*chunks)
    with serving(stream(body)) as client:
        response = client.get("/")
    assert response.content == b"".join(chunks)
    assert response.headers["content-type"].startswith("text/plain")
    assert body.closed == 1
    assert len(body.threads) == 1, "an iterator over the store may not wander between threads"


def test_a_short_answer_says_its_length() -> None:
    with serving(stream(Body(b"short"))) as client:
        assert client.get("/").headers["content-length"] == "5"


@pytest.mark.parametrize("before", [0, 1])
def test_an_error_near_the_beginning_comes_before_any_byte(before: int) -> None:
    body, sent = Body(*[b"x"] * before, ValueError("broken")), []
    assert isinstance(run(body, sent.append), ValueError)
    assert sent == []
    assert body.closed == 1


def test_an_error_later_leaves_the_answer_without_its_end() -> None:
    body, sent = Body(b"a", b"b", b"c", ValueError("broken")), []
    assert isinstance(run(body, sent.append), ValueError)
    assert b"".join(message.get("body", b"") for message in sent) == b"abc"
    assert all(message.get("more_body", True) for message in sent), "the end would make half look like whole"
    assert body.closed == 1


def test_a_body_is_closed_when_the_client_goes_away() -> None:
    body = Body(*[b"x"] * 100_000)
    left = anyio.Event()

    def on_send(message: Message) -> None:
        if body.given > 10:
            left.set()

    assert run(body, on_send, left) is None
    assert body.given < 100_000
    assert body.closed == 1


def test_the_maker_is_told_when_the_client_goes_away() -> None:
    def make(gone: threading.Event) -> Chunks:
        assert gone.wait(20), "nobody said that the client has left"
        return Chunks(TYPE, iter([b"too late"]))

    async def call() -> None:
        async def receive() -> Message:
            return {"type": "http.disconnect"}

        async def send(_message: Message) -> None:
            pass

        await BlockingStream(make)({"type": "http"}, receive, send)

    anyio.run(call)


def run(body: Body, on_send: Callable[[Message], None], left: anyio.Event | None = None) -> Exception | None:
    """Send `body` to a client that leaves when `left` is set; give the error that came out."""

    async def call() -> Exception | None:
        async def receive() -> Message:
            await (left or anyio.Event()).wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            on_send(message)
            await anyio.lowlevel.checkpoint()

        try:
            await stream(body)({"type": "http"}, receive, send)
        except Exception as error:
            return error
        return None

    return anyio.run(call)
