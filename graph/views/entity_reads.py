"""Entities: one, and a list. Which they are and how often they are named is told by the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from graph.errors import BadFilter, NotFound
from graph.model import Entity, EntityType
from graph.store.archive import Archive
from graph.store.index_rows import holds, lowered, parts_of
from graph.store.index_schema import TYPES
from graph.store.search_index import names_of
from graph.store.search_words import words
from graph.views.filters import Several, is_text, several
from graph.views.near import near_entities, refuse_merged
from graph.views.orders import ENTITY_SORTS, EntitySort, Order, following
from graph.views.paging import Page, Place, checked_limit, next_cursor, place_of

_ELSEWHERE: Final = (
    "`newsgraph search NAME` and GET /v1/entities?q=NAME find a name, "
    "`newsgraph query entities` lists those with the most statements."
)
_RECORD: Final = (
    "SELECT type, statements, label, aliases, types, beyond FROM entities WHERE id = ? AND type >= 0"
)
_FEW: Final = 5000
"""Entities that are gathered and sorted; of more, those at the front of the order are soon found."""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity, and the number of statements about it (at either end, or in an argument)."""

    entity: Entity
    statements: int


def entities(
    archive: Archive,
    *,
    q: str | None = None,
    type: Several[EntityType] | None = None,  # noqa: A002  the name of the filter, as in HTTP
    after: str | None = None,
    limit: int = 50,
    sort: EntitySort = EntitySort.STATEMENTS,
) -> Page[EntityRecord]:
    """List entities, those with the most statements first, or by label; ties by id.

    `q` stands, in any case, in the label or an alias; one or two signs begin a word there. Raises BadFilter
    for words, a limit or a cursor that cannot be used.
    """
    limit, order = checked_limit(limit), ENTITY_SORTS[EntitySort(sort)]
    types: list[int] = sorted({TYPES.index(EntityType(one)) for one in several(type)})
    question = ("entities", q, types, EntitySort(sort).value)
    place = None if after is None else place_of(after, question, order.kinds)
    asked = _asked(q)
    kinds: Sequence[int | None] = types or [None]

    def read(sql: sqlite3.Connection) -> tuple[list[tuple[Any, ...]], dict[str, EntityRecord]]:
        found = [_rows(sql, asked, one, order, place, limit + 1) for one in kinds]
        rows = found[0] if len(found) == 1 else sorted(chain(*found), key=order.rank)[: limit + 1]
        return rows, records_in(sql, [row[0] for row in rows[:limit]])

    rows, known = archive.search.read(read)
    return Page(tuple(known.values()), next_cursor(rows, limit, question, lambda row: row[1:]))


def entity(archive: Archive, id_: str) -> EntityRecord:
    """Give one entity; raises Merged if it was merged into another, NotFound, which names near ids."""
    try:
        found = entity_records(archive, [id_])
    except ValueError:  # what is no text is no id
        found = {}
    if id_ not in found:
        refuse_merged(archive, id_)
        near = near_entities(archive, id_)
        hint = f"near it are {', '.join(near)}." if near else _ELSEWHERE
        raise NotFound(f"No entity has the id {id_!r}; {hint}")
    return found[id_]


def entity_records(archive: Archive, ids: Sequence[str]) -> dict[str, EntityRecord]:
    """Read those of the entities `ids` that there are, with the number of their statements.

    Raises ValueError for an id that is no text.
    """
    return archive.search.read(lambda sql: records_in(sql, ids))


def records_in(sql: sqlite3.Connection, ids: Iterable[str]) -> dict[str, EntityRecord]:
    """Read entities as `entity_records` does, of the index that is being read."""
    rows = ((id_, sql.execute(_RECORD, (id_,)).fetchone()) for id_ in dict.fromkeys(ids))
    return {id_: _record(id_, *row) for id_, row in rows if row is not None}


def _record(id_: str, type_: int, statements: int, *columns: Any) -> EntityRecord:
    named = names_of(*columns)
    told = named.aliases, named.same_as, named.stands_for, named.mentions
    return EntityRecord(Entity(id_, named.label or id_, TYPES[type_], *told), statements)


def read_entities(archive: Archive, ids: Sequence[str]) -> dict[str, Entity]:
    """Read those of the entities `ids` that there are, each with the type that most articles give it.

    Raises ValueError for an id that is no text.
    """
    return {id_: record.entity for id_, record in entity_records(archive, ids).items()}


def entity_ids(archive: Archive) -> list[str]:
    """Return the ids of all entities."""
    query = "SELECT id FROM entities WHERE type >= 0 ORDER BY number"
    return [row[0] for row in archive.search.read(lambda sql: sql.execute(query).fetchall())]


def _asked(q: str | None) -> str:
    """Return the part of a name to look for; raises BadFilter if it is no text."""
    if not is_text(q or ""):
        raise BadFilter(f"The filter q cannot be {q!r}; give a part of a name.")
    return lowered(q or "")


def _rows(
    sql: sqlite3.Connection, asked: str, type_: int | None, order: Order, place: Place | None, limit: int
) -> list[tuple[Any, ...]]:
    """Find the first entities after `place`: the id of each, and its place."""
    tests: list[tuple[str, tuple[Any, ...]]] = [("type >= 0", ())]
    if type_ is not None:
        tests.append(("type = ?", (type_,)))
    found = _found(sql, asked) if asked else None
    index = order.index
    if found is not None:
        tests.append((f"number IN ({', '.join(map(str, found))})", ()))
        index = None
    elif asked:
        tests.append(("holds(?, label, aliases)", (asked,)))
    if index == "busiest" and type_ is not None:
        index = "busiest_of_type"
    columns = ", ".join(("id", *(key.column for key in order.keys)))
    by = f" INDEXED BY {index}" if index else ""
    query = f"SELECT {columns} FROM entities{by} WHERE {' AND '.join(test for test, _ in tests)}"
    return following(sql, query, [value for _, values in tests for value in values], order, place, limit)


def _found(sql: sqlite3.Connection, asked: str) -> list[int] | None:
    """Find the numbers of the entities that hold what is asked for; None if they are many."""
    match = parts_of(asked)
    if match is not None:
        query, table = "SELECT rowid FROM name_parts WHERE name_parts MATCH ? LIMIT ?", match
    elif (beginning := _beginning(asked)) is not None:
        query, table = "SELECT rowid FROM names WHERE names MATCH ? LIMIT ?", beginning
    else:
        return None
    rows = sql.execute(query, (table, _FEW + 1)).fetchall()
    if len(rows) > _FEW:
        return None
    numbers = [row[0] for row in rows]
    if match is None:
        return numbers
    known = "SELECT label, aliases FROM entities WHERE number = ?"
    return [number for number in numbers if holds(asked, *sql.execute(known, (number,)).fetchone())]


def _beginning(asked: str) -> str | None:
    """Make the expression for MATCH of a word that begins so; None if the signs are of no word."""
    try:
        return words(f"{asked}*").match
    except BadFilter:
        return None
