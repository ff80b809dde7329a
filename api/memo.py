"""The shortest way of all: a request that was answered before, byte for byte, and nothing written since.

What a query is answered depends on the bytes of its request, on the state of the store and on that of the
keys, on nothing else: who may ask is read from its head. So the same head gets the same answer, before it is
even parsed. What has to be counted (a rate), or has a key that may end some day, is never kept here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from graph.errors import StoreError
from graph.sparql.cache import Kept

_LONGEST: Final = 4096
_START: Final = b"GET /sparql?"
_END: Final = b"\r\n\r\n"


class Memo:
    """Heads of requests and their answers, each without the lines that change from second to second."""

    def __init__(self, limit: int, revision: Callable[[], int] = lambda: 0) -> None:
        """Keep at most `limit` bytes; `revision` gives the number of the last change of the keys."""
        self._kept = Kept(limit)
        self._revision = revision
        self.sequence: Callable[[], int] | None = None
        """Gives the number of the last write to the store, while that is open."""

    def is_one(self, data: bytes) -> bool:
        """Tell if `data` is the whole of one request that may be kept."""
        return len(data) <= _LONGEST and data.startswith(_START) and data.find(_END) == len(data) - len(_END)

    def get(self, data: bytes) -> bytes | None:
        """Give the answer to a request, from its first header on, or None."""
        if self.sequence is None:
            return None
        try:
            return self._kept.get(self.sequence(), (self._revision(), data))
        except StoreError:
            return None  # the usual way says what is wrong

    def put(self, sequence: int, revision: int | None, data: bytes, answer: bytes) -> None:
        """Keep the answer to a request, from its first header on, in a state of the store and of the keys.

        A `revision` of None keeps nothing.
        """
        if revision is not None:
            self._kept.put(sequence, (revision, data), answer, len(data))
