from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import Draft, echo, numbered, visit

from graph.errors import BadFilter, NotFound
from graph.export import export
from graph.model import Article, EntityType, Modality, Node, Polarity, Statement, Value
from graph.rdf import nodes
from graph.store.archive import Archive
from graph.views import (
    MAX_LIMIT,
    StatementFilter,
    article_mentions,
    article_statements,
    entities,
    entity,
    neighbours,
    statement,
    statements,
    stats,
    subgraph,
)

BASE = "http://localhost:8000/"
READINGS = [visit(), echo(), *map(numbered, range(40))]
SAID = [each for reading in READINGS for each in reading.statements]


def archive_of(*readings):
    archive = Archive.open(None, BASE)
    for reading in readings:
        archive.begin(reading.article, "test 1")
        archive.commit(reading, "test 1")
    return archive


@pytest.fixture(scope="module")
def archive():
    with archive_of(*READINGS) as opened:
        yield opened


def everything(archive, wanted, limit=50):
    """Follow the pages to the end."""
    found, page = [], statements(archive, wanted, limit=limit)
    while True:
        found += page.items
        if page.next is None:
            return found
        assert len(page.items) == limit
        page = statements(archive, wanted, after=page.next, limit=limit)


# --- what the filters mean, said a second time in plain Python ---


def ends(each):
    return [
        part.id
        for part in (each.subject, each.object, *(a.value for a in each.arguments))
        if isinstance(part, Node)
    ]


def overlaps(each, wanted):
    time = each.time
    if time is None or (time.start is None and time.end is None):
        return False
    begins, stops = time.start or date.min, time.end or date.max
    return begins <= (wanted.to or date.max) and stops >= (wanted.from_ or date.min)


def words(each):
    shown = each.object.value if isinstance(each.object, Value) else each.object.label
    return [each.sentence, each.subject.label, each.predicate.label, shown]


CHECKS = {
    "about": lambda s, f: f.about in ends(s),
    "subject": lambda s, f: s.subject.id == f.subject,
    "predicate": lambda s, f: f.predicate in (s.predicate.id, *s.predicate.broader),
    "object": lambda s, f: isinstance(s.object, Node) and s.object.id == f.object,
    "modality": lambda s, f: s.modality == f.modality,
    "polarity": lambda s, f: s.polarity == f.polarity,
    "attributed_to": lambda s, f: s.attributed_to is not None and s.attributed_to.id == f.attributed_to,
    "article": lambda s, f: s.article == f.article,
    "from_": overlaps,
    "to": overlaps,
    "min_confidence": lambda s, f: s.confidence >= f.min_confidence,
    "q": lambda s, f: any(f.q.lower() in text.lower() for text in words(s)),
}


def matching(wanted):
    given_names = [name for name in CHECKS if getattr(wanted, name) is not None]
    return {s.id for s in SAID if all(CHECKS[name](s, wanted) for name in given_names)}


IDS = st.sampled_from(["Xi_Jinping", "Moscow", "Russia", "City_3", "Envoy_7", "round_1", "nobody"])
DAYS = st.sampled_from([date(2014, 6, 1), date(2023, 3, 19), date(2023, 3, 22), date(2030, 1, 1)])


def maybe(strategy):
    return st.none() | st.none() | strategy


FILTERS = st.builds(
    StatementFilter,
    about=maybe(IDS),
    subject=maybe(IDS),
    predicate=maybe(st.sampled_from(["visit", "travel_to", "meet", "trade_with", "unknown"])),
    object=maybe(IDS),
    modality=maybe(st.sampled_from(Modality)),
    polarity=maybe(st.sampled_from(Polarity)),
    attributed_to=maybe(st.sampled_from(["Kremlin", "Dmitry_Peskov"])),
    article=maybe(st.sampled_from([r.article.id for r in READINGS[:4]] + ["none"])),
    min_confidence=maybe(st.sampled_from([0.0, 0.5, 0.75, 0.93, 1.0])),
    q=maybe(st.sampled_from(["moscow", "ENVOY", "round 2", "40", "sanctions", "“", '"', "🙂", "a.c", "\\"])),
) | st.builds(StatementFilter, about=maybe(IDS), from_=maybe(DAYS), q=maybe(st.just("in")))


@given(FILTERS, st.sampled_from([1, 3, 500]))
@settings(deadline=None)
def test_filters_combine_and_pages_hold_each_match_once(archive, wanted, limit):
    found = [each.id for each in everything(archive, wanted, limit)]
    assert len(found) == len(set(found))
    assert set(found) == matching(wanted)


@pytest.mark.parametrize("name", CHECKS)
def test_each_filter_finds_some_and_leaves_others(archive, name):
    sale = next(s for s in SAID if s.predicate.id == "sell")
    plan = next(s for s in SAID if s.modality is Modality.PLANNED)
    value = {
        "about": "Russia",
        "subject": "Xi_Jinping",
        "predicate": "trade_with",
        "object": "Moscow",
        "modality": Modality.PLANNED,
        "polarity": Polarity.NEGATIVE,
        "attributed_to": sale.attributed_to.id,
        "article": plan.article,
        "from_": date(2020, 1, 1),
        "to": date(2020, 1, 1),
        "min_confidence": 0.92,
        "q": "DRONES",
    }[name]
    wanted = StatementFilter(**{name: value})
    assert {each.id for each in everything(archive, wanted)} == matching(wanted)
    assert 0 < len(matching(wanted)) < len(SAID)


