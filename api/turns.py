"""Threads and processes of their own for work that takes long, so that no other request waits for it.

Python runs one thread at a time, and the parsers of JSON and HTML keep the others from running for as long
as they work: a second and more for some megabytes. So what is large goes to a process.
"""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, redirect_stderr
from dataclasses import dataclass
from typing import Self, TypeVar, TypeVarTuple

import anyio
import anyio.to_process
import anyio.to_thread

from graph.errors import Busy, TooLarge
from graph.waiting import late, longest_wait

_Args = TypeVarTuple("_Args")
_Result = TypeVar("_Result")

_CHECKS_WAITING = 16
_TINY_QUERY = 2 * 1024
"""Bytes of a query that is looked through in 2 ms at the worst, mostly in 0.1."""
_SMALL_QUERY = 16 * 1024
"""Bytes of a query that are looked through in some milliseconds."""
_EXPORTS = 4
_WALKS, _WALKS_WAITING = 2, 16
"""Walks through the graph (paths, neighbourhoods, analyses) at once, and those that may wait."""
_ANALYSES_WAITING = 4
_CHANGES_WAITING = 16
"""Plain updates and graphs that may wait for the one writer, each in memory."""
_UPDATES_WAITING = 4
"""Updates that may wait for those that are rehearsed: more of them would not be done in time."""
_BODIES_WAITING = 16
"""Bodies that may wait to be taken apart, each in memory."""
_TABLES_WAITING = 16
"""Tables (Parquet) that may wait to be read, each on the disk."""
_SMALL_BODY = 64 * 1024
"""Bytes of a body that are taken apart in some milliseconds."""
_NICE = 5
_PATIENCE = 30.0
"""Seconds that work in a process may take; what takes longer is made to."""


class Turns:
    """So many `threads` at once, and so many `waiting` for one; `what` names the work to who is refused.

    A thread computes within `computing`, which may let only one of them do so at a time.
    """

    def __init__(
        self, threads: int, waiting: int, what: str, computing: AbstractContextManager[object] | None = None
    ) -> None:
        self.computing = computing or nullcontext()
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

    async def run_by(self, until: float, work: Callable[[*_Args], _Result], *args: *_Args) -> _Result:
        """Do `work` as `run` does; raises Busy too if it waits for half the time until `until`."""
        self.check()
        turn = object()
        try:
            with anyio.fail_after(longest_wait(until)):
                await self.limiter.acquire_on_behalf_of(turn)
        except TimeoutError:
            raise late() from None
        try:
            return await anyio.to_thread.run_sync(work, *args, limiter=anyio.CapacityLimiter(1))
        finally:
            self.limiter.release_on_behalf_of(turn)


class Apart:
    """A process for work that holds all threads of Python: one at a time, and so many `waiting` for it."""

    def __init__(self, waiting: int, what: str) -> None:
        self.turns = Turns(1, waiting, what)
        self._process = anyio.CapacityLimiter(1)
        self._what = what

    async def run(self, work: Callable[[*_Args], _Result], *args: *_Args) -> _Result:
        """Do `work`, a function of a module, in a process when its turn comes; ended with its request.

        Raises Busy, what `work` raises, and TooLarge if it takes too long or too much memory.
        """
        self.turns.check()
        try:
            async with self.turns.limiter:
                with anyio.fail_after(_PATIENCE):
                    return await anyio.to_process.run_sync(
                        _alone, work, args, cancellable=True, limiter=self._process
                    )
        except (TimeoutError, anyio.BrokenWorkerProcess) as error:
            raise TooLarge(
                f"It takes too much time or memory to look through such {self._what}; send less at once."
            ) from error


def _alone(work: Callable[[*_Args], _Result], args: tuple[*_Args]) -> _Result:
    """Do `work` in a process that is there for nothing else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, _NICE)
    with redirect_stderr(io.StringIO()):  # a pipe that nobody reads
        return work(*args)


class BySize:
    """Work on what clients send: on so many bytes that are `small` in a thread, on more in a process.

    Nothing small ever waits for something large. On so few that are `tiny` it is done at once, since to
    hand it to a thread would take longer.
    """

    def __init__(self, small: int, waiting: int, what: str, *, tiny: int = 0) -> None:
        self._tiny = tiny
        self.thread = Turns(1, waiting, what)
        self.process = Apart(waiting, what)
        self._small = small

    async def run(self, size: int, work: Callable[[*_Args], _Result], *args: *_Args) -> _Result:
        """Do `work` on `size` bytes when its turn comes; raises as `Apart.run` does."""
        if size <= self._tiny:
            return work(*args)
        kind = self.thread if size <= self._small else self.process
        return await kind.run(work, *args)


@dataclass(frozen=True, slots=True)
class Threads:
    """The kinds of work that have threads, or processes, of their own.

    `checks` (of queries) and `bodies` (taking articles out of them) fill a processor, and one at a time
    leaves the other requests their share of it; `tables` are such bodies that a confined process reads.
    `exports` wait for readers; while some wait, one of them computes. `updates` are rehearsed and made one
    after the other; other `changes` need no rehearsal on a copy and go past them. `walks` fetch and weigh
    thousands of statements, a few at once; `analyses` of these are computed in a process.
    """

    checks: BySize
    exports: Turns
    bodies: BySize
    tables: Turns
    changes: Turns
    updates: Turns
    walks: Turns
    analyses: Apart

    @classmethod
    def of_server(cls) -> Self:
        """Make those of one server."""
        return cls(
            checks=BySize(_SMALL_QUERY, _CHECKS_WAITING, "queries", tiny=_TINY_QUERY),
            exports=Turns(_EXPORTS, 0, "exports", computing=threading.Lock()),
            bodies=BySize(_SMALL_BODY, _BODIES_WAITING, "articles"),
            tables=Turns(1, _TABLES_WAITING, "tables"),
            changes=Turns(1, _CHANGES_WAITING, "changes"),
            updates=Turns(1, _UPDATES_WAITING, "updates"),
            walks=Turns(_WALKS, _WALKS_WAITING, "walks through the graph"),
            analyses=Apart(_ANALYSES_WAITING, "analyses"),
        )
