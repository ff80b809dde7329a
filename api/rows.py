"""Answers whose chunks arrive in the event loop, from a query's worker.

A short answer is sent whole, with its length; an error before the first byte is sent becomes a problem. After
it, an answer without its end makes the server break the connection off. A client that goes away ends its
query; one that reads too slowly does not get the end (see `streams.py`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.streams import Paced, TooSlowError, start_of
from graph.errors import NewsgraphError
from graph.sparql.rows import Rows

_LOG = logging.getLogger("newsgraph.api")


@dataclass(frozen=True, slots=True)
class RowsFound:
    """An answer that has begun: its headers and its rows; None if the client has it (304)."""

    headers: Mapping[str, str]
    rows: Rows | None


class RowsResponse(Response):
    """A response whose rows `make` finds; it is given what looks whether the client is there."""

    def __init__(self, make: Callable[[Watch], Awaitable[RowsFound]]) -> None:
        super().__init__()
        self._make = make

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `make` raises, and what comes before the first byte."""
        watch = Watch(receive)
        try:
            found = await self._make(watch)
            watch.begin()
            await _respond(found, scope, receive, send)
        except asyncio.CancelledError:
            watch.forgive(scope)
        finally:
            watch.stop()


async def _respond(found: RowsFound, scope: Scope, receive: Receive, send: Send) -> None:
    if found.rows is None:
        await Response(status_code=304, headers=found.headers)(scope, receive, send)
        return
    try:
        body = found.rows.whole()
        if body is None:
            await stream(found.headers, found.rows, scope, send)
        else:
            await Response(body, headers=found.headers)(scope, receive, send)
    finally:
        found.rows.close()


async def stream(headers: Mapping[str, str], rows: Rows, scope: Scope, send: Send) -> None:
    """Send an answer chunk by chunk. Raises what comes before the first byte."""
    paced = Paced(send)
    try:
        await _send(headers, rows, paced)
    except (NewsgraphError, TooSlowError) as error:
        if not paced.began:
            raise
        _LOG.info("%s was broken off: %s", scope.get("path"), error)


async def _send(headers: Mapping[str, str], rows: Rows, paced: Paced) -> None:
    chunk = await rows.next()
    following = await rows.next()
    await paced.send(start_of(headers))
    while chunk is not None:
        await paced.send({"type": "http.response.body", "body": chunk, "more_body": True})
        chunk, following = following, await rows.next() if following is not None else None
    await paced.send({"type": "http.response.body", "body": b""})


class Watch:
    """Cancels the task that made it when its client leaves, from `begin` to `stop`."""

    def __init__(self, receive: Receive) -> None:
        self.left = False
        self._receive = receive
        self._working = asyncio.current_task()
        self._looking: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Look from now on whether the client is there."""
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._wait())

    def stop(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()

    def forgive(self, scope: Scope) -> None:
        """Let the task go on that was cancelled; raises CancelledError if it was not the client who left."""
        if not self.left or self._working is None:
            raise asyncio.CancelledError
        self._working.uncancel()
        _LOG.info("%s was broken off: the client left", scope.get("path"))

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.left = True
        if self._working is not None:
            self._working.cancel()
