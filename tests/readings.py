"""Readings made by hand, with exact offsets, for the tests of all that comes after reading.

`visit()` holds every feature that a statement can have; `echo()` says two of its triples again in
other words; `numbered(n)` gives as many different small ones as a test wants.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from graph.errors import NotEnglish
from graph.model import (
    Argument,
    Article,
    Entity,
    EntityType,
    Failure,
    Mention,
    Modality,
    Node,
    Polarity,
    Predicate,
    Reading,
    Statement,
    TimeSpan,
    Value,
)
from graph.vocab import XSD, slug


@dataclass
class Draft:
    """A reading in the making: finds each phrase in the text, so that offsets are right by construction."""

    article: Article
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    _sentence: tuple[int, int] = (0, 0)

    def sentence(self, start: str) -> None:
        """Go to the sentence that begins with `start`; phrases are looked up in it from then on."""
        begin = self.article.text.index(start)
        stop = self.article.text.find(". ", begin)
        self._sentence = (begin, len(self.article.text) if stop < 0 else stop + 1)

    def entity(self, entity: Entity) -> Entity:
        """Add an entity, or change what is known of it."""
        self.entities[entity.id] = entity
        return entity

    def node(self, text: str, type_: EntityType, label: str | None = None) -> Node:
        """Mention an entity in the sentence; `label` is canonical, `text` what stands there."""
        start, end = self._find(text)
        node = Node(slug(label or text), label or text, type_, text, start, end)
        if node.id not in self.entities:
            self.entity(Entity(node.id, node.label, type_))
        self.mentions.append(Mention(node.id, text, start, end))
        return node

    def value(self, text: str, value: str, datatype: str) -> Value:
        """Mention a literal in the sentence."""
        return Value(value, XSD + datatype, text, *self._find(text))

    def predicate(self, text: str, label: str, *broader: str) -> Predicate:
        """Mention a relation in the sentence."""
        return Predicate(label.replace(" ", "_"), label, text, *self._find(text), broader)

    def unary(self, predicate: Predicate) -> Value:
        """Give the object of a clause that has none."""
        return Value("true", f"{XSD}boolean", "", predicate.end, predicate.end)

    def say(
        self, subject: Node, predicate: Predicate, object_: Node | Value, **qualifiers: object
    ) -> Statement:
        """Add a statement of the sentence."""
        start, end = self._sentence
        key = f"{self.article.id} {len(self.statements)}"
        statement = Statement(
            id=hashlib.sha256(key.encode()).hexdigest()[:20],
            article=self.article.id,
            subject=subject,
            predicate=predicate,
            object=object_,
            sentence=self.article.text[start:end],
            start=start,
            end=end,
            **qualifiers,  # type: ignore[arg-type]
        )
        self.statements.append(statement)
        return statement

    def reading(self) -> Reading:
        """Give what was drafted."""
        mentions = tuple(sorted(set(self.mentions), key=lambda mention: (mention.start, mention.end)))
        return Reading(self.article, tuple(self.statements), tuple(self.entities.values()), mentions)

    def _find(self, text: str) -> tuple[int, int]:
        start = self.article.text.index(text, *self._sentence)
        return start, start + len(text)


VISIT = (
    "Chinese President Xi Jinping plans to visit Moscow next week, the Kremlin said. "
    "Russia annexed Crimea in 2014. "
    "China refused to condemn Western sanctions against Moscow “in any form”. "
    "Beijing sold 40 drones to Russia in Geneva, said Mr Peskov 🙂. "
    "The minister Li Wei resigned."
)


def visit(**metadata: object) -> Reading:
    """The reading that holds every feature that `Statement` and `Entity` have."""
    given: dict[str, object] = {
        "title": "Xi to visit Moscow",
        "url": "https://news.example/xi-visit",
        "published": date(2023, 3, 17),
        "publisher": "Example News",
    }
    draft = Draft(Article(VISIT, **{**given, **metadata}))  # type: ignore[arg-type]
    _visit_plan(draft)
    _visit_history(draft)
    _visit_sale(draft)
    return draft.reading()


def _visit_plan(draft: Draft) -> None:
    draft.sentence("Chinese President")
    draft.entity(
        Entity("Xi_Jinping", "Xi Jinping", EntityType.PERSON, ("Chinese President Xi Jinping", "Xi"), ())
    )
    draft.entity(Entity("Moscow", "Moscow", EntityType.PLACE, same_as=("https://sws.geonames.org/524901/",)))
    xi = draft.node("Chinese President Xi Jinping", EntityType.PERSON, "Xi Jinping")
    moscow = draft.node("Moscow", EntityType.PLACE)
    kremlin = draft.node("the Kremlin", EntityType.ORGANIZATION, "Kremlin")
    week = TimeSpan("next week", date(2023, 3, 20), date(2023, 3, 26))
    draft.say(
        xi,
        draft.predicate("plans to visit", "visit", "travel_to"),
        moscow,
        modality=Modality.PLANNED,
        attributed_to=kremlin,
        time=week,
        confidence=0.93,
    )


def _visit_history(draft: Draft) -> None:
    draft.sentence("Russia annexed")
    russia = draft.node("Russia", EntityType.PLACE)
    crimea = draft.node("Crimea", EntityType.PLACE)
    year = TimeSpan("2014", date(2014, 1, 1), date(2014, 12, 31))
    draft.say(
        russia,
        draft.predicate("annexed", "annex", "hostile_act", "take_territory"),
        crimea,
        time=year,
        confidence=0.9,
    )
    draft.sentence("China refused")
    draft.entity(
        Entity(
            "Western_sanctions_against_Moscow",
            "Western sanctions against Moscow",
            EntityType.CONCEPT,
            mentions=("Moscow",),
        )
    )
    draft.say(
        draft.node("China", EntityType.PLACE),
        draft.predicate("refused to condemn", "condemn"),
        draft.node("Western sanctions against Moscow", EntityType.CONCEPT),
        polarity=Polarity.NEGATIVE,
        confidence=0.8,
    )


def _visit_sale(draft: Draft) -> None:
    draft.sentence("Beijing sold")
    draft.entity(Entity("Beijing", "Beijing", EntityType.PLACE, stands_for="China"))
    beijing = draft.node("Beijing", EntityType.PLACE)
    russia = draft.node("Russia", EntityType.PLACE)
    draft.say(
        beijing,
        draft.predicate("sold", "sell", "trade_with"),
        draft.value("40", "40", "integer"),
        arguments=(Argument("to", russia), Argument("of", draft.value("drones", "drones", "string"))),
        modality=Modality.CLAIMED,
        attributed_to=draft.node("Mr Peskov", EntityType.PERSON, "Dmitry Peskov"),
        place=draft.node("Geneva", EntityType.PLACE),
        time=TimeSpan("in Geneva"),
        confidence=0.5,
    )
    draft.sentence("The minister")
    resigned = draft.predicate("resigned", "resign")
    draft.say(draft.node("The minister Li Wei", EntityType.PERSON, "Li Wei"), resigned, draft.unary(resigned))


def echo() -> Reading:
    """Another article that says again that Xi visits Moscow and that Russia annexed Crimea."""
    draft = Draft(Article("Xi Jinping visited Moscow. Crimea was annexed by Russia.", title="Echo"))
    draft.sentence("Xi Jinping")
    xi = draft.node("Xi Jinping", EntityType.PERSON)
    draft.say(xi, draft.predicate("visited", "visit", "travel_to"), draft.node("Moscow", EntityType.PLACE))
    draft.sentence("Crimea")
    crimea = draft.node("Crimea", EntityType.PLACE)
    russia = draft.node("Russia", EntityType.PLACE)
    draft.say(russia, draft.predicate("was annexed by", "annex", "hostile_act", "take_territory"), crimea)
    return draft.reading()


def numbered(number: int, statements: int = 3) -> Reading:
    """A small article that no other number has; entities are shared between numbers (`number % 7`)."""
    sentences = [f"City {number % 7} met Envoy {number} for round {turn}. " for turn in range(statements)]
    draft = Draft(Article(f"Report {number}. " + "".join(sentences), title=f"Report {number}"))
    for turn, sentence in enumerate(sentences):
        draft.sentence(sentence)
        draft.say(
            draft.node(f"City {number % 7}", EntityType.PLACE),
            draft.predicate("met", "meet"),
            draft.node(f"Envoy {number}", EntityType.PERSON),
            arguments=(Argument("for", draft.node(f"round {turn}", EntityType.CONCEPT)),),
            confidence=0.75,
        )
    return draft.reading()


class Recorded:
    """A reader that knows readings by heart; what it does not know is a failure in its place.

    `asked` holds the ids of the articles that it was given.
    """

    def __init__(self, *readings: Reading, name: str = "recorded 1.0") -> None:
        self.name = name
        self.asked: list[str] = []
        self._readings = {reading.article.id: reading for reading in readings}

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        """Give the reading of each article that is known, with the metadata that it has now."""
        for article in articles:
            self.asked.append(article.id)
            known = self._readings.get(article.id)
            if known is None:
                yield Failure(article.name, NotEnglish("Not a reading that is known by heart."))
            else:
                yield replace(known, article=article)
