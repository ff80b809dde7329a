"""How nodes and edges look, one table for every format that shows a graph.

The colours are Paul Tol's *muted* scheme, made to be told apart with any kind of colour vision
(SRON/EPS/TN/09-002, 2021).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from graph.model import EntityType, Modality, Polarity
from graph.network import VALUE, GraphEdge, GraphNode


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """The colour (#rrggbb) of a node, and its size without edges."""

    color: str
    size: float


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """The colour (#rrggbb) and the line (`solid` or `dashed`, as GEXF names them) of an edge."""

    color: str
    line: str


NODE_STYLES: dict[str, NodeStyle] = {
    EntityType.PERSON: NodeStyle("#cc6677", 10),
    EntityType.ORGANIZATION: NodeStyle("#332288", 10),
    EntityType.PLACE: NodeStyle("#117733", 10),
    EntityType.GROUP: NodeStyle("#88ccee", 9),
    EntityType.EVENT: NodeStyle("#ddcc77", 9),
    EntityType.PRODUCT: NodeStyle("#999933", 8),
    EntityType.WORK: NodeStyle("#aa4499", 8),
    EntityType.LAW: NodeStyle("#882255", 8),
    EntityType.CONCEPT: NodeStyle("#44aa99", 6),
    VALUE: NodeStyle("#dddddd", 4),
}

EDGE_COLORS: dict[Polarity, str] = {Polarity.POSITIVE: "#777777", Polarity.NEGATIVE: "#bb3300"}
LINES: dict[bool, str] = {True: "solid", False: "dashed"}
"""The line of an edge that is asserted, and of one that is not."""


def node_size(node: GraphNode) -> float:
    """Give a node's size: by its type, and larger the more edges it has."""
    return round(NODE_STYLES[node.type].size + 3 * math.sqrt(node.degree), 2)


def edge_style(edge: GraphEdge) -> EdgeStyle:
    """Give an edge's style: denied ones stand out, what is not asserted is dashed."""
    return EdgeStyle(EDGE_COLORS[edge.polarity], LINES[edge.modality == Modality.ASSERTED])


def rgb(color: str) -> tuple[int, int, int]:
    """Split #rrggbb into its parts, each from 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
