"""What `/v1/queries` answers."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from api.schemas import Listing, Schema
from graph.sparql.guard import QueryForm


class QueryParameter(Schema):
    """What a named query can be told."""

    name: str
    type: Annotated[str, Field(description="As it ends the variable in the query.", examples=["entity"])]
    required: bool
    description: str
    default: str | None
    example: str | int | float | bool
    schema_: Annotated[dict[str, Any], Field(alias="schema", description="Its JSON Schema.")]


class QueryDescription(Schema):
    """One named query; `own` if it is not one of those that ship."""

    name: str
    summary: str
    description: str
    tags: list[str]
    form: QueryForm
    own: bool
    href: Annotated[str, Field(description="Where it is asked.", examples=["/v1/queries/plans"])]
    parameters: list[QueryParameter]


class LeftOutQuery(Schema):
    """A file that is no named query, and why."""

    file: str
    reason: str


class Queries(Listing):
    """All named queries, by name."""

    items: list[QueryDescription]
    left_out: Annotated[list[LeftOutQuery], Field(alias="leftOut")]
