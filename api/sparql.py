"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, a thin ASGI endpoint before the query lanes.

A query comes by GET (`?query=`), as a form, or as the body itself (`application/sparql-query`). The
Accept header, or `format`, chooses how the answer is written; `default-graph-uri` and `named-graph-uri`
choose its data set, and go before FROM. When the client goes away its query is ended. POST is refused to
pages of other sites like every POST (see `security.py`); GET is for links. Where nothing is asked the service
says what it is (`service.py`).

A short answer is kept until something is written, and a client that has it already gets 304.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from functools import lru_cache

import anyio.to_thread
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from api import protocol, whole
from api.addresses import own_address
from api.caching import ANY, matches, tag_of
from api.negotiation import Offer, named, negotiate
from api.protocol import QUERY, Sent
from api.rows import Watch, stream
from api.service import describe_service
from api.state import ServerState, state_of
from graph.sparql import guard, results
from graph.sparql.cache import is_lasting

_KEPT_OUTLINES = 512
_SHORT = 2048
"""Characters of a query whose outline is worth keeping."""

_NICKNAMES = {
    "turtle": ("n3",),
    "rdfxml": ("rdf+xml", "xml"),
    "jsonld": ("json-ld", "json"),
}
"""Further names that clients have for formats of graphs."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query that may be asked, and how its answer is written; its time runs from `begun` (monotonic)."""

    outline: guard.Outline
    offer: Offer
    media_type: str
    begun: float

    @property
    def key(self) -> tuple[object, ...]:
        """What its answer depends on, beside the state of the store."""
        return self.outline.query, self.outline.dataset, self.offer.names[0]


class SparqlEndpoint:
    """Answers queries; an ASGI application that a route of the app points to."""

    methods = ("GET", "POST")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `problems` answers."""
        state = state_of(scope)
        request = Request(scope, receive)
        if request.method == "GET" and not scope["query_string"]:
            address = own_address(request, state.settings.base)
            answer = await anyio.to_thread.run_sync(describe_service, state, request.headers, address)
            await answer(scope, receive, send)
            return
        sent = await protocol.receive(request, QUERY)
        asked = await state.threads.checks.run(sent.size, _check, sent, time.monotonic())
        lasting = is_lasting(asked.outline)
        if lasting:
            sequence = state.archive.sequence
            etag = _etag(state.salt, sequence, asked, scope)
            if etag and _has(scope, etag):
                await whole.not_modified(send, asked.media_type, etag)
                return
            kept = state.answers.get(sequence, asked.key)
            if kept is not None:
                await whole.answer(scope, send, whole.Whole(asked.media_type, kept, etag, sequence))
                return

        watch = Watch(receive)
        try:
            await _answer(state, asked, watch, scope, send)
        except asyncio.CancelledError:
            watch.forgive(scope)
        finally:
            watch.stop()


async def _answer(state: ServerState, asked: _Asked, watch: Watch, scope: Scope, send: Send) -> None:
    """Have a query answered by a worker, and keep what is short."""
    found = await state.lanes.run(asked.outline, asked.offer.names[0], begun=asked.begun, lingers=watch.begin)
    with found:
        body = found.chunks.whole()
        sequence = found.chunks.request.sequence
        # Whether a write came in between or not: the state that the answer shows has to be known for sure.
        sure = is_lasting(asked.outline) and sequence == state.archive.sequence
        etag = _etag(state.salt, sequence, asked, scope) if sure else ""
        if body is None:
            watch.begin()
            await stream(whole.headers(asked.media_type, etag), found.chunks, scope, send)
            return
        if sure:
            state.answers.put(sequence, asked.key, body, len(asked.outline.query))
        await whole.answer(scope, send, whole.Whole(asked.media_type, body, etag, sequence if sure else None))


def _check(sent: Sent, begun: float) -> _Asked:
    """Say what is asked for. Raises what `protocol.read`, the guard and the negotiation raise."""
    asked = protocol.read(sent, QUERY)
    outline = _outline(asked.text) if len(asked.text) < _SHORT else guard.outline(asked.text)
    if asked.dataset is not None:
        outline = replace(outline, dataset=asked.dataset)
    offer, media_type = _chosen(outline.form, asked.format, sent.accept)
    return _Asked(outline, offer, media_type, begun)


_outline = lru_cache(_KEPT_OUTLINES)(guard.outline)


@lru_cache(_KEPT_OUTLINES)
def _chosen(form: guard.QueryForm, format_: str | None, accept: str) -> tuple[Offer, str]:
    offers = tuple(
        Offer(one.media_type, (one.name, one.suffix, *_NICKNAMES.get(one.name, ())), one.media_types[1:])
        for one in results.offered(form)
    )
    return named(format_, offers) if format_ else negotiate(accept, offers)


def _etag(salt: str, sequence: int, asked: _Asked, scope: Scope) -> str:
    """Make the strong ETag of the answer to a GET; empty for other methods."""
    if scope["method"] != "GET":
        return ""
    return tag_of(salt, sequence, asked.media_type, scope["query_string"].decode("latin-1"))


def _has(scope: Scope, etag: str) -> bool:
    """Tell if the client says that it has just this answer, or any."""
    found = [value for name, value in scope["headers"] if name == b"if-none-match"]
    if not found:
        return False
    asked = b", ".join(found).decode("latin-1")
    return asked.strip() == ANY or matches(asked, etag)
