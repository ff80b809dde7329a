"""Jobs of a real server: killed in the middle, time and again; ten thousand articles in little memory."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from test_api_server import running

LINES = {"Content-Type": "application/x-ndjson"}
KILLS = 4
SENT = 120
MANY = 10_000
PLACES = ("Norvalia", "Estmark", "Vale", "Harbour", "Lund")


def line(number: int, filler: int = 0) -> bytes:
    """Give the line of one article, different from all others; `filler` sentences make it longer."""
    text = f"Minister Hale visited {PLACES[number % len(PLACES)]} in week {number} of the talks."
    text += " The ministers of both countries spoke about trade and the new bridge over the river." * filler
    return json.dumps({"text": text}).encode() + b"\n"


def watched(client: httpx.Client, address: str, done: Any) -> Any:
    """Ask for a job until it is `done`; for a minute at most."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        job = client.get(address).json()
        if done(job):
            return job
        time.sleep(0.02)
    raise AssertionError(f"it takes too long: {job}")


@pytest.mark.slow
def test_a_job_goes_on_after_each_kill_and_no_article_is_lost_or_counted_twice(tmp_path: Path) -> None:
    moments = random.Random(20230317)
    address, before = "", 0
    for _ in range(KILLS):
        with running(tmp_path / "data") as (process, client):
            if not address:
                taken = client.post("/v1/articles", content=b"".join(map(line, range(SENT))), headers=LINES)
                assert taken.status_code == 202, taken.text
                address = taken.headers["location"]
            target = before + moments.randint(1, 20)
            before = watched(client, address, lambda job: job["added"] >= target)["added"]  # noqa: B023
            time.sleep(moments.uniform(0, 0.1))
            os.kill(process.pid, signal.SIGKILL)
            process.wait(30)
    with running(tmp_path / "data") as (_, client):
        job = watched(client, address, lambda job: job["finished"])
        assert (job["state"], job["added"], job["failed"], job["waiting"]) == ("done", SENT, 0, 0)
        assert job["replaced"] == job["unchanged"] == 0
        assert client.get("/v1/stats").json()["articles"] == SENT
        told = client.get(f"{address}/articles?limit=500").json()["items"]
        assert {one["article"] for one in told} == {
            one["id"] for one in client.get("/v1/articles?limit=500").json()["items"]
        }


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what memory is used")
def test_ten_thousand_articles_are_taken_on_in_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("test_api_server.LIMIT", 100_000_000)
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        for number in range(MANY):
            part = line(number, filler=50)
            sent += len(part)
            yield part

    with running(tmp_path / "data") as (process, client):
        client.post("/v1/articles", content=line(0), headers=LINES)  # what all requests need is loaded now
        before = peak(process.pid)
        taken = client.post("/v1/articles", content=body(), headers=LINES)
        assert (taken.status_code, taken.json()["articles"]) == (202, MANY)
        grown = peak(process.pid) - before
        assert client.post(f"{taken.headers['location']}/cancel").json()["state"] == "cancelled"
    assert sent > 40_000_000
    assert grown < sent / 2, f"{sent:,} bytes of articles took {grown:,} bytes of memory"


def peak(process: int) -> int:
    """Give the most memory that a process has had, in bytes."""
    status = Path(f"/proc/{process}/status").read_text()
    (kilobytes,) = (row.split()[1] for row in status.splitlines() if row.startswith("VmHWM"))
    return int(kilobytes) * 1024
