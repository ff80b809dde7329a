"""What `/v1/analysis` answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar

from pydantic import Field

from api.schemas import Listing, Schema
from api.schemas.paths import End


class Ranked(Schema):
    """An entity with its score."""

    entity: End
    score: float


class Centrality(Listing):
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


class Member(Schema):
    """A member of a community, as a row of CSV; communities are numbered from 1 as they come."""

    community: int
    size: int
    member: End


class Communities(Listing):
    """The largest communities first."""

    row: ClassVar[Any] = Member

    @classmethod
    def rows(cls, items: Iterable[Any]) -> Iterable[Any]:
        """Give each member that is shown."""
        for number, one in enumerate(items, 1):
            for member in one["members"]:
                yield {"community": number, "size": one["size"], "member": member}

    items: list[Community]
    communities: Annotated[int, Field(description="How many there are in all.")]
    modularity: Annotated[float, Field(description="How much more is said inside than by chance; 0 to 1.")]
    entities: int
    edges: int
