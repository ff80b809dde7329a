"""Who stands where: centrality and communities, by networkx, on bare weighted edges.

The functions take and give plain values, so that a server can have them computed in a process of their own:
networkx holds Python's one lock for as long as it works, and is loaded only where it is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

LAST_SEED: Final = 2**31 - 1
_DAMPING: Final = 0.85
_TOLERANCE: Final = 1e-9
_ROUNDS: Final = 200
_VISITS: Final = 2_000_000
"""Nodes and edges that betweenness may visit: some seconds."""
_FEWEST: Final = 10
"""Entities that betweenness is estimated from at least."""


class Edge(NamedTuple):
    """Two entities of which so many articles say something."""

    source: str
    target: str
    support: int


class Measure(StrEnum):
    """What makes an entity central."""

    DEGREE = "degree"
    PAGERANK = "pagerank"
    BETWEENNESS = "betweenness"


@dataclass(frozen=True, slots=True)
class Scores:
    """Entities with their scores, the highest first; `sampled` is how many a score was estimated from."""

    ranked: tuple[tuple[str, float], ...]
    entities: int
    edges: int
    sampled: int | None = None


@dataclass(frozen=True, slots=True)
class Groups:
    """Entities that are more tied to each other than to the rest, the largest group first.

    The members of a group come with those of most neighbours in it first. `modularity` (-0.5 to 1) tells how
    much more is said within the groups than chance would have it.
    """

    members: tuple[tuple[str, ...], ...]
    modularity: float
    entities: int
    edges: int


def central(edges: Sequence[Edge], measure: Measure, seed: int = 1) -> Scores:
    """Rank the entities of `edges`; ties by id.

    `degree` counts the entities that one is tied to; `pagerank` follows edges from subject to object, each as
    often as articles say it; `betweenness` is the share of shortest paths that lead through one, whatever
    the direction, estimated from a sample (chosen by `seed`) where the graph is large.
    """
    graph = undirected(edges)
    scores, sampled = _MEASURES[measure](edges, graph, seed)
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return Scores(tuple(ranked), graph.number_of_nodes(), graph.number_of_edges(), sampled)


def communities(edges: Sequence[Edge], seed: int = 1) -> Groups:
    """Split the entities of `edges` into communities (Louvain); the same edges and seed give the same."""
    import networkx as nx

    graph = undirected(edges)
    if not graph:
        return Groups((), 0.0, 0, 0)
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    modularity = nx.community.modularity(graph, found, weight="weight")
    members = [tuple(_by_ties(graph.subgraph(group))) for group in found]
    members.sort(key=lambda group: (-len(group), group))
    return Groups(tuple(members), modularity, graph.number_of_nodes(), graph.number_of_edges())


def undirected(edges: Iterable[Edge]) -> nx.Graph[str]:
    """Make the graph of who is tied to whom, in a stable order; edges of one pair add up."""
    import networkx as nx

    weights: defaultdict[tuple[str, str], int] = defaultdict(int)
    for source, target, support in edges:
        if source != target:
            weights[min(source, target), max(source, target)] += support
    graph: nx.Graph[str] = nx.Graph()
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in sorted(weights.items()))
    return graph


def _by_ties(part: nx.Graph[str]) -> list[str]:
    return [id_ for id_, _ in sorted(part.degree(), key=lambda pair: (-pair[1], pair[0]))]


_Scored: TypeAlias = tuple[Mapping[str, float], int | None]


def _degree(_: Sequence[Edge], graph: nx.Graph[str], _seed: int) -> _Scored:
    return dict(graph.degree()), None


def _betweenness(_: Sequence[Edge], graph: nx.Graph[str], seed: int) -> _Scored:
    import networkx as nx

    nodes, size = graph.number_of_nodes(), graph.number_of_nodes() + graph.number_of_edges()
    sample = max(_FEWEST, _VISITS // max(1, size))
    if sample >= nodes:
        return nx.betweenness_centrality(graph), None
    return nx.betweenness_centrality(graph, k=sample, seed=seed), sample


def _pagerank(edges: Sequence[Edge], graph: nx.Graph[str], _seed: int) -> _Scored:
    """Iterate until the ranks stay the same. networkx's own needs scipy, which nothing else here does."""
    out: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for source, target, support in edges:
        if source != target:
            out[source][target] += support
    share = 1 / max(1, len(graph))
    ranks = dict.fromkeys(graph, share)
    totals = {source: sum(targets.values()) for source, targets in out.items()}
    for _ in range(_ROUNDS):
        # Who does nothing to anybody hands its rank on to all.
        idle = sum(rank for id_, rank in ranks.items() if id_ not in out)
        new = dict.fromkeys(graph, (1 - _DAMPING + _DAMPING * idle) * share)
        for source, targets in out.items():
            part = _DAMPING * ranks[source] / totals[source]
            for target, support in targets.items():
                new[target] += part * support
        moved = sum(abs(new[id_] - ranks[id_]) for id_ in graph)
        ranks = new
        if moved < _TOLERANCE * max(1, len(graph)):
            break
    return ranks, None


_MEASURES: Final[Mapping[Measure, Callable[[Sequence[Edge], nx.Graph[str], int], _Scored]]] = {
    Measure.DEGREE: _degree,
    Measure.PAGERANK: _pagerank,
    Measure.BETWEENNESS: _betweenness,
}
