"""What cannot be used is a problem that says what to do, at every operation that the OpenAPI document has.

All is made from the document, so that a new route is tried too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from readings import visit
from serving import Client, loaded

LIMIT = 20_000
"""Bytes that a body may have."""
PROBLEM = "application/problem+json"
READS = {"GET"}
_LATER = "/events"
"""How the address of a stream ends, which is not waited for."""


@dataclass
class Tried:
    """A server, and its operations with ids that there are."""

    client: Client
    document: dict[str, Any]
    ids: dict[str, str] = field(default_factory=dict)

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Give method, address and description of each operation of ours; `/sparql` and so on are others'."""
        for path, item in self.document["paths"].items():
            if not path.startswith("/v1/") or path.endswith(_LATER):
                continue
            for method, operation in item.items():
                yield method.upper(), self.address(path), operation

    def address(self, path: str) -> str:
        for prefix, id_ in self.ids.items():
            if path.startswith(prefix):
                return path.replace("{id}", quote(id_)).replace("{format}", "jsonl")
        return path

    def parameters(self, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give the query parameters of an operation with their schemas, without null and references."""
        for one in operation.get("parameters", ()):
            if one["in"] == "query":
                yield one["name"], self.schema(one["schema"])

    def schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        forms = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
        if len(forms) == 1:
            return self.schema(forms[0])
        if "$ref" in schema:
            return self.schema(self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
        return schema

    def needed(self, operation: dict[str, Any]) -> dict[str, Any]:
        """Give values for the parameters that an operation cannot do without."""
        found = {}
        for one in operation.get("parameters", ()):
            if one["in"] == "query" and one.get("required"):
                examples = one["schema"].get("examples") or [one.get("example") or "visit"]
                found[one["name"]] = examples[0]
        return found

    def bodies(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Give method, address and schema of each operation that takes a JSON object."""
        for method, address, operation in self.operations():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            schema = content.get("schema", {})
            forms = [schema, *schema.get("oneOf", ()), *schema.get("anyOf", ())]
            objects = [found for one in forms if "properties" in (found := self.schema(one))]
            if objects:
                yield method, address, objects[0]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    with loaded(tmp_path_factory.mktemp("bad"), max_body=LIMIT) as client:
        found = client.get("/v1/statements?limit=1").json()["items"][0]["id"]
        renamed = client.request("PATCH", "/v1/entities/Moscow", json={"label": "Norvalia"})
        assert renamed.status_code == 200, renamed.text
        merged = client.post("/v1/entities/Kremlin/merge", json={"into": "Moscow"})
        assert merged.status_code == 201, merged.text
        key = client.post("/v1/keys", json={"name": "press", "scope": "read"}).json()["id"]
        job = client.post(
            "/v1/articles", json=[{"text": "Vale met Hale."}], headers={"Prefer": "respond-async"}
        ).json()["id"]
        ids = {
            "/v1/entities/": "Xi_Jinping",
            "/v1/statements/": found,
            "/v1/articles/": visit().article.id,
            "/v1/jobs/": job,
            "/v1/keys/": key,
            "/v1/curation/": "1",
            "/v1/merges/": str(merged.json()["id"]),
            "/v1/export/": "",
        }
        yield Tried(client, client.get("/openapi.json").json(), ids)


def told(answer: httpx.Response, *statuses: int) -> str:
    """Check that an answer is a problem that says what to do, and give what it says."""
    where = f"{answer.request.method} {answer.request.url}"
    assert answer.status_code in statuses, f"{where}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"] == PROBLEM, where
    document = answer.json()
    assert document["type"].startswith("/docs#problem-"), where
    assert document["title"], where
    assert document["status"] == answer.status_code
    detail: str = document["detail"]
    assert len(detail.split()) > 5, f"{where}: {detail}"
    assert any(sign in detail for sign in (";", ". ", ", ")), f"{where} says not what to do: {detail}"
    return detail


def bad_values(schema: dict[str, Any]) -> Iterator[str]:
    """Make texts that no value of a schema can be."""
    if schema.get("type") == "array":
        yield from bad_values(schema["items"])
        return
    if schema.get("type") in {"integer", "number"}:
        yield from ("many", "1e400", "", "\x00", "0x10", "١٢x")
        if "maximum" in schema:
            yield from (str(schema["maximum"] + 1), "9" * 40)
        if "minimum" in schema:
            yield from (str(schema["minimum"] - 1), "-" + "9" * 40)
    if "enum" in schema or "const" in schema:
        yield from ("nonsense", "\x00", str(schema.get("enum", [""])[0]) + "x")
    if schema.get("type") == "boolean":
        yield "perhaps"
    if schema.get("format") == "date":
        yield from ("soon", "2023-02-30", "99999-01-01", "\x00")
    if "maxLength" in schema:
        yield "a" * (schema["maxLength"] + 1)


