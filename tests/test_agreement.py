"""What is of one event: it agrees and contradicts. What is of another, or only asked for, does neither."""

from __future__ import annotations

from datetime import date

import pytest
from keeping import keep
from pyoxigraph import QuerySolutions, Store
from readings import Draft

from graph.model import Article, EntityType, Modality, Polarity, Reading, TimeSpan
from graph.queries import bind, load_library
from graph.rdf import reading_quads
from graph.store.archive import Archive
from graph.store.index_schema import OPPOSABLE, STANCES
from graph.views import StatementFilter, agreement, contradictions, others, statements
from graph.vocab import Namespaces

NS = Namespaces("https://kg.example/news/")
SPOKEN = {modality: STANCES[modality] for modality in Modality}
YEARS = {year: TimeSpan(str(year), date(year, 1, 1), date(year, 12, 31)) for year in (2019, 2024)}
SINCE = TimeSpan("since 2020", date(2020, 1, 1), None)
WORDS = TimeSpan("then", None, None)


def said(
    number: int,
    *,
    denied: bool = False,
    modality: Modality = Modality.ASSERTED,
    time: TimeSpan | None = None,
    whom: str = "Vale",
) -> Reading:
    """Read an article that says, or denies, that Hale met somebody."""
    draft = Draft(Article(f"Hale {'never ' if denied else ''}met {whom}, report {number} {modality}."))
    draft.sentence("Hale")
    draft.say(
        draft.node("Hale", EntityType.PERSON),
        draft.predicate("met", "meet"),
        draft.node(whom, EntityType.PERSON),
        polarity=Polarity.NEGATIVE if denied else Polarity.POSITIVE,
        modality=modality,
        time=time,
    )
    return draft.reading()


def counts(*readings: Reading) -> list[tuple[int, int]]:
    """Count the articles of each side of each contradiction; see that the named query tells the same."""
    with Archive.open(None, "http://localhost:8000/") as archive:
        for reading in readings:
            keep(archive, reading)
        found = contradictions(archive).items
        for one in found:
            for here, there in ((one.affirmed, one.denied), (one.denied, one.affirmed)):
                beside = others(archive, here.statements[0].id)
                assert beside.opposite.count <= there.count
                assert beside.opposite.count > 0
    assert sum(one.affirmed.count * one.denied.count for one in found) >= queried("contradictions", *readings)
    assert bool(found) == bool(queried("contradictions", *readings))
    return [(one.affirmed.articles, one.denied.articles) for one in found]


def queried(name: str, *readings: Reading, **given: str) -> int:
    """Count the rows of a named query."""
    store = Store()
    for reading in readings:
        store.extend(reading_quads(reading, NS, "test"))
    query = load_library().get(name)
    found = store.query(bind(query, query.terms(given, NS)), prefixes=NS.prefixes)
    assert isinstance(found, QuerySolutions)
    return len(list(found))


@pytest.mark.parametrize("yes", Modality)
@pytest.mark.parametrize("no", Modality)
def test_only_what_commits_to_the_same_can_contradict(yes: Modality, no: Modality) -> None:
    opposed = SPOKEN[yes] == SPOKEN[no] <= OPPOSABLE
    found = counts(said(1, modality=yes), said(2, denied=True, modality=no))
    assert found == ([(1, 1)] if opposed else [])


@pytest.mark.parametrize(
    ("yes", "no", "opposed"),
    [
        (YEARS[2019], YEARS[2024], False),
        (YEARS[2024], YEARS[2019], False),
        (YEARS[2019], YEARS[2019], True),
        (YEARS[2019], None, True),
        (None, YEARS[2024], True),
        (WORDS, YEARS[2024], True),
        (YEARS[2019], SINCE, False),
        (SINCE, YEARS[2024], True),
        (SINCE, SINCE, True),
    ],
)
def test_times_that_exclude_each_other_are_two_events(
    yes: TimeSpan | None, no: TimeSpan | None, opposed: bool
) -> None:
    assert counts(said(1, time=yes), said(2, denied=True, time=no)) == ([(1, 1)] if opposed else [])


def test_only_the_statements_of_the_event_are_shown() -> None:
    found = counts(said(1, time=YEARS[2019]), said(2, time=YEARS[2024]), said(3, denied=True, time=SINCE))
    assert found == [(1, 1)]


def test_those_beside_a_statement_are_of_its_event() -> None:
    readings = [
        said(1, time=YEARS[2019]),
        said(2, time=YEARS[2024]),
        said(3),
        said(4, modality=Modality.POSSIBLE),
        said(5, denied=True, time=YEARS[2024]),
    ]
    with Archive.open(None, "http://localhost:8000/") as archive:
        for reading in readings:
            keep(archive, reading)
        sides = [others(archive, one.statements[0].id) for one in readings]
    assert [(one.same.articles, one.opposite.articles) for one in sides] == [
        (2, 0),
        (2, 1),
        (3, 1),
        (1, 0),
        (1, 2),
    ]


def test_what_may_be_gives_no_support() -> None:
    readings = [said(1), said(2, modality=Modality.POSSIBLE), said(3, modality=Modality.REQUESTED)]
    claimed = said(4, modality=Modality.CLAIMED)
    twice = StatementFilter(min_support=2)
    with Archive.open(None, "http://localhost:8000/") as archive:
        for reading in readings:
            keep(archive, reading)
        assert statements(archive, twice).items == ()
        keep(archive, claimed)
        found = {one.modality for one in statements(archive, twice).items}
        assert found == {Modality.ASSERTED, Modality.CLAIMED}
    assert queried("agreement", *readings, least="2") == 0
    assert queried("agreement", *readings, claimed, least="2") == 1


def test_pages_go_on_past_what_is_of_two_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "_AT_ONCE", 2)
    names = [f"Vale{number}" for number in range(7)]
    readings = [
        one
        for place, whom in enumerate(names)
        for one in (
            said(2 * place, time=YEARS[2019], whom=whom),
            said(2 * place + 1, denied=True, whom=whom, time=YEARS[2019 if place in (2, 5) else 2024]),
        )
    ]
    with Archive.open(None, "http://localhost:8000/") as archive:
        for reading in readings:
            keep(archive, reading)
        first = contradictions(archive, limit=1)
        second = contradictions(archive, limit=1, after=first.next)
        assert [len(first.items), len(second.items), second.next] == [1, 1, None]
        assert first.items != second.items
        monkeypatch.setattr(agreement, "LOOKED_AT", 0)  # then each page ends after one edge
        every = [contradictions(archive)]
        while every[-1].next is not None:
            every.append(contradictions(archive, after=every[-1].next))
        assert [one for page in every for one in page.items] == [*first.items, *second.items]
        assert len(every) > len(names) // 2
