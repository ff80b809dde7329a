"""A made-up week of news, rich enough to look at: every type, modality and polarity, and busy hubs."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from readings import Draft

from graph.model import Article, EntityType, Modality, Polarity, Reading, TimeSpan

T = EntityType
PEOPLE = ("Amara Osei", "Lars Lindqvist", "Mei Tanaka", "Joaquín Prieto", "Nadia Haddad", "Piotr Wójcik")
BODIES = (
    "Harbour Union",
    "Norra Bank",
    "Ministry of Transport",
    "Coastal Authority",
    "Veles Energy",
    "High Court",
)
PLACES = ("Port Aldous", "Norrland", "São Vicente", "Kestrel Island", "Valdria", "Lake Orin")
OTHERS = (
    ("Dock Safety Act", T.LAW),
    ("Spring Regatta", T.EVENT),
    ("Tideline 4", T.PRODUCT),
    ("The Long Quay", T.WORK),
    ("dockers", T.GROUP),
    ("higher tolls on foreign ships", T.CONCEPT),
    ("the closure of the northern lock", T.CONCEPT),
    ("talks on wages", T.CONCEPT),
    ("a plan to deepen the channel", T.CONCEPT),
    ("the price of grain", T.CONCEPT),
)
# What is said: the phrase in the sentence, the relation, and how it is meant.
PHRASES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("met", "meet", {}),
    ("visited", "visit", {}),
    ("criticised", "criticise", {}),
    ("plans to fund", "fund", {"modality": Modality.PLANNED}),
    ("wants to close", "close", {"modality": Modality.REQUESTED}),
    ("may buy", "buy", {"modality": Modality.POSSIBLE}),
    ("refused to support", "support", {"polarity": Polarity.NEGATIVE}),
    ("did not sign a deal with", "sign deal with", {"polarity": Polarity.NEGATIVE}),
    ("had warned", "warn", {"modality": Modality.CLAIMED}),
    ("signed an agreement with", "sign agreement with", {}),
    ("owns a share of", "own share of", {}),
)


@dataclass(frozen=True)
class Plot:
    """One sentence to come: who, does what, to whom, and who says so."""

    subject: tuple[str, T]
    phrase: str
    relation: str
    meant: dict[str, Any]
    object: tuple[str, T]
    speaker: str

    @property
    def claimed(self) -> bool:
        return self.meant.get("modality") is Modality.CLAIMED

    @property
    def sentence(self) -> str:
        said = f", {self.speaker} said" if self.claimed else ""
        return f"On Monday {self.subject[0]} {self.phrase} {self.object[0]} in the old customs house{said}."


def week(days: int = 12, seed: int = 7) -> list[Reading]:
    """Read `days` made-up articles, always the same for the same seed."""
    chance = random.Random(seed)
    return [_day(day, chance) for day in range(days)]


def _day(day: int, chance: random.Random) -> Reading:
    plots = [_plot(chance) for _ in range(7)]
    first = plots[0]
    title = f"{first.subject[0]} and {first.object[0]}: day {day + 1} of the harbour dispute"
    text = " ".join(plot.sentence for plot in plots) + " "
    published = date(2024, 5, 1 + day)
    draft = Draft(Article(text, title, f"https://news.example/{day}", published, "The Aldous Courier"))
    for plot in plots:
        _tell(draft, published, plot)
    return draft.reading()


def _plot(chance: random.Random) -> Plot:
    """Make up a sentence; those named first are in the news the most."""
    kinds = ((PEOPLE, T.PERSON), (BODIES, T.ORGANIZATION), (PLACES, T.PLACE))
    things = [(name, type_) for names, type_ in kinds for name in names] + list(OTHERS)
    weights = range(len(things), 0, -1)
    subject, object_ = chance.choices(things[:12], weights[:12])[0], chance.choices(things, weights)[0]
    if object_ == subject:
        object_ = things[-1]
    phrase, relation, meant = chance.choice(PHRASES)
    return Plot(subject, phrase, relation, meant, object_, chance.choice(PEOPLE))


def _tell(draft: Draft, day: date, plot: Plot) -> None:
    draft.sentence(plot.sentence)
    source = {"attributed_to": draft.node(plot.speaker, T.PERSON)} if plot.claimed else {}
    draft.say(
        draft.node(*plot.subject),
        draft.predicate(plot.phrase, plot.relation),
        draft.node(*plot.object),
        time=TimeSpan("On Monday", day, day),
        confidence=0.87,
        **plot.meant,
        **source,
    )
