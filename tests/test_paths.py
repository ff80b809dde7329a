"""Paths between entities: exactly those of the whole graph, as networkx finds them."""

from __future__ import annotations

from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import Draft
from viewing import archive_of

from graph.errors import BadFilter, NotFound, TooWide
from graph.model import Article, Entity, EntityType, Modality, Polarity
from graph.views import PathOptions, StatementFilter, entity_called, paths
from graph.views.budget import Budget


def said(*facts, number=0):
    """Make a reading; a fact is subject, verb, object and what else the statement has."""
    lines = [f"{who} {verb}s {whom}. " for who, verb, whom, *_ in facts]
    draft = Draft(Article(f"Report {number}. " + "".join(lines)))
    for (who, verb, whom, *more), line in zip(facts, lines, strict=True):
        draft.sentence(line)
        qualifiers = dict(more[0]) if more else {}
        if by := qualifiers.get("attributed_to"):
            qualifiers["attributed_to"] = draft.node(by, EntityType.PERSON)
        draft.say(
            draft.node(who, kind_of(who)),
            draft.predicate(f"{verb}s", verb),
            draft.node(whom, kind_of(whom)),
            **qualifiers,
        )
    return draft.reading()


def kind_of(name):
    return EntityType.CONCEPT if name[0].islower() else EntityType.PERSON


def routes(found):
    return [[path[0].start.id, *(step.end.id for step in path)] for path in found.items]


@st.composite
def graphs(draw):
    size = draw(st.integers(2, 8))
    ends = st.integers(0, size - 1)
    return draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=16))


@given(graphs(), st.integers(1, 5), st.integers(1, 5))
@settings(deadline=None, max_examples=60)
def test_paths_are_those_that_networkx_finds_in_the_whole(edges, k, longest):
    named = [(f"Node{a}", "meet", f"Node{b}") for a, b in edges]
    graph = nx.Graph([(a, b) for a, _, b in named if a != b])
    ends = sorted({end for a, _, b in named for end in (a, b)})
    with archive_of(*(said(fact, number=i) for i, fact in enumerate(named))) as archive:
        for source, target in pairwise(ends):
            found = routes(paths(archive, source, target, PathOptions(k=k, longest=longest)))
            every = []
            if {source, target} <= set(graph) and nx.has_path(graph, source, target):
                every = [p for p in nx.shortest_simple_paths(graph, source, target) if len(p) <= longest + 1]
            assert [len(path) for path in found] == [len(path) for path in islice(every, k)]
            assert len({tuple(path) for path in found}) == len(found)
            assert all(path in every for path in found)


ANNA_TO_EVE = said(
    ("Anna", "meet", "Boris"),
    ("Carla", "warn", "Boris"),
    ("Carla", "praise", "Eve", {"polarity": Polarity.NEGATIVE}),
    ("Carla", "visit", "Dan", {"modality": Modality.CLAIMED}),
    ("Dan", "back", "Eve", {"attributed_to": "Eve"}),
    ("Anna", "sign", "treaty"),
    ("Eve", "refuse", "treaty"),
)


@pytest.fixture(scope="module")
def archive():
    with archive_of(ANNA_TO_EVE, said(("Zoe", "meet", "Yan"), number=1)) as opened:
        yield opened


def test_each_step_says_who_did_what_to_whom_and_where_that_stands(archive):
    (path,) = paths(archive, "Anna", "Carla").items
    assert [(one.predicate, one.forward) for step in path for one in step.relations] == [
        ("meet", True),
        ("warn", False),
    ]
    assert [one.sentence for step in path for one in step.statements] == [
        "Anna meets Boris.",
        "Carla warns Boris.",
    ]
    assert {one.article for step in path for one in step.statements} == {ANNA_TO_EVE.article.id}


def test_what_is_denied_or_a_mere_concept_is_no_way_unless_it_is_asked_for(archive):
    assert routes(paths(archive, "Anna", "Eve")) == [["Anna", "Boris", "Carla", "Dan", "Eve"]]
    assert routes(paths(archive, "Anna", "Eve", PathOptions(denied=True, k=1))) == [
        ["Anna", "Boris", "Carla", "Eve"]
    ]
    assert routes(paths(archive, "Anna", "Eve", PathOptions(concepts=True, k=1))) == [
        ["Anna", "treaty", "Eve"]
    ]
    negative = StatementFilter(polarity=Polarity.NEGATIVE)
    assert routes(paths(archive, "Carla", "Eve", PathOptions(negative))) == [["Carla", "Eve"]]
    assert routes(paths(archive, "Anna", "treaty")) == [["Anna", "treaty"]]


def test_what_is_only_claimed_can_be_left_out(archive):
    assert routes(paths(archive, "Carla", "Dan")) == [["Carla", "Dan"]]
    assert routes(paths(archive, "Carla", "Dan", PathOptions(claimed=False))) == []
    assert routes(paths(archive, "Dan", "Eve", PathOptions(claimed=False))) == []
    assert routes(paths(archive, "Anna", "Boris", PathOptions(claimed=False))) == [["Anna", "Boris"]]


def test_a_filter_holds_for_each_statement_on_the_way(archive):
    meetings = PathOptions(StatementFilter(predicate="meet"))
    assert routes(paths(archive, "Anna", "Boris", meetings)) == [["Anna", "Boris"]]
    assert routes(paths(archive, "Anna", "Carla", meetings)) == []


