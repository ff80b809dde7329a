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
from api.caching import matches, tag_of, unless_any
from api.negotiation import Offer, named, negotiate
from api.protocol import QUERY, Sent
from api.rows import Watch, stream
from api.service import describe_service
from api.state import ServerState, state_of
from api.tallies import Fate, fate_of
from graph.sparql import fulltext, guard, results
from graph.sparql.alike import SHORT, Outlines
from graph.sparql.cache import is_lasting
from graph.sparql.failures import StaleError
from graph.sparql.rows import Rows

BEGUN = "newsgraph.begun"
"""In a scope: what is asked and its rows, where `quick.py` has begun to answer."""
_KEPT_CHOICES = 512

_NICKNAMES = {
    "turtle": ("n3",),
    "rdfxml": ("rdf+xml", "xml"),
    "jsonld": ("json-ld", "json"),
}
"""Further names that clients have for formats of graphs."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that may be asked, and how its answer is written; its time runs from `begun` (monotonic).

    Its answer is `lasting` if it stays the same until something is written. `searched` is the write of the
    store that its searches showed, if it had any.
    """

    outline: guard.Outline
    offer: Offer
    media_type: str
    begun: float
    lasting: bool
    searched: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What its answer depends on, beside the state of the store."""
        return self.outline.query, self.outline.dataset, self.offer.names[0]

    def shows(self, sequence: int) -> bool:
        """Tell if what was searched for is of the same state of the store as the rest of the answer."""
        return self.lasting and self.searched in (None, sequence)


class SparqlEndpoint:
    """Answers queries; an ASGI application that a route of the app points to."""

    methods = ("GET", "POST")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `problems` answers."""
        state = state_of(scope)
        await state.tallies.query(self._answer(state, scope, receive, send))

    async def _answer(self, state: ServerState, scope: Scope, receive: Receive, send: Send) -> Fate | None:
        if (begun := scope.get(BEGUN)) is not None:
            return await _unless_left(state, begun, scope, receive, send)
        scope, send = unless_any(scope, send)
        request = Request(scope, receive)
        if request.method == "GET" and not scope["query_string"]:
            address = own_address(request, state.settings.base)
            answer = await anyio.to_thread.run_sync(describe_service, state, request.headers, address)
            await answer(scope, receive, send)
            return None
        sent = await protocol.receive(request, QUERY)
        outlines = state.outlines if sent.size <= SHORT else None  # what is long goes elsewhere, without them
        asked = await state.threads.checks.run(sent.size, check, outlines, sent, time.monotonic())
        return await respond(state, asked, scope, receive, send)


async def respond(state: ServerState, asked: Asked, scope: Scope, receive: Receive, send: Send) -> Fate:
    """Answer what is asked: with 304, with what is kept, or by a worker. Raises what `problems` answers."""
    if fulltext.searches(asked.outline.query):
        asked = await anyio.to_thread.run_sync(_searched, state, asked)
    if asked.lasting:
        sequence = state.archive.sequence
        etag = etag_of(state, asked, sequence, scope)
        if etag and _has(scope, etag):
            await whole.not_modified(send, asked.media_type, etag)
            return Fate.CACHED
        kept = state.answers.get(sequence, asked.key)
        if kept is not None:
            shown = sequence if asked.shows(sequence) else None
            await whole.answer(scope, send, whole.Whole(asked.media_type, kept, etag, shown))
            return Fate.CACHED
    return await _unless_left(state, (asked, None), scope, receive, send)


async def _unless_left(
    state: ServerState, begun: tuple[Asked, Rows | None], scope: Scope, receive: Receive, send: Send
) -> Fate:
    """Have a query answered as long as its client is there; the rows are its answer if there is one yet."""
    asked, rows = begun
    watch = Watch(receive)
    try:
        return await _answer(state, asked, await _begun(rows, watch), watch, scope, send)
    except asyncio.CancelledError:
        watch.forgive(scope)
        return Fate.LEFT
    finally:
        watch.stop()


async def _begun(rows: Rows | None, watch: Watch) -> Rows | None:
    """Wait for what was begun elsewhere; None if there is no such thing, or it has to be begun anew."""
    if rows is None:
        return None
    watch.begin()
    try:
        await rows.begin()
    except StaleError:
        return None
    except BaseException:
        rows.close()
        raise
    return rows


