"""The shortest ways of all: a request that was answered before, and one with the head of one that was let in.

What a query is answered depends on the bytes of its request, on the state of the store and on that of the
keys, on nothing else: who may ask is read from its head. So the same head gets the same answer, before it is
even parsed, and where only the query differs neither the parser nor the guards have anything new to say. What
has to be counted (a rate), or has a key that may end some day, is never kept here.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Final

from graph.errors import StoreError
from graph.sparql.cache import Kept

_LONGEST: Final = 4096
_START: Final = b"GET /sparql?"
_END: Final = b"\r\n\r\n"
_VERSION: Final = b" HTTP/1.1\r\n"
_HEADS: Final = 256
_PLAIN: Final = (string.ascii_letters + string.digits + "-._~!$&'()*+,;=:@/?%").encode()
"""What a query string may hold (RFC 3986, section 3.4): nothing that any parser takes for its end."""


class Memo:
    """Requests and their answers, each without the lines that change from second to second; and heads."""

    def __init__(self, limit: int, revision: Callable[[], int] = lambda: 0) -> None:
        """Keep at most `limit` bytes; `revision` gives the number of the last change of the keys."""
        self._kept = Kept(limit)
        self._revision = revision
        self._heads: dict[tuple[int, bytes], str] = {}
        self.sequence: Callable[[], int] | None = None
        """Gives the number of the last write to the store, while that is open."""

    def is_one(self, data: bytes) -> bool:
        """Tell if `data` is the whole of one request that may be kept."""
        return len(data) <= _LONGEST and data.startswith(_START) and data.find(_END) == len(data) - len(_END)

    @property
    def revision(self) -> int | None:
        """The state of the keys; None if that cannot be said now, and the usual way says what is wrong."""
        try:
            return None if self.sequence is None else self._revision()
        except StoreError:
            return None

    def get(self, revision: int, data: bytes) -> bytes | None:
        """Give the answer to a request, from its first header on, or None."""
        return None if self.sequence is None else self._kept.get(self.sequence(), (revision, data))

    def put(self, sequence: int, revision: int | None, data: bytes, answer: bytes) -> None:
        """Keep the answer to a request, from its first header on, in a state of the store and of the keys.

        A `revision` of None keeps nothing.
        """
        if revision is not None:
            self._kept.put(sequence, (revision, data), answer, len(data))

    def accept(self, revision: int, rest: bytes) -> str | None:
        """Give what a query with the `rest` of a head accepts as its answer; None if that is not known."""
        return self._heads.get((revision, rest))

    def let_in(self, revision: int | None, data: bytes, accept: str) -> None:
        """Note that a request was let in, whose connection stays open. A `revision` of None notes nothing."""
        query, rest = parts(data)
        if revision is not None and query:
            if len(self._heads) >= _HEADS:
                self._heads = {}
            self._heads[revision, rest] = accept


def parts(data: bytes) -> tuple[bytes, bytes]:
    """Part one request into its query string and the rest of its head; empty if there is any doubt."""
    query, version, rest = data[len(_START) :].partition(_VERSION)
    return (b"", b"") if not version or query.translate(None, _PLAIN) else (query, rest)
