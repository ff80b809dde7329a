"""PUT of an article: another version in the place of one, and only of the one that was seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readings import echo, numbered, visit
from serving import Client, check_problem, loaded

from api import schemas
from graph.codec import article_to_json
from graph.model import Reading

OLD, NEW = numbered(1), numbered(2)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with loaded(tmp_path, readings=[OLD, visit()]) as opened:
        yield opened


def at(reading: Reading) -> str:
    return f"/v1/articles/{reading.article.id}"


def put(client: Client, address: str, reading: Reading, **headers: str) -> Any:
    return client.request("PUT", address, json=article_to_json(reading.article), headers=headers)


def statements(client: Client) -> set[str]:
    return {one["id"] for one in client.get("/v1/statements?limit=100").json()["items"]}


def test_the_new_text_is_there_and_the_old_one_gone_with_all_that_only_it_said(client: Client) -> None:
    answer = put(client, at(OLD), NEW)
    assert answer.status_code == 200, answer.text
    body = schemas.Added.model_validate(answer.json())
    assert (body.outcome, body.article.id) == ("replaced", NEW.article.id)
    assert answer.headers["location"] == at(NEW)
    check_problem(client.get(at(OLD)), 410, "gone")
    assert statements(client) == {one.id for reading in (NEW, visit()) for one in reading.statements}


def test_what_another_article_says_too_stays(client: Client) -> None:
    client.post("/v1/articles", json=article_to_json(echo().article))
    assert put(client, at(echo()), NEW).status_code == 200
    assert statements(client) == {one.id for r in (OLD, NEW, visit()) for one in r.statements}
    stored = visit().statements[0]
    assert client.get(f"/v1/statements/{stored.id}").status_code == 200


def test_the_same_text_takes_other_metadata_or_is_unchanged(client: Client) -> None:
    assert put(client, at(visit()), visit()).json()["outcome"] == "unchanged"
    answer = put(client, at(visit()), visit(title="Another headline"))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "replaced")
    assert client.get(at(visit())).json()["title"] == "Another headline"
    assert client.get("/v1/stats").json()["articles"] == 2


def test_a_version_that_is_there_already_is_left_alone(client: Client) -> None:
    assert put(client, at(OLD), visit()).json()["outcome"] == "replaced"
    assert client.get("/v1/stats").json()["articles"] == 1


def test_an_article_that_is_not_there_is_made_if_the_id_is_that_of_its_text(client: Client) -> None:
    check_problem(put(client, at(NEW), echo()), 404, "not-found")
    answer = put(client, at(NEW), NEW)
    assert (answer.status_code, answer.json()["outcome"]) == (201, "added")


def test_what_cannot_be_read_leaves_the_old_version(client: Client) -> None:
    before = client.get(at(OLD)).json()
    german = client.request(
        "PUT", at(OLD), content="Das ist Deutsch.", headers={"Content-Type": "text/plain"}
    )
    check_problem(german, 422, "not-english")
    check_problem(client.request("PUT", at(OLD), json=[]), 422, "empty-text")
    two = [article_to_json(one.article) for one in (NEW, echo())]
    assert "one article" in check_problem(client.request("PUT", at(OLD), json=two), 400, "bad-record")
    check_problem(client.request("PUT", at(OLD), content=b"x"), 415, "unsupported-media")
    assert client.get(at(OLD)).json() == before
    assert client.get("/v1/stats").json()["articles"] == 2


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_of_two_writers_only_the_first_changes_what_both_have_seen(client: Client, method: str) -> None:
    seen = client.get(at(visit())).headers["etag"]
    client.post("/v1/articles", json=article_to_json(NEW.article))  # a write elsewhere is no change of it
    assert client.get(at(visit())).headers["etag"] == seen
    assert put(client, at(visit()), visit(title="First"), **{"If-Match": seen}).status_code == 200
    body = {"json": article_to_json(visit(title="Second").article)} if method == "PUT" else {}
    second = client.request(method, at(visit()), headers={"If-Match": seen}, **body)
    check_problem(second, 412, "precondition-failed")
    assert client.get(at(visit())).json()["title"] == "First"
    now = client.get(at(visit())).headers["etag"]
    assert client.request(method, at(visit()), headers={"If-Match": now}, **body).status_code in (200, 204)


def test_a_client_that_has_the_article_is_told_so(client: Client) -> None:
    etag = client.get(at(visit())).headers["etag"]
    again = client.get(at(visit()), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_put_only_if_there_is_nothing_yet(client: Client) -> None:
    check_problem(put(client, at(OLD), OLD, **{"If-None-Match": "*"}), 412, "precondition-failed")
    assert put(client, at(NEW), NEW, **{"If-None-Match": "*"}).status_code == 201
    check_problem(put(client, at(echo()), echo(), **{"If-Match": "*"}), 412, "precondition-failed")
