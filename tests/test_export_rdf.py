from __future__ import annotations

import re
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from readings import echo, numbered, visit

from graph.export import export
from graph.export import rdf as writers
from graph.model import Subgraph
from graph.rdf import reading_quads
from graph.vocab import Namespaces

NS = Namespaces("http://localhost:8000/")


@pytest.fixture(autouse=True)
def _spelled_as_written(monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def of(quads):
    listed = list(quads)
    return Subgraph((), (), (), lambda: iter(listed))


def stored(*readings):
    quads = {quad: None for reading in readings for quad in reading_quads(reading, NS, "newsgraph test")}
    return of(quads)


def plain(term):
    """Tell a term of either library as text, for comparison."""
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value.replace("XMLSchema#string", "")
        return (term.value, term.language or datatype)
    if isinstance(term, rdflib.Literal):
        datatype = str(term.datatype or "http://www.w3.org/2001/").replace("XMLSchema#string", "")
        return (str(term), term.language or datatype)
    return getattr(term, "value", None) or str(term)


def triples(quads):
    return {(plain(q.subject), plain(q.predicate), plain(q.object)) for q in quads}


def written(name, part):
    return b"".join(export(name, part)).decode()


PARTS = {"one": lambda: stored(visit()), "many": lambda: stored(visit(), echo(), *map(numbered, range(60)))}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_turtle_holds_every_triple_for_rdflib(part):
    graph = rdflib.Graph().parse(data=written("turtle", part()), format="turtle")
    assert {tuple(map(plain, triple)) for triple in graph} == triples(part().quads())


# rdflib 7.6 warns of its own inner workings.
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_nquads_hold_every_quad_in_its_graph_for_rdflib(part):
    data = rdflib.Dataset()
    data.parse(data=written("nquads", part()), format="nquads")
    found = {
        (plain(s), plain(p), plain(o), None if g in (None, data.default_graph.identifier) else plain(g))
        for s, p, o, g in data.quads()
    }
    assert found == {
        (
            *(plain(term) for term in (q.subject, q.predicate, q.object)),
            None if q.graph_name == ox.DefaultGraph() else plain(q.graph_name),
        )
        for q in part().quads()
    }


def test_turtle_is_made_to_be_read():
    text = written("turtle", stored(visit()))
    assert text.startswith("# ")
    assert "no named graphs" in text
    for prefix, namespace in NS.prefixes.items():
        assert text.count(f"@prefix {prefix}: <{namespace}> .\n") == 1
    assert re.search(r"^:Russia [^.]*rel:annex :Crimea", text, re.MULTILINE)
    assert re.search("kg:modality kg:planned ;$", text, re.MULTILINE)


def test_turtle_names_the_prefixes_once_however_many_batches():
    assert len(list(PARTS["many"]().quads())) > 2 * writers.BATCH
    assert written("turtle", PARTS["many"]()).count("@prefix") == len(NS.prefixes)


def test_turtle_takes_prefixes_from_the_base_of_the_store():
    other = Namespaces("https://news.example/kg/")
    part = replace(of(reading_quads(visit(), other, "newsgraph test")), base=other.base)
    assert "@prefix rel: <https://news.example/kg/relation/> .\n" in written("turtle", part)


def test_turtle_writes_foreign_triples_too():
    foreign = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"))
    text = written("turtle", of([foreign]))
    assert {(t.subject, t.object) for t in ox.parse(text, format=ox.RdfFormat.TURTLE)} == {
        (foreign.subject, foreign.object)
    }


@pytest.mark.parametrize("name", ["turtle", "nquads"])
def test_rdf_comes_in_chunks(name):
    chunks = list(export(name, PARTS["many"]()))
    assert len(chunks) > 5
    assert max(map(len, chunks)) < 512 * 1024


IRIS = st.sampled_from(
    ["entity/U.S._Steel", "entity/中国", "article/a#char=1,2", "relation/visit", "entity/a.b-"]
)
LITERALS = st.builds(ox.Literal, st.text(st.characters(codec="utf-8"), max_size=8)) | st.builds(
    lambda text: ox.Literal(text, language="en"), st.text(st.characters(codec="utf-8"), max_size=8)
)
TERMS = IRIS.map(lambda path: ox.NamedNode(NS.base + path))
QUADS = st.builds(ox.Quad, TERMS, TERMS, TERMS | LITERALS, TERMS | st.just(ox.DefaultGraph()))


@given(st.lists(QUADS, max_size=8))
def test_any_literal_and_iri_comes_back(quads):
    found = set(ox.parse(written("nquads", of(quads)), format=ox.RdfFormat.N_QUADS))
    assert found == set(quads)
    flat = ox.parse(written("turtle", of(quads)), format=ox.RdfFormat.TURTLE)
    assert triples(flat) == triples(quads)
