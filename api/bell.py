"""How what works for jobs goes on beside a server, is woken, and does what needs a disk that may refuse."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from graph.errors import StoreError

_LOG = logging.getLogger("newsgraph.api")
AGAIN = 5.0
"""Seconds after which a disk that refused is tried again."""
_T = TypeVar("_T")


class Bell:
    """Wakes whoever waits on the event loop; it may be rung from any thread, and costs little."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._ring)

    def coming(self) -> asyncio.Event:
        """Return what the next ring sets; to be asked for before one looks whether there is something."""
        return self._next

    def _ring(self) -> None:
        self._next.set()
        self._next = asyncio.Event()


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None], scope: anyio.CancelScope) -> AsyncIterator[None]:
    """Let `work`, which is done in a scope, go on while the block does; at its end the scope is cancelled.

    Unlike the cancellation of a task, that of a scope waits for what a thread has begun.
    """
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        scope.cancel()
        await asyncio.wait([task])


async def insist(ask: Callable[[], _T]) -> _T:
    """Do in a thread what needs the disk, again and again until it does not refuse."""
    while True:
        try:
            return await anyio.to_thread.run_sync(ask)
        except StoreError as error:
            _LOG.warning("jobs wait: %s", error)
            await anyio.sleep(AGAIN)
