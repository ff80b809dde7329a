"""The web application: `create_app(settings)` puts the rooms of this folder together.

    request -> count -> headers -> other origins -> problems -> host -> cross-site -> key
        -> encoding, body limit (-> SPARQL) -> Range, HEAD, conditions, ETag -> route

What comes before the routes is pure ASGI (`security.py`, `caching.py`), and everything that is raised
below `problems` becomes a problem. The store is opened when the server starts and closed when it ends.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api import (
    analyses,
    articles,
    backups,
    candidates,
    counts,
    curation,
    docs,
    entities,
    exports,
    graphs,
    jobs,
    keys,
    linked_data,
    metrics,
    operations,
    paths,
    queries,
    search,
    statements,
    timeline,
)
from api.audit import Audit
from api.bell import Bell
from api.caching import ConditionalMiddleware, HeadMiddleware, WholeMiddleware
from api.clients import client_of, networks
from api.cors import Cors, origins
from api.events import Events
from api.fetching import Fetches, Pages
from api.graph_store import GraphStoreEndpoint
from api.ingestion import Lane
from api.keyguard import KeyGuard, Ring
from api.listing import Choices, lists_of
from api.memo import Memo
from api.moved import lead_on
from api.openapi import describe
from api.pages import mount_pages
from api.preconditions import PreconditionMiddleware
from api.problems import ProblemMiddleware, install_handlers
from api.quick import Guard, Quick, Ways
from api.running import Runner
from api.security import (
    BodyLimit,
    CrossSiteGuard,
    EncodingGuard,
    HostGuard,
    ResponseHeaders,
    host_names,
)
from api.sparql import SparqlEndpoint
from api.state import ServerState
from api.tallies import NO_ROUTE, SPARQL, CountedReader, Routed, Tallies
from api.things import things_of
from api.turns import Threads
from api.updates import UpdateEndpoint
from graph import __version__, pipeline
from graph.edits import Editor
from graph.errors import Merged
from graph.queries import Library, library_of
from graph.settings import Settings
from graph.sparql.cache import Kept
from graph.sparql.lanes import Lanes
from graph.sparql.newest import Checkpoint
from graph.sparql.wire import MEGABYTE
from graph.store.archive import Archive
from graph.store.jobs import Jobs
from graph.store.keys import Keys
from graph.text.reader import Reader

_LOG = logging.getLogger("newsgraph.api")
_ENDPOINTS: dict[str, SparqlEndpoint | UpdateEndpoint | GraphStoreEndpoint | queries.NamedEndpoint] = {
    SPARQL: SparqlEndpoint(),
    "/update": UpdateEndpoint(),
    "/store": GraphStoreEndpoint(),
    "/store/{path:path}": GraphStoreEndpoint(),
    "/v1/queries/{name}": queries.NamedEndpoint(),
}
_ROUTERS = (
    *(articles, entities, statements, timeline, counts, curation, candidates, paths, graphs, analyses),
    *(search, queries, exports, jobs, linked_data, backups, keys, operations, metrics, docs),
)


def create_app(settings: Settings, reader: pipeline.Reader | None = None) -> Application:
    """Make the application; nothing is opened before its lifespan begins.

    `reader` reads the articles: that of the setting `model` if None, which loads it at the first
    article. The lifespan raises what `Archive.open` raises.
    """
    routes = [route for module in _ROUTERS for route in module.router.routes]
    lists = lists_of(routes)
    reader = reader or Reader(settings.model, settings.max_article, settings.entities)
    ring, tallies = Ring(settings), Tallies()
    app = Application(
        settings,
        title="newsgraph",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=partial(_lifespan, settings, reader, ring, tallies),
        ring=ring,
        tallies=tallies,
        middleware=[
            Middleware(kind, **options) for kind, options in (*_doors(settings, ring), *_care(lists))
        ],
        redirect_slashes=False,
    )
    app.state.queries, app.state.lists, app.state.things = library_of(settings), lists, things_of(routes)
    install_handlers(app)
    app.add_exception_handler(Merged, lead_on)
    for module in _ROUTERS:
        app.include_router(module.router)
    for path, endpoint in _ENDPOINTS.items():
        app.router.routes.append(Route(path, endpoint, methods=endpoint.methods, include_in_schema=False))
    mount_pages(app)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]  # as FastAPI documents it
    return app


class Application(FastAPI):
    """The application, with a short way for queries past all that only other routes need.

    `ways` are shorter ones still, for who serves it; what goes by any of them is counted in `tallies`.
    """

    def __init__(self, settings: Settings, ring: Ring, tallies: Tallies, **options: Any) -> None:
        super().__init__(**options)
        self._tallies = tallies
        self._ask: ASGIApp = _ENDPOINTS[SPARQL]
        guards: list[Guard] = []
        for kind, choices in reversed(_doors(settings, ring)):
            self._ask = kind(self._ask, **choices)
            if isinstance(self._ask, Guard):
                guards.append(self._ask)
        quick = Quick(guards, lambda: getattr(self.state, "newsgraph", None), tallies)
        memo = Memo(settings.query_cache * MEGABYTE, lambda: ring.revision)
        self.ways = Ways(memo, quick, tallies=tallies)
        if settings.cors_origins:  # then the answer has headers that depend on who asks
            self.ways = Ways(Memo(0), whole=False, tallies=tallies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. All that decides who may ask, and how much, stands on both ways."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        is_short = scope["path"] == SPARQL and scope["method"] in SparqlEndpoint.methods
        call = self._tallies.begin(scope, SPARQL if is_short else NO_ROUTE)
        try:
            if is_short:
                scope["app"] = self
                await self._ask(scope, receive, call.watched(send))
            else:
                await super().__call__(scope, receive, call.watched(send))
        finally:
            self._tallies.end(call)


def _doors(settings: Settings, ring: Ring) -> list[tuple[Callable[..., ASGIApp], dict[str, Any]]]:
    """List what each request passes first, the outermost first, with its options."""
    friends = origins(settings.cors_origins)
    return [
        (ResponseHeaders, {}),
        *([(Cors, {"allowed": friends})] if friends else []),
        (Audit, {"client": partial(client_of, trusted=networks(settings.trusted_proxies))}),
        (ProblemMiddleware, {}),
        (HostGuard, {"allowed": host_names(settings.allowed_hosts)}),
        (CrossSiteGuard, {"friends": friends}),
        (KeyGuard, {"ring": ring, "settings": settings}),
        (EncodingGuard, {}),
        (BodyLimit, {"limit": settings.max_body}),
    ]


def _care(lists: Sequence[APIRoute]) -> list[tuple[Callable[..., ASGIApp], dict[str, Any]]]:
    """List what comes after the doors: a query takes care of conditions itself, and has no ranges."""
    return [
        (WholeMiddleware, {}),
        (HeadMiddleware, {}),
        (PreconditionMiddleware, {}),
        (ConditionalMiddleware, {"choices": Choices(lists, {graphs.router.prefix: graphs.OFFERS})}),
        (Routed, {}),
    ]


@asynccontextmanager
async def _lifespan(
    settings: Settings, reader: pipeline.Reader, ring: Ring, tallies: Tallies, app: FastAPI
) -> AsyncIterator[None]:
    """Hold the server's state open while it serves."""
    async with AsyncExitStack() as stack:
        state = await anyio.to_thread.run_sync(_open, settings, reader, Bell(), tallies, app.state.queries)
        stack.push_async_callback(anyio.to_thread.run_sync, state.close)
        state.queries = await anyio.to_thread.run_sync(_checked, state.queries, state.editor)
        app.state.queries, app.openapi_schema = state.queries, None
        ring.keys = state.keys
        stack.callback(setattr, ring, "keys", None)
        state.lanes.open()
        stack.push_async_callback(state.lanes.close)
        recovery = await stack.enter_async_context(_recovering(state))
        await stack.enter_async_context(state.runner.running(recovery))
        await stack.enter_async_context(state.fetches.running())
        app.state.metrics = await stack.enter_async_context(metrics.Metrics(state))
        app.state.newsgraph = state
        stack.callback(delattr, app.state, "newsgraph")
        if isinstance(app, Application):
            app.ways.memo.sequence = lambda: state.archive.sequence
            stack.callback(setattr, app.ways.memo, "sequence", None)
        yield


