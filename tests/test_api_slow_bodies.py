"""A body that comes byte by byte keeps no operation waiting and leaves nothing behind, whatever takes one."""

from __future__ import annotations

import json
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from readings import Recorded, visit
from serving import settings_for
from test_api_kept import served
from test_bad_input import Tried

from api.app import create_app
from api.patience import Patience
from graph.codec import article_to_json

SHORT = Patience(grace=1.0, pace=1000.0)
"""A byte every tenth of a second earns a ten-thousandth of the time that it takes."""
_LONGEST = 20.0
_STOPPED = {400, 403, 404, 408, 415, 421}
"""What an operation may answer to a body that it waits for, or refuses before that."""


@dataclass
class Asked:
    """One request whose body drips, and what became of it."""

    method: str
    address: str
    media_type: str
    chunked: bool
    answer: bytearray = field(default_factory=bytearray)
    seconds: float = 0.0

    @property
    def name(self) -> str:
        return f"{self.method} {self.address} {self.media_type}{' chunked' if self.chunked else ''}"

    @property
    def status(self) -> int:
        return int(self.answer.split(b" ", 2)[1]) if self.answer else 0

    def head(self, host: str) -> bytes:
        lines = [
            f"{self.method} {self.address} HTTP/1.1",
            f"Host: {host}",
            f"Content-Type: {self.media_type}",
        ]
        lines.append("Transfer-Encoding: chunked" if self.chunked else "Content-Length: 5000")
        return "\r\n".join([*lines, "", ""]).encode()

    def drip(self, port: int) -> None:
        """Send a byte every tenth of a second until the server answers."""
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), _LONGEST) as connection:
            connection.sendall(self.head(f"127.0.0.1:{port}"))
            connection.settimeout(0.1)
            while time.monotonic() - begun < _LONGEST:
                try:
                    data = connection.recv(65536)
                except TimeoutError:
                    connection.send(b"1\r\n{\r\n" if self.chunked else b"{")
                    continue
                except ConnectionError:
                    break
                if not data:
                    break
                self.answer += data
        self.seconds = time.monotonic() - begun


def operations(client: httpx.Client) -> Iterator[Asked]:
    """Give a request for each operation that takes a body, and for each type of it the first few."""
    document = client.get("/openapi.json").json()
    tried = Tried(client, document, {"/v1/articles/": visit().article.id})  # type: ignore[arg-type]
    for path, item in document["paths"].items():
        for method, operation in item.items():
            types = list(operation.get("requestBody", {}).get("content", {}))
            query = urlencode(tried.needed(operation))
            address = quote(path.replace("{id}", visit().article.id).replace("{path}", "notes"), safe="/")
            graph = "?default" if path == "/store" else f"?{query}" if query else ""
            for media_type in types:
                yield Asked(method.upper(), address + graph, media_type, chunked=False)
            if types:
                yield Asked(method.upper(), address + graph, types[0], chunked=True)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Asked], Path]]:
    """Ask all at once, and give what became of each."""
    folder = tmp_path_factory.mktemp("slow")
    app = create_app(settings_for(folder, allow_update=True, rate="off"), Recorded(visit()))
    with served(app, SHORT) as client:
        client.post("/v1/articles", json=article_to_json(visit().article)).raise_for_status()
        asked = list(operations(client))
        threads = [threading.Thread(target=one.drip, args=(client.base_url.port,)) for one in asked]
        for thread in threads:
            thread.start()
        assert client.get("/v1/stats", timeout=5).json()["articles"] == 1
        for thread in threads:
            thread.join(_LONGEST)
        assert client.get("/healthz", timeout=5).status_code == 200
        assert client.get("/v1/jobs").json()["items"] == []
        assert client.get("/v1/curation").json()["items"] == []
        added: Any = client.post("/v1/articles", json={"text": "Unbekannt."}, timeout=5)
        assert added.status_code == 422, "the turn was kept by nobody"
        yield asked, folder


def test_each_ends_soon_with_a_problem(found: tuple[list[Asked], Path]) -> None:
    asked, _ = found
    assert len(asked) > 30
    for one in asked:
        assert one.status in _STOPPED, f"{one.name}: {bytes(one.answer[:200])!r}"
        head, _, body = bytes(one.answer).partition(b"\r\n\r\n")
        assert b"application/problem+json" in head.lower(), one.name
        assert json.loads(body)["detail"], one.name
        assert one.seconds < 10, f"{one.name} took {one.seconds:.1f} s"


def test_who_waits_for_a_body_says_that_it_was_too_slow(found: tuple[list[Asked], Path]) -> None:
    slow = {(one.method, one.address.partition("?")[0]) for one in found[0] if one.status == 408}
    article = visit().article.id
    assert {("POST", "/v1/articles"), ("PUT", f"/v1/articles/{article}"), ("POST", "/sparql")} <= slow
    assert {("POST", "/update"), ("PUT", "/store"), ("POST", "/v1/keys")} <= slow


def test_nothing_of_them_is_left_on_the_disk(found: tuple[list[Asked], Path]) -> None:
    _, folder = found
    with sqlite3.connect(folder / "ledger.sqlite") as sql:
        assert sql.execute("SELECT count(*) FROM jobs").fetchone() == (0,)
    sql.close()
    known = ("checkpoints", "graph", "ledger", "search", "keys")
    assert [one.name for one in folder.iterdir() if not one.name.startswith(known)] == []
