"""The OpenAPI document is kept: whatever is asked, the answer is one that it tells of, and never a 500.

All is made from the document, so that a new operation is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from readings import Recorded
from serving import READINGS, settings_for
from test_api_kept import served

from api.app import create_app
from api.scopes import needed
from graph.codec import article_to_json

EXAMPLES = 40
"""Requests that are made up for each operation."""
PROBLEM = "application/problem+json"
CHECKS = [
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
]


@schemathesis.serializer("application/sparql-update", "application/sparql-query")
def as_it_is(_context: Any, value: Any) -> bytes:
    """Send a text as a body."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    app = create_app(
        settings_for(tmp_path_factory.mktemp("contract"), allow_update=True), Recorded(*READINGS)
    )
    with served(app) as opened:
        for reading in READINGS[:2]:
            opened.post("/v1/articles", json=article_to_json(reading.article)).raise_for_status()
        yield opened


def operations(client: httpx.Client) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give the methods and paths of the document, with what it says of them."""
    for path, item in client.get("/openapi.json").json()["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


@pytest.mark.slow
def test_whatever_is_asked_is_answered_as_documented(client: httpx.Client) -> None:
    address = str(client.base_url).rstrip("/")
    document = client.get("/openapi.json").json()
    statuses: list[int] = []
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(operation.as_strategy())
        def ask(case: Any) -> None:
            response = case.call(base_url=address, timeout=20)
            statuses.append(response.status_code)
            assert response.status_code != 500, response.text
            case.validate_response(response, checks=CHECKS)

        ask()
    assert len(statuses) > 1000
    assert 200 in statuses


def test_an_unknown_parameter_is_a_problem_everywhere(client: httpx.Client) -> None:
    asked = 0
    for method, path, _ in operations(client):
        if path.startswith("/v1/") and not path.endswith("/events"):
            address = path.replace("{format}", "jsonl").replace("{id}", "none").replace("{name}", "none")
            response = client.request(method, f"{address}?nonsense=1")
            asked += 1
            assert response.status_code in {400, 404, 415}, f"{method} {path}: {response.text}"
            assert response.headers["content-type"] == PROBLEM
            if response.status_code == 400:
                assert response.json()["detail"]
    assert asked > 10


@pytest.mark.parametrize("bad", ["\x00", "a" * 5000, "%ff%fe", "..", "'\"<>", "\u202e", "-1", "9" * 400])
def test_an_id_that_is_none_is_a_problem_everywhere(client: httpx.Client, bad: str) -> None:
    for method, path, _ in operations(client):
        if path.startswith("/v1/") and "{" in path and method == "GET":
            name = path[path.index("{") : path.index("}") + 1]
            response = client.request(method, path.replace(name, quote(bad, safe="%")))
            assert response.status_code in {200, 307, 400, 404, 422}, f"{path}: {response.text}"
            if response.status_code >= 400:
                assert response.headers["content-type"] == PROBLEM
                assert response.json()["detail"].strip()


def test_each_operation_needs_a_scope_that_says_what_it_does(client: httpx.Client) -> None:
    found = {(method, path): needed(method, path) for method, path, _ in operations(client)}
    assert {scope for (method, _), scope in found.items() if method == "GET"} <= {"read", "admin"}
    writers = {one for one, scope in found.items() if one[0] != "GET" and scope == "read"}
    assert writers == {("POST", "/sparql")}
