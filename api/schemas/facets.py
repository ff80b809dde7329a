"""Answers of counts: facets, relations, types, and statements beside each other."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas import Listing, Schema, Statement
from graph.model import EntityType
from graph.views import Facet


class FacetValue(Schema):
    """A value of a facet, as filters have it, what it is called, and how many statements have it."""

    value: str
    label: str
    statements: int


class FacetCounts(Schema):
    """The most frequent values of a facet, and how many values there are in all."""

    values: int
    items: list[FacetValue]


class Facets(Schema):
    """Counts over the statements of a filter."""

    statements: Annotated[int, Field(description="Statements that were counted.")]
    complete: Annotated[
        bool, Field(description="False if there are more; then the first ones, in the order of texts, count.")
    ]
    facets: dict[Facet, FacetCounts]


class PredicateSummary(Schema):
    """A relation, with the relations above it."""

    id: str
    label: str
    broader: list[str]
    own: Annotated[int, Field(description="Statements that have it as their predicate.")]
    statements: Annotated[int, Field(description="Statements that have it or a narrower one.")]


class TypeSummary(Schema):
    """A type of entities, and how many have it."""

    id: EntityType
    entities: int


class Types(Listing):
    """The types of entities, the most frequent first."""

    items: list[TypeSummary]


class Side(Schema):
    """What is said of one event: by how many articles, in how many statements, and the first of these."""

    articles: int
    count: int
    statements: list[Statement]


class Contradiction(Schema):
    """What some articles say of an event and some deny."""

    affirmed: Side
    denied: Side


class Others(Schema):
    """The statements of the same event as one: those that agree, it among them, and those that contradict."""

    same: Side
    opposite: Side
