"""How much of the graph one question may touch, so that no walk takes all of the machine."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

from graph.errors import TooWide

MOST_STATEMENTS = 50_000
"""Statements that one question may fetch the ends of, where nothing else is said."""
_NARROW: Final = "narrow it with predicate, article, from, to or minConfidence"


@dataclass(slots=True)
class Budget:
    """How much of the graph one question may touch: statements and entities, and seconds from now on."""

    statements: int = field(default_factory=lambda: MOST_STATEMENTS)
    entities: int = 20_000
    seconds: float = 8.0
    spent: int = 0
    _ends: float = field(init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.seconds

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._ends

    @property
    def left(self) -> int:
        """Statements that may still be fetched."""
        return self.statements - self.spent

    def spend(self, statements: int) -> None:
        """Count what was fetched. Raises TooWide, saying what to do, if that is too much."""
        self.spent += statements
        if self.spent > self.statements:
            raise TooWide(
                f"The question leads to more than {self.statements:,} statements; {_NARROW}, or go less far."
            )
        self.check_time()

    def check_time(self) -> None:
        """Raise TooWide if the time is over."""
        if self.over:
            raise TooWide(
                f"The question takes more than {self.seconds:g} seconds; {_NARROW}, or go less far."
            )

    def check_entities(self, entities: int) -> None:
        """Raise TooWide if these are too many."""
        if entities > self.entities:
            raise TooWide(
                f"The question leads to more than {self.entities:,} entities; {_NARROW}, or go less far."
            )
