"""What people send to `/v1` to decide something, and what is told of decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from api.schemas import EntityId, Schema
from api.schemas.bodies import Body
from graph.curation.hands import MAX_NAME, MAX_WHY
from graph.decisions import Kind
from graph.model import EntityType, Modality, Polarity

Why = Annotated[str, Field(max_length=MAX_WHY, description="Why, for who looks back.")]
_Id = Annotated[str, Field(max_length=500)]
_Words = Annotated[str, Field(max_length=MAX_NAME)]


class Merge(Body):
    """Which entity the one of the address is to be one with: give `into` or `with`, not both."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"into": "Kestria", "why": "the city is meant"}]}
    )

    into: Annotated[_Id | None, Field(description="The entity that stays.")] = None
    with_: Annotated[
        _Id | None, Field(alias="with", description="The entity that is merged into this one.")
    ] = None
    why: Why = ""


class Distinction(Body):
    """Which entity the one of the address is not."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"from": "Kestria", "why": "two towns"}]})

    from_: Annotated[_Id, Field(alias="from", description="The other entity.")]
    why: Why = ""


class EntityChange(Body):
    """What an entity is to be called, and what it is; at least one of the two.

    Both may be what they are already: that settles it where articles differ, or come to.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"label": "Xi", "why": "as he is known"}]})

    label: Annotated[_Words | None, Field(description="Its label; others that it has become aliases.")] = None
    type: EntityType | None = None
    why: Why = ""


class End(Body):
    """An entity by its `id`, a new one by `label` and `type`, or for an object `value` (and `datatype`)."""

    id: _Id | None = None
    label: _Words | None = None
    type: EntityType | None = None
    value: _Words | None = None
    datatype: _Words | None = None


class Time(Body):
    """When it happens: in words, and its first and last day."""

    text: _Words | None = None
    start: Annotated[_Words | None, Field(examples=["2026-03-01"])] = None
    end: Annotated[_Words | None, Field(examples=["2026-03-31"])] = None


class StatementChange(Body):
    """What a sentence really says: only the fields that are wrong."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"modality": "planned", "why": "the sentence says *plans to*"}]}
    )

    subject: End | None = None
    predicate: Annotated[_Id | None, Field(examples=["visit"])] = None
    object: End | None = None
    modality: Modality | None = None
    polarity: Polarity | None = None
    attributed_to: Annotated[End | None, Field(alias="attributedTo", description="null for nobody.")] = None
    place: Annotated[End | None, Field(description="null for none.")] = None
    time: Annotated[Time | None, Field(description="null for none.")] = None
    why: Why = ""


class Decision(Schema):
    """One decision."""

    id: int
    kind: Kind
    subject: Annotated[
        EntityId | int, Field(description="Id of an entity or statement; of an undoing, the decision.")
    ]
    also: Annotated[
        list[EntityId],
        Field(description="What it holds for too: the same in a version that took the article's place."),
    ]
    change: Annotated[dict[str, Any], Field(description="What was decided.")]
    before: Annotated[dict[str, Any], Field(description="What was there before.")]
    who: str
    when: datetime
    why: str
    undone_by: Annotated[int | None, Field(alias="undoneBy", description="The decision that undid it.")]
    state: Annotated[
        Literal["active", "idle", "undone", "done"],
        Field(description="`idle`: what it is about is in no article (now); `done`: it undid another."),
    ]
    articles: Annotated[int, Field(description="Articles that it changes.")]
