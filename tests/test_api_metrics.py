"""What `/metrics` tells, that it is right to the one, and that nobody can make it grow or hold it up."""

from __future__ import annotations

import random
import string
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as text_families
from readings import Recorded, echo, numbered, visit
from scraping import DURATION, QUERIES, REQUESTS, Samples, labels, moved, parsed, value
from serving import READINGS, Client, check_problem, loaded, serving, settings_for

from api.app import create_app
from api.tallies import METRICS, NO_ROUTE, CountedReader, Tallies
from graph.codec import article_to_json
from graph.errors import StoreError
from graph.model import Article, Failure, Reading
from graph.store.keys import Access, Keys

OPEN = {"Accept": "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"}
STORED = ("articles", "statements", "entities", "relations")


def scraped(client: Client) -> Samples:
    response = client.get(METRICS)
    assert response.status_code == 200, response.text
    return parsed(response.text)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("metrics")) as opened:
        yield opened


ASKED = [
    ("GET", "/v1/stats", "/v1/stats", "2xx"),
    ("GET", "/v1/articles/none%2Fsuch", NO_ROUTE, "4xx"),
    ("GET", "/v1/articles/none", "/v1/articles/{id}", "4xx"),
    ("GET", f"/v1/articles/{visit().article.id}", "/v1/articles/{id}", "2xx"),
    ("DELETE", "/v1/jobs/none", "/v1/jobs/{id}", "4xx"),
    ("GET", "/v1/statements?limit=0", "/v1/statements", "4xx"),
    ("POST", "/v1/stats", "/v1/stats", "4xx"),
    ("BREW", "/v1/stats", "/v1/stats", "4xx"),
    ("HEAD", "/v1/stats", "/v1/stats", "2xx"),
    ("OPTIONS", "/v1/stats", "/v1/stats", "2xx"),
    ("GET", "/v1/export/jsonl", "/v1/export/{format}", "2xx"),
    ("HEAD", "/v1/export/jsonl", "/v1/export/{format}", "2xx"),
    ("GET", "/sparql?query=ASK%7B%7D", "/sparql", "2xx"),
    ("HEAD", "/sparql?query=ASK%7B%7D", "/sparql", "2xx"),
    ("GET", "/sparql", "/sparql", "2xx"),
    ("PUT", "/sparql", "/sparql", "4xx"),
    ("GET", "/v1/queries/plans", "/v1/queries/{name}", "2xx"),
    ("POST", "/update", "/update", "4xx"),
    ("GET", "/store?default", "/store", "2xx"),
    ("GET", "/store/notes", "/store/{path}", "4xx"),
    ("GET", "/entity/Xi_Jinping", "/entity/{id}", "3xx"),
    ("GET", "/", "/", "2xx"),
    ("GET", "/assets/app.js", "/assets", "2xx"),
    ("GET", "/assets/page/none", "/assets/page", "4xx"),
    ("GET", "/healthz", "/healthz", "2xx"),
    ("GET", "/metrics/", NO_ROUTE, "4xx"),
    ("GET", "/%7Bid%7D", NO_ROUTE, "4xx"),
]


@pytest.mark.parametrize(("method", "address", "route", "status"), ASKED)
def test_each_request_counts_once(client: Client, method: str, address: str, route: str, status: str) -> None:
    before = scraped(client)
    client.request(method, address)
    after = scraped(client)
    told = "(other)" if method == "BREW" else method
    assert moved(before, after, REQUESTS) == {
        labels(route=route, method=told, status=status): 1,
        labels(route=METRICS, method="GET", status="2xx"): 1,
    }
    assert moved(before, after, f"{DURATION}_count") == {labels(route=route, method=told): 1}
    assert moved(before, after, f"{DURATION}_sum").keys() == {labels(route=route, method=told)}
    assert value(after, "newsgraph_http_requests_in_progress") == 0


