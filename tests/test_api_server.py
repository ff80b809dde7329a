"""The app under a real server, in a process of its own that is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from readings import echo

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = """
import uvicorn
from api.app import create_app
from graph.settings import load_settings
uvicorn.run(create_app(load_settings()), port=0)
"""
LIMIT = 100_000
TEXT = {"Content-Type": "text/plain"}


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Start a server on a free port; it is killed at the end, whatever happened."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWSGRAPH_")}
    environment |= {
        "NEWSGRAPH_DATA": str(folder),
        "NEWSGRAPH_MAX_BODY": str(LIMIT),
        "NEWSGRAPH_QUERY_WORKERS": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    watchdog = threading.Timer(120, process.kill)
    watchdog.start()
    try:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        address = next(m[0] for line in lines if (m := re.search(r"http://127\.0\.0\.1:\d+", line)))
        with httpx.Client(base_url=address, timeout=60) as client:
            yield process, client
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "data"


def test_what_was_acknowledged_survives_a_kill(folder: Path) -> None:
    with running(folder) as (process, client):
        added = client.post("/v1/articles?published=2023-03-17", content=echo().article.text, headers=TEXT)
        assert added.status_code == 201, added.text
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
    with running(folder) as (process, client):
        assert client.get(added.headers["location"]).json() == added.json()["article"]
        query = f"ASK {{ GRAPH <http://localhost:8000/article/{echo().article.id}> {{ ?s ?p ?o }} }}"
        assert client.get("/sparql", params={"query": query}).json()["boolean"] is True
        process.terminate()
        assert process.wait(30) in {0, -signal.SIGTERM}


def test_a_body_without_end_is_broken_off(folder: Path) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 1000 * LIMIT:
            sent += 10_000
            yield b"x" * 10_000

    with running(folder) as (_, client):
        try:
            response = client.post("/v1/articles", content=endless(), headers=TEXT)
            assert response.status_code == 413
        except (httpx.WriteError, httpx.ReadError):
            pass  # the server closed the connection while we were still sending
        assert sent < 1000 * LIMIT, "the server should have stopped reading"
        assert client.get("/healthz").status_code == 200
