"""Answers a stranger's queries in worker processes, each with a deadline and a limit of memory.

    with QueryPool(lambda: (archive.sequence, archive.checkpoint()), archive.ns, settings) as pool:
        with pool.run("SELECT ?name WHERE { ?who rdfs:label ?name }", "csv") as answer:
            for chunk in answer.chunks: ...

The prefixes of the store (`Namespaces.prefixes`) need not be declared in a query, and relative IRIs stand
below the store's base IRI. This is the door for threads; the work is done by `lanes.py`, which a program
with an event loop uses by itself.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from graph.errors import Busy
from graph.sparql.guard import Outline
from graph.sparql.lanes import Lanes
from graph.sparql.newest import Checkpoint
from graph.sparql.results import ResultFormat
from graph.sparql.rows import Answer, Rows
from graph.vocab import Namespaces

if TYPE_CHECKING:
    from graph.settings import Settings

_Result = TypeVar("_Result")


class Chunks(Iterator[bytes]):
    """The chunks of one answer; takes its worker until the last one has arrived from it."""

    def __init__(self, pool: QueryPool, rows: Rows) -> None:
        self._pool = pool
        self._rows = rows
        self._wanted = True

    def __next__(self) -> bytes:
        """The next chunk. Raises the error that ended the query: the answer is then not complete."""
        chunk = self._pool.wait(self._rows.next()) if self._wanted else None
        if chunk is None:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Want no more; a query that is still running is ended."""
        self._wanted = False
        self._pool.soon(self._rows.close)

    def __del__(self) -> None:
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
        """Start as many workers as may run at once; parameters and errors are those of `Lanes`."""
        self._lanes = Lanes(checkpoint, ns, settings, patience=patience, warm=settings.query_workers)
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="query-pool", daemon=True)
        self._thread.start()
        self.wait(self._open())

    def run(
        self,
        query: str | Outline,
        format: ResultFormat | str | None = None,  # noqa: A002 (the word that callers look for)
        timeout: float | None = None,
        begun: float | None = None,
    ) -> Answer[Chunks]:
        """Answer `query` and wait for its first chunk; parameters and errors are those of `Lanes.run`."""
        answer = self.wait(self._lanes.run(query, format, timeout, begun))
        return Answer(answer.format, Chunks(self, answer.chunks))

    def wait(self, call: Coroutine[Any, Any, _Result]) -> _Result:
        """Have `call` done in the event loop. Raises what it raises, and Busy once the pool is closed."""
        if self._closed:
            call.close()
            raise Busy("The server is stopping; ask again when it is back.")
        return asyncio.run_coroutine_threadsafe(call, self._loop).result()

    def soon(self, act: Callable[[], None]) -> None:
        """Have `act` done in the pool's event loop, and do not wait."""
        if not self._closed:
            self._loop.call_soon_threadsafe(act)

    def close(self) -> None:
        """End all queries and workers."""
        if self._closed:
            return
        self.wait(self._lanes.close())
        self._closed = True
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def _open(self) -> None:
        self._lanes.open()
