"""The file of the search index: SQLite FTS5 over the names of entities and the sentences of statements.

    articles      which articles are in it, each with the ledger's number of it
    entities      label and aliases, and how many statements name it; found by `names`
    ends          how many of those are of which article
    statements    sentence, and the labels of subject, predicate and object; found by `sentences`

Case and accents do not count. All of it is derived: a file that is damaged, or of another layout, is
thrown away and made anew (`search.py`).
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from graph.store.search_words import Words, folded

LAYOUT: Final = 1

_FTS: Final = """tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'"""
_SCHEMA: Final = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE articles (id TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE entities (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, aliases TEXT NOT NULL,
    folded TEXT NOT NULL, statements INTEGER NOT NULL, weight REAL NOT NULL
) STRICT;
CREATE TABLE ends (
    article TEXT NOT NULL, entity INTEGER NOT NULL, statements INTEGER NOT NULL, PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;
CREATE TABLE statements (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, article TEXT NOT NULL, sentence TEXT NOT NULL,
    labels TEXT NOT NULL
) STRICT;
CREATE INDEX of_article ON statements (article);
CREATE VIRTUAL TABLE names USING fts5(label, aliases, content = 'entities', content_rowid = 'number', {_FTS});
CREATE VIRTUAL TABLE sentences
    USING fts5(sentence, labels, content = 'statements', content_rowid = 'number', {_FTS});
INSERT INTO meta VALUES ('layout', '{LAYOUT}'), ('sequence', '-1');
"""

# A match in the label counts most, then one in an alias; a name that is just what was asked for comes
# before all that only holds it, and of names that match alike the one with the most statements.
_ENTITIES: Final = """
SELECT id, -bm25(names, 4.0, 2.0) + weight + 20.0 * (folded = :name) AS score
FROM names JOIN entities ON number = names.rowid WHERE names MATCH :match
ORDER BY score DESC, id LIMIT :limit"""
_STATEMENTS: Final = """
SELECT id, -bm25(sentences, 2.0, 1.0) AS score
FROM sentences JOIN statements ON number = sentences.rowid WHERE sentences MATCH :match
ORDER BY score DESC, id LIMIT :limit"""
_LINE: Final = "\n"


class Hit(NamedTuple):
    """The id of what was found, and how well it fits: more is better."""

    id: str
    score: float


class Names(NamedTuple):
    """What an entity is called."""

    label: str
    aliases: tuple[str, ...] = ()


class Said(NamedTuple):
    """A statement as it is found: its sentence, and the labels of its subject, predicate and object."""

    id: str
    sentence: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What of an article is in the index; `ends` are its entities with the number of their statements."""

    article: str
    sequence: int
    said: tuple[Said, ...]
    ends: Mapping[str, int]


class SearchIndex:
    """The file, or an index in memory. Not for two threads at once: `search.py` holds its lock around it.

    Every method raises sqlite3.Error if the disk refuses or the file is damaged.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file `path`, made if it is not there or of another layout."""
        self._path = path
        self._sql = self._connect()
        if not self._fits():
            self.remake()

    def remake(self) -> None:
        """Throw all away, and begin with an empty index."""
        self._sql.close()
        if self._path is not None:
            for suffix in ("", "-wal", "-shm", "-journal"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._sql = self._connect()
        self._sql.execute("PRAGMA journal_mode = WAL")
        self._sql.execute("PRAGMA synchronous = NORMAL")
        self._sql.executescript(f"BEGIN; {_SCHEMA} COMMIT")

    @property
    def sequence(self) -> int:
        """The number of the ledger's write up to which nothing is missing; -1 if that is not known."""
        return int(self._sql.execute("SELECT value FROM meta WHERE key = 'sequence'").fetchone()[0])

    def set_sequence(self, sequence: int) -> None:
        """Say that nothing is missing up to that write."""
        self._sql.execute("UPDATE meta SET value = ? WHERE key = 'sequence'", (str(sequence),))

    def articles(self) -> dict[str, int]:
        """Return the articles that are in it, each with the ledger's number of it."""
        return dict(self._sql.execute("SELECT id, sequence FROM articles"))

    def ends(self, article: str) -> set[str]:
        """Return the entities that an article names."""
        query = "SELECT id FROM ends JOIN entities ON number = entity WHERE article = ?"
        return {row[0] for row in self._sql.execute(query, (article,))}

    def names(self) -> dict[str, Names]:
        """Return what each entity is called."""
        rows = self._sql.execute("SELECT id, label, aliases FROM entities WHERE label <> '' OR aliases <> ''")
        return {id_: Names(label, tuple(filter(None, aliases.split(_LINE)))) for id_, label, aliases in rows}

    def put(self, parts: Iterable[Part]) -> None:
        """Put articles in the place of what is there of them; `call` has to follow for their entities."""
        for part in parts:
            self.remove(part.article)
            self._sql.execute("INSERT INTO articles VALUES (?, ?)", (part.article, part.sequence))
            for one in part.said:
                row = (one.id, part.article, one.sentence, _LINE.join(one.labels))
                new = self._sql.execute("INSERT INTO statements VALUES (NULL, ?, ?, ?, ?)", row).lastrowid
                self._sql.execute(
                    "INSERT INTO sentences (rowid, sentence, labels) VALUES (?, ?, ?)", (new, *row[2:])
                )
            for id_, count in part.ends.items():
                number = self._number(id_)
                self._sql.execute("INSERT INTO ends VALUES (?, ?, ?)", (part.article, number, count))
                self._count(number, count)

    def remove(self, article: str) -> None:
        """Remove an article; `call` has to follow for its entities."""
        rows = self._sql.execute(
            "SELECT number, sentence, labels FROM statements WHERE article = ?", (article,)
        ).fetchall()
        self._sql.executemany(
            "INSERT INTO sentences (sentences, rowid, sentence, labels) VALUES ('delete', ?, ?, ?)", rows
        )
        self._sql.execute("DELETE FROM statements WHERE article = ?", (article,))
        ends = self._sql.execute("SELECT entity, statements FROM ends WHERE article = ?", (article,))
        for number, count in ends.fetchall():
            self._count(number, -count)
        self._sql.execute("DELETE FROM ends WHERE article = ?", (article,))
        self._sql.execute("DELETE FROM articles WHERE id = ?", (article,))

    def call(self, id_: str, called: Names) -> None:
        """Say what an entity is called; without a name and an article that names it, it is forgotten."""
        self._call(id_, called)
        if called == Names(""):
            self._sql.execute(
                "DELETE FROM entities WHERE id = ? AND NOT EXISTS"
                " (SELECT 1 FROM ends WHERE entity = entities.number)",
                (id_,),
            )

    def find_entities(self, asked: Words, limit: int) -> list[Hit]:
        """Return the entities whose names hold the words, those that fit best first."""
        given = {"match": asked.match, "name": asked.name, "limit": limit}
        return [Hit(*row) for row in self._sql.execute(_ENTITIES, given)]

    def find_statements(self, asked: Words, limit: int) -> list[Hit]:
        """Return the statements whose sentence or labels hold the words, those that fit best first."""
        given = {"match": asked.match, "limit": limit}
        return [Hit(*row) for row in self._sql.execute(_STATEMENTS, given)]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Change all that the block changes, or nothing."""
        with self._sql:
            self._sql.execute("BEGIN IMMEDIATE")
            yield

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    def _connect(self) -> sqlite3.Connection:
        where = ":memory:" if self._path is None else self._path
        return sqlite3.connect(where, isolation_level=None, check_same_thread=False)

    def _fits(self) -> bool:
        """Tell if the file is one that this newsgraph made."""
        try:
            # What is lost to a power failure is made again from the graph, so nothing waits for the disk.
            self._sql.execute("PRAGMA synchronous = NORMAL")
            row = self._sql.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
        except sqlite3.DatabaseError:
            return False
        return row is not None and row[0] == str(LAYOUT)

    def _number(self, id_: str) -> int:
        """Return the number of an entity, which is made if need be."""
        row = self._sql.execute("SELECT number FROM entities WHERE id = ?", (id_,)).fetchone()
        if row is not None:
            return int(row[0])
        new = "INSERT INTO entities VALUES (NULL, ?, '', '', '', 0, 0.0)"
        number = self._sql.execute(new, (id_,)).lastrowid
        assert number is not None
        return number

    def _count(self, number: int, more: int) -> None:
        """Add to the statements of an entity. SQLite has no logarithm everywhere, so it is kept."""
        query = "UPDATE entities SET statements = statements + ? WHERE number = ? RETURNING statements"
        (count,) = self._sql.execute(query, (more, number)).fetchone()
        weight = math.log1p(max(0, count))
        self._sql.execute("UPDATE entities SET weight = ? WHERE number = ?", (weight, number))

    def _call(self, id_: str, called: Names) -> None:
        """Change what an entity is called, if it is."""
        number = self._number(id_)
        query = "SELECT label, aliases FROM entities WHERE number = ?"
        old = self._sql.execute(query, (number,)).fetchone()
        new = (called.label, _LINE.join(" ".join(alias.split(_LINE)) for alias in called.aliases))
        if old == new:
            return
        if any(old):
            self._sql.execute(
                "INSERT INTO names (names, rowid, label, aliases) VALUES ('delete', ?, ?, ?)", (number, *old)
            )
        self._sql.execute(
            "UPDATE entities SET label = ?, aliases = ?, folded = ? WHERE number = ?",
            (*new, folded(called.label), number),
        )
        if any(new):
            self._sql.execute("INSERT INTO names (rowid, label, aliases) VALUES (?, ?, ?)", (number, *new))
