"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, a thin ASGI endpoint before the query pool.

A query comes by GET (`?query=`), as a form, or as the body itself (`application/sparql-query`). The
Accept header, or `format`, chooses how the answer is written. When the client goes away its query is
ended. POST is refused to pages of other sites like every POST (see `security.py`); GET is for links.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from urllib.parse import parse_qsl

import anyio
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from api.negotiation import Offer, content_type, named, negotiate
from api.parameters import check_parameters
from api.problems import UnsupportedMedia
from api.state import ServerState, state_of
from api.streams import BlockingStream, Chunks
from graph.errors import BadEncoding, BadQuery, Busy, QueryRefused
from graph.sparql import guard, results

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_PARAMETERS = ("query", "format")
_DATASET = frozenset({"default-graph-uri", "named-graph-uri"})
_UPDATES = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
_UTF8 = frozenset({"utf-8", "utf8"})
METHODS = ("GET", "POST")


class SparqlEndpoint:
    """Answers queries; an ASGI application that a route of the app points to."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `problems` answers."""
        state = state_of(scope)
        request = Request(scope, receive)
        query, format_ = await read_query(request)
        if state.query_slots.available_tokens <= 0:
            raise Busy("Too many queries are waiting; ask again in a moment.")
        make = partial(_answer, state, query, format_, request.headers.get("accept"))
        await BlockingStream(make, state.query_slots)(scope, receive, send)


def query_slots(workers: int) -> anyio.CapacityLimiter:
    """Make the threads that queries may take: one for each worker, and some that wait for one."""
    return anyio.CapacityLimiter(workers + 16)


async def read_query(request: Request) -> tuple[str, str | None]:
    """Take query and format out of a request (SPARQL 1.1 Protocol, section 2.1).

    Raises BadQuery if there is none, BadFilter or UnknownParameter for its parameters, QueryRefused for
    updates, UnsupportedMedia for another body.
    """
    pairs = _pairs(request.scope["query_string"])
    if request.method == "POST":
        media_type, body = _media_type(request), await request.body()
        if media_type == _FORM:
            pairs += _pairs(body)
        else:
            pairs.append(("query", _text(body)))
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
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise BadEncoding(
            "The parameters are not UTF-8; encode the query as UTF-8, then by percent."
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


def _answer(
    state: ServerState, query: str, format_: str | None, accept: str | None, gone: threading.Event
) -> Chunks:
    """Have a query answered, in the thread that will read the answer."""
    offers = _offers(guard.check(query))
    offer, media_type = named(format_, offers) if format_ else negotiate(accept, offers)
    answer = state.pool.run(query, offer.names[0], gone=gone)
    headers = {
        "Content-Type": content_type(media_type),
        "Vary": "Accept",
        "Cache-Control": "private, no-cache",
    }
    return Chunks(headers, answer.chunks)


def _offers(form: guard.QueryForm) -> tuple[Offer, ...]:
    return tuple(
        Offer(one.media_type, (one.name, one.suffix), one.media_types[1:]) for one in results.offered(form)
    )
