"""The thread that keeps the workers: starts them, ends each at its deadline, and replaces what has ended."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from graph.errors import Busy, NewsgraphError
from graph.sparql import failures
from graph.sparql.process import Worker

_LOG: Final = logging.getLogger(__name__)
# After a failed start, when the system has no room for another process.
_RETRY_SECONDS: Final = 0.5


class Keeper:
    """Keeps `count` workers; `ready` is called with each new one.

    Workers are started by this one thread, which lives as long as they: Linux ends a process that is to end
    with its parent when the *thread* that started it ends.
    """

    def __init__(self, start: Callable[[], Worker], count: int, ready: Callable[[Worker], None]) -> None:
        self._start = start
        self._ready = ready
        self._missing = count
        self._workers: set[Worker] = set()
        self._busy: dict[Worker, tuple[float, float]] = {}
        self._ended: list[Worker] = []
        self._changed = threading.Condition()
        self._wakes_at = 0.0
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="query-keeper", daemon=True)
        self._thread.start()

    def watch(self, worker: Worker, deadline: float, seconds: float) -> None:
        """End `worker` at `deadline` (monotonic), which is `seconds` from the start of its query."""
        with self._changed:
            self._busy[worker] = (deadline, seconds)
            if deadline < self._wakes_at:
                self._changed.notify()

    def unwatch(self, worker: Worker) -> bool:
        """The query is done; False if the worker has been ended meanwhile."""
        with self._changed:
            return self._busy.pop(worker, None) is not None

    def replace(self, worker: Worker, because: NewsgraphError | None = None) -> None:
        """End `worker` at once, and start another in its place soon."""
        worker.end(because)
        with self._changed:
            self._busy.pop(worker, None)
            if worker in self._workers:
                self._workers.discard(worker)
                self._ended.append(worker)
                self._changed.notify()

    def close(self) -> None:
        """End all workers, and wait until they are gone."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._end_overdue()
                if not (self._closing or self._missing or self._ended):
                    self._sleep()
                    continue
                ended, self._ended = self._ended, []
                self._missing += len(ended)
                closing = self._closing
            if closing:
                break
            self._fill()
            for worker in ended:
                worker.dispose()
        self._end_all(ended)

    def _sleep(self) -> None:
        deadlines = [deadline for deadline, _ in self._busy.values()]
        self._wakes_at = min(deadlines, default=float("inf"))
        self._changed.wait(max(0.0, self._wakes_at - time.monotonic()) if deadlines else None)
        self._wakes_at = 0.0

    def _end_overdue(self) -> None:
        now = time.monotonic()
        overdue = [(worker, seconds) for worker, (deadline, seconds) in self._busy.items() if deadline <= now]
        for worker, seconds in overdue:
            worker.end(failures.timed_out(seconds))
            del self._busy[worker]
            self._workers.discard(worker)
            self._ended.append(worker)

    def _fill(self) -> None:
        """Start what is missing; on failure wait a little, so that the loop tries again."""
        while self._missing:
            try:
                worker = self._start()
            except OSError as error:
                _LOG.warning("No query worker could be started (%s); trying again.", error)
                with self._changed:
                    self._changed.wait(_RETRY_SECONDS)
                return
            with self._changed:
                self._missing -= 1
                self._workers.add(worker)
            self._ready(worker)

    def _end_all(self, ended: list[Worker]) -> None:
        with self._changed:
            left = {*self._workers, *self._busy, *ended}
            self._workers.clear()
            self._busy.clear()
        for worker in left:
            worker.end(Busy("The server is stopping; ask again when it is back."))
        for worker in left:
            worker.dispose()
