"""What `/v1/analysis` answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas import Schema
from api.schemas.paths import End


class Ranked(Schema):
    """An entity with its score."""

    entity: End
    score: float


class Centrality(Schema):
    """Entities by how central they are, the most central first."""

    items: list[Ranked]
    entities: Annotated[int, Field(description="Entities that were ranked.")]
    edges: Annotated[int, Field(description="Pairs of them that statements tie together.")]
    sampled: Annotated[
        int | None, Field(description="Entities that the scores are estimated from; null if from all.")
    ]


class Community(Schema):
    """Entities that are more tied to each other than to the rest."""

    size: int
    members: Annotated[list[End], Field(description="Those with the most ties inside first.")]


class Communities(Schema):
    """The largest communities first."""

    items: list[Community]
    communities: Annotated[int, Field(description="How many there are in all.")]
    modularity: Annotated[float, Field(description="How much more is said inside than by chance; 0 to 1.")]
    entities: int
    edges: int
