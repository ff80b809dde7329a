"""What is counted of the statements in the index: edges, pairs of entities, relations, facets.

What is added with an article is taken away with it by the same code, with the other sign.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple, TypeAlias

from graph.store import index_schema as schema
from graph.store.index_schema import ALL, HUB, OPPOSABLE

COLUMNS: Final[Mapping[int, str]] = {
    schema.PREDICATE: "relation",
    schema.MODALITY: "modality",
    schema.POLARITY: "denied",
    schema.SPEAKER: "speaker",
    schema.SUBJECT: "subject",
    schema.OBJECT: "object",
    schema.MONTH: "month",
}
"""The facets whose value is a column of `statements`."""

_ENTITY, _RELATION, _BOTH = ("entity", "relation", "relation and modality")
_SCOPED: Final = {_ENTITY: ("about", "entities"), _RELATION: ("kinds", "relations")}
"""What may have counts of its own by a table of its statements; and the table that has their number."""
SCOPED_COLUMNS: Final = {
    "modality": schema.MODALITY,
    "polarity": schema.POLARITY,
    "speaker": schema.SPEAKER,
    "subject": schema.SUBJECT,
    "object": schema.OBJECT,
}
"""What may have counts of its own by a column of `statements`, by the facet that has their number."""
_ENDS: Final = frozenset({"subject", "object"})
_Key: TypeAlias = tuple[str, int]
"""The kind of a scope, and the number that it is of."""
_ADD: Final = " ON CONFLICT DO UPDATE SET statements = statements + excluded.statements"
_TALLY: Final = "INSERT INTO tally SELECT :scope, :facet, value, count(*) FROM ({values}) GROUP BY value"


class Row(NamedTuple):
    """A row of `statements`."""

    number: int
    id: str
    edge: int
    subject: int
    relation: int
    object: int
    modality: int
    denied: int
    speaker: int | None
    first: int | None
    last: int | None
    day: int
    recent: int
    month: int | None
    confidence: float
    subject_type: int
    object_type: int

    def facets(self) -> Iterator[tuple[int, int]]:
        """Give the facets that are told by the row alone, with their values."""
        yield schema.PREDICATE, self.relation
        yield schema.MODALITY, self.modality
        yield schema.POLARITY, self.denied
        yield schema.SUBJECT, self.subject
        yield schema.OBJECT, self.object
        if self.speaker is not None:
            yield schema.SPEAKER, self.speaker
        if self.month is not None:
            yield schema.MONTH, self.month
        for type_ in {self.subject_type, self.object_type} - {-1}:
            yield schema.TYPE, type_


@dataclass(frozen=True, slots=True)
class Kept:
    """A row, the entities that it is about, and the relations that hold it."""

    row: Row
    about: frozenset[int]
    kinds: frozenset[int]

    def scopes(self) -> Iterator[_Key]:
        """Give the keys of the scopes that the statement may be in, beside that of all."""
        row = self.row
        yield from ((_ENTITY, number) for number in self.about)
        yield from ((_RELATION, number) for number in self.kinds)
        yield from (both(number, row.modality) for number in self.kinds)
        yield "modality", row.modality
        yield "polarity", row.denied
        if row.speaker is not None:
            yield "speaker", row.speaker
        yield "subject", row.subject
        if row.object > 0:
            yield "object", row.object


class Counts:
    """All that is counted. Its transactions, and who may use it when, are those of `SearchIndex`."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql

    def add(self, kept: Sequence[Kept]) -> None:
        """Count the statements of one article, whose entities are counted already."""
        scopes = self._scopes(kept)
        self._count(kept, 1, scopes)
        self._promote(kept, scopes)

    def remove(self, kept: Sequence[Kept]) -> None:
        """Take the statements of one article away."""
        self._count(kept, -1, self._scopes(kept))

    def retype(self, before: Sequence[Kept], after: Sequence[Kept]) -> None:
        """Count statements as they are `after` the entities in them, and nothing else, got other types."""
        scopes, counts = self._scopes(before), Counter[tuple[int, int, int]]()
        for kept, sign in ((before, -1), (after, 1)):
            for one in kept:
                types = [value for value in one.row.facets() if value[0] == schema.TYPE]
                within = {scopes[key] for key in (("all", 0), *one.scopes()) if key in scopes}
                for scope, value in product(within, types):
                    counts[scope, *value] += sign
        self._tell({key: count for key, count in counts.items() if count})

    def _count(self, kept: Sequence[Kept], sign: int, scopes: Mapping[_Key, int]) -> None:
        """Add statements to all that is counted, or with `sign` -1 take them away."""
        rows = [one.row for one in kept]
        self._count_edges(Counter(row.edge for row in rows), sign)
        self._count_pairs(Counter(pair for row in rows for pair in _pairs(row)), sign)
        own = Counter(row.relation for row in rows)
        held = Counter(kind for one in kept for kind in one.kinds)
        self._sql.executemany(
            "UPDATE relations SET own = own + ?, statements = statements + ? WHERE number = ?",
            [(sign * own[number], sign * count, number) for number, count in held.items()],
        )
        values = Counter(-row.object for row in rows if row.object < 0)
        self._sql.executemany(
            "UPDATE literals SET statements = statements + ? WHERE number = ?",
            [(sign * count, number) for number, count in values.items()],
        )
        if sign < 0:
            self._forget("relations", held)
            self._forget("literals", values)
        self._count_facets(kept, sign, scopes)

    def _forget(self, table: str, numbers: Iterable[int]) -> None:
        query = f"DELETE FROM {table} WHERE number = ? AND statements = 0"
        self._sql.executemany(query, [(number,) for number in numbers])

    def _count_edges(self, counts: Mapping[int, int], sign: int) -> None:
        """Count statements and articles of edges; all of `counts` are from one article."""
        query = "UPDATE edges SET statements = statements + ?, support = support + ? WHERE number = ?"
        self._sql.executemany(query, [(sign * count, sign, edge) for edge, count in counts.items()])
        for edge in counts:
            query = (
                "SELECT subject, object, relation, 1 - denied, stance, statements, support"
                " FROM edges WHERE number = ?"
            )
            *opposite, left, support = self._sql.execute(query, (edge,)).fetchone()
            if left == 0:
                self._sql.execute("DELETE FROM edges WHERE number = ?", (edge,))
            if opposite[-1] <= OPPOSABLE and (left == 0 or support == 1):  # it may be new, or gone
                self._oppose(opposite, edge, left > 0)

    def _oppose(self, opposite: Sequence[int], edge: int, there: bool) -> None:
        """Tell the opposite of an edge, and the edge, whether the two are said both."""
        query = (
            "UPDATE edges SET opposed = ?"
            " WHERE subject = ? AND object = ? AND relation = ? AND denied = ? AND stance = ?"
            " RETURNING number"
        )
        if there and self._sql.execute(query, (there, *opposite)).fetchone():
            self._sql.execute("UPDATE edges SET opposed = 1 WHERE number = ?", (edge,))
        elif not there:
            self._sql.execute(query, (there, *opposite)).fetchone()

    def _count_pairs(self, counts: Mapping[tuple[int, int], int], sign: int) -> None:
        self._sql.executemany(
            f"INSERT INTO pairs SELECT ?1, ?2, id, ?3 FROM entities WHERE number = ?2{_ADD}",
            [(*pair, sign * count) for pair, count in counts.items()],
        )
        if sign < 0:
            query = "DELETE FROM pairs WHERE entity = ? AND other = ? AND statements = 0"
            self._sql.executemany(query, list(counts))

    def _count_facets(self, kept: Sequence[Kept], sign: int, scopes: Mapping[_Key, int]) -> None:
        counts: Counter[tuple[int, int, int]] = Counter()
        for one in kept:
            values = [*one.row.facets(), *((schema.BROADER, n) for n in one.kinds - {one.row.relation})]
            for key in (("all", 0), *one.scopes()):
                if (scope := scopes.get(key)) is not None:
                    counts.update((scope, *value) for value in values)
        self._tell({key: sign * count for key, count in counts.items()})

    def _tell(self, counts: Mapping[tuple[int, int, int], int]) -> None:
        """Add to what is told of values of facets."""
        self._sql.executemany(
            "INSERT INTO tally VALUES (?, ?, ?, ?)" + _ADD, [(*key, count) for key, count in counts.items()]
        )
        query = "DELETE FROM tally WHERE scope = ? AND facet = ? AND value = ? AND statements = 0"
        self._sql.executemany(query, [key for key, count in counts.items() if count < 0])

    def _scopes(self, kept: Sequence[Kept]) -> dict[_Key, int]:
        """Find the scopes that there are of those that some statements may be in."""
        found = {("all", 0): ALL}
        for key in _in_order(kept):
            if _within(key) in found:
                query = "SELECT number FROM scopes WHERE kind = ? AND key = ?"
                if row := self._sql.execute(query, key).fetchone():
                    found[key] = row[0]
        return found

    def _promote(self, kept: Sequence[Kept], known: dict[_Key, int]) -> None:
        """Give what now has many statements counts of its own, beside the scopes that are known."""
        for key in _in_order(kept):
            if key not in known and _within(key) in known and self._statements(key, known) >= HUB:
                known[key] = self._tally(*key)

    def _statements(self, key: _Key, known: Mapping[_Key, int]) -> int:
        """Tell how many statements are in a scope, whether it has counts of its own or not."""
        kind, number = key
        if kind in _SCOPED:
            query = f"SELECT statements FROM {_SCOPED[kind][1]} WHERE number = ?"
            row = self._sql.execute(query, (number,)).fetchone()
        else:
            query = "SELECT statements FROM tally WHERE scope = ? AND facet = ? AND value = ?"
            of_both = kind == _BOTH
            scope, facet = (known[_within(key)], schema.MODALITY) if of_both else (ALL, SCOPED_COLUMNS[kind])
            value = apart(number)[1] if of_both else number
            row = self._sql.execute(query, (scope, facet, value)).fetchone()
        return int(row[0])

    def _tally(self, kind: str, number: int) -> int:
        """Count all statements of a scope that is new, by each facet; return its number."""
        scope = self._sql.execute("INSERT INTO scopes VALUES (NULL, ?, ?)", (kind, number)).lastrowid
        assert scope is not None
        tables, condition, given = _those(kind, number)
        these = f"FROM {tables} {{join}} WHERE {condition} AND"
        ways = [
            *((facet, f"s.{column}", f"s.{column} IS NOT NULL", "") for facet, column in COLUMNS.items()),
            (schema.TYPE, "s.subject_type", "s.subject_type >= 0", ""),
            (schema.TYPE, "s.object_type", "s.object_type >= 0 AND s.object_type <> s.subject_type", ""),
            (
                schema.BROADER,
                "k.relation",
                "k.relation <> s.relation",
                "JOIN kinds AS k ON k.statement = s.number",
            ),
        ]
        for facet, value, condition, join in ways:
            values = f"SELECT {value} AS value {these.format(join=join)} {condition}"
            self._sql.execute(_TALLY.format(values=values) + _ADD, {**given, "scope": scope, "facet": facet})
        return scope


