from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from graph.rdf import reading_quads
from graph.rdf_read import read_article, read_entities, read_mentions, read_statements
from graph.store.embedded import EmbeddedStore
from graph.vocab import XSD, Namespaces, slug
from tests.readings import echo, numbered, visit

NS = Namespaces("http://localhost:8000/")


def _in_order(reading: Reading) -> list[Statement]:
    return sorted(reading.statements, key=lambda each: (each.start, each.id))


@pytest.mark.parametrize("reading", [visit(), echo(), numbered(3)], ids=["visit", "echo", "numbered"])
def test_what_was_written_is_read_back(reading: Reading) -> None:
    store = EmbeddedStore(None, NS)
    for other in (visit(), echo(), numbered(3), numbered(10)):
        store.put(NS.article(other.article.id), reading_quads(other, NS, "test"))
    ids = [statement.id for statement in reading.statements]
    assert tuple(read_statements(store.select, ids, NS)) == reading.statements
    assert read_article(store.select, reading.article.id, NS) == _in_order(reading)
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
    assert read_article(store.select, "none", NS) == []


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
    assert store.put(graph, quads).quads == sum(quad.graph_name == graph for quad in quads)
    assert set(store.quads()) == quads
    ids = [statement.id for statement in reading.statements]
    assert tuple(read_statements(store.select, ids, NS)) == reading.statements
    assert read_article(store.select, reading.article.id, NS) == _in_order(reading)
    assert tuple(read_entities(store.select, [e.id for e in reading.entities], NS)) == reading.entities
    assert read_mentions(store.select, reading.article.id, NS) == reading.mentions
    store.drop(graph)
    assert list(store.quads()) == []
