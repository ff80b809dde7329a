"""Links: the statements that a filter describes, as what they join; fetched from either end, in portions."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_paths import kind_of
from viewing import archive_of

from graph.errors import TooWide
from graph.model import Argument, Article, EntityType, Modality, Node, Polarity, Reading, Statement, TimeSpan
from graph.store.archive import Archive
from graph.views import StatementFilter, links
from graph.views.budget import Budget
from graph.views.links import Link, Links, concepts_of
from graph.views.statement_reads import all_statements
from tests.readings import Draft

NAMES = [*(f"Node{number}" for number in range(5)), "treaty"]
VERBS = {"meet": ("consult", "cooperative_act"), "warn": ("hostile_act",), "consult": ("cooperative_act",)}
_SAID = """
SELECT ?id ?article ?s ?p ?o ?how {
  GRAPH ?article { ?id rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:polarity ?how . }
}"""


def reading(chance: random.Random, number: int) -> Reading:
    """Make an article of a few statements about a few things."""
    facts = [
        (
            chance.choice(NAMES),
            chance.choice(list(VERBS)),
            chance.choice([*NAMES, "40"]),
            chance.choice(NAMES),
        )
        for _ in range(chance.randint(1, 4))
    ]
    lines = [f"{who} {verb}s {whom} in {where}. " for who, verb, whom, where in facts]
    draft = Draft(Article(f"Report {number}. " + "".join(lines)))
    for (who, verb, whom, where), line in zip(facts, lines, strict=True):
        draft.sentence(line)
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(9))
        there = draft.node(where, kind_of(where))
        draft.say(
            draft.node(who, kind_of(who)),
            draft.predicate(f"{verb}s", verb, *VERBS[verb]),
            draft.value("40", "40", "integer") if whom == "40" else draft.node(whom, kind_of(whom)),
            modality=chance.choice([Modality.ASSERTED, Modality.CLAIMED, Modality.PLANNED]),
            polarity=chance.choice(list(Polarity)),
            confidence=chance.choice([0.5, 0.75]),
            time=chance.choice([None, TimeSpan("then", day, day)]),
            arguments=chance.choice([(), (Argument("in", there),)]),
            attributed_to=chance.choice([None, there]),
        )
    return draft.reading()


def wanted_by(chance: random.Random, article: str) -> StatementFilter:
    """Choose filters, seldom many."""
    ways: dict[str, Callable[[], Any]] = {
        "predicate": lambda: chance.choice(["meet", "cooperative_act", "nothing", ("warn", "consult")]),
        "modality": lambda: chance.choice([Modality.CLAIMED, (Modality.ASSERTED, Modality.PLANNED)]),
        "polarity": lambda: chance.choice(list(Polarity)),
        "article": lambda: article,
        "min_confidence": lambda: 0.6,
        "from_": lambda: date(2023, 1, 4),
        "about": lambda: chance.choice(NAMES),
        "attributed_to": lambda: chance.choice(NAMES),
        "between": lambda: ("Node0", "Node1"),
        "min_support": lambda: 2,
        "q": lambda: "WARNS",
    }
    return StatementFilter(**{name: way() for name, way in ways.items() if chance.random() < 0.1})


def link_of(said: Statement) -> Link:
    """Make the link of a statement."""
    on = said.object
    ends = (on.id, None) if isinstance(on, Node) else (None, f"{on.value}^^{on.datatype}")
    return Link(said.id, said.article, said.subject.id, said.predicate.id, ends[0], said.polarity, ends[1])


@pytest.mark.parametrize("at_once", [1, 3, 2_000])
@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=40)
def test_links_are_the_statements_of_the_filter(at_once: int, seed: int) -> None:
    chance = random.Random(seed)
    readings = [reading(chance, number) for number in range(chance.randint(1, 6))]
    with archive_of(*readings) as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "AT_ONCE", at_once)
        for _ in range(5):
            wanted = wanted_by(chance, readings[0].article.id)
            own_words = chance.random() < 0.3
            said = [
                link_of(one)
                for one in all_statements(archive, wanted)
                if not own_words or (one.modality is not Modality.CLAIMED and one.attributed_to is None)
            ]
            fetched = Links(archive, wanted, Budget(), own_words=own_words)
            assert fetched.all() == said
            nodes = chance.sample(NAMES, 3)
            assert by_id(fetched.of(nodes)) == by_id(
                one for one in said if {one.subject, one.object}.intersection(nodes)
            )
            others = chance.sample(NAMES, 2)
            assert by_id(fetched.between(nodes, others)) == by_id(
                one for one in said if one.subject in nodes and one.object in others
            )
            every = [link_of(one) for one in all_statements(archive, StatementFilter())]
            assert fetched.degree(nodes) == sum(
                (one.subject == node) + (one.object == node) for one in every for node in nodes
            )


def by_id(found: Any) -> list[Link]:
    return sorted(found, key=lambda link: link.statement)


def test_links_say_what_the_graph_says() -> None:
    chance = random.Random(7)
    with archive_of(*(reading(chance, number) for number in range(8))) as archive:
        rows = list(archive.store.select(_SAID))
        found = {link.statement: link for link in Links(archive, StatementFilter(), Budget()).all()}
        assert len(rows) == len(found) > 10
        for row in rows:
            article, subject, predicate, object_, how = (
                getattr(row[name], "value", "").rpartition("/")[2]
                for name in ("article", "s", "p", "o", "how")
            )
            link = found[getattr(row["id"], "value", "").rpartition("/")[2]]
            assert (link.article, link.subject, link.predicate) == (article, subject, predicate)
            assert object_ in {link.object, str(link.value).partition("^^")[0]}
            assert how.endswith(link.polarity)


def test_concepts_are_those_that_most_articles_take_for_one() -> None:
    draft = Draft(Article("Mercury meets Mars."))
    draft.sentence("Mercury meets Mars.")
    one, other = draft.node("Mercury", EntityType.CONCEPT), draft.node("Mars", EntityType.PERSON)
    draft.say(one, draft.predicate("meets", "meet"), other)
    with archive_of(draft.reading()) as archive:
        assert concepts_of(archive, ["Mercury", "Mars", "Nobody"]) == {"Mercury"}


@contextmanager
def crowd(spokes: int) -> Iterator[Archive]:
    draft = Draft(Article("".join(f"Hub meets Spoke{number}. " for number in range(spokes))))
    for number in range(spokes):
        draft.sentence(f"Hub meets Spoke{number}. ")
        hub, spoke = draft.node("Hub", EntityType.PERSON), draft.node(f"Spoke{number}", EntityType.PERSON)
        draft.say(hub, draft.predicate("meets", "meet"), spoke)
    with archive_of(draft.reading()) as archive:
        yield archive


def test_an_entity_with_very_many_statements_is_read_in_portions_and_no_further_than_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with crowd(60) as archive:
        monkeypatch.setattr(links, "AT_ONCE", 10)
        looks: list[int] = []
        read = archive.search.read

        def counted(do: Callable[[sqlite3.Connection], Any]) -> Any:
            looks.append(1)
            return read(do)

        monkeypatch.setattr(archive.search, "read", counted)
        spokes = [f"Spoke{number}" for number in range(60)]
        assert len(Links(archive, StatementFilter(), Budget()).between(["Hub"], spokes)) == 60
        whole = len(looks)
        assert whole >= 6
        looks.clear()
        budget = Budget(statements=15)
        with pytest.raises(TooWide, match="more than 15 statements"):
            Links(archive, StatementFilter(), budget).of(["Hub"])
        assert len(looks) < whole
        assert Links(archive, StatementFilter(), Budget(statements=15)).degree(["Hub"]) == 16


def test_a_look_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with crowd(60) as archive:
        monkeypatch.setattr(links, "_STEPS", 10)
        over = [False] * 3
        monkeypatch.setattr(Budget, "over", property(lambda _: over.pop() if over else True))
        with pytest.raises(TooWide, match="seconds"):
            Links(archive, StatementFilter(), Budget()).all()
        assert over == []
    with crowd(2) as archive:  # nothing of it is left behind
        monkeypatch.undo()
        assert len(Links(archive, StatementFilter(), Budget()).all()) == 2
