"""The XML of a feed: parsed without ever loading, resolving or believing anything that it names.

lxml reads it: it is here already for pages, and it can be told to load nothing and to know no entities.
(feedparser reads more kinds of feed, and what is hardly one; but it opens what a DOCTYPE names, and there is
no limit to what an entity becomes.) A DOCTYPE is refused, since no feed needs one.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any, Final, TypeAlias

from graph.errors import BadRecord, NewsgraphError, NotText, TooLarge

Element: TypeAlias = Any
"""An lxml element; lxml has no types."""

_MOST_ELEMENTS: Final = 500_000
_AMPERSAND: Final = re.compile(rb"&(?:(#x?[0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})


class _Counter:
    """A parser's target that builds no tree, and ends what a tree should not be built of."""

    def __init__(self) -> None:
        self._elements = 0

    def doctype(self, *_: object) -> None:
        """Refuse a DOCTYPE before anything in it is read."""
        raise BadRecord("The XML has a DOCTYPE, which could hold anything. Leave it out: no feed needs one.")

    def start(self, _tag: str, _attributes: object) -> None:
        """Count an element."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise TooLarge(f"The feed has over {_MOST_ELEMENTS:,} elements. Give a part of it.")

    def close(self) -> None:
        """End the feed; called by the parser."""


def parse_xml(data: bytes) -> tuple[Element, NewsgraphError | None]:
    """Parse XML; what is not well-formed is mended, or an error beside the root says what is wrong.

    Raises BadRecord for a DOCTYPE, TooLarge for too many elements, NotText for what is no XML.
    """
    from lxml import etree  # type: ignore[import-untyped]  # here, because only feeds and pages need it

    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    wrong: NewsgraphError | None = None
    try:
        etree.fromstring(data, etree.XMLParser(target=_Counter(), **safe))
    except etree.XMLSyntaxError:
        data = _mended(data)
        try:
            etree.fromstring(data, etree.XMLParser(target=_Counter(), **safe))
        except etree.XMLSyntaxError as error:
            wrong = BadRecord(f"The XML is not well-formed ({error.msg}). What could be read of it was.")
            etree.fromstring(data, etree.XMLParser(target=_Counter(), recover=True, **safe))
    parser = etree.XMLParser(
        recover=wrong is not None, remove_comments=True, remove_pis=True, collect_ids=False, **safe
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise NotText("This is no XML. Give RSS or Atom.") from wrong
    return root, wrong


def _mended(data: bytes) -> bytes:
    """Write entities of HTML as numbers and stray ampersands as such, which most broken feeds have wrong."""
    if b"\x00" in data[:4]:  # UTF-16, where an ampersand is two bytes
        return data
    return _AMPERSAND.sub(_reference, data)


def _reference(found: re.Match[bytes]) -> bytes:
    name = (found.group(1) or b"").decode("ascii")
    if name in _OWN or name.startswith("#"):
        return found.group()
    meant = html5.get(f"{name};") if name else None
    return "".join(f"&#{ord(one)};" for one in meant).encode() if meant else b"&amp;" + found.group()[1:]
