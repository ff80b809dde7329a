"""What there is, with counts: the relations, the types of entities, and the sums."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from graph.model import EntityType, Modality
from graph.relations import above
from graph.relations import relations as curated
from graph.store import index_schema as schema
from graph.store.archive import Archive
from graph.views.orders import BUSIEST, following
from graph.views.paging import Page, Place, checked_limit, next_cursor, place_of


@dataclass(frozen=True, slots=True)
class PredicateRecord:
    """A relation: `own` statements have it as their predicate, `statements` it or a narrower one.

    `broader` are the ids of all relations above it.
    """

    id: str
    label: str
    broader: tuple[str, ...]
    own: int
    statements: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What the graph holds, in numbers."""

    articles: int
    statements: int
    entities: int
    relations: int


def predicates(
    archive: Archive, *, q: str | None = None, after: str | None = None, limit: int = 50
) -> Page[PredicateRecord]:
    """List the relations, those with the most statements first; ties by id.

    `q` stands in the label. Raises BadFilter for a limit or cursor that cannot be used.
    """
    limit, question = checked_limit(limit), ("predicates", q)
    place = None if after is None else place_of(after, question, BUSIEST.kinds)
    asked = (q or "").encode("utf-8", "replace").decode().lower()
    rows = archive.search.read(lambda sql: _rows(sql, asked, place, limit + 1))
    items = tuple(
        PredicateRecord(id_, label or _label(id_), _broader(id_, broader, own), own, statements)
        for statements, id_, label, broader, own in rows[:limit]
    )
    return Page(items, next_cursor(rows, limit, question, lambda row: row[:2]))


def types(archive: Archive) -> dict[EntityType, int]:
    """Count the entities of each type; the most frequent types come first."""
    query = "SELECT type, entities FROM types WHERE entities > 0 ORDER BY entities DESC, type"
    rows = archive.search.read(lambda sql: sql.execute(query).fetchall())
    return {schema.TYPES[type_]: count for type_, count in rows}


def stats(archive: Archive) -> Stats:
    """Count what the graph holds; articles are those whose statements are in it."""
    return archive.search.read(_stats)


def stats_at_once(archive: Archive, patience: float = 0.1) -> tuple[Stats, bool] | None:
    """Count as `stats` does what the index holds now, and tell if that is in step with the graph.

    None if it is being written for longer than `patience` seconds: who watches a server makes it do no work.
    Raises StoreError if the disk refuses.
    """
    return archive.search.glance(_stats, patience)


def _stats(sql: sqlite3.Connection) -> Stats:
    def count(query: str, *values: int) -> int:
        return int(sql.execute(query, values).fetchone()[0])

    return Stats(
        articles=count("SELECT count(*) FROM articles"),
        statements=count(
            "SELECT total(statements) FROM tally WHERE scope = ? AND facet = ?", schema.ALL, schema.POLARITY
        ),
        entities=count("SELECT total(entities) FROM types"),
        relations=count("SELECT count(*) FROM relations WHERE own > 0"),
    )


def _rows(
    sql: sqlite3.Connection, asked: str, place: Place | None, limit: int
) -> list[tuple[int, str, str, str, int]]:
    """Find the first relations after `place`; there are few of them beside entities."""
    query = "SELECT statements, id, label, broader, own FROM relations INDEXED BY busiest_relations"
    # One that only stands above others has no label in the graph, and its id is the words of one.
    condition = "(? = '' OR holds(?, label) OR holds(?, replace(id, '_', ' ')))"
    return following(sql, f"{query} WHERE {condition}", (asked,) * 3, BUSIEST, place, limit)


def _label(id_: str) -> str:
    known = curated().get(id_)
    return known.label if known else id_.replace("_", " ")


def _broader(id_: str, broader: str, own: int) -> tuple[str, ...]:
    """Give the relations above one; of one that only stands above others the graph does not tell them."""
    return tuple(broader.split()) if own else above(id_, Modality.ASSERTED)
