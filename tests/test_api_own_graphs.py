"""Statements that a user wrote into a graph of his own are his: no list has them, and no address of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from readings import echo, visit
from serving import BASE, Client, check_problem, loaded

SAID = visit().statements[0]
OWN = "own_statement_1"
COPY = """
INSERT {{ GRAPH <{graph}> {{ <{base}/statement/{own}> ?p ?o . ?e ?ep ?eo }} }}
WHERE {{ GRAPH <{base}/article/{article}> {{
  <{base}/statement/{id}> ?p ?o . <{base}/statement/{id}> prov:wasDerivedFrom ?e . ?e ?ep ?eo }} }}
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with loaded(tmp_path, readings=[visit(), echo()], allow_update=True) as opened:
        yield opened


def copy_to(client: Client, graph: str) -> None:
    update = COPY.format(graph=graph, base=BASE, own=OWN, article=visit().article.id, id=SAID.id)
    response = client.post("/update", data={"update": update})
    assert response.status_code == 204, response.text
    asked = client.get(
        "/sparql", params={"query": f"ASK {{ GRAPH ?g {{ <{BASE}/statement/{OWN}> ?p ?o }} }}"}
    )
    assert asked.json()["boolean"] is True


def listed(client: Client) -> list[str]:
    return [one["id"] for one in client.get("/v1/statements?limit=500").json()["items"]]


@pytest.mark.parametrize(
    "graph", ["http://example.org/notes", f"{BASE}/graph/notes", f"{BASE}/articles/none"]
)
def test_what_lists_leave_out_has_no_address_of_its_own(client: Client, graph: str) -> None:
    before = listed(client)
    copy_to(client, graph)
    assert listed(client) == before
    for address in (f"/v1/statements/{OWN}", f"/v1/statements/{OWN}/others", f"/statement/{OWN}?format=ttl"):
        check_problem(client.get(address), 404, "not-found")
    for method, body in (("PATCH", {"modality": "planned"}), ("DELETE", {"why": "none"})):
        check_problem(client.request(method, f"/v1/statements/{OWN}", json=body), 404, "not-found")
    assert client.get("/v1/stats").json()["statements"] == len(before)


def test_a_copy_of_a_statement_under_its_own_id_changes_nothing(client: Client) -> None:
    before = client.get(f"/v1/statements/{SAID.id}").json()
    graph, mine = "http://example.org/notes", f"<{BASE}/statement/{SAID.id}>"
    update = f"""INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o . {mine} kg:modality kg:claimed }} }}
        WHERE {{ GRAPH <{BASE}/article/{visit().article.id}> {{ ?s ?p ?o }} }}"""
    assert client.post("/update", data={"update": update}).status_code == 204
    assert client.get(f"/v1/statements/{SAID.id}").json() == before
    assert listed(client).count(SAID.id) == 1
    client.delete(f"/v1/articles/{visit().article.id}")
    check_problem(client.get(f"/v1/statements/{SAID.id}"), 404, "not-found")
    asked = client.get("/sparql", params={"query": f"ASK {{ GRAPH <{graph}> {{ {mine} ?p ?o }} }}"})
    assert asked.json()["boolean"] is True


def test_the_index_made_anew_leaves_it_out_too(tmp_path: Path) -> None:
    with loaded(tmp_path, readings=[visit()], allow_update=True) as client:
        copy_to(client, "http://example.org/notes")
        before = listed(client)
    for file in tmp_path.glob("search.sqlite*"):
        file.unlink()
    with loaded(tmp_path, readings=[], allow_update=True) as client:
        assert listed(client) == before
        check_problem(client.get(f"/v1/statements/{OWN}"), 404, "not-found")
