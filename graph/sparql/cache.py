"""Answers that are kept for as long as nothing is written: the engine's bytes, never made anew here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from graph.sparql.guard import Outline

# What each kept answer takes beside its bytes, about.
_OVERHEAD: Final = 500
# One answer takes at most this part of all.
_SHARE: Final = 64
# A query with one of these is another one each time; where a word can be hidden in escapes, it may be.
_CHANGING: Final = ("rand", "now", "uuid", "bnode", "\\u")


def is_lasting(outline: Outline) -> bool:
    """Tell if the answer to a query stays the same as long as nothing is written."""
    query = outline.query.lower()
    return not any(word in query for word in _CHANGING)


class Kept:
    """A bounded memory of answers of one state of the store, the `sequence` of its last write.

    What was asked for longest ago goes first. Of `limit` 0 it keeps nothing.
    """

    def __init__(self, limit: int) -> None:
        """Keep at most `limit` bytes."""
        self._limit = limit
        self._size = 0
        self._sequence = -1
        self._kept: OrderedDict[Hashable, tuple[bytes, int]] = OrderedDict()

    def get(self, sequence: int, key: Hashable) -> bytes | None:
        """Give what was kept by `key` in that state of the store, or None."""
        if sequence != self._sequence:
            return None
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, sequence: int, key: Hashable, answer: bytes, extra: int = 0) -> None:
        """Keep `answer`, unless it is large or of an older state; `extra` is how many bytes its key takes."""
        size = len(answer) + extra + _OVERHEAD
        if sequence < self._sequence or size > self._limit // _SHARE:
            return
        if sequence > self._sequence:
            self._kept.clear()
            self._sequence, self._size = sequence, 0
        if key in self._kept:
            return
        self._kept[key] = (answer, size)
        self._size += size
        while self._size > self._limit:
            self._size -= self._kept.popitem(last=False)[1][1]
