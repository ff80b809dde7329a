"""`/update`: the update operation of the protocol, over HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readings import echo, visit
from serving import Client, check_problem, loaded

UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
G, H = "http://example.org/g", "http://example.org/h"
TALL = "PREFIX e: <http://example.org/> "


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("updates")
    with loaded(folder, [visit(), echo()], query_timeout=4.0, query_memory=256, allow_update=True) as opened:
        yield opened


def update(client: Client, text: str, **options: Any) -> Any:
    return client.post("/update", content=text, headers={"Content-Type": UPDATE}, **options)


def done(client: Client, text: str, **options: Any) -> None:
    response = update(client, text, **options)
    assert response.status_code == 204, response.text
    assert response.content == b""


def ask(client: Client, pattern: str) -> bool:
    response = client.get("/sparql", params={"query": f"{TALL} ASK {{ {pattern} }}"})
    assert response.status_code == 200, response.text
    return bool(response.json()["boolean"])


def size(client: Client) -> int:
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    return int(client.get("/sparql", params={"query": query, "format": "csv"}).text.split()[1])


def test_an_update_comes_by_form_and_as_the_body_and_the_next_query_sees_it(client: Client) -> None:
    done(client, f"{TALL} INSERT DATA {{ e:a e:p 1 }}")
    assert ask(client, "e:a e:p 1")
    assert client.post("/update", data={"update": f"{TALL} DELETE DATA {{ e:a e:p 1 }}"}).status_code == 204
    assert not ask(client, "e:a e:p 1")
    typed = {"Content-Type": f'{UPDATE}; x="y"; charset=UTF-8'}
    assert client.post("/update", content="INSERT DATA { :x :y :z }", headers=typed).status_code == 204
    assert ask(client, ":x :y :z")
    done(client, "DELETE WHERE { :x ?p ?o }")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH <http://localhost:8000/article/feed> { :x :y :z } }",
        "INSERT { GRAPH ?g { :x :y :z } } WHERE { BIND (IRI('http://localhost:8000/article/feed') AS ?g) }",
    ],
)
def test_no_graph_takes_the_name_of_an_article_that_is_not_there(client: Client, text: str) -> None:
    before = size(client)
    assert "no such article" in check_problem(update(client, text), 403, "query-refused")
    assert size(client) == before


def test_relative_iris_stand_below_the_base(client: Client) -> None:
    done(client, "INSERT DATA { GRAPH <mine> { <a> <b> <c> } }")
    base = "http://localhost:8000/"
    assert ask(client, f"GRAPH <{base}mine> {{ <{base}a> <{base}b> <{base}c> }}")
    done(client, "DROP GRAPH <mine>")


def test_an_update_without_an_operation_does_nothing(client: Client) -> None:
    before = size(client)
    done(client, "PREFIX : <http://example.org/> # and nothing else")
    assert size(client) == before


def test_parameters_choose_the_data_set_of_every_where(client: Client) -> None:
    done(client, f"{TALL} INSERT DATA {{ GRAPH <{G}> {{ e:a e:p 1 }} GRAPH <{H}> {{ e:b e:p 2 }} }}")
    copy = "INSERT { GRAPH e:out { ?s e:q ?o } } WHERE { %s }"
    done(client, TALL + copy % "?s e:p ?o", params={"using-graph-uri": G})
    assert ask(client, "GRAPH e:out { e:a e:q 1 } FILTER NOT EXISTS { GRAPH e:out { e:b e:q 2 } }")
    done(client, TALL + copy % "GRAPH ?g { ?s e:p ?o }", params={"using-named-graph-uri": [H]})
    assert ask(client, "GRAPH e:out { e:b e:q 2 }")
    done(client, f"{TALL} DELETE WHERE {{ ?s e:q ?o }}", params={"using-graph-uri": "http://example.org/out"})
    assert ask(client, "GRAPH e:out { e:a e:q 1 }"), "USING is about the WHERE, not about what is deleted"
    both = f"{TALL} WITH e:out DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"
    response = client.post("/update", data={"update": both, "using-named-graph-uri": G})
    assert "leave one of them out" in check_problem(response, 400, "bad-query")
    done(client, f"{TALL} DROP GRAPH <{G}> ; DROP GRAPH <{H}> ; DROP GRAPH e:out")


BOMB = "INSERT { :bomb :is ?x } WHERE { SELECT (COUNT(*) AS ?x) { " + (
    " ".join(f"VALUES ?v{n} {{ {'1 ' * 40} }}" for n in range(8)) + " } }"
)
DOUBLED = (f"BIND(CONCAT({', '.join([f'?x{n}'] * 16)}) AS ?x{n + 1})" for n in range(9))
MEMORY = "INSERT { :a :b ?x9 } WHERE { BIND('0123456789' AS ?x0) " + " ".join(DOUBLED) + " }"
NESTED = "INSERT { :a :b ?y } WHERE { SELECT (" + "GROUP_CONCAT(" * 24 + "?x" + ")" * 24 + " AS ?y) {} }"
REFUSED = [
    # media type, body, status, slug, what the detail says
    (UPDATE, "", 400, "bad-query", "There is no update"),
    (UPDATE, "CLEAR DEFAULT ;; CLEAR DEFAULT", 400, "bad-query", "line 1"),
    (UPDATE, "INSERT DATA { nonsense", 400, "bad-query", "line 1"),
    (UPDATE, "INSERT DATA { x:a x:b x:c }", 400, "bad-query", "prefix x:"),
    (UPDATE, "SELECT * {}", 400, "bad-query", "/sparql"),
    (UPDATE, "CLEAR GRAPH <http://example.org/none>", 400, "bad-query", "does not exist"),
    (UPDATE, "INSERT DATA {" + "[" * 5000, 400, "bad-query", "deep"),
    (UPDATE, "LOAD <http://127.0.0.1:9/x>", 403, "query-refused", "/store"),
    (UPDATE, "CLEAR DEFAULT ; LOAD SILENT <file:///etc/passwd>", 403, "query-refused", "LOAD"),
    (UPDATE, "INSERT {?s ?p 1} WHERE { SERVICE SILENT <http://x/> {} }", 403, "query-refused", "SERVICE"),
    (UPDATE, "INSERT DATA { :a :b '" + "x" * 1_100_000 + "' }", 413, "too-large", "bytes"),
    (UPDATE, "INSERT DATA { :a :b " + ",".join(["1"] * 150_000) + " }", 413, "too-large", "words"),
    (UPDATE, b"INSERT DATA { :a :b '\xff' }", 400, "bad-encoding", "UTF-8"),
    (f"{UPDATE}; charset=utf-16", "CLEAR ALL", 415, "unsupported-media", "UTF-8"),
    ("text/plain", "CLEAR ALL", 415, "unsupported-media", UPDATE),
    (None, "CLEAR ALL", 415, "unsupported-media", UPDATE),
    ("application/sparql-query", "ASK {}", 403, "query-refused", "/sparql"),
    (FORM, "query=ASK%7B%7D", 403, "query-refused", "/sparql"),
    (FORM, "update=CLEAR%20ALL&update=CLEAR%20ALL", 400, "bad-parameter", "once"),
    (FORM, "update=CLEAR%20ALL&using-graph-uri=x", 400, "bad-parameter", "whole"),
    (FORM, "update=CLEAR%20ALL&usign-graph-uri=http://x/", 400, "unknown-parameter", "using-graph-uri"),
    (UPDATE, "INSERT { ?s :b :c } WHERE { ?s kg:search 'peace' }", 400, "bad-query", "line 1, column 32"),
    (UPDATE, "INSERT { :a :b :c } WHERE { \x07 }", 400, "bad-query", "U+0007 at line 1, column 29"),
    (UPDATE, BOMB, 504, "query-timeout", "changed nothing"),
    (UPDATE, MEMORY, 422, "query-too-heavy", "NEWSGRAPH_QUERY_MEMORY"),
    (UPDATE, NESTED, 504, "query-timeout", "changed nothing"),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=[str(case)[:60] for case in REFUSED])
def test_what_cannot_be_done_is_refused_with_advice_and_changes_nothing(
    client: Client, case: tuple[Any, ...]
) -> None:
    media_type, body, status, slug, says = case
    before = size(client)
    begun = time.monotonic()
    headers = {"Content-Type": media_type} if media_type else {}
    response = client.post("/update", content=body, headers=headers)
    assert says in check_problem(response, status, slug)
    assert time.monotonic() - begun < 6
    assert size(client) == before


def test_a_chain_that_fails_in_the_end_has_done_nothing(client: Client) -> None:
    response = update(client, "INSERT DATA { :x :y :z } ; CLEAR GRAPH <http://example.org/none>")
    check_problem(response, 400, "bad-query")
    assert not ask(client, ":x :y :z")


def test_updates_need_post(client: Client) -> None:
    response = client.get("/update", params={"update": "CLEAR ALL"})
    check_problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST, OPTIONS"


def test_updates_are_off_unless_asked_for(tmp_path: Path) -> None:
    with loaded(tmp_path, [visit()]) as client:
        before = size(client)
        detail = check_problem(update(client, "CLEAR ALL"), 403, "updates-off")
        assert "--allow-update" in detail
        for method in ("PUT", "POST", "DELETE", "PATCH"):
            response = client.request(method, "/store?default", content=b"")
            assert "NEWSGRAPH_ALLOW_UPDATE" in check_problem(response, 403, "updates-off")
        assert client.get("/store?default").status_code == 200
        assert size(client) == before


def test_another_site_may_not_update(client: Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Content-Type": UPDATE}
    check_problem(client.post("/update", content="CLEAR ALL", headers=headers), 403, "cross-site")


def test_the_articles_go_on_after_all_was_deleted(tmp_path: Path) -> None:
    with loaded(tmp_path, [visit(), echo()], allow_update=True) as client:
        done(client, "CLEAR ALL")
        assert size(client) == 0
        assert client.get("/v1/statements").json()["items"] == []
        assert len(client.get("/v1/articles").json()["items"]) == 2
        assert client.delete(f"/v1/articles/{visit().article.id}").status_code == 204
    with loaded(tmp_path, [], allow_update=True) as client:  # what a user did is no damage
        assert len(client.get("/v1/articles").json()["items"]) == 1
        assert size(client) == 0


def test_readers_go_on_while_a_long_update_is_made(client: Client) -> None:
    """They see the state before it until it is acknowledged, and never wait for its end."""
    answers: list[int] = []
    writer = threading.Thread(target=lambda: answers.append(update(client, BOMB).status_code))
    writer.start()
    times = []
    while writer.is_alive():
        begun = time.monotonic()
        assert ask(client, ":Xi_Jinping rel:visit :Moscow")
        assert client.get("/healthz").status_code == 200
        times.append(time.monotonic() - begun)
    writer.join()
    assert answers == [504]
    assert len(times) > 3
    assert sorted(times)[len(times) // 2] < 0.5
