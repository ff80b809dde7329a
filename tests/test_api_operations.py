from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from serving import Client, check_problem, loaded, serving, settings_for

from api.app import create_app
from api.docs.page import element, render
from api.problems import KINDS
from graph.export import EXPORTERS
from graph.queries import load_library
from graph.sparql.guard import QueryForm
from graph.sparql.results import offered

KEY = "the key of the test"
QUERIES = {
    QueryForm.SELECT: "SELECT * { VALUES ?x { 1 } }",
    QueryForm.ASK: "ASK {}",
    QueryForm.CONSTRUCT: "CONSTRUCT { <x:a> <x:b> ?x } { VALUES ?x { 1 } }",
    QueryForm.DESCRIBE: "DESCRIBE <x:a>",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("operations"), []) as opened:
        yield opened


def test_it_is_alive_and_becomes_ready(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    answers = (client.get("/readyz") for _ in range(1000))
    assert next(answer.json() for answer in answers if answer.status_code == 200) == {"status": "ready"}


def test_with_a_key_only_health_is_open(tmp_path: Path) -> None:
    with serving(create_app(settings_for(tmp_path, api_key=KEY))) as client:
        assert client.get("/healthz").status_code == 200
        for path in ("/", "/docs", "/openapi.json", "/v1/stats", "/sparql?query=ASK%7B%7D", "/assets/app.js"):
            check_problem(client.get(path), 401, "unauthorized")
            response = client.get(path, headers={"Authorization": f"Bearer {KEY}"})
            assert response.status_code == 200


def test_the_guards_stand_before_every_route(client: Client) -> None:
    for path in ("/", "/healthz", "/v1/stats", "/sparql", "/assets/app.js"):
        check_problem(client.get(path, headers={"Host": "evil.example"}), 421, "wrong-host")
        check_problem(client.post(path, headers={"Sec-Fetch-Site": "cross-site"}), 403, "cross-site")
        assert "default-src 'self'" in client.get(path).headers["content-security-policy"]


OPERATIONS = {
    "/v1/contradictions": {"get"},
    "/v1/predicates": {"get"},
    "/v1/types": {"get"},
    "/v1/statements/facets": {"get"},
    "/v1/statements/{id}/others": {"get"},
    "/v1/entities/{id}/statements": {"get"},
    "/v1/entities/{id}/timeline": {"get"},
    "/v1/timeline": {"get"},
    "/v1/keys": {"get", "post"},
    "/v1/keys/{id}": {"delete"},
    "/v1/articles": {"get", "post"},
    "/v1/articles/{id}": {"get", "put", "delete"},
    "/v1/entities": {"get"},
    "/v1/entities/{id}": {"get", "patch"},
    "/v1/entities/{id}/merge": {"post"},
    "/v1/merges/{id}": {"delete"},
    "/v1/curation": {"get"},
    "/v1/candidates": {"get"},
    "/v1/entities/{id}/distinguish": {"post"},
    "/v1/curation/{id}": {"get", "delete"},
    "/v1/entities/{id}/neighbours": {"get"},
    "/v1/statements": {"get"},
    "/v1/statements/{id}": {"get", "patch", "delete"},
    "/v1/jobs": {"get"},
    "/v1/jobs/{id}": {"get", "delete"},
    "/v1/jobs/{id}/articles": {"get"},
    "/v1/jobs/{id}/events": {"get"},
    "/v1/jobs/{id}/cancel": {"post"},
    "/v1/jobs/{id}/retry": {"post"},
    "/v1/paths": {"get"},
    "/v1/graph": {"get"},
    "/v1/analysis/centrality": {"get"},
    "/v1/analysis/communities": {"get"},
    "/v1/search": {"get"},
    "/v1/stats": {"get"},
    "/v1/export/{format}": {"get"},
    "/v1/queries": {"get"},
    "/sparql": {"get", "post"},
    "/update": {"post"},
    "/store": {"get", "put", "post", "delete", "patch"},
    "/store/{path}": {"get", "put", "post", "delete", "patch"},
    "/entity/{id}": {"get"},
    "/article/{id}": {"get"},
    "/statement/{id}": {"get"},
    "/relation/{id}": {"get"},
    "/triple/{id}": {"get"},
    "/curation/{id}": {"get"},
    "/ontology": {"get"},
    "/shapes": {"get"},
    "/v1/dataset": {"get"},
    "/.well-known/void": {"get"},
    "/v1/backup": {"post"},
    "/healthz": {"get"},
    "/readyz": {"get"},
    "/metrics": {"get"},
}


def test_the_description_holds_every_operation(client: Client) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    named = {f"/v1/queries/{name}": {"get"} for name in load_library().queries}
    assert {path: set(item) for path, item in document["paths"].items()} == OPERATIONS | named
    for path, item in document["paths"].items():
        for operation in item.values():
            assert operation["summary"]
            assert operation["operationId"]
            assert "422" not in operation["responses"] or "HTTPValidationError" not in str(operation)
            if path != "/healthz":
                assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_every_reference_of_the_description_leads_somewhere(client: Client) -> None:
    response = client.get("/openapi.json")
    schemas = response.json()["components"]["schemas"]
    references = set(re.findall(r'"\$ref":\s*"#/components/schemas/([^"]+)"', response.text))
    assert references
    assert references <= set(schemas)


_PYTHON = {"object": dict, "array": list, "string": str, "boolean": bool}


def fits(value: Any, schema: Any) -> bool:
    """Tell if a value is what the small schemas of `/sparql` and the exports describe."""
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, _PYTHON[name]) for name in types):
        return False
    if not isinstance(value, dict):
        return True
    known = schema.get("properties", {})
    return set(schema.get("required", ())) <= set(value) and all(
        fits(value[name], one) for name, one in known.items() if name in value
    )


