"""Articles that the server was told to stop before it had read them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import anyio
import httpx
import pytest
from readings import Recorded, numbered
from serving import BASE, check_problem, settings_for

from api.app import create_app
from api.errors import Stopping
from api.ingestion import Lane
from api.patience import Patience
from api.server import Server, address_of, listen
from graph.codec import article_to_json
from graph.model import Article, Failure, Reading
from graph.store.archive import Archive

_LONGEST = 20.0
READINGS = [numbered(n) for n in range(3)]
BATCH = [article_to_json(one.article) for one in READINGS]


class Held:
    """A reader that reads the first article to its end only when it is let."""

    name = "held 1.0"

    def __init__(self) -> None:
        self.reading = threading.Event()
        self.let = threading.Event()
        self._inner = Recorded(*READINGS)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for article in articles:
            self.reading.set()
            assert self.let.wait(_LONGEST)
            yield from self._inner.read_many([article])


def posted_and_stopped(folder: Path, reader: Held, *, until_cancelled: bool) -> httpx.Response:
    """Post a batch, stop the server while it reads the first article; let it read on when it gives up."""

    async def walk() -> httpx.Response:
        app = create_app(settings_for(folder), reader)
        async with app.router.lifespan_context(app), httpx.AsyncClient(timeout=_LONGEST) as client:
            stop = app.state.newsgraph.lane.stop
            last_call = (lambda: None) if until_cancelled else (lambda: (stop(), reader.let.set()))
            server = Server(app, Patience(drain=1), last_call)
            with listen("127.0.0.1", 0) as listener:
                address = address_of(listener)
                served = asyncio.create_task(server.serve([listener]))
                sent = asyncio.create_task(client.post(f"{address}v1/articles", json=BATCH))
                assert await anyio.to_thread.run_sync(reader.reading.wait, _LONGEST)
                server.should_exit = True
                await served
                reader.let.set()
                return await sent

    return asyncio.run(asyncio.wait_for(walk(), 2 * _LONGEST))


@pytest.mark.parametrize("until_cancelled", [False, True])
def test_a_batch_that_is_cut_off_is_to_be_sent_again(
    tmp_path: Path, until_cancelled: bool, caplog: pytest.LogCaptureFixture
) -> None:
    response = posted_and_stopped(tmp_path, Held(), until_cancelled=until_cancelled)
    assert "again in a few seconds" in check_problem(response, 503, "stopping")
    assert int(response.headers["retry-after"]) > 0
    told = [one.getMessage() for one in caplog.records if one.name != "newsgraph.audit"]
    assert not any("failed" in line for line in told), "to be stopped is no fault"
    with Archive.open(tmp_path, f"{BASE}/") as archive:
        assert [record.article for record in archive.articles()] == [READINGS[0].article]
        assert archive.pending() == []


def test_a_closed_lane_reads_no_more(archive: Archive) -> None:
    async def late() -> None:
        lane = Lane(archive, Recorded(*READINGS))
        await lane.close()
        await lane.ingest([READINGS[0].article])

    with pytest.raises(Stopping):
        anyio.run(late)
    assert archive.articles() == []
