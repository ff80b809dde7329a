"""What a web address holds, as articles: its answer is fetched (`fetching.py`) and read by its type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import httpx

from graph.errors import EmptyText, UnknownFormat
from graph.model import Article, Failure
from graph.sources.addresses import shortened
from graph.sources.bodies import decoded
from graph.sources.feed import Page, read_feed
from graph.sources.fetching import Answer
from graph.sources.fields import is_web_address
from graph.sources.formats import BY_MEDIA_TYPE, BY_SUFFIX, FEED, HTML, TEXT, Source, media_type_of

_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
"""What servers call files that they know nothing about."""


@dataclass(frozen=True, slots=True)
class Online:
    """Reads what web addresses hold: `fetch` what a person named, `visit` what a feed leads to."""

    fetch: Callable[[str], Answer]
    visit: Callable[[str], Answer]

    def articles(self, url: str, name: str, limit: int) -> Iterator[Article | Failure]:
        """Fetch an address and give its articles; raises NewsgraphError."""
        yield from read_answer(self.fetch(url), name, limit, self.page)

    def page(self, url: str, limit: int) -> Article:
        """Fetch the page of a feed's item; raises NewsgraphError."""
        return read_page(self.visit(url), limit)


def read_answer(
    answer: Answer, name: str, limit: int, page: Page | None = None
) -> Iterator[Article | Failure]:
    """Give the articles of what was fetched, each of at most `limit` characters; `name` is for failures.

    A page or a text gets the address that it came from. What the page says of its own address
    counts only if that is of the same host: nobody speaks for another. `page` fetches the pages of a feed's
    items that have only a teaser. Raises UnknownFormat, and what the reader does.
    """
    source = source_of(answer)
    if source is FEED:
        source = replace(source, read=partial(read_feed, page=page, base=answer.url))
    for item in decoded(answer.body, answer.media_type, source, name, limit):
        if isinstance(item, Article) and source in (TEXT, HTML):
            yield replace(item, url=_own(item.url, answer.url))
        else:
            yield item


def read_page(answer: Answer, limit: int) -> Article:
    """Return the article of a page that was fetched. Raises UnknownFormat if it is none, InputError."""
    source = source_of(answer)
    if source not in (TEXT, HTML):
        raise UnknownFormat(f"{shortened(answer.url)} is no page ({source.name}). Give its address itself.")
    for item in read_answer(answer, answer.url, limit):
        if isinstance(item, Failure):
            raise item.error
        return item
    raise EmptyText(f"{shortened(answer.url)} holds no article. Leave it out.")


def source_of(answer: Answer) -> Source:
    """Return the format of what was fetched: by its type, or its name if the type says nothing.

    Raises UnknownFormat, listing the types that there are.
    """
    kind = media_type_of(answer.media_type)
    suffix = PurePosixPath(httpx.URL(answer.url).path).suffix.lower()
    named = BY_SUFFIX.get(suffix)
    if kind in _VAGUE and named is not None and named.media_types:
        return named
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
