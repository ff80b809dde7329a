"""A made-up week of news, rich enough to look at: every type, modality and polarity, and busy hubs."""

from __future__ import annotations

import random
from datetime import date

from readings import Draft

from graph.model import Article, EntityType, Modality, Polarity, Reading, TimeSpan

T = EntityType
PEOPLE = ("Amara Osei", "Lars Lindqvist", "Mei Tanaka", "Joaquín Prieto", "Nadia Haddad", "Piotr Wójcik")
BODIES = ("Harbour Union", "Norra Bank", "Ministry of Transport", "Coastal Authority", "Veles Energy", "High Court")
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
PHRASES = (
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


def week(days: int = 12, seed: int = 7) -> list[Reading]:
    """Read `days` made-up articles, always the same for the same seed."""
    chance = random.Random(seed)
    return [_day(day, chance) for day in range(days)]


def _day(day: int, chance: random.Random) -> Reading:
    things = [(name, T.PERSON) for name in PEOPLE] + [(name, T.ORGANIZATION) for name in BODIES]
    things += [(name, T.PLACE) for name in PLACES] + list(OTHERS)
    things += [(f"Envoy {name}", T.PERSON) for name in chance.sample(PLACES, 2)]
    weights = [len(things) - place for place in range(len(things))]
    plots = []
    for _ in range(7):
        subject = chance.choices(things[:12], weights[:12])[0]
        object_ = chance.choice([thing for thing in chance.choices(things, weights, k=4) if thing != subject] or things[-1:])
        plots.append((subject, chance.choice(PHRASES), object_, chance.choice(PEOPLE)))
    text = " ".join(_sentence(*plot) for plot in plots) + " "
    title = f"{plots[0][0][0]} and {plots[0][2][0]}: day {day + 1} of the harbour dispute"
    published = date(2024, 5, 1 + day)
    draft = Draft(Article(text, title, f"https://news.example/{day}", published, "The Aldous Courier"))
    for plot in plots:
        _tell(draft, published, *plot)
    return draft.reading()


def _sentence(subject: tuple[str, T], phrase: tuple[str, str, dict], object_: tuple[str, T], speaker: str) -> str:
    said = f", {speaker} said" if phrase[2].get("modality") is Modality.CLAIMED else ""
    return f"On Monday {subject[0]} {phrase[0]} {object_[0]} in the old customs house{said}."


def _tell(
    draft: Draft, day: date, subject: tuple[str, T], phrase: tuple[str, str, dict], object_: tuple[str, T], speaker: str
) -> None:
    draft.sentence(_sentence(subject, phrase, object_, speaker))
    meant = dict(phrase[2])
    if meant.get("modality") is Modality.CLAIMED:
        meant["attributed_to"] = draft.node(speaker, T.PERSON)
    draft.say(
        draft.node(*subject),
        draft.predicate(phrase[0], phrase[1]),
        draft.node(*object_),
        time=TimeSpan("On Monday", day, day),
        confidence=0.87,
        **meant,
    )
