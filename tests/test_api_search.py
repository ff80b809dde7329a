"""`/v1/search`, and `kg:search` at `/sparql`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import TypeAdapter
from serving import Client, check_problem, loaded, pages

from api.search import Found
from tests.readings import numbered, visit

SPARQL = {"Accept": "text/csv"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("search"), query_cache=4, allow_update=True) as opened:
        yield opened


def rows(client: Client, query: str) -> list[str]:
    response = client.get("/sparql", params={"query": query}, headers=SPARQL)
    assert response.status_code == 200, response.text
    return response.text.split("\r\n")[1:-1]


def test_entities_and_statements_come_together_and_typed(client: Client) -> None:
    items = pages(client, "/v1/search?q=crimea")
    for item in items:
        TypeAdapter(Found).validate_python(item)
    assert items[0]["kind"] == "entity"
    assert items[0]["entity"]["id"] == "Crimea"
    assert items[0]["entity"]["statements"] == 2
    sentences = {item["statement"]["sentence"] for item in items if item["kind"] == "statement"}
    assert sentences == {"Russia annexed Crimea in 2014.", "Crimea was annexed by Russia."}
    assert [item["score"] for item in items] == sorted((item["score"] for item in items), reverse=True)


def test_pages_hold_each_thing_once(client: Client) -> None:
    whole = pages(client, "/v1/search?q=city&limit=500")
    assert len(whole) > 60
    assert pages(client, "/v1/search?q=city&limit=7") == whole


def test_a_kind_chooses(client: Client) -> None:
    assert {item["kind"] for item in pages(client, "/v1/search?q=city&kind=entity")} == {"entity"}
    assert {item["kind"] for item in pages(client, "/v1/search?q=city&kind=statement")} == {"statement"}
    assert pages(client, "/v1/search?q=nobody+of+that+name") == []


@pytest.mark.parametrize("q", ["", "%20", "%22%22", "!!", "*", "%00"])
def test_nothing_to_look_for_is_a_problem(client: Client, q: str) -> None:
    assert "no word" in check_problem(client.get(f"/v1/search?q={q}"), 400, "bad-parameter")


def test_other_mistakes_are_problems(client: Client) -> None:
    for query in ("", "?q=a&limit=0", "?q=a&kind=article", "?q=a&after=x", f"?q={'a' * 201}"):
        check_problem(client.get(f"/v1/search{query}"), 400, "bad-parameter")
    check_problem(client.get("/v1/search?q=a&tpye=b"), 400, "unknown-parameter")
    cursor = client.get("/v1/search?q=city&limit=2").json()["next"]
    check_problem(client.get(f"/v1/search?q=moscow&limit=2&after={cursor}"), 400, "bad-parameter")


def test_signs_of_fts_are_words_like_any(client: Client) -> None:
    for q in (
        "label:crimea",
        "crimea AND",
        "NEAR(crimea",
        '"crimea',
        "crimea OR moscow",
        "-crimea",
        "^crimea",
    ):
        assert client.get("/v1/search", params={"q": q}).status_code == 200
    assert pages(client, "/v1/search?q=%5Ecrimea") == pages(client, "/v1/search?q=crimea")


def test_sparql_searches(client: Client) -> None:
    assert rows(client, 'SELECT ?l { ?e kg:search "jinp*" ; rdfs:label ?l }') == ["Xi Jinping"]
    assert rows(client, 'SELECT ?o { GRAPH ?g { ?st kg:search "annexed" ; rdf:object ?o } }') == [
        "http://localhost:8000/entity/Crimea",
        "http://localhost:8000/entity/Crimea",
    ]
    detail = check_problem(
        client.get("/sparql", params={"query": "SELECT * { ?e kg:search ?w }"}), 400, "bad-query"
    )
    assert 'write ?thing kg:search "words"' in detail


def test_what_is_written_is_found_by_the_next_query(client: Client) -> None:
    query = 'SELECT ?l { ?e kg:search "peskov" ; rdfs:label ?l }'
    gone = visit().article.id
    assert rows(client, query) == ["Dmitry Peskov"]
    first = client.get("/sparql", params={"query": query}, headers=SPARQL)
    tag = first.headers["etag"]
    again = client.get("/sparql", params={"query": query}, headers={**SPARQL, "If-None-Match": tag})
    assert again.status_code == 304
    assert client.delete(f"/v1/articles/{gone}").status_code == 204
    changed = client.get("/sparql", params={"query": query}, headers={**SPARQL, "If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.text == "l\r\n"
    assert pages(client, "/v1/search?q=peskov") == []
    posted = client.post("/v1/articles", content=visit().article.text, headers={"Content-Type": "text/plain"})
    assert posted.status_code in {200, 201, 422}
    update = 'INSERT DATA { :Nobody_Else rdfs:label "Nobody Else" }'
    assert client.post("/update", data={"update": update}).status_code in {200, 204}
    assert rows(client, 'SELECT ?e { ?e kg:search "nobody" }') == ["http://localhost:8000/entity/Nobody_Else"]


def test_an_answer_of_many_is_whole(client: Client) -> None:
    statements = {one.id for n in range(20) for one in numbered(n).statements}
    answer = rows(client, 'SELECT ?st { GRAPH ?g { ?st kg:search "met city" ; a kg:Statement } }')
    assert {row.rpartition("/")[2] for row in answer} == statements
