"""Many articles at once: taken on, watched, ended, tried again, forgotten; and through a restart."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from readings import Recorded, echo, numbered, visit
from serving import BASE, Client, check_problem, loaded, serving, settings_for

from api import schemas
from api.app import create_app
from api.intake import MOST_AT_ONCE, MOST_CHARACTERS
from api.schemas import jobs as answers
from graph.codec import article_to_json
from graph.errors import ModelError
from graph.model import Article, Failure, Reading
from graph.store.archive import Archive

LINES = {"Content-Type": "application/x-ndjson"}
ASYNC = {"Prefer": "respond-async"}
KNOWN = [numbered(n) for n in range(60)]
MANY = [article_to_json(one.article) for one in KNOWN]
BAD = {"text": "Unbekannt."}


class Gate:
    """A reader that reads only while it is open; `order` is what it was given."""

    name = "recorded 1.0"

    def __init__(self) -> None:
        self.open = threading.Event()
        self.reading = threading.Event()
        self.order: list[str] = []
        self._inner = Recorded(visit(), echo(), *KNOWN)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for article in articles:
            self.order.append(article.id)
            self.reading.set()
            assert self.open.wait(20)
            yield from self._inner.read_many([article])


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with serving(create_app(settings_for(tmp_path), Recorded(visit(), echo(), *KNOWN))) as opened:
        yield opened


def taken_on(response: httpx.Response) -> str:
    """Check that a job was taken on; give its address."""
    assert response.status_code == 202, response.text
    job = answers.Job.model_validate(response.json())
    assert response.headers["location"] == f"/v1/jobs/{job.id}"
    return response.headers["location"]


def watched(client: Client, address: str, done: Callable[[dict[str, Any]], bool] | None = None) -> Any:
    """Ask for a job until it is at its end, or `done`; for 20 seconds at most."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        job = client.get(address).json()
        answers.Job.model_validate(job)
        if done(job) if done else job["finished"]:
            return job
        time.sleep(0.01)
    raise AssertionError(f"it takes too long: {job}")


def test_many_become_a_job_that_reads_each_once(client: Client) -> None:
    address = taken_on(client.post("/v1/articles", json=[*MANY, BAD, MANY[3], 7]))
    job = watched(client, address)
    counts = {name: job[name] for name in ("articles", "waiting", "added", "replaced", "unchanged", "failed")}
    assert counts == {
        "articles": 63, "waiting": 0, "added": 60, "replaced": 0, "unchanged": 1, "failed": 2,
    }  # fmt: skip
    assert (job["state"], job["problem"]) == ("done", None)
    assert job["created"] <= job["started"] <= job["finished"]
    assert client.get("/v1/stats").json()["articles"] == 60


def test_what_became_of_each_is_paged_and_filtered(client: Client) -> None:
    address = taken_on(client.post("/v1/articles", json=[*MANY, BAD, 7]))
    watched(client, address)
    items: list[Any] = []
    following: str | None = f"{address}/articles?limit=25"
    while following:
        response = client.get(following)
        page = schemas.Page[answers.JobArticle].model_validate(response.json())
        items += page.items
        following = response.links.get("next", {}).get("url")
    assert [item.number for item in items] == list(range(1, 63))
    assert [item.source for item in items] == [f"body:{n}" for n in range(1, 63)]
    assert [item.article for item in items[:60]] == [one.article.id for one in KNOWN]
    failed = client.get(f"{address}/articles?outcome=failed").json()["items"]
    assert [item["number"] for item in failed] == [61, 62]
    kinds = [item["problem"]["type"].partition("#problem-")[2] for item in failed]
    assert kinds == ["not-english", "bad-record"]


