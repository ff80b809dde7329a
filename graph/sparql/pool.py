"""Answers a stranger's queries in worker processes, each with a deadline and a limit of memory.

    with QueryPool(lambda: (archive.sequence, archive.checkpoint()), archive.ns, settings) as pool:
        with pool.run("SELECT ?name WHERE { ?who rdfs:label ?name }", "csv") as answer:
            for chunk in answer.chunks: ...

The prefixes of the store (`Namespaces.prefixes`) need not be declared in a query, and relative IRIs stand
below the store's base IRI.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, NoReturn, Self

from graph.errors import Busy, NewsgraphError, StoreError
from graph.sparql import failures, guard, results, wire
from graph.sparql.guard import Outline
from graph.sparql.keeper import Keeper
from graph.sparql.process import Worker, WorkerEndedError
from graph.sparql.results import ResultFormat
from graph.sparql.wire import Frame, Kind, Request, Start
from graph.vocab import Namespaces

if TYPE_CHECKING:
    from graph.settings import Settings

# The number of a store's last write, and the folder of a copy that holds it.
Checkpoint = tuple[int, Path]

_MEGABYTE: Final = 1024 * 1024
# How often a query is sent again when its checkpoint has been replaced before the worker opened it.
_TRIES: Final = 5
# How often, in seconds, a waiting query sees whether its client has left.
_LOOK_UP: Final = 0.1


class Rows(Iterator[bytes]):
    """The chunks of one answer; takes its worker until the last one has arrived from it."""

    def __init__(
        self, pool: QueryPool, worker: Worker, request: Request, deadline: float, gone: threading.Event | None
    ) -> None:
        self._pool = pool
        self._worker = worker
        self._request = request
        self._deadline = deadline
        self._gone = gone
        self._here: deque[bytes] = deque()
        self._open = True
        pool.keeper.watch(worker, self._deadline, request.seconds)

    def begin(self) -> None:
        """Send the query and wait for the first chunk; all of a short answer, which frees its worker.

        Raises what went wrong, and StaleError.
        """
        try:
            self._worker.send(self._request)
        except WorkerEndedError:
            self._fail()
        while self._open and (not self._here or len(self._here[-1]) < wire.CHUNK):
            self._receive()

    def __next__(self) -> bytes:
        """The next chunk. Raises the error that ended the query: the answer is then not complete."""
        while self._open and not self._here:
            self._receive()
        if not self._here:
            raise StopIteration
        return self._here.popleft()

    def close(self) -> None:
        """Want no more; a query that is still running is ended."""
        self._here.clear()
        if self._open:
            self._open = False
            self._pool.keeper.replace(self._worker)

    def __del__(self) -> None:
        self.close()

    def _receive(self) -> None:
        try:
            frame = self._next_frame()
        except TimeoutError:
            self._end(failures.timed_out(self._request.seconds))
        except WorkerEndedError:
            self._fail()
        if frame.kind is Kind.DATA:
            self._here.append(frame.payload)
            return
        self._open = False
        if frame.payload == wire.WORN:
            self._pool.keeper.replace(self._worker)
        else:
            self._pool.give_back(self._worker)
        if frame.kind is Kind.TROUBLE:
            raise failures.of_trouble(frame.payload, self._request.query, self._worker.start)

    def _next_frame(self) -> Frame:
        """Wait for a frame, and look up now and then whether anyone still wants it."""
        if self._gone is None:
            return self._worker.receive(self._deadline)
        while True:
            if self._gone.is_set():
                self._end(failures.unwanted())
            look_up = time.monotonic() + _LOOK_UP
            try:
                return self._worker.receive(min(self._deadline, look_up))
            except TimeoutError:
                if self._deadline <= look_up:
                    raise

    def _end(self, error: NewsgraphError) -> NoReturn:
        self._open = False
        self._pool.keeper.replace(self._worker, error)
        raise error

    def _fail(self) -> NoReturn:
        """The worker is gone: raise why."""
        self._open = False
        error = self._worker.dispose(self._request.seconds)
        self._pool.keeper.replace(self._worker)
        raise error from None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query: its media type, and its bytes in chunks.

    Iterating may raise a NewsgraphError: the chunks that came before it are then no complete answer. Close
    it (or leave its `with`) when no more is wanted.
    """

    format: ResultFormat
    chunks: Rows

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


