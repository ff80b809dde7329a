"""Descriptions of things: bounded, and the same in each format whatever they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from keeping import keep
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib.compare import isomorphic
from rdflib.plugins.parsers.jsonld import to_rdf
from readings import numbered, visit

from api.linked_page import page
from graph.errors import NotFound, UnknownFormat
from graph.linked import DOCUMENTS, FORMATS, KINDS, Description, describe, document, write
from graph.linked import description as bounds
from graph.model import Article
from graph.ontology import graph_context
from graph.store.archive import Archive
from graph.vocab import XSD, Namespaces

NS = Namespaces("https://kg.example/news/")
IRI = NS.entity("Hale")
BACK = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
PREDICATES = st.sampled_from(
    [f"{NS.base}ontology#modality", f"{NS.base}relation/visit",
     "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
     "http://example.org/p", "https://schema.org/headline", "urn:a:b"]
)  # fmt: skip
OBJECTS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="en")),
    TEXTS.map(lambda text: Literal(text, language="fr")),
    st.integers().map(Literal),
    st.sampled_from(["0.5", "1"]).map(lambda text: Literal(text, datatype=NamedNode(f"{XSD}double"))),
    TEXTS.map(lambda text: Literal(text, datatype=NS.kg("Money"))),
    st.sampled_from([IRI, NS.kg("planned"), NamedNode("urn:x:y"), BlankNode("b0")]),
)


def read(name: str, data: bytes) -> rdflib.Graph:
    if name != "jsonld":
        return rdflib.Graph().parse(data=data, format=BACK[name])
    found = rdflib.Graph()
    to_rdf(json.loads(data), found)  # Graph.parse warns of a deprecation inside rdflib
    return found


@given(st.lists(st.tuples(PREDICATES, OBJECTS), min_size=1, max_size=8))
def test_every_format_holds_all_of_it(said: list[tuple[str, Literal | NamedNode | BlankNode]]) -> None:
    """rdflib reads each back; the context of JSON-LD is in it, so that nothing is fetched."""
    triples = tuple(dict.fromkeys(Triple(IRI, NamedNode(predicate), value) for predicate, value in said))
    shown = Description(IRI, "Hale", triples)
    expected = read("ntriples", write("ntriples", shown, NS))
    assert len(expected) == len(triples)
    for name in FORMATS:
        assert isomorphic(read(name, write(name, shown, NS)), expected), name
    ours = {quad.triple for quad in parse(write("jsonld", shown, NS), RdfFormat.JSON_LD)}
    assert len(ours) == len(triples)


def test_rdf_xml_says_what_it_cannot_hold() -> None:
    for triple, says in (
        (Triple(IRI, NS.relation("visit"), Literal("a\x01b")), "control characters"),
        (Triple(IRI, NS.relation("2024"), Literal("a")), "has no name for the relation"),
    ):
        shown = Description(IRI, "Hale", (triple,))
        with pytest.raises(UnknownFormat, match=says):
            write("rdfxml", shown, NS)
        assert len(read("jsonld", write("jsonld", shown, NS))) == 1
    with pytest.raises(UnknownFormat, match="choose one of turtle"):
        write("png", Description(IRI, "Hale", ()), NS)


def test_the_thing_itself_comes_first_and_prefixes_are_those_of_use() -> None:
    facts = (
        Triple(NS.entity("A"), NS.relation("visit"), IRI),
        Triple(IRI, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("Hale", language="en")),
    )
    text = write("turtle", Description(IRI, "Hale", facts), NS).decode()
    assert text.index(":Hale rdfs:label") < text.index(":A rel:visit")
    assert "dcat:" not in text
    (first, second) = json.loads(write("jsonld", Description(IRI, "Hale", facts), NS))["@graph"]
    assert first == {"@id": IRI.value, "label": "Hale"}
    assert second["rel:visit"] == {"@id": IRI.value}


def test_the_page_sets_text_as_text_and_runs_no_link() -> None:
    """Whatever a label, a value, an IRI or a format says."""
    bad = NamedNode("javascript:alert(1)")
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    said = [
        Triple(IRI, label, Literal('<script>"x"</script>')),
        Triple(IRI, NS.relation("see"), bad),
        Triple(bad, label, Literal("click")),
        Triple(IRI, NamedNode(f"{NS.base}/evil.example/x"), NamedNode("http://e.example/?a=1&b='")),
        Triple(BlankNode("b"), NS.relation("see"), Literal("\u202e<b>", language="en")),
    ]
    text = page(Description(IRI, "</title><script>", tuple(said), whole=False), NS, ["turtle"])
    assert "<script" not in text
    assert "<b>" not in text
    assert 'href="javascript' not in text
    assert 'href="//' not in text
    assert "<code>click</code>" in text
    assert "?a=1&amp;b=&#x27;" in text
    assert "Not all of it is shown" in text


def test_what_has_only_a_label_names_links_and_has_no_section() -> None:
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    vale = NS.entity("Vale")
    said = (Triple(IRI, NS.relation("meet"), vale), Triple(vale, label, Literal("Vale of Kestria")))
    text = page(Description(IRI, "Hale", said), NS, [])
    assert '<a href="/entity/Vale" title=":Vale">Vale of Kestria</a>' in text
    assert "<h2" not in text


def test_the_context_is_for_the_store_that_asks() -> None:
    text = json.dumps(graph_context(NS))
    assert "localhost" not in text
    assert f"{NS.base}ontology#" in text


def test_kinds_are_told_when_they_are_not_there(archive: Archive) -> None:
    keep(archive, visit())
    for kind in KINDS:
        for id_ in ("none", "a b", "\udcff", "", "<>"):
            with pytest.raises(NotFound):
                describe(archive, kind, id_)
    assert describe(archive, "entity", "Xi_Jinping").title == "Xi Jinping"
    assert describe(archive, "statement", visit().statements[0].id).title == "Xi Jinping visit Moscow"


def test_a_description_is_bounded(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        keep(archive, numbered(number * 7, 4))
    whole = describe(archive, "entity", "City_0")
    assert whole.whole
    assert not [one for one in whole.triples if one.predicate.value.endswith("seeAlso")]
    monkeypatch.setattr(bounds, "STATEMENTS", 10)
    cut = describe(archive, "entity", "City_0")
    assert not cut.whole
    assert len(cut.triples) < len(whole.triples)
    (more,) = [one.object for one in cut.triples if one.predicate.value.endswith("seeAlso")]
    assert more == NamedNode(f"{archive.ns.base}v1/statements?about=City_0")
    monkeypatch.setattr(bounds, "ARTICLE", 10)
    article = describe(archive, "article", numbered(0, 4).article.id)
    assert not article.whole
    assert len(article.triples) < 10
    relation = describe(archive, "relation", "meet")
    assert not relation.whole


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_vocabulary_is_the_same_each_time(name: str) -> None:
    assert write("turtle", document(name, NS), NS) == write("turtle", document(name, NS), NS)
    text = write("turtle", document(name, NS), NS)
    assert len(read("turtle", text)) > 50
    assert (b"sh:property" in text) == (name == "shapes")


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.open(None, "http://localhost:8000/") as opened:
        yield opened


def test_what_a_user_wrote_of_an_entity_is_shown(archive: Archive) -> None:
    keep(archive, visit())
    comment = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
    archive.store.add(None, [Triple(archive.ns.entity("Moscow"), comment, Literal("mine"))])
    assert Literal("mine") in {one.object for one in describe(archive, "entity", "Moscow").triples}


def test_an_article_that_is_not_read_yet_has_little_to_say(archive: Archive) -> None:
    archive.begin(Article("Hale met Vale."))
    shown = describe(archive, "article", Article("Hale met Vale.").id)
    assert not shown.triples
