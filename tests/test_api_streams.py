from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import anyio
import pytest
from serving import serving
from starlette.types import Message

from api import streams
from api.streams import BlockingStream, Chunks, Paced
from api.turns import Turns
from graph.errors import Busy, QueryTimeout

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
    return BlockingStream(lambda _gone: Chunks(TYPE, body), Turns(1, 0, "streams"))


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


def test_an_error_of_ours_in_mid_answer_is_one_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    body, sent = Body(b"a", b"b", QueryTimeout("It took too long; ask for less.")), []
    with caplog.at_level("INFO"):
        assert run(body, sent.append) is None
    assert b"".join(message.get("body", b"") for message in sent) == b"ab"
    assert all(message.get("more_body", True) for message in sent)
    (line,) = caplog.records
    assert "It took too long" in line.getMessage()
    assert line.exc_info is None


def test_what_fails_since_the_client_left_is_one_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    body, left = Body(b"a", b"b", b"c"), anyio.Event()

    def on_send(_message: Message) -> None:
        left.set()
        raise BrokenPipeError

    with caplog.at_level("INFO"):
        assert run(body, on_send, left) is None
    (line,) = caplog.records
    assert "the client left" in line.getMessage()
    assert line.exc_info is None
    assert body.closed == 1


@pytest.mark.parametrize("left", [True, False])
def test_a_fault_of_ours_keeps_its_traceback(left: bool) -> None:
    assert not streams._is_told(ValueError("a bug"), left, began=True)


def test_who_reads_too_slowly_does_not_get_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(streams, "_PATIENCE", 0.1)
    sent: list[Message] = []

    async def call() -> None:
        async def receive() -> Message:
            await anyio.sleep_forever()
            raise AssertionError

        async def send(message: Message) -> None:
            if message.get("body"):
                await anyio.sleep_forever()
            sent.append(message)

        with anyio.fail_after(20):
            await stream(Body(b"a", b"b", b"c"))({"type": "http", "path": "/x"}, receive, send)

    with caplog.at_level("INFO"):
        anyio.run(call)
    assert [message["type"] for message in sent] == ["http.response.start"]
    (line,) = caplog.records
    assert line.getMessage().startswith("/x was broken off: The client reads too slowly")


def test_a_stream_ends_when_the_server_stops() -> None:
    """A request that is cancelled gives its thread back, although its client would go on reading."""
    body = Body(*[b"x"] * 100_000)

    async def call() -> None:
        async def receive() -> Message:
            await anyio.sleep_forever()
            raise AssertionError

        async def send(_message: Message) -> None:
            await anyio.lowlevel.checkpoint()
            if body.given > 10:
                scope.cancel()

        with anyio.fail_after(20), anyio.CancelScope() as scope:
            await stream(body)({"type": "http"}, receive, send)

    anyio.run(call)
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

        await BlockingStream(make, Turns(1, 0, "streams"))({"type": "http"}, receive, send)

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


@pytest.mark.parametrize("pace", [1, 1e9], ids=["stalls", "trickles"])
def test_who_reads_too_slowly_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, pace: float) -> None:
    """A reader that takes nothing, and one that takes each chunk just in time, but few of them."""
    monkeypatch.setattr(streams, "_PATIENCE", 0.2)
    monkeypatch.setattr(streams, "_PACE", pace)

    async def send(_message: Message) -> None:
        await (anyio.sleep_forever() if pace == 1 else anyio.sleep(0.02))

    async def call() -> int:
        paced = Paced(send)
        for count in range(100):
            try:
                await paced.send({"type": "http.response.body", "body": b"x", "more_body": True})
            except TimeoutError:
                return count
        raise AssertionError("it was waited for")

    assert anyio.run(call) < 20


def test_streams_beyond_their_threads_are_refused() -> None:
    turns = Turns(1, 0, "exports")

    async def call() -> None:
        async def receive() -> Message:
            await anyio.sleep_forever()
            raise AssertionError

        async def send(_message: Message) -> None:
            await anyio.lowlevel.checkpoint()

        def make(_gone: threading.Event) -> Chunks:
            begun.set()
            assert go_on.wait(20)
            return Chunks(TYPE, iter([b"x"]))

        begun, go_on = threading.Event(), threading.Event()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(BlockingStream(make, turns), {"type": "http"}, receive, send)
            with anyio.fail_after(20):
                while not begun.is_set():
                    await anyio.lowlevel.checkpoint()
            try:
                with pytest.raises(Busy, match="exports"):
                    await BlockingStream(make, turns)({"type": "http"}, receive, send)
            finally:
                go_on.set()

    anyio.run(call)


def test_one_computes_while_another_is_sent() -> None:
    """Two streams take turns at one lock: the first holds it only until its client is to take a chunk."""
    lock, locked = threading.Lock(), []
    turns = Turns(2, 0, "exports", computing=lock)

    class Watched(Body):
        def __next__(self) -> bytes:
            locked.append(lock.locked())
            return super().__next__()

    slow, quick = Watched(*[b"x"] * 20), Watched(*[b"x"] * 20)

    async def call() -> None:
        other_done = anyio.Event()

        async def receive() -> Message:
            await anyio.sleep_forever()
            raise AssertionError

        async def send_late(message: Message) -> None:
            if message.get("body"):
                await other_done.wait()

        async def send(_message: Message) -> None:
            await anyio.lowlevel.checkpoint()

        with anyio.fail_after(20):
            async with anyio.create_task_group() as tasks:
                make = BlockingStream(lambda _gone: Chunks(TYPE, slow), turns)
                tasks.start_soon(make, {"type": "http"}, receive, send_late)
                await BlockingStream(lambda _gone: Chunks(TYPE, quick), turns)(
                    {"type": "http"}, receive, send
                )
                other_done.set()

    anyio.run(call)
    assert slow.given == quick.given == 20
    assert all(locked)
    assert not lock.locked()
