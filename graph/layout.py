"""Where to draw the nodes of a graph: a force-directed layout that stays fast on large graphs.

Fruchterman and Reingold's forces (edges pull, nodes push), with a weak pull to the centre so that
separate parts stay near, and a step that shrinks. Up to `DENSE` nodes each node is pushed by all
others; above that by a random sample of them, so that the time grows with the nodes, not their square.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]

DENSE = 500
ROUNDS = 50
GRAVITY = 0.05
PAIRS = 150_000
"""Pairs of nodes looked at in each round above `DENSE` nodes (at least four for each node)."""


def place(
    nodes: Iterable[str], edges: Iterable[tuple[str, str]], seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Give each node an (x, y) with -1 <= x, y <= 1; the same graph and seed give the same places."""
    names = sorted(nodes)
    if len(names) < 2:
        return dict.fromkeys(names, (0.0, 0.0))
    index = {name: i for i, name in enumerate(names)}
    pairs = {(min(index[u], index[v]), max(index[u], index[v])) for u, v in edges if u != v}
    ends = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)
    rng = np.random.default_rng(seed)
    points = _relax(rng.uniform(-0.5, 0.5, (len(names), 2)), ends, rng)
    points -= points.mean(axis=0)
    points /= max(float(np.abs(points).max()), 1e-9)
    return {name: (round(x, 4), round(y, 4)) for name, (x, y) in zip(names, points.tolist(), strict=True)}


def _relax(points: Points, ends: NDArray[np.intp], rng: np.random.Generator) -> Points:
    """Move the nodes by the forces on them, `ROUNDS` times, by ever smaller steps."""
    count = len(points)
    ideal = 1 / count**0.5
    for step in range(ROUNDS):
        push = _push_all(points) if count <= DENSE else _push_sample(points, rng)
        force = push * ideal**2 + _pull(points, ends) / ideal - points * GRAVITY
        length = (force**2).sum(axis=1, keepdims=True) ** 0.5
        limit = 0.1 * (1 - step / ROUNDS)
        points = points + force * (limit / length.clip(min=limit))
    return points


def _pull(points: Points, ends: NDArray[np.intp]) -> Points:
    """Sum, for each node, the pull of its edges (the distance squared)."""
    gap = points[ends[:, 1]] - points[ends[:, 0]]
    gap *= (gap**2).sum(axis=1, keepdims=True) ** 0.5
    total = np.zeros_like(points)
    for axis in (0, 1):
        total[:, axis] += np.bincount(ends[:, 0], gap[:, axis], len(points))
        total[:, axis] -= np.bincount(ends[:, 1], gap[:, axis], len(points))
    return total


def _push_all(points: Points) -> Points:
    """Sum, for each node, the push of all others (one over the distance)."""
    gap = points[:, None, :] - points[None, :, :]
    squared = (gap**2).sum(axis=2).clip(min=1e-6)
    pushed: Points = (gap / squared[:, :, None]).sum(axis=1)
    return pushed


def _push_sample(points: Points, rng: np.random.Generator) -> Points:
    """Estimate the same from a few others for each node, drawn anew in each round."""
    count = len(points)
    sample = max(4, PAIRS // count)
    others = rng.integers(0, count, (count, sample))
    gap = points[:, None, :] - points[others]
    squared = (gap**2).sum(axis=2).clip(min=1e-6)
    pushed: Points = (gap / squared[:, :, None]).sum(axis=1) * (count / sample)
    return pushed
