from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readings import echo, numbered, visit
from serving import READINGS, Client, check_problem, loaded

from api import schemas
from graph.codec import article_to_json, statement_to_json
from graph.model import Reading
from graph.store import jobs

TEXT = {"Content-Type": "text/plain"}
LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server that holds all readings; its tests change nothing."""
    with loaded(tmp_path_factory.mktemp("articles")) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Client]:
    with loaded(tmp_path, readings=[]) as opened:
        yield opened


def record(reading: Reading) -> dict[str, Any]:
    return article_to_json(reading.article)


def check_detail(detail: dict[str, Any], reading: Reading) -> None:
    """Check that an article's answer holds all that was read from it, and fits its schema."""
    schemas.ArticleDetail.model_validate(detail)
    assert {name: detail[name] for name in record(reading)} == record(reading)
    assert detail["statements"] == [statement_to_json(one) for one in reading.statements]
    assert {(m["entity"], m["start"], m["end"]) for m in detail["mentions"]} == {
        (m.entity, m.start, m.end) for m in reading.mentions
    }
    for span in (*detail["mentions"], *(s["subject"] for s in detail["statements"])):
        assert detail["text"][span["start"] : span["end"]] == span["text"]


def test_an_article_is_added_and_answered_with_its_statements(empty: Client) -> None:
    response = empty.post("/v1/articles", json=record(visit()))
    assert response.status_code == 201
    assert response.headers["location"] == f"/v1/articles/{visit().article.id}"
    assert response.json()["outcome"] == "added"
    check_detail(response.json()["article"], visit())
    assert empty.get(response.headers["location"]).json() == response.json()["article"]


def test_the_same_article_again_changes_nothing(empty: Client) -> None:
    empty.post("/v1/articles", json=record(visit()))
    before = empty.get("/v1/stats").json()
    response = empty.post("/v1/articles", json=record(visit()))
    assert (response.status_code, response.json()["outcome"]) == (200, "unchanged")
    assert empty.get("/v1/stats").json() == before


def test_other_metadata_replace_the_article(empty: Client) -> None:
    empty.post("/v1/articles", json=record(visit()))
    response = empty.post("/v1/articles", json=record(visit(title="Another headline")))
    assert (response.status_code, response.json()["outcome"]) == (200, "replaced")
    assert empty.get(response.headers["location"]).json()["title"] == "Another headline"
    assert empty.get("/v1/stats").json()["articles"] == 1


def test_plain_text_is_an_article_with_the_day_of_the_address(empty: Client) -> None:
    text = echo().article.text.encode()
    response = empty.post("/v1/articles?published=2023-03-17", content=text, headers=TEXT)
    assert response.status_code == 201
    assert response.json()["article"]["published"] == "2023-03-17"
    assert response.json()["article"]["text"] == echo().article.text


def test_a_list_is_answered_article_by_article(empty: Client) -> None:
    batch = [
        record(visit()),
        {"title": "no text"},
        record(echo()),
        record(visit()),
        {"text": "Unbekannt."},
        7,
    ]
    response = empty.post("/v1/articles", json=batch)
    assert response.status_code == 207
    answer = schemas.Batch.model_validate(response.json())
    assert [item.outcome for item in answer.items] == [
        "added", "failed", "added", "unchanged", "failed", "failed",
    ]  # fmt: skip
    assert (answer.added, answer.unchanged, answer.failed) == (2, 1, 3)
    assert [item.source for item in answer.items] == [f"body:{n}" for n in range(1, 7)]
    kinds = [item.problem.type.partition("#problem-")[2] for item in answer.items if item.problem]
    assert kinds == ["bad-record", "not-english", "bad-record"]
    assert empty.get("/v1/stats").json()["articles"] == 2


def test_a_bad_line_never_stops_the_others(empty: Client) -> None:
    lines = [json.dumps(record(visit())), '{"text": "cut of', "\xff", json.dumps(record(echo()))]
    response = empty.post(
        "/v1/articles", content="\n".join(lines).encode("latin-1", "replace"), headers=LINES
    )
    assert response.status_code == 207
    assert [item["outcome"] for item in response.json()["items"]] == ["added", "failed", "failed", "added"]
    assert empty.get("/v1/stats").json()["articles"] == 2


