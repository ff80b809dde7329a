"""PUT of an article: another version in the place of one, and only of the one that was seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readings import Draft, Recorded, echo, numbered, visit
from serving import Client, check_problem, loaded, pages, serving, settings_for

from api import schemas
from api.app import create_app
from graph.codec import article_to_json
from graph.model import Article, EntityType, Reading

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
    assert NEW.article.id in check_problem(client.get(at(OLD)), 410, "gone")
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


def met(*rounds: int) -> Reading:
    draft = Draft(Article(" ".join(f"Hale met Vale in round {one}." for one in rounds)))
    for one in rounds:
        draft._sentence = (start := draft.article.text.index(f"Hale met Vale in round {one}."), start + 25)
        hale, vale = draft.node("Hale", EntityType.PERSON), draft.node("Vale", EntityType.PERSON)
        draft.say(hale, draft.predicate("met", "meet"), vale)
    return draft.reading()


def test_decisions_hold_where_the_sentence_stayed_and_lost_ones_are_told(tmp_path: Path) -> None:
    old, new = met(1, 2, 3), met(0, 1, 3, 4)
    with serving(create_app(settings_for(tmp_path), Recorded(old, new))) as client:
        posted = client.post("/v1/articles", json=article_to_json(old.article))
        assert "decisions" not in posted.json()
        first, second, third = (f"/v1/statements/{one.id}" for one in old.statements)
        assert client.request("PATCH", first, json={"predicate": "praise"}).status_code == 200
        assert [client.delete(path).status_code for path in (second, third)] == [200, 200]
        answer = put(client, at(old), new)
        told = schemas.Added.model_validate(answer.json())
        assert told.decisions == schemas.Carried(kept=[1, 3], lost=[2])
        said = [one["predicate"]["id"] for one in answer.json()["article"]["statements"]]
        assert said == ["meet", "praise", "meet"]
        hidden = check_problem(client.get(f"/v1/statements/{new.statements[2].id}"), 404, "not-found")
        assert "was rejected by" in hidden
        states = {one["id"]: (one["state"], one["articles"]) for one in pages(client, "/v1/curation")}
        assert states == {1: ("active", 1), 2: ("idle", 0), 3: ("active", 1)}
        assert put(client, at(new), new).json().get("decisions") is None
        assert client.delete("/v1/curation/3").status_code == 200
        assert len(client.get(at(new)).json()["statements"]) == 4
