from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import pytest
from readings import Recorded, echo, numbered, visit
from serving import BASE, check_problem, serving, settings_for

from api import schemas
from api.app import create_app
from api.ingestion import Lane
from graph.codec import article_to_json
from graph.errors import Busy, ModelError, NotEnglish
from graph.model import Article, Failure, Outcome, Reading
from graph.store.archive import Archive
from graph.text.reader import Reader

KNOWN = [visit(), echo(), *map(numbered, range(8))]


class Gate:
    """A reader that waits at each article until it is let through."""

    name = "recorded 1.0"

    def __init__(self) -> None:
        self.open = threading.Event()
        self.reading = threading.Event()
        self.order: list[str] = []
        self.at_once = 0
        self._inner = Recorded(*KNOWN)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for article in articles:
            self.at_once += 1
            assert self.at_once == 1, "two articles are read at once"
            self.order.append(article.id)
            self.reading.set()
            assert self.open.wait(20)
            self.at_once -= 1
            yield from self._inner.read_many([article])


class Broken:
    """A reader without a model."""

    name = "broken 1.0"

    def read_many(self, _articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        raise ModelError("The model is missing; install it.")


def test_results_come_in_order_and_failures_pass_through(archive: Archive) -> None:
    lost = Failure("body:2", NotEnglish("x"))
    items = [visit().article, lost, Article("Unbekannt."), visit().article]
    results = anyio.run(Lane(archive, Recorded(*KNOWN)).ingest, items)
    assert [result.outcome for result in results] == [Outcome.ADDED, None, None, Outcome.UNCHANGED]
    assert results[1].error is lost.error
    assert isinstance(results[2].error, NotEnglish)
    assert [record.article for record in archive.articles()] == [visit().article]


def test_a_short_article_does_not_wait_for_the_end_of_a_batch(archive: Archive) -> None:
    gate = Gate()
    lane = Lane(archive, gate)
    batch = [numbered(n).article for n in range(8)]

    async def both() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lane.ingest, batch)
            await anyio.to_thread.run_sync(gate.reading.wait)
            tasks.start_soon(lane.ingest, [visit().article])
            await anyio.wait_all_tasks_blocked()
            gate.open.set()

    anyio.run(both)
    assert gate.order.index(visit().article.id) == 1
    assert len(archive.articles()) == 9


def test_too_many_waiting_are_told_so(archive: Archive) -> None:
    gate = Gate()
    lane = Lane(archive, gate)
    refused: list[Busy] = []

    async def one() -> None:
        try:
            await lane.ingest([visit().article])
        except Busy as error:
            refused.append(error)

    async def crowd() -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(30):
                tasks.start_soon(one)
            await anyio.wait_all_tasks_blocked()
            assert refused
            gate.open.set()

    anyio.run(crowd)
    assert 0 < len(refused) < 30
    assert "again" in str(refused[0])
    assert len(archive.articles()) == 1


class Pieces(Gate):
    """A reader of long articles, which gives way once at each, when it is let through."""

    lane: Lane

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for article in articles:
            self.order.append(article.id)
            self.reading.set()
            assert self.open.wait(20)
            self.lane.give_way()
            self.order.append(article.id)
            yield from self._inner.read_many([article])


def test_others_are_read_between_the_pieces_of_a_long_article(archive: Archive) -> None:
    reader = Pieces()
    lane = reader.lane = Lane(archive, reader)

    async def both() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lane.ingest, [echo().article])
            await anyio.to_thread.run_sync(reader.reading.wait)
            tasks.start_soon(lane.ingest, [visit().article])
            await anyio.wait_all_tasks_blocked()
            reader.open.set()

    anyio.run(both)
    first, second = echo().article.id, visit().article.id
    assert reader.order == [first, second, first, second], "each goes on when it is its turn again"
    assert len(archive.articles()) == 2
    assert archive.pending() == []


def test_a_lane_that_stops_waits_for_what_gave_way(archive: Archive) -> None:
    reader = Pieces()
    lane = reader.lane = Lane(archive, reader)

    async def stopped() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lane.ingest, [echo().article])
            await anyio.to_thread.run_sync(reader.reading.wait)
            tasks.start_soon(lane.close)
            await anyio.wait_all_tasks_blocked()
            reader.open.set()

    anyio.run(stopped)
    assert [record.article for record in archive.articles()] == [echo().article]


def test_a_server_lets_others_between_the_pieces_that_its_reader_parses(tmp_path: Path) -> None:
    reader = Reader()
    app = create_app(settings_for(tmp_path), reader)
    with serving(app):
        assert reader.pause == app.state.newsgraph.lane.give_way


def test_who_waits_too_long_is_sent_away_with_nothing_begun(archive: Archive) -> None:
    gate = Gate()
    lane = Lane(archive, gate, patience=0.05)

    async def both() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lane.ingest, [echo().article])
            await anyio.to_thread.run_sync(gate.reading.wait)
            with pytest.raises(Busy, match="what was read is kept"):
                await lane.ingest([visit().article, numbered(1).article])
            gate.open.set()

    anyio.run(both)
    assert gate.order == [echo().article.id]
    assert [record.article for record in archive.articles()] == [echo().article], "the turn came back"
    assert anyio.run(lane.ingest, [visit().article])[0].outcome is Outcome.ADDED


