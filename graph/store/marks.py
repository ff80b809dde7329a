"""What the ledger notes against a pending article, beside its row: why it is pending, or stays so.

An article has one mark at most: `damaged` from the moment that its graph is found wanting until it is read
anew, which no restart forgets; `failed` when that, or the reading after a kill, came to nothing.
"""

from __future__ import annotations

import sqlite3
from typing import Final, Literal, TypeAlias

Mark: TypeAlias = Literal["damaged", "failed"]

MARKS: Final = """
CREATE TABLE IF NOT EXISTS marks (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('damaged', 'failed')), sentence TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
PROBLEM: Final = """
    (SELECT sentence FROM marks
     WHERE marks.id = articles.id AND marks.kind = 'failed' AND articles.state = 'pending')
"""
"""A column of `articles`: why it could not be read, or NULL."""


def mark(sql: sqlite3.Connection, id_: str, kind: Mark, sentence: str) -> None:
    """Put a mark on an article, in the place of another that it may have."""
    sql.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", (id_, kind, sentence))


def unmark(sql: sqlite3.Connection, id_: str, kind: Mark | None = None) -> None:
    """Take the mark from an article: only one of that `kind` if it is given."""
    sql.execute("DELETE FROM marks WHERE id = ? AND kind = coalesce(?, kind)", (id_, kind))


def marked(sql: sqlite3.Connection, kind: Mark) -> list[tuple[str, str]]:
    """Return id and sentence of the pending articles with a mark of that kind, those begun last first."""
    return sql.execute(
        "SELECT id, sentence FROM marks JOIN articles USING (id) WHERE kind = ? AND state = 'pending'"
        " ORDER BY sequence DESC",
        (kind,),
    ).fetchall()
