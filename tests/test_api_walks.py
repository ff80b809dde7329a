"""Walks through the graph are so many at once; who comes beyond that is told when to come again."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from readings import Recorded, visit
from serving import check_problem, settings_for
from test_api_kept import served

from api.app import create_app
from graph import views
from graph.codec import article_to_json


def test_who_finds_all_walks_taken_is_told_when_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    inner = views.ego_to_json

    def slow(found: Any) -> Any:
        assert go_on.wait(20)
        return inner(found)

    monkeypatch.setattr(views, "ego_to_json", slow)
    with served(create_app(settings_for(tmp_path), Recorded(visit()))) as client:
        client.post("/v1/articles", json=article_to_json(visit().article)).raise_for_status()
        with ThreadPoolExecutor(40) as threads:
            asked = [threads.submit(client.get, "/v1/graph?about=Moscow") for _ in range(40)]
            until = time.monotonic() + 20
            while sum(one.done() for one in asked) < 22 and time.monotonic() < until:
                time.sleep(0.02)
            assert client.get("/healthz").status_code == 200
            go_on.set()
            answers = [one.result(20) for one in asked]
    refused = [one for one in answers if one.status_code == 503]
    assert [one.status_code for one in answers].count(200) == 18
    assert len(refused) == 22
    for one in refused:
        assert "ask again" in check_problem(one, 503, "busy")
        assert int(one.headers["retry-after"]) >= 1