def test_the_buckets_of_a_histogram_cover_all_and_grow(client: Client) -> None:
    client.get("/v1/stats")
    samples = scraped(client)
    given = {"route": "/v1/stats", "method": "GET"}
    found = [(dict(key[1]), n) for key, n in samples.items() if key[0] == f"{DURATION}_bucket"]
    buckets = sorted((float(own["le"]), n) for own, n in found if given.items() <= own.items())
    counts = [count for _, count in buckets]
    assert counts == sorted(counts)
    assert buckets[-1] == (float("inf"), value(samples, f"{DURATION}_count", **given))


def test_no_path_and_no_method_makes_a_value(client: Client) -> None:
    chance = random.Random(7)
    for method, address in (("GET", "/nowhere"), ("BREW", "/nowhere"), ("GET", "/v1/articles/x")):
        client.request(method, address)
    before = scraped(client).keys()
    for _ in range(1000):
        name = "".join(chance.choices(string.printable + "é\udcff\0{}", k=12))
        place = chance.choice(("/", "/v1/", "/v1/articles/", "/metrics/", "/assets/", "/v1/none/"))
        if (place, name.strip("./")) != ("/", ""):
            client.get(place + quote(name, safe="{}/", errors="surrogatepass"))
        client.request("".join(chance.choices(string.ascii_uppercase, k=9)), "/nowhere")
    grown = scraped(client).keys() - before
    assert {dict(key[1])["route"] for key in grown} <= {"/assets", "/"}, "a name may have led up to those"
    assert len(grown) <= 2 * 20


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/plain; version=0.0.4; charset=utf-8"),
        ("*/*", "text/plain; version=0.0.4; charset=utf-8"),
        ("text/plain;version=1.0.0", "text/plain; version=0.0.4; charset=utf-8"),
        ("application/openmetrics-text;q=0, */*", "text/plain; version=0.0.4; charset=utf-8"),
        ("application/openmetrics-text;q=0.2,text/plain;q=0.3", "text/plain; version=0.0.4; charset=utf-8"),
        (OPEN["Accept"], "application/openmetrics-text; version=1.0.0; charset=utf-8"),
        (
            "application/vnd.google.protobuf;proto=x;q=0.6,application/openmetrics-text;version=1.0.0;"
            "escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ),
        (
            "application/openmetrics-text;version=9.x<script>",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ),
    ],
)
def test_the_format_is_the_one_that_is_liked_best(client: Client, accept: str | None, chosen: str) -> None:
    response = client.get(METRICS, headers={"Accept": accept} if accept else {})
    assert response.headers["content-type"].removesuffix("; escaping=underscores") == chosen
    assert response.headers["cache-control"] == "no-store"
    families = open_families if "openmetrics" in chosen else text_families
    names = {family.name for family in families(response.text)}
    assert {"newsgraph_articles", "newsgraph_jobs", "process_resident_memory_bytes"} <= names
    assert len(names) > 20


def test_what_is_neither_is_refused(client: Client) -> None:
    detail = check_problem(client.get(METRICS, headers={"Accept": "image/png"}), 406, "not-acceptable")
    assert "application/openmetrics-text" in detail
    check_problem(client.post(METRICS), 405, "method-not-allowed")


def test_head_is_get_without_the_body(client: Client) -> None:
    head, get = client.request("HEAD", METRICS, headers=OPEN), client.get(METRICS, headers=OPEN)
    assert head.content == b""
    assert (head.status_code, head.headers["content-type"]) == (200, get.headers["content-type"])


def test_what_is_kept_is_told_as_elsewhere(client: Client) -> None:
    samples, stats = scraped(client), client.get("/v1/stats").json()
    assert {name: value(samples, f"newsgraph_{name}") for name in STORED} == {
        name: stats[name] for name in STORED
    }
    assert stats["articles"] == len(READINGS)
    assert value(samples, "newsgraph_index_in_step") == 1
    assert value(samples, "newsgraph_reading_articles_total", outcome="read") == len(READINGS)
    characters = sum(len(one.article.text) for one in READINGS)
    assert value(samples, "newsgraph_reading_characters_total") == characters
    assert value(samples, "newsgraph_reading_processor_seconds_total") > 0


def test_what_cannot_be_read_is_told(client: Client) -> None:
    before = scraped(client)
    client.post("/v1/articles", json={"text": "Unbekannt."})
    change = moved(before, scraped(client), "newsgraph_reading_articles_total")
    assert change == {labels(outcome="failed"): 1}


