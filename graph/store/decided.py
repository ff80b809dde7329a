"""What the ledger keeps of decisions (`graph/decisions.py`), and of the articles that they change.

    decisions    one row for each, for good: triggers refuse to change or remove any
    originals    the graphs of changed articles as they were read, so that each decision can be undone
    touches      which decision is about something in which article
    heirs        what else a decision holds for, since an article was replaced (`inheriting.py`)

A decision is in the graph up to the number that `meta` has as `curated`; one beyond is still to be carried
out (`curating.py`).
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from pyoxigraph import Quad, RdfFormat, parse, serialize

from graph.codec import Json
from graph.decisions import Decision, Kind
from graph.store.base import Contents
from graph.store.ledger import Ledger

_LEVEL: Final = 6
_COLUMNS: Final = """
    SELECT one.id, one.kind, one.subject, one.change, one.before, one.who, one.made, one.why, undo.id,
        (SELECT json_group_array(thing) FROM heirs WHERE decision = one.id)
    FROM decisions AS one
    LEFT JOIN decisions AS undo ON undo.kind = 'undo' AND undo.subject = CAST(one.id AS TEXT)
"""


class Kept(NamedTuple):
    """What is kept beside an article that decisions change: their numbers, and its graph as it was read."""

    decisions: frozenset[int]
    original: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision that is still to be written down; see `Decision` for its fields."""

    kind: Kind
    subject: str
    change: Json
    before: Json
    who: str
    why: str


