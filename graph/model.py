"""What flows through newsgraph: articles, mentions, entities, statements.

All values are frozen. Offsets (`start`, `end`) count Unicode code points in `Article.text`, and
`article.text[start:end]` is exactly the `text` beside them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from graph.errors import BadEncoding, NewsgraphError, TooLarge

if TYPE_CHECKING:
    from pyoxigraph import Quad


class Modality(StrEnum):
    """How the text commits itself to a statement (the SKOS scheme `kg:ModalityScheme`)."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    INTENDED = "intended"
    REQUESTED = "requested"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    CLAIMED = "claimed"
    HYPOTHETICAL = "hypothetical"


class Polarity(StrEnum):
    """Whether the statement is affirmed or denied."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class EntityType(StrEnum):
    """What a node is; the classes of schema.org where one fits, else of the ontology."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    PLACE = "Place"
    GROUP = "Group"
    EVENT = "Event"
    PRODUCT = "Product"
    WORK = "CreativeWork"
    LAW = "Legislation"
    CONCEPT = "Concept"


MAX_METADATA: Mapping[str, int] = {"title": 1_000, "url": 2_000, "publisher": 1_000}
"""Characters that these fields of an article may have; more is never metadata, and every list shows it."""


@dataclass(frozen=True)
class Article:
    """One article as it was given; its text is never changed.

    `id` is the first 20 hexadecimal digits of the SHA-256 of the text (UTF-8), so the same content
    is the same article wherever it comes from. `source` says where that was (a file, with its line if it
    holds several) for messages only: it is no part of the article, and no store keeps it.
    """

    text: str
    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None
    source: str | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """What its giver knows it by: the source, else the title, the address or the id."""
        return self.source or self.title or self.url or self.id

    @cached_property
    def id(self) -> str:
        """The hash of the content."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:20]

    def beside(self, known: Article) -> Article:
        """Return what is to be kept of the same text that is known already: this, with what else is known.

        A copy at another address tells nothing of the one that is known, which is returned as it is.
        """
        if self.url and known.url and self.url != known.url:
            return replace(known, source=self.source)
        return replace(
            self,
            title=self.title or known.title,
            url=self.url or known.url,
            published=self.published or known.published,
            publisher=self.publisher or known.publisher,
        )

    def check(self) -> None:
        """See that it can be kept.

        Raises TooLarge, naming the field, if one of `MAX_METADATA` is longer; BadEncoding for what is no
        valid Unicode.
        """
        for name, limit in MAX_METADATA.items():
            length = len(getattr(self, name) or "")
            if length > limit:
                raise TooLarge(
                    f"The {name} of the article has {length:,} characters, and {limit:,} are allowed;"
                    " shorten it, or leave it out."
                )
        for given in (self.text, *(getattr(self, name) for name in MAX_METADATA)):
            try:
                (given or "").encode()
            except UnicodeEncodeError as error:
                raise BadEncoding(
                    "The article holds characters that are no valid Unicode; save it as UTF-8 and try again."
                ) from error


@dataclass(frozen=True, slots=True)
class Failure:
    """One source or article that could not be used, and why."""

    source: str
    error: NewsgraphError


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph: a named entity, or a concept for a noun phrase that names none.

    `same_as` holds IRIs of the same thing elsewhere; `stands_for` the id of what a metonym stands
    for (Beijing for China); `mentions` the ids of the named entities inside a concept's phrase.
    """

    id: str
    label: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    stands_for: str | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that refers to the entity with id `entity`."""

    entity: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as one statement mentions it."""

    id: str
    label: str
    type: EntityType
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """A literal as one statement mentions it; `datatype` is a full IRI, mostly of XML Schema.

    Those of amounts are `kg:Money`, `kg:Percent` and `kg:Quantity` (`graph.vocab`), whatever the store.

    A clause that has no object (*the minister resigned*) has the value `true` (xsd:boolean) as its
    object, so that each statement is one triple; its `text` is then empty.
    """

    value: str
    datatype: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """The relation: `id` and `label` are canonical, `text` is the raw phrase.

    `broader` holds the ids of the curated relations that the predicate falls under.
    """

    id: str
    label: str
    text: str
    start: int
    end: int
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """What a clause says beyond its object, with its preposition or role."""

    role: str
    value: Node | Value


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression, and its first and last day where these can be known.

    With no publication date, relative expressions keep their words and have no days.
    An open range has one of the two.
    """

    text: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that one sentence of one article says; the unit of the graph.

    `curated_by` is the number of the decision (`graph/decisions.py`) by which a person corrected it.
    """

    id: str
    article: str
    subject: Node
    predicate: Predicate
    object: Node | Value
    sentence: str
    start: int
    end: int
    arguments: tuple[Argument, ...] = ()
    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.POSITIVE
    attributed_to: Node | None = None
    time: TimeSpan | None = None
    place: Node | None = None
    confidence: float = 1.0
    curated_by: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one article."""

    article: Article
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A part of the graph (or all of it), as views give it and analysis and exporters take it.

    `entities` holds every entity that a statement of `statements` names. `quads` makes the RDF of
    the part anew each time it is called; its IRIs lie under `base`.
    """

    entities: Sequence[Entity]
    statements: Sequence[Statement]
    articles: Sequence[Article]
    quads: Callable[[], Iterable[Quad]]
    base: str = "http://localhost:8000/"


class Outcome(StrEnum):
    """What became of one article at ingestion."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Report:
    """The sum of an ingestion: article ids by outcome, and what failed. Filled while it runs."""

    outcomes: dict[Outcome, list[str]] = field(default_factory=lambda: {o: [] for o in Outcome})
    failures: list[Failure] = field(default_factory=list)
    statements: int = 0

    @property
    def ok(self) -> bool:
        """True if nothing failed."""
        return not self.failures
