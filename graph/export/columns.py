"""What the graph formats tell of each node and edge beyond its id and its ends, one table for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from graph.network import GraphEdge, GraphNode

_Item = TypeVar("_Item", GraphNode, GraphEdge)


class Kind(StrEnum):
    """The type of a column's values."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "double"


@dataclass(frozen=True, slots=True)
class Column(Generic[_Item]):
    """One attribute: its name, its type and where its value comes from."""

    name: str
    kind: Kind
    value: Callable[[_Item], object]


NODE_COLUMNS: tuple[Column[GraphNode], ...] = (
    Column("type", Kind.TEXT, lambda node: node.type),
    Column("degree", Kind.WHOLE, lambda node: node.degree),
    Column("facts", Kind.TEXT, lambda node: node.facts),
    Column("aliases", Kind.TEXT, lambda node: node.aliases),
    Column("same_as", Kind.TEXT, lambda node: node.same_as),
)

EDGE_COLUMNS: tuple[Column[GraphEdge], ...] = (
    Column("polarity", Kind.TEXT, lambda edge: edge.polarity),
    Column("modality", Kind.TEXT, lambda edge: edge.modality),
    Column("support", Kind.WHOLE, lambda edge: edge.support),
    Column("statements", Kind.WHOLE, lambda edge: edge.statements),
    Column("confidence", Kind.NUMBER, lambda edge: edge.confidence),
)