def _those(kind: str, number: int) -> tuple[str, str, dict[str, int]]:
    """Write the tables and the condition that have the statements of a scope, with the values in these."""
    if kind == _BOTH:
        relation, modality = apart(number)
        tables = "kinds AS t INDEXED BY kinds_of_modality JOIN statements AS s ON s.number = t.statement"
        condition = "t.relation = :number AND t.modality = :modality"
        return tables, condition, {"number": relation, "modality": modality}
    if kind in _SCOPED:
        tables = f"{_SCOPED[kind][0]} AS t JOIN statements AS s ON s.number = t.statement"
        return tables, f"t.{kind} = :number", {"number": number}
    return "statements AS s", f"s.{COLUMNS[SCOPED_COLUMNS[kind]]} = :number", {"number": number}


def both(relation: int, modality: int) -> _Key:
    """Give the key of the scope of a relation's statements of a modality."""
    return _BOTH, relation * len(schema.MODALITIES) + modality


def apart(number: int) -> tuple[int, int]:
    """Give the relation and the modality that `both` made a number of."""
    return divmod(number, len(schema.MODALITIES))


def _within(key: _Key) -> _Key:
    """Give the key of the scope of which that of `key` is a part, and without which it is not there."""
    kind, number = key
    if kind == _BOTH:
        return _RELATION, apart(number)[0]
    return (_ENTITY, number) if kind in _ENDS else ("all", 0)


def _in_order(kept: Sequence[Kept]) -> list[_Key]:
    """Give the keys of the scopes that some statements may be in, each after that of which it is a part."""
    return sorted({key for one in kept for key in one.scopes()})


def _pairs(row: Row) -> Iterator[tuple[int, int]]:
    """Give the two ends of a statement, each as the neighbour of the other."""
    if row.object > 0 and row.object != row.subject:
        yield row.subject, row.object
        yield row.object, row.subject
