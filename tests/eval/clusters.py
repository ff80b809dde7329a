"""Scores of coreference: MUC (Vilain 1995), B3 (Bagga and Baldwin 1998), CEAFe (Luo 2005), and their average.

A partition is a list of clusters, each a set of mentions; a mention of both partitions is the same
object in both. Singletons are for the caller to leave in or out. Scores are kept as sums, so that those of
several documents add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import networkx as nx

Cluster = AbstractSet[Hashable]
Partition = Sequence[Cluster]


@dataclass(frozen=True, slots=True)
class Score:
    """Numerators and denominators of precision and recall."""

    right: float = 0.0
    made: float = 0.0
    found: float = 0.0
    wanted: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.made + other.made,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """Share of what was made that is right; 0 if nothing was."""
        return self.right / self.made if self.made else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 0 if nothing was."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def muc(gold: Partition, made: Partition) -> Score:
    """Links: of each cluster, its size less the parts that the other partition cuts it into."""
    right, all_made = _links(made, gold)
    found, wanted = _links(gold, made)
    return Score(right, all_made, found, wanted)


def _links(ours: Partition, theirs: Partition) -> tuple[int, int]:
    where = _index(theirs)
    kept = 0
    for cluster in ours:
        known = {where[mention] for mention in cluster if mention in where}
        strays = sum(mention not in where for mention in cluster)
        kept += len(cluster) - len(known) - strays
    return kept, sum(len(cluster) - 1 for cluster in ours)


def b_cubed(gold: Partition, made: Partition) -> Score:
    """Mentions: of each, the share of its cluster that the other partition puts with it."""
    right, all_made = _shares(made, gold)
    found, wanted = _shares(gold, made)
    return Score(right, all_made, found, wanted)


def _shares(ours: Partition, theirs: Partition) -> tuple[float, int]:
    common = _common(ours, theirs)
    total = sum(size**2 / len(ours[mine]) for (mine, _), size in common.items())
    return total, sum(len(cluster) for cluster in ours)


def ceaf_e(gold: Partition, made: Partition) -> Score:
    """Entities: the best pairing of clusters, each pair worth twice its common part over both sizes."""
    pairs: nx.Graph[tuple[str, int]] = nx.Graph()
    for (mine, other), size in _common(made, gold).items():
        alike = 2 * size / (len(made[mine]) + len(gold[other]))
        pairs.add_edge(("made", mine), ("gold", other), weight=alike)
    best = sum(pairs.edges[pair]["weight"] for pair in nx.max_weight_matching(pairs))
    return Score(best, len(made), best, len(gold))


def _common(ours: Partition, theirs: Partition) -> Mapping[tuple[int, int], int]:
    """Return (number of ours, number of theirs) -> how many mentions they share, if any."""
    where = _index(theirs)
    sizes: dict[tuple[int, int], int] = defaultdict(int)
    for number, cluster in enumerate(ours):
        for mention in cluster:
            if mention in where:
                sizes[number, where[mention]] += 1
    return sizes


def _index(partition: Partition) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(partition) for mention in cluster}


SCORES: Mapping[str, Callable[[Partition, Partition], Score]] = {"muc": muc, "b3": b_cubed, "ceafe": ceaf_e}


def conll(scores: Mapping[str, Score]) -> float:
    """Return the average F1 of the scores of `SCORES`, as the CoNLL tasks rank by."""
    return sum(scores[name].f1 for name in SCORES) / len(SCORES)