def test_values_out_of_range_and_of_wrong_types(tried: Tried) -> None:
    asked = 0
    for method, address, operation in tried.operations():
        for name, schema in tried.parameters(operation):
            single = tried.schema(schema["items"]) if schema.get("type") == "array" else schema
            for value in bad_values(single):
                params = {**tried.needed(operation), name: value}
                detail = told(tried.client.request(method, address, params=params), 400, 406, 422)
                assert name in detail or name in {"format", "fields"}, f"{address} {name}: {detail}"
                asked += 1
    assert asked > 200


def test_misspelt_and_repeated_parameters(tried: Tried) -> None:
    asked = 0
    for method, address, operation in tried.operations():
        for name, schema in tried.parameters(operation):
            if len(name) > 4:
                misspelt = name[:-1]
                detail = told(tried.client.request(method, address, params={misspelt: "x"}), 400)
                assert repr(name) in detail, detail
            if schema.get("type") != "array":
                twice = tried.client.request(method, f"{address}?{name}=1&{name}=1")
                assert "once" in told(twice, 400) or name == "limit"
            asked += 1
    assert asked > 80


def test_parameters_that_are_no_utf_8(tried: Tried) -> None:
    asked = 0
    for method, address, operation in tried.operations():
        for name, _ in tried.parameters(operation):
            detail = told(tried.client.request(method, f"{address}?{name}=%ff%fe"), 400)
            assert "UTF-8" in detail, f"{address} {name}: {detail}"
            asked += 1
    assert asked > 80


def test_cursors_of_another_list(tried: Tried) -> None:
    cursors = [
        tried.client.get(address).json()["next"]
        for address in (
            "/v1/articles?limit=1",
            "/v1/entities?limit=1",
            "/v1/statements?limit=1&modality=asserted",
        )
    ]
    assert all(cursors)
    asked = 0
    for method, address, operation in tried.operations():
        if "after" not in dict(tried.parameters(operation)):
            continue
        own = address == "/v1/articles", address == "/v1/entities", False
        bad = [cursor for cursor, is_own in zip(cursors, own, strict=True) if not is_own]
        for cursor in [*bad, "nonsense", "é", "", "W10", "WzFd", "-" * 1999, "W1tbW1tbW1tbW1tb"]:
            params = {**tried.needed(operation), "after": cursor}
            assert "cursor" in told(tried.client.request(method, address, params=params), 400)
            asked += 1
    assert asked > 60


def test_ids_that_nothing_has(tried: Tried) -> None:
    asked = 0
    for path, item in tried.document["paths"].items():
        if not path.startswith("/v1/") or "{id}" not in path:
            continue
        for method, operation in item.items():
            whole = isinstance(tried.schema(_path_schema(operation)).get("maximum"), int)
            for bad in ("987654321",) if whole else ("No_Such_Thing", "a/b", "\x00", "\u202e", "x" * 400):
                address = path.replace("{id}", quote(bad, safe=""))
                body = {"json": {"why": "none"}} if method in {"patch"} else {}
                if path.endswith("/merge"):
                    body = {"json": {"into": "Moscow"}}
                if method == "put" or (method == "patch" and "entities" in path):
                    body = {"json": {"text": "Vale met Hale."} if method == "put" else {"label": "Hale"}}
                if method == "patch" and "statements" in path:
                    body = {"json": {"modality": "planned"}}
                told(tried.client.request(method.upper(), address, **body), 404, 400)
                asked += 1
    assert asked > 40


def _path_schema(operation: dict[str, Any]) -> dict[str, Any]:
    return next(one["schema"] for one in operation["parameters"] if one["in"] == "path")


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/v1/entities/Xi_Jinpin", "Xi_Jinping"),
        ("/v1/entities/xi_jinping/neighbours", "Xi_Jinping"),
        ("/v1/statements?about=Xi_Jinpin", "Xi_Jinping"),
        ("/v1/statements?predicate=visitt", "visit"),
        ("/v1/paths?source=Xi_Jinpin&target=Moscow", "Xi_Jinping"),
        ("/v1/graph?about=Xi_Jinpin", "Xi_Jinping"),
        ("/v1/queries/plan", "plans"),
    ],
)
def test_near_ids_are_named(tried: Tried, address: str, near: str) -> None:
    assert near in told(tried.client.get(address), 404)


