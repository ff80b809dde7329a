"""Runs an ASGI application for a test: in this process, with its lifespan, asked from plain functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from readings import Recorded, echo, numbered, visit
from starlette.types import ASGIApp

from api.app import create_app
from graph.codec import article_to_json
from graph.model import Reading
from graph.settings import Settings

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


READINGS = (visit(), echo(), *map(numbered, range(20)))
"""What `loaded` serves; `visit` has every feature that a statement can have."""


def settings_for(folder: Path, **changed: Any) -> Settings:
    """Make settings that no environment variable changes."""
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    return Settings(**{**defaults, "data": folder, "query_workers": 1, **changed})


@contextmanager
def loaded(folder: Path, readings: Sequence[Reading] = READINGS, **changed: Any) -> Iterator[Client]:
    """Serve an archive in `folder` that holds `readings`; articles other than these are not English to it."""
    app = create_app(settings_for(folder, **changed), Recorded(*READINGS))
    with serving(app) as client:
        for reading in readings:
            response = client.post("/v1/articles", json=article_to_json(reading.article))
            assert response.status_code == 201, response.text
        yield client


def pages(client: Client, address: str) -> list[dict]:
    """Follow the Link headers to the end; give all items."""
    items: list[dict] = []
    following: str | None = address
    while following:
        response = client.get(following)
        assert response.status_code == 200, response.text
        items += response.json()["items"]
        following = response.links.get("next", {}).get("url")
    return items
