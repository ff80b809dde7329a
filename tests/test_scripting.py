"""The graph for people who script: as rdflib and as networkx see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS

from graph import as_networkx, as_rdflib
from graph.errors import QueryRefused
from graph.store.archive import Archive
from graph.views import StatementFilter
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import echo, numbered, visit

XI, VISIT, MOSCOW = (
    URIRef(f"{BASE}{name}") for name in ("entity/Xi_Jinping", "relation/visit", "entity/Moscow")
)


@pytest.mark.filterwarnings("ignore:Dataset.*deprecated:DeprecationWarning")  # rdflib's own, in its own code
@pytest.mark.parametrize("kept", [True, False])
def test_rdflib_sees_the_graph_of_a_moment(tmp_path: Path, kept: bool) -> None:
    pytest.importorskip("oxrdflib", reason="oxrdflib is not installed")
    with Archive.open(tmp_path / "data" if kept else None, BASE) as archive:
        for reading in (visit(), echo()):
            keep(archive, reading)
        dataset = as_rdflib(archive)
        assert (XI, VISIT, MOSCOW) in dataset.default_graph
        article = Graph(dataset.store, URIRef(f"{BASE}article/{visit().article.id}"))
        assert len(article) == archive.article(visit().article.id).quads
        rows = dataset.query("SELECT ?name { :Xi_Jinping rel:visit/rdfs:label ?name }")
        assert [str(row.name) for row in rows] == ["Moscow"]
        assert "rel:visit :Moscow" in dataset.default_graph.serialize(format="turtle")
        with pytest.raises(QueryRefused, match="SERVICE"):
            dataset.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
        before = len(dataset.default_graph)
        for number in range(4):
            keep(archive, numbered(number))
            archive.checkpoint()
        assert len(dataset.default_graph) == before
        assert len(as_rdflib(archive).default_graph) > before
        with pytest.raises(Exception, match="read-write"):
            dataset.default_graph.add((XI, RDFS.comment, MOSCOW))


def test_networkx_sees_the_statements() -> None:
    with Archive.open(None, BASE) as archive:
        for reading in (visit(), echo()):
            keep(archive, reading)
        whole = as_networkx(archive)
        assert whole.nodes["Xi_Jinping"]["type"] == "Person"
        assert "visit" in {data["kind"] for _, _, data in whole.out_edges("Xi_Jinping", data=True)}
        some = as_networkx(archive, StatementFilter(subject="Xi_Jinping"))
        assert 0 < some.number_of_edges() < whole.number_of_edges()