def test_statements_come_back_as_they_were_read(archive):
    assert {each.id: each for each in everything(archive, StatementFilter())} == {s.id: s for s in SAID}


def test_statements_stand_in_the_order_of_articles_and_of_their_text(archive):
    order = {reading.article.id: i for i, reading in enumerate(READINGS)}
    for wanted in (StatementFilter(), StatementFilter(about="City_1"), StatementFilter(q="envoy")):
        places = [(order[s.article], s.start) for s in everything(archive, wanted, 7)]
        assert places == sorted(places)
        assert len(places) > 7


def test_a_user_cannot_leave_the_query(archive):
    for nasty in ('") } ; DROP ALL ; {', "\\", '"""', "} UNION { ?id ?p ?o", "?id", "a\nb"):
        assert everything(archive, StatementFilter(q=nasty)) == []
    assert stats(archive).statements == len(SAID)


@pytest.mark.parametrize("name", ["about", "subject", "predicate", "object", "attributed_to", "article"])
@pytest.mark.parametrize("value", ["a b", "x>", "{", "\ud800"])
def test_what_cannot_be_an_id_is_refused(archive, name, value):
    with pytest.raises(BadFilter, match=name.strip("_")):
        statements(archive, StatementFilter(**{name: value}))
    with pytest.raises(BadFilter, match=name.strip("_")):
        subgraph(archive, StatementFilter(**{name: value}))


