"""Facets: how many statements of a filter have which predicate, modality, subject, month and so on.

Of all statements, and of those that one filter finds of a busy entity, relation, modality or polarity, or
that a relation and a modality find together, the index keeps the counts. Others are counted when asked, up to
`MOST`, and what is beyond that is told and never left out in silence. It keeps none by article, so that this
facet is counted, and only if it is asked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from typing import Any, Final

from graph.model import Modality, Polarity
from graph.store import index_schema as schema
from graph.store.archive import Archive
from graph.store.index_counts import both
from graph.views.filters import StatementFilter, several, validate
from graph.views.orders import SORTS, Sort
from graph.views.paging import checked_limit
from graph.views.plans import Plan, plan

MOST: Final = 50_000
"""Statements that are counted for one answer."""
_MONTHS: Final = 12


class Facet(StrEnum):
    """By what statements can be counted."""

    PREDICATE = "predicate"
    BROADER = "broader"
    MODALITY = "modality"
    POLARITY = "polarity"
    ATTRIBUTED_TO = "attributedTo"
    SUBJECT = "subject"
    OBJECT = "object"
    TYPE = "type"
    ARTICLE = "article"
    YEAR = "year"
    MONTH = "month"


COMMON: Final = tuple(one for one in Facet if one is not Facet.ARTICLE)
"""The facets that are counted where none are named."""


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet, what it is called, and how many statements have it."""

    value: str
    label: str
    statements: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The most frequent values of a facet, ties by value; `values` is how many there are in all."""

    values: int
    top: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over the statements of a filter.

    If not `complete` there are more than `MOST`; then the first so many, in the order of texts, are counted.
    """

    statements: int
    complete: bool
    facets: Mapping[Facet, Counted]


def facets(
    archive: Archive, wanted: StatementFilter, names: Iterable[Facet] = COMMON, limit: int = 10
) -> Facets:
    """Count the statements that `wanted` describes by each facet of `names`; `limit` values of each.

    Raises BadFilter for a filter or a limit that cannot be used.
    """
    validate(wanted)
    limit, asked = checked_limit(limit), list(dict.fromkeys(map(Facet, names)))
    return archive.search.read(lambda sql: _facets(sql, wanted, asked, limit))


def _facets(sql: sqlite3.Connection, wanted: StatementFilter, names: Sequence[Facet], limit: int) -> Facets:
    found = plan(sql, wanted, SORTS[Sort.TEXT])
    if found is None:
        return Facets(0, True, {name: Counted(0, ()) for name in names})
    scope = _scope(sql, wanted)
    if scope is None:
        return _counted(sql, found, names, limit)
    query = "SELECT total(statements) FROM tally WHERE scope = ? AND facet = ?"
    (total,) = sql.execute(query, (scope, schema.POLARITY)).fetchone()
    kept = [name for name in names if name is not Facet.ARTICLE]
    answers: dict[Facet, Counted] = {
        name: _top(sql, name, *_kept(sql, scope, name, limit), limit) for name in kept
    }
    complete = True
    if Facet.ARTICLE in names and scope == schema.ALL:
        (values,) = sql.execute("SELECT count(*) FROM articles WHERE statements > 0").fetchone()
        query = "SELECT sequence, statements FROM articles ORDER BY statements DESC, sequence LIMIT ?"
        answers[Facet.ARTICLE] = _top(sql, Facet.ARTICLE, values, dict(sql.execute(query, (limit,))), limit)
    elif Facet.ARTICLE in names:
        counted = _counted(sql, found, [Facet.ARTICLE], limit)
        answers |= counted.facets
        complete = counted.complete
    return Facets(int(total), complete, {name: answers[name] for name in names})


def _scope(sql: sqlite3.Connection, wanted: StatementFilter) -> int | None:
    """Find the scope whose counts the index keeps, if a filter asks for just that."""
    if wanted.empty:
        return schema.ALL
    given: dict[str, tuple[Any, ...]] = {name: several(getattr(wanted, name)) for name in wanted.given}
    if any(len(values) != 1 for values in given.values()):
        return None
    if given.keys() == {"predicate", "modality"}:
        numbers = (_number(sql, name, *given[name]) for name in ("predicate", "modality"))
        key = both(*numbers)
    elif len(given) == 1 and given.keys() <= _SCOPES.keys():
        ((name, values),) = given.items()
        key = _SCOPES[name], _number(sql, name, *values)
    else:
        return None
    row = sql.execute("SELECT number FROM scopes WHERE kind = ? AND key = ?", key).fetchone()
    return row[0] if row else None


def _number(sql: sqlite3.Connection, name: str, value: str) -> int:
    """Give the number that the index has for the value of a filter, which is there."""
    if name == "modality":
        return schema.MODALITIES.index(Modality(value))
    if name == "polarity":
        return tuple(Polarity).index(Polarity(value))
    table = "relations" if name == "predicate" else "entities"
    (number,) = sql.execute(f"SELECT number FROM {table} WHERE id = ?", (value,)).fetchone()
    return int(number)


_SCOPES: Final = {
    "about": "entity",
    "predicate": "relation",
    "modality": "modality",
    "polarity": "polarity",
    "attributed_to": "speaker",
    "subject": "subject",
    "object": "object",
}
"""The kind of scope whose counts the index may keep for a filter that is given alone."""


