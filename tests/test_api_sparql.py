from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import anyio
import pyoxigraph
import pytest
from readings import echo, visit
from serving import Client, check_problem, loaded, settings_for

from api.app import create_app
from graph.codec import article_to_json
from graph.sparql import guard

VISITS = "SELECT ?who WHERE { ?who rel:visit :Moscow }"
ABOUT = "CONSTRUCT WHERE { :Xi_Jinping ?p ?o }"
DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"


def typed(media_type: str | None) -> dict[str, str]:
    """Make the headers of a body."""
    return {"Content-Type": media_type} if media_type else {}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("sparql"), [visit(), echo()], query_timeout=2.0) as opened:
        yield opened


def ask(client: Client, query: str, accept: str | None = None, **more: str) -> Any:
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", params={"query": query, **more}, headers=headers)


def test_a_query_comes_by_get_by_form_and_as_the_body(client: Client) -> None:
    answers = [
        client.get("/sparql", params={"query": VISITS}),
        client.post("/sparql", data={"query": VISITS}),
        client.post("/sparql", content=VISITS, headers=typed(DIRECT)),
        client.post("/sparql?format=json", content=VISITS, headers=typed(f"{DIRECT}; charset=UTF-8")),
        client.post("/sparql", content=VISITS, headers=typed(f'{DIRECT}; v="a;b"; Charset="utf-8"')),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert answer.headers["vary"] == "Accept"
        (row,) = answer.json()["results"]["bindings"]
        assert row["who"]["value"] == "http://localhost:8000/entity/Xi_Jinping"


def test_rows_come_in_the_form_that_is_asked_for(client: Client) -> None:
    rows = list(csv.reader(io.StringIO(ask(client, VISITS, "text/csv").text)))
    assert rows == [["who"], ["http://localhost:8000/entity/Xi_Jinping"]]
    xml = ElementTree.fromstring(ask(client, VISITS, "application/sparql-results+xml").content)
    assert xml.tag == "{http://www.w3.org/2005/sparql-results#}sparql"
    assert ask(client, "ASK { :Xi_Jinping ?p ?o }").json()["boolean"] is True


def test_graphs_come_in_the_form_that_is_asked_for(client: Client) -> None:
    found = set()
    for accept, read in (
        ("text/turtle; charset=utf-8", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
    ):
        response = ask(client, ABOUT, accept)
        assert response.headers["content-type"].startswith(accept.partition(";")[0])
        found.add(frozenset(pyoxigraph.parse(response.content, read)))
    (graph,) = found
    assert len(graph) > 2


@pytest.mark.parametrize(
    ("query", "accept", "format_", "media_type"),
    [
        (VISITS, "text/html,application/xhtml+xml,*/*;q=0.8", None, "application/sparql-results+json"),
        (VISITS, "application/json", None, "application/json"),
        (
            VISITS,
            "text/csv;q=0.5, text/tab-separated-values",
            None,
            "text/tab-separated-values; charset=utf-8",
        ),
        (VISITS, "application/json", "csv", "text/csv; charset=utf-8"),
        (VISITS, "image/png", "application/sparql-results+xml", "application/sparql-results+xml"),
        (ABOUT, None, None, "text/turtle; charset=utf-8"),
        (ABOUT, "application/json", None, "application/json"),
        (ABOUT, None, "nt", "application/n-triples"),
    ],
)
def test_accept_and_format_choose(
    client: Client, query: str, accept: str | None, format_: str | None, media_type: str
) -> None:
    response = ask(client, query, accept, **({"format": format_} if format_ else {}))
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == media_type


def graphs_of(client: Client) -> list[str]:
    """The graphs of the two articles."""
    rows = ask(client, "SELECT DISTINCT ?g { GRAPH ?g {} } ORDER BY ?g", "text/csv").text.split()
    assert len(rows) == 3
    return rows[1:]


def count(client: Client, query: str, **parameters: Any) -> set[int]:
    """What a count gives by GET, by form and by direct POST."""
    answers = [
        client.get("/sparql", params={"query": query, **parameters}),
        client.post("/sparql", data={"query": query, **parameters}),
        client.post("/sparql", data={"query": query}, params=parameters),
        client.post("/sparql", content=query, params=parameters, headers=typed(DIRECT)),
    ]
    return {int(one.json()["results"]["bindings"][0]["n"]["value"]) for one in answers}


ALL = "SELECT (COUNT(*) AS ?n) %s { ?s ?p ?o }"
NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) %s { GRAPH ?g { ?s ?p ?o } }"


def test_parameters_choose_the_data_set_and_go_before_from(client: Client) -> None:
    one, other = graphs_of(client)
    sizes = {iri: count(client, ALL % f"FROM <{iri}>") for iri in (one, other)}
    ((first,), (second,)) = sizes.values()
    assert first != second
    assert count(client, ALL % "", **{"default-graph-uri": one}) == {first}
    assert count(client, ALL % f"FROM <{one}>", **{"default-graph-uri": other}) == {second}
    (both,) = count(client, ALL % "", **{"default-graph-uri": [one, other]})
    assert max(first, second) < both <= first + second
    assert count(client, ALL % "", **{"named-graph-uri": one}) == {0}
    assert count(client, NAMED % "", **{"default-graph-uri": one}) == {0}
    assert count(client, NAMED % "", **{"named-graph-uri": [one, other]}) == {2}
    assert count(client, NAMED % f"FROM NAMED <{one}>", **{"named-graph-uri": [other]}) == {1}


def test_a_graph_that_is_not_there_is_empty_as_a_parameter(client: Client) -> None:
    """The protocol's own tests ask so; nothing is fetched."""
    away = "http://127.0.0.1:9/data.ttl"
    assert count(client, ALL % "", **{"default-graph-uri": away}) == {0}
    assert count(client, NAMED % f"FROM <{away}>", **{"named-graph-uri": away}) == {0}
    check_problem(ask(client, ALL % f"FROM <{away}>"), 403, "query-refused")


def test_what_cannot_be_written_is_refused_with_the_list(client: Client) -> None:
    assert "text/csv (csv" in check_problem(ask(client, VISITS, "text/turtle"), 406, "not-acceptable")
    assert "text/turtle (turtle" in check_problem(
        ask(client, ABOUT, None, format="csv"), 406, "not-acceptable"
    )


REFUSED = [
    # query string, media type of the body, body (None: a GET), status, kind, what the detail says
    ("format=json", None, None, 400, "bad-query", "GET /sparql?query="),
    ("query=", None, None, 400, "bad-query", "There is no query"),
    ("query=%20%0A", None, None, 400, "bad-query", "There is no query"),
    ("query=SELECT", None, None, 400, "bad-query", ""),
    ("query=SELECT%20%2A%20WHERE%20%7B%20%3Fs%20%7D", None, None, 400, "bad-query", ""),
    ("query=hello", None, None, 400, "bad-query", "SELECT, ASK, CONSTRUCT or DESCRIBE"),
    ("query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400, "bad-parameter", "once"),
    ("qeury=ASK%7B%7D", None, None, 400, "unknown-parameter", "'query'"),
    ("query=%FF", None, None, 400, "bad-encoding", "UTF-8"),
    ("query=ASK%7B%7D&default-graph-uri=x", None, None, 400, "bad-parameter", "whole"),
    ("query=ASK%7B%7D&using-graph-uri=http://x/", None, None, 403, "query-refused", "/update"),
    ("", DIRECT, b"", 400, "bad-query", "There is no query"),
    ("", DIRECT, b"\xff\xfe", 400, "bad-encoding", "UTF-8"),
    ("query=ASK%7B%7D", DIRECT, b"ASK {}", 400, "bad-parameter", "once"),
    ("", FORM, b"update=DROP%20ALL", 403, "query-refused", "POST /v1/articles"),
    ("", DIRECT, b"DROP ALL", 403, "query-refused", "SELECT"),
    ("", DIRECT, b"INSERT DATA { <a:a> <b:b> <c:c> }", 403, "query-refused", "SELECT"),
    ("", "application/sparql-update", b"DROP ALL", 403, "query-refused", "queries"),
    ("", "text/plain", b"ASK {}", 415, "unsupported-media", DIRECT),
    ("", None, b"ASK {}", 415, "unsupported-media", DIRECT),
    ("", f"{DIRECT}; charset=latin-1", b"ASK {}", 415, "unsupported-media", "UTF-8"),
    ("", f"{DIRECT}; v=1; charset=UTF-16", b"ASK {}", 415, "unsupported-media", "UTF-8"),
    ("", DIRECT, b"ASK { SERVICE <http://127.0.0.1:9/> {} }", 403, "query-refused", "SERVICE"),
    ("", DIRECT, b"ASK {" + b"{" * 5000, 400, "bad-query", ""),
    ("", DIRECT, b"ASK { } #" + b"x" * 2_000_000, 413, "too-large", ""),
    ("", FORM, b"a=b&" * 2_000_000, 413, "too-large", "bytes"),
    ("", FORM, b"a=b&" * 100_000, 400, "bad-parameter", "64 parameters"),
    ("&".join(f"a{n}=b" for n in range(70)), None, None, 400, "bad-parameter", "64 parameters"),
    ("", DIRECT, b"SELECT" + b"!" * 255_000, 413, "too-large", "words and signs"),
]


@pytest.mark.parametrize("case", REFUSED, ids=[str(case)[:50] for case in REFUSED])
def test_what_cannot_be_answered_is_refused_with_advice(client: Client, case: tuple[Any, ...]) -> None:
    query, media_type, body, status, slug, says = case
    method = "GET" if body is None else "POST"
    address = f"/sparql?{query}" if query else "/sparql"
    response = client.request(method, address, headers=typed(media_type), content=body)
    detail = check_problem(response, status, slug)
    assert says in detail
    assert len(detail.split()) > 5


def test_a_large_query_is_looked_through_in_a_process(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard of this process is out of order; where a large query is looked through, it is not."""
    monkeypatch.setattr(guard, "outline", None)
    numbers = " ".join(map(str, range(20_000)))
    response = client.post("/sparql", content=f"ASK {{ VALUES ?n {{ {numbers} }} }}", headers=typed(DIRECT))
    assert response.status_code == 200, response.text
    assert response.json()["boolean"] is True
    refused = f"ASK {{ VALUES ?n {{ {numbers} }} SERVICE <http://127.0.0.1:9/> {{}} }}"
    check_problem(client.post("/sparql", content=refused, headers=typed(DIRECT)), 403, "query-refused")


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_beyond_any_query_is_not_waited_for(client: Client, declared: bool) -> None:
    """It is refused before its first byte if its length is told, else soon after it is too long."""
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        for _ in range(2_000):
            given += 4096
            yield b"x" * 4096

    headers = {**typed(DIRECT), **({"Content-Length": str(2_000 * 4096)} if declared else {})}
    response = client.post("/sparql", content=endless(), headers=headers)
    assert "bytes" in check_problem(response, 413, "too-large")
    assert given <= (0 if declared else 4 * guard.MAX_BYTES)


def test_another_site_may_link_but_not_post(client: Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
    assert client.get("/sparql", params={"query": "ASK {}"}, headers=headers).status_code == 200
    response = client.post("/sparql", data={"query": "ASK {}"}, headers=headers)
    check_problem(response, 403, "cross-site")


def test_a_long_answer_arrives_whole(client: Client) -> None:
    numbers = " ".join(f'"{n:04}"' for n in range(100))
    query = f"SELECT ?a ?b WHERE {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
    rows = ask(client, query, "text/csv").text.splitlines()
    assert len(rows) == 1 + 100 * 100
    assert len(set(rows)) == len(rows)


def test_a_query_without_end_is_ended_at_its_deadline(client: Client) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
    check_problem(ask(client, endless), 504, "query-timeout")
    assert ask(client, "ASK {}").status_code == 200


def test_what_was_added_is_found_at_once(tmp_path: Path) -> None:
    with loaded(tmp_path, [visit()]) as client:
        question = f"ASK {{ GRAPH <http://localhost:8000/article/{echo().article.id}> {{ ?s ?p ?o }} }}"
        assert ask(client, question).json()["boolean"] is False
        client.post("/v1/articles", json=article_to_json(echo().article))
        assert ask(client, question).json()["boolean"] is True
        client.delete(f"/v1/articles/{echo().article.id}")
        assert ask(client, question).json()["boolean"] is False


def test_a_query_is_ended_when_its_client_goes_away(tmp_path: Path) -> None:
    """The only worker is free again long before the deadline of the query that nobody waits for."""
    app = create_app(settings_for(tmp_path, query_timeout=60.0, query_workers=1))
    endless = (
        "SELECT (COUNT(*) AS ?n) WHERE { "
        + " ".join(f"VALUES ?v{n} {{ {'1 ' * 40} }}" for n in range(8))
        + " }"
    )
    answers: list[dict] = []

    async def call(query: str, leaves: anyio.Event | None) -> None:
        scope = {
            "type": "http", "method": "POST", "path": "/sparql", "query_string": b"", "http_version": "1.1",
            "headers": [(b"host", b"localhost"), (b"content-type", b"application/sparql-query")],
        }  # fmt: skip
        body = [{"type": "http.request", "body": query.encode()}]

        async def receive() -> dict:
            if body:
                return body.pop()
            await (leaves or anyio.Event()).wait()
            return {"type": "http.disconnect"}

        async def send(message: dict) -> None:
            answers.append(message)

        await app(scope, receive, send)

    async def both() -> None:
        leaves = anyio.Event()
        async with app.router.lifespan_context(app), anyio.create_task_group() as tasks:
            with anyio.fail_after(30):
                tasks.start_soon(call, endless, leaves)
                while app.state.newsgraph.lanes.running == 0:
                    await anyio.lowlevel.checkpoint()
                leaves.set()
                while app.state.newsgraph.lanes.running:
                    await anyio.lowlevel.checkpoint()
                answers.clear()
                while not any(message.get("status") == 200 for message in answers):
                    await call("ASK {}", None)

    anyio.run(both)
