"""What `/v1/graph` answers as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from api.schemas import EntityId, Schema
from graph.model import EntityType, Polarity


class GraphNode(Schema):
    """An entity, or a value that something is said to be."""

    id: Annotated[str, Field(description="Id of an entity, or `value:` with a hash.")]
    label: str
    type: Annotated[str, Field(description=f"{', '.join(EntityType)}, or Value.", examples=["Person"])]
    distance: Annotated[int, Field(ge=0, description="Steps from the nearest of `about`.")]
    degree: Annotated[int, Field(description="Edges of this graph at it.")]
    facts: Annotated[list[str], Field(description="What is said of it alone.", examples=[["resign"]])]


class GraphEdge(Schema):
    """All statements with one subject, predicate, object and polarity."""

    id: str
    source: str
    target: str
    predicate: Annotated[str, Field(description="Id of the relation; `mentions` ties a phrase to its names.")]
    label: str
    polarity: Polarity
    modality: Annotated[str, Field(description="`asserted` if an article itself says so, or a list.")]
    support: Annotated[int, Field(description="Articles that say so.")]
    statements: int
    confidence: float
    start: date | None
    end: date | None


class LeftOut(Schema):
    """What the graph lacks, the weakest of what there is."""

    edges: Annotated[int, Field(description="Edges of the last step that are not there.")]
    statements: Annotated[int, Field(description="Statements that edges were not summed up from.")]
    steps: Annotated[int, Field(description="Steps of which no edge is missing.")]
    stopped: Annotated[str | None, Field(description="Why it was not looked further, and what to do.")]


class Graph(Schema):
    """What lies around some entities; `truncated` is null if nothing of it is missing."""

    about: list[EntityId]
    nodes: list[GraphNode]
    edges: Annotated[list[GraphEdge], Field(description="Those that most articles say first.")]
    truncated: LeftOut | None
