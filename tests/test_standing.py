"""Centrality and communities: what networkx and plain counting say of the same graph."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_paths import said
from viewing import archive_of

from graph import standing
from graph.errors import TooWide
from graph.model import Polarity
from graph.standing import Edge, Measure, central, communities, undirected
from graph.views import StatementFilter
from graph.views.budget import Budget
from graph.views.ties import groups_to_json, scores_to_json, ties

names = st.integers(0, 7).map(lambda number: f"N{number}")
edge_lists = st.lists(st.builds(Edge, names, names, st.integers(1, 4)), max_size=20)


@given(edge_lists)
def test_pagerank_is_the_steady_state_of_the_walk(edges):
    ranked = dict(central(edges, Measure.PAGERANK).ranked)
    graph = nx.DiGraph()
    graph.add_nodes_from(undirected(edges))
    for source, target, support in edges:
        if source != target:
            known = graph.get_edge_data(source, target, {"weight": 0})["weight"]
            graph.add_edge(source, target, weight=known + support)
    assert set(ranked) == set(graph)
    if ranked:
        matrix = np.asarray(nx.google_matrix(graph, alpha=0.85))
        steady = np.linalg.matrix_power(matrix.T, 300) @ np.full(len(graph), 1 / len(graph))
        assert [ranked[id_] for id_ in graph] == pytest.approx(list(steady), abs=1e-6)


@given(edge_lists)
def test_degree_and_betweenness_are_those_of_networkx(edges):
    graph = nx.Graph([(one.source, one.target) for one in edges if one.source != one.target])
    assert dict(central(edges, Measure.DEGREE).ranked) == dict(graph.degree())
    expected = nx.betweenness_centrality(graph) if graph else {}
    assert dict(central(edges, Measure.BETWEENNESS).ranked) == pytest.approx(expected)


def clique(names):
    return [Edge(one, other, 1) for one, other in combinations(names, 2)]


TWO_CAMPS = [*clique("ABCDE"), *clique("VWXYZ"), Edge("E", "V", 1)]


def test_two_camps_are_two_communities():
    found = communities(TWO_CAMPS)
    assert [set(group) for group in found.members] == [set("ABCDE"), set("VWXYZ")]
    assert [group[0] for group in found.members] == ["A", "V"]
    assert 0.3 < found.modularity < 0.6
    assert (found.entities, found.edges) == (10, 21)
    assert communities(TWO_CAMPS[::-1]) == found
    assert communities([]).members == ()


def test_who_stands_between_is_most_between_and_ties_go_by_id():
    scores = central(TWO_CAMPS, Measure.BETWEENNESS)
    assert [id_ for id_, _ in scores.ranked[:2]] == ["E", "V"]
    assert [id_ for id_, _ in scores.ranked[2:]] == sorted("ABCDWXYZ")
    assert scores.sampled is None


def test_a_large_graph_is_sampled_and_says_so(monkeypatch):
    monkeypatch.setattr(standing, "_VISITS", 100)
    ring = [Edge(f"{n:03}", f"{(n + 1) % 100:03}", 1) for n in range(100)]
    scores = central(ring, Measure.BETWEENNESS, seed=3)
    assert scores.sampled == 10
    assert central(ring, Measure.BETWEENNESS, seed=3) == scores


@pytest.fixture(scope="module")
def archive():
    denied = {"polarity": Polarity.NEGATIVE}
    facts = [("Anna", "meet", "Boris"), ("Boris", "warn", "Carla"), ("Carla", "meet", "Dan", denied)]
    again = said(("Anna", "praise", "Boris"), ("Anna", "sign", "treaty"), number=1)
    with archive_of(said(*facts), again) as opened:
        yield opened


def test_ties_count_articles_and_leave_out_what_is_denied_or_no_name(archive):
    assert ties(archive, StatementFilter()) == [Edge("Anna", "Boris", 2), Edge("Boris", "Carla", 1)]
    assert Edge("Carla", "Dan", 1) in ties(archive, StatementFilter(), denied=True)
    assert Edge("Anna", "treaty", 1) in ties(archive, StatementFilter(), concepts=True)
    assert ties(archive, StatementFilter(predicate="warn")) == [Edge("Boris", "Carla", 1)]
    assert ties(archive, StatementFilter(predicate="nothing")) == []
    with pytest.raises(TooWide, match="more than 2 statements"):
        ties(archive, StatementFilter(), budget=Budget(statements=2))


def test_what_was_found_is_written_with_names(archive):
    edges = ties(archive, StatementFilter())
    written = scores_to_json(archive, central(edges, Measure.DEGREE), 1)
    assert written["items"] == [{"entity": {"id": "Boris", "label": "Boris", "type": "Person"}, "score": 2}]
    assert (written["entities"], written["edges"], written["sampled"]) == (3, 2, None)
    groups = groups_to_json(archive, communities(edges), 5, 1)
    assert groups["communities"] == 1
    assert [(one["size"], [end["id"] for end in one["members"]]) for one in groups["items"]] == [
        (3, ["Boris"])
    ]
