"""Statements as rows of the index: added and removed with their article. `index_counts.py` counts them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Final

from graph.codec import Json, statement_to_json
from graph.model import EntityType, Node, Polarity, Statement, TimeSpan, Value
from graph.store import index_schema as schema
from graph.store.index_counts import Counts, Kept, Row
from graph.store.index_schema import ROOM, UNDATED
from graph.store.packing import packed, unpacked, written

_LINE: Final = "\n"
_SIGNS_IN_PART: Final = 3
_COLUMNS: Final = (
    "number, id, edge, subject, relation, object, modality, denied, speaker, first, last, day, recent, month,"
    " confidence, subject_type, object_type"
)
_MARKS: Final = ", ".join("?" * (_COLUMNS.count(",") + 1))


class Numbers:
    """Numbers of entities, relations and values, given when they are first met."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self._known: dict[str, int] | None = None

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Look the number of each entity up only once within, where none is forgotten."""
        self._known = {}
        try:
            yield
        finally:
            self._known = None

    def entity(self, id_: str) -> int:
        """Return the number of an entity."""
        if self._known is None:
            return self._entity(id_)
        if (number := self._known.get(id_)) is None:
            number = self._known[id_] = self._entity(id_)
        return number

    def _entity(self, id_: str) -> int:
        new = "INSERT INTO entities VALUES (NULL, ?, '', '', '', 0, -1, 0, 0.0, '')"
        return self._of("SELECT number FROM entities WHERE id = ?", new, (id_,))

    def relation(self, id_: str) -> int:
        """Return the number of a relation."""
        new = "INSERT INTO relations VALUES (NULL, ?, '', '', 0, 0)"
        return self._of("SELECT number FROM relations WHERE id = ?", new, (id_,))

    def object(self, end: Node | Value) -> int:
        """Return the number of an object: that of an entity, or one below zero for a value."""
        if isinstance(end, Node):
            return self.entity(end.id)
        known = "SELECT number FROM literals WHERE value = ? AND datatype = ?"
        return -self._of(known, "INSERT INTO literals VALUES (NULL, ?, ?, 0)", (end.value, end.datatype))

    def edge(self, ends: tuple[int, int, int, int, int]) -> int:
        """Return the number of the edge of a subject, object, relation, polarity and stance."""
        known = (
            "SELECT number FROM edges"
            " WHERE subject = ? AND object = ? AND relation = ? AND denied = ? AND stance = ?"
        )
        new = (
            "INSERT INTO edges (subject, object, relation, denied, stance, statements, support, opposed)"
            " VALUES (?, ?, ?, ?, ?, 0, 0, 0)"
        )
        return self._of(known, new, ends)

    def _of(self, known: str, new: str, parameters: tuple[str | int, ...]) -> int:
        row = self._sql.execute(known, parameters).fetchone()
        number = row[0] if row else self._sql.execute(new, parameters).lastrowid
        assert isinstance(number, int)
        return number


class StatementRows:
    """The statements of the index. Its transactions, and who may use it when, are those of `SearchIndex`."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self.numbers = Numbers(sql)
        self._counts = Counts(sql)

    def add(self, sequence: int, statements: Sequence[Statement]) -> None:
        """Add the statements of the article with that number, in the order of its text."""
        kept = [self._kept(sequence * ROOM + place, one) for place, one in enumerate(statements[:ROOM])]
        many = self._sql.executemany
        many(f"INSERT INTO statements ({_COLUMNS}) VALUES ({_MARKS})", [one.row for one in kept])
        many("INSERT INTO about VALUES (?, ?)", [(n, one.row.number) for one in kept for n in one.about])
        kinds = [(n, one.row.number, one.row.modality) for one in kept for n in one.kinds]
        many("INSERT INTO kinds VALUES (?, ?, ?)", kinds)
        told = [
            (one.row.number, packed(statement_to_json(said)))
            for one, said in zip(kept, statements, strict=False)
        ]
        many("INSERT INTO told VALUES (?, ?)", told)
        texts = [(one.row.number, *_text(said)) for one, said in zip(kept, statements, strict=False)]
        many("INSERT INTO texts VALUES (?, ?, ?)", texts)
        many("INSERT INTO sentences (rowid, sentence, labels) VALUES (?, ?, ?)", texts)
        self._counts.add(kept)

    def remove(self, sequence: int) -> None:
        """Remove the statements of the article with that number."""
        span = (sequence * ROOM, (sequence + 1) * ROOM)
        kept = self._kept_of(span)
        many = self._sql.executemany
        texts = self._sql.execute("SELECT * FROM texts WHERE number >= ? AND number < ?", span).fetchall()
        many("INSERT INTO sentences (sentences, rowid, sentence, labels) VALUES ('delete', ?, ?, ?)", texts)
        for table in ("texts", "told", "statements"):
            self._sql.execute(f"DELETE FROM {table} WHERE number >= ? AND number < ?", span)
        for table in ("about", "kinds"):
            self._sql.execute(f"DELETE FROM {table} WHERE statement >= ? AND statement < ?", span)
        self._counts.remove(kept)

    def relabel(self, sequence: int, id_: str, label: str, type_: EntityType) -> None:
        """Let the statements of an article give an entity another label and type.

        Both are in `told`; `texts` repeats some labels, and the rows of `statements` have types.
        """
        query = "SELECT number, json FROM told WHERE number >= ? AND number < ?"
        rows = self._sql.execute(query, (sequence * ROOM, (sequence + 1) * ROOM))
        mark, told, before = f'"id":{written(id_)}', [], set()
        for number, blob in rows:
            if mark in (text := unpacked(blob)):
                said = json.loads(text)
                ends = [one for one in _nodes(said) if one["id"] == id_]
                for one in ends:
                    before.add(one["type"])
                    one["label"], one["type"] = label, type_.value
                if ends:
                    told.append((number, said))
        self._sql.executemany("UPDATE told SET json = ? WHERE number = ?", [(packed(s), n) for n, s in told])
        for number, said in told:
            self._retell(number, _labels(said))
        if before - {type_.value}:
            self._retype(sequence, self.numbers.entity(id_), schema.TYPES.index(type_))

    def _retype(self, sequence: int, entity: int, type_: int) -> None:
        before, after = [], []
        for one in self._kept_of((sequence * ROOM, (sequence + 1) * ROOM)):
            row = one.row
            new = row._replace(
                subject_type=type_ if row.subject == entity else row.subject_type,
                object_type=type_ if row.object == entity else row.object_type,
            )
            if new != row:
                before.append(one)
                after.append(replace(one, row=new))
        self._sql.executemany(
            "UPDATE statements SET subject_type = ?, object_type = ? WHERE number = ?",
            [(one.row.subject_type, one.row.object_type, one.row.number) for one in after],
        )
        self._counts.retype(before, after)

    def _retell(self, number: int, labels: str) -> None:
        old = self._sql.execute("SELECT * FROM texts WHERE number = ?", (number,)).fetchone()
        if old[2] == labels:
            return
        do = self._sql.execute
        do("INSERT INTO sentences (sentences, rowid, sentence, labels) VALUES ('delete', ?, ?, ?)", old)
        do("UPDATE texts SET labels = ? WHERE number = ?", (labels, number))
        do("INSERT INTO sentences (rowid, sentence, labels) VALUES (?, ?, ?)", (number, old[1], labels))

    def _kept(self, number: int, said: Statement) -> Kept:
        numbers, by, on = self.numbers, said.attributed_to, said.object
        subject, relation = numbers.entity(said.subject.id), self._relation(said)
        ends = (subject, numbers.object(on), relation, int(said.polarity is Polarity.NEGATIVE))
        others = (one.value for one in said.arguments)
        about = {subject, *(numbers.entity(one.id) for one in (on, *others) if isinstance(one, Node))}
        row = Row(
            number,
            said.id,
            numbers.edge((*ends, schema.STANCES[said.modality])),
            subject,
            relation,
            ends[1],
            schema.MODALITIES.index(said.modality),
            ends[3],
            numbers.entity(by.id) if by else None,
            *_days(said.time),
            said.confidence,
            schema.TYPES.index(said.subject.type),
            schema.TYPES.index(on.type) if isinstance(on, Node) else -1,
        )
        kinds = {relation, *map(numbers.relation, said.predicate.broader)}
        return Kept(row, frozenset(about), frozenset(kinds))

    def _relation(self, said: Statement) -> int:
        """Return the number of a predicate; what it is called and falls under is what was read last."""
        number, one = self.numbers.relation(said.predicate.id), said.predicate
        called = (one.label, " ".join(one.broader))
        query = "UPDATE relations SET label = ?, broader = ? WHERE number = ? AND (label, broader) <> (?, ?)"
        self._sql.execute(query, (*called, number, *called))
        return number

    def _kept_of(self, span: tuple[int, int]) -> list[Kept]:
        """Read what is kept of the statements with numbers in `span`."""
        query = f"SELECT {_COLUMNS} FROM statements WHERE number >= ? AND number < ?"
        rows = [Row(*row) for row in self._sql.execute(query, span)]
        about: dict[int, set[int]] = {row.number: set() for row in rows}
        kinds: dict[int, set[int]] = {row.number: set() for row in rows}
        for table, column, found in (("about", "entity", about), ("kinds", "relation", kinds)):
            query = f"SELECT statement, {column} FROM {table} WHERE statement >= ? AND statement < ?"
            for number, one in self._sql.execute(query, span):
                found[number].add(one)
        return [Kept(row, frozenset(about[row.number]), frozenset(kinds[row.number])) for row in rows]


