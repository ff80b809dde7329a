"""The thread that starts the workers and waits for their ends, which the event loop must not wait for."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from graph.errors import NewsgraphError
from graph.sparql.process import Worker
from graph.sparql.wire import Start

_LOG: Final = logging.getLogger(__name__)
# After a failed start, when the system has no room for another process.
_RETRY_SECONDS: Final = 0.5


class Keeper:
    """Starts workers for `loop`, where `started` is called with each.

    All are started by this one thread, which lives as long as they: Linux ends a process that is to end
    with its parent when the *thread* that started it ends.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, started: Callable[[Worker], None]) -> None:
        self._loop = loop
        self._started = started
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._workers: set[Worker] = set()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="query-keeper", daemon=True)
        self._thread.start()

    def start(self, start: Start) -> None:
        """Start a worker soon."""
        self._jobs.put(lambda: self._start(start))

    def dispose(
        self, worker: Worker, seconds: float = 0.0, tell: Callable[[NewsgraphError], None] | None = None
    ) -> None:
        """Wait for a worker that has ended in a query of `seconds`; `tell` the loop why it has."""
        self._jobs.put(lambda: self._dispose(worker, seconds, tell))

    def close(self) -> None:
        """End all workers, and wait until they are gone."""
        self._closing.set()
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        for worker in self._workers:
            worker.dispose()

    def _start(self, start: Start) -> None:
        if self._closing.is_set():
            return
        try:
            worker = Worker(start)
        except OSError as error:
            _LOG.warning("No query worker could be started (%s); trying again.", error)
            self._closing.wait(_RETRY_SECONDS)
            self.start(start)
            return
        self._workers.add(worker)
        self._in_loop(lambda: self._started(worker))

    def _dispose(self, worker: Worker, seconds: float, tell: Callable[[NewsgraphError], None] | None) -> None:
        error = worker.dispose(seconds)
        self._workers.discard(worker)
        if tell is not None:
            self._in_loop(lambda: tell(error))

    def _in_loop(self, act: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            self._loop.call_soon_threadsafe(act)
