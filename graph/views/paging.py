"""Pages of a list: a limit, and a cursor that says where the next page begins.

A cursor holds the place of the last item (keyset paging: what is added or removed before it shifts
nothing) and a checksum of the question, so that it cannot go on with another one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from graph.errors import BadFilter
from graph.views.filters import is_text

T = TypeVar("T")
Place: TypeAlias = tuple[int | str, ...]

MAX_LIMIT = 500
# More than any list is long, and well inside the 64 bits of SQLite's integers, one less or more too.
_FARTHEST = 2**53


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a list, and the cursor of the next page (None: this is the last)."""

    items: tuple[T, ...]
    next: str | None = None


def checked_limit(limit: int) -> int:
    """Give `limit` back; raises BadFilter unless it is from 1 to `MAX_LIMIT`."""
    if not 1 <= limit <= MAX_LIMIT:
        raise BadFilter(f"The limit {limit} is out of range; give one from 1 to {MAX_LIMIT}.")
    return limit


def cursor_after(place: Place, question: object) -> str:
    """Make the cursor that goes on after `place` with the same question (told by its repr)."""
    content = json.dumps([_checksum(question), *place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def next_cursor(rows: Sequence[T], limit: int, question: object, place: Callable[[T], Place]) -> str | None:
    """Make the cursor to what comes after the first `limit` of `rows`; None if there is no more.

    `place` gives the place of a row.
    """
    return cursor_after(place(rows[limit - 1]), question) if len(rows) > limit else None


def number_after(cursor: str | None, question: object) -> int | None:
    """Read the number after which a list of numbered things goes on; None at its beginning.

    Raises BadFilter as `place_of` does.
    """
    return None if cursor is None else int(place_of(cursor, question, (int,))[0])


def place_of(cursor: str, question: object, kinds: Sequence[type]) -> Place:
    """Read a cursor back; `kinds` are the types of the parts of a place.

    Raises BadFilter if it was not made by `cursor_after` for this question.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        content = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, ValueError, RecursionError):
        content = None
    if isinstance(content, list) and _fits(content, [str, *kinds]):
        if content[0] == _checksum(question):
            return tuple(content[1:])
        raise BadFilter("The cursor belongs to another list; use it with the filters that it came with.")
    raise BadFilter("The cursor cannot be read; take it unchanged from `next` of the page before.")


def _fits(parts: list[object], kinds: Sequence[type]) -> bool:
    """Return whether the parts are of these types, and none is what no list can have."""
    if [type(part) for part in parts] != list(kinds):
        return False
    far = any(isinstance(part, int) and abs(part) > _FARTHEST for part in parts)
    return not far and all(is_text(part) for part in parts if isinstance(part, str))


def _checksum(question: object) -> str:
    return hashlib.sha256(repr(question).encode("utf-8", "surrogatepass")).hexdigest()[:12]
