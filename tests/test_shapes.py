from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pyshacl
import pytest
import rdflib
from keeping import keep
from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize
from rdflib import RDF, RDFS, XSD, Literal, URIRef
from readings import echo, numbered, visit

from graph import curation, views
from graph.decisions import Decision, Kind, decision_quads
from graph.model import EntityType, Reading, Value
from graph.ontology import shape_quads
from graph.rdf import reading_quads
from graph.store.archive import Archive
from graph.vocab import ITSRDF, NIF, PROV, SCHEMA, SEM, SKOS, Namespaces
from tests.loaded import reader
from tests.rows import samples

NS = Namespaces("https://kg.example/news/")


def kg(term: str) -> URIRef:
    return URIRef(NS.kg(term).value)


def as_graph(quads: list[Quad]) -> rdflib.Graph:
    triples = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert triples is not None
    return rdflib.Graph().parse(data=triples, format="nt")


@cache
def shapes() -> rdflib.Graph:
    return as_graph(list(shape_quads(NS)))


MERGE = Decision(
    1, Kind.MERGE, "Xi", {"into": "Xi_Jinping"}, {}, "Hale", datetime(2026, 3, 17, tzinfo=UTC), "one man"
)
APART = replace(MERGE, id=2, kind=Kind.DISTINGUISH, subject="Moscow", change={"from": "Xi_Jinping"})


def article_graph(reading: Reading) -> rdflib.Graph:
    quads = reading_quads(reading, NS, "test")
    return as_graph([quad for quad in quads if quad.graph_name != DefaultGraph()])


def small_graph() -> rdflib.Graph:
    """A plan with dates, a sale with arguments, a denial, a merge: what shapes look at, and little more."""
    return article_graph(small()) + as_graph(list(decision_quads([MERGE, APART], NS)))


def small() -> Reading:
    reading = visit()
    wanted = [s for s in reading.statements if s.predicate.id in ("visit", "sell", "condemn")]
    wanted[0] = replace(wanted[0], curated_by=1)
    entities = (reading.entities[0], next(one for one in reading.entities if one.mentions))
    return replace(reading, statements=tuple(wanted), entities=entities, mentions=())


def whole_graph() -> rdflib.Graph:
    """The same, with the default graph."""
    return as_graph([*reading_quads(small(), NS, "test"), *decision_quads([MERGE, APART], NS)])


def check(graph: rdflib.Graph) -> tuple[bool, rdflib.Graph, str]:
    conforms, results, report = pyshacl.validate(graph, shacl_graph=shapes(), inference="none")
    assert isinstance(results, rdflib.Graph)
    return conforms, results, report


@pytest.mark.parametrize(
    "reading", [visit(), echo(), numbered(1), visit(title=None, url=None, published=None)]
)
def test_what_is_written_conforms(reading: Reading) -> None:
    conforms, _, report = check(article_graph(reading))
    assert conforms, report


def test_all_graphs_together_conform() -> None:
    quads = [quad for reading in (visit(), echo()) for quad in reading_quads(reading, NS, "test")]
    conforms, _, report = check(as_graph(quads))
    assert conforms, report


def first(graph: rdflib.Graph, class_: URIRef) -> rdflib.term.Node:
    """The first instance of a class that has all that an instance may have."""
    return max(sorted(graph.subjects(RDF.type, class_)), key=lambda node: len(set(graph.predicates(node))))


STATEMENT = kg("Statement")
USE = kg("EntityUse")
DECISION = kg("Decision")
PHRASE, SENTENCE = URIRef(f"{NIF}Phrase"), URIRef(f"{NIF}Sentence")
ARTICLE = URIRef(f"{SCHEMA}NewsArticle")
BEGIN, END, WORDS = URIRef(f"{NIF}beginIndex"), URIRef(f"{NIF}endIndex"), URIRef(f"{NIF}anchorOf")
IDENT, CLASS = URIRef(f"{ITSRDF}taIdentRef"), URIRef(f"{ITSRDF}taClassRef")
EARLIEST = URIRef(f"{SEM}hasEarliestBeginTimeStamp")
DERIVED, GENERATED = URIRef(f"{PROV}wasDerivedFrom"), URIRef(f"{PROV}wasGeneratedBy")

STATEMENT_TERMS = ["modality", "polarity", "confidence", "subjectMention", "predicateSpan", "objectMention"]
REQUIRED = [
    *(
        (STATEMENT, predicate)
        for predicate in (RDF.subject, RDF.predicate, RDF.object, DERIVED, kg("supports"))
    ),
    *((STATEMENT, kg(term)) for term in STATEMENT_TERMS),
    *((USE, predicate) for predicate in (IDENT, CLASS, RDFS.label, kg("supports"))),
    *((PHRASE, predicate) for predicate in (BEGIN, END, WORDS)),
    (ARTICLE, GENERATED),
]


