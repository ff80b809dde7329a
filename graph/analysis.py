"""Algorithms over the graph, by networkx: degrees, connected parts, and where to draw the nodes."""

from __future__ import annotations

from typing import TypeAlias

import networkx as nx

from graph.layout import place
from graph.model import Subgraph
from graph.network import network

MultiDiGraph: TypeAlias = "nx.MultiDiGraph[str]"


def to_networkx(subgraph: Subgraph) -> MultiDiGraph:
    """Make a networkx graph: nodes by id with `label`, `type`, `degree`, `facts`; edges keyed by their id.

    Edges have `kind` (the predicate's id), `label`, `polarity`, `modality`, `support`, `statements`,
    `confidence`, and `start` and `end` (ISO dates) where their statements are dated.
    """
    summed = network(subgraph)
    graph: MultiDiGraph = nx.MultiDiGraph()
    for node in summed.nodes:
        graph.add_node(
            node.id, label=node.label, type=node.type, degree=node.degree, facts="; ".join(node.facts)
        )
    for edge in summed.edges:
        days = {name: day.isoformat() for name in ("start", "end") if (day := getattr(edge, name))}
        graph.add_edge(
            edge.source,
            edge.target,
            key=edge.id,
            kind=edge.kind,
            label=edge.label,
            polarity=edge.polarity.value,
            modality=edge.modality,
            support=edge.support,
            statements=edge.statements,
            confidence=edge.confidence,
            **days,
        )
    return graph


def degrees(graph: MultiDiGraph) -> dict[str, int]:
    """Count the edges at each node (a loop counts twice), the most connected first, ties by id."""
    return dict(sorted(graph.degree(), key=lambda pair: (-pair[1], pair[0])))


def components(graph: MultiDiGraph) -> list[frozenset[str]]:
    """Split the nodes into connected parts, whatever the direction of edges; the largest first."""
    parts = [frozenset(part) for part in nx.weakly_connected_components(graph)]
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def layout(graph: MultiDiGraph, seed: int = 1) -> dict[str, tuple[float, float]]:
    """Give each node an (x, y) with -1 <= x, y <= 1; the same graph and seed give the same places."""
    return place(graph.nodes, graph.edges(), seed)