def _open(
    settings: Settings, reader: pipeline.Reader, bell: Bell, tallies: Tallies, library: Library
) -> ServerState:
    archive = Archive.open(settings.data, settings.base)
    try:
        keyring = Keys(settings.data)
        lanes = Lanes(lambda: _newest(archive), archive.ns, settings, sequence=lambda: archive.shown)
    except BaseException:
        archive.close()
        raise
    lane = Lane(archive, CountedReader(reader, tallies))
    if isinstance(reader, Reader):
        reader.pause = lane.give_way
    editor = Editor(archive, settings)
    answers = Kept(settings.query_cache * MEGABYTE)
    many = Jobs(archive.ledger)
    many.listener = bell.ring
    threads = Threads.of_server()
    pages = Pages(settings, threads.bodies)
    fetches = Fetches(pages, archive.ledger, many, bell)
    working = many, bell, Runner(archive, many, lane, bell), Events(many, bell), pages, fetches
    return ServerState(
        settings, archive, lane, lanes, editor, threads, answers, *working, keyring, library, tallies
    )


def _checked(library: Library, editor: Editor) -> Library:
    """Leave out the named queries that do not parse, and tell of all that are left out."""
    library = library.checked(editor.parses)
    for one in library.left_out:
        _LOG.warning("%s", one)
    return library


def _newest(archive: Archive) -> Checkpoint:
    """Give the state that readers see, by the number that the name of its copy is."""
    path = archive.checkpoint()
    return int(path.name), path


@asynccontextmanager
async def _recovering(state: ServerState) -> AsyncIterator[asyncio.Task[None]]:
    """Read what a killed process left unfinished while the server already answers."""
    recovery = asyncio.create_task(_recover(state))
    try:
        yield recovery
    finally:
        await state.lane.close()
        await recovery


async def _recover(state: ServerState) -> None:
    try:
        await state.lane.recover()
    except Exception:
        # What is there can be read all the same; what is pending stays so until the next start.
        _LOG.exception("articles that were not finished could not be read again")
    state.recovered = True
