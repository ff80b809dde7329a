"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, a thin ASGI endpoint before the query pool.

A query comes by GET (`?query=`), as a form, or as the body itself (`application/sparql-query`). The
Accept header, or `format`, chooses how the answer is written. When the client goes away its query is
ended. POST is refused to pages of other sites like every POST (see `security.py`); GET is for links.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from api.negotiation import Offer, content_type, named, negotiate
from api.parameters import check_parameters
from api.problems import UnsupportedMedia
from api.state import ServerState, state_of
from api.streams import BlockingStream, Chunks
from graph.errors import BadEncoding, BadFilter, BadQuery, QueryRefused, TooLarge
from graph.sparql import guard, results

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_PARAMETERS = ("query", "format")
_DATASET = frozenset({"default-graph-uri", "named-graph-uri"})
_UPDATES = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
_UTF8 = frozenset({"utf-8", "utf8"})
METHODS = ("GET", "POST")
_MAX_FIELDS = 16
_MAX_SENT = 3 * guard.MAX_BYTES + 4096
"""Bytes of a body: a query whose every byte is encoded by percent, and the names of the fields."""


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
class _Asked:
    """A query that may be asked, and how its answer is written; its time runs from `begun` (monotonic)."""

    outline: guard.Outline
    offer: Offer
    media_type: str
    begun: float


class SparqlEndpoint:
    """Answers queries; an ASGI application that a route of the app points to."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `problems` answers."""
        state = state_of(scope)
        request = Request(scope, receive)
        state.threads.queries.check()
        sent = await receive_query(request)
        asked = await state.threads.checks.run(sent.size, _check, sent, time.monotonic())
        await BlockingStream(partial(_answer, state, asked), state.threads.queries)(scope, receive, send)


async def receive_query(request: Request) -> Sent:
    """Wait for all of a request. Raises TooLarge, UnsupportedMedia and QueryRefused (updates)."""
    media_type = _media_type(request) if request.method == "POST" else ""
    body = bytearray()
    if media_type:
        _refuse_over(_declared(request))
        async for part in request.stream():
            body += part
            _refuse_over(len(body))
    accept = ", ".join(request.headers.getlist("accept"))
    return Sent(request.scope["query_string"], media_type, bytes(body), accept)


def read_query(sent: Sent) -> tuple[str, str | None]:
    """Take query and format out of what was sent (SPARQL 1.1 Protocol, section 2.1).

    Raises BadQuery if there is none, BadFilter or UnknownParameter for its parameters, BadEncoding, and
    QueryRefused for updates.
    """
    pairs = _pairs(sent.parameters)
    if sent.media_type == _FORM:
        pairs += _pairs(sent.body)
    elif sent.media_type:
        pairs.append(("query", _text(sent.body)))
    names = [name for name, _ in pairs]
    _refuse(names)
    check_parameters(names, _PARAMETERS)
    given = dict(pairs)
    if not given.get("query", "").strip():
        raise BadQuery(
            "There is no query; send one as GET /sparql?query=..., as a form with the field 'query', "
            f"or as the body of a POST with Content-Type {_DIRECT}."
        )
    return given["query"], given.get("format")


def _declared(request: Request) -> int:
    """How many bytes the client says that it will send; `BodyLimit` has seen that the number is sane."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _refuse_over(size: int) -> None:
    if size > _MAX_SENT:
        raise TooLarge(f"The query has over {guard.MAX_BYTES:,} bytes; ask for less at once.")


def _media_type(request: Request) -> str:
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    name, _, charset = parameters.strip().partition("=")
    if name.strip() == "charset" and charset.strip(' "') not in _UTF8:
        raise UnsupportedMedia(f"The query is in {charset.strip()}; send it as UTF-8.")
    if media_type.strip() == _UPDATE:
        raise QueryRefused("Updates are not taken here, only queries; add articles with POST /v1/articles.")
    if media_type.strip() not in {_FORM, _DIRECT}:
        raise UnsupportedMedia(
            f"A query is not read from {media_type.strip() or 'a body without a Content-Type'!r}; "
            f"send it with Content-Type {_DIRECT}, or as a form with the field 'query' ({_FORM})."
        )
    return media_type.strip()


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except UnicodeDecodeError as error:
        raise BadEncoding(
            "The parameters are not UTF-8; encode the query as UTF-8, then by percent."
        ) from error
    except ValueError as error:
        raise BadFilter(
            f"There are over {_MAX_FIELDS} parameters; send 'query' and 'format' only."
        ) from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadEncoding(f"The query is not UTF-8 (byte {error.start:,}); send it as UTF-8.") from error


def _refuse(names: Sequence[str]) -> None:
    """Raise QueryRefused for parameters of the protocol that would change the store or the data set."""
    if _UPDATES.intersection(names):
        raise QueryRefused("Updates are not taken here, only queries; add articles with POST /v1/articles.")
    if _DATASET.intersection(names):
        raise QueryRefused(
            "The data set cannot be chosen by parameters; name graphs in the query, with GRAPH <...> { ... }."
        )


def _check(sent: Sent, begun: float) -> _Asked:
    """Say what is asked for. Raises what `read_query`, the guard and the negotiation raise."""
    query, format_ = read_query(sent)
    outline = guard.outline(query)
    offers = _offers(outline.form)
    offer, media_type = named(format_, offers) if format_ else negotiate(sent.accept, offers)
    return _Asked(outline, offer, media_type, begun)


def _answer(state: ServerState, asked: _Asked, gone: threading.Event) -> Chunks:
    """Have a query answered, in the thread that will read the answer."""
    answer = state.pool.run(asked.outline, asked.offer.names[0], gone=gone, begun=asked.begun)
    headers = {
        "Content-Type": content_type(asked.media_type),
        "Vary": "Accept",
        "Cache-Control": "private, no-cache",
    }
    return Chunks(headers, answer.chunks)


def _offers(form: guard.QueryForm) -> tuple[Offer, ...]:
    return tuple(
        Offer(one.media_type, (one.name, one.suffix), one.media_types[1:]) for one in results.offered(form)
    )
