"""The shortest way of all: a request that was answered before, byte for byte, and nothing written since.

What a query is answered depends on the bytes of its request and on the state of the store, on nothing else:
who may ask, too, is read from its head. So the same head gets the same answer, before it is even parsed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from graph.sparql.cache import Kept

_LONGEST: Final = 4096
_START: Final = b"GET /sparql?"
_END: Final = b"\r\n\r\n"


class Memo:
    """Heads of requests and their answers, each without the lines that change from second to second."""

    def __init__(self, limit: int) -> None:
        """Keep at most `limit` bytes."""
        self._kept = Kept(limit)
        self.sequence: Callable[[], int] | None = None
        """Gives the number of the last write to the store, while that is open."""

    def is_one(self, data: bytes) -> bool:
        """Tell if `data` is the whole of one request that may be kept."""
        return len(data) <= _LONGEST and data.startswith(_START) and data.find(_END) == len(data) - len(_END)

    def get(self, data: bytes) -> bytes | None:
        """Give the answer to a request, from its first header on, or None."""
        return None if self.sequence is None else self._kept.get(self.sequence(), data)

    def put(self, sequence: int, data: bytes, answer: bytes) -> None:
        """Keep the answer to a request, from its first header on, in a state of the store."""
        self._kept.put(sequence, data, answer, len(data))
