"""Server-sent events of jobs, over a real connection."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from readings import Recorded
from serving import check_problem, settings_for
from test_api_jobs import ASYNC, KNOWN, MANY, Gate, taken_on, watched
from test_api_kept import served

from api import events
from api.app import create_app
from api.schemas import jobs as answers


@dataclass
class Event:
    """What a browser would make of an event."""

    id: int
    name: str
    data: Any


def told(lines: Iterator[str]) -> Iterator[Event]:
    """Read events as the HTML standard does; comments and `retry` are left out."""
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            if name:
                fields[name] = value.removeprefix(" ")
        elif "data" in fields:
            yield Event(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            fields = {}
        else:
            fields = {}


@contextmanager
def listening(client: httpx.Client, address: str, last: int | None = None) -> Iterator[Iterator[Event]]:
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    with client.stream("GET", f"{address}/events", headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream"
        yield told(response.iter_lines())


def check_whole(found: list[Event]) -> None:
    """Each article is told once, in the order of ids, and the last event is the end."""
    articles = [event.data["number"] for event in found if event.name == "article"]
    assert sorted(articles) == list(range(1, len(MANY) + 1))
    assert [event.id for event in found] == sorted(event.id for event in found)
    ids = [event.id for event in found if event.name != "job"]
    assert len(set(ids)) == len(ids)
    assert [event.name for event in found if event.name == "end"] == ["end"] == [found[-1].name]
    for event in found:
        (answers.JobArticle if event.name == "article" else answers.Job).model_validate(event.data)
    assert found[-1].data["added"] == len(MANY)


def test_each_article_is_told_once_and_then_the_end(tmp_path: Path) -> None:
    gate = Gate()
    with served(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        threading.Timer(0.3, gate.open.set).start()
        with listening(client, address) as found:
            check_whole(list(found))


def test_a_listener_goes_on_where_it_was_and_then_is_told_to_stay_away(tmp_path: Path) -> None:
    with served(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        watched(client, address)
        with listening(client, address) as found:
            first = [next(found) for _ in range(7)]
        with listening(client, address, first[-1].id) as found:
            rest = list(found)
        check_whole(first + rest)
        again = client.get(f"{address}/events", headers={"Last-Event-ID": str(rest[-1].id)})
        assert (again.status_code, again.content) == (204, b"")
        end = rest[-1].id
        for strange in (
            "",
            "x",
            "-5",
            "1e9",
            "9" * 99,
            "0",
            str(end + 1),
            "9" * 15,
            "9" * 16,
            "9" * 999,
            "\u0661",
        ):
            given = strange.encode()
            response = client.get(f"{address}/events", headers={"Last-Event-ID": given})  # type: ignore[dict-item]
            check_whole(list(told(iter(response.text.split("\n")))))


def test_an_id_that_is_still_to_come_is_none(tmp_path: Path) -> None:
    gate = Gate()
    with served(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        threading.Timer(0.3, gate.open.set).start()
        with listening(client, address, 10_000) as found:
            check_whole(list(found))


def test_more_articles_than_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_PAGE", 7)
    with served(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        with listening(client, address) as found:
            check_whole(list(found))


def test_a_quiet_job_lets_its_listeners_know_that_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "BEAT", 0.1)
    gate = Gate()
    with served(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        with client.stream("GET", f"{address}/events") as response:
            assert sum(line == ":" for line, _ in zip(response.iter_lines(), range(30), strict=False)) > 3
        gate.open.set()


def test_a_job_that_is_ended_or_forgotten_ends_its_events(tmp_path: Path) -> None:
    gate = Gate()
    with served(create_app(settings_for(tmp_path), gate)) as client:
        first = taken_on(client.post("/v1/articles", json=MANY))
        second = taken_on(client.post("/v1/articles", json=MANY[0], headers=ASYNC))
        with listening(client, first) as found, listening(client, second) as others:
            next(found), next(others)
            client.post(f"{first}/cancel")
            client.delete(second)
            assert [event.name for event in others] == []
            gate.open.set()
            told_of = list(found)
            assert told_of[-1].name == "end"
            assert told_of[-1].data["state"] == "cancelled"
        check_problem(client.get(f"{second}/events"), 404, "not-found")


def test_the_end_of_a_cancelled_job_comes_after_the_last_article_that_was_being_read(tmp_path: Path) -> None:
    gate = Gate()
    with served(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        with listening(client, address) as found:
            job = client.post(f"{address}/cancel").json()
            assert (job["state"], job["finished"]) == ("cancelled", None)
            first = next(one for one in found if one.data["state"] == "cancelled")
            assert first.name == "job"
            gate.open.set()
            rest = list(found)
        read = [one.name for one in rest].count("article")
        assert [one.name for one in rest][-1] == "end"
        end = rest[-1].data
        assert 0 < read <= 8
        assert (end["state"], end["added"], end["waiting"]) == ("cancelled", read, len(MANY) - read)
        assert end["finished"] is not None
        assert client.get(address).json() == end


def test_too_many_listeners_are_refused_and_leave_room_when_they_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MOST", 2)
    gate = Gate()
    with served(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        with listening(client, address) as one, listening(client, address) as two:
            next(one), next(two)
            check_problem(client.get(f"{address}/events"), 503, "busy")
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with client.stream("GET", f"{address}/events") as response:
                if response.status_code == 200:
                    break
        else:
            raise AssertionError("who has left still counts")
        gate.open.set()


def test_a_stop_lets_listeners_go_at_once(tmp_path: Path) -> None:
    gate = Gate()
    app = create_app(settings_for(tmp_path), gate)
    with served(app) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        with client.stream("GET", f"{address}/events") as response:
            lines = response.iter_lines()
            next(lines)
            app.state.newsgraph.bell._loop.call_soon_threadsafe(app.state.newsgraph.leave)
            began = time.monotonic()
            assert any("stopping" in line for line in lines)
            assert time.monotonic() - began < 5
        gate.open.set()


@pytest.mark.parametrize("method", ["HEAD", "POST", "DELETE"])
def test_who_wants_no_events_does_not_wait_for_them(tmp_path: Path, method: str) -> None:
    """A condition makes the server look at what is there; that is the head of a stream, and no more."""
    gate = Gate()
    with served(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        response = client.request(method, f"{address}/events", headers={"If-Match": "*"}, timeout=5)
        assert response.status_code == (200 if method == "HEAD" else 405)
        gate.open.set()


def test_conditions_on_a_stream_do_not_stop_the_server(tmp_path: Path) -> None:
    with served(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        client.post("/v1/articles", json=MANY[:3])
        response = client.post("/v1/export/jsonl", headers={"If-Match": "*"}, timeout=5)
        assert response.status_code == 405
        assert client.get("/healthz", timeout=5).status_code == 200


def test_listeners_in_step_read_the_ledger_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    inner = events.read_part

    def counted(jobs: Any, id_: str, after: int) -> events.Part:
        reads.append(after)
        return inner(jobs, id_, after)

    monkeypatch.setattr(events, "read_part", counted)
    gate = Gate()
    with served(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        watched(client, address, lambda job: job["state"] == "running")
        before = len(reads)
        for _ in range(20):
            with listening(client, address) as found:
                next(found)
        assert len(reads) - before <= 2
        gate.open.set()