class QueryPool:
    """Worker processes, kept warm. Threads may share it; close it (or leave its `with`) at the end."""

    def __init__(
        self,
        checkpoint: Callable[[], Checkpoint],
        ns: Namespaces,
        settings: Settings,
        patience: float = 2.0,
    ) -> None:
        """Start the workers, as many and with the deadline and memory that the `query_` settings say.

        `checkpoint` gives the newest state of the store; the workers can read all that lies beside its
        folder. A query waits `patience` seconds for a worker. Raises what `checkpoint` raises.
        """
        self._checkpoint = checkpoint
        self._ns = ns
        self._settings = settings
        self._patience = patience
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._closed = False
        self._newest = self._look()
        self.keeper = Keeper(self._start, settings.query_workers, self._idle.put)

    def run(
        self,
        query: str | Outline,
        format: ResultFormat | str | None = None,  # noqa: A002 (the word that callers look for)
        timeout: float | None = None,
        gone: threading.Event | None = None,
        begun: float | None = None,
    ) -> Answer:
        """Answer `query` in `format` (a name or suffix of `results`; the default of its form for None).

        `query` is its text, or what the guard made of it. Waits for the first chunk; once `gone` is
        set, the client has left and the query is ended. Its `timeout` (seconds; that of the settings for
        None) is counted from `begun` (monotonic; now for None). Raises BadQuery, TooLarge, QueryRefused,
        UnknownFormat, QueryTimeout, QueryTooHeavy, Busy and StoreError, here or, after the first chunk,
        while the answer is read.
        """
        begun = time.monotonic() if begun is None else begun
        outline = guard.outline(query) if isinstance(query, str) else query
        name = format.name if isinstance(format, ResultFormat) else format
        chosen = results.named(outline.form, name)
        request = Request(
            query=outline.query,
            prologue=outline.prologue,
            sources=outline.sources,
            form=outline.form,
            format=chosen.name,
            seconds=self._settings.query_timeout if timeout is None else timeout,
            default_graphs=outline.dataset.default if outline.dataset else None,
            named_graphs=outline.dataset.named if outline.dataset else None,
        )
        for _ in range(_TRIES):
            try:
                return Answer(chosen, self._ask(request, begun, gone))
            except failures.StaleError as error:
                cause = str(error)
        raise StoreError(f"The copy of the store cannot be opened ({cause}); see that its folder is whole.")

    def close(self) -> None:
        """End all queries and workers."""
        self._closed = True
        self.keeper.close()

    def give_back(self, worker: Worker) -> None:
        """Take `worker` for the next query, unless its deadline has just ended it."""
        if self.keeper.unwatch(worker):
            self._idle.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, request: Request, begun: float, gone: threading.Event | None) -> Rows:
        deadline = begun + request.seconds
        worker, (sequence, path) = self._take(deadline)
        if time.monotonic() >= deadline:
            self._idle.put(worker)
            raise failures.timed_out(request.seconds)
        asked = replace(request, sequence=sequence, checkpoint=str(path))
        rows = Rows(self, worker, asked, deadline, gone)
        rows.begin()
        return rows

    def _take(self, deadline: float) -> tuple[Worker, Checkpoint]:
        """A worker that is ready and may read the newest checkpoint; waited for until `deadline` at most."""
        give_up = min(deadline, time.monotonic() + self._patience)
        while not self._closed:
            try:
                worker = self._idle.get(timeout=max(0.0, give_up - time.monotonic()))
            except queue.Empty:
                break
            if worker.in_force is not None and not worker.alive:
                self.keeper.replace(worker)
                continue
            try:
                worker.await_ready()
                newest = self._look()
            except WorkerEndedError:
                error = worker.dispose()
                self.keeper.replace(worker)
                raise error from None
            except BaseException:
                self._idle.put(worker)
                raise
            if worker.start.folder == str(newest[1].parent):
                return worker, newest
            # The copies are made elsewhere now, where this worker may not read.
            self.keeper.replace(worker)
        if self._closed:
            raise Busy("The server is stopping; ask again when it is back.")
        raise Busy("All query workers are taken; ask again in a moment.")

    def _look(self) -> Checkpoint:
        sequence, path = self._checkpoint()
        self._newest = (sequence, path.absolute())
        return self._newest

    def _start(self) -> Worker:
        sequence, path = self._newest
        memory = self._settings.query_memory * _MEGABYTE
        start = Start(
            folder=str(path.parent),
            sequence=sequence,
            checkpoint=str(path),
            memory=memory,
            base=self._ns.base,
            prefixes=self._ns.prefixes,
        )
        return Worker(start)
