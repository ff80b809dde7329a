from __future__ import annotations

import math
import random
from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from subgraphs import TRUE, node, says, subgraph, subgraphs

from graph.analysis import components, degrees, layout, to_networkx
from graph.layout import DENSE
from graph.model import Entity, EntityType, Modality, Polarity, TimeSpan, Value
from graph.network import VALUE, network
from graph.vocab import XSD


def only_edge(*statements):
    (edge,) = network(subgraph(statements)).edges
    return edge


def test_statements_of_one_relation_are_one_edge_that_counts_articles():
    edge = only_edge(
        says("Xi", "visit", "Moscow", id="1", article="a1"),
        says("Xi", "visit", "Moscow", id="2", article="a1"),
        says("Xi", "visit", "Moscow", id="3", article="a2", confidence=0.5),
    )
    assert (edge.source, edge.kind, edge.target) == ("Xi", "visit", "Moscow")
    assert (edge.statements, edge.support, edge.confidence) == (3, 2, 1.0)


def test_denied_and_affirmed_are_two_edges():
    edges = network(
        subgraph([says("Xi", "visit", "Moscow"), says("Xi", "visit", "Moscow", polarity=Polarity.NEGATIVE)])
    ).edges
    assert {edge.polarity for edge in edges} == set(Polarity)
    assert len({edge.id for edge in edges}) == 2


@pytest.mark.parametrize(
    ("ways", "modality"),
    [
        ([{}], "asserted"),
        ([{"modality": Modality.PLANNED}, {}], "asserted"),
        ([{"modality": Modality.PLANNED}, {"modality": Modality.CLAIMED}], "claimed,planned"),
        ([{"attributed_to": node("Peskov")}], "claimed"),
        ([{"modality": Modality.POSSIBLE, "attributed_to": node("Peskov")}], "possible"),
    ],
)
def test_an_edge_is_asserted_only_if_an_article_says_so_itself(ways, modality):
    assert only_edge(*(says("Xi", "visit", "Moscow", **way) for way in ways)).modality == modality


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], (None, None)),
        ([TimeSpan("soon")], (None, None)),
        ([TimeSpan("May 1", date(2023, 5, 1), date(2023, 5, 1))], (date(2023, 5, 1), date(2023, 5, 1))),
        (
            [
                TimeSpan("", date(2023, 5, 1), date(2023, 5, 2)),
                TimeSpan("", date(2022, 1, 1), date(2022, 1, 9)),
            ],
            (date(2022, 1, 1), date(2023, 5, 2)),
        ),
        (
            [TimeSpan("since", date(2023, 5, 1), None), TimeSpan("", date(2023, 6, 1), date(2023, 6, 2))],
            (date(2023, 5, 1), None),
        ),
    ],
)
def test_an_edge_spans_the_times_of_its_statements(spans, expected):
    edge = only_edge(says("Xi", "visit", "Moscow"), *(says("Xi", "visit", "Moscow", time=t) for t in spans))
    assert (edge.start, edge.end) == expected


def test_clauses_without_an_object_are_facts_that_claim_no_more_than_was_said():
    (xi,) = network(
        subgraph(
            [
                says("Xi", "resign", TRUE),
                says("Xi", "attend", TRUE, polarity=Polarity.NEGATIVE),
                says("Xi", "speak", TRUE, modality=Modality.PLANNED),
            ]
        )
    ).nodes
    assert xi.facts == ("resign", "not attend", "speak (planned)")


def test_values_become_nodes_one_for_each_value_and_datatype():
    five, other = Value("5", f"{XSD}integer", "five", 0, 4), Value("5", f"{XSD}string", "5", 0, 1)
    nodes = network(
        subgraph([says("Xi", "have", five), says("Li", "have", five), says("Li", "have", other)])
    ).nodes
    assert [n.label for n in nodes if n.type == VALUE] == ["5", "5"]


def test_concepts_are_tied_to_what_they_mention():
    concept = Entity(
        "sanctions_on_Moscow", "sanctions on Moscow", EntityType.CONCEPT, mentions=("Moscow", "gone")
    )
    graph = network(subgraph([says("Xi", "visit", "Moscow")], [concept]))
    tie = next(edge for edge in graph.edges if edge.kind == "mentions")
    assert (tie.source, tie.target, tie.support) == ("sanctions_on_Moscow", "Moscow", 0)
    assert {n.id: n.degree for n in graph.nodes} == {"Xi": 1, "Moscow": 2, "sanctions_on_Moscow": 1}


@given(subgraphs)
def test_networkx_holds_every_node_and_edge(part):
    summed, graph = network(part), to_networkx(part)
    assert set(graph) == {n.id for n in summed.nodes} >= {e.id for e in part.entities}
    assert {(u, v, k) for u, v, k in graph.edges(keys=True)} == {
        (e.source, e.target, e.id) for e in summed.edges
    }
    assert dict(graph.degree()) == {n.id: n.degree for n in summed.nodes} == degrees(graph)
    said = sum(e.statements for e in summed.edges if e.kind != "mentions")
    assert said + sum(s.object == TRUE or _is_true(s.object) for s in part.statements) == len(part.statements)


def _is_true(value):
    return isinstance(value, Value) and (value.value, value.datatype) == ("true", f"{XSD}boolean")


def test_components_come_largest_first():
    graph = to_networkx(subgraph([says("A", "see", "B"), says("C", "see", "B"), says("D", "see", "E")]))
    assert components(graph) == [{"A", "B", "C"}, {"D", "E"}]


def test_edge_attributes_are_named_as_the_page_and_the_exporters_expect():
    when = TimeSpan("May", date(2023, 5, 1), None)
    graph = to_networkx(subgraph([says("Xi", "meet_with", "Moscow", time=when)]))
    ((_, _, data),) = graph.edges(data=True)
    assert data == {
        "kind": "meet_with",
        "label": "meet with",
        "polarity": "positive",
        "modality": "asserted",
        "support": 1,
        "statements": 1,
        "confidence": 1.0,
        "start": "2023-05-01",
    }
    assert graph.nodes["Xi"] == {"label": "Xi", "type": "Person", "degree": 1, "facts": ""}


@pytest.mark.parametrize("count", [0, 1, 2, 60, DENSE + 1, 3_000])
def test_layout_is_bounded_and_the_same_each_time(count):
    graph = nx.MultiDiGraph(nx.relabel_nodes(nx.gnm_random_graph(count, count, seed=1), str))
    places = layout(graph, seed=7)
    assert places == layout(nx.MultiDiGraph(graph), seed=7)
    assert set(places) == set(graph)
    assert all(-1 <= c <= 1 and math.isfinite(c) for xy in places.values() for c in xy)
    assert len(set(places.values())) >= 0.99 * count


@pytest.mark.parametrize("count", [60, 2_000])
def test_layout_puts_neighbours_near_each_other(count):
    graph = nx.MultiDiGraph(nx.relabel_nodes(nx.barabasi_albert_graph(count, 1, seed=1), str))
    places, pick = layout(graph), random.Random(1)
    names = sorted(graph)
    linked = [math.dist(places[u], places[v]) for u, v in graph.edges()]
    chance = [math.dist(places[pick.choice(names)], places[pick.choice(names)]) for _ in range(2_000)]
    assert sum(linked) / len(linked) < 0.4 * sum(chance) / len(chance)
