"""A generated news graph: articles of five statements each, in the quads that an ingest makes."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph

from graph.model import Article, EntityType, Modality, Reading, TimeSpan
from graph.rdf import reading_quads
from graph.store.archive import Archive
from graph.vocab import Namespaces
from tests.readings import Draft

BASE = "http://localhost:8000/"
PEOPLE, PLACES = 900, 120
VERBS = "visit meet call warn sue praise back fund leave join attack invite".split()
FIRST_DAY, DAYS = date(2023, 1, 1), 360
STATEMENTS = 5
OTHERWISE = ("P {}", "Pamela {}", "P J {}", "Peter P {}")
"""Names that may be those of a person too, or of somebody else: who decides on candidates is shown them."""
OFTEN = 0.06
"""How many of those who do something are called so."""
QUADS_AN_ARTICLE = 240
"""About; only how many articles are made depends on it."""


def fill(quads: int, data: Path, file: Path) -> int:
    """Write about so many quads into a store of ours, `data`, and as N-Quads into `file`; return how many."""
    ns, count = Namespaces(BASE), 0
    with file.open("wb") as out:
        for number in range(articles(quads)):
            lines = pyoxigraph.serialize(
                reading_quads(article(number), ns, "bench"), format=pyoxigraph.RdfFormat.N_QUADS
            )
            assert lines is not None
            out.write(lines)
            count += lines.count(b"\n")
    Archive.open(data, BASE).close()  # as for what users write themselves, its ledger knows of none
    store = pyoxigraph.Store(str(data / "graph"))
    store.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    return count


def articles(quads: int) -> int:
    """Return how many articles make about so many quads."""
    return max(1, quads // QUADS_AN_ARTICLE)


def article(number: int) -> Reading:
    """Make one article, always the same for a number."""
    chance = random.Random(number)
    facts = [_renamed(fact, chance) for fact in itertools.islice(_facts(chance), STATEMENTS)]
    sentences = [f"{who} wants to {verb} {whom} on {day}. " for who, verb, whom, day in facts]
    draft = Draft(Article(f"Report {number}. " + "".join(sentences), title=f"Report {number}"))
    for (who, verb, whom, day), sentence in zip(facts, sentences, strict=True):
        draft.sentence(sentence)
        kind = EntityType.PLACE if whom.startswith("Place") else EntityType.PERSON
        draft.say(
            draft.node(who, EntityType.PERSON),
            draft.predicate(verb, verb),
            draft.node(whom, kind),
            modality=chance.choice(list(Modality)),
            time=TimeSpan(f"on {day}", day, day),
            confidence=0.75,
        )
    return draft.reading()


def _renamed(fact: tuple[str, str, str, date], chance: random.Random) -> tuple[str, str, str, date]:
    """Call who does something otherwise now and then."""
    who, *rest = fact
    if chance.random() >= OFTEN:
        return fact
    return (chance.choice(OTHERWISE).format(who.removeprefix("Person ")), *rest)


def _facts(chance: random.Random) -> Iterator[tuple[str, str, str, date]]:
    """Give who does what to whom, and when; no two sentences of an article are alike."""
    people = chance.sample(range(PEOPLE), 2 * STATEMENTS)
    while True:
        other = chance.choice((f"Place {chance.randrange(PLACES):03}", f"Person {people.pop():03}"))
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        yield f"Person {people.pop():03}", chance.choice(VERBS), other, day
