"""The answer to one query, as it arrives from its worker."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Generic, Protocol, Self, TypeVar

from graph.errors import NewsgraphError
from graph.sparql import failures, wire
from graph.sparql.process import Worker
from graph.sparql.results import ResultFormat
from graph.sparql.wire import Frame, Kind, Request

# So many chunks may wait to be taken; then the worker waits.
_AHEAD: Final = 4


class Rows:
    """The chunks of one answer, in order; takes its worker until the last one has arrived from it.

    `ended` is called once, when the worker is free again, or, with True, when it is not to be used again.
    """

    def __init__(self, worker: Worker, request: Request, ended: Callable[[Rows, bool], None]) -> None:
        self.worker = worker
        self.request = request
        self.is_taken = False
        """Whether someone has taken a chunk: what follows cannot become another answer any more."""
        self._ended: Callable[[Rows, bool], None] | None = ended
        self._here: deque[bytes] = deque()
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._listener: Callable[[], None] | None = None

    def listen(self, listener: Callable[[], None] | None) -> None:
        """Have `listener` called when the answer ends, or a part of a long one arrives; None for nobody."""
        self._listener = listener

    @property
    def is_open(self) -> bool:
        """Whether more can arrive."""
        return self._ended is not None

    @property
    def error(self) -> Exception | None:
        """What ended the query, if it was not the end of its answer."""
        return self._error

    async def begin(self) -> None:
        """Wait for the first chunk; all of a short answer, which frees its worker.

        Raises what went wrong, and StaleError.
        """
        while self._ended is not None and (not self._here or len(self._here[-1]) < wire.CHUNK):
            await self._arrival()
        if not self._here:
            self.check()

    def whole(self) -> bytes | None:
        """All of the answer if it has arrived, else None."""
        if self._ended is not None or self._error is not None:
            return None
        return self._here.popleft() if len(self._here) == 1 else b"".join(self._here)

    async def next(self) -> bytes | None:
        """Give the next chunk, None after the last.

        Raises the error that ended the query: the answer is then not complete.
        """
        while not self._here and self._ended is not None:
            await self._arrival()
        if self._here:
            self.is_taken = True
            chunk = self._here.popleft()
            if self._ended is not None and len(self._here) < _AHEAD // 2:
                self.worker.resume()
            return chunk
        self.check()
        return None

    def check(self) -> None:
        """Raise the error that ended the query, if one did."""
        if self._error is not None:
            raise self._error

    def feed(self, frame: Frame) -> None:
        """Take what arrived from the worker."""
        if frame.kind is Kind.DATA:
            self._here.append(frame.payload)
            if len(self._here) >= _AHEAD:
                self.worker.pause()
        else:
            if frame.kind is Kind.TROUBLE:
                self._error = failures.of_trouble(frame.payload, self.request.query, self.worker.start)
            self._end(worn=frame.payload == wire.WORN)
        self._wake()

    def fail(self, error: NewsgraphError) -> None:
        """End with `error`, unless all has arrived; the worker has ended or is ended now."""
        if self._ended is not None:
            self._error = error
            self._end(worn=True)
        self._wake()

    def close(self) -> None:
        """Want no more; a query that is still running is ended."""
        self._here.clear()
        if self._ended is not None:
            self.fail(failures.unwanted())

    def _end(self, *, worn: bool) -> None:
        assert self._ended is not None
        ended, self._ended = self._ended, None
        if not worn:
            self.worker.resume()
        ended(self, worn)

    async def _arrival(self) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
        if self._listener is not None and (self._ended is None or len(self._here[-1]) >= wire.CHUNK):
            self._listener()


class Closable(Protocol):
    """What may be wanted no more."""

    def close(self) -> None:
        """End what is still running."""
        ...


_Chunks = TypeVar("_Chunks", bound=Closable)


@dataclass(frozen=True, slots=True)
class Answer(Generic[_Chunks]):
    """The answer to a query: its media type, and its bytes in chunks.

    Reading them may raise a NewsgraphError: the chunks that came before it are then no complete answer. Close
    it (or leave its `with`) when no more is wanted.
    """

    format: ResultFormat
    chunks: _Chunks

    @property
    def media_type(self) -> str:
        """What a `Content-Type` header says of it."""
        return self.format.content_type

    def close(self) -> None:
        """End the query if it is still running."""
        self.chunks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
