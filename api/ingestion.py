"""The one lane in which articles are read: requests take turns, article by article, on the event loop.

Reading is one at a time (the parser is not made for threads, and it fills a core) and in a worker
thread, so that nothing else waits for it. A turn is one article, or one piece of a long one, so that a
short article never waits for the end of a long batch or of a book; a few articles of a job are a turn
too, and let others go first for a while. Who waits for too long is sent away
with nothing of theirs begun; whoever cancels an `ingest`, because its client is gone, leaves nothing
behind either of what waits, or is between two pieces. The reader loads its model at the first article.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

import anyio
import anyio.from_thread
import anyio.to_thread

from api.errors import Stopping
from graph import pipeline
from graph.codec import Json
from graph.decisions import Carried
from graph.errors import Busy, NewsgraphError
from graph.model import Article, Failure, Outcome, Report
from graph.store.archive import Archive

_LOG = logging.getLogger("newsgraph.api")
_WAITING = 16
"""Requests that may wait for their turn, each with its body in memory."""
_PATIENCE = 30.0
_COURTESY = 4
"""Times that a job lets all others go first, before it takes the turn that it is given."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one article; `source` names it in its request. Either `outcome` or `error` is there."""

    source: str | None
    article: Article | None
    outcome: Outcome | None
    error: NewsgraphError | None
    carried: Carried | None = None

    @property
    def told(self) -> Json:
        """What became of it, and of the decisions on a version that it took the place of."""
        found = {"outcome": self.outcome.value if self.outcome else "failed"}
        return found if self.carried is None else {**found, "decisions": self.carried._asdict()}


class Lane:
    """Reads articles into the archive, one after the other; each waits `patience` seconds for its turn."""

    def __init__(self, archive: Archive, reader: pipeline.Reader, patience: float = _PATIENCE) -> None:
        self._archive = archive
        self._reader = reader
        self._patience = patience
        self._turn = anyio.Semaphore(1)  # unlike a lock it may be given back by the thread that reads
        self._stopped = threading.Event()

    async def ingest(self, items: Iterable[Article | Failure]) -> list[Result]:
        """Read and keep articles; give one result for each item, in order, when it is on the disk.

        Failures pass through as results, and one bad article never stops the others. Raises Busy if
        too many requests wait or this one does for too long, Stopping if `stop` came first, ModelError if
        articles cannot be read at all, StoreError if the archive cannot be written. What was kept until
        then stays; an article that is being read when this is cancelled is read to its end or next piece.
        """
        return [await self._result(item) for item in items]

    async def replace(self, id_: str, article: Article, check: Callable[[], None] | None) -> Result:
        """Put an article in the place of that with the id `id_`, if `check` lets it when its turn has come.

        Raises NotFound, what `check` and `pipeline.replace` raise, and what `ingest` raises.
        """
        async with self._my_turn():
            return await anyio.to_thread.run_sync(self._replace, id_, article, check)

    async def work(self, step: Callable[[Archive, pipeline.Reader], _T]) -> _T:
        """Take a step of a job, in a thread, when its turn comes; who waits for one article goes first.

        Raises Stopping after `stop`, and what `step` raises. If this is cancelled, the step goes on to its
        end or to the next piece of a long article.
        """
        async with self._turn:
            for _ in range(_COURTESY):
                if self.waiting == 0:
                    break
                await self._give_way()
            if self._stopped.is_set():
                raise Stopping("The server is stopping; jobs go on when it is started again.")
            return await anyio.to_thread.run_sync(step, self._archive, self._reader)

    @property
    def waiting(self) -> int:
        """How many requests and jobs wait for their turn."""
        return self._turn.statistics().tasks_waiting

    async def close(self) -> None:
        """Stop, and wait until no article is being read, so that the archive can be closed."""
        self.stop()
        async with self._turn:
            return

    async def recover(self) -> None:
        """Read again what a killed process began and did not finish; raises as `ingest` does.

        Each article is a turn of its own, so that new ones are read in between. Ends early after
        `stop`: what is not done is still pending then.
        """
        for article in await anyio.to_thread.run_sync(self._archive.pending):
            async with self._turn:
                if self._stopped.is_set():
                    return
                report = await anyio.to_thread.run_sync(self._recover, article)
            for failure in report.failures:
                _LOG.warning("%a could not be read again: %s", failure.source, failure.error)

    def give_way(self) -> None:
        """Let those read who wait, then go on; a reader calls this in its thread, between two pieces.

        Once the lane is to stop, only what is begun already is read, each article to its end. Raises the
        cancellation of who asked for the article, which is then given up.
        """
        anyio.from_thread.check_cancelled()
        anyio.from_thread.run(self._give_way)
        anyio.from_thread.check_cancelled()

    def stop(self) -> None:
        """Begin with no further article; a recovery ends after the one that it is at."""
        self._stopped.set()

    async def _result(self, item: Article | Failure) -> Result:
        if isinstance(item, Failure):
            return Result(item.source, None, None, item.error)
        async with self._my_turn():
            return await anyio.to_thread.run_sync(self._ingest, item)

    @asynccontextmanager
    async def _my_turn(self) -> AsyncIterator[None]:
        if self.waiting >= _WAITING:
            raise Busy("Too many articles are waiting to be read; send this one again in a few seconds.")
        await self._wait()
        try:
            if self._stopped.is_set():
                raise Stopping(
                    "The server is stopping; send all of it again in a few seconds, what was read is kept."
                )
            yield
        finally:
            self._turn.release()

    async def _give_way(self) -> None:
        if self._stopped.is_set():
            return
        # AnyIO tells no task of a cancellation that came before the task, which would then wait for ever.
        with anyio.CancelScope(shield=True):
            self._turn.release()
            await self._turn.acquire()

    async def _wait(self) -> None:
        try:
            with anyio.fail_after(self._patience):
                await self._turn.acquire()
        except TimeoutError:
            raise Busy(
                f"Other articles have been read for {self._patience:.0f} seconds; "
                "send all of it again in a minute, what was read is kept."
            ) from None

    def _recover(self, article: Article) -> Report:
        return pipeline.recover_one(article, self._archive, self._reader)

    def _ingest(self, article: Article) -> Result:
        return _result(article, pipeline.ingest([article], self._archive, self._reader))

    def _replace(self, id_: str, article: Article, check: Callable[[], None] | None) -> Result:
        if check is not None:
            check()
        report, carried = pipeline.replace(id_, article, self._archive, self._reader)
        result = _result(article, report)
        # To the client it is another version of what it named, whether its id stayed or not.
        moved = article.id != id_ and result.outcome is not None
        return replace(result, outcome=Outcome.REPLACED, carried=carried) if moved else result


def _result(article: Article, report: Report) -> Result:
    if report.failures:
        return Result(article.source, article, None, report.failures[0].error)
    outcome = next(outcome for outcome, ids in report.outcomes.items() if ids)
    return Result(article.source, article, outcome, None)