async def _answer(
    state: ServerState, asked: Asked, rows: Rows | None, watch: Watch, scope: Scope, send: Send
) -> Fate:
    """Have a query answered by a worker, and keep what is short."""
    if rows is None:
        name = asked.offer.names[0]
        rows = (await state.lanes.run(asked.outline, name, begun=asked.begun, lingers=watch.begin)).chunks
    try:
        body = rows.whole()
        if body is not None:
            await whole.answer(scope, send, short(state, asked, rows, body, scope))
            keep(state, asked, rows, body)
            return Fate.ANSWERED
        watch.begin()
        etag = etag_of(state, asked, rows.request.sequence, scope) if is_sure(state, asked, rows) else ""
        await stream(whole.headers(asked.media_type, etag), rows, scope, send)
        if rows.is_open:  # the client took too long to read it
            return Fate.LEFT
        return Fate.ANSWERED if rows.error is None else fate_of(rows.error)
    finally:
        rows.close()


def is_sure(state: ServerState, asked: Asked, rows: Rows) -> bool:
    """Tell if an answer depends on the state of the store only, and it is known for sure on which.

    If a write came in between it is not.
    """
    return asked.shows(rows.request.sequence) and rows.request.sequence == state.archive.sequence


def keep(state: ServerState, asked: Asked, rows: Rows, body: bytes) -> None:
    """Keep a short answer, if that is of use: once it is sent, so that nobody waits for that."""
    if is_sure(state, asked, rows):
        state.answers.put(rows.request.sequence, asked.key, body, len(asked.outline.query))


def short(state: ServerState, asked: Asked, rows: Rows, body: bytes, scope: Scope) -> whole.Whole:
    """Make a short answer of its `body`."""
    if not is_sure(state, asked, rows):
        return whole.Whole(asked.media_type, body, "", None)
    sequence = rows.request.sequence
    return whole.Whole(asked.media_type, body, etag_of(state, asked, sequence, scope), sequence)


def check(outlines: Outlines | None, sent: Sent, begun: float) -> Asked:
    """Say what is asked for; raises what `protocol.read`, the guard and the negotiation raise."""
    asked = protocol.read(sent, QUERY)
    outline = guard.outline(asked.text) if outlines is None else outlines.of(asked.text)
    if asked.dataset is not None:
        outline = replace(outline, dataset=asked.dataset)
    offer, media_type = chosen(outline.form, asked.format, sent.accept)
    return Asked(outline, offer, media_type, begun, is_lasting(outline))


def _searched(state: ServerState, asked: Asked) -> Asked:
    """Put what the index finds in the place of the searches of a query; raises what `rewrite` does."""
    query, sequence = fulltext.rewrite(asked.outline.query, state.archive.search.hits, state.archive.ns)
    return replace(asked, outline=replace(asked.outline, query=query), searched=sequence)


@lru_cache(_KEPT_CHOICES)
def chosen(form: guard.QueryForm, format_: str | None, accept: str) -> tuple[Offer, str]:
    """Choose how an answer is written: by `format`, else by Accept. Raises NotAcceptable."""
    offers = tuple(
        Offer(one.media_type, (one.name, one.suffix, *_NICKNAMES.get(one.name, ())), one.media_types[1:])
        for one in results.offered(form)
    )
    return named(format_, offers) if format_ else negotiate(accept, offers)


def etag_of(state: ServerState, asked: Asked, sequence: int, scope: Scope) -> str:
    """Make the strong ETag of the answer to a GET; empty for other methods, and where it is not sure."""
    if scope["method"] != "GET" or not asked.shows(sequence):
        return ""
    query = scope["query_string"].decode("latin-1")
    return tag_of(state.salt, sequence, asked.media_type, scope["path"], query)


def _has(scope: Scope, etag: str) -> bool:
    """Tell if the client says that it has just this answer; `*` is seen to by `unless_any`."""
    found = [value for name, value in scope["headers"] if name == b"if-none-match"]
    return bool(found) and matches(b", ".join(found).decode("latin-1"), etag)
