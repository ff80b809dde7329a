"""`newsgraph jobs`: looked at, ended, tried again and forgotten, beside a server and without one."""

from __future__ import annotations

import csv
import io
import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from calling import Caller
from readings import Recorded, numbered
from serving import serving, settings_for
from test_api_jobs import taken_on, watched

from api.app import create_app
from api.schemas.jobs import Job
from graph import jobs as jobs_at_work
from graph.codec import article_to_json
from graph.store.archive import Archive
from graph.store.jobs import Jobs

KNOWN = [numbered(n) for n in range(4)]
SENT = [*(article_to_json(one.article) for one in KNOWN), {"text": "Unbekannt."}]
ASYNC = {"Prefer": "respond-async"}


def test_they_are_listed_and_shown_while_the_server_runs(call: Caller, tmp_path: Path) -> None:
    with serving(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        address = taken_on(client.post("/v1/articles", json=SENT, headers=ASYNC))
        done = watched(client, address)
        (listed,) = json.loads(call("jobs", "list", "--data", tmp_path).out)
        assert Job.model_validate(listed) == Job.model_validate(done)
        (row,) = csv.DictReader(io.StringIO(call("jobs", "list", "--data", tmp_path, "--format", "csv").out))
        assert (row["id"], row["added"], row["failed"]) == (done["id"], "4", "1")
        assert json.loads(call("jobs", "list", "--data", tmp_path, "--state", "queued").out) == []
        shown = json.loads(call("jobs", "show", done["id"], "--data", tmp_path).out)
        assert [one["outcome"] for one in shown["items"]] == ["added"] * 4 + ["failed"]
        table = call("jobs", "show", done["id"], "--data", tmp_path, "--format", "table").out
        assert "body:5" in table
        assert "known by heart" in table
        ended = call("jobs", "cancel", done["id"], "--data", tmp_path)
        assert (ended.status, client.get(address).json()["state"]) == (0, "done")


def test_they_are_ended_tried_again_and_forgotten_while_the_server_runs(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, step = threading.Event(), jobs_at_work.work

    def held_back(*given: Any) -> None:
        assert held.wait(60)
        step(*given)

    monkeypatch.setattr(jobs_at_work, "work", held_back)
    with serving(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        first = taken_on(client.post("/v1/articles", json=SENT, headers=ASYNC))
        id_ = taken_on(client.post("/v1/articles", json=SENT, headers=ASYNC)).rpartition("/")[2]
        etag = client.get(f"/v1/jobs/{id_}").headers["ETag"]
        assert "5 of its articles" in call("jobs", "cancel", id_, "--data", tmp_path).err
        for _ in range(50):  # it is seen within a second
            told = client.get(f"/v1/jobs/{id_}", headers={"If-None-Match": etag})
            if told.status_code != 304:
                break
            time.sleep(0.1)
        assert (told.status_code, told.json()["state"]) == (200, "cancelled")
        held.set()
        assert watched(client, first)["state"] == "done"
        assert client.get(f"/v1/jobs/{id_}").json()["waiting"] == 5
        assert "waits with 5" in call("jobs", "retry", id_, "--data", tmp_path).err
        assert watched(client, f"/v1/jobs/{id_}")["unchanged"] == 4  # without anything else that wakes it
        assert call("jobs", "remove", id_, "--data", tmp_path).status == 0
        assert client.get(f"/v1/jobs/{id_}").status_code == 404


def test_they_are_ended_tried_again_and_forgotten(call: Caller, tmp_path: Path) -> None:
    with Archive.open(tmp_path, "http://localhost:8000/") as archive:
        jobs = Jobs(archive.ledger)
        number = jobs.open()
        jobs.add(number, [one.article for one in KNOWN])
        id_ = jobs.accept(number).id
    assert "4 of its articles" in call("jobs", "cancel", id_, "--data", tmp_path).err
    assert "waits with 4" in call("jobs", "retry", id_, "--data", tmp_path).err
    with serving(create_app(settings_for(tmp_path), Recorded(*KNOWN))) as client:
        assert watched(client, f"/v1/jobs/{id_}")["added"] == 4
    again = call("jobs", "retry", id_, "--data", tmp_path)
    assert (again.status, "nothing to try again" in again.err) == (1, True)
    assert call("jobs", "remove", id_, "--data", tmp_path).status == 0
    assert json.loads(call("jobs", "list", "--data", tmp_path).out) == []


@pytest.mark.parametrize("command", ["show", "cancel", "retry", "remove"])
def test_a_job_that_is_not_there_is_told(call: Caller, tmp_path: Path, command: str) -> None:
    with Archive.open(tmp_path, "http://localhost:8000/"):
        pass
    result = call("jobs", command, "5f2a9c01d37be846", "--data", tmp_path)
    assert (result.status, result.out) == (1, "")
    assert "No job has the id" in result.err


def test_without_a_store_nothing_is_made(call: Caller, tmp_path: Path) -> None:
    result = call("jobs", "list", "--data", tmp_path / "none")
    assert (result.status, result.out) == (1, "")
    assert not (tmp_path / "none").exists()
