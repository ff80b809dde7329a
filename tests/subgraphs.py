"""Statements to test with: hypothesis strategies for any of them, nasty text included, and a builder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from graph.model import (
    Argument,
    Article,
    Entity,
    EntityType,
    Modality,
    Node,
    Polarity,
    Predicate,
    Statement,
    Subgraph,
    TimeSpan,
    Value,
)
from graph.vocab import XSD

NASTY = (
    "a\"'<&>]]>;,\t\n\r\x00\x07\x1b\x7f\x85\u2028\u202e\u05e2\u0627\u0301\U0001f44d\ud800\udfff\ufffe\uffff"
)
PERSON, PLACE = EntityType.PERSON, EntityType.PLACE

text = st.text(st.sampled_from(NASTY) | st.characters(codec=None), max_size=12)
ids = st.sampled_from(["Xi_Jinping", "Moscow", "U.S._Steel", "中国", "12", "True"])
types = st.sampled_from(EntityType)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
offsets = st.integers(0, 10_000)
values = st.builds(
    Value, text, st.sampled_from([f"{XSD}string", f"{XSD}integer", f"{XSD}boolean"]), text, offsets, offsets
)
nodes = st.builds(Node, ids, text, types, text, offsets, offsets)
facts = st.builds(Value, st.just("true"), st.just(f"{XSD}boolean"), st.just(""), offsets, offsets)
predicates = st.builds(
    Predicate,
    st.sampled_from(["visit", "meet_with", "be"]),
    text,
    text,
    offsets,
    offsets,
    st.lists(ids, max_size=2).map(tuple),
)
times = st.builds(TimeSpan, text, st.none() | days, st.none() | days)
statements = st.builds(
    Statement,
    id=st.uuids().map(str),
    article=st.sampled_from(["a1", "a2"]),
    subject=nodes,
    predicate=predicates,
    object=nodes | values | facts,
    sentence=text,
    start=offsets,
    end=offsets,
    arguments=st.lists(st.builds(Argument, text, nodes | values), max_size=2).map(tuple),
    modality=st.sampled_from(Modality),
    polarity=st.sampled_from(Polarity),
    attributed_to=st.none() | nodes,
    time=st.none() | times,
    place=st.none() | nodes,
    confidence=st.floats(0, 1),
)


def named(statement: Statement) -> list[Node]:
    """Give every node that the statement names."""
    places = [statement.subject, statement.object, statement.attributed_to, statement.place]
    places += [argument.value for argument in statement.arguments]
    return [node for node in places if isinstance(node, Node)]


def subgraph(statements: Iterable[Statement], entities: Iterable[Entity] = ()) -> Subgraph:
    """Make a subgraph (without RDF) of statements; `entities` are beside those that statements name."""
    said = tuple(statements)
    known = {entity.id: entity for entity in entities}
    for statement in said:
        for node in named(statement):
            known.setdefault(node.id, Entity(node.id, node.label, node.type))
    articles = {s.article: Article(text=s.article) for s in said}
    return Subgraph(tuple(known.values()), said, tuple(articles.values()), lambda: ())


subgraphs = st.lists(statements, max_size=6, unique_by=lambda s: s.id).map(subgraph)


def node(label: str, type_: EntityType = PERSON) -> Node:
    """Make a node that its text mentions by its label."""
    return Node(label.replace(" ", "_"), label, type_, label, 0, len(label))


def says(subject: str, verb: str, object_: str | Value, **more: object) -> Statement:
    """Make a statement between a person and a place (or a value); `more` are fields of Statement."""
    end = object_ if isinstance(object_, Value) else node(object_, PLACE)
    predicate = Predicate(verb, verb.replace("_", " "), verb, 0, 1)
    plain = Statement(f"{subject}-{verb}-{object_}", "a1", node(subject), predicate, end, "sentence", 0, 8)
    return replace(plain, **more)  # type: ignore[arg-type]


TRUE = Value("true", f"{XSD}boolean", "", 0, 0)
