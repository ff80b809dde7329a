"""The newest state of the store that queries are answered from, looked for without holding anyone up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

# The number of a store's last write, and the folder of a copy that holds it.
Checkpoint = tuple[int, Path]


class Copy(NamedTuple):
    """A copy of the store: the number of its last write, where it is, and the folder that it is in."""

    sequence: int
    path: str
    folder: str


class Newest:
    """The newest copy; `sequence` gives its number at once, None if it has to be looked for each time."""

    def __init__(self, checkpoint: Callable[[], Checkpoint], sequence: Callable[[], int] | None) -> None:
        """Look for it now. Raises what `checkpoint` raises."""
        self._checkpoint = checkpoint
        self._sequence = sequence
        self._looking = asyncio.Lock()
        self.copy = self._look()

    @property
    def is_old(self) -> bool:
        """Whether a newer one has to be looked for."""
        return self._sequence is None or self._sequence() != self.copy.sequence

    async def current(self) -> Copy:
        """Look for it, in a thread. Raises what `checkpoint` raises."""
        async with self._looking:
            return await asyncio.to_thread(self._look)

    def _look(self) -> Copy:
        sequence, path = self._checkpoint()
        path = path.absolute()
        self.copy = Copy(sequence, str(path), str(path.parent))
        return self.copy
