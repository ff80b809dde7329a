from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from graph.model import (
    Argument,
    Article,
    Entity,
    EntityType,
    Mention,
    Modality,
    Node,
    Polarity,
    Predicate,
    Reading,
    Statement,
    TimeSpan,
    Value,
)
from graph.rdf import reading_quads, statement_quads, supported_triples
from graph.rdf_read import read_entities, read_mentions, read_statements
from graph.rdf_terms import DEFAULT, entity_class, entity_classes, stored_form, triple_key
from graph.store.embedded import EmbeddedStore
from graph.vocab import XSD, Namespaces, slug
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


@pytest.mark.parametrize("reading", [visit(), echo(), numbered(3)], ids=["visit", "echo", "numbered"])
def test_what_was_written_is_read_back(reading: Reading) -> None:
    store = EmbeddedStore(None, NS)
    for other in (visit(), echo(), numbered(3), numbered(10)):
        store.put(NS.article(other.article.id), reading_quads(other, NS, "test"))
    ids = [statement.id for statement in reading.statements]
    assert tuple(read_statements(store.select, ids, NS)) == reading.statements
    assert read_mentions(store.select, reading.article.id, NS) == reading.mentions


def test_more_statements_than_one_query_takes_come_in_order() -> None:
    store = EmbeddedStore(None, NS)
    readings = [numbered(number, 40) for number in range(15)]
    for reading in readings:
        store.put(NS.article(reading.article.id), reading_quads(reading, NS, "test"))
    wanted = [statement for reading in reversed(readings) for statement in reading.statements]
    assert list(read_statements(store.select, [s.id for s in wanted], NS)) == wanted


def test_what_is_not_there_is_left_out() -> None:
    store = EmbeddedStore(None, NS)
    store.put(NS.article(echo().article.id), reading_quads(echo(), NS, "test"))
    first, second = echo().statements
    assert list(read_statements(store.select, [second.id, "none", first.id], NS)) == [second, first]
    assert [entity.id for entity in read_entities(store.select, ["none", "Moscow"], NS)] == ["Moscow"]
    assert read_mentions(store.select, "none", NS) == ()


def test_an_entity_that_articles_label_differently_has_the_label_of_its_id() -> None:
    def reading(text: str, label: str, type_: EntityType) -> Reading:
        entity = Entity("Kyiv", label, type_, ("the capital",))
        return Reading(Article(text), (), (entity,), ())

    store = EmbeddedStore(None, NS)
    for read in (
        reading("a", "Kiev", EntityType.ORGANIZATION),
        reading("b", "Kyiv", EntityType.PLACE),
        reading("c", "Kyjiw", EntityType.CONCEPT),
    ):
        store.put(NS.article(read.article.id), reading_quads(read, NS, "test"))
    (kyiv,) = read_entities(store.select, ["Kyiv"], NS)
    assert kyiv == Entity("Kyiv", "Kyiv", EntityType.ORGANIZATION, ("Kiev", "Kyjiw", "the capital"))


# Any reading that keeps the model's rules: offsets and text agree, one label and type per id.

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
LABELS = st.text(string.ascii_letters + "éüŁ漢 -.", min_size=1, max_size=12).filter(slug)
VALUES = st.one_of(
    st.tuples(st.integers(-(10**9), 10**9).map(str), st.just("integer")),
    st.tuples(st.booleans().map(lambda flag: str(flag).lower()), st.just("boolean")),
    st.tuples(st.dates().map(str), st.just("date")),
    st.tuples(TEXT, st.just("string")),
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(TEXT)
    labels = draw(st.lists(LABELS, min_size=1, max_size=5, unique_by=slug))
    types = st.sampled_from(EntityType)
    entities = {slug(label): Entity(slug(label), label, draw(types)) for label in labels}
    pool = st.sampled_from(sorted(entities))
    for id_, entity in list(entities.items()):
        aliases = sorted(draw(st.sets(TEXT, max_size=2)) - {entity.label})
        mentions = tuple(sorted(draw(st.sets(pool, max_size=2))))
        same = tuple(
            sorted(draw(st.sets(st.integers(0, 9).map("https://example.org/{}".format), max_size=2)))
        )
        stands_for = draw(st.none() | pool)
        entities[id_] = Entity(id_, entity.label, entity.type, tuple(aliases), same, stands_for, mentions)
    article = Article(
        text, draw(st.none() | TEXT), draw(st.none() | TEXT), draw(DAYS), draw(st.none() | TEXT)
    )
    relations = [Predicate(slug(label), label, "", 0, 0) for label in labels]

    def span() -> tuple[str, int, int]:
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        return text[start:end], start, end

    def node() -> Node:
        entity = entities[draw(pool)]
        return Node(entity.id, entity.label, entity.type, *span())

    def value() -> Node | Value:
        if draw(st.booleans()):
            return node()
        spelled, datatype = draw(VALUES)
        return Value(spelled, XSD + datatype, *span())

    def predicate() -> Predicate:
        relation = draw(st.sampled_from(relations))
        return Predicate(relation.id, relation.label, *span(), (relation.id,))

    def statement(number: int) -> Statement:
        sentence, start, end = span()
        time = TimeSpan(draw(TEXT), draw(DAYS), draw(DAYS)) if draw(st.booleans()) else None
        return Statement(
            f"s{number}",
            article.id,
            node(),
            predicate(),
            value(),
            sentence,
            start,
            end,
            tuple(Argument(draw(TEXT), value()) for _ in range(draw(st.integers(0, 3)))),
            draw(st.sampled_from(Modality)),
            draw(st.sampled_from(Polarity)),
            node() if draw(st.booleans()) else None,
            time,
            node() if draw(st.booleans()) else None,
            draw(st.floats(0, 1)),
        )

    statements = tuple(statement(number) for number in range(draw(st.integers(0, 3))))
    mentioned = {Mention(draw(pool), *span()) for _ in range(draw(st.integers(0, 3)))}
    mentions = tuple(sorted(mentioned, key=lambda mention: (mention.start, mention.end, mention.entity)))
    return Reading(article, statements, tuple(entities.values()), mentions)


@settings(max_examples=150, deadline=timedelta(seconds=5))
@given(reading=readings())
def test_any_reading_comes_back_from_the_store(reading: Reading) -> None:
    store = EmbeddedStore(None, NS)
    graph = NS.article(reading.article.id)
    quads = set(reading_quads(reading, NS, "test"))
    assert store.put(graph, quads) == sum(quad.graph_name == graph for quad in quads)
    assert set(store.quads()) == quads
    ids = [statement.id for statement in reading.statements]
    assert tuple(read_statements(store.select, ids, NS)) == reading.statements
    assert tuple(read_entities(store.select, [e.id for e in reading.entities], NS)) == reading.entities
    assert read_mentions(store.select, reading.article.id, NS) == reading.mentions
    store.drop(graph)
    assert list(store.quads()) == []
