"""Single things with some of their fields, asked from the OpenAPI document: a new one is asked too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readings import echo, visit
from serving import Client, check_problem, loaded

from graph.codec import article_to_json

ARTICLE = visit().article.id


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("things"), [visit()]) as opened:
        yield opened


@pytest.fixture(scope="module")
def things(client: Client) -> dict[str, dict[str, Any]]:
    """The address of each thing that the document says may be asked for in part, with its operation."""
    lines = '{"text": "Moscow is a city."}\n'
    headers = {"Content-Type": "application/x-ndjson", "Prefer": "respond-async"}
    job = client.post("/v1/articles", content=lines, headers=headers).json()["id"]
    decision = client.request("PATCH", "/v1/entities/Moscow", json={"label": "Moskva"})
    assert decision.status_code == 200
    ids = {
        "/v1/articles": ARTICLE,
        "/v1/statements": client.get(f"/v1/statements?article={ARTICLE}").json()["items"][0]["id"],
        "/v1/entities": "Xi_Jinping",
        "/v1/curation": "1",
        "/v1/jobs": job,
    }
    found = {}
    for path, item in client.get("/openapi.json").json()["paths"].items():
        start = path.removesuffix("/{id}")
        if path != start and start.startswith("/v1/") and "get" in item:
            found[f"{start}/{ids[start]}"] = item["get"]
    assert len(found) == len(ids)
    return found


def test_each_thing_comes_with_the_fields_that_are_named(
    client: Client, things: dict[str, dict[str, Any]]
) -> None:
    for address, operation in things.items():
        (fields,) = [one for one in operation["parameters"] if one["name"] == "fields"]
        whole = client.get(address).json()
        for names in (fields["schema"]["examples"][0], ",".join(reversed(whole))):
            part = client.get(address, params={"fields": names})
            assert part.status_code == 200, part.text
            assert list(part.json()) == names.split(","), address
            assert part.json() == {name: whole[name] for name in names.split(",")}


def test_nested_fields_are_named_with_dots(client: Client) -> None:
    found = client.get(f"/v1/articles/{ARTICLE}?fields=title,statements.subject.label").json()
    assert list(found) == ["title", "statements"]
    assert found["statements"]
    assert all(list(one) == ["subject"] and list(one["subject"]) == ["label"] for one in found["statements"])


def test_what_is_no_field_is_named_with_those_that_are(
    client: Client, things: dict[str, dict[str, Any]]
) -> None:
    for address in things:
        for wrong in ("nonsense", "", ",", "id.x", "id," * 1000, "\x00", "\ud800".encode("utf-8", "replace")):
            answer = client.get(address, params={"fields": wrong})
            told = check_problem(answer, 422, "unknown-field")
            assert "there is" in told.lower() or "nothing inside" in told
    assert "'label'" in client.get("/v1/entities/Xi_Jinping?fields=lable").json()["detail"]


def test_fields_are_looked_at_before_the_thing(client: Client) -> None:
    check_problem(client.get("/v1/entities/Nobody_At_All?fields=nonsense"), 422, "unknown-field")
    check_problem(client.get("/v1/entities/Nobody_At_All?fields=label"), 404, "not-found")
    check_problem(client.get("/v1/entities/Xi_Jinping?format=csv"), 400, "unknown-parameter")


def test_each_form_has_an_etag_of_its_own(client: Client, things: dict[str, dict[str, Any]]) -> None:
    for address in things:
        first, second = list(client.get(address).json())[:2]
        forms = [{}, {"fields": first}, {"fields": second}, {"fields": f"{first},{second}"}]
        tags = [client.get(address, params=form).headers["etag"] for form in forms]
        assert len(set(tags)) == len(tags), address
        for form in forms:
            for tag in tags:
                answer = client.get(address, params=form, headers={"If-None-Match": tag})
                assert (answer.status_code == 304) is (tag == tags[forms.index(form)]), address


def test_who_saw_a_part_may_demand_that_nothing_has_changed(tmp_path: Path) -> None:
    with loaded(tmp_path, [visit(), echo()]) as client:
        address = "/v1/entities/Moscow"
        tag = client.get(f"{address}?fields=label").headers["etag"]
        change = {"headers": {"If-Match": tag}, "json": {"label": "Moskva"}}
        check_problem(
            client.request("PATCH", address, json={"label": "x"}, headers={"If-Match": f"W/{tag}"}),
            412,
            "precondition-failed",
        )
        assert client.request("PATCH", address, **change).status_code == 200
        check_problem(client.request("PATCH", address, **change), 412, "precondition-failed")
        article = f"/v1/articles/{ARTICLE}"
        tag = client.get(f"{article}?fields=id").headers["etag"]
        client.post("/v1/articles", json=article_to_json(visit(title="Another headline").article))
        assert client.get(f"{article}?fields=id").headers["etag"] != tag  # of the whole, which has changed
        check_problem(client.delete(article, headers={"If-Match": tag}), 412, "precondition-failed")
        tag = client.get(f"{article}?fields=id").headers["etag"]
        assert client.delete(article, headers={"If-Match": tag}).status_code == 204
