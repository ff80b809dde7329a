"""Parquet over HTTP: always a job, read by a process of its own, with a problem for what cannot be read."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from readings import Recorded, echo, visit
from serving import Client, check_problem, loaded, serving, settings_for
from test_api_jobs import KNOWN, taken_on, watched
from test_api_kept import served
from test_confined import repeated, table

from api.app import create_app
from graph.codec import article_to_json
from graph.confined import reading

pa = pytest.importorskip("pyarrow")

PARQUET = {"Content-Type": "application/vnd.apache.parquet"}
TEXTS = [one.article.text for one in KNOWN]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with serving(create_app(settings_for(tmp_path), Recorded(visit(), echo(), *KNOWN))) as opened:
        yield opened


def send(client: Client | httpx.Client, data: bytes, query: str = "") -> httpx.Response:
    return client.post(f"/v1/articles{query}", content=data, headers=PARQUET)


def test_each_row_is_an_article_of_a_job(client: Client) -> None:
    texts = [TEXTS[0], None, "Unbekannt.", *TEXTS[1:]]
    address = taken_on(send(client, table(text=texts, headline=["Port"] * len(texts))))
    job = watched(client, address)
    assert (job["state"], job["articles"], job["added"], job["failed"]) == ("done", 62, 60, 2)
    failed = client.get(f"{address}/articles?outcome=failed").json()["items"]
    assert [(one["number"], one["source"]) for one in failed] == [(2, "body:2"), (3, "body:3")]
    assert [one["problem"]["status"] for one in failed] == [400, 422]
    assert client.get("/v1/articles?limit=1").json()["items"][0]["title"] == "Port"


def test_one_row_is_a_job_too_and_days_may_be_given_for_all(client: Client) -> None:
    response = send(client, table(text=TEXTS[:1]), "?published=2023-03-17")
    assert "preference-applied" not in response.headers
    watched(client, taken_on(response))
    assert client.get("/v1/articles").json()["items"][0]["published"] == "2023-03-17"


def test_addresses_of_pages_are_not_fetched_unless_told_to(client: Client) -> None:
    data = table(text=[TEXTS[0], None], url=[None, "http://news.example/1"])
    address = taken_on(send(client, data))
    watched(client, address)
    (failed,) = client.get(f"{address}/articles?outcome=failed").json()["items"]
    assert failed["problem"]["type"] == "/docs#problem-fetch-off"


@pytest.mark.parametrize(
    ("data", "status", "slug"),
    [
        (b"", 422, "not-text"),
        (b"PAR1 and no more", 422, "not-text"),
        (table(text=[TEXTS[0]])[:-9], 422, "not-text"),
        (table(name=["Hale"]), 400, "bad-record"),
        (table(text=pa.array([], pa.string())), 422, "empty-text"),
        (table(text=pa.nulls(1_001, pa.string())), 413, "too-large"),
        (table(text=repeated("word " * 100_000, 1000)), 413, "too-large"),
        (table(text=repeated("word " * 50_000, 5)), 413, "too-large"),
    ],
    ids=["nothing", "marks", "cut", "no text", "no rows", "many rows", "bomb", "small bomb"],
)
def test_what_cannot_be_read_leaves_no_job(
    client: Client, monkeypatch: pytest.MonkeyPatch, data: bytes, status: int, slug: str
) -> None:
    monkeypatch.setattr("api.tables.MOST_ARTICLES", 1_000)
    assert check_problem(send(client, data), status, slug)
    assert client.get("/v1/jobs").json()["items"] == []
    taken_on(send(client, table(text=TEXTS[:1])))


def test_a_reader_that_dies_leaves_no_job(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MEMORY", 8 << 20)
    check_problem(send(client, table(text=[*TEXTS[:20], "word " * 5_000_000])), 413, "too-large")
    assert client.get("/v1/jobs").json()["items"] == []


def test_a_body_is_limited_and_the_disk_is_left_as_it_was(tmp_path: Path) -> None:
    with loaded(tmp_path, readings=[], max_body=10_000) as client:
        noise = table(text=pa.array([os.urandom(20_000)], pa.binary()))
        check_problem(send(client, noise), 413, "too-large")
        send(client, b"PAR1")
        known = ("checkpoints", "graph", "ledger", "search", "keys")
        assert [name for name in os.listdir(tmp_path) if not name.startswith(known)] == []


def test_a_full_disk_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_request: Any, _file: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("api.tables._spool", full)
    check_problem(send(client, table(text=TEXTS[:1])), 507, "store-full")


def test_a_table_takes_the_place_of_no_article(client: Client) -> None:
    client.post("/v1/articles", json=article_to_json(visit().article))
    address = f"/v1/articles/{visit().article.id}"
    response = client.request("PUT", address, content=table(text=TEXTS[:1]), headers=PARQUET)
    assert "text/plain" in check_problem(response, 415, "unsupported-media")


def test_without_its_library_the_problem_says_what_to_install(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(reading, "find_spec", lambda name: None if name == "pyarrow" else find(name))
    told = check_problem(send(client, table(text=TEXTS[:1])), 415, "unsupported-media")
    assert ".[parquet]" in told


def test_many_at_once_are_read_or_told_to_wait(tmp_path: Path) -> None:
    data = table(text=TEXTS[:3])
    with served(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        with ThreadPoolExecutor(20) as threads:
            found = list(threads.map(lambda _: send(client, data), range(20)))
        statuses = {one.status_code for one in found}
        assert 202 in statuses
        assert statuses <= {202, 503}
        assert all("retry-after" in one.headers for one in found if one.status_code == 503)
        assert client.get("/healthz").status_code == 200


def test_a_client_that_leaves_takes_its_table_with_it(tmp_path: Path) -> None:
    data = table(text=[f"{n} {hash(n * 7919)} words" * 4 for n in range(90_000)])
    with served(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        for _ in range(3):
            with pytest.raises(httpx.ReadTimeout):
                client.post("/v1/articles", content=data, headers=PARQUET, timeout=0.3)
        job = taken_on(send(client, table(text=TEXTS[:1])))
        watched(client, job)  # type: ignore[arg-type]
        assert len(client.get("/v1/jobs").json()["items"]) == 1
