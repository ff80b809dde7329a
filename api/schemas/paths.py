"""What `/v1/paths` answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar

from pydantic import Field

from api.schemas import EntityId, Listing, Schema, Statement
from graph.model import EntityType, Polarity


class End(Schema):
    """An entity at an end of a step."""

    id: EntityId
    label: str
    type: EntityType


class StepRelation(Schema):
    """What is said between the two ends of a step in one direction."""

    predicate: Annotated[str, Field(examples=["visit"])]
    forward: Annotated[bool, Field(description="True if the step's start does it to its end.")]
    polarity: Polarity
    statements: int
    support: Annotated[int, Field(description="Articles that say so.")]


class Step(Schema):
    """One step of a path."""

    start: End
    end: End
    relations: Annotated[list[StepRelation], Field(description="Those that most articles say first.")]
    statements: Annotated[list[Statement], Field(description="The surest of `count`, with their sentences.")]
    count: int


class Path(Schema):
    """A way from one entity to the other that visits none twice."""

    length: Annotated[int, Field(description="How many steps.")]
    steps: list[Step]


class Searched(Schema):
    """How far was looked."""

    length: Annotated[int, Field(description="All paths of up to so many steps are known.")]
    entities: int
    statements: int
    stopped: Annotated[str | None, Field(description="Why it was not looked further, if that was too much.")]


class OnPath(Schema):
    """A statement of a step, as a row of CSV; paths and their steps are numbered from 1 as they come."""

    path: int
    step: int
    start: End
    end: End
    statement: Statement


class Paths(Listing):
    """The shortest paths between two entities; none if they are not connected within `searched.length`."""

    row: ClassVar[Any] = OnPath

    @classmethod
    def rows(cls, items: Iterable[Any]) -> Iterable[Any]:
        """Give each statement that is shown of each step."""
        for number, path in enumerate(items, 1):
            for place, step in enumerate(path["steps"], 1):
                ends = {"path": number, "step": place, "start": step["start"], "end": step["end"]}
                yield from ({**ends, "statement": statement} for statement in step["statements"])

    source: End
    target: End
    items: list[Path]
    searched: Searched
