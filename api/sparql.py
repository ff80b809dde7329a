"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, a thin ASGI endpoint before the query pool.

A query comes by GET (`?query=`), as a form, or as the body itself (`application/sparql-query`). The
Accept header, or `format`, chooses how the answer is written; `default-graph-uri` and `named-graph-uri`
choose its data set, and go before FROM. When the client goes away its query is ended. POST is refused to
pages of other sites like every POST (see `security.py`); GET is for links.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from functools import partial

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from api import protocol
from api.negotiation import Offer, content_type, named, negotiate
from api.protocol import QUERY, Sent
from api.state import ServerState, state_of
from api.streams import BlockingStream, Chunks
from graph.sparql import guard, results


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query that may be asked, and how its answer is written; its time runs from `begun` (monotonic)."""

    outline: guard.Outline
    offer: Offer
    media_type: str
    begun: float


class SparqlEndpoint:
    """Answers queries; an ASGI application that a route of the app points to."""

    methods = ("GET", "POST")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `problems` answers."""
        state = state_of(scope)
        request = Request(scope, receive)
        state.threads.queries.check()
        sent = await protocol.receive(request, QUERY)
        asked = await state.threads.checks.run(sent.size, _check, sent, time.monotonic())
        await BlockingStream(partial(_answer, state, asked), state.threads.queries)(scope, receive, send)


def _check(sent: Sent, begun: float) -> _Asked:
    """Say what is asked for. Raises what `protocol.read`, the guard and the negotiation raise."""
    asked = protocol.read(sent, QUERY)
    outline = replace(guard.outline(asked.text), dataset=asked.dataset)
    offers = _offers(outline.form)
    offer, media_type = named(asked.format, offers) if asked.format else negotiate(sent.accept, offers)
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