FATES = [
    ("SELECT * { ?a ?b ?c } LIMIT 1", "answered"),
    ("SELECT * { ?a ?b ?c } LIMIT 1", "cached"),
    ("SELECT nothing", "malformed"),
    ("SELECT * { SERVICE <http://localhost/> { ?a ?b ?c } }", "forbidden"),
]


def test_queries_are_told_by_what_became_of_them(client: Client) -> None:
    for query, fate in FATES:
        before = scraped(client)
        client.get("/sparql", params={"query": query})
        assert moved(before, scraped(client), QUERIES) == {labels(outcome=fate): 1}
    before = scraped(client)
    client.get("/sparql")
    client.get("/v1/queries/none")
    client.get("/v1/queries/hostility")
    after = scraped(client)
    found = {labels(outcome="malformed"): 1, labels(outcome="answered"): 1}
    assert moved(before, after, QUERIES) == found, "the description of the service is no query"
    assert value(after, "newsgraph_sparql_places", lane="fast") == 1
    assert value(after, "newsgraph_sparql_workers", state="free") >= 1


def test_two_servers_count_for_themselves(tmp_path: Path) -> None:
    with ExitStack() as stack:
        one, other = (
            stack.enter_context(serving(create_app(settings_for(tmp_path / name)))) for name in "ab"
        )
        one.get("/v1/stats")
        given = {"route": "/v1/stats", "method": "GET", "status": "2xx"}
        assert value(scraped(one), REQUESTS, **given) == 1
        assert value(scraped(other), REQUESTS, **given) == 0


def test_where_keys_are_needed_one_to_read_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving(create_app(settings_for(folder, require_key=True, api_key="0123456789abcdef"))) as client:
        with Keys(folder) as keys:
            tokens = [keys.add(access.value, access)[1] for access in Access]
        for method in ("GET", "HEAD"):
            assert client.request(method, METRICS).status_code == 401
        for token in tokens:
            assert client.get(METRICS, headers={"Authorization": f"Bearer {token}"}).status_code == 200
        check_problem(client.get(METRICS, headers={"Authorization": "Bearer no"}), 401, "unauthorized")
        check_problem(client.get(METRICS, headers={"Host": "evil.example"}), 421, "wrong-host")


