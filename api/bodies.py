"""Articles out of a request's body, taken apart where no other request waits for it."""

from __future__ import annotations

from datetime import date
from itertools import islice

from api.turns import BySize
from graph.errors import TooLarge
from graph.model import Article, Failure
from graph.sources import read_body

MAX_BATCH = 1000
"""Articles that one request may bring."""
BODY = "body"
"""The name of a body as a source of articles."""


async def take_apart(
    turns: BySize, data: bytes, content_type: str, published: date | None, limit: int
) -> list[Article | Failure]:
    """Give the articles in a body, each of at most `limit` characters, and why some cannot be used.

    Raises TooLarge for too many, or for a body that cannot be taken apart in time, and Busy.
    """
    return await turns.run(len(data), _parse, data, content_type, published, limit)


def _parse(data: bytes, content_type: str, published: date | None, limit: int) -> list[Article | Failure]:
    items = list(islice(read_body(data, content_type, BODY, published=published, limit=limit), MAX_BATCH + 1))
    if len(items) > MAX_BATCH:
        raise TooLarge(f"The body holds more than {MAX_BATCH:,} articles; send them in smaller batches.")
    return items