def test_few_are_answered_at_once_and_many_characters_are_not(client: Client) -> None:
    assert client.post("/v1/articles", json=MANY[:MOST_AT_ONCE]).status_code == 200
    taken_on(client.post("/v1/articles", json=MANY[: MOST_AT_ONCE + 1]))
    long = [{"text": "word " * (MOST_CHARACTERS // 10)}, {"text": "word " * (MOST_CHARACTERS // 10) + "."}]
    taken_on(client.post("/v1/articles", json=long))
    assert client.post("/v1/articles", json=long[:1] * 2).status_code == 207


@pytest.mark.parametrize(
    ("preference", "applied"),
    [
        ("respond-async", True),
        ("Respond-Async; foo=bar, wait=10", True),
        ("wait=10, respond-async", True),
        ("wait=10", False),
        ('note="a, respond-async"', False),
        ("respond-asynchronously", False),
    ],
)
def test_a_client_may_prefer_a_job(client: Client, preference: str, applied: bool) -> None:
    response = client.post("/v1/articles", json=MANY[0], headers={"Prefer": preference})
    if applied:
        assert response.headers["preference-applied"] == "respond-async"
        job = watched(client, taken_on(response))
        assert job["added"] == 1
    else:
        assert response.status_code == 201


def test_what_is_wrong_as_a_whole_makes_no_job(client: Client) -> None:
    for body, headers in ((b"{", {"Content-Type": "application/json"}), (b" \n\n", LINES)):
        assert client.post("/v1/articles", content=body, headers=headers | ASYNC).status_code in {400, 422}
    assert client.get("/v1/jobs").json() == {"items": [], "next": None}


def test_a_job_of_which_nothing_can_be_used_has_failed(client: Client) -> None:
    address = taken_on(client.post("/v1/articles", json=[7] * 51))
    job = client.get(address).json()
    assert (job["state"], job["failed"]) == ("failed", 51)
    assert "holds no text" in check_problem(client.post(f"{address}/retry"), 409, "conflict")


def test_the_list_has_the_newest_first_and_can_be_filtered(client: Client) -> None:
    addresses = [taken_on(client.post("/v1/articles", json=MANY[n], headers=ASYNC)) for n in range(5)]
    for address in addresses:
        watched(client, address)
    items: list[str] = []
    following: str | None = "/v1/jobs?limit=2&state=done"
    while following:
        response = client.get(following)
        schemas.Page[answers.Job].model_validate(response.json())
        items += [f"/v1/jobs/{item['id']}" for item in response.json()["items"]]
        following = response.links.get("next", {}).get("url")
    assert items == addresses[::-1]
    assert client.get("/v1/jobs?state=failed").json()["items"] == []
    cursor = client.get("/v1/jobs?limit=2").json()["next"]
    check_problem(client.get(f"/v1/jobs?state=done&after={cursor}"), 400, "bad-parameter")
    check_problem(client.get("/v1/jobs?state=receiving"), 400, "bad-parameter")
    check_problem(client.get("/v1/jobs?status=done"), 400, "unknown-parameter")


@pytest.mark.parametrize(
    ("method", "tail"),
    [("GET", ""), ("DELETE", ""), ("GET", "/articles"), ("POST", "/cancel"), ("POST", "/retry")],
)
def test_an_unknown_id_is_told_with_others(client: Client, method: str, tail: str) -> None:
    known = taken_on(client.post("/v1/articles", json=MANY[0], headers=ASYNC))
    for id_ in ("nothing", "%00", "%FF", "💥", "-1", "a" * 100):
        response = client.request(method, f"/v1/jobs/{id_}{tail}")
        assert known.rpartition("/")[2] in check_problem(response, 404, "not-found")
    check_problem(client.request(method, f"/v1/jobs/{'a' * 101}{tail}"), 400, "bad-parameter")


def test_a_job_can_be_ended_and_goes_on_when_it_is_tried_again(tmp_path: Path) -> None:
    gate = Gate()
    with serving(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        check_problem(client.post(f"{address}/retry"), 409, "conflict")
        job = client.post(f"{address}/cancel").json()
        assert (job["state"], job["waiting"], job["finished"]) == ("cancelled", 60, None)
        gate.open.set()
        job = watched(client, address, lambda job: job["added"] > 0)
        assert (job["state"], job["added"] + job["waiting"]) == ("cancelled", 60)
        assert client.post(f"{address}/cancel").json()["state"] == "cancelled"
        taken_on(client.post(f"{address}/retry"))
        job = watched(client, address)
        assert (job["state"], job["added"], job["unchanged"]) == ("done", 60, 0)
        assert len(gate.order) == 60


def test_a_job_that_is_forgotten_leaves_what_it_read(tmp_path: Path) -> None:
    gate = Gate()
    with serving(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        assert client.delete(address).status_code == 204
        check_problem(client.get(address), 404, "not-found")
        gate.open.set()
        assert client.post("/v1/articles", json=article_to_json(visit().article)).status_code == 201
        count = client.get("/v1/stats").json()["articles"]
        assert 1 < count < 20
    with Archive.open(tmp_path, f"{BASE}/") as archive, archive.ledger.reading() as sql:
        for table in ("jobs", "job_articles", "job_texts"):
            assert sql.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_what_failed_is_tried_again_and_nothing_else(tmp_path: Path) -> None:
    class Learning(Recorded):
        def learn(self, reading: Reading) -> None:
            self._readings[reading.article.id] = reading

    reader = Learning(*KNOWN[:30], *KNOWN[31:])
    with serving(create_app(settings_for(tmp_path), reader)) as client:
        address = taken_on(client.post("/v1/articles", json=[*MANY, 7]))
        assert watched(client, address)["failed"] == 2
        asked = len(reader.asked)
        reader.learn(KNOWN[30])
        taken_on(client.post(f"{address}/retry"))
        job = watched(client, address)
        assert (job["state"], job["added"], job["failed"]) == ("done", 60, 1)
        assert len(reader.asked) == asked + 1
        check_problem(client.post(f"{address}/retry"), 409, "conflict")


def test_a_short_article_goes_before_the_rest_of_a_job(tmp_path: Path) -> None:
    gate = Gate()
    with serving(create_app(settings_for(tmp_path), gate)) as client, ThreadPoolExecutor(1) as threads:
        taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        sent = threads.submit(client.post, "/v1/articles", json=article_to_json(visit().article))
        time.sleep(0.2)
        gate.open.set()
        assert sent.result(20).status_code == 201
    assert gate.order.index(visit().article.id) <= 8


def test_jobs_take_turns(tmp_path: Path) -> None:
    gate = Gate()
    with serving(create_app(settings_for(tmp_path), gate)) as client:
        first = taken_on(client.post("/v1/articles", json=MANY))
        second = taken_on(client.post("/v1/articles", json=article_to_json(visit().article), headers=ASYNC))
        gate.open.set()
        assert watched(client, second)["finished"] < watched(client, first)["finished"]
        assert gate.order.index(visit().article.id) <= 8


def test_a_job_without_a_model_fails_and_says_why(tmp_path: Path) -> None:
    class Broken(Recorded):
        broken = True

        def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
            if self.broken:
                raise ModelError("The model is missing; install it.")
            return super().read_many(articles)

    reader = Broken(*KNOWN)
    with serving(create_app(settings_for(tmp_path), reader)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        job = watched(client, address)
        assert (job["state"], job["waiting"]) == ("failed", 60)
        assert job["problem"]["type"] == "/docs#problem-model"
        reader.broken = False
        taken_on(client.post(f"{address}/retry"))
        job = watched(client, address)
        assert (job["state"], job["added"], job["problem"]) == ("done", 60, None)


def test_a_bug_fails_the_job_and_not_the_server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Buggy(Recorded):
        def read_many(self, _articles: Iterable[Article]) -> Iterator[Reading | Failure]:
            raise ZeroDivisionError

    with serving(create_app(settings_for(tmp_path), Buggy())) as client:
        job = watched(client, taken_on(client.post("/v1/articles", json=MANY)))
        assert job["problem"]["type"] == "/docs#problem-read-failed"
    assert "ZeroDivisionError" in caplog.text


def test_a_stop_in_the_middle_goes_on_at_the_next_start(tmp_path: Path) -> None:
    gate = Gate()
    app = create_app(settings_for(tmp_path), gate)
    with serving(app) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        threading.Timer(0.3, gate.open.set).start()
    assert 0 < len(gate.order) < 60
    with serving(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        job = watched(client, address)
        assert (job["state"], job["added"], job["unchanged"]) == ("done", 60, 0)
        assert client.get("/v1/stats").json()["articles"] == 60


def test_an_etag_is_stale_as_soon_as_a_job_changes(tmp_path: Path) -> None:
    gate = Gate()
    with serving(create_app(settings_for(tmp_path), gate)) as client:
        address = taken_on(client.post("/v1/articles", json=MANY))
        assert gate.reading.wait(20)
        watched(client, address, lambda job: job["state"] == "running")
        for path in (address, "/v1/jobs", f"{address}/articles"):
            etag = client.get(path).headers["etag"]
            assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
        etag = client.get(address).headers["etag"]
        client.post(f"{address}/cancel")
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200
        gate.open.set()


def test_too_many_jobs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.jobs.MOST_UNFINISHED", 2)
    gate = Gate()
    with serving(create_app(settings_for(tmp_path), gate)) as client:
        addresses = [taken_on(client.post("/v1/articles", json=MANY)) for _ in range(2)]
        refused = client.post("/v1/articles", json=MANY)
        assert "cancel one" in check_problem(refused, 503, "busy")
        client.post(f"{addresses[0]}/cancel")
        taken_on(client.post("/v1/articles", json=MANY))
        gate.open.set()


def test_lines_that_arrive_in_pieces_are_told_by_their_number(client: Client) -> None:
    lines = [json.dumps(one) for one in MANY]
    filler = " " * 300_000  # more than is taken apart at once
    body = "\n".join([lines[0], filler, "{bad", lines[1] + filler, *lines[2:], filler, "7"])
    address = taken_on(client.post("/v1/articles", content=body.encode(), headers=LINES))
    job = watched(client, address)
    assert (job["articles"], job["added"], job["failed"]) == (62, 60, 2)
    items = client.get(f"{address}/articles?limit=100").json()["items"]
    assert [item["source"] for item in items if item["outcome"] == "failed"] == ["body:3", "body:64"]
    assert [items[n]["source"] for n in (0, 2, 3)] == ["body:1", "body:4", "body:5"]


def test_a_line_that_is_too_long_costs_itself_only(tmp_path: Path) -> None:
    longest = 100 * 12 + 65536
    lines = [json.dumps({**MANY[0], "more": "x" * 400_000}), *map(json.dumps, MANY[1:])]
    with loaded(tmp_path, readings=[], max_article=100) as client:
        for end in (longest + 2, 400_000):
            first = lines[0][:end].ljust(end)
            body = "\n".join([first, *lines[1:], *([lines[1]] * 4000)])
            address = taken_on(client.post("/v1/articles", content=body.encode(), headers=LINES))
            (first_item,) = client.get(f"{address}/articles?limit=1").json()["items"]
            assert first_item["source"] == "body:1"
            assert first_item["problem"]["type"] == "/docs#problem-too-large"
            client.delete(address)
