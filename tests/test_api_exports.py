from __future__ import annotations

import io
import json
from collections.abc import Iterator

import networkx as nx
import pyoxigraph
import pytest
from readings import visit
from serving import READINGS, Client, check_problem, loaded

from graph.codec import statement_to_json
from graph.export import EXPORTERS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with loaded(tmp_path_factory.mktemp("exports")) as opened:
        yield opened


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_format_comes_as_a_file_of_its_type(client: Client, name: str) -> None:
    response = client.get(f"/v1/export/{name}")
    exporter = EXPORTERS[name]
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(exporter.media_type)
    assert response.headers["content-disposition"] == f'attachment; filename="newsgraph.{exporter.suffix}"'
    assert response.content


def test_the_whole_graph_is_there_as_json_lines(client: Client) -> None:
    lines = client.get("/v1/export/jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == [
        statement_to_json(one) for reading in READINGS for one in reading.statements
    ]


def test_a_suffix_names_a_format_too(client: Client) -> None:
    quads = set(pyoxigraph.parse(client.get("/v1/export/nq").content, pyoxigraph.RdfFormat.N_QUADS))
    assert quads == set(
        pyoxigraph.parse(client.get("/v1/export/nquads").content, pyoxigraph.RdfFormat.N_QUADS)
    )
    assert quads


def test_the_filters_choose_the_part(client: Client) -> None:
    response = client.get("/v1/export/jsonl", params={"article": visit().article.id, "polarity": "negative"})
    (line,) = response.text.splitlines()
    assert json.loads(line)["predicate"]["id"] == "condemn"
    part = nx.read_gexf(io.BytesIO(client.get("/v1/export/gexf?subject=Xi_Jinping").content))
    assert {"Xi_Jinping", "Moscow"} <= set(part)
    assert not any(node.startswith("City") for node in part)


def test_what_is_not_there_leads_to_what_is(client: Client) -> None:
    detail = check_problem(client.get("/v1/export/gexf?about=Xi_Jinpin"), 404, "not-found")
    assert "Xi_Jinping" in detail
    assert client.get("/v1/export/jsonl?about=Xi_Jinping&to=1900-01-01").content == b""


def test_an_unknown_format_names_those_there_are(client: Client) -> None:
    detail = check_problem(client.get("/v1/export/docx"), 404, "unknown-format")
    assert all(name in detail for name in EXPORTERS)
