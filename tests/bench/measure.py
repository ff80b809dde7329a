"""Two things measured in turn, and what came out as a line."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """The seconds of two things in the turn whose ratio is the median of all turns."""

    ours: float
    beside: float

    @property
    def ratio(self) -> float:
        """ours / beside."""
        return self.ours / self.beside


@dataclass(frozen=True)
class Bound:
    """What a ratio should be: at most `value`, or at least that if `more` is better."""

    value: float
    more: bool = False

    def __str__(self) -> str:
        return f"{self.value:.2f} or {'more' if self.more else 'less'}"

    def met(self, ratio: float) -> bool:
        """Tell if a ratio is as it should be."""
        return ratio >= self.value if self.more else ratio <= self.value


@dataclass(frozen=True)
class Line:
    """One ratio for a person: what it is of, both sides in words, and what is wanted of it."""

    what: str
    ours: str
    beside: str
    ratio: float
    solid: Bound
    goal: Bound

    def __str__(self) -> str:
        mark = "" if self.solid.met(self.ratio) else "  MISSED"
        return (
            f"{self.what}: {self.ratio:.2f} (solid: {self.solid}, goal: {self.goal}){mark}\n"
            f"    newsgraph {self.ours}, beside it {self.beside}, in the median turn"
        )


def in_turns(ours: Callable[[], object], beside: Callable[[], object], rounds: int) -> Measured:
    """Run both `rounds` times in turn, each first in every other round; return the median turn.

    Both figures are those of one turn, so that they never contradict their ratio.
    """
    turns = []
    for number in range(rounds):
        spent = {}
        for name, run in (("ours", ours), ("beside", beside))[:: 1 if number % 2 else -1]:
            start = time.perf_counter()
            run()
            spent[name] = time.perf_counter() - start
        turns.append(Measured(**spent))
    return median_turn(turns)


def median_turn(turns: list[Measured]) -> Measured:
    """Return the turn with the median ratio; of an even number the lower of the two in the middle."""
    return sorted(turns, key=lambda turn: turn.ratio)[(len(turns) - 1) // 2]
