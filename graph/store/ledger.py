"""The ledger: each article's text and metadata, and how far its ingestion got, in SQLite.

The text is what must survive; the graph can be made again from it. An article has a row for each
state it is in: `pending` from the moment its text is written until its quads are in the graph,
`stored` after that, `deleting` while it is removed. A stored article that is read again has both a
stored row and a pending one, so that nothing is lost when the second reading fails (`marks.py`).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from graph import __version__
from graph.errors import NotFound
from graph.model import Article
from graph.store import absent
from graph.store.base import Contents
from graph.store.ledger_file import connect, damaged, last_sequence, telling
from graph.store.marks import PROBLEM, Mark, mark, marked, unmark
from graph.store.records import ArticleRecord, Heading, State, heading, record
from graph.store.rows import SAME, advance, fields, insert

_IDS_AT_ONCE = 500
Beside: TypeAlias = Callable[[sqlite3.Connection], object]

# A stored row hides the pending one beside it: what readers see is what the graph holds.
_SHOWN = """
    (state = 'stored' OR (state = 'pending' AND NOT EXISTS
        (SELECT 1 FROM articles AS other WHERE other.id = articles.id AND other.state <> 'pending')))
"""


class Ledger:
    """The SQLite file; safe to use from many threads.

    Every method raises StoreFull if the disk is full, another StoreError if it refuses or is damaged.
    """

    def __init__(self, path: Path | None, *, filled: bool = False) -> None:
        """Open the file `path` (made if need be), or an empty ledger in memory; raises as `connect` does.

        `filled` says that there was a ledger already, so that an empty file is a damaged one.
        """
        self._path = path
        self._lock = threading.RLock()
        self._sql = connect(path, filled=filled)
        self._sequence = last_sequence(self._sql)

    def base(self, base: str) -> str:
        """Return the base IRI that the ledger was made with; the first to ask settles it as `base`."""
        with self.transaction() as sql:
            sql.execute("INSERT OR IGNORE INTO meta VALUES ('base', ?)", (base,))
            return str(sql.execute("SELECT value FROM meta WHERE key = 'base'").fetchone()[0])

    @property
    def sequence(self) -> int:
        """The number of the last write; it grows with each one. To look at it takes no time and no lock."""
        return self._sequence

    def begin(self, article: Article, model: str) -> None:
        """Write the article down as pending; one with the same id that is pending already is replaced."""
        with self.transaction() as sql:
            sql.execute("DELETE FROM articles WHERE id = ? AND state = 'pending'", (article.id,))
            sql.execute("DELETE FROM attempts WHERE id = ?", (article.id,))
            unmark(sql, article.id, "failed")
            insert(sql, article, "pending", model)

    def attempt(self, article: Article) -> int:
        """Count one more reading of a pending article, before it begins; return which one it is.

        `begin` is the first, so this gives 2 at least; 0 if just this article is no longer pending.
        """
        with self.transaction() as sql:
            query = f"SELECT 1 FROM articles WHERE state = 'pending' AND {SAME}"
            if sql.execute(query, fields(article)).fetchone() is None:
                return 0
            sql.execute(
                "INSERT INTO attempts VALUES (?, 2) ON CONFLICT (id) DO UPDATE SET begun = begun + 1",
                (article.id,),
            )
            return int(sql.execute("SELECT begun FROM attempts WHERE id = ?", (article.id,)).fetchone()[0])

    def ended(self, article: Article) -> None:
        """Forget the readings that `attempt` counted, since the last one came to an end, good or bad."""
        with self.transaction() as sql:
            sql.execute("DELETE FROM attempts WHERE id = ?", (article.id,))

    def store(self, article: Article, model: str, contents: Contents, beside: Beside | None = None) -> None:
        """Write down that the graph holds the article, with such `contents`; its pending row ends.

        What `beside` writes is one transaction with that.
        """
        with self.transaction() as sql:
            sql.execute(
                "DELETE FROM articles WHERE id = ? AND state IN ('stored', 'deleting')", (article.id,)
            )
            sql.execute(f"DELETE FROM articles WHERE state = 'pending' AND {SAME}", fields(article))
            unmark(sql, article.id)
            sql.execute("DELETE FROM edits WHERE id = ?", (article.id,))
            absent.returned(sql, article.id)
            insert(sql, article, "stored", model, contents)
            if beside is not None:
                beside(sql)

    def abandon(self, article: Article) -> None:
        """Forget that the article is pending; a stored version of it stays as it is."""
        with self.transaction() as sql:
            sql.execute(f"DELETE FROM articles WHERE state = 'pending' AND {SAME}", fields(article))
            unmark(sql, article.id)

    def fail(self, article: Article, sentence: str) -> None:
        """Write down why a pending article cannot be read, and what to do; it stays pending."""
        with self.transaction() as sql:
            query = f"SELECT 1 FROM articles WHERE state = 'pending' AND {SAME}"
            if sql.execute(query, fields(article)).fetchone():
                mark(sql, article.id, "failed", sentence)
                advance(sql)

    def marked(self, kind: Mark) -> list[tuple[str, str]]:
        """Return id and sentence of the pending articles with that mark, those begun last first."""
        with self.reading() as sql:
            return marked(sql, kind)

    def damaged(self, id_: str, found: str) -> None:
        """Make a stored article pending again, because the graph holds only what `found` says of it."""
        with self.transaction() as sql:
            mark(sql, id_, "damaged", found)
            sql.execute("DELETE FROM articles WHERE id = ? AND state = 'pending'", (id_,))
            sql.execute(
                "UPDATE articles SET state = 'pending', quads = 0 WHERE id = ? AND state = 'stored'", (id_,)
            )

    def deleting(self, id_: str, *, told: bool = False, successor: str | None = None) -> None:
        """Write down that the article is being removed; what is pending of it is forgotten.

        With `told`, who asks for it later is told that it was, and by which one it was replaced.
        """
        with self.transaction() as sql:
            sql.execute(
                "DELETE FROM articles WHERE id = :id AND state = 'pending' AND EXISTS"
                " (SELECT 1 FROM articles WHERE id = :id AND state = 'stored')",
                {"id": id_},
            )
            sql.execute("UPDATE OR REPLACE articles SET state = 'deleting' WHERE id = ?", (id_,))
            if told:
                absent.removed(sql, id_, successor)

    def remove(self, id_: str) -> None:
        """Remove the article that was being deleted."""
        with self.transaction() as sql:
            sql.execute("DELETE FROM articles WHERE id = ? AND state = 'deleting'", (id_,))
            for beside in ("edits WHERE id", "originals WHERE id", "touches WHERE article"):
                sql.execute(f"DELETE FROM {beside} = ?", (id_,))
            unmark(sql, id_)
            advance(sql)

    def holds(self, article: Article, model: str) -> bool:
        """Return whether just this is stored: text and metadata, read by this model and this newsgraph."""
        same = f"{SAME} AND model = :model AND program = :program"
        parameters = {**fields(article), "model": model, "program": __version__}
        with self.reading() as sql:
            query = f"SELECT 1 FROM articles WHERE state = 'stored' AND {same}"
            return sql.execute(query, parameters).fetchone() is not None

    def stored(self, id_: str) -> bool:
        """Return whether some version of the article is stored."""
        with self.reading() as sql:
            row = sql.execute("SELECT 1 FROM articles WHERE id = ? AND state = 'stored'", (id_,)).fetchone()
            return row is not None

    def completed(self, article: Article) -> Article:
        """Return the article with what is known of the same text (`Article.beside`)."""
        known = self.find(article.id)
        return article if known is None else article.beside(known.article)

    def find(self, id_: str) -> ArticleRecord | None:
        """Return the article with that id: as it is stored, or else as it is pending."""
        rows = self._rows(f"WHERE id = ? AND {_SHOWN}", id_)
        return rows[0] if rows else None

    def page(self, after: int, limit: int) -> list[ArticleRecord]:
        """Return at most `limit` articles with a sequence number over `after`, in its order."""
        return self._rows(f"WHERE sequence > ? AND {_SHOWN} ORDER BY sequence LIMIT ?", after, limit)

    def headings(self, after: int, limit: int) -> list[Heading]:
        """Return what `page` does, without the texts, so that a long list of long articles is a small one."""
        columns = f"id, title, url, published, publisher, state, sequence, model, added, {PROBLEM}"
        query = f"SELECT {columns} FROM articles WHERE sequence > ? AND {_SHOWN} ORDER BY sequence LIMIT ?"
        with self._parsing() as sql:
            return [heading(row) for row in sql.execute(query, (after, limit))]

    def places(self, after: int, limit: int) -> dict[str, int]:
        """Return ids and sequence numbers of the articles that `page` gives, in its order."""
        query = f"SELECT id, sequence FROM articles WHERE sequence > ? AND {_SHOWN} ORDER BY sequence LIMIT ?"
        with self.reading() as sql:
            return dict(sql.execute(query, (after, limit)))

    def sequences(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the sequence number of each of those articles that there are."""
        wanted = list(ids)
        found: dict[str, int] = {}
        with self.reading() as sql:
            for start in range(0, len(wanted), _IDS_AT_ONCE):
                some = wanted[start : start + _IDS_AT_ONCE]
                marks = ", ".join("?" * len(some))
                query = f"SELECT id, sequence FROM articles WHERE id IN ({marks}) AND {_SHOWN}"
                found |= dict(sql.execute(query, some))
        return found

    def in_state(self, state: State) -> list[ArticleRecord]:
        """Return all articles in one state, in the order in which they were written."""
        return self._rows("WHERE state = ? ORDER BY sequence", state)

    def settled(self, limit: int | None = None) -> list[tuple[str, int]]:
        """Return id and quads of the last `limit` articles that are stored with nothing pending.

        Those whose graph a user has changed hold another number, rightly, and are left out.
        """
        with self.reading() as sql:
            return sql.execute(
                "SELECT id, quads FROM articles WHERE state = 'stored' AND NOT EXISTS (SELECT 1 FROM articles"
                " AS other WHERE other.id = articles.id AND other.state = 'pending')"
                " AND id NOT IN (SELECT id FROM edits)"
                " ORDER BY sequence DESC LIMIT ?",
                (-1 if limit is None else limit,),
            ).fetchall()

    def hint(self, id_: str) -> str:
        """Lead to the ids that begin alike, else to any that there are."""
        with self.reading() as sql:
            return absent.hint(sql, id_)

    def unknown(self, id_: str) -> NotFound:
        """Make the error for an id that no article has: Gone if it was removed, else with ids near it."""
        with self.reading() as sql:
            return absent.unknown(sql, id_)

    def unstored(self) -> list[str]:
        """Return the ids of the pending articles of which no version is stored."""
        query = f"SELECT id FROM articles WHERE state = 'pending' AND {_SHOWN}"
        with self.reading() as sql:
            return [row[0] for row in sql.execute(query)]

    def ids(self) -> set[str]:
        """Return the ids of all articles, whatever state they are in."""
        with self.reading() as sql:
            return {row[0] for row in sql.execute("SELECT id FROM articles")}

    def count(self) -> int:
        """Return how many articles are stored."""
        with self.reading() as sql:
            return int(sql.execute("SELECT count(*) FROM articles WHERE state = 'stored'").fetchone()[0])

    def changed(self) -> datetime | None:
        """Return when the last write was, of whatever it was; None if none is known."""
        with self.reading() as sql:
            row = sql.execute("SELECT value FROM meta WHERE key = 'changed'").fetchone()
            return None if row is None else datetime.fromisoformat(row[0])

    def backup(self, path: Path) -> None:
        """Write a copy of all that is committed into a new file."""
        with self.reading() as sql, closing(sqlite3.connect(path)) as copy:
            sql.backup(copy)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._sql.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read the ledger by its tables."""
        with self._lock, telling(self._path):
            yield self._sql

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Change the ledger: all of the block or nothing of it, and on the disk at its end."""
        with self.reading() as sql:
            with sql:
                sql.execute("BEGIN IMMEDIATE")
                yield sql
            self._sequence = last_sequence(sql)

    @contextmanager
    def _parsing(self) -> Iterator[sqlite3.Connection]:
        """Read rows that hold dates: one that is none is damage, not a fault of who asks."""
        with self.reading() as sql:
            try:
                yield sql
            except ValueError as error:
                raise damaged(self._path, f"a date in it cannot be read: {error}") from error

    def _rows(self, tail: str, *parameters: str | int) -> list[ArticleRecord]:
        columns = f"text, title, url, published, publisher, state, sequence, quads, model, added, {PROBLEM}"
        with self._parsing() as sql:
            return [record(row) for row in sql.execute(f"SELECT {columns} FROM articles {tail}", parameters)]
