"""Parquet in the body of a request: put on the disk while it arrives, then read by a confined process.

One such process runs at a time. What it gives is passed on a few hundred articles at a time, so that memory
holds few of them, and it waits while these are written.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import BinaryIO, Final

import anyio
import anyio.to_thread
from fastapi import Request

from api.bodies import BODY
from api.errors import UnsupportedMedia
from api.presence import while_there
from api.turns import Turns
from graph.confined.reading import Bounds, Table, can_read
from graph.model import Article, Failure
from graph.settings import Settings
from graph.store.engine import telling
from graph.store.jobs import MOST_ARTICLES

_AT_ONCE: Final = 200
"""Articles that are passed on together."""
_UNPACKED: Final = 10
"""Characters that the articles of a table may have together, for each byte that a body may have."""
_PACKED: Final = 30
"""Characters that they may have for each byte that the body has: texts are packed to a tenth at best."""
_SMALL: Final = 1_000_000
"""Characters that they may have in any case."""
_PIECE: Final = 1 << 20
"""Bytes of a body that are held before they go to the disk."""


def check_readable() -> None:
    """Raise UnsupportedMedia if Parquet cannot be read here, saying what to install."""
    if not can_read():
        raise UnsupportedMedia(
            "Parquet is read by pyarrow, which is not installed where the server runs; install newsgraph with"
            " its extra there (pip install '.[parquet]'), or send the articles as CSV or JSON Lines."
        )


async def take_table_apart(
    turns: Turns, request: Request, settings: Settings, published: date | None
) -> AsyncGenerator[list[Article | Failure]]:
    """Give the articles of a Parquet body; `published` is the day of those that bring none.

    Raises UnsupportedMedia, Busy, TooLarge for what is over a bound, ReadFailed, StoreFull, and
    ClientDisconnect.
    """
    check_readable()
    turns.check()
    with tempfile.TemporaryFile(dir=settings.data) as file:
        with telling(settings.data):
            size = await _spool(request, file)
        unpacked = min(_UNPACKED * settings.max_body, max(_SMALL, _PACKED * size))
        bounds = Bounds(settings.max_article, MOST_ARTICLES, unpacked)
        async with _turn(turns, request), _reading(Table(file, BODY, bounds)) as table:
            while True:
                async with while_there(request.receive):
                    found = await anyio.to_thread.run_sync(table.take, _AT_ONCE, abandon_on_cancel=True)
                if not found:
                    return
                yield [_dated(item, published) for item in found]


async def _spool(request: Request, file: BinaryIO) -> int:
    """Put a body on the disk; return how many bytes it has. Raises OSError if there is no room."""
    held = bytearray()
    async for data in request.stream():
        held += data
        if len(held) >= _PIECE:
            await anyio.to_thread.run_sync(file.write, bytes(held))
            held.clear()
    await anyio.to_thread.run_sync(file.write, bytes(held))
    await anyio.to_thread.run_sync(file.flush)
    return file.tell()


@asynccontextmanager
async def _turn(turns: Turns, request: Request) -> AsyncIterator[None]:
    """Hold the turn; unlike with the limiter's own, another task may give it back."""
    turns.check()
    holder = object()
    async with while_there(request.receive):
        await turns.limiter.acquire_on_behalf_of(holder)
    try:
        yield
    finally:
        turns.limiter.release_on_behalf_of(holder)


@asynccontextmanager
async def _reading(table: Table) -> AsyncIterator[Table]:
    """End the process of a table when nobody wants more of it."""
    try:
        yield table
    finally:
        table.end()


def _dated(item: Article | Failure, published: date | None) -> Article | Failure:
    if published and isinstance(item, Article) and item.published is None:
        return replace(item, published=published)
    return item