def test_waiting_too_long_is_busy_over_http(tmp_path: Path) -> None:
    gate = Gate()
    app = create_app(settings_for(tmp_path), gate)
    with serving(app) as client, ThreadPoolExecutor(1) as threads:
        app.state.newsgraph.lane._patience = 0.05
        first = threads.submit(client.post, "/v1/articles", json=article_to_json(echo().article))
        assert gate.reading.wait(20)
        refused = client.post("/v1/articles", json=article_to_json(visit().article))
        assert "again in a minute" in check_problem(refused, 503, "busy")
        assert int(refused.headers["retry-after"]) > 0
        gate.open.set()
        assert first.result(20).status_code == 201
        assert client.get("/v1/articles").json()["items"][0]["id"] == echo().article.id


def test_a_missing_model_is_an_error_of_its_own(archive: Archive) -> None:
    with pytest.raises(ModelError):
        anyio.run(Lane(archive, Broken()).ingest, [visit().article])
    assert archive.pending() == []


def leave_pending(folder: Path, *readings: Reading) -> None:
    """Leave articles as a killed process does."""
    with Archive.open(folder, f"{BASE}/") as archive:
        for reading in readings:
            archive.begin(reading.article, "recorded 1.0")


def test_what_a_killed_process_left_is_read_at_the_start(tmp_path: Path) -> None:
    leave_pending(tmp_path, visit(), echo())
    gate = Gate()
    with serving(create_app(settings_for(tmp_path), gate)) as client:
        assert gate.reading.wait(20)
        assert client.get("/healthz").status_code == 200, "health never waits for a recovery"
        assert client.get("/readyz").status_code == 503
        assert client.get("/v1/stats").json()["articles"] == 0
        gate.open.set()
        assert any(client.get("/readyz").status_code == 200 for _ in range(5000))
        assert client.get("/v1/stats").json()["articles"] == 2


def test_a_stop_ends_a_recovery_and_loses_nothing(tmp_path: Path) -> None:
    leave_pending(tmp_path, *KNOWN)
    gate = Gate()
    app = create_app(settings_for(tmp_path), gate)
    with serving(app):
        assert gate.reading.wait(20)
        stopped = app.state.newsgraph.lane._stopped
        threading.Thread(target=lambda: stopped.wait(20) and gate.open.set()).start()
    assert len(gate.order) < len(KNOWN)
    with Archive.open(tmp_path, f"{BASE}/") as archive:
        assert len(archive.pending()) == len(KNOWN) - len(gate.order), "the article at hand is kept"
        assert len(archive.articles()) == len(KNOWN)


def test_a_recovery_takes_turns_with_new_articles(archive: Archive) -> None:
    for reading in KNOWN[1:]:
        archive.ledger.begin(reading.article, "recorded 1.0")
    gate = Gate()
    lane = Lane(archive, gate)

    async def both() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lane.recover)
            await anyio.to_thread.run_sync(gate.reading.wait)
            tasks.start_soon(lane.ingest, [visit().article])
            await anyio.wait_all_tasks_blocked()
            gate.open.set()

    anyio.run(both)
    assert gate.order.index(visit().article.id) == 1
    assert len(archive.articles()) == len(KNOWN)
    assert archive.pending() == []


def test_an_article_that_was_given_up_is_told_of_and_stops_no_other(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    for reading in (visit(), echo()):
        archive.ledger.begin(reading.article, "recorded 1.0")
    for _ in range(3):
        archive.ledger.attempt(visit().article)
    reader = Recorded(*KNOWN)
    anyio.run(Lane(archive, reader).recover)
    assert reader.asked == [echo().article.id]
    assert "'Xi to visit Moscow' could not be read again: The reading of the article" in caplog.text


def test_an_article_that_cannot_be_read_again_is_listed_with_its_problem(tmp_path: Path) -> None:
    leave_pending(tmp_path, visit())
    with serving(create_app(settings_for(tmp_path), Recorded(echo()))) as client:
        assert any(client.get("/readyz").status_code == 200 for _ in range(5000))
        (item,) = client.get("/v1/articles").json()["items"]
        assert (item["state"], item["problem"]) == ("failed", "Not a reading that is known by heart.")
        detail = client.get(f"/v1/articles/{item['id']}").json()
        assert schemas.ArticleDetail.model_validate(detail).problem == item["problem"]


def test_a_recovery_that_fails_leaves_the_server_usable(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    leave_pending(tmp_path, visit())
    with serving(create_app(settings_for(tmp_path), Broken())) as client:
        assert any(client.get("/readyz").status_code == 200 for _ in range(5000))
        (item,) = client.get("/v1/articles").json()["items"]
        assert (item["state"], item["problem"]) == ("pending", None)
    assert "The model is missing" in caplog.text
