"""Two things measured in turn, and what came out as a line."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measured:
    """The median seconds of two things that took turns, and the median of their ratio in each turn."""

    ours: float
    beside: float
    ratio: float


@dataclass(frozen=True)
class Line:
    """One ratio for a person: what it is of, both sides in words, and what is wanted of it."""

    what: str
    ours: str
    beside: str
    ratio: float
    solid: str
    goal: str


def in_turns(ours: Callable[[], object], beside: Callable[[], object], rounds: int) -> Measured:
    """Run both `rounds` times in turn, each first in every other round; the ratio is ours / beside."""
    pairs = []
    for number in range(rounds):
        spent = {}
        for name, run in (("ours", ours), ("beside", beside))[:: 1 if number % 2 else -1]:
            start = time.perf_counter()
            run()
            spent[name] = time.perf_counter() - start
        pairs.append((spent["ours"], spent["beside"]))
    return Measured(
        median(ours for ours, _ in pairs),
        median(beside for _, beside in pairs),
        median(ours / beside for ours, beside in pairs),
    )