@pytest.mark.parametrize(("class_", "predicate"), REQUIRED, ids=lambda iri: iri.split("#")[-1].split("/")[-1])
def test_what_is_required_may_not_be_missing(class_: URIRef, predicate: URIRef) -> None:
    graph = small_graph()
    node = first(graph, class_)
    assert (node, predicate, None) in graph
    graph.remove((node, predicate, None))
    assert not check(graph)[0]


def change(class_: URIRef, predicate: URIRef, value: rdflib.term.Node) -> Callable[[rdflib.Graph], None]:
    return lambda graph: graph.set((first(graph, class_), predicate, value)) and None


def add(class_: URIRef, predicate: URIRef, value: rdflib.term.Node) -> Callable[[rdflib.Graph], None]:
    return lambda graph: graph.add((first(graph, class_), predicate, value)) and None


def break_argument(predicate: URIRef) -> Callable[[rdflib.Graph], None]:
    return lambda graph: graph.remove((next(graph.objects(None, kg("argument"))), predicate, None)) and None


def begin_after_the_end(graph: rdflib.Graph) -> None:
    dated = next(graph.subjects(EARLIEST, None))
    graph.set((dated, EARLIEST, Literal("2999-01-01", datatype=XSD.date)))


def support_a_denied_statement(graph: rdflib.Graph) -> None:
    denied = next(graph.subjects(kg("polarity"), kg("negative")))
    graph.add((denied, kg("supports"), URIRef(NS.triple("x").value)))


def forget_the_program(graph: rdflib.Graph) -> None:
    graph.remove((None, URIRef(f"{SCHEMA}softwareVersion"), None))


def empty_the_sentence(graph: rdflib.Graph) -> None:
    sentence = first(graph, SENTENCE)
    graph.set((sentence, END, graph.value(sentence, BEGIN)))
    graph.set((sentence, WORDS, Literal("")))


BROKEN = {
    "modality that is none": change(STATEMENT, kg("modality"), kg("positive")),
    "polarity that is none": change(STATEMENT, kg("polarity"), kg("planned")),
    "confidence over 1": change(STATEMENT, kg("confidence"), Literal(1.5)),
    "confidence of text": change(STATEMENT, kg("confidence"), Literal("high")),
    "two subjects": add(STATEMENT, RDF.subject, URIRef(NS.entity("x").value)),
    "subject that is text": change(STATEMENT, RDF.subject, Literal("Xi")),
    "evidence that is no sentence": change(STATEMENT, DERIVED, URIRef(NS.article("x").value)),
    "mention that is no span": change(STATEMENT, kg("subjectMention"), URIRef(NS.article("x").value)),
    "end before begin": begin_after_the_end,
    "time without language": change(STATEMENT, kg("timeText"), Literal("next week")),
    "two sources": add(STATEMENT, kg("attributedTo"), URIRef(NS.entity("x").value)),
    "two places": lambda graph: (
        [add(STATEMENT, kg("place"), URIRef(NS.entity(x).value))(graph) for x in "xy"] and None
    ),
    "support of a denied statement": support_a_denied_statement,
    "argument without role": break_argument(kg("role")),
    "argument without value": break_argument(RDF.value),
    "use of an unknown class": change(USE, CLASS, URIRef(f"{SCHEMA}Recipe")),
    "use of two entities": add(USE, IDENT, URIRef(NS.entity("x").value)),
    "label without language": change(USE, RDFS.label, Literal("Xi")),
    "span that ends before it begins": change(PHRASE, BEGIN, Literal(10_000)),
    "negative offset": change(PHRASE, BEGIN, Literal(-1)),
    "words of another length": change(PHRASE, WORDS, Literal("some other words")),
    "empty sentence": empty_the_sentence,
    "article of two runs": add(ARTICLE, GENERATED, URIRef(NS.article("x").value)),
    "article of no program": forget_the_program,
    "day that is text": change(ARTICLE, URIRef(f"{SCHEMA}datePublished"), Literal("yesterday")),
    "statement that two people curated": add(STATEMENT, kg("curatedBy"), URIRef(NS.decision(2).value)),
    "decision of no kind": change(DECISION, kg("decided"), Literal("guess")),
    "decision about nothing": change(DECISION, URIRef(f"{PROV}used"), Literal("Xi")),
    "decision of no day": change(DECISION, URIRef(f"{PROV}endedAtTime"), Literal("today")),
    "entity merged into two": lambda graph: (
        graph.add((URIRef(NS.entity("Xi").value), kg("mergedInto"), URIRef(NS.entity("x").value))) and None
    ),
    "two headlines": add(ARTICLE, URIRef(f"{SCHEMA}headline"), Literal("Another")),
}


PERSON = URIRef(f"{SCHEMA}Person")
AMOUNTS = {
    "money": ("Money", "2,4 EUR"),
    "currency": ("Money", "2.4 euros"),
    "share": ("Percent", "24.4%"),
    "measure": ("Quantity", "785mi"),
}


