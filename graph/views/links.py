"""Links: statements as what they join, fetched for some entities at a time and never more than a budget.

A walk through the graph (a path, a neighbourhood) needs of a statement only its ends; the few that are on
the way are read whole afterwards. The index leads from an entity to its statements, or from a filter that
leaves fewer than these. Others use the index too, so that each look into it is a short one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from graph.model import EntityType, Modality, Polarity
from graph.store import index_schema as schema
from graph.store.archive import Archive
from graph.store.index_reading import batches
from graph.views.budget import Budget
from graph.views.filters import StatementFilter, validate
from graph.views.orders import SORTS, Sort, following
from graph.views.plans import Plan, checks, plan

T = TypeVar("T")
_Row: TypeAlias = tuple[Any, ...]

AT_ONCE: Final = 500
"""Statements that one look into the index goes through, and entities that it looks up."""
_ENDS: Final = ("subject", "object")
_SIGNS: Final = tuple(Polarity)
_SHOWN: Final = f"""s.number, s.id, (SELECT id FROM articles WHERE sequence = s.number / {schema.ROOM}),
(SELECT id FROM entities WHERE number = s.subject), (SELECT id FROM relations WHERE number = s.relation),
(SELECT id FROM entities WHERE number = s.object), s.denied,
(SELECT value || '^^' || datatype FROM literals WHERE number = -s.object)"""
"""The number of a statement, and the fields of its link."""
_OWN_WORDS: Final = f"s.speaker IS NULL AND +s.modality <> {schema.MODALITIES.index(Modality.CLAIMED)}"
_OF_SOME: Final = (
    "json_each(?) AS n CROSS JOIN statements AS s INDEXED BY statements_of_{end} ON s.{end} = n.value"
)
_OF_ONE: Final = "statements AS s INDEXED BY statements_of_{end}"
_AMONG: Final = "s.{end} IN (SELECT value FROM json_each(?))"
_COUNTS: Final = "SELECT number, statements FROM entities WHERE id IN (SELECT value FROM json_each(?))"
_LAST: Final = """
SELECT max(number) FROM (
    SELECT number FROM statements INDEXED BY statements_of_{end} WHERE {end} = ? AND number > ?
    ORDER BY number LIMIT ?
)"""
_COUNT: Final = (
    "(SELECT count(*) FROM (SELECT 1 FROM statements INDEXED BY statements_of_{end}"
    " WHERE {end} = entities.number LIMIT ?2))"
)
_DEGREE: Final = f"SELECT {' + '.join(_COUNT.format(end=end) for end in _ENDS)} FROM entities WHERE id = ?1"
_FEW: Final = 200
"""Entities whose statements are counted at once."""
_STEPS: Final = 100_000
"""Steps of SQLite's machine after which it is looked if there is time left."""


class Link(NamedTuple):
    """A statement as an edge: `object` is the id of an entity, or None if it is a value."""

    statement: str
    article: str
    subject: str
    predicate: str
    object: str | None
    polarity: Polarity
    value: str | None = None


class _Also(NamedTuple):
    """A condition beside the filter, and the values in it."""

    text: str
    values: tuple[Any, ...] = ()


