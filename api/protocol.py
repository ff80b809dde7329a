"""What a client of the SPARQL 1.1 Protocol sends: in the address, as a form, or as the body itself.

The two operations differ in their names only, so that one table serves `/sparql` and `/update`.
"""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from api.errors import UnsupportedMedia
from api.negotiation import accept_of, body_type
from api.parameters import check_parameters, pairs_of
from graph.errors import BadEncoding, BadFilter, BadQuery, QueryRefused, TooLarge
from graph.sparql import guard, update_guard
from graph.sparql.guard import Dataset
from graph.vocab import is_iri

FORM = "application/x-www-form-urlencoded"
_UTF8 = frozenset({"", "utf-8", "utf8", "us-ascii"})
_MAX_FIELDS = 64
_NAMES = 4096
"""Bytes of a body beyond its text: the names of the fields, and some graphs."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the protocol (SPARQL 1.1 Protocol, sections 2.1 and 2.2).

    `name` is that of its parameter; `default` and `named` are those that choose the data set; `most` is
    how many bytes its text may have, and `advice` says where the other operation is.
    """

    name: str
    path: str
    media_type: str
    default: str
    named: str
    most: int
    advice: str


QUERY = Operation(
    "query",
    "/sparql",
    "application/sparql-query",
    "default-graph-uri",
    "named-graph-uri",
    guard.MAX_BYTES,
    "Updates are not taken here, only queries; send them to POST /update, or add articles with "
    "POST /v1/articles.",
)
UPDATE = Operation(
    "update",
    "/update",
    "application/sparql-update",
    "using-graph-uri",
    "using-named-graph-uri",
    update_guard.MAX_BYTES,
    "Queries are not answered here, only updates are done; ask at /sparql.",
)
FORMAT_NAMES = ("format", "output", "results")
"""Parameters that say how to answer; the first is ours. SPARQLWrapper sends all three, and more than once."""
_OPERATIONS = (QUERY, UPDATE)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a client sent, not yet looked into; `media_type` is that of the body, empty without one."""

    parameters: bytes
    media_type: str
    body: bytes
    accept: str

    @property
    def size(self) -> int:
        """Bytes that have to be looked through."""
        return len(self.parameters) + len(self.body)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks for: a query or an update, the `format` of the answer, and the data set."""

    text: str
    format: str | None
    dataset: Dataset | None


async def receive(request: Request, operation: Operation) -> Sent:
    """Wait for all of a request. Raises TooLarge, UnsupportedMedia, QueryRefused (the other operation)."""
    if request.method != "POST":
        return Sent(request.scope["query_string"], "", b"", accept_of(request.headers))
    media_type = _media_type(request, operation)
    body = bytearray()
    _refuse_over(_declared(request), operation)
    async for part in request.stream():
        body += part
        _refuse_over(len(body), operation)
    return Sent(request.scope["query_string"], media_type, bytes(body), accept_of(request.headers))


def read(sent: Sent, operation: Operation) -> Asked:
    """Take text, format and data set out of what was sent.

    Raises BadQuery if there is none, BadFilter or UnknownParameter for its parameters, BadEncoding, and
    QueryRefused for the other operation.
    """
    alone = _alone(sent, operation)
    if alone is not None:
        return Asked(alone, None, None)
    pairs = _pairs(sent.parameters, operation)
    if sent.media_type == FORM:
        pairs += _pairs(sent.body, operation)
    elif sent.media_type:
        pairs.append((operation.name, _text(sent.body, operation)))
    names = [name for name, _ in pairs]
    _refuse_other(names, operation)
    formats = FORMAT_NAMES if operation is QUERY else ()
    lists = (operation.default, operation.named, *formats[1:])
    ours = names if names.count(FORMAT_NAMES[1]) == 0 else [n for n in names if n not in formats]
    check_parameters([*dict.fromkeys(names), *_repeated(ours, lists)], (operation.name, *formats, *lists))
    given = dict(pairs)
    if not given.get(operation.name, "").strip():
        by_get = f"GET {operation.path}?query=..., as " if operation is QUERY else ""
        raise BadQuery(
            f"There is no {operation.name}; send one as {by_get}a form with the field {operation.name!r}, "
            f"or as the body of a POST with Content-Type {operation.media_type}."
        )
    format_ = next((value for name, value in pairs if name in formats), None)
    return Asked(given[operation.name], format_, _dataset(pairs, operation))


