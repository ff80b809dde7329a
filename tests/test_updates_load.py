"""Updates against a real server: under reads, and when the server is killed in the middle of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from calling import environment, started

from graph.store.archive import Archive
from tests.conftest import BASE

pytestmark = pytest.mark.slow
SIZE = 20_000
GRAPHS = 5


@contextmanager
def server(data: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """Give the address of a server that takes updates, and what kills it."""
    settings = environment(NEWSGRAPH_ALLOWED_HOSTS="127.0.0.1", NEWSGRAPH_QUERY_TIMEOUT="60")
    with started("serve", "--data", data, "--port", "0", "--allow-update", env=settings) as process:
        assert process.stdout is not None

        def kill() -> None:
            process.kill()
            process.wait()

        yield process.stdout.readline().strip().rstrip("/"), kill


def triples(graph: int, size: int = SIZE) -> bytes:
    lines = (f'<http://e/s{graph}_{n}> <http://e/p{n % 7}> "{n}" .\n' for n in range(size))
    return "".join(lines).encode()


def put(client: httpx.Client, graph: int, body: bytes) -> int:
    kind = {"Content-Type": "application/n-triples"}
    return client.put(
        "/store", params={"graph": f"http://e/g{graph}"}, content=body, headers=kind
    ).status_code


def test_all_is_deleted_while_others_read(tmp_path: Path) -> None:
    """They see all of it or nothing, and no one waits for its end."""
    with server(tmp_path / "data") as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        for graph in range(GRAPHS):
            assert put(client, graph, triples(graph)) == 201
        seen: list[int] = []
        waits: list[float] = []
        ends = threading.Event()

        def read() -> None:
            count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
            with httpx.Client(base_url=address, timeout=60) as reader:
                while not ends.is_set():
                    begun = time.monotonic()
                    assert reader.get("/healthz").status_code == 200
                    waits.append(time.monotonic() - begun)
                    answer = reader.get("/sparql", params={"query": count, "format": "csv"})
                    seen.append(int(answer.text.split()[1]))

        thread = threading.Thread(target=read)
        thread.start()
        try:
            deletion = "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"
            assert client.post("/update", data={"update": deletion}).status_code == 204
            after = client.get("/sparql", params={"query": "ASK { GRAPH ?g { ?s ?p ?o } }"}).json()
        finally:
            time.sleep(0.5)
            ends.set()
            thread.join()
        assert after["boolean"] is False
        assert set(seen) == {SIZE * GRAPHS, 0}
        assert seen == sorted(seen, reverse=True)
        assert sorted(waits)[int(len(waits) * 0.95)] < 0.1


@pytest.mark.parametrize("wait", [1.5, 2.1, 3.2])
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there_after_a_kill(
    tmp_path: Path, wait: float
) -> None:
    notes: list[int] = []
    graphs: list[int] = []
    with server(tmp_path / "data") as (address, kill):

        def write_notes() -> None:
            with httpx.Client(base_url=address, timeout=60) as client:
                for number in range(10_000):
                    said = f":note :is {number}"
                    text = f"INSERT DATA {{ {said} GRAPH <http://e/notes> {{ {said} }} }}"
                    if client.post("/update", data={"update": text}).status_code == 204:
                        notes.append(number)

        def write_graphs() -> None:
            with httpx.Client(base_url=address, timeout=60) as client:
                for number in range(10_000):
                    if put(client, number % 3, triples(number, 500)) in {201, 204}:
                        graphs.append(number)

        def quietly(write: Callable[[], None]) -> None:
            try:
                write()
            except httpx.HTTPError:  # the server is gone
                return

        writers = [threading.Thread(target=quietly, args=(one,)) for one in (write_notes, write_graphs)]
        for writer in writers:
            writer.start()
        time.sleep(wait)
        kill()
        for writer in writers:
            writer.join()
    with Archive.open(tmp_path / "data", BASE, create=False) as archive:
        query = "SELECT ?n { :note :is ?n FILTER EXISTS { GRAPH <http://e/notes> { :note :is ?n } } }"
        kept = {int(row["n"].value) for row in archive.store.select(query)}  # type: ignore[union-attr]
        count = (
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(?g != <http://e/notes>) } GROUP BY ?g"
        )
        sizes = {int(row["n"].value) for row in archive.store.select(count)}  # type: ignore[union-attr]
        halves = "SELECT ?n { :note :is ?n FILTER NOT EXISTS { GRAPH <http://e/notes> { :note :is ?n } } }"
        assert list(archive.store.select(halves)) == []
    assert notes
    assert set(notes) <= kept <= {*notes, len(notes)}
    assert sizes <= {500}
    assert len(sizes) == bool(graphs)
