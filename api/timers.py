"""A timer that costs little to start and stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Timer:
    """Does something once, unless it is stopped before; starting it anew replaces the earlier start.

    It is started and stopped with each request and seldom comes to act. So a stop leaves the handle of the
    event loop where it is, and a later start uses it: it looks what is wanted when it is called.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
        self._loop = loop
        self._act = act
        self._due: float | None = None
        self._handle: asyncio.TimerHandle | None = None
        self._called_at = 0.0

    def start(self, seconds: float) -> None:
        """Act in so many seconds."""
        self._due = self._loop.time() + seconds
        if self._handle is None or self._called_at > self._due:
            if self._handle is not None:
                self._handle.cancel()
            self._set(seconds)

    def stop(self) -> None:
        """Do not act."""
        self._due = None

    def discard(self) -> None:
        """Stop for good."""
        self._due = None
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _set(self, seconds: float) -> None:
        assert self._due is not None
        self._called_at = self._due
        self._handle = self._loop.call_later(seconds, self._call)

    def _call(self) -> None:
        self._handle = None
        if self._due is None:
            return
        left = self._due - self._loop.time()
        if left > 0:
            self._set(left)
        else:
            self._due = None
            self._act()
