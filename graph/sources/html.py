"""A web page: its article's text and metadata, taken out by trafilatura. Nothing is ever fetched.

Offsets are those of the text that was taken out: one paragraph a line, without the headline.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, cast

from graph.errors import BadEncoding, EmptyText, TooLarge
from graph.model import Article, Failure
from graph.sources.decoding import checked, decode, refuse_binary, transcode
from graph.sources.fields import is_web_address, parse_day
from graph.sources.guard import attempt

if TYPE_CHECKING:
    from trafilatura.settings import Document

Tree: TypeAlias = Any
"""An lxml tree; lxml has no types."""

_MOST_BYTES = 16_000_000
_MOST_ELEMENTS = 50_000
_MOST_ATTRIBUTES = 1_000
_HEAD = 2_048
_DECLARED_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DOCUMENT = re.compile(r"<(?:html|head|title|body)\b", re.IGNORECASE)

# trafilatura leaves some of these in when it falls back on simpler ways to find the text.
_NO_TEXT = '//style | //noscript | //template | //iframe | //script[not(@type="application/ld+json")]'

_WHOLE = re.compile(r"(?s).+")
_IN_JSON = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]*)\"")

# Where pages say when they were published, best first, and what of it is the day. Only places made for
# it: a search for anything like a date (trafilatura's) finds the footer's, and a wrong day is worse
# than none.
_PUBLISHED = (
    ('//meta[@property="article:published_time"]/@content', _WHOLE),
    ('//meta[@itemprop="datePublished"]/@content', _WHOLE),
    ('//script[@type="application/ld+json"]/text()', _IN_JSON),
    (
        '//meta[@name="date" or @name="pubdate" or @name="publish-date" or @name="DC.date.issued"]/@content',
        _WHOLE,
    ),
    ('//*[@itemprop="datePublished"]/@datetime', _WHOLE),
    ("//time[@pubdate]/@datetime", _WHOLE),
    ("//article//time/@datetime", _WHOLE),
)


def read_html(stream: BinaryIO, name: str, limit: int) -> Iterator[Article | Failure]:
    """Give the article of the page, of at most `limit` characters, or why there is none."""
    yield attempt(name, lambda: page_to_article(_page(stream), limit))


def page_to_article(page: str, limit: int) -> Article:
    """Take the article out of a page.

    Raises EmptyText if none is found, TooLarge if its text has over `limit` characters or the page is
    too large to take apart.
    """
    tree = parse_page(page)
    published = _published(tree) if tree is not None else None
    document = _extract(tree) if tree is not None else None
    text = document.text.strip() if document and document.text else None
    if document is None or not text:
        raise EmptyText("No article's text was found in the page. Give the text itself as a .txt file.")
    return Article(
        text=checked(_without_headline(text, document.title), limit=limit),
        title=document.title or None,
        url=document.url if is_web_address(document.url or "") else None,
        published=published,
        publisher=document.sitename or None,
    )


def _page(stream: BinaryIO) -> str:
    """Read the page: as UTF-8, else in the character set that it declares."""
    data = stream.read(_MOST_BYTES + 1)
    refuse_binary(data)
    if len(data) > _MOST_BYTES:
        raise TooLarge(
            f"The page has more than {_MOST_BYTES:,} bytes. Give the article's text as a .txt file."
        )
    try:
        return decode(data, limit=_MOST_BYTES)
    except BadEncoding:
        declared = _DECLARED_CHARSET.search(data[:_HEAD])
        if declared is None:
            raise
        return decode(transcode(data, declared.group(1).decode("ascii")), limit=_MOST_BYTES)


class _Counter:
    """A parser's target that builds no tree: it counts, and stops at what would take a tree minutes.

    libxml2 takes time quadratic in the attributes of one tag when it builds a tree.
    """

    def __init__(self) -> None:
        self._elements = 0

    def start(self, _tag: str, attributes: dict[str, str]) -> None:
        """Count a start tag."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or len(attributes) > _MOST_ATTRIBUTES:
            raise TooLarge(
                f"The page has over {_MOST_ELEMENTS:,} elements, or over {_MOST_ATTRIBUTES:,} attributes "
                "in one of them. Give the article's text as a .txt file."
            )

    def close(self) -> None:
        """End the page; called by the parser."""


def parse_page(page: str) -> Tree | None:
    """Parse a page without what is never text; None if it holds no element. Raises TooLarge."""
    from lxml import etree, html  # type: ignore[import-untyped]  # here, because only pages need it

    if not _DOCUMENT.search(page):
        page = f"<html><body>{page}</body></html>"  # trafilatura refuses a bare fragment
    data = page.encode()
    etree.fromstring(data, etree.HTMLParser(target=_Counter(), encoding="utf-8"))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(data, parser)
    except etree.ParserError:
        return None
    for element in tree.xpath(_NO_TEXT):
        if element.getparent() is not None:
            element.drop_tree()
    return tree


def _extract(tree: Tree) -> Document | None:
    from trafilatura import bare_extraction  # here, because it takes long and only pages need it

    # trafilatura logs what it drops as errors; here each becomes a Failure that the caller sees.
    for logger in ("trafilatura", "htmldate"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    document = bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=True)
    return cast("Document | None", document)


def _without_headline(text: str, title: str | None) -> str:
    """Drop a first line that only repeats the title, which no sentence of the article is."""
    first, _, rest = text.partition("\n")
    return rest if rest and first.strip() == title else text


def _published(tree: Tree) -> date | None:
    for place, day in _PUBLISHED:
        for written in itertools.chain.from_iterable(map(day.findall, tree.xpath(place))):
            try:
                return parse_day(written.strip())
            except ValueError:
                continue
    return None
