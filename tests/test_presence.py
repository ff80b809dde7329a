"""Clients that are gone: nothing is begun for them, and nobody waits behind them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import httpx
import pytest
from readings import Recorded, echo, visit
from serving import settings_for
from starlette.requests import ClientDisconnect
from starlette.types import Message

from api.app import create_app
from api.ingestion import Lane
from api.patience import Patience
from api.presence import while_there
from api.server import Server, address_of, listen
from api.state import ServerState
from graph.codec import article_to_json
from graph.model import Article, Failure, Reading
from graph.pipeline import Reader

_LONGEST = 20.0


class Held:
    """A reader that reads each article only when it is let."""

    name = "held 1.0"

    def __init__(self) -> None:
        self.reading = threading.Event()
        self.let = threading.Event()
        self.order: list[str] = []
        self._inner = Recorded(visit(), echo())

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for article in articles:
            self.order.append(article.id)
            self.reading.set()
            assert self.let.wait(_LONGEST)
            yield from self._inner.read_many([article])


async def _until(true: Callable[[], bool]) -> None:
    """Wait, giving way to the server, until something is `true`."""
    with anyio.fail_after(_LONGEST):
        while not true():
            await anyio.sleep(0.001)


class Endless(Held):
    """A reader that gives way for as long as it is let."""

    lane: Lane

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for article in articles:
            self.order.append(article.id)
            self.reading.set()
            end = time.monotonic() + _LONGEST
            while time.monotonic() < end:
                self.lane.give_way()
            yield from self._inner.read_many([article])


@asynccontextmanager
async def served(folder: Path, reader: Reader) -> AsyncIterator[tuple[ServerState, httpx.AsyncClient, str]]:
    """Serve on a socket; give the state of the server, a client, and the address of the articles."""
    app = create_app(settings_for(folder), reader)
    async with app.router.lifespan_context(app), httpx.AsyncClient(timeout=_LONGEST) as client:
        server = Server(app, Patience(drain=1), lambda: None)
        with listen("127.0.0.1", 0) as listener:
            serving = asyncio.create_task(server.serve([listener]))
            yield app.state.newsgraph, client, f"{address_of(listener)}v1/articles"
            server.should_exit = True
            await serving


def run(walk: Coroutine[None, None, None]) -> None:
    asyncio.run(asyncio.wait_for(walk, 2 * _LONGEST))


def test_articles_of_clients_that_are_gone_are_dropped_unless_they_are_begun(tmp_path: Path) -> None:
    reader = Held()

    async def walk() -> None:
        async with served(tmp_path, reader) as (state, client, address):
            turn = state.lane._turn
            begun = asyncio.create_task(client.post(address, json=article_to_json(visit().article)))
            assert await anyio.to_thread.run_sync(reader.reading.wait, _LONGEST)
            waits = asyncio.create_task(client.post(address, json=article_to_json(echo().article)))
            await _until(lambda: turn.statistics().tasks_waiting == 1)
            for gone in (begun, waits):  # and with them their connections
                gone.cancel()
            await _until(lambda: turn.statistics().tasks_waiting == 0)
            reader.let.set()
            await _until(lambda: turn.value == 1)
            assert state.archive.pending() == []
            listed = (await client.get(address)).json()["items"]
            assert [item["id"] for item in listed] == [visit().article.id]

    run(walk())
    assert reader.order == [visit().article.id]


def test_a_long_article_of_a_client_that_is_gone_is_given_up_between_its_pieces(tmp_path: Path) -> None:
    reader = Endless()

    async def walk() -> None:
        async with served(tmp_path, reader) as (state, client, address):
            reader.lane = state.lane
            gone = asyncio.create_task(client.post(address, json=article_to_json(visit().article)))
            assert await anyio.to_thread.run_sync(reader.reading.wait, _LONGEST)
            assert len((await client.get(address)).json()["items"]) == 1
            gone.cancel()
            await _until(lambda: not state.archive.articles())
            assert (await client.get(address)).json()["items"] == []
            assert state.archive.pending() == []
            assert list(state.archive.store.quads()) == []

    run(walk())


def test_what_is_done_before_the_client_goes_is_given() -> None:
    async def walk() -> int:
        async with while_there(anyio.sleep_forever):  # type: ignore[arg-type]
            return 5
        raise AssertionError

    assert anyio.run(walk) == 5


def test_errors_of_the_block_pass_as_they_are() -> None:
    async def walk() -> None:
        async with while_there(anyio.sleep_forever):  # type: ignore[arg-type]
            raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        anyio.run(walk)


def test_a_client_that_goes_ends_the_waiting() -> None:
    messages: list[Message] = [{"type": "http.disconnect"}, {"type": "http.request"}]

    async def receive() -> Message:
        return messages.pop()

    async def walk() -> None:
        with anyio.fail_after(_LONGEST):
            async with while_there(receive):
                await anyio.sleep_forever()

    with pytest.raises(ClientDisconnect):
        anyio.run(walk)
