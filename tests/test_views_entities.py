from __future__ import annotations

import pytest
from readings import Draft
from viewing import READINGS, SAID, archive_of, ends

from graph.errors import NotFound
from graph.model import Article, EntityType
from graph.rdf import nodes
from graph.views import entities, entity, neighbours


@pytest.fixture(scope="module")
def archive():
    with archive_of(*READINGS) as opened:
        yield opened


def about(id_):
    return {s.id for s in SAID if id_ in ends(s)}


def test_entities_come_by_their_statements_then_by_id(archive):
    listed, page = [], entities(archive, limit=9)
    while page.next:
        listed += page.items
        page = entities(archive, limit=9, after=page.next)
    listed += page.items
    keys = [(-each.statements, each.entity.id) for each in listed]
    assert keys == sorted(keys)
    named = {node.id for s in SAID for node in nodes(s)}
    assert {each.entity.id for each in listed} == named | {e.id for r in READINGS for e in r.entities}
    assert all(each.statements == len(about(each.entity.id)) for each in listed)


def test_entities_are_found_by_name_alias_and_type(archive):
    assert [each.entity.id for each in entities(archive, q="JINPING").items] == ["Xi_Jinping"]
    assert [each.entity.id for each in entities(archive, q="chinese president").items] == ["Xi_Jinping"]
    places = entities(archive, type=EntityType.PLACE, limit=500).items
    assert {each.entity.type for each in places} == {EntityType.PLACE}
    assert {"Moscow", "City_0"} <= {each.entity.id for each in places}
    assert entities(archive, q="moscow", type=EntityType.CONCEPT).items[0].entity.mentions == ("Moscow",)
    assert entities(archive, q="no such name").items == ()


def test_one_entity_with_all_that_is_known_of_it(archive):
    record = entity(archive, "Xi_Jinping")
    assert (record.entity.label, record.entity.type, record.statements) == (
        "Xi Jinping",
        EntityType.PERSON,
        2,
    )
    assert set(record.entity.aliases) == {"Chinese President Xi Jinping", "Xi"}
    assert entity(archive, "Beijing").entity.stands_for == "China"
    assert entity(archive, "Moscow").entity.same_as == ("https://sws.geonames.org/524901/",)


@pytest.mark.parametrize("id_", ["nobody", "a b", "", "visit", "\ud800", "<>"])
def test_an_unknown_entity_is_not_found(archive, id_):
    for ask in (entity, neighbours):
        with pytest.raises(NotFound, match="No entity"):
            ask(archive, id_)


@pytest.mark.parametrize("typo", ["Xi_Jinpin", "Xi Jinping", "xi_jinping", "Jinping_Xi"])
def test_an_unknown_entity_names_near_ids(archive, typo):
    with pytest.raises(NotFound, match="Xi_Jinping"):
        entity(archive, typo)


def typed(number, type_):
    draft = Draft(Article(f"Washington spoke to Paris, report {number}."))
    draft.sentence("Washington")
    node = draft.node("Washington", type_)
    draft.say(node, draft.predicate("spoke to", "speak to"), draft.node("Paris", EntityType.PLACE))
    return draft.reading()


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ([EntityType.PLACE, EntityType.PERSON, EntityType.PLACE], EntityType.PLACE),
        ([EntityType.PLACE, EntityType.PERSON, EntityType.PERSON], EntityType.PERSON),
        ([EntityType.PLACE, EntityType.PERSON], EntityType.PERSON),
        ([EntityType.CONCEPT, EntityType.EVENT, EntityType.GROUP], EntityType.GROUP),
    ],
)
def test_an_entity_has_the_type_that_most_articles_give(types, expected):
    with archive_of(*(typed(i, type_) for i, type_ in enumerate(types))) as archive:
        assert entity(archive, "Washington").entity.type is expected
        for type_ in types:
            listed = {each.entity.id for each in entities(archive, type=type_).items}
            assert ("Washington" in listed) == (type_ is expected)


def test_neighbours_are_those_at_the_other_end(archive):
    found = {each.entity.id: each for each in neighbours(archive, "Moscow").items}
    assert set(found) == {"Xi_Jinping"}
    assert (found["Xi_Jinping"].predicates, found["Xi_Jinping"].statements) == ((("visit", "in", 2),), 2)
    (moscow,) = neighbours(archive, "Xi_Jinping").items
    assert moscow.predicates == (("visit", "out", 2),)


def test_neighbours_come_by_their_statements_and_no_more_than_asked(archive):
    near = neighbours(archive, "City_1", limit=500).items
    expected = {s.object.id for s in SAID if s.subject.id == "City_1"}
    assert {each.entity.id for each in near} == expected
    keys = [(-each.statements, each.entity.id) for each in near]
    assert keys == sorted(keys)
    first = neighbours(archive, "City_1", limit=2)
    assert first.items == near[:2]
    assert neighbours(archive, "City_1", limit=500, after=first.next).items == near[2:]
