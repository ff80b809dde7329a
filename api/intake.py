"""What becomes of the articles of one request: a few are answered for at once, many become a job.

Many are more than `MOST_AT_ONCE`, or more than `MOST_CHARACTERS` together, or several of which only the
address is given; fewer become one for a client that
sends `Prefer: respond-async` (RFC 7240). The articles of a job are on the disk before it is acknowledged, and
go there while they arrive, so that memory holds few of them.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import Final

import anyio
import anyio.to_thread
from starlette.datastructures import Headers

from graph.model import Article, Failure
from graph.store.job_rows import Job
from graph.store.jobs import Jobs

MOST_AT_ONCE: Final = 50
"""Articles that one request may bring to be read before its answer."""
MOST_CHARACTERS: Final = 200_000
"""Characters that they may have together; some seconds of reading."""
_AT_ONCE: Final = 500
"""Articles that are written in one transaction."""
_ASYNC: Final = re.compile(r"(?:^|,)\s*respond-async\s*(?:$|[,;=])", re.IGNORECASE)
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
APPLIED: Final = {"Preference-Applied": "respond-async"}


def prefers_async(headers: Headers) -> bool:
    """Tell if a client would rather have a job than wait (RFC 7240, section 4.1)."""
    given = ", ".join(headers.getlist("prefer"))
    return _ASYNC.search(_QUOTED.sub("", given)) is not None


async def whole(items: Sequence[Article | Failure]) -> AsyncIterator[Sequence[Article | Failure]]:
    """Give the articles of a body that was taken apart as a whole, some at a time."""
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]


async def gather(
    jobs: Jobs, groups: AsyncGenerator[Sequence[Article | Failure]], *, apart: bool
) -> Job | list[Article | Failure]:
    """Return the articles of a request if they are few, else the job that they have become.

    With `apart` few become one too. Raises what `groups` does, Busy for too many jobs, TooLarge for too many
    articles, StoreError if the disk refuses: nothing of the job is left then.
    """
    held: list[Article | Failure] = []
    sequence: int | None = None
    try:
        async with aclosing(groups):
            async for items in groups:
                held += items
                if sequence is None and _becomes_job(held, apart):
                    sequence = await anyio.to_thread.run_sync(jobs.open)
                if sequence is not None:
                    await anyio.to_thread.run_sync(jobs.add, sequence, held)
                    held = []
        if sequence is None:
            return held
        return await anyio.to_thread.run_sync(jobs.accept, sequence)
    except BaseException:
        if sequence is not None:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(jobs.discard, sequence)
        raise


def _becomes_job(held: Sequence[Article | Failure], apart: bool) -> bool:
    articles = [item for item in held if isinstance(item, Article)]
    size = sum(len(one.text) for one in articles)
    addresses = sum(not one.text for one in articles)
    many = len(held) > MOST_AT_ONCE or size > MOST_CHARACTERS or addresses > 1
    return many or (apart and bool(articles))
