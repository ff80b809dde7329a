"""What the ledger knows of changes that users made to the graph themselves (the table `edits`).

An article whose graph a user may have changed is marked until it is read anew: its graph then rightly holds
another number of quads than the ledger says.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.store.ledger import Ledger
from graph.store.rows import advance


def mark(ledger: Ledger, ids: Iterable[str]) -> list[str]:
    """Mark those of the articles that there are, before their graphs are changed; return the new marks."""
    with ledger.transaction() as sql:
        there = [id_ for id_ in ids if sql.execute("SELECT 1 FROM articles WHERE id = ?", (id_,)).fetchone()]
        return [
            id_ for id_ in there if sql.execute("INSERT OR IGNORE INTO edits VALUES (?)", (id_,)).rowcount
        ]


def unmark(ledger: Ledger, ids: Iterable[str]) -> None:
    """Take marks back: the change came to nothing."""
    with ledger.transaction() as sql:
        sql.executemany("DELETE FROM edits WHERE id = ?", [(id_,) for id_ in ids])


def marked(ledger: Ledger) -> set[str]:
    """Return the ids of the articles whose graphs a user may have changed."""
    with ledger.reading() as sql:
        return {row[0] for row in sql.execute("SELECT id FROM edits")}


def suspect(ledger: Ledger, id_: str) -> bool:
    """Return whether the graph of an article may not be what the ledger last knew of it."""
    query = "SELECT 1 FROM edits WHERE id = :id UNION SELECT 1 FROM marks WHERE id = :id AND kind = 'damaged'"
    with ledger.reading() as sql:
        return sql.execute(query, {"id": id_}).fetchone() is not None


def count(ledger: Ledger) -> None:
    """Count one more write."""
    with ledger.transaction() as sql:
        advance(sql)


def expected(ledger: Ledger) -> dict[str, tuple[int, str | None]]:
    """Return what the graph of each stored article should hold: quads and digest, None if it is unknown."""
    with ledger.reading() as sql:
        rows = sql.execute("SELECT id, quads, digest FROM articles WHERE state = 'stored' ORDER BY sequence")
        return {id_: (quads, digest) for id_, quads, digest in rows}
