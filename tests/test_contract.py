"""The OpenAPI document is kept: whatever is asked, the answer is one that it tells of, and never a 500.

All is made from the document, so that a new operation is asked too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from serving import settings_for
from test_api_kept import served

from api.app import create_app
from api.scopes import needed
from graph.resources import data_path

EXAMPLES = 40
"""Requests that are made up for each operation."""
PROBLEM = "application/problem+json"
READING = {"GET", "HEAD"}
CHECKS = [
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
]


@schemathesis.serializer("application/sparql-update", "application/sparql-query")
def as_it_is(_context: Any, value: Any) -> bytes:
    """Send a text as a body."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@contextmanager
def with_samples(folder: Path) -> Iterator[httpx.Client]:
    """Serve the sample articles, with the reader that people use."""
    app = create_app(settings_for(folder, allow_update=True))
    with served(app) as opened:
        for file in sorted(data_path("samples").glob("*.txt")):
            headers = {"Content-Type": "text/plain"}
            opened.post("/v1/articles", content=file.read_bytes(), headers=headers).raise_for_status()
        yield opened


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with with_samples(tmp_path_factory.mktemp("contract")) as opened:
        yield opened


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[httpx.Client]:
    """A server of which no other test has removed or changed anything."""
    with with_samples(tmp_path) as opened:
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

        try:
            ask()
        except* SystemError as group:
            # A fault of Python up to 3.11.7 (gh-106905), met when a lambda is described: all is asked anew.
            if not all("AST constructor recursion depth" in str(error) for error in group.exceptions):
                raise
            ask()
    assert len(statuses) > 1000
    assert 200 in statuses


def example_of(part: dict[str, Any]) -> Any:
    """Give the example of a parameter or a body, from wherever it may stand; None if there is none."""
    schema = part.get("schema", {})
    shown = [part.get("example"), *schema.get("examples", ()), schema.get("example"), schema.get("default")]
    return next((one for one in shown if one is not None), None)


def examples(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Make requests (options of httpx) of the examples of an operation, one for each type of body."""
    given = {where: {} for where in ("path", "query", "header")}
    for one in operation.get("parameters", ()):
        example = example_of(one)
        if example is not None:
            given[one["in"]][one["name"]] = example
        elif one.get("required"):
            return
    options = {"path": given["path"], "params": given["query"]}
    bodies = operation.get("requestBody", {}).get("content", {})
    if not bodies:
        yield options
    for media_type, body in bodies.items():
        example = example_of(body)
        if example is not None:
            content = example if isinstance(example, str) else json.dumps(example)
            yield {**options, "content": content, "headers": {"Content-Type": media_type}}


def test_every_example_is_answered_as_documented(untouched: httpx.Client) -> None:
    found = schemathesis.openapi.from_dict(untouched.get("/openapi.json").json()).get_all_operations()
    known = {(one.ok().method.upper(), one.ok().path): one.ok() for one in found}
    asked, statuses = set(), {}
    for method, path, operation in sorted(operations(untouched), key=lambda one: one[0] not in READING):
        for options in examples(operation):
            address = path.format(**{name: quote(str(v), safe="") for name, v in options.pop("path").items()})
            response = untouched.request(method, address, **options)
            asked.add((method, path))
            statuses[method, path, str(options)] = response.status_code
            assert str(response.status_code) in operation["responses"], f"{method} {path}: {response.text}"
            known[method, path].validate_response(response)
    assert len(asked) > 25
    # A graph has to be named where two parameters may do that; jobs, keys and decisions get their ids when
    # they are made; and the article of the examples is replaced by the first of their bodies.
    wrong = {one: status for one, status in statuses.items() if status >= 400 and one[1] != "/store"}
    unknown = re.compile(r"/(v1/(jobs|keys)|curation)/\{id\}")
    assert {
        path for (_, path, _), status in wrong.items() if status == 404 and not unknown.match(path)
    } == set()
    assert {(path, status) for (_, path, _), status in wrong.items() if status != 404} <= {
        ("/v1/articles/{id}", 410)
    }
    assert len(statuses) - len(wrong) > 40


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
