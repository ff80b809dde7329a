"""What a web address holds, as articles: its answer is fetched (`fetching.py`) and read by its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import httpx

from graph.errors import UnknownFormat
from graph.model import Article, Failure
from graph.sources.bodies import decoded
from graph.sources.fetching import Answer
from graph.sources.fields import is_web_address
from graph.sources.formats import BY_MEDIA_TYPE, BY_SUFFIX, HTML, TEXT, Source

_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
"""What servers call files that they know nothing about."""


def read_answer(answer: Answer, name: str, limit: int) -> Iterator[Article | Failure]:
    """Give the articles of what was fetched, each of at most `limit` characters; `name` is for failures.

    A page or a text gets the address that it came from. What the page says of its own address counts only
    if that is of the same host: nobody speaks for another. Raises UnknownFormat, and what the reader does.
    """
    source = source_of(answer)
    for item in decoded(answer.body, answer.media_type, source, name, limit):
        if isinstance(item, Article) and source in (TEXT, HTML):
            yield replace(item, url=_own(item.url, answer.url))
        else:
            yield item


def source_of(answer: Answer) -> Source:
    """Return the format of what was fetched: by its type, or its name if the type says nothing.

    Raises UnknownFormat, listing the types that there are.
    """
    kind = answer.media_type.partition(";")[0].strip().lower()
    suffix = PurePosixPath(httpx.URL(answer.url).path).suffix.lower()
    if kind in _VAGUE and suffix in BY_SUFFIX:
        return BY_SUFFIX[suffix]
    if kind not in BY_MEDIA_TYPE:
        known = ", ".join(BY_MEDIA_TYPE)
        raise UnknownFormat(
            f"Articles cannot be read from {kind or 'an unnamed type'!r}, only from: {known}."
        )
    return BY_MEDIA_TYPE[kind]


def _own(said: str | None, fetched: str) -> str | None:
    """Return the address to keep for a page: what it says, or where it was."""
    if said is not None and _host(said) == _host(fetched):
        return said
    return fetched if is_web_address(fetched) else None


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return None
