"""Answers that come in chunks from a blocking iterator, made and consumed in one thread.

One thread, because an iterator over an Oxigraph store may not wander between threads, and because
each hand-over costs. An answer of up to two chunks is sent whole, with its length; an error before
the first byte is sent becomes a problem. After it, an answer without its end makes the server break the
connection off; where that is a client's doing, or told in an error of ours, the log has a line of it and
no traceback.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, islice

import anyio
import anyio.from_thread
import anyio.to_thread
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from api.turns import Turns
from graph.errors import NewsgraphError

ONLY_HEAD = "newsgraph.head"
"""In a scope: whoever asks wants the head of the answer, and takes none of the body."""
_LOG = logging.getLogger("newsgraph.api")

_WHOLE = 2
"""Chunks that are waited for before the first byte is sent."""
_PATIENCE = 10.0
"""Seconds that a client may take to accept one chunk; a thread waits for it."""
_PACE = 32 * 1024
"""Bytes in a second that a client has to accept on average, after its first `_PATIENCE` seconds."""


@dataclass(frozen=True, slots=True)
class Chunks:
    """An answer: its headers, and its body as an iterator that is closed when it is no longer wanted."""

    headers: Mapping[str, str]
    body: Iterator[bytes]
    status: int = 200

    def close(self) -> None:
        """Release what the body holds, if it holds anything."""
        close = getattr(self.body, "close", None)
        if close is not None:
            close()


class BlockingStream(Response):
    """A response whose chunks `make` gives, in one of the threads of `turns`.

    Raises Busy if they are taken. A client that reads too slowly to be waited for does not get the end.

    `make` is given an event that is set when the client goes away or the server stops; the body is then
    closed at its next chunk, as it is at its end or on an error.
    """

    def __init__(self, make: Callable[[threading.Event], Chunks], turns: Turns) -> None:
        super().__init__()
        self._make = make
        self._turns = turns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `make` and the body raise, unless the log tells it all."""
        self._turns.check()
        limiter = self._turns.limiter
        gone, paced = threading.Event(), Paced(send)
        failure: Exception | None = None
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_watch, receive, gone)
            try:
                await anyio.to_thread.run_sync(self._produce, scope, receive, paced, gone, limiter=limiter)
            except Exception as error:  # carried out of the group, which would wrap it
                failure = error
            left = gone.is_set()
            tasks.cancel_scope.cancel()
        if failure is None:
            return
        if not _is_told(failure, left, paced.began):
            raise failure
        _LOG.info("%s was broken off: %s", scope.get("path"), "the client left" if left else failure)

    def _produce(self, scope: Scope, receive: Receive, paced: Paced, gone: threading.Event) -> None:
        send = paced.send
        with self._turns.computing:
            chunks = self._make(gone)
        try:
            body = _within(self._turns.computing, chunks.body)
            first = list(islice(body, _WHOLE))
            if len(first) < _WHOLE:
                whole = Response(b"".join(first), chunks.status, headers=chunks.headers)
                anyio.from_thread.run(whole, scope, receive, send)
                return
            anyio.from_thread.run(send, start_of(chunks.headers, chunks.status))
            for chunk in chain(first, body):
                if gone.is_set():
                    return
                anyio.from_thread.run(send, {"type": "http.response.body", "body": chunk, "more_body": True})
            anyio.from_thread.run(send, {"type": "http.response.body", "body": b""})
        finally:
            chunks.close()


def _within(computing: AbstractContextManager[object], chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Make each chunk within `computing`, which is left while one is sent."""
    while True:
        with computing:
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def start_of(headers: Mapping[str, str], status: int = 200) -> Message:
    """Make the message that begins an answer."""
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": raw}


def _is_told(failure: Exception, left: bool, began: bool) -> bool:
    """Tell if a failure needs no answer and no traceback: its client is gone, or it says all itself."""
    if left:
        return isinstance(failure, NewsgraphError | OSError)
    return began and isinstance(failure, NewsgraphError | TooSlowError)


class TooSlowError(TimeoutError):
    """The client reads too slowly to be waited for."""


class Paced:
    """Sends to a client as long as it reads at a pace that a thread can wait for.

    `began` says whether it has taken anything.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._sent = 0
        self._waited = 0.0
        self.began = False

    async def send(self, message: Message) -> None:
        """Send one message. Raises TooSlowError if it is not taken soon."""
        begun = anyio.current_time()
        earned = _PATIENCE + self._sent / _PACE - self._waited
        with anyio.move_on_after(min(_PATIENCE, earned)) as waiting:
            await self._send(message)
        if waiting.cancelled_caught:
            raise TooSlowError("The client reads too slowly; its thread is needed for others.")
        self.began = True
        self._waited += anyio.current_time() - begun
        self._sent += len(message.get("body", b""))


async def _watch(receive: Receive, gone: threading.Event) -> None:
    """Set `gone` when the client has left, or nobody waits for the answer since the server stops."""
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        gone.set()
