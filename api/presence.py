"""Whether the client of a request is still there, for work that is not worth doing for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.requests import ClientDisconnect
from starlette.types import Receive

_GONE = "http.disconnect"


@asynccontextmanager
async def while_there(receive: Receive) -> AsyncIterator[None]:
    """Do the block for the client behind `receive`, whose body has arrived whole.

    If the client goes away, what the block waits for is given up, but work that a thread has begun is done
    to its end, unless it looks whether it is cancelled. Raises ClientDisconnect then, and what the block
    raises.
    """
    scope = anyio.CancelScope()
    watch = asyncio.create_task(_cancel_when_gone(receive, scope))
    try:
        with scope:
            yield
    finally:
        watch.cancel()
        await asyncio.wait([watch])
    if scope.cancelled_caught:
        raise ClientDisconnect


async def _cancel_when_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != _GONE:
        pass
    scope.cancel()
