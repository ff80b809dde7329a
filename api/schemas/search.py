"""What `/v1/search` answers."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from api.schemas import CountedEntity, Schema, Statement

Score: TypeAlias = Annotated[float, Field(description="How well it fits: more is better.")]


class FoundEntity(Schema):
    """An entity that was found by its names."""

    kind: Literal["entity"]
    score: Score
    entity: CountedEntity


class FoundStatement(Schema):
    """A statement that was found by its sentence or labels."""

    kind: Literal["statement"]
    score: Score
    statement: Statement


Found: TypeAlias = Annotated[FoundEntity | FoundStatement, Field(discriminator="kind")]