def holds(asked: str, *words: str) -> bool:
    """Tell if `asked`, which is in lower case, stands in what `lowered` makes of the words."""
    return asked in lowered(*words)


def lowered(*words: str) -> str:
    """Write words as they are looked for by a part of them: in lower case."""
    return _LINE.join(words).lower()


def parts_of(asked: str) -> str | None:
    """Make the expression for MATCH that finds what may hold `asked`, which is in lower case.

    None if it is too short, for an index by three signs at once. What is found is still to be looked at.
    """
    most = len(asked) - _SIGNS_IN_PART
    if most < 0 or "\0" in asked:
        return None
    places = sorted({*range(0, most, _SIGNS_IN_PART), most})
    parts = dict.fromkeys(asked[place : place + _SIGNS_IN_PART].replace('"', '""') for place in places)
    return " AND ".join(f'"{part}"' for part in parts)


def _text(said: Statement) -> tuple[str, str]:
    """Give the sentence, and the labels of subject, predicate and object."""
    on = said.object.label if isinstance(said.object, Node) else said.object.value
    return said.sentence, _LINE.join((said.subject.label, said.predicate.label, on))


def _labels(said: Json) -> str:
    """Give the same labels of a statement that is told as JSON."""
    on = said["object"]
    return _LINE.join(
        (said["subject"]["label"], said["predicate"]["label"], on.get("label", on.get("value")))
    )


def _nodes(said: Json) -> Iterator[Json]:
    """Give each place of a statement as JSON where it names an entity."""
    for one in (said["subject"], said["object"], said["attributedTo"], said["place"], *said["arguments"]):
        if one is not None and "id" in one:
            yield one


def _days(time: TimeSpan | None) -> tuple[int | None, int | None, int, int, int | None]:
    """Give first and last day, the day to sort by, forwards and backwards, and the month."""
    first, last = (time.start, time.end) if time else (None, None)
    day = first or last
    if day is None:
        return None, None, UNDATED, UNDATED, None
    number = day.toordinal()
    return _ordinal(first), _ordinal(last), number, -number, 12 * day.year + day.month - 1


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None
