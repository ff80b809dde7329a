"""How many statements there are of something, where the index keeps the count (`index_counts.py`)."""

from __future__ import annotations

import sqlite3

from graph.store import index_schema as schema


def tallied(sql: sqlite3.Connection, facet: int, value: int, scope: int = schema.ALL) -> int:
    """Return how many statements of a scope have a value of a facet."""
    query = "SELECT statements FROM tally WHERE scope = ? AND facet = ? AND value = ?"
    row = sql.execute(query, (scope, facet, value)).fetchone()
    return int(row[0]) if row else 0


def tallied_of_both(sql: sqlite3.Connection, relation: int, modality: int) -> int | None:
    """Return how many statements a relation holds of a modality; None if the relation has no own counts."""
    query = "SELECT number FROM scopes WHERE kind = 'relation' AND key = ?"
    row = sql.execute(query, (relation,)).fetchone()
    return tallied(sql, schema.MODALITY, modality, row[0]) if row else None