def append(sql: sqlite3.Connection, draft: Draft) -> int:
    """Write a decision down; return its number."""
    row = (
        draft.kind.value,
        draft.subject,
        json.dumps(draft.change, ensure_ascii=False),
        json.dumps(draft.before, ensure_ascii=False),
        draft.who,
        datetime.now(UTC).isoformat(timespec="seconds"),
        draft.why,
    )
    number = sql.execute("INSERT INTO decisions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid
    assert number is not None
    return number


def decisions(ledger: Ledger, condition: str = "", given: Iterable[object] = ()) -> list[Decision]:
    """Return the decisions for which a `condition` on `one` and `undo` holds, in their order."""
    with ledger.reading() as sql:
        rows = sql.execute(f"{_COLUMNS} {condition or 'ORDER BY one.id'}", tuple(given)).fetchall()
    return [_decision(row) for row in rows]


def carried_out(ledger: Ledger) -> int:
    """Return the number of the last decision that is in the graph."""
    with ledger.reading() as sql:
        row = sql.execute("SELECT value FROM meta WHERE key = 'curated'").fetchone()
        return int(row[0]) if row else 0


def carry_out(sql: sqlite3.Connection, decision: Decision) -> None:
    """Write down that a decision is in the graph, and forget what is needed no longer."""
    if decision.kind is Kind.UNDO:
        sql.execute("DELETE FROM touches WHERE decision = ?", (int(decision.subject),))
        sql.execute("DELETE FROM originals WHERE id NOT IN (SELECT article FROM touches)")
    sql.execute("INSERT OR REPLACE INTO meta VALUES ('curated', ?)", (str(decision.id),))


def touched(ledger: Ledger, decision: Decision) -> list[str]:
    """Return the ids of the articles that a decision is to change: of an undoing, those of what it undoes."""
    number = int(decision.subject) if decision.kind is Kind.UNDO else decision.id
    with ledger.reading() as sql:
        query = "SELECT article FROM touches WHERE decision = ? ORDER BY article"
        return [row[0] for row in sql.execute(query, (number,))]


def touching(ledger: Ledger, article: str) -> frozenset[int]:
    """Return the numbers of the decisions that are about something in an article."""
    with ledger.reading() as sql:
        rows = sql.execute("SELECT decision FROM touches WHERE article = ?", (article,))
        return frozenset(row[0] for row in rows)


def touched_by(ledger: Ledger, kinds: Iterable[Kind]) -> set[str]:
    """Return the ids of the articles that decisions of those kinds are about something in."""
    given = [kind.value for kind in kinds]
    query = "SELECT article FROM touches JOIN decisions ON id = decision WHERE kind IN ({})"
    with ledger.reading() as sql:
        return {row[0] for row in sql.execute(query.format(", ".join("?" * len(given))), given)}


def counts(ledger: Ledger, numbers: Collection[int]) -> dict[int, int]:
    """Return how many articles each of some decisions is about something in."""
    marks = ", ".join("?" * len(numbers))
    query = f"SELECT decision, count(*) FROM touches WHERE decision IN ({marks}) GROUP BY decision"
    with ledger.reading() as sql:
        found = dict(sql.execute(query, tuple(numbers)))
    return {number: found.get(number, 0) for number in numbers}


def touch(sql: sqlite3.Connection, article: str, numbers: Iterable[int]) -> None:
    """Write down that decisions are about something in an article."""
    sql.executemany("INSERT OR IGNORE INTO touches VALUES (?, ?)", [(number, article) for number in numbers])


def keep(sql: sqlite3.Connection, article: str, kept: Kept | None) -> None:
    """Put what is kept beside an article in the place of what was; None for nothing."""
    sql.execute("DELETE FROM touches WHERE article = ?", (article,))
    sql.execute("DELETE FROM originals WHERE id = ?", (article,))
    if kept is not None:
        sql.execute("INSERT INTO originals VALUES (?, ?)", (article, kept.original))
        touch(sql, article, kept.decisions)


def retouch(sql: sqlite3.Connection, article: str, numbers: Iterable[int], contents: Contents | None) -> None:
    """Write down what a curated article's graph holds now (None: what is known of it stays), and by what."""
    sql.execute("DELETE FROM touches WHERE article = ?", (article,))
    touch(sql, article, numbers)
    if contents is None:
        return
    sql.execute(
        "UPDATE articles SET quads = ?, digest = ? WHERE id = ? AND state = 'stored'", (*contents, article)
    )


def told(ledger: Ledger, article: str) -> tuple[int, str | None] | None:
    """Return how many quads the graph of a stored article holds, and their digest, if that is known."""
    query = "SELECT quads, digest FROM articles WHERE id = ? AND state = 'stored'"
    with ledger.reading() as sql:
        row: tuple[int, str | None] | None = sql.execute(query, (article,)).fetchone()
    return row


def is_kept(ledger: Ledger, article: str) -> bool:
    """Return whether the graph of an article is kept as it was read."""
    with ledger.reading() as sql:
        return sql.execute("SELECT 1 FROM originals WHERE id = ?", (article,)).fetchone() is not None


def original(ledger: Ledger, article: str) -> list[Quad] | None:
    """Return the graph of an article as it was read, None if no decision changes it."""
    with ledger.reading() as sql:
        row = sql.execute("SELECT quads FROM originals WHERE id = ?", (article,)).fetchone()
    return None if row is None else unpacked(row[0])


def original_lines(ledger: Ledger, article: str) -> list[str] | None:
    """Return the same as texts, as `Store.lines_of` does."""
    with ledger.reading() as sql:
        row = sql.execute("SELECT quads FROM originals WHERE id = ?", (article,)).fetchone()
    if row is None:
        return None
    return [line[:-2] for line in zlib.decompress(row[0]).decode().split("\n") if line]


def packed_lines(lines: Iterable[str]) -> bytes:
    """Write a graph that `Store.lines_of` gave as `packed` does."""
    return zlib.compress("".join(f"{line} .\n" for line in lines).encode(), _LEVEL)


def unpacked(kept: bytes) -> list[Quad]:
    """Read a graph as `packed` wrote it."""
    return list(parse(zlib.decompress(kept), RdfFormat.N_QUADS))


def packed(quads: Iterable[Quad]) -> bytes:
    """Write a graph as it is kept."""
    lines = serialize(sorted(quads, key=str), format=RdfFormat.N_QUADS)
    assert lines is not None
    return zlib.compress(lines, _LEVEL)


def _decision(row: tuple[Any, ...]) -> Decision:
    number, kind, subject, change, before, who, made, why, undone_by, also = row
    when = datetime.fromisoformat(made)
    what = json.loads(change), json.loads(before)
    return Decision(number, Kind(kind), subject, *what, who, when, why, undone_by, tuple(json.loads(also)))
