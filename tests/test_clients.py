"""Clients that people use, against a real server: SPARQLWrapper, and the two stores of rdflib."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from calling import environment, started
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from graph.store.archive import Archive
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import visit

XI, VISIT, MOSCOW = (
    URIRef(f"{BASE}{name}") for name in ("entity/Xi_Jinping", "relation/visit", "entity/Moscow")
)
G, S, P = (URIRef(f"http://example.org/{name}") for name in ("g", "s", "p"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("clients") / "data"
    with Archive.open(data, BASE) as archive:
        keep(archive, visit())
    settings = environment(NEWSGRAPH_ALLOWED_HOSTS="127.0.0.1")
    with started("serve", "--data", data, "--port", "0", "--allow-update", env=settings) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_as_if_it_were_a_graph(address: str, method: str) -> None:
    store = SPARQLStore(f"{address}/sparql", method=method)
    graph = Graph(store)
    assert (XI, VISIT, MOSCOW) in graph
    assert list(graph.objects(XI, VISIT)) == [MOSCOW]
    assert bool(graph.query("ASK { :Xi_Jinping rel:visit ?x }").askAnswer) is True
    assert len(graph.query(f"CONSTRUCT {{ ?s <{VISIT}> ?o }} {{ ?s <{VISIT}> ?o }}").graph) == 1
    article = URIRef(f"{BASE}article/{visit().article.id}")
    assert article in set(store.contexts())


def test_rdflib_writes_as_if_it_were_a_graph(address: str) -> None:
    store = SPARQLUpdateStore(f"{address}/sparql", f"{address}/update", autocommit=False)
    graph = Graph(store, identifier=G)
    for number in range(300):
        graph.add((S, P, Literal(number)))
    store.commit()
    assert len(graph) == 300
    graph.remove((S, P, Literal(7)))
    graph.update(f"DELETE DATA {{ <{S}> <{P}> 8 }}")
    store.commit()
    assert len(graph) == 298
    graph.remove((None, None, None))
    store.commit()
    assert len(graph) == 0


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph.*deprecated:DeprecationWarning")  # rdflib's own
def test_sparqlwrapper_reads_writes_and_hears_of_errors(address: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(f"{address}/sparql", updateEndpoint=f"{address}/update")
    select = "SELECT ?what { :Xi_Jinping rel:visit ?what }"
    for method in (wrapper.GET, wrapper.POST):
        for request in (wrapper.URLENCODED, wrapper.POSTDIRECTLY) if method == wrapper.POST else (None,):
            client.setMethod(method)
            if request:
                client.setRequestMethod(request)
            client.setQuery(select)
            client.setReturnFormat(wrapper.JSON)
            (row,) = client.queryAndConvert()["results"]["bindings"]
            assert row["what"]["value"] == str(MOSCOW)
            client.setReturnFormat(wrapper.XML)
            assert str(MOSCOW) in client.queryAndConvert().toxml()
            client.setReturnFormat(wrapper.CSV)
            assert str(MOSCOW).encode() in client.queryAndConvert()
    client.setQuery("DESCRIBE :Xi_Jinping")
    client.setReturnFormat(wrapper.TURTLE)
    assert (XI, VISIT, MOSCOW) in Graph().parse(data=client.queryAndConvert(), format="turtle")
    for format_, name in ((wrapper.JSONLD, "json-ld"), (wrapper.RDFXML, "xml")):
        client.setReturnFormat(format_)  # which SPARQLWrapper says several times in one request
        assert (XI, VISIT, MOSCOW) in Graph().parse(data=client.query().response.read(), format=name)
    _write(client, wrapper)


def _write(client: object, wrapper: object) -> None:
    from SPARQLWrapper import SPARQLExceptions

    client.setMethod(wrapper.POST)  # type: ignore[attr-defined]
    client.setQuery(f"INSERT DATA {{ GRAPH <{G}> {{ <{S}> <{P}> 'é' }} }}")  # type: ignore[attr-defined]
    client.query()  # type: ignore[attr-defined]
    client.addDefaultGraph(str(G))  # type: ignore[attr-defined]
    client.setQuery(f"SELECT ?o {{ <{S}> <{P}> ?o }}")  # type: ignore[attr-defined]
    client.setReturnFormat(wrapper.JSON)  # type: ignore[attr-defined]
    (row,) = client.queryAndConvert()["results"]["bindings"]  # type: ignore[attr-defined]
    assert row["o"]["value"] == "é"
    client.setQuery("SELECT nonsense")  # type: ignore[attr-defined]
    with pytest.raises(SPARQLExceptions.QueryBadFormed, match="line 1"):
        client.query()  # type: ignore[attr-defined]
