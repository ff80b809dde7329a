"""Articles of which only the address is sent: off by default, guarded, one at once and many as a job."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from readings import Recorded, echo, numbered, visit
from serving import Client, check_problem, serving, settings_for
from test_api_jobs import taken_on, watched
from test_api_kept import served
from webbing import PUBLIC, Reply, Web, web_of_hosts

from api.app import create_app
from graph.sources.addresses import is_public
from graph.sources.polite import SystemClock

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
KNOWN = [numbered(n) for n in range(8)]


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with web_of_hosts() as served:
        served.pages["news.example/visit"] = page(visit().article.text)
        for n, reading in enumerate(KNOWN):
            served.pages[f"host{n}.example/one"] = page(reading.article.text)
        served.pages["news.example/away"] = Reply(status=302, headers={"Location": "http://inside.example/"})
        served.pages["news.example/picture"] = Reply(b"GIF89a", headers={"Content-Type": "image/gif"})
        served.names["inside.example"] = ["127.0.0.1"]
        yield served


def page(text: str) -> Reply:
    return Reply(text.encode(), headers=PLAIN)


class Hurry(SystemClock):
    """A clock by which every pause is over at once."""

    def wait(self, _seconds: float) -> None:
        """Do not."""


@contextmanager
def fetching(folder: Path, web: Web | None) -> Iterator[Client]:
    """Start a server to which `web` is all the world; that fetches nothing for None."""
    app = create_app(settings_for(folder, fetch=web is not None), Recorded(visit(), echo(), *KNOWN))
    with pytest.MonkeyPatch.context() as patch:
        if web is not None:
            patch.setattr("api.fetching.guard_for", lambda _settings: web.guard())
            patch.setattr("api.fetching.SystemClock", Hurry)
        with serving(app) as client:
            yield client


@pytest.fixture
def client(tmp_path: Path, web: Web) -> Iterator[Client]:
    with fetching(tmp_path, web) as opened:
        yield opened


def test_nothing_is_fetched_unless_the_server_was_told_to(tmp_path: Path, web: Web) -> None:
    before = len(web.asked)
    with fetching(tmp_path, None) as client:
        refused = client.post("/v1/articles", json={"url": "http://news.example/visit"})
        assert "NEWSGRAPH_FETCH" in check_problem(refused, 403, "fetch-off")
        many = client.post("/v1/articles", json=[{"url": "http://news.example/visit"}] * 2)
        assert many.status_code == 207
        assert [one["problem"]["status"] for one in many.json()["items"]] == [403, 403]
        put = client.request("PUT", "/v1/articles/x", json={"url": "http://news.example/visit"})
        check_problem(put, 403, "fetch-off")
    assert len(web.asked) == before


def test_the_page_of_an_address_is_read_like_a_text_that_was_sent(client: Client) -> None:
    sent = {"url": "http://news.example/visit", "title": "My own title"}
    added = client.post("/v1/articles", json=sent)
    assert added.status_code == 201, added.text
    article = added.json()["article"]
    assert article["id"] == visit().article.id
    assert (article["title"], article["url"]) == ("My own title", sent["url"])
    assert len(article["statements"]) == len(visit().statements)


def test_the_day_is_that_of_the_request_where_neither_record_nor_page_has_one(client: Client) -> None:
    added = client.post("/v1/articles?published=2020-02-03", json={"url": "http://host3.example/one"})
    assert added.json()["article"]["published"] == "2020-02-03"


@pytest.mark.parametrize(
    ("url", "status", "slug"),
    [
        ("http://inside.example/secret", 422, "address-refused"),
        ("http://news.example/away", 422, "address-refused"),
        ("http://127.0.0.1:8000/v1/stats", 422, "address-refused"),
        ("http://news.example:22/", 422, "address-refused"),
        ("http://news.example/nothing", 502, "fetch-failed"),
        ("http://news.example/picture", 502, "fetch-failed"),
        ("file:///etc/passwd", 400, "bad-record"),
    ],
)
def test_what_is_no_public_page_is_a_problem(client: Client, url: str, status: int, slug: str) -> None:
    assert check_problem(client.post("/v1/articles", json={"url": url}), status, slug)
    assert client.get("/v1/stats").json()["articles"] == 0


INSIDE = (
    "http://127.0.0.1/secret",
    "http://localhost/secret",
    "http://[::1]/secret",
    "http://[::ffff:10.0.0.1]/secret",
    "http://0x7f000001/secret",
    "http://2130706433/secret",
    "http://169.254.169.254/latest",
    "http://rebound.example/secret",
    "http://news.example@127.0.0.1/secret",
)


@contextmanager
def between(tmp_path: Path) -> Iterator[tuple[Any, Web, Web]]:
    """Serve an application for real; what is public leads to the first web, and what is not to the second."""
    with web_of_hosts() as web, web_of_hosts() as inside:
        web.names["localhost"] = web.names["rebound.example"] = ["127.0.0.1"]

        def lead(address: str, port: int, seconds: float) -> Any:
            return (web if is_public(address) else inside).connect(address, port, seconds)

        guard = web.guard(connect=lead)
        app = create_app(settings_for(tmp_path, fetch=True), Recorded(visit(), echo()))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("api.fetching.guard_for", lambda _settings: guard)
            patch.setattr("api.fetching.SystemClock", Hurry)
            with served(app) as client:
                yield client, web, inside
        assert inside.connected == []
        assert set(web.connected) <= {PUBLIC}


def test_a_running_server_reaches_nothing_inside_whatever_redirects_say(tmp_path: Path) -> None:
    with between(tmp_path) as (client, web, _):
        for n, target in enumerate(INSIDE):
            web.pages[f"away.example/{n}"] = Reply(status=307, headers={"Location": target})
            for url in (f"http://away.example/{n}", target):
                refused = client.post("/v1/articles", json={"url": url})
                assert refused.status_code in {400, 422, 502}, f"{url}: {refused.text}"
                assert refused.json()["detail"]
        many = [{"url": f"http://away.example/{n}"} for n in range(len(INSIDE))]
        job = watched(client, taken_on(client.post("/v1/articles", json=many)))
        assert (job["added"], job["failed"]) == (0, len(INSIDE))
        assert client.get("/v1/stats").json()["articles"] == 0


def test_a_name_that_means_another_address_the_next_time_reaches_nothing_inside(tmp_path: Path) -> None:
    with between(tmp_path) as (client, web, _):
        web.pages["rebind.example/one"] = page(visit().article.text)
        web.pages["rebind.example/two"] = page(echo().article.text)
        web.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
        assert client.post("/v1/articles", json={"url": "http://rebind.example/one"}).status_code == 201
        assert web.resolved.count("rebind.example") == 1, "what was looked at is what was connected to"
        again = client.post("/v1/articles", json={"url": "http://rebind.example/two"})
        check_problem(again, 422, "address-refused")
        web.names["rebind.example"] = [[PUBLIC], *([["127.0.0.1"]] * 5)]
        many = [{"url": "http://rebind.example/two"}, {"url": "http://rebind.example/one"}]
        job = watched(client, taken_on(client.post("/v1/articles", json=many)))
        assert (job["added"], job["failed"]) == (0, 2)
        assert client.get("/v1/stats").json()["articles"] == 1


def test_several_addresses_become_a_job_that_fetches_and_reads_them(client: Client, web: Web) -> None:
    urls = [f"http://host{n}.example/one" for n in range(5)]
    bodies = [*({"url": url} for url in urls), {"url": "http://inside.example/"}, {"text": "Unbekannt."}]
    job = watched(client, taken_on(client.post("/v1/articles", json=bodies)))
    assert (job["state"], job["added"], job["failed"]) == ("done", 5, 2)
    found = client.get(f"/v1/jobs/{job['id']}/articles").json()["items"]
    assert [one["article"] for one in found[:5]] == [one.article.id for one in KNOWN[:5]]
    assert found[5]["problem"]["type"].endswith("address-refused")
    assert not any(asked.url.startswith("inside.example") for asked in web.asked)
    assert client.get(f"/v1/articles/{KNOWN[2].article.id}").json()["url"] == urls[2]


def test_a_page_that_was_not_there_is_fetched_when_the_job_is_tried_again(client: Client, web: Web) -> None:
    sent = [{"url": "http://late.example/six"}, {"url": "http://host7.example/one"}]
    address = taken_on(client.post("/v1/articles", json=sent))
    assert watched(client, address)["failed"] == 1
    web.pages["late.example/six"] = page(KNOWN[6].article.text)
    assert client.post(f"{address}/retry").status_code == 202
    job = watched(client, address)
    assert (job["added"], job["failed"]) == (2, 0)


def test_a_job_that_is_ended_while_a_page_is_fetched_stays_ended(client: Client, web: Web) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slow(_asked: Any) -> Reply:
        asked.set()
        assert go_on.wait(20)
        return page(KNOWN[5].article.text)

    web.pages["slow.example/five"] = slow
    address = taken_on(client.post("/v1/articles", json=[{"url": "http://slow.example/five"}] * 2))
    assert asked.wait(20)
    client.post(f"{address}/cancel")
    go_on.set()
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        job = client.get(address).json()
        assert (job["state"], job["added"], job["failed"]) == ("cancelled", 0, 0)
        time.sleep(0.05)


def test_what_was_not_fetched_is_fetched_after_a_restart(tmp_path: Path, web: Web) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def once_slow(request: Any) -> Reply:
        asked.set()
        assert request.before or go_on.wait(20)
        return page(KNOWN[4].article.text)

    web.pages["restart.example/four"] = once_slow
    with fetching(tmp_path, web) as client:
        sent = [{"url": "http://restart.example/four"}, {"text": KNOWN[1].article.text}]
        address = taken_on(client.post("/v1/articles", json=sent, headers={"Prefer": "respond-async"}))
        assert asked.wait(20)
    go_on.set()
    with fetching(tmp_path, web) as client:
        job = watched(client, address)
    assert (job["state"], job["added"]) == ("done", 2)
