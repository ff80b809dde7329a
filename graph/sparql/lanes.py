"""Who may run now: places for queries that finish quickly, and a few for those that do not.

    query -> its habit (`habits.py`) -> a place, waited for -> a warm worker -> rows (`rows.py`)

A query begins in the fast lane. Once it has run for `_QUICK` seconds it counts as slow: it keeps its worker
and goes over to the slow lane if that has a place. If not, it is ended as soon as someone waits for its
place, or a little later if some of its answer is sent already. What is known to be slow is let into the slow
lane only. One clock ends queries at their deadlines, whether anyone reads them or not.

All of this happens in one event loop; none of it waits.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from graph.errors import Busy, StoreError
from graph.sparql import failures, guard, results
from graph.sparql.crew import Calls, Crew
from graph.sparql.guard import Outline
from graph.sparql.habits import Habit, Habits
from graph.sparql.newest import Checkpoint, Copy, Newest
from graph.sparql.places import Load, Places, all_taken
from graph.sparql.process import Worker
from graph.sparql.results import ResultFormat
from graph.sparql.rows import Answer, Rows
from graph.sparql.wire import MEGABYTE, Frame, Request, Start
from graph.vocab import Namespaces

if TYPE_CHECKING:
    from graph.settings import Settings

# How often a query is sent again when its checkpoint has been replaced before the worker opened it.
_TRIES: Final = 5
# After so many seconds with a worker a query counts as slow.
_QUICK: Final = 0.1
# So long one may send rows from a fast place that others want.
_LONG: Final = 1.0
# After so many seconds it is worth while to see whether its client is still there.
_A_WHILE: Final = 0.04
# How often, in seconds, the clock looks at what runs.
_TICK: Final = 0.025
# Warm workers beyond the places, for when one is ended.
_SPARE: Final = 1
_STOPPING: Final = "The server is stopping; ask again when it is back."


class _Query(NamedTuple):
    """A query, what is expected of it, and when it ends; `lingers` is called once if it takes a while."""

    outline: Outline
    habit: Habit
    deadline: float
    lingers: Callable[[], None] | None


@dataclass(slots=True)
class _Run:
    """A query in a place, which it has by `habit`, and since when it has its worker."""

    rows: Rows
    query: _Query
    habit: Habit
    since: float
    is_told: bool = False
    is_slow: bool = False


class Lanes:
    """Worker processes, kept warm, and the queries that run in them."""

    def __init__(
        self,
        checkpoint: Callable[[], Checkpoint],
        ns: Namespaces,
        settings: Settings,
        *,
        sequence: Callable[[], int] | None = None,
        patience: float = 2.0,
        warm: int | None = None,
    ) -> None:
        """Make them with the places, the deadline and the memory that the `query_` settings say.

        `checkpoint` gives the newest state of the store, and may take its time, in a thread; the workers
        can read all that lies beside its folder. `sequence` gives the number of the newest state at once,
        so that it need not be looked for; None to look each time. A query waits `patience` seconds for a
        place. So many workers are kept `warm`; as many as there are places, and a spare one, for None.
        Raises what `checkpoint` raises.
        """
        self._ns = ns
        self._settings = settings
        self._patience = patience
        self._places = Places(settings.query_workers, settings.query_slow)
        self._warm = self._places.most + _SPARE if warm is None else warm
        self._habits = Habits()
        self._running: dict[Worker, _Run] = {}
        self._clock: asyncio.TimerHandle | None = None
        self._closed = False
        self._newest = Newest(checkpoint, sequence)

    def open(self) -> None:
        """Start the workers, for the event loop that runs now."""
        self._loop = asyncio.get_running_loop()
        calls = Calls(self._places.give, self._came, self._lost, self._places.refuse)
        self._crew = Crew(self._warm, self._start_of, calls)

    @property
    def running(self) -> int:
        """How many queries have a worker."""
        return len(self._running)

    @property
    def load(self) -> Load:
        """How many places are taken, and how many queries wait for one."""
        return self._places.load

    @property
    def ready(self) -> int:
        """How many workers are free."""
        return len(self._places.idle)

    async def run(
        self,
        query: str | Outline,
        format: ResultFormat | str | None = None,  # noqa: A002 (the word that callers look for)
        timeout: float | None = None,
        begun: float | None = None,
        lingers: Callable[[], None] | None = None,
    ) -> Answer[Rows]:
        """Answer `query` in `format` (a name or suffix of `results`; the default of its form for None).

        `query` is its text, or what the guard made of it. Waits for the first chunk; if it is cancelled, the
        query is ended. Its `timeout` (seconds; that of the settings for None) is counted from `begun`
        (monotonic; now for None). `lingers` is called if it takes a while. Raises BadQuery, TooLarge,
        QueryRefused, UnknownFormat, QueryTimeout, QueryTooHeavy, Busy and StoreError, here or, after the
        first chunk, while the answer is read.
        """
        begun = time.monotonic() if begun is None else begun
        outline = guard.outline(query) if isinstance(query, str) else query
        name = format.name if isinstance(format, ResultFormat) else format
        chosen = results.named(outline.form, name)
        seconds = self._settings.query_timeout if timeout is None else timeout
        deadline, cause = begun + seconds, ""
        for turn in range(_TRIES):
            copy = await self._newest.current() if turn or self._newest.is_old else self._newest.copy
            habit = self._habits.of(outline)
            worker = self._places.take(habit)
            if worker is None or worker.start.folder != copy.folder:
                worker = await self._place(habit, deadline, copy.folder, worker)
            request = _request(outline, chosen.name, seconds, copy)
            rows = self._send(worker, request, _Query(outline, habit, deadline, lingers))
            try:
                await rows.begin()
                return Answer(chosen, rows)
            except failures.StaleError as error:
                cause = str(error)
            except BaseException:
                rows.close()
                raise
        raise StoreError(f"The copy of the store cannot be opened ({cause}); see that its folder is whole.")

    def begin(self, outline: Outline, format_: str, begun: float, lingers: Callable[[], None]) -> Rows | None:
        """Have a query begun now, if nothing has to be waited for; None if something has.

        `format_` is the name of a format; the rest is as with `run`.
        """
        copy = self._newest.copy
        if self._closed or self._newest.is_old:
            return None
        habit = self._habits.of(outline)
        worker = self._places.take(habit)
        if worker is None or worker.start.folder != copy.folder:
            if worker is not None:
                self._places.leave(habit)
                self._places.give(worker)
            return None
        seconds = self._settings.query_timeout
        query = _Query(outline, habit, begun + seconds, lingers)
        return self._send(worker, _request(outline, format_, seconds, copy), query)

    async def close(self) -> None:
        """End all queries and workers, and wait until they are gone."""
        self._closed = True
        if self._clock is not None:
            self._clock.cancel()
        self._places.refuse(Busy(_STOPPING))
        for run in list(self._running.values()):
            run.rows.fail(Busy(_STOPPING))
        await self._crew.close()

    async def _place(self, habit: Habit, deadline: float, folder: str, worker: Worker | None) -> Worker:
        """A place and a warm worker that may read `folder`; waited for until `deadline` at most."""
        give_up = min(deadline, time.monotonic() + self._patience)
        while not self._closed:
            worker = worker or self._places.take(habit) or await self._places.wait(habit, give_up)
            if worker.start.folder == folder:
                return worker
            # The copies are made elsewhere now, where this worker may not read.
            self._places.leave(habit)
            self._crew.replace(worker)
            worker = None
        raise Busy(_STOPPING)

    def _send(self, worker: Worker, request: Request, query: _Query) -> Rows:
        """Have a query begun. Raises QueryTimeout if its time is over already."""
        now = time.monotonic()
        if now >= query.deadline:
            self._places.leave(query.habit)
            self._places.give(worker)
            raise failures.timed_out(request.seconds)
        rows = Rows(worker, request, self._ended)
        self._running[worker] = _Run(rows, query, query.habit, now)
        if self._clock is None:
            self._clock = self._loop.call_later(_TICK, self._tick)
        worker.send(request)
        return rows

    def _came(self, worker: Worker, frame: Frame) -> None:
        """Take what a worker sent."""
        run = self._running.get(worker)
        if run is not None:
            run.rows.feed(frame)

    def _lost(self, worker: Worker) -> None:
        """A worker has ended by itself: tell why, and start another."""
        run = self._running.get(worker)
        if run is not None:
            self._crew.ask_why(worker, run.rows.request.seconds, run.rows.fail)
        elif worker in self._places.idle:
            self._places.idle.remove(worker)
            self._crew.replace(worker)

    def _ended(self, rows: Rows, worn: bool) -> None:
        """All of an answer has arrived, or no more of it will; a worker that is worn goes."""
        worker = rows.worker
        run = self._running.pop(worker)
        self._places.leave(run.habit)
        if not worn:
            if not run.is_slow:
                self._habits.was_quick(run.query.outline)
            elif not worker.is_equal_again():
                worn = True
        if not worn:
            self._places.give(worker)
        elif not self._closed:
            self._crew.replace(worker)
            self._places.serve()
        else:
            worker.end()

    def _tick(self) -> None:
        """Look at what runs: end it at its deadline, or let it go over to the slow lane."""
        now = time.monotonic()
        for run in list(self._running.values()):
            if now >= run.query.deadline:
                run.rows.fail(failures.timed_out(run.rows.request.seconds))
                continue
            if not run.is_told and now - run.since > _A_WHILE:
                run.is_told = True
                if run.query.lingers is not None:
                    run.query.lingers()
            if now - run.since > _QUICK:
                self._slow_down(run, now)
        self._clock = self._loop.call_later(_TICK, self._tick) if self._running else None

    def _slow_down(self, run: _Run, now: float) -> None:
        if not run.is_slow:
            run.is_slow = True
            self._habits.was_slow(run.query.outline)
            run.rows.worker.yield_processor()
        if run.habit is Habit.SLOW:
            return
        if self._places.go_over(run.habit):
            run.habit = Habit.SLOW
        elif self._places.are_wanted and (not run.rows.is_taken or now - run.since > _LONG):
            run.rows.fail(all_taken(Habit.SLOW))

    def _start_of(self) -> Start:
        sequence, path, folder = self._newest.copy
        return Start(
            folder=folder,
            sequence=sequence,
            checkpoint=path,
            memory=self._settings.query_memory * MEGABYTE,
            base=self._ns.base,
            prefixes=self._ns.prefixes,
        )


def _request(outline: Outline, format_: str, seconds: float, copy: Copy) -> Request:
    head = outline.query, outline.prologue, outline.sources, outline.form.value
    given = outline.dataset
    graphs = (None, None) if given is None else (given.default, given.named)
    return Request(*head, format_, seconds, copy.sequence, copy.path, *graphs)