def test_who_spends_a_rate_does_not_blind_who_watches(tmp_path: Path) -> None:
    with serving(create_app(settings_for(tmp_path, rate="3/hour"))) as client:
        statuses = [client.get("/v1/stats").status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        statuses = [client.get(METRICS).status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429], "it has a rate of its own, and no more"


class Gate:
    """A reader that reads only while it is open."""

    name = "recorded 1.0"

    def __init__(self) -> None:
        self.open, self.reading = threading.Event(), threading.Event()
        self._inner = Recorded(*map(numbered, range(30)), echo())

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for article in articles:
            self.reading.set()
            assert self.open.wait(20)
            yield from self._inner.read_many([article])


def settled(client: Client, done: Callable[[Samples], bool]) -> Samples:
    """Ask until it is `done`; for 20 seconds at most."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if done(samples := scraped(client)):
            return samples
        time.sleep(0.01)
    raise AssertionError(samples)


def test_a_job_is_seen_while_it_runs(tmp_path: Path) -> None:
    gate = Gate()
    with serving(create_app(settings_for(tmp_path), gate)) as client:
        many = [article_to_json(numbered(n).article) for n in range(30)]
        response = client.post("/v1/articles", json=many, headers={"Prefer": "respond-async"})
        assert response.status_code == 202
        assert gate.reading.wait(20)
        waiting = threading.Thread(
            target=client.post, args=("/v1/articles",), kwargs={"json": article_to_json(echo().article)}
        )
        waiting.start()
        samples = settled(client, lambda found: value(found, "newsgraph_reading_waiting") == 1)
        assert value(samples, "newsgraph_http_requests_in_progress") == 1
        assert value(samples, "newsgraph_jobs", state="running") == 1
        assert value(samples, "newsgraph_jobs_articles_waiting") == 30
        gate.open.set()
        waiting.join(20)
        samples = settled(client, lambda found: value(found, "newsgraph_jobs", state="done") == 1)
        assert value(samples, "newsgraph_jobs", state="running") == 0
        assert value(samples, "newsgraph_jobs_articles_waiting") == 0
        assert value(samples, "newsgraph_reading_articles_total", outcome="read") == 31
        assert value(samples, "newsgraph_articles") == 31


def test_what_is_being_written_holds_nobody_up(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path), Recorded(*READINGS))
    with serving(app) as client:
        client.post("/v1/articles", json=article_to_json(echo().article))
        assert value(scraped(client), "newsgraph_articles") == 1
        state = app.state.newsgraph
        for block in (state.archive.search.following, state.archive.ledger.reading):
            begun, free = threading.Event(), threading.Event()

            def hold(block: Any = block, begun: Any = begun, free: Any = free) -> None:
                with block():
                    begun.set()
                    free.wait(20)

            thread = threading.Thread(target=hold)
            thread.start()
            assert begun.wait(20)
            start = time.monotonic()
            samples = scraped(client)
            took = time.monotonic() - start
            free.set()
            thread.join(20)
            assert took < 10
            assert value(samples, "newsgraph_articles") == 1, "the last that is known"
            assert value(samples, "newsgraph_index_in_step") == 0
            settled(client, lambda found: value(found, "newsgraph_index_in_step") == 1)


def test_a_store_that_fails_takes_nothing_else_away(tmp_path: Path, monkeypatch: Any) -> None:
    app = create_app(settings_for(tmp_path))
    with serving(app) as client:

        def fail() -> None:
            raise StoreError("The disk is gone; see to it.")

        monkeypatch.setattr(app.state.newsgraph.jobs, "totals", fail)
        samples = scraped(client)
        names = {name for name, _ in samples}
        assert "newsgraph_articles" not in names
        assert value(samples, "newsgraph_index_in_step") == 0
        assert value(samples, "newsgraph_info", version="0.1.0") == 1


def test_a_scrape_makes_the_index_do_no_work(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, allow_update=True))
    with serving(app) as client:
        scraped(client)
        update = {"update": "INSERT DATA { GRAPH <x:notes> { <x:a> <x:b> 1 } }"}
        assert client.post("/update", data=update).status_code == 204
        for _ in range(2):
            assert value(scraped(client), "newsgraph_index_in_step") == 0
        client.get("/v1/stats")
        assert value(scraped(client), "newsgraph_index_in_step") == 1


def test_answers_without_an_end_are_told() -> None:
    async def go(messages: list[dict[str, Any]]) -> str:
        tallies = Tallies()
        call = tallies.begin({"type": "http", "method": "GET", "path": "/x"})
        assert tallies.in_progress == 1

        async def send(message: Any) -> None:
            if message.get("body") == b"!":
                raise OSError

        for message in messages:
            try:
                await call.watched(send)(message)
            except OSError:
                break
        tallies.end(call)
        assert tallies.in_progress == 0
        ((_, series),) = tallies.series.items()
        assert sum(series.statuses) == sum(series.times) == 1
        return str(series.statuses.index(1))

    start = {"type": "http.response.start", "status": 206}
    more, end = ({"type": "http.response.body", "body": b"x", "more_body": more} for more in (True, False))
    for messages, expected in (
        ([], "0"),
        ([start], "0"),
        ([start, more], "0"),
        ([start, more, {**end, "body": b"!"}], "0"),
        ([start, more, end], "2"),
    ):
        assert anyio.run(go, messages) == expected


def test_a_reader_is_counted_and_nothing_of_it_changed() -> None:
    tallies, inner = Tallies(), Recorded(visit())
    reader = CountedReader(inner, tallies)
    assert reader.name == inner.name
    articles = [visit().article, Article("Unbekannt.")]
    found = list(reader.read_many(iter(articles)))
    assert [type(one) for one in found] == [Reading, Failure]
    assert tallies.articles == {"read": 1, "failed": 1}
    assert tallies.characters == len(visit().article.text)
