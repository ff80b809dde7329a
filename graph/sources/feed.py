"""Feeds: RSS 0.9 to 2.0 and Atom, each item of which is an article.

`feed_xml.py` parses, safely. A feed that is not well-formed is read as far as it can be told what was
meant, and the failure says so; the item that it breaks off in is left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Final, TypeAlias
from urllib.parse import urljoin

from graph.errors import BadRecord, EmptyText, NewsgraphError, RobotsRefused, TooLarge
from graph.model import Article, Failure
from graph.sources.decoding import checked, refuse_binary
from graph.sources.feed_xml import Element, parse_xml
from graph.sources.fields import is_web_address
from graph.sources.fragments import fragment_to_text
from graph.sources.guard import attempt, failed
from graph.sources.records import day_of

Page: TypeAlias = Callable[[str, int], Article]
"""Fetches the page of an item, as an article of so many characters at most; raises NewsgraphError."""

_MOST_BYTES: Final = 16_000_000
_WHOLE: Final = 1_500
"""Characters from which on a description is taken for the article and not for what lies before a link."""
_LONGEST: Final = 500
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_RSS: Final = ("", "{http://purl.org/rss/1.0/}", "{http://my.netscape.com/rdf/simple/0.9/}")
_ATOM: Final = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")
_TAG: Final = re.compile(r"<[a-zA-Z/!]")
_ENDS: Final = re.compile(rb"</(?:\w+:)?(?:rss|RDF|feed)\s*>\s*\Z")
_CUT: Final = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|read more|continue reading)\W*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed: `id` tells it from the others, `whole` that `content` is all of the article.

    `content` is HTML if `markup` says so, and else text. The rest is as in `Article`.
    """

    id: str
    content: str = field(repr=False)
    markup: bool
    whole: bool
    title: str | None
    url: str | None
    published: date | None
    publisher: str | None

    def article(self, limit: int) -> Article:
        """Make the article of what the feed itself says. Raises InputError."""
        if not self.content.strip():
            raise EmptyText("The item has no text, only a link. Fetch its page, or leave it out.")
        text = checked(fragment_to_text(self.content) if self.markup else self.content, limit=limit)
        return Article(text, self.title, self.url, self.published, self.publisher)

    def told_by(self, page: Article) -> Article:
        """Make the article of the item's page; what that does not say, the feed does."""
        return Article(
            page.text,
            page.title or self.title,
            page.url or self.url,
            self.published or page.published,
            page.publisher or self.publisher,
        )


def read_feed(
    stream: BinaryIO, name: str, limit: int, page: Page | None = None, base: str = ""
) -> Iterator[Article | Failure]:
    """Give an article for each item; the failure of the nth is named `name:n`.

    Where an item has only a teaser, `page` fetches its page, if it is given. `base` is the
    address of the feed. Raises InputError for what is no feed.
    """
    entries, wrong = parse_feed(stream.read(_MOST_BYTES + 1), base)
    for number, entry in enumerate(entries, 1):
        yield entry_article(entry, f"{name}:{number}", limit, page)
    if wrong is not None:
        yield failed(name, wrong)
    elif not entries:
        raise EmptyText("The feed has no items. Try again when it has.")


def entry_article(entry: Entry, name: str, limit: int, page: Page | None) -> Article | Failure:
    """Give the article of an item, from its page where the feed has only a teaser and `page` is given.

    Where its host does not want its pages fetched by programs, the teaser is the article.
    """
    return attempt(name, lambda: _article(entry, limit, page))


def _article(entry: Entry, limit: int, page: Page | None) -> Article:
    if page is None or entry.whole or entry.url is None:
        return entry.article(limit)
    try:
        return entry.told_by(page(entry.url, limit))
    except RobotsRefused:
        if not entry.content.strip():
            raise
        return entry.article(limit)


def parse_feed(data: bytes, base: str = "") -> tuple[Sequence[Entry], NewsgraphError | None]:
    """Read the items of a feed, and what is wrong with its XML, if it could be read all the same.

    `base` is the address of the feed, for links that are relative. Raises NotText for what is no XML,
    BadRecord for other XML or a DOCTYPE, TooLarge.
    """
    refuse_binary(data)
    if len(data) > _MOST_BYTES:
        raise TooLarge(f"The feed has more than {_MOST_BYTES:,} bytes. Give a part of it.")
    root, wrong = parse_xml(data.strip())
    reader = _KINDS.get(root.tag)
    if reader is None:
        raise BadRecord(f"The XML is no feed (its root is {root.tag[:_LONGEST]!r}). Give RSS or Atom.")
    entries = reader(root, base)
    broken_off = wrong is not None and not _ENDS.search(data)
    return entries[:-1] if broken_off else entries, wrong


