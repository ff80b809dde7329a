"""`/v1/graph` over HTTP: JSON, and each format of the exports."""

from __future__ import annotations

import json
from collections.abc import Iterator

import networkx as nx
import pytest
import rdflib
from serving import Client, check_problem, loaded

from api.schemas.graphs import Graph
from graph.export import EXPORTERS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("graphs")) as opened:
        yield opened


def found(client: Client, query: str) -> Graph:
    response = client.get(f"/v1/graph?{query}")
    assert response.status_code == 200, response.text
    assert response.headers["vary"] == "Accept"
    return Graph.model_validate(response.json())


def test_json_has_nodes_and_edges(client: Client) -> None:
    graph = found(client, "about=Xi_Jinping")
    assert [(node.id, node.distance) for node in graph.nodes] == [("Xi_Jinping", 0), ("Moscow", 1)]
    assert [(edge.predicate, edge.support) for edge in graph.edges] == [("visit", 2)]
    assert graph.truncated is None


def test_depth_several_centres_and_filters(client: Client) -> None:
    assert len(found(client, "about=Envoy_1&depth=2").nodes) > len(found(client, "about=Envoy_1").nodes)
    assert found(client, "about=Russia,%20Xi_Jinping,Russia").about == ["Russia", "Xi_Jinping"]
    assert not found(client, "about=Xi_Jinping&modality=claimed").edges
    truncated = found(client, "about=City_1&edges=1").truncated
    assert truncated is not None
    assert truncated.edges == 2


@pytest.mark.parametrize("name", EXPORTERS)
def test_each_format_of_the_exports(client: Client, name: str) -> None:
    chosen = EXPORTERS[name]
    by_name = client.get(f"/v1/graph?about=Xi_Jinping&format={name}")
    by_accept = client.get("/v1/graph?about=Xi_Jinping", headers={"Accept": chosen.media_type})
    assert by_name.status_code == 200
    assert by_name.headers["content-type"].startswith(chosen.media_type)
    assert by_name.headers["vary"] == by_accept.headers["vary"] == "Accept"
    assert by_name.content == by_accept.content
    assert b"Xi Jinping" in by_name.content
    assert b"Crimea" not in by_name.content


def test_files_hold_the_same_graph(client: Client) -> None:
    gexf = client.get("/v1/graph?about=Xi_Jinping&format=graphml")
    assert set(nx.parse_graphml(gexf.text).edges()) == {("Xi_Jinping", "Moscow")}
    lines = client.get("/v1/graph?about=Xi_Jinping&format=jsonl").text.splitlines()
    assert {json.loads(line)["predicate"]["id"] for line in lines} == {"visit"}
    turtle = client.get("/v1/graph?about=Xi_Jinping&format=ttl").text
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) > 10


def test_a_browser_gets_the_page_and_anyone_else_json(client: Client) -> None:
    page = client.get("/v1/graph?about=Moscow", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.text.startswith("<!doctype html>")
    assert client.get("/v1/graph?about=Moscow").headers["content-type"] == "application/json"


REFUSED = [
    ("", 400, "bad-parameter", "'about'"),
    ("about=", 400, "bad-parameter", "1 to 20 entities"),
    ("about=,,%20", 400, "bad-parameter", "1 to 20 entities"),
    ("about=Moscow&depth=4", 400, "bad-parameter", "'depth'"),
    ("about=Moscow&depth=-1", 400, "bad-parameter", "'depth'"),
    ("about=Moscow&edges=99999999999999999999", 400, "bad-parameter", "'edges'"),
    ("about=Moscow&about=Russia", 400, "bad-parameter", "more than once"),
    ("about=Moscow&format=nope", 406, "not-acceptable", "gexf"),
    ("about=Moscow&deepth=2", 400, "unknown-parameter", "'depth'"),
    ("about=Moscw", 404, "not-found", "Moscow"),
    ("about=Moscw&format=gexf", 404, "not-found", "Moscow"),
    ("about=%00", 404, "not-found", "No entity"),
    ("about=Moscow&predicate=visitt", 404, "not-found", "visit"),
    ("about=Moscow&article=none&format=gexf", 404, "not-found", "article"),
    ("about=Moscow&object=%3E", 400, "bad-parameter", "object"),
]


@pytest.mark.parametrize(("query", "status", "slug", "says"), REFUSED)
def test_what_means_nothing_is_refused(client: Client, query: str, status: int, slug: str, says: str) -> None:
    assert says in check_problem(client.get(f"/v1/graph?{query}"), status, slug)


def test_nothing_suits_the_accept_header(client: Client) -> None:
    response = client.get("/v1/graph?about=Moscow", headers={"Accept": "image/png"})
    assert "application/gexf+xml" in check_problem(response, 406, "not-acceptable")
