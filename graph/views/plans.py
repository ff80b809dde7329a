"""How the statements of a filter are found in the index: which table leads to them, and what is then checked.

The text of a query is made of the constant pieces below; what a user gives is bound and never part of it. The
filter that leaves the fewest statements leads, since the index tells that of each. Where these are many, and
asked for in another order than that of their numbers, they are first looked for along that order for a while:
to sort many takes longer than to find the first of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.model import Polarity
from graph.store import index_schema as schema
from graph.store.beginnings import spelled_out
from graph.store.search_words import words
from graph.views.filters import StatementFilter
from graph.views.orders import Order, following
from graph.views.paging import Place
from graph.views.tallies import tallied, tallied_of_both

_MANY: Final = 2000
"""Statements that a filter whose number is not kept is counted up to; no more are sorted without need."""
_STEPS: Final = 300_000
"""Steps of SQLite's machine for which the first are looked for along an order: some thousand statements."""
_DATED: Final = f"+s.day <> {schema.UNDATED}"


_SUPPORT: Final = "edges_by_support"


@dataclass(frozen=True, slots=True)
class _Test:
    """One filter: `check` is its condition, and `lead` the one by which an index leads to what it leaves.

    `tables` are those that it leads through, `number` the column that has a statement's number there, and
    `lead_values` are bound before `values` then.
    `most` is how many statements it leaves; None if nobody knows.
    """

    check: str
    values: tuple[Any, ...]
    most: int | None = None
    tables: str = ""
    lead: str = ""
    number: str = "s.number"
    lead_values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Tables and conditions that find statements `s`; `number` is the column that has their number.

    `along` is another plan for the same, which is worth trying first. `most` is how many statements it looks
    at; None if nobody knows.
    """

    tables: str
    conditions: str
    values: tuple[Any, ...]
    number: str = "s.number"
    along: Plan | None = None
    most: int | None = None

    def first(
        self, sql: sqlite3.Connection, order: Order, place: Place | None, limit: int
    ) -> list[tuple[Any, ...]]:
        """Find the first statements after a place: the number of each, and its place."""
        if self.along is not None:
            with _steps(sql, _STEPS):
                return self.along.first(sql, order, place, limit)
        own = self.ordered(order)
        query = self.query(", ".join((self.number, *(key.column for key in own.keys))))
        return following(sql, query, self.values, own, place, limit)

    def query(self, columns: str) -> str:
        """Write the query for some columns, which ends in a condition."""
        return f"SELECT {columns} FROM {self.tables} WHERE {self.conditions}".format(number=self.number)

    def ordered(self, order: Order) -> Order:
        """Name the columns of an order as this plan has them."""
        keys = (key._replace(column=key.column.format(number=self.number)) for key in order.keys)
        return replace(order, keys=tuple(keys))


def plan(sql: sqlite3.Connection, wanted: StatementFilter, order: Order) -> Plan | None:
    """Make the plan for a filter that is valid; None if it names what is not there, so that nothing fits."""
    tests = _all_tests(sql, wanted)
    if tests is None:
        return None
    leading = [one for one in tests if one.tables and one.most is not None]
    lead = min(leading, key=lambda one: one.most or 0, default=None)
    along = _checked(tests, _along(order))
    if lead is None:
        return along
    tables, left = lead.tables, [one for one in tests if one is not lead]
    if order.index == _SUPPORT:
        tables += " CROSS JOIN edges AS e ON e.number = s.edge"
    conditions = " AND ".join((lead.lead, *(one.check for one in left)))
    values = (*lead.lead_values, *(value for one in (lead, *left) for value in one.values))
    many = order.index is not None and (lead.most or 0) >= _MANY
    return Plan(tables, conditions, values, lead.number, along if many else None, lead.most)


def checks(sql: sqlite3.Connection, wanted: StatementFilter, tables: str) -> Plan | None:
    """Make the plan that checks of each statement `s` that `tables` lead to if a filter describes it.

    None if nothing fits.
    """
    tests = _all_tests(sql, wanted)
    return None if tests is None else _checked(tests, tables)


def _checked(tests: Sequence[_Test], tables: str) -> Plan:
    conditions = " AND ".join(one.check for one in tests) or "1"
    return Plan(tables, conditions, tuple(value for one in tests for value in one.values))


def _all_tests(sql: sqlite3.Connection, wanted: StatementFilter) -> list[_Test] | None:
    """Give the tests of a filter; None if it names what is not there."""
    tests: list[_Test] = []
    for test in _tests(sql, wanted):
        if test is None:
            return None
        tests.append(test)
    return tests


@contextmanager
def _steps(sql: sqlite3.Connection, most: int) -> Iterator[None]:
    """Leave the block, as if it were not there, if a query in it takes so many steps."""
    sql.set_progress_handler(lambda: 1, most)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
    finally:
        sql.set_progress_handler(None, 0)


def _along(order: Order) -> str:
    """Write the tables that have all statements in an order."""
    if order.index == _SUPPORT:
        return "edges AS e INDEXED BY edges_by_support CROSS JOIN statements AS s ON s.edge = e.number"
    return f"statements AS s{f' INDEXED BY {order.index}' if order.index else ''}"


def _tests(sql: sqlite3.Connection, wanted: StatementFilter) -> Iterator[_Test | None]:
    """Give the test of each filter; None for one that names what is not there."""
    yield from _entity_tests(sql, wanted)
    if wanted.predicates:
        yield _kinds(sql, wanted.predicates, [schema.MODALITIES.index(one) for one in wanted.modalities])
    if wanted.article is not None:
        yield _article(sql, wanted.article)
    if wanted.modalities:
        yield _modality(sql, [schema.MODALITIES.index(one) for one in wanted.modalities])
    if len(set(wanted.polarities)) == 1:  # both together leave nothing out
        denied = int(wanted.polarities[0] is Polarity.NEGATIVE)
        most = tallied(sql, schema.POLARITY, denied)
        yield _column("denied", denied, most, "statements_denied")
    if wanted.min_confidence is not None:
        yield _Test("+s.confidence >= ?", (wanted.min_confidence,))
    if wanted.from_ is not None:
        yield _Test(f"{_DATED} AND (s.last IS NULL OR s.last >= ?)", (wanted.from_.toordinal(),))
    if wanted.to is not None:
        yield _Test(f"{_DATED} AND (s.first IS NULL OR s.first <= ?)", (wanted.to.toordinal(),))
    if wanted.min_support is not None:
        yield _support(sql, wanted.min_support)
    if wanted.q is not None:
        yield _words(sql, wanted.q)


def _entity_tests(sql: sqlite3.Connection, wanted: StatementFilter) -> Iterator[_Test | None]:
    numbers = {id_: entity_number(sql, id_) for id_ in wanted.entities}
    found = {id_: number for id_, number in numbers.items() if number is not None}
    if len(found) < len(numbers):
        yield None
        return
    for name, column, facet in _COLUMNS:
        if (id_ := getattr(wanted, name)) is not None:
            most = tallied(sql, facet, found[id_])
            yield _column(column, found[id_], most, f"statements_of_{column}")
    if wanted.about is not None:
        yield _about(sql, found[wanted.about])
    if wanted.between is not None:
        one, other = (found[id_] for id_ in wanted.between)
        yield _between(sql, one, other)


def _about(sql: sqlite3.Connection, number: int) -> _Test:
    (most,) = sql.execute("SELECT statements FROM entities WHERE number = ?", (number,)).fetchone()
    check = "EXISTS (SELECT 1 FROM about WHERE entity = ? AND statement = s.number)"
    tables = "about AS d CROSS JOIN statements AS s ON s.number = d.statement"
    return _Test(check, (number,), most, tables, "d.entity = ?", "d.statement")


_COLUMNS: Final = (
    ("subject", "subject", schema.SUBJECT),
    ("object", "object", schema.OBJECT),
    ("attributed_to", "speaker", schema.SPEAKER),
)


def _column(column: str, value: int, most: int, index: str) -> _Test:
    return _Test(f"+s.{column} = ?", (value,), most, f"statements AS s INDEXED BY {index}", f"s.{column} = ?")


def _modality(sql: sqlite3.Connection, values: list[int]) -> _Test:
    if len(values) == 1:
        most = tallied(sql, schema.MODALITY, values[0])
        return _column("modality", values[0], most, "statements_of_modality")
    most = sum(tallied(sql, schema.MODALITY, value) for value in values)
    check = f"+s.modality IN ({_marks(values)})"
    if most > _MANY:  # then they are soon found along any order
        return _Test(check, tuple(values))
    tables = "statements AS s INDEXED BY statements_of_modality"
    return _Test(check, tuple(values), most, tables, f"s.modality IN ({_marks(values)})")


def _kinds(sql: sqlite3.Connection, ids: tuple[str, ...], modalities: Sequence[int]) -> _Test | None:
    """Give the test of relations; with one modality, of which there is a test too, it leads by both."""
    query = f"SELECT number, statements FROM relations WHERE id IN ({_marks(ids)})"
    found = dict(sql.execute(query, ids))
    if not found:
        return None
    check = f"EXISTS (SELECT 1 FROM kinds WHERE relation IN ({_marks(found)}) AND statement = s.number)"
    most = sum(found.values())
    if len(found) == 1:
        (relation,) = found
        joined = "CROSS JOIN statements AS s ON s.number = d.statement"
        if len(set(modalities)) != 1:
            return _Test(check, (relation,), most, f"kinds AS d {joined}", "d.relation = ?", "d.statement")
        tables, lead = (
            f"kinds AS d INDEXED BY kinds_of_modality {joined}",
            "d.modality = ? AND d.relation = ?",
        )
        counted = tallied_of_both(sql, relation, modalities[0])
        most = most if counted is None else counted
        return _Test(check, (relation,), most, tables, lead, "d.statement", (modalities[0],))
    if most > _MANY:
        return _Test(check, tuple(found))
    lead = f"s.number IN (SELECT statement FROM kinds WHERE relation IN ({_marks(found)}))"
    return _Test(check, tuple(found), most, "statements AS s", lead)


def _article(sql: sqlite3.Connection, id_: str) -> _Test | None:
    row = sql.execute("SELECT sequence, statements FROM articles WHERE id = ?", (id_,)).fetchone()
    if row is None:
        return None
    span = (row[0] * schema.ROOM, (row[0] + 1) * schema.ROOM)
    lead = "s.number >= ? AND s.number < ?"
    return _Test(lead, span, row[1], "statements AS s", lead)


def _between(sql: sqlite3.Connection, one: int, other: int) -> _Test:
    ends = (one, other, other, one)
    edges = "(subject = ? AND object = ?) OR (subject = ? AND object = ?)"
    (most,) = sql.execute(f"SELECT total(statements) FROM edges WHERE {edges}", ends).fetchone()
    check = "(+s.subject = ? AND +s.object = ?) OR (+s.subject = ? AND +s.object = ?)"
    lead = f"s.edge IN (SELECT number FROM edges WHERE {edges})"
    return _Test(f"({check})", ends, int(most), "statements AS s INDEXED BY statements_of_edge", lead)


def _support(sql: sqlite3.Connection, least: int) -> _Test:
    edges = "SELECT number FROM edges WHERE support >= ?"
    query = f"SELECT count(*) FROM (SELECT 1 FROM statements WHERE edge IN ({edges}) LIMIT ?)"
    (most,) = sql.execute(query, (least, _MANY)).fetchone()
    check = "EXISTS (SELECT 1 FROM edges WHERE number = s.edge AND support >= ?)"
    if most == _MANY:
        return _Test(check, (least,))
    tables = "statements AS s INDEXED BY statements_of_edge"
    return _Test(check, (least,), most, tables, f"s.edge IN ({edges})")


def _words(sql: sqlite3.Connection, asked: str) -> _Test:
    check = "EXISTS (SELECT 1 FROM texts WHERE number = s.number AND says(?, sentence, labels))"
    match = spelled_out(sql, "sentences", words(asked))
    query = "SELECT count(*) FROM (SELECT 1 FROM sentences WHERE sentences MATCH ? LIMIT ?)"
    (most,) = sql.execute(query, (match, _MANY)).fetchone()
    tables = "sentences AS f CROSS JOIN statements AS s ON s.number = f.rowid"
    return _Test(check, (asked,), most, tables, f"f.sentences MATCH ? AND {check}", "f.rowid", (match,))


def entity_number(sql: sqlite3.Connection, id_: str) -> int | None:
    """Return the number of an entity in the index; None if it is not there."""
    row = sql.execute("SELECT number FROM entities WHERE id = ?", (id_,)).fetchone()
    return row[0] if row else None


def _marks(values: object) -> str:
    return ", ".join("?" * len(values))  # type: ignore[arg-type]
