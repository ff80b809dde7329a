"""Every list as JSON, CSV and JSON Lines, asked from the OpenAPI document: a new list is asked too."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readings import echo, visit
from serving import READINGS, Client, check_problem, loaded, pages

CSV = "text/csv"
LINES = "application/x-ndjson"
NEEDED = {"/v1/search": "q=visit", "/v1/paths": "source=Xi_Jinping&target=Moscow"}
"""What some lists have to be asked for."""
ROWS = {"/v1/paths": "path", "/v1/analysis/communities": "community"}
"""Lists of which an item is several rows of CSV, which are numbered by the column."""
FORMATS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "jsonl": LINES}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("lists"), allow_update=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def lists(client: Client) -> dict[str, dict[str, Any]]:
    """The address of each list that the document tells of, with its operation."""
    found = {}
    for path, item in client.get("/openapi.json").json()["paths"].items():
        operation = item.get("get", {})
        if {"fields", "format"} <= {one["name"] for one in operation.get("parameters", ())}:
            address = path.replace("{id}", "Xi_Jinping")
            found[f"{address}?{NEEDED[path]}" if path in NEEDED else address] = operation
    return found


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_lists_are_those_that_there_are(lists: dict[str, Any]) -> None:
    names = {address.partition("?")[0].removeprefix("/v1/") for address in lists}
    wanted = "entities statements articles search predicates types contradictions jobs queries keys curation"
    assert set(wanted.split()) <= names
    assert {"entities/Xi_Jinping/neighbours", "entities/Xi_Jinping/statements"} <= names


def test_each_list_comes_in_each_form_by_accept_and_by_format(client: Client, lists: dict[str, Any]) -> None:
    filled = 0
    for address, operation in lists.items():
        answer = client.get(address)
        if answer.status_code == 404:  # no job has the id of an entity
            continue
        items = answer.json()["items"]
        filled += bool(items)
        content = operation["responses"]["200"]["content"]
        assert {"application/json", CSV, LINES} <= set(content), address
        for name, media_type in FORMATS.items():
            by_accept = client.get(address, headers={"Accept": media_type})
            by_name = client.get(address, params={**answer.request.url.params, "format": name})
            for one in (by_accept, by_name):
                assert one.status_code == 200, one.text
                assert one.headers["content-type"] == media_type, address
                assert one.headers["vary"] == "Accept", address
            assert by_accept.content == by_name.content or name == "json"
        assert lines(client.get(address, headers={"Accept": LINES}).text) == items, address
        written = client.get(address, headers={"Accept": CSV}).text
        assert written.split("\r\n")[0] + "\r\n" == content[CSV]["example"], address
        number = ROWS.get(address.partition("?")[0])
        if number is None:
            assert len(table(written)) == len(items), address
        else:
            assert {row[number] for row in table(written)} == {str(n) for n, _ in enumerate(items, 1)}
    assert filled > 6


def test_cells_have_what_the_json_has(client: Client) -> None:
    (item, *_), (row, *_) = (
        client.get("/v1/statements?article=" + visit().article.id).json()["items"],
        table(client.get("/v1/statements?format=csv&article=" + visit().article.id).text),
    )
    assert row["subject.label"] == item["subject"]["label"]
    assert row["subject.start"] == str(item["subject"]["start"])
    assert row["predicate.broader"] == "|".join(item["predicate"]["broader"]) != ""
    assert row["time.start"] == item["time"]["start"]
    assert row["object.value"] == ""
    assert json.loads(row["arguments"] or "[]") == item["arguments"]
    assert list(row)[:4] == ["id", "subject.id", "subject.label", "subject.type"]


def test_fields_choose_members_in_their_order(client: Client) -> None:
    asked = "/v1/statements?fields=sentence,subject.label,predicate"
    items = client.get(asked).json()["items"]
    assert all(list(one) == ["sentence", "subject", "predicate"] for one in items)
    assert all(list(one["subject"]) == ["label"] and "broader" in one["predicate"] for one in items)
    assert lines(client.get(f"{asked}&format=jsonl").text) == items
    assert list(table(client.get("/v1/statements?fields=modality,subject.label,id&format=csv").text)[0]) == [
        "modality",
        "subject.label",
        "id",
    ]
    both = client.get("/v1/statements?fields=subject.label,subject").json()["items"][0]
    assert both == client.get("/v1/statements?fields=subject,subject.label").json()["items"][0]
    assert len(both["subject"]) > 1
    within = client.get("/v1/entities/Xi_Jinping/neighbours?fields=predicates.id").json()["items"]
    assert within
    assert all(list(one) == ["id"] for item in within for one in item["predicates"])


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("nonsense", "here is id, subject, "),
        ("subject.labl", "'subject.label'"),
        ("id.label", "nothing inside 'id'"),
        ("", "name none"),
        (",", "name none"),
        ("id," * 1000, "too long"),
        ("subject.", "subject.label"),
        (".id", "here is id"),
        ("\x00", "there is id"),
        ("__class__", "there is id"),
    ],
)
def test_fields_that_are_none_are_a_problem(client: Client, fields: str, told: str) -> None:
    detail = check_problem(client.get("/v1/statements", params={"fields": fields}), 422, "unknown-field")
    assert told in detail


def test_what_is_no_form_of_a_list_is_named_with_those_that_are(
    client: Client, lists: dict[str, Any]
) -> None:
    for address in lists:
        for options in ({"headers": {"Accept": "image/png"}}, {"headers": {"Accept": "text/csv;q=0"}}):
            answer = client.get(address, **options)
            if options["headers"]["Accept"].endswith("q=0"):
                assert answer.status_code == 406, address
            detail = check_problem(answer, 406, "not-acceptable")
            assert all(name in detail for name in ("json", "csv", "jsonl")), detail
    check_problem(client.get("/v1/entities?format=xml"), 406, "not-acceptable")
    check_problem(client.get("/v1/entities?format="), 406, "not-acceptable")


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_pages_follow_each_other_by_the_link_alone(client: Client, name: str) -> None:
    found: list[str] = []
    following: str | None = "/v1/statements?limit=7&fields=id"
    asked = 0
    while following:
        answer = client.get(following, headers={"Accept": FORMATS[name]})
        found += [one["id"] for one in (table if name == "csv" else lines)(answer.text)]
        following = answer.links.get("next", {}).get("url")
        asked += 1
    assert asked > 3
    assert found == [one["id"] for one in pages(client, "/v1/statements?limit=50")]


def test_each_form_has_an_etag_of_its_own(client: Client, lists: dict[str, Any]) -> None:
    checked = 0
    for address in lists:
        tags = {}
        for media_type in FORMATS.values():
            answer = client.get(address, headers={"Accept": media_type})
            if "etag" in answer.headers:
                tags[media_type] = answer.headers["etag"]
        assert len(set(tags.values())) == len(tags), address
        assert len(tags) in {0, 3}, address
        for media_type in tags:
            for other, tag in tags.items():
                answer = client.get(address, headers={"Accept": media_type, "If-None-Match": tag})
                assert (answer.status_code == 304) is (other == media_type), (address, media_type, other)
                assert answer.headers["vary"] == "Accept"
                checked += 1
    assert checked > 60
    json_ = client.get("/v1/entities").headers["etag"]
    assert client.get("/v1/entities", headers={"Accept": "text/html, */*;q=0.1"}).headers["etag"] == json_


def test_a_graph_has_one_for_its_json_alone(client: Client) -> None:
    address = "/v1/graph?about=Xi_Jinping"
    tag = client.get(address, headers={"Accept": "application/json"}).headers["etag"]
    asked = {"If-None-Match": tag}
    again = client.get(address, headers={"Accept": "application/json, text/turtle;q=0.5", **asked})
    assert again.status_code == 304
    assert again.headers["vary"] == "Accept"
    other = client.get(address, headers={"Accept": "application/json;q=0.5, text/turtle", **asked})
    assert other.status_code == 200
    assert other.headers["content-type"].startswith("text/turtle")
    assert "etag" not in other.headers


def test_head_and_options_of_a_list(client: Client, lists: dict[str, Any]) -> None:
    for address in lists:
        for media_type in FORMATS.values():
            got = client.get(address, headers={"Accept": media_type})
            head = client.request("HEAD", address, headers={"Accept": media_type})
            assert head.content == b""
            assert head.status_code == got.status_code
            assert dict(head.headers) == dict(got.headers), address
        allowed = client.request("OPTIONS", address)
        assert allowed.status_code == 204
        assert {"GET", "HEAD", "OPTIONS"} <= set(allowed.headers["allow"].split(", "))


def test_a_write_gives_a_new_tag_in_each_form(tmp_path: Path) -> None:
    with loaded(tmp_path, READINGS[:1]) as client:
        for media_type in FORMATS.values():
            asked = {"Accept": media_type}
            tag = client.get("/v1/articles", headers=asked).headers["etag"]
            text = echo().article.text
            client.post("/v1/articles", content=text, headers={"Content-Type": "text/plain"})
            again = client.get("/v1/articles", headers={**asked, "If-None-Match": tag})
            assert again.status_code == 200
            assert again.headers["etag"] != tag
            client.delete(f"/v1/articles/{echo().article.id}")
