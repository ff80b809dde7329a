"""Runs an ASGI application for a test: in this process, with its lifespan, asked from plain functions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.types import ASGIApp

BASE = "http://localhost:8000"


class Client:
    """Sends requests from a test to an application that runs on an event loop of its own."""

    def __init__(self, portal: BlockingPortal, client: httpx.AsyncClient) -> None:
        self._portal = portal
        self._client = client

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send one request and read the whole answer; `options` are those of httpx."""

        async def send() -> httpx.Response:
            return await self._client.request(method, path, **options)

        return self._portal.call(send)

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Send a GET."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """Send a POST."""
        return self.request("POST", path, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        """Send a DELETE."""
        return self.request("DELETE", path, **options)


@contextmanager
def serving(app: ASGIApp, base: str = BASE) -> Iterator[Client]:
    """Start `app`, give a client for it, and shut it down."""

    @asynccontextmanager
    async def running() -> Any:
        async with AsyncExitStack() as stack:
            router = getattr(app, "router", None)
            if router is not None:
                await stack.enter_async_context(router.lifespan_context(app))
            yield await stack.enter_async_context(
                httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base)
            )

    with start_blocking_portal() as portal, portal.wrap_async_context_manager(running()) as client:
        yield Client(portal, client)


def check_problem(response: httpx.Response, status: int, slug: str) -> str:
    """Check that `response` is a problem of that kind, as RFC 9457 wants it; give its `detail`."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert document["type"] == f"/docs#problem-{slug}"
    assert document["status"] == status
    assert document["title"]
    assert isinstance(document["detail"], str)
    return document["detail"]