def test_the_checker_of_schemas_can_refuse() -> None:
    assert not fits("text", {"type": "object"})
    assert not fits({}, {"type": "object", "required": ["head"]})
    assert not fits({"head": 1}, {"anyOf": [{"type": "object", "properties": {"head": {"type": "object"}}}]})


@pytest.mark.parametrize("form", QueryForm)
def test_answers_to_queries_are_as_described(client: Client, form: QueryForm) -> None:
    documented = content_of(client, "/sparql")
    for media_type in (one for known in offered(form) for one in known.media_types):
        response = client.get("/sparql", params={"query": QUERIES[form]}, headers={"Accept": media_type})
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == media_type
        value = response.json() if media_type.endswith("json") else response.text
        assert fits(value, documented[media_type]["schema"]), media_type
    with_graphs = offered(QueryForm.SELECT) + offered(QueryForm.CONSTRUCT)
    assert set(documented) == {media_type for known in with_graphs for media_type in known.media_types}


def test_exports_are_as_described(client: Client) -> None:
    documented = content_of(client, "/v1/export/{format}")
    for name in EXPORTERS:
        response = client.get(f"/v1/export/{name}")
        schema = documented.pop(response.headers["content-type"].partition(";")[0])["schema"]
        assert fits(response.text, schema)
    assert documented == {}


def content_of(client: Client, path: str) -> dict[str, Any]:
    """Give what the description says of the answers of a GET, by media type."""
    operation = client.get("/openapi.json").json()["paths"][path]["get"]
    content: dict[str, Any] = operation["responses"]["200"]["content"]
    return content


class _Page(HTMLParser):
    """Collects what a page links to, and the ids that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: set[str] = set()
        self.inline: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            if name in {"href", "src"}:
                self.addresses.add(value or "")
            if name.startswith("on") or name == "style":
                self.inline.append(name)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"script", "style"} and data.strip():
            self.inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass


def test_the_documentation_works_offline(client: Client) -> None:
    page = _Page()
    page.feed(client.get("/docs").text)
    assert page.inline == [], "the content security policy forbids inline scripts and styles"
    for address in page.addresses:
        assert address.startswith(("/", "#")), f"{address} is not on this server"
        if address.startswith("#"):
            assert address[1:] in page.ids
        else:
            assert client.get(address).status_code == 200
    assert {f"problem-{kind.slug}" for kind in KINDS.values()} <= page.ids


def test_the_documentation_names_every_operation_and_parameter(client: Client) -> None:
    text = client.get("/docs").text
    for path, item in client.get("/openapi.json").json()["paths"].items():
        assert f"<code>{path}</code>" in text
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in text


def test_the_documentation_escapes_what_it_shows() -> None:
    marks = iter(f'<x{n}>"&' for n in range(100))
    parameter = {
        "name": next(marks),
        "in": next(marks),
        "description": f"`{next(marks)}`",
        "schema": {"enum": [next(marks)]},
    }
    operation = {
        "tags": ["tag"],
        "summary": next(marks),
        "operationId": next(marks),
        "parameters": [parameter],
        "requestBody": {"content": {next(marks): {"example": {next(marks): next(marks)}}}},
        "responses": {next(marks): {"description": next(marks), "content": {next(marks): {}}}},
    }
    document = {
        "tags": [{"name": "tag", "description": next(marks)}],
        "paths": {f"/{next(marks)}": {"get": operation}},
        "info": {"description": next(marks)},
    }
    page = render(document)
    shown = int(next(marks)[2:-3])
    assert "<x" not in page
    assert all(f"&lt;x{n}&gt;" in page for n in range(shown))
    assert element("p", "x", title='"') == '<p title="&quot;">x</p>'
    assert element("input", required=True, disabled=False, data_in="a") == '<input required data-in="a">'


def test_the_page_and_its_files_are_served(client: Client) -> None:
    page = _Page()
    page.feed(client.get("/").text)
    assert page.inline == []
    for address in page.addresses - {"#", "#main"}:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.headers["cache-control"] == "no-cache"
    script = client.get("/assets/app.js").text
    for module in re.findall(r'from "\./([\w/.-]+)"', script):
        assert client.get(f"/assets/{module}").headers["content-type"].startswith("text/javascript")
