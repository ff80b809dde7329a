"""Answers that are there as a whole: sent in one piece, past the layers that would look at each header.

`PatientProtocol` offers that way as an extension of the ASGI scope; where it is not there (another server, a
HEAD request), the answer goes the usual way and is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

from starlette.types import Scope, Send

from api.negotiation import content_type
from api.problems import kind_of, problem_response
from api.security import RESPONSE_HEADERS
from api.tallies import sent_whole
from graph.errors import NewsgraphError

EXTENSION = "newsgraph.whole"
"""In `scope["extensions"]`: takes headers as bytes, the body, and the sequence for which it is kept (None:
not at all); returns whether it has sent them."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer: its media type and body, its ETag (empty for none), and the state of the store it shows.

    `sequence` is None if the same request may be answered otherwise the next time.
    """

    media_type: str
    body: bytes
    etag: str
    sequence: int | None


def headers(media_type: str, etag: str) -> Mapping[str, str]:
    """Make the headers of an answer to a query."""
    made = {"Content-Type": content_type(media_type), "Vary": "Accept", "Cache-Control": "private, no-cache"}
    return {**made, "ETag": etag} if etag else made


def at_once(scope: Scope, given: Whole) -> bool:
    """Send an answer in one piece; False if that is not possible."""
    send = scope.get("extensions", {}).get(EXTENSION)
    if send is None:
        return False
    tag = f"etag: {given.etag}\r\n".encode() if given.etag else b""
    is_sent = bool(send(_head(given.media_type) + tag, given.body, given.sequence))
    if is_sent:
        sent_whole(scope)
    return is_sent


async def answer(scope: Scope, send: Send, given: Whole) -> None:
    """Send an answer."""
    if at_once(scope, given):
        return
    fields = {**headers(given.media_type, given.etag), "Content-Length": str(len(given.body))}
    await send({"type": "http.response.start", "status": HTTPStatus.OK.value, "headers": _raw(fields)})
    await send({"type": "http.response.body", "body": given.body})


async def not_modified(send: Send, media_type: str, etag: str) -> None:
    """Tell a client that it has the answer already."""
    fields = {name: value for name, value in headers(media_type, etag).items() if name != "Content-Type"}
    start = {"type": "http.response.start", "status": HTTPStatus.NOT_MODIFIED.value}
    await send({**start, "headers": _raw(fields)})
    await send({"type": "http.response.body", "body": b""})


@lru_cache(64)
def _head(media_type: str) -> bytes:
    """Write the headers of an answer, with those that every answer has."""
    fields = {**RESPONSE_HEADERS, **headers(media_type, "")}
    return b"".join(name + b": " + value + b"\r\n" for name, value in _raw(fields))


def _raw(fields: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]


def last_answer(error: NewsgraphError) -> bytes:
    """Write a problem as the bytes of an answer after which the connection is closed.

    It goes around uvicorn, which has no answer to a request that is not there.
    """
    response = problem_response(kind_of(error), str(error), None)
    response.headers["Connection"] = "close"
    status = HTTPStatus(response.status_code)
    head = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    head += [name + b": " + value for name, value in response.raw_headers]
    return b"\r\n".join([*head, b"", bytes(response.body)])
