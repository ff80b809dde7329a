from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from graph.model import (
    EntityType,
    Polarity,
    Reading,
)
from graph.rdf import reading_quads, statement_quads, supported_triples
from graph.rdf_terms import DEFAULT, entity_class, entity_classes, stored_form, triple_key
from graph.store.embedded import EmbeddedStore
from graph.vocab import XSD, Namespaces
from tests.readings import echo, numbered, visit

NS = Namespaces("http://localhost:8000/")


def literal(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + datatype))


def lines(reading: Reading) -> str:
    return "\n".join(sorted(map(str, reading_quads(reading, NS, "test"))))


def test_the_first_statement_is_written_as_the_design_says() -> None:
    """Read from the store in SPARQL, as a user would."""
    store = EmbeddedStore(None, NS)
    store.put(NS.article(visit().article.id), reading_quads(visit(), NS, "newsgraph 0, model x"))
    rows = list(
        store.select(
            """SELECT ?modality ?polarity ?first ?last ?when ?text ?from ?to ?by ?title ?run WHERE {
                 :Xi_Jinping rel:visit :Moscow ; a schema:Person ; rdfs:label "Xi Jinping"@en ;
                    skos:altLabel "Xi"@en .
                 rel:visit a rdf:Property ; rdfs:label "visit"@en ; kg:broader rel:travel_to .
                 GRAPH ?article {
                   ?statement a kg:Statement ; rdf:subject :Xi_Jinping ; rdf:predicate rel:visit ;
                     rdf:object :Moscow ; kg:modality ?modality ; kg:polarity ?polarity ;
                     kg:confidence 0.93e0 ; kg:timeText ?when ; kg:attributedTo ?by ;
                     sem:hasEarliestBeginTimeStamp ?first ; sem:hasLatestEndTimeStamp ?last ;
                     prov:wasDerivedFrom ?sentence .
                   ?sentence a nif:Sentence ; nif:beginIndex ?from ; nif:endIndex ?to ; nif:anchorOf ?text .
                   ?article a schema:NewsArticle ; schema:headline ?title ;
                     prov:wasGeneratedBy/schema:softwareVersion ?run } }"""
        )
    )
    sentence = visit().statements[0].sentence
    assert rows == [
        {
            "modality": NS.kg("planned"),
            "polarity": NS.kg("positive"),
            "first": literal("2023-03-20", "date"),
            "last": literal("2023-03-26", "date"),
            "when": Literal("next week", language="en"),
            "text": Literal(sentence),
            "from": Literal(0),
            "to": Literal(len(sentence)),
            "by": NS.entity("Kremlin"),
            "title": Literal("Xi to visit Moscow"),
            "run": Literal("newsgraph 0, model x"),
        }
    ]


def test_arguments_metonyms_and_concepts_are_written() -> None:
    store = EmbeddedStore(None, NS)
    store.put(NS.article(visit().article.id), reading_quads(visit(), NS, "test"))
    found = store.select(
        """SELECT ?role ?value ?text WHERE { GRAPH ?g {
             ?s rdf:predicate rel:sell ; kg:place :Geneva ; kg:argument ?part .
             ?part kg:role ?role ; rdf:value ?value ; kg:objectMention/nif:anchorOf ?text } }
           ORDER BY ?role"""
    )
    assert [tuple(row.values()) for row in found] == [
        (Literal("of"), Literal("drones"), Literal("drones")),
        (Literal("to"), NS.entity("Russia"), Literal("Russia")),
    ]
    plain = {quad.triple for quad in reading_quads(visit(), NS, "test") if quad.graph_name == DEFAULT}
    sanctions = NS.entity("Western_sanctions_against_Moscow")
    assert Triple(NS.entity("Beijing"), NS.kg("standsFor"), NS.entity("China")) in plain
    assert Triple(sanctions, NS.kg("mentions"), NS.entity("Moscow")) in plain
    assert Triple(NS.entity("Li_Wei"), NS.relation("resign"), literal("true", "boolean")) in plain
    assert Triple(NS.entity("Beijing"), NS.relation("sell"), literal("40", "integer")) in plain


@pytest.mark.parametrize("reading", [visit(), echo(), numbered(3)], ids=["visit", "echo", "numbered"])
def test_each_quad_is_given_once_and_lives_in_one_graph(reading: Reading) -> None:
    quads = list(reading_quads(reading, NS, "test"))
    assert len(quads) == len(set(quads)) == len({quad.triple for quad in quads})
    assert {quad.graph_name for quad in quads} == {DEFAULT, NS.article(reading.article.id)}


@pytest.mark.parametrize("reading", [visit(), echo(), numbered(3)], ids=["visit", "echo", "numbered"])
def test_the_article_supports_just_its_plain_triples(reading: Reading) -> None:
    quads = list(reading_quads(reading, NS, "test"))
    plain = {quad.triple for quad in quads if quad.graph_name == DEFAULT}
    said = [quad for quad in quads if quad.graph_name != DEFAULT]
    assert supported_triples(said, NS) == plain
    keys = {quad.object for quad in said if quad.predicate == NS.kg("supports")}
    assert keys == {triple_key(triple, NS) for triple in plain}


def test_a_denied_statement_supports_nothing() -> None:
    denied = next(s for s in visit().statements if s.polarity is Polarity.NEGATIVE)
    quads = list(statement_quads(denied, NS))
    assert DEFAULT not in {quad.graph_name for quad in quads}
    assert NS.kg("supports") not in {quad.predicate for quad in quads}
    assert supported_triples(quads, NS) == set()


def test_the_quads_of_a_statement_are_among_those_of_its_reading() -> None:
    whole = set(reading_quads(visit(), NS, "test"))
    for statement in visit().statements:
        assert set(statement_quads(statement, NS)) <= whole


def test_entities_that_only_a_statement_names_are_written() -> None:
    full = visit()
    assert lines(Reading(echo().article, echo().statements, (), echo().mentions)) == lines(echo())
    less = Reading(full.article, full.statements, (), full.mentions)
    typed = {quad.subject for quad in reading_quads(less, NS, "test") if quad.graph_name == DEFAULT}
    assert NS.entity("Geneva") in typed


def test_every_entity_type_has_a_class_of_its_own() -> None:
    classes = entity_classes(NS)
    assert set(classes.values()) == set(EntityType)
    assert entity_class(EntityType.CONCEPT, NS).value == "http://www.w3.org/2004/02/skos/core#Concept"
    assert entity_class(EntityType.GROUP, NS) == NS.kg("Group")
    assert entity_class(EntityType.WORK, NS).value == "https://schema.org/CreativeWork"


@pytest.mark.parametrize(
    ("spelled", "datatype", "stored"),
    [("007", "integer", "7"), ("1", "boolean", "true"), ("1.50", "decimal", "1.5"), ("x", "integer", "x")],
)
def test_literals_have_one_form_and_one_key(spelled: str, datatype: str, stored: str) -> None:
    one, other = literal(spelled, datatype), literal(stored, datatype)
    assert stored_form(one) == other == stored_form(other)
    node = NS.entity("a")
    assert triple_key(Triple(node, node, one), NS) == triple_key(Triple(node, node, other), NS)


def test_keys_differ_where_triples_do() -> None:
    a, b, c = NS.entity("a"), NS.entity("b"), Literal("a")
    triples = [
        Triple(a, b, a),
        Triple(b, b, a),
        Triple(a, a, b),
        Triple(a, b, c),
        Triple(a, b, Literal("a", language="en")),
    ]
    assert len({triple_key(triple, NS) for triple in triples}) == len(triples)
