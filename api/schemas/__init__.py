"""What `/v1` answers, as types for `/openapi.json`.

The routes answer with the JSON of `graph.codec` as it is (checking every item again would cost more
than the query); the tests check that answers fit these types, field for field.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.documented import contents as contents
from api.schemas.documented import problems as problems
from graph.model import EntityType, Modality, Outcome, Polarity

T = TypeVar("T")

EntityId: TypeAlias = Annotated[str, Field(description="Id of an entity.", examples=["Elena_Petrova"])]
ArticleId: TypeAlias = Annotated[
    str, Field(description="Hash of an article's text.", examples=["a53f640b2aa3551d9f78"])
]
Offset: TypeAlias = Annotated[int, Field(ge=0, description="Offset in code points of the article's text.")]


class Schema(BaseModel):
    """Base of the answers: no field but those that are documented."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Span(Schema):
    """A place in an article's text: `text[start:end]`."""

    text: str
    start: Offset
    end: Offset


class Node(Span):
    """An entity as a statement mentions it."""

    id: EntityId
    label: str
    type: EntityType


class Literal_(Span):  # noqa: N801  (the plain name is taken by typing)
    """A literal as a statement mentions it."""

    model_config = ConfigDict(extra="forbid", title="Literal")

    value: str
    datatype: Annotated[str, Field(examples=["http://www.w3.org/2001/XMLSchema#integer"])]


class NodeArgument(Node):
    """What a clause says beyond its object: an entity with its role."""

    role: Annotated[str, Field(description="Preposition or role.", examples=["to"])]


class LiteralArgument(Literal_):
    """What a clause says beyond its object: a literal with its role."""

    model_config = ConfigDict(extra="forbid", title="LiteralArgument")

    role: Annotated[str, Field(description="Preposition or role.", examples=["for"])]


class Predicate(Span):
    """The relation of a statement."""

    id: Annotated[str, Field(examples=["visit"])]
    label: str
    broader: Annotated[list[str], Field(description="Curated relations that it falls under.")]


class TimeSpan(Schema):
    """A time expression, with its first and last day where these can be known."""

    text: str
    start: date | None
    end: date | None


class Statement(Schema):
    """One thing that one sentence of one article says."""

    id: str
    subject: Node
    predicate: Predicate
    object: Node | Literal_
    arguments: list[NodeArgument | LiteralArgument]
    modality: Modality
    polarity: Polarity
    attributed_to: Annotated[Node | None, Field(alias="attributedTo")]
    time: TimeSpan | None
    place: Node | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    curated_by: Annotated[
        int | None, Field(alias="curatedBy", description="The decision by which a person corrected it.")
    ] = None
    article: ArticleId
    sentence: str
    start: Offset
    end: Offset


class Entity(Schema):
    """A node of the graph."""

    id: EntityId
    label: str
    type: EntityType
    aliases: list[str]
    same_as: Annotated[list[str], Field(alias="sameAs", description="IRIs of the same thing elsewhere.")]
    stands_for: Annotated[
        str | None, Field(alias="standsFor", description="Id of what a metonym stands for.")
    ]
    mentions: Annotated[list[str], Field(description="Ids of the entities inside a concept's phrase.")]


class CountedEntity(Entity):
    """An entity with the number of statements that name it as subject or object."""

    statements: int


class PredicateCount(Schema):
    """A relation between an entity and its neighbour: `out` to the neighbour, `in` from it."""

    id: str
    direction: Literal["out", "in"]
    statements: int


class Neighbour(Schema):
    """An entity that shares statements with another."""

    entity: Entity
    predicates: list[PredicateCount]
    statements: int


class Mention(Span):
    """A place in an article's text that refers to an entity."""

    entity: EntityId


class NewArticle(BaseModel):
    """An article to be read, as a JSON object. Fields that the server tells of articles are passed over."""

    text: Annotated[str, Field(min_length=1)]
    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None


class NewPage(BaseModel):
    """An article of which only the address is given: the page there is fetched, if the server does that."""

    url: Annotated[str, Field(pattern="^https?://", examples=["https://news.example/visit"])]
    title: str | None = None
    published: date | None = None
    publisher: str | None = None


class ArticleSummary(Schema):
    """An article without its text."""

    id: ArticleId
    title: str | None
    url: str | None
    published: date | None
    publisher: str | None
    state: Annotated[
        Literal["pending", "stored", "failed"],
        Field(description="`pending`: not read to the end yet; `failed`: nor can it be, `problem` says why."),
    ]
    problem: Annotated[
        str | None, Field(description="What is wrong with an article that failed, what to do.")
    ]
    added: datetime
    model: Annotated[str, Field(description="What read it.", examples=["newsgraph_sm 1.0.0"])]


class ArticleDetail(ArticleSummary):
    """An article with its text and what was read from it."""

    text: str
    statements: list[Statement]
    mentions: list[Mention]


class Carried(Schema):
    """Decisions on statements of the version that was replaced, by their numbers in `/v1/curation`."""

    kept: Annotated[list[int], Field(description="These hold: the same sentence still says that.")]
    lost: Annotated[list[int], Field(description="These hold for nothing any more: look at them again.")]


class Added(Schema):
    """What became of one article."""

    outcome: Outcome
    article: ArticleDetail
    decisions: Annotated[Carried | None, Field(description="After a PUT of another text.")] = None


class BatchItem(Schema):
    """What became of one article of a batch: `article` is its id, `problem` why it failed."""

    source: Annotated[str, Field(description="The article's place in the body.", examples=["body:2"])]
    outcome: Outcome | Literal["failed"]
    article: ArticleId | None
    problem: Problem | None


class Batch(Schema):
    """What became of each article of a batch, in the order of the body."""

    added: int
    replaced: int
    unchanged: int
    failed: int
    items: list[BatchItem]


class Listing(Schema):
    """A list: `items`, which each such answer has, also as CSV and JSON Lines (`api/listing.py`).

    A line of CSV is an item, unless `row` is the type of what it is; `rows` then makes these of the items.
    """

    row: ClassVar[Any] = None

    @classmethod
    def rows(cls, items: Iterable[Any]) -> Iterable[Any]:
        """Make the rows of CSV of the JSON of the items."""
        return items


class Page(Listing, Generic[T]):
    """A page of a list; `next` is what `after` must be for the next page."""

    items: list[T]
    next: str | None


class Health(Schema):
    """How the server is."""

    status: str


class Stats(Schema):
    """How much there is."""

    articles: int
    statements: int
    entities: int
    relations: int


class Problem(BaseModel):
    """What went wrong and what to do (RFC 9457)."""

    type: Annotated[str, Field(examples=["/docs#problem-not-found"])]
    title: str
    status: int
    detail: Annotated[str, Field(description="What is wrong, then what to do.")]
    instance: str | None = None


BatchItem.model_rebuild()
