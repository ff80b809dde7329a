"""Who else says it, and who says the opposite: statements of one event beside each other.

Statements agree that have one subject, predicate, object and polarity; those of the other polarity contradict
them. Both are kept: what several articles say is no truer for the graph, only better supported.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.model import Statement
from graph.store.archive import Archive
from graph.views.filters import StatementFilter, validate
from graph.views.orders import Key, Order, following
from graph.views.paging import Page, Place, checked_limit, next_cursor, place_of
from graph.views.plans import entity_number
from graph.views.statement_reads import statement, statements_of

SHOWN: Final = 10
"""Statements of a side that are shown at most."""
_ORDER: Final = Order((Key("e.number"),))


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
    """List what is both said and denied, with both sides: of all, or where the entity `about` is an end.

    Raises BadFilter for an id, a limit or a cursor that cannot be used.
    """
    limit, question = checked_limit(limit), ("contradictions", about)
    validate(StatementFilter(about=about))
    place = None if after is None else place_of(after, question, _ORDER.kinds)
    rows = archive.search.read(lambda sql: _opposed(sql, about, place, limit + 1))
    items = tuple(Contradiction(*_sides(archive, number, other)) for number, other in rows[:limit])
    return Page(items, next_cursor(rows, limit, question, lambda row: row[:1]))


def others(archive: Archive, id_: str) -> Others:
    """Show what stands beside a statement; raises NotFound, which names near ids."""
    said = statement(archive, id_)
    edge = archive.search.read(lambda sql: _edge_of(sql, id_))
    if edge is None:  # it came with a write that is just being made
        return Others(Side(1, 1, (said,)), Side(0, 0, ()))
    return Others(*_sides(archive, *edge))


def _opposed(
    sql: sqlite3.Connection, about: str | None, place: Place | None, limit: int
) -> list[tuple[Any, ...]]:
    """Find edges that are said and denied, each with its opposite."""
    opposite = (
        "(SELECT o.number FROM edges AS o WHERE o.subject = e.subject AND o.object = e.object"
        " AND o.relation = e.relation AND o.denied = 1)"
    )
    tables, condition = "edges AS e INDEXED BY opposed_edges", "e.opposed AND NOT e.denied"
    values: tuple[int, ...] = ()
    if about is not None:
        number = entity_number(sql, about)
        if number is None:
            return []
        condition, values = f"{condition} AND (e.subject = ? OR e.object = ?)", (number, number)
    query = f"SELECT e.number, {opposite} FROM {tables} WHERE {condition}"
    return following(sql, query, values, _ORDER, place, limit)


def _edge_of(sql: sqlite3.Connection, id_: str) -> tuple[int, int | None] | None:
    """Find the edge of a statement, and the opposite one if there is one."""
    query = (
        "SELECT e.number, o.number FROM statements AS s JOIN edges AS e ON e.number = s.edge"
        " LEFT JOIN edges AS o ON o.subject = e.subject AND o.object = e.object AND o.relation = e.relation"
        " AND o.denied = 1 - e.denied WHERE s.id = ?"
    )
    row: tuple[int, int | None] | None = sql.execute(query, (id_,)).fetchone()
    return row


def _sides(archive: Archive, *edges: int | None) -> tuple[Side, Side]:
    one, other = (_side(archive, edge) for edge in edges)
    return one, other


def _side(archive: Archive, edge: int | None) -> Side:
    if edge is None:
        return Side(0, 0, ())
    articles, count, ids = archive.search.read(lambda sql: _shown(sql, edge))
    return Side(articles, count, tuple(statements_of(archive, ids)))


def _shown(sql: sqlite3.Connection, edge: int) -> tuple[int, int, Sequence[str]]:
    """Count an edge's articles and statements, and choose the first statements of so many articles."""
    row = sql.execute("SELECT support, statements FROM edges WHERE number = ?", (edge,)).fetchone()
    if row is None:
        return 0, 0, ()
    query = "SELECT id FROM statements WHERE edge = ? ORDER BY number LIMIT ?"
    return *row, [found for (found,) in sql.execute(query, (edge, SHOWN))]
