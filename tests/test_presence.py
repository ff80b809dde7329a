"""Clients that are gone: nothing is begun for them, and nobody waits behind them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import anyio
import httpx
import pytest
from readings import Recorded, echo, visit
from serving import settings_for
from starlette.requests import ClientDisconnect
from starlette.types import Message

from api.app import create_app
from api.connections import Patience
from api.presence import while_there
from api.server import Server, address_of, listen
from graph.codec import article_to_json
from graph.model import Article, Failure, Reading

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


def test_articles_of_clients_that_are_gone_are_dropped_unless_they_are_begun(tmp_path: Path) -> None:
    reader = Held()

    async def walk() -> list[str]:
        app = create_app(settings_for(tmp_path), reader)
        async with app.router.lifespan_context(app), httpx.AsyncClient(timeout=_LONGEST) as client:
            lane, archive = app.state.newsgraph.lane, app.state.newsgraph.archive
            server = Server(app, Patience(drain=1), lambda: None)
            with listen("127.0.0.1", 0) as listener:
                address = f"{address_of(listener)}v1/articles"
                served = asyncio.create_task(server.serve([listener]))
                begun = asyncio.create_task(client.post(address, json=article_to_json(visit().article)))
                assert await anyio.to_thread.run_sync(reader.reading.wait, _LONGEST)
                waits = asyncio.create_task(client.post(address, json=article_to_json(echo().article)))
                await _until(lambda: lane._turn.statistics().tasks_waiting == 1)
                for gone in (begun, waits):  # and with them their connections
                    gone.cancel()
                await _until(lambda: lane._turn.statistics().tasks_waiting == 0)
                reader.let.set()
                await _until(lambda: lane._turn.value == 1)
                assert archive.pending() == []
                listed = (await client.get(address)).json()["items"]
                server.should_exit = True
                await served
                return [item["id"] for item in listed]

    assert asyncio.run(asyncio.wait_for(walk(), 2 * _LONGEST)) == [visit().article.id]
    assert reader.order == [visit().article.id]


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