@pytest.mark.parametrize(
    "wanted",
    [
        StatementFilter(from_=date(2023, 1, 2), to=date(2023, 1, 1)),
        StatementFilter(min_confidence=1.1),
        StatementFilter(min_confidence=float("nan")),
        StatementFilter(modality="certain"),
        StatementFilter(polarity="maybe"),
        StatementFilter(q="\ud800"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(archive, wanted):
    with pytest.raises(BadFilter):
        statements(archive, wanted)


@pytest.mark.parametrize("limit", [0, -1, MAX_LIMIT + 1])
def test_a_limit_out_of_range_is_refused(archive, limit):
    for ask in (
        lambda: statements(archive, StatementFilter(), limit=limit),
        lambda: entities(archive, limit=limit),
        lambda: neighbours(archive, "City_1", limit=limit),
    ):
        with pytest.raises(BadFilter, match="1 to 500"):
            ask()


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "é",
        "====",
        encoded({}),
        encoded([]),
        encoded(["x", 1]),
        encoded(["x", "1", 1, "a"]),
        "W10" * 9,
    ],
)
def test_a_cursor_that_is_none_is_refused(archive, cursor):
    with pytest.raises(BadFilter, match="cursor"):
        statements(archive, StatementFilter(), after=cursor)
    with pytest.raises(BadFilter, match="cursor"):
        entities(archive, after=cursor)


def test_a_cursor_of_another_list_is_refused(archive):
    cursor = statements(archive, StatementFilter(), limit=1).next
    assert statements(archive, StatementFilter(), after=cursor).items
    with pytest.raises(BadFilter, match="another list"):
        statements(archive, StatementFilter(q="x"), after=cursor)
    with pytest.raises(BadFilter, match="another list"):
        entities(archive, q="x", after=entities(archive, limit=1).next)


@given(st.text(max_size=40))
def test_no_cursor_breaks_the_view(archive, cursor):
    with pytest.raises(BadFilter):
        statements(archive, StatementFilter(), after=cursor)


def test_a_page_goes_on_after_what_was_deleted():
    with archive_of(*map(numbered, range(6))) as archive:
        first = statements(archive, StatementFilter(), limit=4)
        archive.delete(first.items[-1].article)
        rest = statements(archive, StatementFilter(), after=first.next)
        assert [s.article for s in rest.items] == [
            numbered(i).article.id for i in (2, 3, 4, 5) for _ in range(3)
        ]


# --- one statement, one article ---


def test_one_statement_by_its_id(archive):
    for each in SAID[:8]:
        assert statement(archive, each.id) == each


@pytest.mark.parametrize("id_", ["nothing", "a b", "", "<", "\ud800"])
def test_an_unknown_statement_is_not_found(archive, id_):
    with pytest.raises(NotFound, match="No statement"):
        statement(archive, id_)


def test_an_unknown_statement_names_near_ids(archive):
    whole = SAID[0].id
    with pytest.raises(NotFound, match=whole):
        statement(archive, whole[:12])


def test_an_article_gives_its_statements_and_mentions(archive):
    for reading in READINGS[:3]:
        assert set(article_statements(archive, reading.article.id)) == set(reading.statements)
        assert set(article_mentions(archive, reading.article.id)) >= set(reading.mentions)


def test_an_unknown_article_is_not_found(archive):
    for ask in (article_statements, article_mentions):
        with pytest.raises(NotFound):
            ask(archive, "none")


# --- entities ---


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
    found = {each.entity.id: each for each in neighbours(archive, "Moscow")}
    assert set(found) == {"Xi_Jinping"}
    assert (found["Xi_Jinping"].predicates, found["Xi_Jinping"].statements) == ((("visit", 2),), 2)


def test_neighbours_come_by_their_statements_and_no_more_than_asked(archive):
    near = neighbours(archive, "City_1", limit=500)
    expected = {s.object.id for s in SAID if s.subject.id == "City_1"}
    assert {each.entity.id for each in near} == expected
    keys = [(-each.statements, each.entity.id) for each in near]
    assert keys == sorted(keys)
    assert neighbours(archive, "City_1", limit=2) == near[:2]


# --- parts of the graph ---


def test_the_whole_graph_holds_everything(archive):
    whole = subgraph(archive, StatementFilter())
    assert set(whole.statements) == set(SAID)
    assert {article.id for article in whole.articles} == {r.article.id for r in READINGS}
    assert set(whole.quads()) == set(archive.store.quads())
    assert {e.id for e in whole.entities} >= {node.id for s in SAID for node in nodes(s)}


def test_a_part_holds_its_statements_with_all_that_they_name(archive):
    part = subgraph(archive, StatementFilter(predicate="condemn"))
    (denied,) = part.statements
    named = {"China", "Western_sanctions_against_Moscow", "Moscow"}
    assert {e.id for e in part.entities} == named
    assert [a.id for a in part.articles] == [denied.article]
    quads = list(part.quads())
    assert set(quads) <= set(archive.store.quads())
    assert len(quads) == len(set(quads))
    whole = {
        q.subject
        for q in quads
        if q.subject in (archive.ns.article(denied.article), archive.ns.statement(denied.id))
    }
    assert len(whole) == 2
    assert not any(q.subject == archive.ns.statement(s.id) for q in quads for s in SAID if s != denied)
    assert not any(q.predicate == archive.ns.relation("condemn") for q in quads)


def test_a_part_gives_each_plain_triple_once(archive):
    quads = list(subgraph(archive, StatementFilter(predicate="visit")).quads())
    plain = [q for q in quads if q.predicate == archive.ns.relation("visit")]
    assert len(plain) == 1
    assert len(quads) == len(set(quads))


@pytest.mark.parametrize("name", ["jsonl", "turtle", "nquads", "gexf", "graphml"])
@pytest.mark.parametrize("wanted", [StatementFilter(), StatementFilter(about="Xi_Jinping")])
def test_every_format_exports_what_a_view_gives(archive, name, wanted):
    assert "Xi_Jinping" in b"".join(export(name, subgraph(archive, wanted))).decode()


def test_a_part_can_be_measured_and_looked_at_again(archive):
    said = subgraph(archive, StatementFilter(about="City_2")).statements
    assert list(said) == list(said) == [said[i] for i in range(len(said))]
    assert list(said[:2]) == list(said)[:2]
    assert all(isinstance(each, Statement) for each in said)


def test_stats_count_what_there_is(archive):
    counted = stats(archive)
    assert counted.articles == len(READINGS)
    assert counted.statements == len(SAID)
    assert counted.relations == len({s.predicate.id for s in SAID})
    assert counted.entities == len(set(subgraph(archive, StatementFilter()).entities))


def test_an_empty_archive_has_empty_views():
    with Archive.open(None, BASE) as archive:
        assert statements(archive, StatementFilter()).items == entities(archive).items == ()
        assert stats(archive).statements == 0
        assert list(subgraph(archive, StatementFilter()).statements) == []
        with pytest.raises(NotFound, match="search for its name"):
            entity(archive, "Xi_Jinping")


def test_what_a_view_gives_does_not_change_with_the_order_of_ingestion():
    with archive_of(*READINGS[:5]) as one, archive_of(*reversed(READINGS[:5])) as other:
        assert entities(one, limit=500) == entities(other, limit=500)
        assert neighbours(one, "City_1") == neighbours(other, "City_1")
        assert set(everything(one, StatementFilter())) == set(everything(other, StatementFilter()))


def test_a_replaced_article_shows_only_its_last_reading():
    second = visit(title="Second edition")
    shorter = replace(second, statements=second.statements[:1])
    with archive_of(visit(), shorter) as archive:
        assert everything(archive, StatementFilter()) == list(shorter.statements)
        assert [a.title for a in subgraph(archive, StatementFilter()).articles] == ["Second edition"]


def test_pages_are_stable_when_articles_are_added_between_them():
    with archive_of(*map(numbered, range(4))) as archive:
        page = statements(archive, StatementFilter(), limit=5)
        archive.begin(numbered(9).article, "test 1")
        archive.commit(numbered(9), "test 1")
        rest = statements(archive, StatementFilter(), after=page.next)
        assert len({s.id for s in (*page.items, *rest.items)}) == 15
        assert all(a.id != b.id for a, b in pairwise((*page.items, *rest.items)))