def test_a_batch_without_failures_answers_200(empty: Client) -> None:
    response = empty.post("/v1/articles", json=[record(numbered(1))])
    assert response.status_code == 200
    assert response.json()["items"][0]["article"] == numbered(1).article.id


REFUSED = [
    # what is wrong, Content-Type, body, status, kind of problem, what its detail says
    ("empty", "text/plain", b"", 422, "empty-text", "Give"),
    ("blank", "text/plain", b" \n\t ", 422, "empty-text", "Give"),
    ("empty JSON", "application/json", b"", 422, "empty-text", "Give"),
    ("empty lines", "application/x-ndjson", b"\n\n", 422, "empty-text", "Give one JSON object a line"),
    ("empty list", "application/json", b"[]", 422, "empty-text", "Give one object for each article"),
    ("empty page", "text/html", b"<html></html>", 422, "empty-text", ""),
    ("binary", "text/plain", b"\x00\x01\x02\x03" * 20, 422, "not-text", "UTF-8"),
    ("a picture", "text/plain", b"\x89PNG\r\n\x1a\n" + bytes(99), 422, "not-text", "PNG"),
    ("a document", "application/json", b"%PDF-1.7 ...", 422, "not-text", "PDF"),
    ("Latin-1", "text/plain", "Zoë said so.".encode("latin-1"), 400, "bad-encoding", "iconv"),
    ("UTF-16", "text/plain", "Xi said so.".encode("utf-16"), 400, "bad-encoding", "UTF-16"),
    ("half a surrogate", "application/json", b'{"text": "\\ud800 said"}', 400, "bad-encoding", "surrogate"),
    ("malformed", "application/json", b'{"text": ', 400, "bad-record", "not JSON"),
    ("malformed list", "application/json", b'[{"text": "x"}', 400, "bad-record", "not JSON"),
    ("a number", "application/json", b"7", 400, "bad-record", "object"),
    ("no text", "application/json", b'{"title": "x"}', 400, "bad-record", '"text"'),
    ("another field", "application/json", b'{"body": "x"}', 400, "bad-record", "'body'; there is text"),
    ("text of another type", "application/json", b'{"text": 7}', 400, "bad-record", '"text"'),
    ("no date", "application/json", b'{"text": "x", "published": "soon"}', 400, "bad-record", "2023-03-17"),
    ("deep", "application/json", b"[" * 100_000, 400, "bad-record", "nesting"),
    ("another language", "text/plain", b"Unbekannt ist das.", 422, "not-english", ""),
    ("no type", "", b"Xi visited Moscow.", 415, "unsupported-media", "text/plain"),
    ("a form", "application/x-www-form-urlencoded", b"a=b", 415, "unsupported-media", "application/json"),
    ("another type", "image/png", b"x", 415, "unsupported-media", "application/x-ndjson"),
    ("unknown charset", "text/plain; charset=klingon", b"x", 400, "bad-encoding", "klingon"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content_type", "body", "status", "slug", "says"),
    [case[1:] for case in REFUSED],
    ids=[c[0] for c in REFUSED],
)
def test_what_cannot_be_read_is_refused_with_advice(
    client: Client, content_type: str, body: bytes, status: int, slug: str, says: str
) -> None:
    before = client.get("/v1/stats").json()
    headers = {"Content-Type": content_type} if content_type else {}
    detail = check_problem(client.post("/v1/articles", content=body, headers=headers), status, slug)
    assert says in detail
    assert len(detail.split()) > 5
    assert client.get("/v1/stats").json() == before


def test_a_long_article_and_a_large_body_are_refused(tmp_path: Path) -> None:
    with loaded(tmp_path, readings=[], max_article=50, max_body=500) as client:
        response = client.post("/v1/articles", content=b"word " * 11, headers=TEXT)
        assert "NEWSGRAPH_MAX_ARTICLE" in check_problem(response, 413, "too-large")
        response = client.post("/v1/articles", content=b"word " * 101, headers=TEXT)
        assert "NEWSGRAPH_MAX_BODY" in check_problem(response, 413, "too-large")


@pytest.mark.parametrize("media_type", ["application/x-ndjson", "application/json"])
def test_too_many_articles_at_once_are_refused_and_leave_no_job(
    client: Client, media_type: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_ARTICLES", 100)
    one = json.dumps({"text": "x" * 6000})
    body = "\n".join([one] * 101) if media_type in LINES.values() else f"[{', '.join([one] * 101)}]"
    response = client.post("/v1/articles", content=body, headers={"Content-Type": media_type})
    assert "smaller batches" in check_problem(response, 413, "too-large")
    assert client.get("/v1/jobs").json()["items"] == []


def test_the_list_is_paged_to_its_end(client: Client) -> None:
    seen: list[str] = []
    address: str | None = "/v1/articles?limit=7"
    while address:
        response = client.get(address)
        page = schemas.Page[schemas.ArticleSummary].model_validate(response.json())
        assert 0 < len(page.items) <= 7
        seen += [item.id for item in page.items]
        address = response.links.get("next", {}).get("url")
        assert (address is None) == (page.next is None)
    assert seen == [reading.article.id for reading in READINGS]


@pytest.mark.parametrize("after", ["x", "", "WzFd", "💥", "a" * 3000])
def test_a_cursor_that_is_none_is_refused(client: Client, after: str) -> None:
    check_problem(client.get("/v1/articles", params={"after": after}), 400, "bad-parameter")


@pytest.mark.parametrize("limit", ["0", "-1", "501", "ten", "1e3"])
def test_a_limit_out_of_range_is_refused(client: Client, limit: str) -> None:
    assert "'limit'" in check_problem(client.get(f"/v1/articles?limit={limit}"), 400, "bad-parameter")


def test_an_article_is_removed_with_what_it_alone_says(empty: Client) -> None:
    empty.post("/v1/articles", json=[record(visit()), record(echo())])
    response = empty.delete(f"/v1/articles/{visit().article.id}")
    assert (response.status_code, response.content) == (204, b"")
    left = empty.get("/v1/statements").json()["items"]
    assert left == [statement_to_json(one) for one in echo().statements]
    check_problem(empty.delete(f"/v1/articles/{visit().article.id}"), 410, "gone")
    empty.delete(f"/v1/articles/{echo().article.id}")
    assert set(empty.get("/v1/stats").json().values()) == {0}


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_unknown_id_names_near_ones(client: Client, method: str) -> None:
    near = visit().article.id
    response = client.request(method, f"/v1/articles/{near[:12]}00000000")
    assert near in check_problem(response, 404, "not-found")


@pytest.mark.parametrize("strange", ["%00", "%FF", "a%20b", "%22%3E%3Cx%3E", "💥", "a" * 501])
def test_a_strange_id_is_just_not_there(client: Client, strange: str) -> None:
    assert client.get(f"/v1/articles/{strange}").status_code in {400, 404}


def test_a_parameter_in_the_wrong_place_is_refused(client: Client) -> None:
    response = client.post("/v1/articles?publishd=2023-03-17", content=b"x", headers=TEXT)
    assert "'published'" in check_problem(response, 400, "unknown-parameter")
    response = client.post("/v1/articles?published=yesterday", content=b"x", headers=TEXT)
    assert "'published'" in check_problem(response, 400, "bad-parameter")


def test_a_table_and_a_feed_are_answered_article_by_article(empty: Client) -> None:
    table = f'title,text\nVisit,"{visit().article.text}"\nNothing,\n'.encode()
    response = empty.post("/v1/articles", content=table, headers={"Content-Type": "text/csv"})
    assert response.status_code == 207
    assert [(item["source"], item["outcome"]) for item in response.json()["items"]] == [
        ("body:2", "added"),
        ("body:3", "failed"),
    ]
    feed = f"<rss><channel><item><description>{echo().article.text}</description></item></channel></rss>"
    response = empty.post("/v1/articles", content=feed, headers={"Content-Type": "application/rss+xml"})
    assert response.status_code == 200
    assert [item["outcome"] for item in response.json()["items"]] == ["added"]


def test_an_xml_bomb_is_refused_before_it_is_read(empty: Client) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'
    response = empty.post("/v1/articles", content=bomb, headers={"Content-Type": "text/xml"})
    assert "DOCTYPE" in check_problem(response, 400, "bad-record")
