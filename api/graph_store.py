"""`/store`: the SPARQL 1.1 Graph Store HTTP Protocol.

A graph is named by `?graph=IRI`, by `?default`, or directly: `/store/...` is the graph whose IRI is the
request's own address. GET (and HEAD) is reading, and always possible. PUT replaces, POST adds, DELETE
removes, PATCH does a SPARQL update in which that graph is all there is; POST to `/store` itself makes a new
graph. A POST may be `multipart/form-data`, each part a graph of its own format. Conditions (`If-Match`,
`If-None-Match`) are looked at in the moment of the change, so that no other write comes in between.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import anyio.to_thread
from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.addresses import own_address
from api.caching import ANY, matches, tag_of
from api.errors import UnsupportedMedia
from api.negotiation import Offer, accept_of, body_type, content_type, named, negotiate
from api.parameters import check_parameters, pairs_of
from api.preconditions import check_tags
from api.protocol import UPDATE
from api.rows import RowsFound, RowsResponse, Watch
from api.state import ServerState, state_of
from api.updates import check_allowed
from api.uploads import uploads
from graph.edits import Upload, missing
from graph.errors import BadEncoding, BadFilter
from graph.sparql import guard, results, update_guard
from graph.sparql.guard import Dataset
from graph.vocab import is_iri

_PATH = "/store"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_MAX_FIELDS = 8


@dataclass(frozen=True, slots=True)
class Target:
    """The graph that a request is about: its IRI, None for the default graph; `format` is that of a GET.

    `new` says that the request names none, and its IRI was made for it.
    """

    graph: str | None
    format: str | None = None
    new: bool = False


class GraphStoreEndpoint:
    """Reads and writes whole graphs; an ASGI application that routes of the app point to."""

    methods = ("GET", "PUT", "POST", "DELETE", "PATCH")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `problems` answers."""
        state, request = state_of(scope), Request(scope, receive)
        answer: Response
        if request.method == "GET":
            answer = _read(state, request, target_of(request, state.settings.base))
        else:
            check_allowed(state)
            answer = await _write(state, request, target_of(request, state.settings.base))
        await answer(scope, receive, send)


def target_of(request: Request, base: str) -> Target:
    """Find the graph that is meant. Raises BadFilter and UnknownParameter for what names none."""
    pairs = _parameters(request)
    check_parameters([name for name, _ in pairs], ("graph", "default", "format"))
    given = dict(pairs)
    format_ = given.get("format")
    direct = request.scope["path"] != _PATH
    if sum((direct, "graph" in given, "default" in given)) > 1:
        raise BadFilter("More than one graph is named; give one of ?graph=IRI, ?default, or its own address.")
    if "default" in given:
        return Target(None, format_)
    if "graph" in given:
        if not is_iri(given["graph"]):
            raise BadFilter(f"{given['graph'][:100]!r} is not the IRI of a graph; write it whole.")
        return Target(given["graph"], format_)
    if not direct and request.method != "POST":
        raise BadFilter(f"No graph is named; {request.method} {_PATH} with ?graph=IRI or ?default.")
    own = own_address(request, base)
    return Target(own if direct else f"{own}/{uuid.uuid4()}", format_, new=not direct)


def _parameters(request: Request) -> list[tuple[str, str]]:
    too_many = "There are too many parameters; give ?graph=IRI or ?default."
    return pairs_of(request.scope["query_string"], _MAX_FIELDS, "them", too_many)


def _offers() -> tuple[Offer, ...]:
    return tuple(
        Offer(one.media_type, (one.name, one.suffix), one.media_types[1:]) for one in results.GRAPHS.values()
    )


def _read(state: ServerState, request: Request, target: Target) -> RowsResponse:
    """Answer a GET."""
    offers = _offers()
    offer, media_type = (
        named(target.format, offers) if target.format else negotiate(accept_of(request.headers), offers)
    )
    known = ", ".join(request.headers.getlist("if-none-match"))
    return RowsResponse(partial(_graph, state, target, offer, media_type, known))


