"""What the ledger says of an article that is not there: that it was removed, or which ids are near.

Of a removed article the id, which is a hash of its text, and the moment are kept, until the same text is
stored again: who has its address is told that it is gone for good, and need not look for it.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from graph.errors import Gone, NotFound
from graph.store.job_rows import now

REMOVED: Final = """
CREATE TABLE IF NOT EXISTS removed (id TEXT PRIMARY KEY, moment TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS successors (id TEXT PRIMARY KEY, successor TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
_NEAR: Final = 3
_DAY: Final = len("2023-03-17")


def removed(sql: sqlite3.Connection, id_: str, successor: str | None = None) -> None:
    """Write down that an article is removed, and which one has taken its place."""
    sql.execute("INSERT OR REPLACE INTO removed VALUES (?, ?)", (id_, now()))
    if successor is not None:
        sql.execute("INSERT OR REPLACE INTO successors VALUES (?, ?)", (id_, successor))


def returned(sql: sqlite3.Connection, id_: str) -> None:
    """Forget that an article was removed, since it is there again."""
    for table in ("removed", "successors"):
        sql.execute(f"DELETE FROM {table} WHERE id = ?", (id_,))


def unknown(sql: sqlite3.Connection, id_: str) -> NotFound:
    """Make the error for an id that no article has: Gone if it was removed, else with ids that are near."""
    query = "SELECT moment, successor FROM removed LEFT JOIN successors USING (id) WHERE id = ?"
    row = sql.execute(query, (id_,)).fetchone()
    if row is None:
        return NotFound(f"No article has the id {id_!r}; {hint(sql, id_)}")
    if row[1] is not None:
        return Gone(f"The article {id_!r} was replaced on {row[0][:_DAY]}; {row[1]!r} has its place now.")
    return Gone(f"The article {id_!r} was removed on {row[0][:_DAY]}; send its text again to have it back.")


def hint(sql: sqlite3.Connection, id_: str) -> str:
    """Lead to the ids that begin alike, else to any that there are."""
    found = near(sql, id_)
    if not found:
        return "there are no articles; ingest some first."
    alike = id_ and found[0].startswith(id_[:4])
    return f"{'near it are' if alike else 'there are others, such as'} {', '.join(found)}."


def near(sql: sqlite3.Connection, id_: str) -> list[str]:
    """Return a few ids that begin as `id_` does, the closest beginnings first; any if none does."""
    found: list[str] = []
    for length in sorted({min(len(id_), size) for size in (20, 12, 8, 4, 2, 0)}, reverse=True):
        start = id_[:length]
        rows = sql.execute(
            "SELECT DISTINCT id FROM articles WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
            (start, start + "\U0010ffff", _NEAR),
        )
        found = [row[0] for row in rows]
        if found:
            break
    return found