def test_no_path_says_how_far_was_looked(archive):
    found = paths(archive, "Anna", "Zoe", PathOptions(longest=3))
    assert found.items == ()
    assert (found.searched.length, found.searched.stopped) == (3, None)
    assert found.searched.entities == 2 + 1  # Zoe's side is at its end first, and Anna was never opened
    assert routes(paths(archive, "Anna", "Eve", PathOptions(longest=3))) == []


def test_of_equal_length_what_more_articles_say_is_first():
    ways = [
        ("Anna", "meet", "Boris"),
        ("Boris", "meet", "Eve"),
        ("Anna", "meet", "Zoe"),
        ("Zoe", "meet", "Eve"),
    ]
    with archive_of(said(*ways), said(*ways[2:], number=1)) as archive:
        found = paths(archive, "Anna", "Eve")
        assert routes(found) == [["Anna", "Zoe", "Eve"], ["Anna", "Boris", "Eve"]]
        (meeting,) = found.items[0][0].relations
        assert (meeting.statements, meeting.support) == (2, 2)
        assert len(found.items[0][0].statements) == 2
        only = paths(archive, "Anna", "Eve", PathOptions(shown=1)).items[0][0]
        assert (len(only.statements), only.count) == (1, 2)


def hub(spokes):
    """Anna meets the hub, the hub very many others, and Eve the hub too."""
    facts = [("Hub", "meet", f"Spoke{n}") for n in range(spokes)]
    return archive_of(said(("Anna", "meet", "Hub"), ("Eve", "meet", "Hub"), *facts))


def test_a_hub_is_opened_only_where_no_other_way_is_left():
    with hub(60) as archive:
        found = paths(archive, "Anna", "Eve", PathOptions(k=1), Budget(statements=10))
        assert routes(found) == [["Anna", "Hub", "Eve"]]
        assert found.searched.statements <= 4


def two_hubs(*facts):
    """Anna knows a hub, Eve another, each of which very many know."""
    crowd = [(f"Hub{n % 2}", "meet", f"Spoke{n}") for n in range(60)]
    ways = [("Anna", "meet", "Hub0"), ("Eve", "meet", "Hub1"), ("Hub0", "meet", "Hub1")]
    return archive_of(said(*ways, *facts, *crowd))


def test_beyond_the_budget_it_says_what_to_do_or_gives_what_it_has():
    with two_hubs() as archive:
        with pytest.raises(TooWide, match=r"more than 10 statements; narrow it with predicate"):
            paths(archive, "Anna", "Eve", budget=Budget(statements=10))
        with pytest.raises(TooWide, match="more than 5 entities"):
            paths(archive, "Anna", "Eve", budget=Budget(entities=5))
        assert routes(paths(archive, "Anna", "Eve")) == [["Anna", "Hub0", "Hub1", "Eve"]]
    with two_hubs(("Anna", "meet", "Eve")) as archive:
        found = paths(archive, "Anna", "Eve", PathOptions(k=9), Budget(statements=10))
        assert routes(found) == [["Anna", "Eve"]]
        assert found.searched.length == 2
        assert "more than 10 statements" in found.searched.stopped


def test_a_time_that_is_over_is_told(archive):
    with pytest.raises(TooWide, match="seconds"):
        paths(archive, "Anna", "Eve", budget=Budget(seconds=0))


def test_unknown_ids_name_near_ones(archive):
    with pytest.raises(NotFound, match="Boris"):
        paths(archive, "Anna", "Borris")
    for strange in ("\x00", "\ud800", "a b", "", "x" * 5000):
        with pytest.raises(NotFound):
            paths(archive, strange, "Anna")


@pytest.mark.parametrize(
    "options", [{"k": 0}, {"k": 21}, {"longest": 0}, {"longest": 7}, {"shown": 0}, {"shown": 21}]
)
def test_numbers_out_of_range_are_refused(archive, options):
    with pytest.raises(BadFilter, match="from 1 to"):
        paths(archive, "Anna", "Eve", PathOptions(**options))


def test_a_path_has_two_ends(archive):
    with pytest.raises(BadFilter, match="name two"):
        paths(archive, "Anna", "Anna")


def test_an_entity_is_found_by_its_label_or_else_an_alias():
    draft = Draft(Article("Anna Hale meets the Iron Clerk. Anna Vale meets Hale."))
    draft.sentence("Anna Hale")
    one, other = (
        draft.node("Anna Hale", EntityType.PERSON),
        draft.node("the Iron Clerk", EntityType.PERSON, "Vale"),
    )
    draft.say(one, draft.predicate("meets", "meet"), other)
    draft.sentence("Anna Vale")
    third = draft.node("Anna Vale", EntityType.PERSON)
    draft.say(third, draft.predicate("meets", "meet"), draft.node("Hale", EntityType.PERSON, "Anna Hale"))
    draft.entity(Entity("Anna_Hale", "Anna Hale", EntityType.PERSON, ("Hale", "the Clerk")))
    draft.entity(Entity("Anna_Vale", "Anna Vale", EntityType.PERSON, ("Vale", "the Clerk")))
    with archive_of(draft.reading()) as archive:
        assert entity_called(archive, "Anna_Hale") == entity_called(archive, "anna hale") == "Anna_Hale"
        assert entity_called(archive, "Hale") == "Anna_Hale"
        assert entity_called(archive, "vale") == "Vale"  # a label before an alias
        with pytest.raises(BadFilter, match="2 entities are called; give an id: Anna_Hale, Anna_Vale"):
            entity_called(archive, "The Clerk")
        for strange in ("", "*", '"', "\x00", "\ud800", "Anna"):
            with pytest.raises(NotFound):
                entity_called(archive, strange)
