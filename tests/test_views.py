from __future__ import annotations

import base64
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import numbered
from viewing import READINGS, SAID, archive_of, ends, everything

from graph.errors import BadFilter, NotFound
from graph.model import Modality, Node, Polarity, Value
from graph.store.search_words import says
from graph.views import (
    MAX_LIMIT,
    Sort,
    StatementFilter,
    article_mentions,
    article_statements,
    entities,
    neighbours,
    plans,
    statement,
    statements,
    stats,
    subgraph,
)
from graph.views.paging import cursor_after, place_of


@pytest.fixture(scope="module")
def archive():
    with archive_of(*READINGS) as opened:
        yield opened


# --- what the filters mean, said a second time in plain Python ---


def overlaps(each, wanted):
    time = each.time
    if time is None or (time.start is None and time.end is None):
        return False
    begins, stops = time.start or date.min, time.end or date.max
    return begins <= (wanted.to or date.max) and stops >= (wanted.from_ or date.min)


def words(each):
    shown = each.object.value if isinstance(each.object, Value) else each.object.label
    return [each.sentence, "\n".join((each.subject.label, each.predicate.label, shown))]


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
    "q": lambda s, f: says(f.q, *words(s)),
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
    q=maybe(st.sampled_from(["moscow", "ENVOY", '"round 2"', "2 round", "40", "sanct*", "a.c", 'x"'])),
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
    for nasty in ('") } ; DROP ALL ; {', "} UNION { ?id ?p ?o", "?id", "a\nb"):
        assert everything(archive, StatementFilter(q=nasty)) == []
    assert stats(archive).statements == len(SAID)


@pytest.mark.parametrize("name", ["about", "subject", "predicate", "object", "attributed_to", "article"])
@pytest.mark.parametrize("value", ["a b", "x>", "{", "\ud800"])
def test_what_cannot_be_an_id_is_refused(archive, name, value):
    shown = "attributedTo" if name == "attributed_to" else name
    with pytest.raises(BadFilter, match=shown):
        statements(archive, StatementFilter(**{name: value}))
    with pytest.raises(BadFilter, match=shown):
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
        StatementFilter(q=""),
        StatementFilter(q="“\\"),
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


@pytest.mark.parametrize("place", [10**30, -(10**30), 2**63, -(2**63)])
def test_a_forged_place_beyond_any_list_is_refused(archive, place):
    forged = cursor_after((place,), (StatementFilter(), "text"))
    with pytest.raises(BadFilter, match="cursor cannot be read"):
        statements(archive, StatementFilter(), after=forged)
    with pytest.raises(BadFilter, match="cursor cannot be read"):
        place_of(cursor_after((place,), "articles"), "articles", (int,))


def test_a_forged_place_that_is_no_text_is_refused(archive):
    made = cursor_after(("x", 0), "things")
    content = base64.urlsafe_b64decode(made + "=" * (-len(made) % 4)).replace(b'"x"', b'"\\ud800"')
    forged = base64.urlsafe_b64encode(content).decode().rstrip("=")
    assert place_of(made, "things", (str, int)) == ("x", 0)
    with pytest.raises(BadFilter, match="cursor cannot be read"):
        place_of(forged, "things", (str, int))


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


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "wanted",
    [
        StatementFilter(about="City_1"),
        StatementFilter(predicate="meet", polarity=Polarity.POSITIVE),
        StatementFilter(q="met env*"),
    ],
)
@pytest.mark.parametrize("steps", [1, 300, 1_000_000])
def test_many_come_in_the_same_order_however_they_are_found(archive, monkeypatch, wanted, sort, steps):
    sorted_ = statements(archive, wanted, sort=sort, limit=500).items
    assert len(sorted_) > 5
    monkeypatch.setattr(plans, "_MANY", 1)
    monkeypatch.setattr(plans, "_STEPS", steps)
    found, page = [], statements(archive, wanted, sort=sort, limit=4)
    while page.next:
        found += page.items
        page = statements(archive, wanted, sort=sort, limit=4, after=page.next)
    assert [*found, *page.items] == list(sorted_)