class Links:
    """Fetches the links that a filter describes, within a budget.

    `own_words` leaves out what an article only has somebody say. Raises BadFilter for a filter that cannot be
    used, and each method TooWide beyond the budget.
    """

    def __init__(
        self, archive: Archive, wanted: StatementFilter, budget: Budget, *, own_words: bool = False
    ) -> None:
        validate(wanted)
        self.budget = budget
        self._archive, self._wanted = archive, wanted
        self._also = _Also(_OWN_WORDS if own_words else "1")
        self._degrees: dict[str, int] = {}

    def of(self, nodes: Sequence[str]) -> list[Link]:
        """Fetch the links that have one of `nodes` at an end, each once."""
        found: dict[str, Link] = {}
        counts = self._counts(nodes)
        for end in _ENDS:
            for link in self._at(counts, end, self._also):
                found[link.statement] = link
        return list(found.values())

    def between(self, nodes: Sequence[str], others: Iterable[str]) -> list[Link]:
        """Fetch the links whose subject is one of `nodes`, and whose object is one of `others`."""
        ends = json.dumps([*self._counts(others)])
        also = f"{self._also.text} AND {_AMONG.format(end='object')}"
        return list(self._at(self._counts(nodes), "subject", _Also(also, (ends,))))

    def all(self) -> list[Link]:
        """Fetch every link that the filter describes."""
        found: list[Link] = []
        last: int | None = -1
        while last is not None:
            rows = self._look(partial(self._following, last))
            self.budget.spend(len(rows))
            found += map(_link, rows)
            last = rows[-1][0] if len(rows) == AT_ONCE else None
        return found

    def degree(self, nodes: Iterable[str]) -> int:
        """Count the statements at `nodes`, whatever the filter: what it costs to fetch their links.

        At an end of an entity no more are counted than one question may fetch, and one more.
        """
        wanted = list(nodes)
        missing = [id_ for id_ in wanted if id_ not in self._degrees]
        most = self.budget.statements + 1
        for part in batches(missing, _FEW):
            rows = self._look(
                lambda sql: [sql.execute(_DEGREE, (id_, most)).fetchone() for id_ in part]  # noqa: B023
            )
            self._degrees |= {id_: row[0] if row else 0 for id_, row in zip(part, rows, strict=True)}
        return sum(self._degrees[id_] for id_ in wanted)

    def _counts(self, ids: Iterable[str]) -> dict[int, int]:
        """Look up the numbers of entities, each with that of its statements."""
        counts: dict[int, int] = {}
        for part in batches(ids, AT_ONCE):
            counts |= self._look(lambda sql: dict(sql.execute(_COUNTS, (json.dumps(part),))))  # noqa: B023
        return counts

    def _at(self, counts: Mapping[int, int], end: str, also: _Also) -> Iterator[Link]:
        """Fetch the links whose subject, or object, is one of some entities."""
        for rows in self._rows_at(counts, end, also):
            self.budget.spend(len(rows))
            yield from map(_link, rows)

    def _rows_at(self, counts: Mapping[int, int], end: str, also: _Also) -> Iterator[list[_Row]]:
        led = self._look(lambda sql: self._led(sql, counts, end, also))
        if led is not None:
            yield led
            return
        for group in _groups(counts):
            if len(group) > 1 or counts[group[0]] <= AT_ONCE:
                yield self._look(lambda sql: self._of_some(sql, group, end, also))  # noqa: B023
                continue
            last: int | None = -1
            while last is not None:
                rows, last = self._look(lambda sql: self._of_one(sql, group[0], end, last, also))  # noqa: B023
                yield rows

    def _led(
        self, sql: sqlite3.Connection, counts: Mapping[int, int], end: str, also: _Also
    ) -> list[_Row] | None:
        """Find rows by the filter, if that leaves few and fewer than the entities have; None if not."""
        found = plan(sql, self._wanted, SORTS[Sort.TEXT])
        if found is None:
            return []
        if found.most is None or found.most >= min(AT_ONCE, sum(counts.values())):
            return None
        among = _Also(f"{_AMONG.format(end=end)} AND {also.text}", (json.dumps([*counts]), *also.values))
        return _rows(sql, found, among)

    def _of_some(self, sql: sqlite3.Connection, group: Sequence[int], end: str, also: _Also) -> list[_Row]:
        """Find the rows at entities that have few statements together."""
        found = checks(sql, self._wanted, _OF_SOME.format(end=end))
        return [] if found is None else _rows(sql, found, also, (json.dumps(group),))

    def _of_one(
        self, sql: sqlite3.Connection, number: int, end: str, after: int | None, also: _Also
    ) -> tuple[list[_Row], int | None]:
        """Find the rows of the next statements of an entity, and the last of its statements looked at."""
        found = checks(sql, self._wanted, _OF_ONE.format(end=end))
        (last,) = sql.execute(_LAST.format(end=end), (number, after, AT_ONCE)).fetchone()
        if found is None or last is None:
            return [], None
        these = f"s.{end} = ? AND s.number > ? AND s.number <= ? AND {also.text}"
        return _rows(sql, found, _Also(these, (number, after, last, *also.values))), last

    def _following(self, after: int, sql: sqlite3.Connection) -> list[_Row]:
        """Find the rows of the next statements of the filter."""
        order = SORTS[Sort.TEXT]
        found = plan(sql, self._wanted, order)
        if found is None:
            return []
        query = f"{found.query(_SHOWN)} AND {self._also.text}"
        return following(sql, query, found.values, found.ordered(order), (after,), AT_ONCE)

    def _look(self, do: Callable[[sqlite3.Connection], T]) -> T:
        """Look into the index, no longer than there is time. Raises TooWide."""

        def in_time(sql: sqlite3.Connection) -> T:
            sql.set_progress_handler(lambda: self.budget.over, _STEPS)
            try:
                return do(sql)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                    self.budget.check_time()
                raise
            finally:
                sql.set_progress_handler(None, 0)

        self.budget.check_time()
        return self._archive.search.read(in_time)


def concepts_of(archive: Archive, ids: Iterable[str]) -> set[str]:
    """Give those of `ids` that are concepts: phrases that name no entity."""
    concept, found = schema.TYPES.index(EntityType.CONCEPT), set[str]()
    query = "SELECT id FROM entities WHERE id IN (SELECT value FROM json_each(?)) AND type = ?"
    for part in batches(ids, AT_ONCE):
        given = json.dumps(part), concept
        found |= archive.search.read(lambda sql: {row[0] for row in sql.execute(query, given)})  # noqa: B023
    return found


def _rows(sql: sqlite3.Connection, found: Plan, also: _Also, leading: tuple[Any, ...] = ()) -> list[_Row]:
    """Find the rows of a plan whose tables take the values `leading`."""
    query = f"{found.query(_SHOWN)} AND {also.text}"
    return sql.execute(query, (*leading, *found.values, *also.values)).fetchall()


def _groups(counts: Mapping[int, int]) -> Iterator[list[int]]:
    """Put entities together that have few statements; one that has many is alone."""
    group: list[int] = []
    statements = 0
    for number, count in counts.items():
        if group and statements + count > AT_ONCE:
            yield group
            group, statements = [], 0
        group.append(number)
        statements += count
    if group:
        yield group


def _link(row: _Row) -> Link:
    _, statement, article, subject, predicate, object_, denied, value = row
    return Link(statement, article, subject, predicate, object_, _SIGNS[denied], value)
