"""Who is let in, for what, and how often."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import Client, check_problem, serving, settings_for
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.audit import Audit
from api.clients import client_of
from api.keyguard import KeyGuard, Ring, given_key
from api.problems import ProblemMiddleware
from api.scopes import needed
from api.security import ResponseHeaders
from api.visitors import actor_of
from graph.store.keys import Access, Keys
from graph.vocab import Namespaces

TEXT = "Norvalia annexed Halemark in 2014."
KEY = "a key: with a colon, and ümlauts"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(actor_of(Request(scope)))(scope, receive, send)


@contextmanager
def guarded(folder: Path, **settings: Any) -> Iterator[tuple[Client, Keys]]:
    """Serve an application that tells who asks, behind the guard, with the keys in `folder`."""
    used = settings_for(folder, **settings)
    ring = Ring(used)
    with Keys(folder) as keys:
        ring.keys = keys
        app = Audit(ProblemMiddleware(KeyGuard(echo, ring, used)), lambda scope: client_of(scope, ()))
        with serving(ResponseHeaders(app)) as client:
            yield client, keys


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


GOOD = [
    b"Bearer " + KEY.encode(),
    b"bearer   " + KEY.encode(),
    basic("", KEY).encode(),
    basic("me", KEY).encode(),
]
BAD = [
    "",
    "Bearer",
    "Bearer ",
    f"Bearer {KEY[:5]}",
    "Bearer x",
    "Basic",
    "Basic !!!",
    "Digest x",
    basic("me", "x"),
]


@pytest.mark.parametrize("header", GOOD)
def test_the_key_of_the_settings_opens(tmp_path: Path, header: bytes) -> None:
    with guarded(tmp_path, api_key=KEY) as (client, _):
        for method in ("GET", "DELETE"):
            assert client.request(method, "/v1/keys", headers={b"Authorization": header}).text == "api-key"


@pytest.mark.parametrize("header", BAD)
def test_anything_else_does_not(tmp_path: Path, header: str) -> None:
    with guarded(tmp_path, api_key=KEY) as (client, _):
        response = client.get("/", headers={"Authorization": header} if header else {})
        assert "Authorization: Bearer" in check_problem(response, 401, "unauthorized")
        challenges = response.headers.get_list("www-authenticate")
        assert [challenge.partition(" ")[0] for challenge in challenges] == ["Bearer", "Basic"]


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=80))
def test_no_authorization_header_breaks_the_parser(header: str) -> None:
    assert given_key(header) is None or isinstance(given_key(header), bytes)


def test_the_health_check_needs_no_key(tmp_path: Path) -> None:
    with guarded(tmp_path, api_key=KEY, rate="1/hour") as (client, _):
        for _ in range(3):
            assert client.get("/healthz").status_code == 200
        assert client.get("/healthz/").status_code == 401


def test_on_this_machine_none_is_needed_but_one_that_is_sent_counts(tmp_path: Path) -> None:
    with guarded(tmp_path) as (client, _):
        assert client.get("/", headers=bearer("whatever")).text == "anonymous"
        with Keys(tmp_path) as elsewhere:
            _, token = elsewhere.add("press", Access.READ)
            assert client.get("/").text == "anonymous"
            assert client.get("/", headers=bearer(token)).text == "press"
            assert client.get("/", headers={"Authorization": basic("x", token)}).text == "press"
            check_problem(client.delete("/", headers=bearer(token)), 403, "key-too-small")
            check_problem(client.get("/", headers=bearer("whatever")), 401, "unauthorized")
            elsewhere.revoke("press")
            detail = check_problem(client.get("/", headers=bearer(token)), 401, "unauthorized")
            assert "revoked" in detail


def test_a_setting_asks_for_one_on_this_machine_too(tmp_path: Path) -> None:
    with guarded(tmp_path, require_key=True) as (client, keys):
        check_problem(client.get("/"), 401, "unauthorized")
        _, token = keys.add("press", Access.READ)
        assert client.get("/", headers=bearer(token)).text == "press"
        keys.revoke("press")
        check_problem(client.get("/"), 401, "unauthorized")


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "X-Real-IP"])
def test_whom_a_proxy_passes_on_is_not_of_this_machine(tmp_path: Path, name: str) -> None:
    with guarded(tmp_path) as (client, keys):
        assert client.get("/", headers={name: "192.0.2.9"}).text == "anonymous"
        _, token = keys.add("press", Access.READ)
        check_problem(client.get("/", headers={name: "192.0.2.9"}), 401, "unauthorized")
        assert client.get("/", headers={name: "192.0.2.9", **bearer(token)}).text == "press"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "news.example"])
def test_elsewhere_all_need_one(tmp_path: Path, host: str) -> None:
    with guarded(tmp_path, host=host) as (client, _):
        check_problem(client.get("/"), 401, "unauthorized")


def test_a_key_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with guarded(tmp_path) as (client, keys):
        _, token = keys.add("press", Access.READ, date(2099, 1, 1))
        assert client.get("/", headers=bearer(token)).status_code == 200
        monkeypatch.setattr("graph.store.keys.Key.state", lambda _key, _now: "expired")
        assert "expired" in check_problem(client.get("/", headers=bearer(token)), 401, "unauthorized")


NEEDS = [
    ("GET", "/", "read"),
    ("HEAD", "/v1/stats", "read"),
    ("OPTIONS", "/v1/articles", "read"),
    ("POST", "/sparql", "read"),
    ("POST", "/sparql/", "write"),
    ("POST", "/update", "write"),
    ("PUT", "/store/a", "write"),
    ("GET", "/store", "read"),
    ("POST", "/v1/articles", "write"),
    ("DELETE", "/v1/articles/x", "write"),
    ("PATCH", "/v1/statements/x", "write"),
    ("BREW", "/v1/stats", "write"),
    ("POST", "/v1/backup", "admin"),
    ("GET", "/v1/keys", "admin"),
    ("DELETE", "/v1/keys/x", "admin"),
    ("GET", "/v1/keysmith", "read"),
]


@pytest.mark.parametrize(("method", "path", "scope"), NEEDS)
def test_a_scope_is_enough_or_told(tmp_path: Path, method: str, path: str, scope: str) -> None:
    assert needed(method, path) == scope
    with guarded(tmp_path) as (client, keys):
        for access in Access:
            _, token = keys.add(f"key-{access}", access)
            response = client.request(method, path, headers=bearer(token))
            if access.covers(Access(scope)):
                assert response.status_code == 200
            elif method != "HEAD":
                assert f"--scope {scope}" in check_problem(response, 403, "key-too-small")


def test_a_rate_is_told_and_kept(tmp_path: Path) -> None:
    with guarded(tmp_path, rate="100/hour") as (client, keys):
        _, slow = keys.add("slow", Access.READ, rate="2/minute")
        _, usual = keys.add("usual", Access.READ)
        _, free = keys.add("free", Access.READ, rate="off")
        left = [client.get("/", headers=bearer(slow)).headers["ratelimit"] for _ in range(2)]
        assert [one.partition(";t=")[0] for one in left] == ['"key";r=1', '"key";r=0']
        response = client.get("/", headers=bearer(slow))
        assert "wait" in check_problem(response, 429, "too-many-requests")
        assert response.headers["ratelimit-policy"] == '"key";q=2;w=60'
        assert 1 <= int(response.headers["retry-after"]) <= 60
        refused = client.post("/v1/articles", headers=bearer(usual))
        assert refused.status_code == 403
        assert refused.headers["ratelimit-policy"] == '"key";q=100;w=3600'
        for _ in range(5):
            assert "ratelimit" not in client.get("/", headers=bearer(free)).headers


def test_who_tries_keys_is_slowed_down_and_nobody_else(tmp_path: Path) -> None:
    with guarded(tmp_path, rate="3/hour", require_key=True) as (client, keys):
        _, token = keys.add("press", Access.READ)
        statuses = [client.get("/", headers=bearer(f"guess-{n}")).status_code for n in range(5)]
        assert statuses == [401, 401, 401, 429, 429]
        assert client.get("/", headers=bearer(token)).status_code == 200


def test_on_this_machine_only_a_rate_that_is_asked_for_holds(tmp_path: Path) -> None:
    with guarded(tmp_path) as (client, _):
        assert "ratelimit" not in client.get("/").headers
    with guarded(tmp_path, rate="1/minute") as (client, _):
        assert client.get("/").headers["ratelimit-policy"] == '"address";q=1;w=60'
        assert client.get("/").status_code == 429


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    found = [json.loads(r.getMessage()) for r in caplog.records if r.name == "newsgraph.audit"]
    caplog.clear()
    return found


def test_each_refused_key_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with guarded(tmp_path, require_key=True) as (client, keys):
        key, token = keys.add("press", Access.READ)
        client.get("/a")
        client.post("/b", headers=bearer("wrong"))
        client.post(f"/c/{token}%0A", headers=bearer(token))
        keys.revoke("press")
        client.get("/d", headers=bearer(token))
    assert token.rpartition("_")[2] not in caplog.text
    assert token + "\n" not in caplog.text
    told = lines(caplog)
    assert [(one["reason"], one["actor"], one["key"]) for one in told] == [
        ("no key", None, None),
        ("unknown key", None, None),
        ("needs write", "press", key.id),
        ("revoked key", "press", key.id),
    ]
    assert {one["event"] for one in told} == {"refused"}
    assert {one["from"] for one in told} == {"127.0.0.1"}


def test_each_change_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "newsgraph.audit")
    with serving(create_app(settings_for(tmp_path, api_key="k" * 20, allow_update=True))) as client:
        headers = {"Authorization": f"Bearer {'k' * 20}"}
        made = client.post("/v1/keys", json={"name": "desk", "scope": "write"}, headers=headers).json()
        mine = bearer(made["token"])
        graph = f"{Namespaces('http://localhost:8000/').base}notes"
        client.request(
            "PUT",
            "/store",
            params={"graph": graph},
            content="",
            headers={**mine, "Content-Type": "text/turtle"},
        )
        client.delete("/v1/articles/none", headers=mine)
        several = client.post("/v1/articles", json=[{"text": TEXT}, {"text": ""}], headers=mine).json()
        client.get("/v1/stats", headers=mine)
        client.post("/sparql", data={"query": "ASK {}"}, headers=mine)
        client.get("/v1/keys", headers=headers)
    assert made["token"] not in caplog.text
    told = lines(caplog)
    assert [(one["actor"], one["method"], one["ids"], one["status"], one["outcome"]) for one in told] == [
        ("api-key", "POST", [made["id"]], 201, "done"),
        ("desk", "PUT", [graph], 201, "done"),
        ("desk", "DELETE", ["none"], 404, "refused"),
        ("desk", "POST", [several["items"][0]["article"]], 207, "done"),
    ]
    assert told[1]["key"] == made["id"]


def test_a_change_that_breaks_off_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "newsgraph.audit")

    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        await KeyGuard(echo, Ring(settings), settings)(scope, receive, nowhere)
        raise RuntimeError

    async def nowhere(_message: Any) -> None:
        return

    settings = settings_for(Path("unused"))
    with serving(Audit(breaks, lambda _: "here")) as client, pytest.raises(RuntimeError):
        client.post("/v1/articles")
    assert [one["outcome"] for one in lines(caplog)] == ["broken off"]
