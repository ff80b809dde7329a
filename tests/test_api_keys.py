"""`/v1/keys`, and that a key that is gone opens no short way either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Client, check_problem, serving, settings_for
from test_api_kept import KNOWN, served

from api.app import create_app
from api.schemas.keys import KeyList, KeyMade, KeyShown
from graph.store.keys import Access, Keys

ADMIN = {"Authorization": f"Bearer {'k' * 20}"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with serving(create_app(settings_for(tmp_path, api_key="k" * 20))) as opened:
        yield opened


def test_keys_are_made_listed_and_revoked(client: Client) -> None:
    asked = {"name": "press", "scope": "read", "expires": "2099-12-31", "rate": "60/minute"}
    response = client.post("/v1/keys", json=asked, headers=ADMIN)
    assert response.status_code == 201
    assert response.headers["cache-control"] == "no-store"
    made = KeyMade.model_validate_json(response.content)
    token = {"Authorization": f"Bearer {made.token}"}
    assert client.get("/v1/stats", headers=token).status_code == 200
    listed = client.get("/v1/keys", headers=ADMIN)
    assert made.token not in listed.text
    assert "etag" not in listed.headers
    (shown,) = KeyList.model_validate_json(listed.content).items
    assert shown.model_dump() == made.model_dump(exclude={"token"})
    gone = client.delete("/v1/keys/press", headers=ADMIN)
    assert KeyShown.model_validate_json(gone.content).state == "revoked"
    check_problem(client.get("/v1/stats", headers=token), 401, "unauthorized")
    check_problem(client.delete("/v1/keys/press", headers=ADMIN), 404, "not-found")


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"name": "press", "scope": "reed"}, "scope"),
        ({"name": "press"}, "The field 'scope' of the body cannot be used; it is not there; add it."),
        ({"name": "a b", "scope": "read"}, "letters"),
        ({"name": "api-key", "scope": "read"}, "api-key"),
        ({"name": "press", "scope": "read", "expires": "2020-01-01"}, "is over"),
        ({"name": "press", "scope": "read", "expires": "soon"}, "ISO date"),
        ({"name": "press", "scope": "read", "rate": "fast"}, "rate"),
        (
            {"name": "press", "scope": "read", "colour": "red"},
            "there is no field 'colour' here",
        ),
        (["press"], "The body cannot be used; it should be a JSON object"),
        ("press", "The body cannot be used; it should be a JSON object"),
    ],
)
def test_what_is_wrong_with_a_key_is_told(client: Client, body: Any, word: str) -> None:
    answer = client.post("/v1/keys", json=body, headers=ADMIN)
    kinds = ("bad-record", "bad-parameter")  # of what the body is, and of what a value in it means
    (kind,) = (one for one in kinds if answer.json()["type"].endswith(one))
    assert word in check_problem(answer, 400, kind)
    assert client.get("/v1/keys", headers=ADMIN).json() == {"items": []}


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"{", "application/json"),
        (b'{"name": "\xff"}', "application/json"),
        (b'{"name": "\\ud800", "scope": "read"}', "application/json"),
        (b"name=press", "application/x-www-form-urlencoded"),
        (b"", "application/json"),
        (b"[" * 100_000, "application/json"),
    ],
)
def test_what_is_no_json_is_told(client: Client, content: bytes, media_type: str) -> None:
    headers = {**ADMIN, "Content-Type": media_type}
    response = client.post("/v1/keys", content=content, headers=headers)
    slug = response.json()["type"].removeprefix("/docs#problem-")
    assert slug in {"bad-parameter", "bad-record"}
    check_problem(response, 400, slug)


def test_a_key_of_a_smaller_scope_makes_none(client: Client) -> None:
    body = {"name": "desk", "scope": "write"}
    token = client.post("/v1/keys", json=body, headers=ADMIN).json()["token"]
    mine = {"Authorization": f"Bearer {token}"}
    for response in (
        client.post("/v1/keys", json={"name": "more", "scope": "admin"}, headers=mine),
        client.get("/v1/keys", headers=mine),
        client.delete("/v1/keys/desk", headers=mine),
        client.post("/v1/backup", headers=mine),
    ):
        check_problem(response, 403, "key-too-small")


@pytest.mark.parametrize("rate", ["", "off", "1000/minute"])
def test_what_is_kept_is_for_nobody_whose_key_is_gone(tmp_path: Path, rate: str) -> None:
    with (
        served(create_app(settings_for(tmp_path, rate=rate, require_key=True))) as client,
        Keys(tmp_path) as keys,
    ):

        def ask(token: str | None = None) -> int:
            headers = {"authorization": f"Bearer {token}"} if token else {}
            return client.get("/sparql", params={"query": KNOWN}, headers=headers).status_code

        _, token = keys.add("press", Access.READ)
        assert [ask(), ask(token), ask(token), ask(token)] == [401, 200, 200, 200]
        keys.revoke("press")
        assert [ask(token), ask()] == [401, 401]


def test_what_is_kept_is_not_for_whom_a_proxy_passes_on(tmp_path: Path) -> None:
    passed_on = {"x-forwarded-for": "192.0.2.9"}
    with served(create_app(settings_for(tmp_path))) as client, Keys(tmp_path) as keys:

        def ask(**headers: str) -> int:
            return client.get("/sparql", params={"query": KNOWN}, headers=headers).status_code

        assert [ask(**passed_on) for _ in range(3)] == [200] * 3
        keys.add("press", Access.READ)
        assert [ask(**passed_on), ask()] == [401, 200]


def test_the_rate_of_a_key_counts_queries_too(tmp_path: Path) -> None:
    with served(create_app(settings_for(tmp_path))) as client, Keys(tmp_path) as keys:
        _, token = keys.add("press", Access.READ, rate="3/hour")
        headers = {"authorization": f"Bearer {token}"}
        paths = ["/v1/stats", "/sparql?query=ASK%7B%7D", "/sparql?query=ASK%7B%7D", "/v1/stats"]
        assert [client.get(path, headers=headers).status_code for path in paths] == [200, 200, 200, 429]
        assert client.get(paths[1], headers=headers).headers["ratelimit"].startswith('"key";r=0;t=')


def test_a_short_way_that_is_refused_counts_once(tmp_path: Path) -> None:
    with served(create_app(settings_for(tmp_path, api_key="k" * 20, rate="2/hour"))) as client:
        asked = [client.get("/sparql?query=ASK%7B%7D").status_code for _ in range(3)]
        assert asked == [401, 401, 429]
