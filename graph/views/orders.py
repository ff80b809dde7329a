"""The orders of lists, and the SQL that goes on in one of them after a place: keyset paging.

A place is the values of the order's columns at the last item. What comes after it is asked for in steps, the
nearest first (`a = 1 AND b > 5`, then `a > 1`), each of which walks an index from just there; SQLite would
look through all of `a = 1` for the two in one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, NamedTuple

from graph.views.paging import Place


class Sort(StrEnum):
    """The orders of statements."""

    TEXT = "text"
    TIME = "time"
    LATEST = "-time"
    CONFIDENCE = "confidence"
    ADDED = "added"
    SUPPORT = "support"


class EntitySort(StrEnum):
    """The orders of entities."""

    STATEMENTS = "statements"
    LABEL = "label"


class Key(NamedTuple):
    """A column that a list is ordered by; `kind` is the type of its values."""

    column: str
    down: bool = False
    kind: type = int


@dataclass(frozen=True, slots=True)
class Order:
    """An order by some columns, of which the last tells every item from every other.

    `index` is where the table has this order, if it is not that of its numbers.
    """

    keys: tuple[Key, ...]
    index: str | None = None

    @property
    def kinds(self) -> list[type]:
        """The types of the parts of a place."""
        return [key.kind for key in self.keys]

    def steps(self, place: Place | None) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Give the conditions, with their values, of what comes after `place` (None: of all)."""
        if place is None:
            yield "1", ()
            return
        for last in reversed(range(len(self.keys))):
            tests = [f"{key.column} = ?" for key in self.keys[:last]]
            tests.append(f"{self.keys[last].column} {'<' if self.keys[last].down else '>'} ?")
            yield " AND ".join(tests), place[: last + 1]

    def rank(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """Give what sorts rows in this order that end in their places; only numbers may go down."""
        place = row[-len(self.keys) :]
        return tuple(-value if key.down else value for key, value in zip(self.keys, place, strict=True))

    def __str__(self) -> str:
        return ", ".join(f"{key.column}{' DESC' if key.down else ''}" for key in self.keys)


_NUMBER: Final = Key("{number}")
SORTS: Final[Mapping[Sort, Order]] = {
    Sort.TEXT: Order((_NUMBER,)),
    Sort.TIME: Order((Key("s.day"), _NUMBER), "statements_by_day"),
    Sort.LATEST: Order((Key("s.recent"), _NUMBER), "statements_by_recent"),
    Sort.CONFIDENCE: Order((Key("s.confidence", True, float), _NUMBER), "statements_by_confidence"),
    Sort.ADDED: Order((Key("{number}", True),)),
    Sort.SUPPORT: Order((Key("e.support", True), Key("e.number"), _NUMBER), "edges_by_support"),
}
"""`{number}` is the column that has the number of a statement: whichever table leads to it."""
BUSIEST: Final = Order((Key("statements", down=True), Key("id", kind=str)))
"""Of things with ids: those with the most statements first."""
ENTITY_SORTS: Final[Mapping[EntitySort, Order]] = {
    EntitySort.STATEMENTS: replace(BUSIEST, index="busiest"),
    EntitySort.LABEL: Order((Key("folded", kind=str), Key("id", kind=str)), "by_name"),
}


def following(
    sql: sqlite3.Connection,
    query: str,
    values: Sequence[Any],
    order: Order,
    place: Place | None,
    limit: int,
) -> list[tuple[Any, ...]]:
    """Return the first `limit` rows of `query`, which ends in a condition, in an order after a place."""
    rows: list[tuple[Any, ...]] = []
    for condition, given in order.steps(place):
        whole = f"{query} AND {condition} ORDER BY {order} LIMIT ?"
        rows += sql.execute(whole, (*values, *given, limit - len(rows))).fetchall()
        if len(rows) >= limit:
            break
    return rows
