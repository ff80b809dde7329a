"""A server to be treated badly, and a client that sees how it bears it.

`python -m tests.hostile PORT` attacks a server with 64 heavy queries at once until its input ends, and prints
what became of each. It is a process of its own so that its threads do not hold up who measures.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph

from api.server import listen
from graph.store.archive import Archive
from tests.calling import COMMAND, environment
from tests.querying import CARTESIAN

BASE = "http://localhost:8000/"
NODES, EDGES = 300, 1500
_LONGEST = 240.0
"""Seconds after which a server is ended, whatever happens."""


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def detail(self) -> str:
        """What a problem says."""
        return str(json.loads(self.body)["detail"])


@dataclass(frozen=True)
class Victim:
    """A server in a process of its own."""

    port: int
    process: subprocess.Popen[str]

    def ask(self, query: str, *, post: bool = False, timeout: float = 60.0) -> Answer:
        """Send one query on a connection of its own."""
        return ask(self.port, query, post=post, timeout=timeout)

    def workers(self) -> list[int]:
        """The processes that the server has started."""
        path = Path(f"/proc/{self.process.pid}/task")
        found: list[int] = []
        for thread in path.iterdir():
            found += map(int, (thread / "children").read_text().split())
        return found


def ask(port: int, query: str, *, post: bool = False, timeout: float = 60.0) -> Answer:
    """Send one query on a connection of its own."""
    if not post:
        return request(port, "GET", f"/sparql?{urlencode({'query': query})}", timeout=timeout)
    body, headers = query.encode("utf-8", "surrogatepass"), {"Content-Type": "application/sparql-query"}
    return request(port, "POST", "/sparql", body, headers, timeout)


def request(
    port: int,
    method: str,
    address: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    timeout: float = 60.0,
) -> Answer:
    """Send one request on a connection of its own, and wait for all of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    begin = time.monotonic()
    try:
        # What is refused while it is still being sent has its answer all the same.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(method, address, body, headers or {})
        response = connection.getresponse()
        read = response.read()
        seconds = time.monotonic() - begin
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, read, seconds)
    finally:
        connection.close()


def resident(pid: int) -> int:
    """How many bytes of memory a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def make_store(folder: Path) -> None:
    """Make a store with a graph in which paths are many and long."""
    Archive.open(folder, BASE).close()
    chance, edge = random.Random(1), pyoxigraph.NamedNode(f"{BASE}relation/met")
    nodes = [pyoxigraph.NamedNode(f"{BASE}entity/N{number}") for number in range(NODES)]
    store = pyoxigraph.Store(str(folder / "graph"))
    store.extend(
        pyoxigraph.Quad(chance.choice(nodes), edge, chance.choice(nodes), pyoxigraph.DefaultGraph())
        for _ in range(EDGES)
    )
    store.flush()


@contextmanager
def victim(folder: Path, **settings: str) -> Iterator[Victim]:
    """Serve the store; see at the end that the server is still the same process and ends in peace."""
    with listen("127.0.0.1", 0) as probe:
        port = probe.getsockname()[1]
    variables = {f"NEWSGRAPH_{name.upper()}": value for name, value in settings.items()}
    call = [*COMMAND, "serve", "--data", str(folder), "--port", str(port)]
    with subprocess.Popen(
        call,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        env=environment(**variables),
    ) as process:
        limit = threading.Timer(_LONGEST, process.kill)
        limit.start()
        try:
            assert process.stdout is not None
            next(line for line in process.stdout if "http://" in line)
            yield Victim(port, process)
            assert process.poll() is None, "the server has died"
            process.terminate()
            assert process.wait(30) == 0
        finally:
            limit.cancel()
            process.kill()


def heavy(number: int) -> str:
    """A query that takes long, in other words each time."""
    return CARTESIAN.replace("?a", f"?a{number}")


def attack(port: int) -> None:
    """Send 64 heavy queries at once, again and again, and print statuses, seconds and whether to retry."""
    stop, ended = threading.Event(), []

    def go_on(number: int) -> None:
        while not stop.is_set():
            ended.append(ask(port, heavy(number)))
            stop.wait(0.2)

    with ThreadPoolExecutor(64) as attackers:
        for number in range(64):
            attackers.submit(go_on, number)
        sys.stdin.read()
        stop.set()
    print(json.dumps([(one.status, one.seconds, "retry-after" in one.headers) for one in ended]))


if __name__ == "__main__":
    attack(int(sys.argv[1]))
