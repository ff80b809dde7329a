from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from readings import echo, visit
from serving import Client, check_problem, loaded

from graph.codec import article_to_json

PATH = f"/v1/articles/{visit().article.id}"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with loaded(tmp_path, [visit()]) as opened:
        yield opened


def test_only_what_was_seen_is_removed(client: Client) -> None:
    stale = client.get(PATH).headers["etag"]
    client.post("/v1/articles", json=article_to_json(echo().article))  # a write elsewhere is no change of it
    assert client.get(PATH).headers["etag"] == stale
    client.post("/v1/articles", json=article_to_json(visit(title="Another headline").article))
    detail = check_problem(client.delete(PATH, headers={"If-Match": stale}), 412, "precondition-failed")
    assert "anew" in detail
    fresh = client.get(PATH).headers["etag"]
    check_problem(client.delete(PATH, headers={"If-Match": f"W/{fresh}"}), 412, "precondition-failed")
    assert client.delete(PATH, headers={"If-Match": f'"other", {fresh}'}).status_code == 204
    assert client.get(PATH).status_code == 410


def test_whatever_is_there_may_be_demanded(client: Client) -> None:
    assert client.delete(PATH, headers={"If-Match": "*"}).status_code == 204
    check_problem(client.delete(PATH, headers={"If-Match": "*"}), 410, "gone")


@pytest.mark.parametrize("weak", ["", "W/"])
def test_what_should_not_be_there_is_not_changed(client: Client, weak: str) -> None:
    etag = client.get(PATH).headers["etag"]
    for unwanted in ("*", f'"other", {weak}{etag}'):
        response = client.delete(PATH, headers={"If-None-Match": unwanted})
        check_problem(response, 412, "precondition-failed")
    check_problem(
        client.post("/v1/articles?published=2025-01-01", json={}, headers={"If-None-Match": "*"}),
        412,
        "precondition-failed",
    )
    assert client.get("/v1/stats").json()["articles"] == 1
    assert client.delete(PATH, headers={"If-None-Match": '"other"'}).status_code == 204


def test_a_condition_on_a_stream_holds_nobody_up(client: Client) -> None:
    """What waits for a client to leave is told once that the request has no body, and then nothing."""
    response = client.post("/v1/export/jsonl", headers={"If-Match": "*"}, timeout=20)
    check_problem(response, 405, "method-not-allowed")
    assert client.get("/healthz").status_code == 200


def test_without_conditions_nothing_is_asked_of_the_state(client: Client) -> None:
    assert client.post("/v1/articles", json=article_to_json(echo().article)).status_code == 201
    assert client.delete(PATH).status_code == 204