def _repeated(names: Sequence[str], lists: Sequence[str]) -> list[str]:
    """Give the parameters that are there again and may be there once only."""
    return [name for name in dict.fromkeys(names) if names.count(name) > 1 and name not in lists]


def _dataset(pairs: Sequence[tuple[str, str]], operation: Operation) -> Dataset | None:
    """Make the data set that the parameters choose; None if they choose none. Raises BadFilter."""
    default = tuple(value for name, value in pairs if name == operation.default)
    named = tuple(value for name, value in pairs if name == operation.named)
    for iri in (*default, *named):
        if not is_iri(iri):
            raise BadFilter(f"{iri[:100]!r} is not the IRI of a graph; write it whole, with its scheme.")
    return Dataset(default, named) if default or named else None


def _declared(request: Request) -> int:
    """How many bytes the client says that it will send; `BodyLimit` has seen that the number is sane."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _refuse_over(size: int, operation: Operation) -> None:
    """Refuse a body that is no text of `operation`, even if its every byte is encoded by percent."""
    if size > 3 * operation.most + _NAMES:
        raise TooLarge(
            f"The {operation.name} has over {operation.most:,} bytes; send less at once"
            f"{', or whole graphs to /store' if operation is UPDATE else ''}."
        )


def _media_type(request: Request, operation: Operation) -> str:
    media_type, charset = body_type(request.headers.get("content-type", ""))
    if charset not in _UTF8:
        raise UnsupportedMedia(f"The {operation.name} is in {charset}; send it as UTF-8.")
    if media_type in {other.media_type for other in _OPERATIONS if other is not operation}:
        raise QueryRefused(operation.advice)
    if media_type not in {FORM, operation.media_type}:
        article = "A" if operation is QUERY else "An"
        raise UnsupportedMedia(
            f"{article} {operation.name} is not read from {media_type or 'a body without a Content-Type'!r}; "
            f"send it with Content-Type {operation.media_type}, or as a form with the field "
            f"{operation.name!r} ({FORM})."
        )
    return media_type


def _pairs(encoded: bytes, operation: Operation) -> list[tuple[str, str]]:
    too_many = f"There are over {_MAX_FIELDS} parameters; send {operation.name!r} and some graphs only."
    return pairs_of(encoded, _MAX_FIELDS, f"the {operation.name}", too_many)


def _alone(sent: Sent, operation: Operation) -> str | None:
    """Read what most clients send, a text and nothing else; None if it is something else."""
    name, _, value = sent.parameters.partition(b"=")
    if sent.media_type or name.decode("latin-1") != operation.name or b"&" in value or not value.isascii():
        return None
    try:
        text = unquoted(value.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None
    return text if text.strip() else None


def unquoted(value: bytes) -> bytes:
    """Put what is percent-encoded in its place, as `unquote_to_bytes` does, but in a tenth of its time.

    What addresses have after `%`, quoted-printable has after `=`, and it is decoded by the system's code;
    where each `%` did not make one byte of three, there is something else in it too.
    """
    if not (b"=" in value or b"\r" in value or b"\n" in value):
        found = binascii.a2b_qp(value.replace(b"%", b"="))
        if len(found) == len(value) - 2 * value.count(b"%"):
            return found
    return unquote_to_bytes(value)


def _text(body: bytes, operation: Operation) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadEncoding(
            f"The {operation.name} is not UTF-8 (byte {error.start:,}); send it as UTF-8."
        ) from error


def _refuse_other(names: Sequence[str], operation: Operation) -> None:
    """Raise QueryRefused for the parameters of the other operation."""
    others = {
        name
        for other in _OPERATIONS
        if other is not operation
        for name in (other.name, other.default, other.named)
    }
    if others.intersection(names):
        raise QueryRefused(operation.advice)