def amount(name: str) -> Callable[[rdflib.Graph], None]:
    datatype, text = AMOUNTS[name]
    return change(STATEMENT, RDF.object, Literal(text, datatype=kg(datatype)))


BROKEN_TOGETHER = {
    "entity without a name": lambda graph: graph.remove((first(graph, PERSON), RDFS.label, None)) and None,
    "entity with an empty name": change(PERSON, RDFS.label, Literal("", lang="en")),
    "entity that is the same as a word": add(PERSON, URIRef(f"{SCHEMA}sameAs"), Literal("Xi")),
    "relation without a name": lambda graph: (
        graph.remove((first(graph, RDF.Property), RDFS.label, None)) and None
    ),
    "relation under a word": add(RDF.Property, kg("broader"), Literal("act")),
    "person that mentions": add(PERSON, kg("mentions"), URIRef(NS.entity("Moscow").value)),
    "value of no known type": change(STATEMENT, RDF.object, Literal("2023", datatype=XSD.gYear)),
    **{f"{name} as it is not written": amount(name) for name in AMOUNTS},
}


@pytest.mark.parametrize(
    "amount", ["Money 2400000000 EUR", "Money -5", "Percent 24.4", "Quantity 785 mi", "Quantity 165 km/h"]
)
def test_amounts_as_they_are_written_conform(amount: str) -> None:
    datatype, _, text = amount.partition(" ")
    graph = small_graph()
    change(STATEMENT, RDF.object, Literal(text, datatype=kg(datatype)))(graph)
    conforms, _, report = check(graph)
    assert conforms, report


@pytest.mark.parametrize("name", sorted(samples()))
def test_what_is_read_in_a_sample_conforms(name: str) -> None:
    """All that the store then holds, the default graph too; pyshacl looks."""
    with Archive.open(None, NS.base) as archive:
        keep(archive, reader().read(samples()[name]))
        graph = as_graph(list(archive.store.quads()))
    assert len(set(graph.subjects(RDF.type, STATEMENT))) > 20
    for class_ in (USE, PHRASE, SENTENCE, ARTICLE, PERSON, URIRef(f"{SKOS}Concept"), RDF.Property):
        assert (None, RDF.type, class_) in graph
    conforms, _, report = check(graph)
    assert conforms, report


def test_what_people_decided_conforms() -> None:
    """Each kind of decision about a sample."""
    hand = curation.Hand("Hale")
    with Archive.open(None, NS.base) as archive:
        keep(archive, reader().read(samples()["storm-odette-killed"]))
        people = views.entities(archive, type=EntityType.PERSON, limit=4).items
        one, other, third, fourth = (person.entity.id for person in people)
        curation.merge(archive, one, other, hand)
        curation.rename(archive, third, "Someone Else", hand)
        curation.retype(archive, fourth, EntityType.GROUP, hand)
        said = views.statements(archive, views.StatementFilter(about=other), limit=4).items
        curation.correct(archive, said[0].id, {"predicate": "accuse", "modality": "planned"}, hand)
        curation.correct(archive, said[1].id, {"polarity": "negative", "attributedTo": {"id": third}}, hand)
        curation.correct(archive, said[2].id, {"time": {"start": "2025-05-01", "end": "2025-05-02"}}, hand)
        curation.reject(archive, said[3].id, hand)
        graph = as_graph(list(archive.store.quads()))
    assert len(list(graph.subjects(RDF.type, kg("Decision")))) == 7
    conforms, _, report = check(graph)
    assert conforms, report


def test_the_samples_have_amounts_to_look_at() -> None:
    said = [one for name in samples() for one in reader().read(samples()[name]).statements]
    values = [part for one in said for part in (one.object, *(more.value for more in one.arguments))]
    assert {"kg:Money", "kg:Percent"} <= {part.datatype for part in values if isinstance(part, Value)}


@cache
def reported(name: str) -> frozenset[str]:
    """The named shapes that report the broken graph of that name."""
    graph = whole_graph() if name in BROKEN_TOGETHER else small_graph()
    (BROKEN_TOGETHER if name in BROKEN_TOGETHER else BROKEN)[name](graph)
    conforms, results, _ = check(graph)
    assert not conforms
    found = set(results.objects(None, rdflib.SH.sourceShape))
    owners = {owner for shape in found for owner in shapes().subjects(rdflib.SH.property, shape)}
    return frozenset(str(shape) for shape in found | owners if isinstance(shape, URIRef))


@pytest.mark.parametrize("name", [*BROKEN, *BROKEN_TOGETHER])
def test_broken_graph_does_not_conform(name: str) -> None:
    assert reported(name)


def test_no_shape_is_there_in_vain() -> None:
    named = {str(shape) for shape in shapes().subjects(RDF.type, rdflib.SH.NodeShape)}
    assert named == frozenset().union(*map(reported, [*BROKEN, *BROKEN_TOGETHER]))
