"""Server-sent events of a job (HTML standard, section "Server-sent events"): each article as it is read.

    id: 12                     the number of the change; sent back as Last-Event-ID, it goes on after it
    event: article             what became of one article; `job` for how far it got; `end` for the last
    data: {...}                as the other routes of the job give it

An id that the job has not given (no number, or one beyond its last change) is as good as none: all is told.

A listener is no queue: it remembers where it is, and reads what is new from the ledger when it has taken what
it was sent. So a slow one holds nothing but its place, sees less of how far it got and misses no article, and
what listeners in step are told is read once. Between events a comment goes every `BEAT` seconds.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.bell import Bell
from api.job_answers import article_answer, job_answer
from api.presence import while_there
from api.streams import ONLY_HEAD, start_of
from graph.codec import Json
from graph.errors import Busy, NotFound
from graph.store.jobs import Jobs

_Take: TypeAlias = Callable[[bytes], Awaitable[None]]
MOST: Final = 200
"""Listeners that there may be at once."""
BEAT: Final = 15.0
"""Seconds after which a listener hears that the server is there, at the latest."""
_PACE: Final = 0.1
"""Seconds between two looks of a listener at the ledger."""
_PAGE: Final = 100
"""Articles that are told of at once."""
_SHARED: Final = 32
"""Parts of streams that are kept for listeners in step."""
_HEADERS: Final = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # for proxies that would collect what is to arrive now
}
_BEGIN: Final = b"retry: 2000\n\n"
_ALIVE: Final = b":\n\n"
_STOPPING: Final = b": the server is stopping; it goes on after the id above\n\n"
_GONE: Final = b": the job was forgotten\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """Some events as bytes; `last` is the id of the last one, `more` says that others are there already.

    `ended` says that no event follows.
    """

    events: bytes
    last: int
    more: bool
    ended: bool


class Events:
    """The events of all jobs, and who listens; `bell` rings with each change."""

    def __init__(self, jobs: Jobs, bell: Bell) -> None:
        self._jobs = jobs
        self._bell = bell
        self._shared: OrderedDict[tuple[str, int, int], asyncio.Task[Part]] = OrderedDict()
        self._leaving = asyncio.Event()
        self._listeners = 0

    def close(self) -> None:
        """Let all listeners go, who come again to the server that follows."""
        self._leaving.set()

    async def part(self, id_: str, after: int) -> Part:
        """Give the events of a job that follow the change `after`. Raises NotFound, StoreError."""
        key = id_, after, self._jobs.version
        task = self._shared.get(key)
        if task is None:
            task = self._shared[key] = asyncio.create_task(self._read(id_, after))
            while len(self._shared) > _SHARED:
                self._shared.popitem(last=False)
        return await asyncio.shield(task)  # others may wait for it too

    async def _read(self, id_: str, after: int) -> Part:
        return await anyio.to_thread.run_sync(partial(read_part, self._jobs, id_, after))

    def stream(self, id_: str, first: Part) -> Response:
        """Make the answer for a listener, whose first events are there. Raises Busy for too many."""
        if self._listeners >= MOST:
            raise Busy(f"There are {MOST} listeners already; ask for the job itself from time to time.")
        return _Stream(partial(self._listen, id_, first))

    async def _listen(self, id_: str, part: Part, send: _Take) -> None:
        """Send events until there are no more, or the server stops; `send` waits until they are taken."""
        self._listeners += 1
        try:
            await send(_BEGIN + part.events)
            while not part.ended:
                coming = self._bell.coming()  # before the look, so that nothing comes in between
                part = await self.part(id_, part.last)
                if part.events:
                    await send(part.events)
                elif await self._rung(coming):
                    await anyio.sleep(_PACE)
                elif self._leaving.is_set():
                    await send(_STOPPING)
                    return
                else:
                    await send(_ALIVE)
        except NotFound:
            await send(_GONE)
        finally:
            self._listeners -= 1

    async def _rung(self, coming: asyncio.Event) -> bool:
        """Wait until there may be something new; False if the time is over, or the server stops."""
        waiting = [asyncio.create_task(event.wait()) for event in (coming, self._leaving)]
        try:
            await asyncio.wait(waiting, timeout=BEAT, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
        return coming.is_set() and not self._leaving.is_set()


class _Stream(Response):
    """An answer whose body `produce` sends for as long as its client is there."""

    def __init__(self, produce: Callable[[_Take], Awaitable[None]]) -> None:
        super().__init__()
        self._produce = produce

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await send(start_of(_HEADERS))
        if not scope.get(ONLY_HEAD):

            async def take(data: bytes) -> None:
                await send({"type": "http.response.body", "body": data, "more_body": True})

            with suppress(ClientDisconnect):
                async with while_there(receive):
                    await self._produce(take)
        await send({"type": "http.response.body", "body": b""})


def read_part(jobs: Jobs, id_: str, after: int) -> Part:
    """Write the events of a job that follow the change `after`, so many at most. Raises NotFound.

    After a change that there has not been, all are written, as after none.
    """
    job, articles = jobs.changes(id_, after, _PAGE)
    after = after if after <= job.changed else 0
    events = [_event("article", one.changed, article_answer(one)) for one in articles]
    if len(articles) == _PAGE:  # how far it got is told when all that came before is
        return Part(b"".join(events), articles[-1].changed, more=True, ended=False)
    ended = job.finished is not None
    if job.changed > after:
        events.append(_event("end" if ended else "job", job.changed, job_answer(job)))
    return Part(b"".join(events), job.changed, more=False, ended=ended)


def _event(name: str, id_: int, data: Json) -> bytes:
    line = json.dumps(data, ensure_ascii=False)  # which has no line ends of its own
    return f"id: {id_}\nevent: {name}\ndata: {line}\n\n".encode("utf-8", "backslashreplace")