def _kept(sql: sqlite3.Connection, scope: int, name: Facet, limit: int) -> tuple[int, dict[int, int]]:
    """Look up how many values a facet has, and the counts of the most frequent ones."""
    facet = _WAYS[name].number
    if facet < schema.PREDICATE:
        query = "SELECT value, statements FROM tally WHERE scope = ? AND facet = ?"
        counts: dict[int, int] = dict(sql.execute(query, (scope, facet)))
        counts = _years(counts) if name is Facet.YEAR else counts
        return len(counts), counts
    query = "SELECT count(*) FROM tally WHERE scope = ? AND facet = ?"
    (values,) = sql.execute(query, (scope, facet)).fetchone()
    query = (
        "SELECT value, statements FROM tally INDEXED BY highest"
        f" WHERE scope = ? AND facet = ? AND {schema.MANY_VALUED} ORDER BY statements DESC, value LIMIT ?"
    )
    return values, dict(sql.execute(query, (scope, facet, limit)))


def _counted(sql: sqlite3.Connection, found: Plan, names: Sequence[Facet], limit: int) -> Facets:
    """Count the first statements of a plan by some facets."""
    columns = list(dict.fromkeys(column for name in names for column in _WAYS[name].columns))
    query = f"{found.query(', '.join(columns) or '1')} ORDER BY {found.number} LIMIT ?"
    rows = sql.execute(query, (*found.values, MOST + 1)).fetchall()
    complete = len(rows) <= MOST
    rows = rows[:MOST]
    by_column = dict(zip(columns, zip(*rows, strict=True), strict=False)) if rows else {}
    answers: dict[Facet, Counted] = {}
    for name in names:
        given = [by_column.get(column, ()) for column in _WAYS[name].columns]
        counts = _broader(sql, *given) if name is Facet.BROADER else _WAYS[name].count(*given)
        counts.pop(None, None)
        answers[name] = _top(sql, name, len(counts), counts, limit)
    return Facets(len(rows), complete, answers)


def _broader(sql: sqlite3.Connection, numbers: Sequence[int], own: Sequence[int]) -> Counter[Any]:
    """Count statements by the relations above their `own`; a relation holds its own statements too."""
    query = (
        "SELECT k.relation, count(*) FROM json_each(?) AS f CROSS JOIN kinds AS k INDEXED BY kinds_of"
        " ON k.statement = f.value GROUP BY k.relation"
    )
    held = Counter(dict(sql.execute(query, (json.dumps(numbers),))))
    return held - Counter(own)


def _types(subjects: Sequence[int], objects: Sequence[int]) -> Counter[Any]:
    """Count the statements that have an entity of a type at either end."""
    pairs = Counter(zip(subjects, objects, strict=True))
    counts: Counter[Any] = Counter()
    for pair, count in pairs.items():
        counts.update(dict.fromkeys(set(pair) - {-1}, count))
    return counts


def _years(months: Mapping[Any, int]) -> Counter[Any]:
    counts: Counter[Any] = Counter()
    for month, count in months.items():
        if month is not None:
            counts[month // _MONTHS] += count
    return counts


@dataclass(frozen=True, slots=True)
class _Way:
    """How a facet is counted: its number in the index, the columns of a statement, and what counts these."""

    number: int
    columns: tuple[str, ...]
    count: Callable[..., Counter[Any]] = Counter


_WAYS: Final[Mapping[Facet, _Way]] = {
    Facet.PREDICATE: _Way(schema.PREDICATE, ("s.relation",)),
    Facet.BROADER: _Way(schema.BROADER, ("s.number", "s.relation")),
    Facet.MODALITY: _Way(schema.MODALITY, ("s.modality",)),
    Facet.POLARITY: _Way(schema.POLARITY, ("s.denied",)),
    Facet.ATTRIBUTED_TO: _Way(schema.SPEAKER, ("s.speaker",)),
    Facet.SUBJECT: _Way(schema.SUBJECT, ("s.subject",)),
    Facet.OBJECT: _Way(schema.OBJECT, ("s.object",)),
    Facet.TYPE: _Way(schema.TYPE, ("s.subject_type", "s.object_type"), _types),
    Facet.ARTICLE: _Way(0, (f"s.number / {schema.ROOM}",)),
    Facet.YEAR: _Way(schema.MONTH, ("s.month",), lambda months: _years(Counter(months))),
    Facet.MONTH: _Way(schema.MONTH, ("s.month",)),
}


def _top(sql: sqlite3.Connection, name: Facet, values: int, counts: Mapping[int, int], limit: int) -> Counted:
    """Name the most frequent values of a facet."""
    order = nsmallest(limit, counts, key=lambda value: (-counts[value], value))
    named = ((*_name(sql, name, value), counts[value]) for value in order)
    return Counted(values, tuple(Count(*one) for one in named))


def _name(sql: sqlite3.Connection, facet: Facet, value: int) -> tuple[str, str]:
    """Give the value of a facet as filters have it, and what it is called."""
    match facet:
        case Facet.MODALITY:
            return (schema.MODALITIES[value].value,) * 2
        case Facet.POLARITY:
            return (tuple(Polarity)[value].value,) * 2
        case Facet.TYPE:
            return (schema.TYPES[value].value,) * 2
        case Facet.YEAR:
            return (f"{value:04}",) * 2
        case Facet.MONTH:
            return (f"{value // _MONTHS:04}-{value % _MONTHS + 1:02}",) * 2
        case Facet.ARTICLE:
            (id_,) = sql.execute("SELECT id FROM articles WHERE sequence = ?", (value,)).fetchone()
            return id_, id_
    table = _TABLES.get(facet, "entities" if value > 0 else "literals")
    columns = "value, value" if table == "literals" else "id, label"
    id_, label = sql.execute(f"SELECT {columns} FROM {table} WHERE number = ?", (abs(value),)).fetchone()
    return id_, label or id_.replace("_", " ")


_TABLES: Final = {Facet.PREDICATE: "relations", Facet.BROADER: "relations"}