async def _graph(
    state: ServerState, target: Target, offer: Offer, media_type: str, known: str, watch: Watch
) -> RowsFound:
    """Have a graph read. Raises NotFound."""
    if target.graph is not None:
        node = NamedNode(target.graph)
        if not await anyio.to_thread.run_sync(state.archive.store.holds, node):
            raise missing(target.graph)
    sequence = state.archive.sequence
    tag = _tag(state, target, media_type, sequence)
    headers = {"Vary": "Accept", "Cache-Control": "private, no-cache", "ETag": tag}
    if known and known.strip() != ANY and matches(known, tag):
        return RowsFound(headers, None)
    outline = guard.outline(_ALL)
    if target.graph is not None:
        outline = replace(outline, dataset=Dataset((target.graph,), ()))
    answer = await state.lanes.run(outline, offer.names[0], lingers=watch.begin)
    if state.archive.sequence != sequence:  # it is not sure which state this is
        del headers["ETag"]
    return RowsFound({"Content-Type": content_type(media_type), **headers}, answer.chunks)


def _tag(state: ServerState, target: Target, media_type: str, sequence: int) -> str:
    """Make the strong ETag of a graph in a format, in a state of the store."""
    return tag_of(state.salt, sequence, target.graph or "", media_type)


async def _write(state: ServerState, request: Request, target: Target) -> Response:
    """Answer a request that changes a graph."""
    threads = state.threads
    turns = threads.updates if request.method == "PATCH" else threads.changes
    turns.check()
    change = await _change(state, request, target)
    until = time.monotonic() + state.settings.query_timeout
    made = await turns.run_by(until, partial(change, until=until))
    if not made:
        return Response(status_code=204)
    headers = {"Location": target.graph} if target.graph is not None else {}
    return Response(status_code=201, headers=headers)


async def _change(state: ServerState, request: Request, target: Target) -> Callable[..., bool | None]:
    """Make what does the change; it returns whether there is a new graph. Raises UnsupportedMedia."""
    editor, check = state.editor, _conditions(state, request, target)
    media_type, _ = body_type(request.headers.get("content-type", ""))
    match request.method:
        case "DELETE":
            return partial(editor.remove, target.graph, check)
        case "PATCH":
            if media_type != UPDATE.media_type:
                raise UnsupportedMedia(
                    f"A graph is patched with {UPDATE.media_type}, not with {media_type or 'nothing'!r}."
                )
            body = await request.body()
            outline = await state.threads.checks.run(len(body), _patch, body)
            return partial(editor.patch, target.graph, outline, check)
        case "POST":
            return partial(editor.add, target.graph, await _sent(request, target, state), check)
        case _:
            return partial(editor.put, target.graph, await _sent(request, target, state), check)


async def _sent(request: Request, target: Target, state: ServerState) -> list[Upload]:
    """Wait for what is sent; relative IRIs in it stand below the graph's own."""
    body, sent_as = await request.body(), request.headers.get("content-type", "")
    return uploads(sent_as, body, target.graph or state.settings.base, several=request.method == "POST")


def _patch(body: bytes) -> update_guard.UpdateOutline:
    try:
        return update_guard.outline(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadEncoding(f"The update is not UTF-8 (byte {error.start:,}); send it as UTF-8.") from error


def _conditions(state: ServerState, request: Request, target: Target) -> Callable[[bool], None]:
    """Make what refuses a change whose conditions do not hold, when the one writer has its turn."""
    match, none_match = (", ".join(request.headers.getlist(name)) for name in ("if-match", "if-none-match"))

    def check(there: bool) -> None:
        if match or none_match:
            sequence = state.archive.sequence
            tags = {
                _tag(state, target, kind, sequence)
                for one in _offers()
                for kind in (one.media_type, *one.aliases)
            }
            check_tags(match, none_match, tags if there else None)

    return check
