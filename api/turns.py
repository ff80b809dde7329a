"""Threads and processes of their own for work that takes long, so that no other request waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeVar, TypeVarTuple

import anyio
import anyio.to_process
import anyio.to_thread

from graph.errors import Busy, TooLarge

_Args = TypeVarTuple("_Args")
_Result = TypeVar("_Result")

_QUERIES_WAITING = 16
"""Queries that may wait for a worker, each in a thread."""
_CHECKS_WAITING = 16
_EXPORTS = 4
_BODIES_WAITING = 16
"""Bodies that may wait to be taken apart, each in memory."""
_PATIENCE = 30.0
"""Seconds that work in a process may take; what takes longer is made to."""


class Turns:
    """So many `threads` at once, and so many `waiting` for one; `what` names the work to who is refused."""

    def __init__(self, threads: int, waiting: int, what: str) -> None:
        self.limiter = anyio.CapacityLimiter(threads)
        self._waiting = waiting
        self._what = what

    def check(self) -> None:
        """Raise Busy if there is neither a thread nor a place to wait for one."""
        if self.limiter.available_tokens <= 0 and self.limiter.statistics().tasks_waiting >= self._waiting:
            raise Busy(f"Too many {self._what} are in progress; ask again in a moment.")

    async def run(self, work: Callable[[*_Args], _Result], *args: *_Args) -> _Result:
        """Do `work` in a thread when its turn comes. Raises Busy, and what `work` raises."""
        self.check()
        return await anyio.to_thread.run_sync(work, *args, limiter=self.limiter)


class Apart:
    """A process for work that holds all threads of Python: one at a time, and so many `waiting` for it."""

    def __init__(self, waiting: int, what: str) -> None:
        self._turns = Turns(1, waiting, what)

    async def run(self, work: Callable[[*_Args], _Result], *args: *_Args) -> _Result:
        """Do `work`, a function of a module, in a process when its turn comes; ended with its request.

        Raises Busy, what `work` raises, and TooLarge if it takes too long or too much memory.
        """
        self._turns.check()
        try:
            async with self._turns.limiter:
                with anyio.fail_after(_PATIENCE):
                    return await anyio.to_process.run_sync(work, *args, cancellable=True)
        except (TimeoutError, anyio.BrokenWorkerProcess) as error:
            raise TooLarge(
                "The body takes too much time or memory to take apart; send less, or plain text."
            ) from error


@dataclass(frozen=True, slots=True)
class Threads:
    """The kinds of work that have threads, or a process, of their own.

    `checks` (of queries) and `bodies` (taking articles out of them) fill a processor, and one at a time
    leaves the other requests their share of it. `queries` and `exports` wait for workers and readers.
    """

    queries: Turns
    checks: Turns
    exports: Turns
    bodies: Turns
    large_bodies: Apart

    @classmethod
    def beside(cls, workers: int) -> Self:
        """Make those of a server that has so many query workers."""
        return cls(
            queries=Turns(workers + _QUERIES_WAITING, 0, "queries"),
            checks=Turns(1, _CHECKS_WAITING, "queries"),
            exports=Turns(_EXPORTS, 0, "exports"),
            bodies=Turns(1, _BODIES_WAITING, "articles"),
            large_bodies=Apart(_BODIES_WAITING, "articles"),
        )
