"""Who else says it, and who says the opposite: statements of one event beside each other.

Statements agree that have one subject, predicate, object and polarity; those of the other polarity contradict
them. Both are of one event only if their times do not exclude each other (a time that is not known excludes
none), and commit their texts to the same: `STANCES` of the index says which modalities do. Both sides are
kept: what several articles say is no truer for the graph, only better supported.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, NamedTuple

from graph.model import Statement
from graph.store.archive import Archive
from graph.store.index_schema import OPPOSABLE, ROOM, UNDATED
from graph.views.filters import StatementFilter, validate
from graph.views.orders import Key, Order, following
from graph.views.paging import Page, Place, checked_limit, cursor_after, place_of
from graph.views.plans import entity_number
from graph.views.statement_reads import statement, statements_of

SHOWN: Final = 10
"""Statements of a side that are shown at most."""
MOST: Final = 10_000
"""Statements of a side that are looked at: the first ones, in the order of texts."""
LOOKED_AT: Final = 50_000
"""Statements after which a page ends, though it may have few items: it goes on from there."""
_ORDER: Final = Order((Key("e.number"),))
_AT_ONCE: Final = 100


class _Said(NamedTuple):
    """A statement, with its first and last day: those of all days where they are not known."""

    number: int
    id: str
    first: int
    last: int


class _Days:
    """The days of some statements, in an order in which those of another are soon found."""

    def __init__(self, statements: Iterable[_Said]) -> None:
        spans = sorted({(one.first, one.last) for one in statements})
        self._firsts = [first for first, _ in spans]
        self._latest = list(accumulate((last for _, last in spans), max))

    def meet(self, one: _Said) -> bool:
        """Tell if a day of `one` may be one of these."""
        begun = bisect_right(self._firsts, one.last)
        return begun > 0 and self._latest[begun - 1] >= one.first


@dataclass(frozen=True, slots=True)
class Side:
    """One of two opposites: how many articles say it, in how many statements, and some of these."""

    articles: int
    count: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What some say and others deny."""

    affirmed: Side
    denied: Side


@dataclass(frozen=True, slots=True)
class Others:
    """The statements beside one: those that say the same (it is one), and the opposite."""

    same: Side
    opposite: Side


def contradictions(
    archive: Archive, *, about: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Contradiction]:
    """List what is both said and denied of one event, with both sides: of all, or of an entity at an end.

    A page may have less than `limit` items, or none, and still a next one: so much is looked at, no more.
    Raises BadFilter for an id, a limit or a cursor that cannot be used.
    """
    limit, question = checked_limit(limit), ("contradictions", about)
    validate(StatementFilter(about=about))
    place = None if after is None else place_of(after, question, _ORDER.kinds)
    found, last = archive.search.read(lambda sql: _found(sql, about, place, limit))
    items = tuple(Contradiction(_side(archive, one), _side(archive, other)) for one, other in found)
    return Page(items, None if last is None else cursor_after((last,), question))


def others(archive: Archive, id_: str) -> Others:
    """Show what stands beside a statement; raises NotFound, which names near ids."""
    said = statement(archive, id_)
    found = archive.search.read(lambda sql: _beside(sql, id_))
    if found is None:  # it came with a write that is just being made
        return Others(Side(1, 1, (said,)), Side(0, 0, ()))
    return Others(*(_side(archive, one) for one in found))


def _found(
    sql: sqlite3.Connection, about: str | None, place: Place | None, limit: int
) -> tuple[list[tuple[list[_Said], list[_Said]]], int | None]:
    """Find at most `limit` contradictions after a place, and the place to go on from (None: no more)."""
    found: list[tuple[list[_Said], list[_Said]]] = []
    looked, last = 0, 0
    while edges := _opposed(sql, about, place, _AT_ONCE):
        for edge, opposite in edges:
            if looked > LOOKED_AT:
                return found, last
            affirmed, denied = _statements(sql, edge), _statements(sql, opposite)
            looked += len(affirmed) + len(denied)
            if both := _of_one_event(affirmed, denied):
                if len(found) == limit:
                    return found, last
                found.append(both)
            last = edge
        place = (edges[-1][0],)
    return found, None


def _of_one_event(
    affirmed: Sequence[_Said], denied: Sequence[_Said]
) -> tuple[list[_Said], list[_Said]] | None:
    """Leave out on each side what excludes all of the other by its time; None if nothing is left."""
    days = _Days(affirmed), _Days(denied)
    kept = [one for one in affirmed if days[1].meet(one)]
    return (kept, [one for one in denied if days[0].meet(one)]) if kept else None


def _opposed(
    sql: sqlite3.Connection, about: str | None, place: Place | None, limit: int
) -> list[tuple[int, int]]:
    """Find edges that are said and denied, each with its opposite."""
    opposite = (
        "(SELECT o.number FROM edges AS o WHERE o.subject = e.subject AND o.object = e.object"
        " AND o.relation = e.relation AND o.denied = 1 AND o.stance = e.stance)"
    )
    tables, condition = "edges AS e INDEXED BY opposed_edges", "e.opposed AND NOT e.denied"
    values: tuple[int, ...] = ()
    if about is not None:
        number = entity_number(sql, about)
        if number is None:
            return []
        condition, values = f"{condition} AND (e.subject = ? OR e.object = ?)", (number, number)
    query = f"SELECT e.number, {opposite} FROM {tables} WHERE {condition}"
    return [(row[0], row[1]) for row in following(sql, query, values, _ORDER, place, limit)]


def _beside(sql: sqlite3.Connection, id_: str) -> tuple[list[_Said], list[_Said]] | None:
    """Find what says the same of the event of a statement, and what says the opposite."""
    query = (
        "SELECT s.number, e.number, o.number FROM statements AS s JOIN edges AS e ON e.number = s.edge"
        " LEFT JOIN edges AS o ON o.subject = e.subject AND o.object = e.object AND o.relation = e.relation"
        f" AND o.denied = 1 - e.denied AND o.stance = e.stance AND o.stance <= {OPPOSABLE} WHERE s.id = ?"
    )
    row = sql.execute(query, (id_,)).fetchone()
    if row is None:
        return None
    number, edge, opposite = row
    days = _Days(_rows(sql, "number = ?", (number,)))
    same, opposed = ([one for one in _statements(sql, each) if days.meet(one)] for each in (edge, opposite))
    return same, opposed


def _statements(sql: sqlite3.Connection, edge: int | None) -> list[_Said]:
    """Read the first statements of an edge."""
    return _rows(sql, "edge = ? ORDER BY number LIMIT ?", (edge, MOST))


def _rows(sql: sqlite3.Connection, which: str, values: Sequence[Any]) -> list[_Said]:
    days = f"coalesce(first, 0), coalesce(last, {UNDATED})"
    return [
        _Said(*row) for row in sql.execute(f"SELECT number, id, {days} FROM statements WHERE {which}", values)
    ]


def _side(archive: Archive, found: Sequence[_Said]) -> Side:
    shown = statements_of(archive, [one.id for one in found[:SHOWN]])
    return Side(len({one.number // ROOM for one in found}), len(found), tuple(shown))
