"""Articles out of a request's body, taken apart where no other request waits for it.

Python runs one thread at a time, and the parsers of JSON and HTML keep the others from running for as long
as they work: a second and more for some megabytes. So a large body goes to a process of its own.
"""

from __future__ import annotations

import io
import os
import signal
from contextlib import redirect_stderr
from datetime import date
from itertools import islice

from api.turns import Threads
from graph.errors import TooLarge
from graph.model import Article, Failure
from graph.sources import read_body

MAX_BATCH = 1000
"""Articles that one request may bring."""
BODY = "body"
"""The name of a body as a source of articles."""
_SMALL = 64 * 1024
"""Bytes that are taken apart faster than they are handed to another process."""
_NICE = 5


async def take_apart(
    threads: Threads, data: bytes, content_type: str, published: date | None, limit: int
) -> list[Article | Failure]:
    """Give the articles in a body, each of at most `limit` characters, and why some cannot be used.

    Raises TooLarge for too many, or for a body that cannot be taken apart in time, and Busy.
    """
    if len(data) <= _SMALL:
        return await threads.bodies.run(_parse, data, content_type, published, limit)
    return await threads.large_bodies.run(_parse_apart, data, content_type, published, limit)


def _parse_apart(
    data: bytes, content_type: str, published: date | None, limit: int
) -> list[Article | Failure]:
    """Do the same in a process that is there for nothing else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, _NICE)
    with redirect_stderr(io.StringIO()):  # a pipe that nobody reads
        return _parse(data, content_type, published, limit)


def _parse(data: bytes, content_type: str, published: date | None, limit: int) -> list[Article | Failure]:
    items = list(islice(read_body(data, content_type, BODY, published=published, limit=limit), MAX_BATCH + 1))
    if len(items) > MAX_BATCH:
        raise TooLarge(f"The body holds more than {MAX_BATCH:,} articles; send them in smaller batches.")
    return items
