"""The places in the two lanes, the workers that are free, and who waits for them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Final, NamedTuple

from graph.errors import Busy, NewsgraphError
from graph.sparql.habits import Habit
from graph.sparql.process import Worker

# How many queries may wait for a place: those that need not wait long, and the others.
_WAITING: Final = {Habit.QUICK: 256, Habit.NEW: 256, Habit.SLOW: 16}


class Load(NamedTuple):
    """How many places are taken in the fast lane and in the slow one, and how many queries wait for one."""

    fast: int
    slow: int
    waiting: int


class Places:
    """So many places for queries that are `fast`, as far as one knows, and for those that are `slow`.

    `idle` are the workers that are free. What nobody has seen yet leaves one fast place to what is known to
    be quick, if there are two.
    """

    def __init__(self, fast: int, slow: int) -> None:
        self._fast, self._slow = fast, slow
        self._taken = dict.fromkeys(Habit, 0)
        self._waiting: dict[Habit, deque[asyncio.Future[Worker]]] = {habit: deque() for habit in Habit}
        self.idle: list[Worker] = []

    @property
    def most(self) -> int:
        """How many queries may run at once."""
        return self._fast + self._slow

    @property
    def are_wanted(self) -> bool:
        """Whether someone waits for a place in the fast lane."""
        return bool(self._waiting[Habit.QUICK] or self._waiting[Habit.NEW])

    @property
    def load(self) -> Load:
        """How many places are taken, and how many queries wait for one."""
        fast = self._taken[Habit.QUICK] + self._taken[Habit.NEW]
        return Load(fast, self._taken[Habit.SLOW], sum(map(len, self._waiting.values())))

    def take(self, habit: Habit) -> Worker | None:
        """Take a place and a worker, if there are both and nobody waits for them."""
        if self._waiting[habit] or not self._is_free(habit):
            return None
        self._taken[habit] += 1
        return self.idle.pop()

    async def wait(self, habit: Habit, give_up: float) -> Worker:
        """Wait for a place and a worker. Raises Busy at `give_up` (monotonic), or if too many wait."""
        if len(self._waiting[habit]) >= _WAITING[habit]:
            raise all_taken(habit)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Worker] = loop.create_future()
        self._waiting[habit].append(future)
        timer = loop.call_later(max(0.0, give_up - time.monotonic()), _refuse, future, all_taken(habit))
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self.leave(habit)
                self.give(future.result())
            raise
        finally:
            timer.cancel()
            if future in self._waiting[habit]:
                self._waiting[habit].remove(future)

    def leave(self, habit: Habit) -> None:
        """Give a place back, but not its worker."""
        self._taken[habit] -= 1

    def go_over(self, habit: Habit) -> bool:
        """Give a place back for one in the slow lane, if there is one."""
        if self._taken[Habit.SLOW] >= self._slow:
            return False
        self._taken[habit] -= 1
        self._taken[Habit.SLOW] += 1
        self.serve()
        return True

    def give(self, worker: Worker) -> None:
        """Take `worker` for the next query."""
        self.idle.append(worker)
        self.serve()

    def serve(self) -> None:
        """Let those who wait have the workers and places that there are, what is quick before all else."""
        for habit, waiting in self._waiting.items():
            while waiting and self._is_free(habit):
                future = waiting.popleft()
                if not future.done():
                    self._taken[habit] += 1
                    future.set_result(self.idle.pop())

    def refuse(self, error: NewsgraphError) -> None:
        """Let nobody wait any longer."""
        for waiting in self._waiting.values():
            while waiting:
                _refuse(waiting.popleft(), error)

    def _is_free(self, habit: Habit) -> bool:
        if not self.idle:
            return False
        if habit is Habit.SLOW:
            return self._taken[habit] < self._slow
        if self._taken[Habit.QUICK] + self._taken[Habit.NEW] >= self._fast:
            return False
        return habit is Habit.QUICK or self._taken[habit] < max(1, self._fast - 1)


def all_taken(habit: Habit) -> Busy:
    """There is no place for such a query."""
    if habit is Habit.SLOW:
        return Busy(
            "The query takes long, and all places for such are taken; ask again in a moment, narrow it, or "
            "raise NEWSGRAPH_QUERY_SLOW."
        )
    return Busy("All query workers are taken; ask again in a moment.")


def _refuse(future: asyncio.Future[Worker], error: NewsgraphError) -> None:
    if not future.done():
        future.set_exception(error)
