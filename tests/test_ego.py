"""Ego graphs: the part of the graph around some entities, as networkx would cut it out of the whole."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_paths import graphs, said
from viewing import READINGS, archive_of

from graph.errors import BadFilter, NotFound, TooWide
from graph.model import Polarity
from graph.views import StatementFilter, ego, ego_to_json
from graph.views.budget import Budget


@given(graphs(), st.integers(1, 3))
@settings(deadline=None, max_examples=40)
def test_the_ego_graph_is_that_of_the_whole(pairs, depth):
    named = [(f"Node{a}", "meet", f"Node{b}") for a, b in pairs]
    whole = nx.Graph([(a, b) for a, _, b in named])
    with archive_of(*(said(fact, number=i) for i, fact in enumerate(named))) as archive:
        for roots in ([named[0][0]], [named[0][0], named[-1][2]]):
            found = ego_to_json(ego(archive, roots, depth=depth, edges=1000))
            near = nx.multi_source_dijkstra_path_length(whole, set(roots), cutoff=depth)
            assert {node["id"]: node["distance"] for node in found["nodes"]} == near
            assert {frozenset((edge["source"], edge["target"])) for edge in found["edges"]} == {
                frozenset(edge) for edge in whole.subgraph(near).edges
            }
            assert found["truncated"] is None


@pytest.fixture(scope="module")
def archive():
    with archive_of(*READINGS) as opened:
        yield opened


def test_an_edge_sums_up_its_statements(archive):
    found = ego_to_json(ego(archive, ["Xi_Jinping"]))
    assert [node["id"] for node in found["nodes"]] == ["Xi_Jinping", "Moscow"]
    (edge,) = found["edges"]
    assert (edge["source"], edge["predicate"], edge["target"]) == ("Xi_Jinping", "visit", "Moscow")
    assert (edge["support"], edge["statements"], edge["modality"]) == (2, 2, "asserted")
    assert edge["start"] == "2023-03-20"


def test_facts_and_values_are_in_it(archive):
    resigned = ego_to_json(ego(archive, ["Li_Wei"]))
    assert [(node["id"], node["facts"]) for node in resigned["nodes"]] == [("Li_Wei", ["resign"])]
    sold = ego_to_json(ego(archive, ["Beijing"]))
    assert [(node["label"], node["type"], node["distance"]) for node in sold["nodes"]] == [
        ("Beijing", "Place", 0),
        ("40", "Value", 1),
    ]


def test_who_has_no_edge_stands_alone(archive):
    found = ego(archive, ["Xi_Jinping"], StatementFilter(polarity=Polarity.NEGATIVE))
    written = ego_to_json(found)
    assert ([node["id"] for node in written["nodes"]], written["edges"]) == (["Xi_Jinping"], [])


def test_filters_hold_for_each_edge(archive):
    found = ego_to_json(ego(archive, ["China"], StatementFilter(polarity=Polarity.NEGATIVE)))
    assert [edge["polarity"] for edge in found["edges"]] == ["negative"]
    assert not ego_to_json(ego(archive, ["Russia"], StatementFilter(predicate="visit")))["edges"]


def test_what_most_articles_say_is_kept_and_the_rest_is_told():
    with archive_of(
        said(("Anna", "meet", "Boris"), ("Anna", "meet", "Carla"), ("Anna", "warn", "Dan")),
        said(("Anna", "meet", "Carla"), number=1),
        said(("Carla", "meet", "Eve"), number=2),
    ) as archive:
        found = ego(archive, ["Anna"], depth=2, edges=2)
        written = ego_to_json(found)
        assert [(edge["target"], edge["support"]) for edge in written["edges"]] == [
            ("Carla", 2),
            ("Boris", 1),
        ]
        assert written["truncated"] == {"edges": 1, "statements": 0, "steps": 0, "stopped": None}
        assert {one.subject.id for one in found.part.statements} == {"Anna"}


def test_an_edge_of_very_many_statements_is_counted_and_read_in_part():
    with archive_of(*(said(*[("Anna", "meet", "Boris")] * 1, number=n) for n in range(120))) as archive:
        found = ego(archive, ["Anna"])
        (edge,) = ego_to_json(found)["edges"]
        assert (edge["support"], edge["statements"]) == (120, 120)
        assert len(found.part.statements) == 100
        assert found.left_out.statements == 20


def test_beyond_the_budget_the_first_step_is_refused_and_later_ones_are_left_out():
    crowd = [("Hub", "meet", f"Spoke{n}") for n in range(30)]
    with archive_of(said(("Anna", "meet", "Hub"), *crowd)) as archive:
        with pytest.raises(TooWide, match="more than 10 statements"):
            ego(archive, ["Hub"], budget=Budget(statements=10))
        found = ego_to_json(ego(archive, ["Anna"], depth=2, budget=Budget(statements=10)))
        assert [edge["target"] for edge in found["edges"]] == ["Hub"]
        assert found["truncated"]["steps"] == 1
        assert "more than 10 statements" in found["truncated"]["stopped"]
        rim = ego_to_json(ego(archive, ["Anna"], depth=1, budget=Budget(statements=10)))
        assert "outermost" in rim["truncated"]["stopped"]


def test_what_cannot_be_asked_is_refused(archive):
    with pytest.raises(NotFound, match="Xi_Jinping"):
        ego(archive, ["Moscow", "Xi_Jinpin"])
    for roots, more in (([], {}), (["Moscow"] * 2 + [f"x{n}" for n in range(20)], {})):
        with pytest.raises(BadFilter, match="1 to 20 entities"):
            ego(archive, roots, **more)
    for more in ({"depth": 0}, {"depth": 4}, {"edges": 0}, {"edges": 1001}):
        with pytest.raises(BadFilter, match="from 1 to"):
            ego(archive, ["Moscow"], **more)
