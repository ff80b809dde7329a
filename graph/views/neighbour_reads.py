"""The neighbours of an entity: who shares statements with it, by which relations, and in which direction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from graph.model import Entity
from graph.store.archive import Archive
from graph.views.entity_reads import entity, records_in
from graph.views.orders import BUSIEST, following
from graph.views.paging import Page, Place, checked_limit, next_cursor, place_of
from graph.views.plans import entity_number

_EDGES: Final = """
SELECT {other} AS other, r.id, e.statements FROM edges AS e JOIN relations AS r ON r.number = e.relation
WHERE e.{entity} = ? AND e.{other} = ?"""


class Direction(StrEnum):
    """Which end of a statement an entity is, as its neighbours are seen from it."""

    OUT = "out"
    IN = "in"


class Between(NamedTuple):
    """Statements of one relation between two entities: `out` goes to the neighbour, `in` comes from it."""

    predicate: str
    direction: Direction
    statements: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entity at the other end of statements; `predicates` with their counts, the most frequent first."""

    entity: Entity
    predicates: tuple[Between, ...]
    statements: int


def neighbours(archive: Archive, id_: str, limit: int = 50, after: str | None = None) -> Page[Neighbour]:
    """List the entities at the other end of the statements of one, those with the most statements first.

    Ties by id. Raises NotFound, which names near ids; BadFilter for a limit or cursor that cannot be used.
    """
    limit, question = checked_limit(limit), ("neighbours", id_)
    place = None if after is None else place_of(after, question, BUSIEST.kinds)
    entity(archive, id_)
    rows, items = archive.search.read(lambda sql: _read(sql, id_, place, limit))
    return Page(items, next_cursor(rows, limit, question, lambda row: (row[2], row[1])))


def _read(
    sql: sqlite3.Connection, id_: str, place: Place | None, limit: int
) -> tuple[list[tuple[Any, ...]], tuple[Neighbour, ...]]:
    """Find the first neighbours after `place`, and the rows of these and the next one."""
    number = entity_number(sql, id_)
    if number is None:
        return [], ()
    query = "SELECT other, id, statements FROM pairs INDEXED BY nearest WHERE entity = ?"
    rows = following(sql, query, (number,), BUSIEST, place, limit + 1)
    known = records_in(sql, [row[1] for row in rows[:limit]])
    return rows, tuple(
        Neighbour(known[id_].entity, _relations(sql, number, other), statements)
        for other, id_, statements in rows[:limit]
        if id_ in known
    )


def _relations(sql: sqlite3.Connection, number: int, other: int) -> tuple[Between, ...]:
    counts: Counter[tuple[str, Direction]] = Counter()
    for direction, ends in (
        (Direction.OUT, {"entity": "subject", "other": "object"}),
        (Direction.IN, {"entity": "object", "other": "subject"}),
    ):
        for _, predicate, statements in sql.execute(_EDGES.format(**ends), (number, other)):
            counts[predicate, direction] += statements
    found = (Between(predicate, direction, count) for (predicate, direction), count in counts.items())
    return tuple(sorted(found, key=lambda one: (-one.statements, one.predicate, one.direction)))
