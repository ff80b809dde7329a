"""What is told of entities that may be one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas import CountedEntity, EntityId, Schema
from graph.store.likeness import Rule


class CandidateEntity(CountedEntity):
    """One of two entities that may be one."""

    articles: Annotated[int, Field(description="Articles that name it.")]


class Reason(Schema):
    """Why two entities may be one."""

    rule: Rule
    meaning: Annotated[str, Field(description="The rule in words.")]
    names: Annotated[
        list[str],
        Field(min_length=2, max_length=2, description="The names that are alike, of the one and the other."),
    ]


class SharedNeighbour(Schema):
    """An entity that shares statements with both."""

    id: EntityId
    label: str


class SharedNeighbours(Schema):
    """The entities that share statements with both, the best known first."""

    count: Annotated[int, Field(description="How many there are, of the nearest of each.")]
    items: list[SharedNeighbour]


class Candidate(Schema):
    """Two entities that may be one, and what speaks for it and against."""

    entities: Annotated[
        list[CandidateEntity],
        Field(min_length=2, max_length=2, description="That with more statements first."),
    ]
    reasons: list[Reason]
    shared_neighbours: Annotated[SharedNeighbours, Field(alias="sharedNeighbours")]
    statements_between: Annotated[
        int,
        Field(alias="statementsBetween", description="Statements that link the two, which speak against it."),
    ]
