"""The web application: `create_app(settings)` puts the rooms of this folder together.

    request -> headers -> problems -> host -> cross-site -> key
        -> encoding, body limit -> Range, HEAD, conditions, ETag -> route

What comes before the routes is pure ASGI (`security.py`, `caching.py`), and everything that is raised
below `problems` becomes a problem. The store is opened when the server starts and closed when it ends.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Route

from api import articles, docs, entities, exports, linked_data, operations, statements
from api.caching import ConditionalMiddleware, HeadMiddleware, WholeMiddleware
from api.graph_store import GraphStoreEndpoint
from api.ingestion import Lane
from api.openapi import describe
from api.pages import mount_pages
from api.preconditions import PreconditionMiddleware
from api.problems import ProblemMiddleware, install_handlers
from api.security import (
    BodyLimit,
    CrossSiteGuard,
    EncodingGuard,
    HostGuard,
    KeyGuard,
    ResponseHeaders,
    host_names,
)
from api.sparql import SparqlEndpoint
from api.state import ServerState
from api.turns import Threads
from api.updates import UpdateEndpoint
from graph import __version__, pipeline
from graph.edits import Editor
from graph.settings import Settings
from graph.sparql.pool import QueryPool
from graph.store.archive import Archive
from graph.text.reader import Reader

_LOG = logging.getLogger("newsgraph.api")
_ENDPOINTS: dict[str, SparqlEndpoint | UpdateEndpoint | GraphStoreEndpoint] = {
    "/sparql": SparqlEndpoint(),
    "/update": UpdateEndpoint(),
    "/store": GraphStoreEndpoint(),
    "/store/{path:path}": GraphStoreEndpoint(),
}
_ROUTERS = (articles, entities, statements, exports, linked_data, operations, docs)


def create_app(settings: Settings, reader: pipeline.Reader | None = None) -> FastAPI:
    """Make the application; nothing is opened before its lifespan begins.

    `reader` reads the articles: that of the setting `model` if None, which loads it at the first
    article. The lifespan raises what `Archive.open` raises.
    """
    reader = reader or Reader(settings.model, settings.max_article, settings.entities)
    app = FastAPI(
        title="newsgraph",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=partial(_lifespan, settings, reader),
        middleware=_middleware(settings),
        redirect_slashes=False,
    )
    install_handlers(app)
    for module in _ROUTERS:
        app.include_router(module.router)
    for path, endpoint in _ENDPOINTS.items():
        app.router.routes.append(Route(path, endpoint, methods=endpoint.methods, include_in_schema=False))
    mount_pages(app)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]  # as FastAPI documents it
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    """List what each request passes, the outermost first."""
    key = [Middleware(KeyGuard, key=settings.api_key)] if settings.api_key else []
    return [
        Middleware(ResponseHeaders),
        Middleware(ProblemMiddleware),
        Middleware(HostGuard, allowed=host_names(settings.allowed_hosts)),
        Middleware(CrossSiteGuard),
        *key,
        Middleware(EncodingGuard),
        Middleware(BodyLimit, limit=settings.max_body),
        Middleware(WholeMiddleware),
        Middleware(HeadMiddleware),
        Middleware(PreconditionMiddleware),
        Middleware(ConditionalMiddleware),
    ]


@asynccontextmanager
async def _lifespan(settings: Settings, reader: pipeline.Reader, app: FastAPI) -> AsyncIterator[None]:
    """Hold the server's state open while it serves."""
    async with AsyncExitStack() as stack:
        state = await anyio.to_thread.run_sync(_open, settings, reader)
        stack.push_async_callback(anyio.to_thread.run_sync, state.close)
        await stack.enter_async_context(_recovering(state))
        app.state.newsgraph = state
        stack.callback(delattr, app.state, "newsgraph")
        yield


def _open(settings: Settings, reader: pipeline.Reader) -> ServerState:
    archive = Archive.open(settings.data, settings.base)
    try:
        pool = QueryPool(lambda: (archive.sequence, archive.checkpoint()), archive.ns, settings)
    except BaseException:
        archive.close()
        raise
    lane = Lane(archive, reader)
    if isinstance(reader, Reader):
        reader.pause = lane.give_way
    editor = Editor(archive, settings)
    return ServerState(settings, archive, lane, pool, editor, Threads.beside(settings.query_workers))


@asynccontextmanager
async def _recovering(state: ServerState) -> AsyncIterator[None]:
    """Read what a killed process left unfinished while the server already answers."""
    recovery = asyncio.create_task(_recover(state))
    try:
        yield
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
