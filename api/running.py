"""Runs the jobs of a server: a few articles of each in turn, while the server answers others.

It begins when what a killed process left has been read again, waits while there is nothing to do, and
after an error of the disk tries again. On the way out it stops between two articles, or two pieces of a
long one; what is not done goes on at the next start.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import anyio

from api.bell import AGAIN, Bell, beside, insist
from api.errors import Stopping
from api.ingestion import Lane
from graph import jobs as work
from graph.errors import NewsgraphError, ReadFailed, StoreError
from graph.store import job_queue
from graph.store.archive import Archive
from graph.store.job_rows import Job, Trouble
from graph.store.jobs import Jobs

_LOG = logging.getLogger("newsgraph.api")
LOOK = 1.0
"""Seconds after which it is seen what a command of another process changed, at the latest."""
_SWEEP = 3600.0
"""Seconds after which jobs that ended long ago are looked for, at the latest."""
_BUG = "Reading failed in a way that no one foresaw; the server's log says how. Report it, then try again."


class Runner:
    """Reads what jobs wait for, through the `lane`; `bell` rings when there may be something new."""

    def __init__(self, archive: Archive, jobs: Jobs, lane: Lane, bell: Bell) -> None:
        self._archive = archive
        self._jobs = jobs
        self._lane = lane
        self._bell = bell
        self._scope: anyio.CancelScope | None = None

    @asynccontextmanager
    async def running(self, begin: asyncio.Task[None]) -> AsyncIterator[None]:
        """Run while the block does, from the end of the task `begin` on."""
        self._scope = anyio.CancelScope()
        watching = anyio.CancelScope()
        async with (
            beside(self._run(begin, self._scope), self._scope),
            beside(self._watch(watching), watching),
        ):
            yield

    def stop(self) -> None:
        """Begin nothing more, and end after the article, or the piece of a long one, that is being read."""
        if self._scope is not None:
            self._scope.cancel()

    async def _watch(self, scope: anyio.CancelScope) -> None:
        with scope:
            while True:
                await anyio.sleep(LOOK)
                await insist(self._jobs.look)

    async def _run(self, begin: asyncio.Task[None], scope: anyio.CancelScope) -> None:
        with scope:
            await asyncio.wait([begin])
            await insist(partial(work.resume, self._jobs))
            last = 0
            while True:
                coming = self._bell.coming()
                job = await insist(partial(job_queue.upcoming, self._archive.ledger, last))
                if job is not None:
                    last = job.sequence
                    await self._step(job)
                    continue
                with anyio.move_on_after(_SWEEP):
                    await coming.wait()
                await insist(self._jobs.sweep)

    async def _step(self, job: Job) -> None:
        try:
            await self._lane.work(lambda archive, reader: work.work(archive, self._jobs, reader, job))
        except StoreError as error:
            _LOG.warning("job %s waits: %s", job.id, error)
            await anyio.sleep(AGAIN)
            await insist(partial(job_queue.left, self._jobs, job))
        except Stopping:
            self.stop()
        except NewsgraphError as error:
            await self._fail(job, error)
        except Exception:
            _LOG.exception("job %s failed", job.id)
            await self._fail(job, ReadFailed(_BUG))

    async def _fail(self, job: Job, error: NewsgraphError) -> None:
        await insist(partial(job_queue.fail, self._jobs, job, Trouble.of(error)))
