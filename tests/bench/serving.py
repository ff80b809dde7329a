"""Serving: a small SPARQL query by one client over HTTP, beside native `oxigraph serve` on the same quads."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph

from graph.pipeline import ingest
from graph.store.archive import Archive
from tests.bench.measure import Bound, Line, in_turns
from tests.readings import Recorded, numbered

BASE = "http://localhost:8000/"
ARTICLES = 310
STATEMENTS = 3
ROUNDS = 30
REQUESTS = 25
_LONGEST = 100.0
"""Seconds after which a server that was started is ended, whatever happens."""
_ADDRESS = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+")


class Endpoint:
    """A client of one server, with one connection that is kept."""

    def __init__(self, address: str, path: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)
        self._path = path

    def ask(self, query: str) -> bytes:
        """Send a query and read the whole answer."""
        address = f"{self._path}?{urlencode({'query': query})}"
        self._connection.request("GET", address, headers={"Accept": "application/sparql-results+json"})
        response = self._connection.getresponse()
        body = response.read()
        assert response.status == 200, body
        return body


def measure() -> Line:
    """Fill a store, serve it with both, and ask both the same."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        data, native = Path(folder, "data"), Path(folder, "native")
        quads = _fill(data, native)
        ours = stack.enter_context(_ours(data))
        beside = stack.enter_context(_native(native))
        numbers = count()
        for _ in range(3):
            _check_equal(ours, beside, _query(next(numbers)))
        measured = in_turns(
            lambda: [ours.ask(_query(next(numbers))) for _ in range(REQUESTS)],
            lambda: [beside.ask(_query(next(numbers))) for _ in range(REQUESTS)],
            ROUNDS,
        )
    return Line(
        f"small query, 1 client, {quads:,} quads, rate / oxigraph serve",
        f"{REQUESTS / measured.ours:,.0f} queries/s",
        f"{REQUESTS / measured.beside:,.0f} queries/s",
        1 / measured.ratio,
        Bound(0.4, more=True),
        Bound(0.7, more=True),
    )


def _query(number: int) -> str:
    """Ask for all that one envoy does; another one each time, so that no answer is ready."""
    envoy = f"<{BASE}entity/Envoy_{number % ARTICLES}>"
    return f"SELECT ?city ?met {{ ?city ?met {envoy} }}"


def _fill(data: Path, native: Path) -> int:
    """Write the same quads into a store of ours and one of Oxigraph's own; return how many."""
    readings = [numbered(number, STATEMENTS) for number in range(ARTICLES)]
    file = data.with_suffix(".nq")
    with Archive.open(data, BASE) as archive:
        ingest([reading.article for reading in readings], archive, Recorded(*readings))
        content = pyoxigraph.serialize(archive.store.quads(), format=pyoxigraph.RdfFormat.N_QUADS)
    file.write_bytes(content)
    subprocess.run(
        [_oxigraph(), "load", "--location", str(native), "--file", str(file)], check=True, capture_output=True
    )
    return content.count(b"\n")


def _check_equal(ours: Endpoint, beside: Endpoint, query: str) -> None:
    answers = [json.loads(one.ask(query))["results"]["bindings"] for one in (ours, beside)]
    assert answers[0] == answers[1], "the two do not hold the same"
    assert answers[0], "nothing was found"


@contextmanager
def _ours(data: Path) -> Iterator[Endpoint]:
    command = [
        sys.executable,
        "-c",
        "from api.cli import main; main()",
        "serve",
        "--data",
        str(data),
        "--port",
        "0",
    ]
    with _server(command) as address:
        yield Endpoint(address, "/sparql")


@contextmanager
def _native(location: Path) -> Iterator[Endpoint]:
    command = [
        _oxigraph(),
        "serve-read-only",
        "--location",
        str(location),
        "--bind",
        f"127.0.0.1:{_free_port()}",
    ]
    with _server(command) as address:
        yield Endpoint(address, "/query")


@contextmanager
def _server(command: list[str]) -> Iterator[str]:
    """Start a server and wait until it has printed its address; end it at the end."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        limit = threading.Timer(_LONGEST, process.kill)
        limit.start()
        try:
            assert process.stdout is not None
            found = (_ADDRESS.search(line) for line in process.stdout)
            yield next(match[0] for match in found if match)
        finally:
            limit.cancel()
            process.terminate()


def _free_port() -> int:
    """Return a port that is free now; `oxigraph serve` does not tell which one it took for 0."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _oxigraph() -> str:
    """The native program that the package `oxigraph` puts beside Python."""
    return str(Path(sys.executable).with_name("oxigraph"))
