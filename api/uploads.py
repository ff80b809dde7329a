"""Graphs in the body of a request: one in the format of its Content-Type, or several in a form."""

from __future__ import annotations

import re

from api.errors import UnsupportedMedia
from api.negotiation import body_type
from graph.edits import Upload
from graph.errors import BadRecord, TooLarge
from graph.sparql import results

_SEVERAL = "multipart/form-data"
_BOUNDARY = re.compile(r'boundary=(?:"([^"\r\n]{1,70})"|([^\s;,"]{1,70}))', re.IGNORECASE)
_MAX_PARTS = 100
_UTF8 = frozenset({"", "utf-8", "utf8", "us-ascii"})
_TOO_PLAIN = "text/plain"
"""What N-Triples once went by; a graph by that name is more likely none."""


def uploads(sent_as: str, body: bytes, base: str, *, several: bool) -> list[Upload]:
    """Take the graphs out of a body that was sent with the Content-Type `sent_as`; on `base`.

    A form is taken apart where `several` graphs may come at once. Raises UnsupportedMedia, BadRecord for a
    form that is none, TooLarge for too many parts.
    """
    if several and body_type(sent_as)[0] == _SEVERAL:
        return [Upload(format_of(kind), base, part) for kind, part in _parts(sent_as, body)]
    return [Upload(format_of(sent_as), base, body)]


def format_of(sent_as: str) -> str:
    """Return the name of the graph format that a Content-Type means. Raises UnsupportedMedia."""
    media_type, charset = body_type(sent_as)
    if charset not in _UTF8:
        raise UnsupportedMedia(f"The graph is in {charset}; send it as UTF-8.")
    for one in results.GRAPHS.values():
        if media_type in one.media_types and media_type != _TOO_PLAIN:
            return one.name
    there = ", ".join(one.media_type for one in results.GRAPHS.values())
    raise UnsupportedMedia(
        f"Graphs are not read from {media_type or 'a body without a Content-Type'!r}; send one of {there}, "
        f"or several by POST as {_SEVERAL}."
    )


def _parts(sent_as: str, body: bytes) -> list[tuple[str, bytes]]:
    """Take a form apart (RFC 7578): the Content-Type of each part, and what it holds."""
    found = _BOUNDARY.search(sent_as)
    if found is None:
        raise BadRecord("The form does not say what stands between its parts; give Content-Type a boundary.")
    between = b"\r\n--" + (found[1] or found[2]).encode("latin-1", "replace")
    _, *parts = (b"\r\n" + body).split(between, _MAX_PARTS + 1)
    ends = [at for at, part in enumerate(parts) if part.startswith(b"--")]
    if not ends:
        if len(parts) > _MAX_PARTS:
            raise TooLarge(f"The form has over {_MAX_PARTS} parts; send it in several.")
        raise BadRecord(
            "The form has no end, or is not in the form that its Content-Type says; send it whole."
        )
    return [_part(part) for part in parts[: ends[0]]]


def _part(part: bytes) -> tuple[str, bytes]:
    head, blank, content = part.partition(b"\r\n\r\n")
    if not blank:
        raise BadRecord("A part of the form has no empty line after its head; send it as RFC 7578 says.")
    for line in head.decode("latin-1").split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-type":
            return value.strip(), content
    return "", content
