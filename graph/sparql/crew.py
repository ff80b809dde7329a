"""The workers of one event loop: started, greeted when they are ready, and replaced when they end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graph.errors import NewsgraphError
from graph.sparql.keeper import Keeper
from graph.sparql.process import Worker
from graph.sparql.wire import Frame, Kind, Start

# How long a worker may take to start on a busy machine, and when another is started after a failure.
_START_SECONDS: Final = 20.0
_RETRY_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Calls:
    """What the crew tells: a worker that is `ready`, a frame that `came`, one that was `lost`, a start that
    `failed` and why."""

    ready: Callable[[Worker], None]
    came: Callable[[Worker, Frame], None]
    lost: Callable[[Worker], None]
    failed: Callable[[NewsgraphError], None]


class Crew:
    """Keeps `count` workers, each started with what `start` gives; belongs to the event loop that runs."""

    def __init__(self, count: int, start: Callable[[], Start], calls: Calls) -> None:
        self._loop = asyncio.get_running_loop()
        self._start = start
        self._calls = calls
        self._starting: set[Worker] = set()
        self._attached: set[Worker] = set()
        self._closed = False
        self._keeper = Keeper(self._loop, self._started)
        for _ in range(count):
            self._keeper.start(start())

    def replace(self, worker: Worker) -> None:
        """End a worker, and start another in its place."""
        self._end(worker)
        if not self._closed:
            self._keeper.start(self._start())
            self._keeper.dispose(worker)

    def ask_why(self, worker: Worker, seconds: float, tell: Callable[[NewsgraphError], None]) -> None:
        """Find out why a worker has ended, in a query of `seconds`."""
        self._end(worker)
        self._keeper.dispose(worker, seconds, tell)

    async def close(self) -> None:
        """End all workers, and wait until they are gone."""
        self._closed = True
        for worker in list(
            self._attached
        ):  # also the idle ones: the loop must not read a pipe that is closed
            self._end(worker)
        await asyncio.to_thread(self._keeper.close)

    def _end(self, worker: Worker) -> None:
        worker.end()
        self._attached.discard(worker)

    def _started(self, worker: Worker) -> None:
        """The keeper has started one; it says itself when it is ready."""
        if self._closed:
            return
        self._starting.add(worker)
        self._attached.add(worker)
        worker.attach(self._loop, self._take)
        self._loop.call_later(_START_SECONDS, self._check_started, worker)

    def _take(self, worker: Worker, frame: Frame | None) -> None:
        if frame is None and worker in self._starting:
            self._starting.discard(worker)
            self._end(worker)
            self._keeper.dispose(worker, tell=self._failed)
        elif frame is None:
            self._calls.lost(worker)
        elif frame.kind is Kind.READY:
            worker.note_ready(frame)
            self._starting.discard(worker)
            self._calls.ready(worker)
        else:
            self._calls.came(worker, frame)

    def _check_started(self, worker: Worker) -> None:
        if worker in self._starting:
            self._take(worker, None)

    def _failed(self, error: NewsgraphError) -> None:
        """A worker could not start: tell so, and try again a little later."""
        self._calls.failed(error)
        self._loop.call_later(_RETRY_SECONDS, self._again)

    def _again(self) -> None:
        if not self._closed:
            self._keeper.start(self._start())
