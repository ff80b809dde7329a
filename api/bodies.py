"""Articles out of a request's body, taken apart where no other request waits for it.

JSON Lines are taken apart while they arrive, so that many of them take no more memory than few. All else is
one document, and is there as a whole first; the setting `max_body` says how large it may be.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from itertools import islice

from api.turns import BySize
from graph.errors import EmptyText, TooLarge
from graph.model import Article, Failure
from graph.sources import read_body
from graph.sources.jsonl import longest_line
from graph.store.jobs import MOST_ARTICLES

BODY = "body"
"""The name of a body as a source of articles."""
UTF8 = frozenset({"", "utf-8", "utf8", "us-ascii"})
"""Character sets whose lines can be told before they are decoded, by the names that requests give them."""
_PIECE = 256 * 1024
"""Bytes of JSON Lines that are taken apart together."""


async def take_apart(
    turns: BySize, data: bytes, content_type: str, published: date | None, limit: int
) -> list[Article | Failure]:
    """Give the articles in a body, each of at most `limit` characters, and why some cannot be used.

    Raises TooLarge for too many, or for a body that cannot be taken apart in time, and Busy.
    """
    return await turns.run(len(data), _parse, data, content_type, published, limit)


async def take_lines_apart(
    turns: BySize, stream: AsyncIterator[bytes], content_type: str, published: date | None, limit: int
) -> AsyncIterator[list[Article | Failure]]:
    """Give the articles in JSON Lines (in UTF-8) a few at a time while they arrive; raises as `take_apart`.

    Only blanks are one failure, of the body.
    """
    before, blank = 0, True
    nothing: list[Article | Failure] = []
    async for piece in _pieces(stream, longest_line(limit) + 2):
        items = await take_apart(turns, piece, content_type, published, limit)
        if len(items) == 1 and _is_blank(items[0]):
            nothing = items
        else:
            blank = False
            yield [_moved(item, before) for item in items]
        before += piece.count(b"\n")
    if blank:
        yield nothing or await take_apart(turns, b"", content_type, published, limit)


async def _pieces(stream: AsyncIterator[bytes], longest: int) -> AsyncIterator[bytes]:
    """Cut what arrives after whole lines; of a line that is too long the rest is left out."""
    held = bytearray()
    async for data in stream:
        held += data
        if len(held) < _PIECE:
            continue
        end = held.rfind(b"\n") + 1
        if end:
            yield bytes(held[:end])
            del held[:end]
        del held[longest:]  # of a line that goes on: enough to see that it is too long
    if held:
        yield bytes(held)


def _is_blank(item: Article | Failure) -> bool:
    return isinstance(item, Failure) and item.source == BODY and isinstance(item.error, EmptyText)


def _moved(item: Article | Failure, lines: int) -> Article | Failure:
    """Name an item by its line in the body, not in its piece, which begins after so many lines."""
    name, colon, number = (item.source or "").partition(":")
    if not lines or not colon or not number.isdecimal():
        return item
    return replace(item, source=f"{name}:{int(number) + lines}")


def _parse(data: bytes, content_type: str, published: date | None, limit: int) -> list[Article | Failure]:
    items = list(
        islice(read_body(data, content_type, BODY, published=published, limit=limit), MOST_ARTICLES + 1)
    )
    if len(items) > MOST_ARTICLES:
        raise TooLarge(f"The body holds more than {MOST_ARTICLES:,} articles; send them in smaller batches.")
    return items
