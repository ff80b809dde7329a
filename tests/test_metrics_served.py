"""What `/metrics` tells of a server on a socket, where queries have shorter ways and clients leave."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from scraping import DURATION, QUERIES, REQUESTS, Samples, labels, moved, parsed, value

from api.tallies import METRICS
from tests.hostile import heavy, make_store, victim
from tests.querying import ENDLESS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("metrics") / "store"
    make_store(folder)
    return folder


class Asking:
    """One connection to a server, which stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def get(self, address: str) -> tuple[int, str]:
        self.connection.request("GET", address)
        response = self.connection.getresponse()
        return response.status, response.read().decode()

    def scrape(self) -> Samples:
        status, text = self.get(METRICS)
        assert status == 200
        return parsed(text)

    def until(self, done: Callable[[Samples], bool]) -> Samples:
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            if done(samples := self.scrape()):
                return samples
            time.sleep(0.02)
        raise AssertionError(samples)


def sparql(query: str) -> str:
    return f"/sparql?{urlencode({'query': query})}"


def test_the_short_ways_of_queries_are_counted_too(store: Path) -> None:
    given = {"route": "/sparql", "method": "GET"}
    with victim(store, query_timeout="1") as served, Asking(served.port) as asking:
        for number, fate in enumerate(("answered", "cached", "cached")):
            before = asking.scrape()
            assert asking.get(sparql("ASK { ?a ?b ?c }"))[0] == 200
            after = asking.scrape()
            assert moved(before, after, QUERIES) == {labels(outcome=fate): 1}, number
            assert value(after, REQUESTS, **given, status="2xx") == number + 1
            assert value(after, f"{DURATION}_count", **given) == number + 1
            assert value(after, "newsgraph_http_requests_in_progress") == 0
        for query, fate, status in (("nothing", "malformed", 400), (heavy(1), "timed_out", 504)):
            before = asking.scrape()
            assert asking.get(sparql(query))[0] == status
            assert moved(before, asking.scrape(), QUERIES) == {labels(outcome=fate): 1}
        assert value(asking.scrape(), "newsgraph_http_connections") == 1


def test_clients_that_leave_and_connections_that_ask_nothing_are_told(store: Path) -> None:
    with victim(store, query_timeout="30") as served, Asking(served.port) as asking:
        with socket.create_connection(("127.0.0.1", served.port), 20) as leaving:
            leaving.sendall(f"GET {sparql(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert leaving.recv(1000).startswith(b"HTTP/1.1 200")
            busy = asking.until(lambda found: value(found, "newsgraph_http_requests_in_progress") == 1)
            assert value(busy, "newsgraph_sparql_workers", state="busy") == 1
            assert value(busy, REQUESTS, route="/sparql", method="GET", status="2xx") == 0
        samples = asking.until(lambda found: value(found, QUERIES, outcome="client_left") == 1)
        asking.until(lambda found: value(found, "newsgraph_http_requests_in_progress") == 0)
        assert value(samples, QUERIES, outcome="timed_out") == 0
        assert value(asking.scrape(), REQUESTS, route="/sparql", method="GET", status="broken") == 1
        with socket.create_connection(("127.0.0.1", served.port), 20) as wrong:
            wrong.sendall(b"nonsense\r\n\r\n")
            assert wrong.recv(1000).startswith(b"HTTP/1.1 400")
        refused = "newsgraph_http_connections_refused_total"
        asking.until(lambda found: value(found, refused, problem="malformed-request") == 1)
        asking.until(lambda found: value(found, "newsgraph_http_connections") == 1)


def test_a_crowd_is_answered_without_holding_others_up(store: Path) -> None:
    with victim(store) as served:
        asked: list[int] = []

        def ask() -> None:
            with Asking(served.port) as asking:
                asked.extend(asking.get(METRICS)[0] for _ in range(10))

        crowd = [threading.Thread(target=ask) for _ in range(40)]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join(60)
        assert asked == [200] * 400
        with Asking(served.port) as asking:
            samples = asking.scrape()
        assert value(samples, REQUESTS, route=METRICS, method="GET", status="2xx") == 400


def test_queries_that_find_no_place_are_told(store: Path) -> None:
    few = {"query_timeout": "3", "query_workers": "1", "query_slow": "1"}
    with victim(store, **few) as served, Asking(served.port) as asking:
        crowd = [threading.Thread(target=served.ask, args=(heavy(n),)) for n in range(4)]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join(60)
        samples = asking.scrape()
        full, late = (value(samples, QUERIES, outcome=one) for one in ("refused_as_full", "timed_out"))
        assert full >= 1
        assert full + late == len(crowd)
        assert value(samples, "newsgraph_sparql_places_taken", lane="fast") == 0