def test_fields_of_bodies_that_there_are_not(tried: Tried) -> None:
    asked = 0
    for method, address, schema in tried.bodies():
        for name in schema["properties"]:
            if len(name) < 4:
                continue
            misspelt = f"{name[:-1]}q"
            given = {**_filled(tried, schema), misspelt: "x"}
            detail = told(tried.client.request(method, address, json=given), 400)
            assert misspelt in detail, detail
            assert name in detail, detail
            asked += 1
    assert asked > 12


def test_values_of_bodies_of_wrong_types(tried: Tried) -> None:
    asked = 0
    for method, address, schema in tried.bodies():
        for name, one in schema["properties"].items():
            inner = tried.schema(one)
            bad: list[Any] = [17, ["x"], True, {"nonsense": 1}, "\ud800"]
            if "maxLength" in inner:
                bad.append("a" * (inner["maxLength"] + 1))
            if "enum" in inner:
                bad.append("nonsense")
            for value in bad:
                if name == "id" or (inner.get("type") == "object" and value == {}):
                    continue
                content = json.dumps({**_filled(tried, schema), name: value})
                headers = {"Content-Type": "application/json"}
                answer = tried.client.request(method, address, content=content, headers=headers)
                detail = told(answer, 400, 404, 422)
                assert name in detail or answer.status_code != 400, f"{address} {name} {value!r}: {detail}"
                asked += 1
    assert asked > 60


def _filled(tried: Tried, schema: dict[str, Any]) -> dict[str, Any]:
    """Make a body that has what it needs."""
    if schema.get("examples"):
        return dict(schema["examples"][0])
    return {"text": "Vale met Hale."} if "text" in schema["properties"] else {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"17",
        b'"text"',
        b"{",
        b'{"text": }',
        b"\xff\xfe\x00",
        b'{"why": "\xff"}',
        b'{"why": NaN}',
        b"[" * 10_000,
        b"9" * 10_000,
        b'{"a": ' * 2_500,
    ],
)
def test_bodies_that_are_no_object(tried: Tried, content: bytes) -> None:
    asked = 0
    for method, address, _ in tried.bodies():
        headers = {"Content-Type": "application/json"}
        answer = tried.client.request(method, address, content=content, headers=headers)
        told(answer, 400, 422)
        asked += 1
    assert asked >= 4


def test_bodies_that_are_too_large(tried: Tried) -> None:
    asked = 0
    for method, address, operation in tried.operations():
        if "requestBody" in operation:
            for media_type in operation["requestBody"]["content"]:
                headers = {"Content-Type": media_type}
                answer = tried.client.request(method, address, content=b"a" * (LIMIT + 1), headers=headers)
                told(answer, 413)
                asked += 1
    assert asked > 10


def test_bodies_of_a_type_that_is_not_read(tried: Tried) -> None:
    for method, address, _ in tried.bodies():
        for media_type in ("image/png", "nonsense", "application/x-www-form-urlencoded"):
            headers = {"Content-Type": media_type}
            told(tried.client.request(method, address, content=b"{}", headers=headers), 400, 415)


def test_a_change_of_what_another_has_changed(tried: Tried) -> None:
    asked = 0
    bodies = {(method, address): _filled(tried, schema) for method, address, schema in tried.bodies()}
    for method, address, operation in tried.operations():
        if method in READS or "412" not in operation["responses"]:
            continue
        body = bodies.get((method, address))
        options = {} if body is None else {"json": body}
        headers = {"If-Match": '"an-older-one"'}
        told(tried.client.request(method, address, headers=headers, **options), 412)
        asked += 1
    assert asked >= 5
    for name in ("entities/Xi_Jinping", f"articles/{visit().article.id}"):
        assert tried.client.get(f"/v1/{name}").status_code == 200, "it was changed all the same"


def test_json_lines_may_have_fields_of_their_own(tried: Tried) -> None:
    line = json.dumps({"text": visit().article.text, "colour": "red"}).encode() + b"\n"
    headers = {"Content-Type": "application/x-ndjson"}
    (item,) = tried.client.post("/v1/articles", content=line * 1, headers=headers).json()["items"]
    assert item["problem"] is None
    again = tried.client.get(f"/v1/articles/{visit().article.id}").json()
    sent_back = tried.client.post("/v1/articles", json=again)
    assert sent_back.status_code == 200, sent_back.text