def _read_rss(root: Element, base: str) -> list[Entry]:
    """Read RSS 0.9x and 2.0 (items in the channel) and RSS 1.0 (items beside it)."""
    channel = next(_children(root, _RSS, "channel"), root)
    publisher = _text(channel, _RSS, "title")
    items = [
        *_children(channel, _RSS, "item"),
        *(_children(root, _RSS, "item") if channel is not root else ()),
    ]
    return [_rss_entry(item, base, publisher) for item in items]


def _rss_entry(item: Element, base: str, publisher: str | None) -> Entry:
    guid = next(_children(item, _RSS, "guid"), None)
    written = _inner(guid)
    link = _text(item, _RSS, "link") or item.get(f"{_RDF}about")
    if link is None and guid is not None and guid.get("isPermaLink", "true") == "true":
        link = written
    full = _inner(item.find(_CONTENT))
    content = full or _text(item, _RSS, "description") or ""
    day = _text(item, _RSS, "pubDate") or _inner(item.find(f"{_DC}date"))
    url = _address(link, base)
    title = _plain(_text(item, _RSS, "title"))
    return Entry(
        id=written or url or f"{title} {day}",
        content=content if _is_markup(content) else html.unescape(content),
        markup=_is_markup(content),
        whole=bool(full) or _is_whole(content),
        title=title,
        url=url,
        published=day_of(day) if day else None,
        publisher=_plain(_text(item, _RSS, "source") or publisher),
    )


def _read_atom(root: Element, base: str) -> list[Entry]:
    """Read Atom (RFC 4287; 0.3 alike)."""
    base = urljoin(base, root.get(f"{_XML}base", ""))
    publisher = _plain(_text(root, _ATOM, "title"))
    return [_atom_entry(entry, base, publisher) for entry in _children(root, _ATOM, "entry")]


def _atom_entry(entry: Element, base: str, publisher: str | None) -> Entry:
    links = [
        link.get("href")
        for link in _children(entry, _ATOM, "link")
        if link.get("rel", "alternate") == "alternate"
    ]
    url = _address(links[0] if links else None, urljoin(base, entry.get(f"{_XML}base", "")))
    full, summary = (next(_children(entry, _ATOM, name), None) for name in ("content", "summary"))
    content, markup = _construct(full)
    whole = bool(content.strip())
    if not whole:
        content, markup = _construct(summary)
        whole = _is_whole(content)
    day = next(filter(None, (_text(entry, _ATOM, name) for name in ("published", "issued", "updated"))), None)
    title = _plain(_text(entry, _ATOM, "title"))
    written = _text(entry, _ATOM, "id")
    return Entry(
        id=written or url or f"{title} {day}",
        content=content,
        markup=markup,
        whole=whole,
        title=title,
        url=url,
        published=day_of(day) if day else None,
        publisher=publisher,
    )


def _construct(element: Element | None) -> tuple[str, bool]:
    """Give what an Atom text construct holds, and whether that is HTML; nothing of what is elsewhere."""
    if element is None or element.get("src") is not None:
        return "", False
    kind = element.get("type", "text").lower()
    if kind in ("xhtml", "application/xhtml+xml"):
        from lxml import html as pages  # type: ignore[import-untyped]

        return "".join(pages.tostring(child, encoding="unicode", with_tail=False) for child in element), True
    if kind in ("html", "text/html"):
        return _inner(element) or "", True
    return (_inner(element) or "", False) if kind in ("text", "text/plain") else ("", False)


_KINDS: Final[dict[str, Callable[[Element, str], list[Entry]]]] = {
    "rss": _read_rss,
    f"{_RDF}RDF": _read_rss,
    **{f"{space}feed": _read_atom for space in _ATOM},
}


def _children(element: Element, spaces: Sequence[str], name: str) -> Iterator[Element]:
    for space in spaces:
        yield from element.iterchildren(f"{space}{name}")


def _text(element: Element, spaces: Sequence[str], name: str) -> str | None:
    return _inner(next(_children(element, spaces, name), None))


def _inner(element: Element | None) -> str | None:
    """Give the text in an element without blanks round it; None if there is none."""
    return ("".join(element.itertext()).strip() or None) if element is not None else None


def _plain(text: str | None) -> str | None:
    """Make a line of a title, which feeds write as text, as HTML, or as HTML that was escaped twice."""
    if text is None:
        return None
    bare = html.unescape(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text))
    return " ".join(bare.split())[:_LONGEST] or None


def _address(link: str | None, base: str) -> str | None:
    try:
        joined = urljoin(base, link.strip()) if link else ""
    except ValueError:
        return None
    return joined if is_web_address(joined) else None


def _is_markup(content: str) -> bool:
    return bool(_TAG.search(content))


def _is_whole(content: str) -> bool:
    """Say whether a description is as long as an article, and not cut."""
    return len(content) >= _WHOLE and not _CUT.search(content)
