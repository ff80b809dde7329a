"""Waiting for a turn, but not for ever: who cannot begin in time is told so, and has changed nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final, Protocol

from graph.errors import Busy

_WAIT: Final = 0.5
"""The part of the time left that may be spent with waiting, so that as much is left for the work."""


class Lock(Protocol):
    """A lock of `threading`."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Take it, and tell whether it was free in time."""
        ...

    def release(self) -> None:
        """Give it back."""
        ...


def longest_wait(until: float) -> float:
    """Give the seconds that one may wait who is to be done at `until`, a moment of `time.monotonic`."""
    return max(0.0, (until - time.monotonic()) * _WAIT)


def taken(lock: Lock, until: float | None) -> AbstractContextManager[None]:
    """Hold a lock; raises Busy if it is not free in half of the time until `until` (None: waits for ever)."""
    return _taken(lock, -1 if until is None else longest_wait(until))


@contextmanager
def _taken(lock: Lock, seconds: float) -> Iterator[None]:
    if not lock.acquire(timeout=seconds):
        raise late()
    try:
        yield
    finally:
        lock.release()


def late() -> Busy:
    """Make the error for a change that others did not let begin."""
    return Busy(
        "Other changes have not let this one begin, and nothing has changed; send it again in a while."
    )
