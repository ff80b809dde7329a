"""The file of the index beside the graph: names of entities, statements, and what is counted of them.

Its tables are in `index_schema.py`. Case and accents do not count. All of it is derived: a file that is
damaged, or of another layout, is thrown away and made anew (`search.py`).
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from graph.model import Entity
from graph.store.index_reading import Names, Part
from graph.store.index_rows import StatementRows, holds, lowered
from graph.store.index_schema import LAYOUT, SCHEMA, TYPES
from graph.store.likeness import Called, keys
from graph.store.packing import written
from graph.store.search_words import folded, says

_LINE: Final = "\n"


class SearchIndex:
    """The file, or an index in memory. Not for two threads at once: `search.py` holds its lock around it.

    Every method raises sqlite3.Error if the disk refuses or the file is damaged.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file `path`, made if it is not there or of another layout."""
        self._path = path
        self._sql = self._connect()
        self._rows = StatementRows(self._sql)
        if not self._fits():
            self.remake()

    def remake(self) -> None:
        """Throw all away, and begin with an empty index."""
        self._sql.close()
        if self._path is not None:
            for suffix in ("", "-wal", "-shm", "-journal"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._sql = self._connect()
        self._rows = StatementRows(self._sql)
        self._sql.execute("PRAGMA journal_mode = WAL")
        self._sql.execute("PRAGMA synchronous = NORMAL")
        self._sql.executescript(f"BEGIN; {SCHEMA} COMMIT")

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

    def doubt(self, articles: Iterable[str]) -> None:
        """Write down that articles are to be taken in anew, until `put` does so."""
        with self.transaction():
            ids = [(id_,) for id_ in articles]
            self._sql.executemany("INSERT OR IGNORE INTO doubted VALUES (?)", ids)
            self.set_sequence(-1)

    def doubted(self) -> set[str]:
        """Return the articles that are to be taken in anew."""
        return {row[0] for row in self._sql.execute("SELECT id FROM doubted")}

    def ends(self, article: str) -> set[str]:
        """Return the entities that an article names."""
        query = "SELECT id FROM ends JOIN entities ON number = entity WHERE article = ?"
        return {row[0] for row in self._sql.execute(query, (article,))}

    def names(self) -> dict[str, Names]:
        """Return what each entity is called, of what types it is said to be, and what else is said of it."""
        rows = self._sql.execute(
            "SELECT id, label, aliases, types, beyond FROM entities"
            " WHERE label <> '' OR aliases <> '' OR types <> 0 OR beyond <> ''"
        )
        return {id_: names_of(*names) for id_, *names in rows}

    def put(self, sequence: int, part: Part) -> None:
        """Put an article in the place of what is there of it; `call` has to follow for its entities."""
        self.remove(part.article)
        self._sql.execute("DELETE FROM doubted WHERE id = ?", (part.article,))
        row = (part.article, sequence, len(part.said))
        self._sql.execute("INSERT INTO articles VALUES (?, ?, ?)", row)
        with self._rows.numbers.remembering():
            for id_, end in part.ends.items():
                number = self._number(id_)
                type_ = -1 if end.type is None else TYPES.index(end.type)
                self._sql.execute(
                    "INSERT INTO ends VALUES (?, ?, ?, ?)", (part.article, number, type_, end.statements)
                )
                self._count(number, type_, end.statements, 1)
            self._rows.add(sequence, part.said)

    def relabel(self, article: str, sequence: int | None, id_: str, called: Entity | None) -> bool:
        """Let an article and its statements give an entity another label and type; `call` has to follow.

        Returns False, and changes nothing, if another version of the article is there, so that this one has
        to be `put`.
        """
        row = self._sql.execute("SELECT sequence FROM articles WHERE id = ?", (article,)).fetchone()
        if row is None or row[0] != sequence:
            return False
        if called is not None:
            self._rows.relabel(row[0], id_, called.label, called.type)
            self._vote(article, self._number(id_), TYPES.index(called.type))
        self._sql.execute("DELETE FROM doubted WHERE id = ?", (article,))
        return True

    def remove(self, article: str) -> None:
        """Remove an article; `call` has to follow for its entities."""
        row = self._sql.execute("SELECT sequence FROM articles WHERE id = ?", (article,)).fetchone()
        if row is None:
            return
        self._rows.remove(row[0])
        ends = self._sql.execute("SELECT entity, type, statements FROM ends WHERE article = ?", (article,))
        for number, type_, count in ends.fetchall():
            self._count(number, type_, -count, -1)
        self._sql.execute("DELETE FROM ends WHERE article = ?", (article,))
        self._sql.execute("DELETE FROM articles WHERE id = ?", (article,))

    def call(self, id_: str, called: Names) -> None:
        """Say what is known of an entity; without that and an article that names it, it is forgotten."""
        number = self._number(id_)
        query = "SELECT label, aliases, beyond, types, type FROM entities WHERE number = ?"
        label, aliases, before, *types = self._sql.execute(query, (number,)).fetchone()
        named, sorted_ = self._call(number, called, (label, aliases)), self._sort(number, called, types)
        more = called.same_as, called.stands_for, called.mentions
        beyond = written(more) if any(more) else ""
        if told := beyond != before:
            self._sql.execute("UPDATE entities SET beyond = ? WHERE number = ?", (beyond, number))
        if named or sorted_ or told:
            self._liken(number, called)
        if called == Names(""):
            self._sql.execute(
                "DELETE FROM entities WHERE number = ?1 AND NOT EXISTS"
                " (SELECT 1 FROM votes WHERE entity = ?1)",
                (number,),
            )

    @property
    def sql(self) -> sqlite3.Connection:
        """The connection, to read by the tables of `index_schema.py`."""
        return self._sql

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
        sql = sqlite3.connect(where, isolation_level=None, check_same_thread=False)
        sql.create_function("holds", -1, holds, deterministic=True)
        sql.create_function("says", -1, says, deterministic=True)
        sql.create_function("weight_of", 1, lambda count: math.log1p(max(0, count)), deterministic=True)
        return sql

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
        return self._rows.numbers.entity(id_)

    def _count(self, number: int, type_: int, more: int, articles: int) -> None:
        """Add to the statements of an entity. SQLite has no logarithm everywhere, so it is kept."""
        query = (
            "UPDATE entities SET statements = statements + ?1, weight = weight_of(statements + ?1)"
            " WHERE number = ?2"
        )
        self._sql.execute(query, (more, number))
        self._sql.execute(
            "INSERT INTO votes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET articles = articles + ?3",
            (number, type_, articles),
        )
        if articles < 0:
            query = "DELETE FROM votes WHERE entity = ? AND type = ? AND articles = 0"
            self._sql.execute(query, (number, type_))

    def _vote(self, article: str, number: int, type_: int) -> None:
        """Let an article give an entity, which it names, another type."""
        query = "SELECT type FROM ends WHERE article = ? AND entity = ?"
        ((before,),) = self._sql.execute(query, (article, number))
        if before != type_:
            query = "UPDATE ends SET type = ? WHERE article = ? AND entity = ?"
            self._sql.execute(query, (type_, article, number))
            self._count(number, before, 0, -1)
            self._count(number, type_, 0, 1)

    def _call(self, number: int, called: Names, old: tuple[str, str]) -> bool:
        """Change what an entity is called, if it is, and return whether it is; `old` is label and aliases."""
        new = (called.label, _LINE.join(" ".join(alias.split(_LINE)) for alias in called.aliases))
        if old == new:
            return False
        if any(old):
            self._sql.execute(
                "INSERT INTO names (names, rowid, label, aliases) VALUES ('delete', ?, ?, ?)", (number, *old)
            )
            self._sql.execute(
                "INSERT INTO name_parts (name_parts, rowid, part) VALUES ('delete', ?, ?)",
                (number, lowered(*old)),
            )
        self._sql.execute(
            "UPDATE entities SET label = ?, aliases = ?, folded = ? WHERE number = ?",
            (*new, folded(called.label), number),
        )
        if any(new):
            self._sql.execute("INSERT INTO names (rowid, label, aliases) VALUES (?, ?, ?)", (number, *new))
            self._sql.execute("INSERT INTO name_parts (rowid, part) VALUES (?, ?)", (number, lowered(*new)))
        return True

    def _sort(self, number: int, called: Names, old: Sequence[int]) -> bool:
        """Give an entity the type that most articles give it, of those that it is said to have.

        `old` are the types that it was said to have, and the one that it had of these. Return whether it is
        another.
        """
        votes = dict(self._sql.execute("SELECT type, articles FROM votes WHERE entity = ?", (number,)))
        ways = [TYPES.index(type_) for type_ in called.types]
        type_ = min(ways, key=lambda one: (-votes.get(one, 0), one), default=-1)
        packed = sum(1 << one for one in ways)
        said, had = old
        if (had, said) == (type_, packed):
            return False
        query = "UPDATE entities SET type = ?, types = ? WHERE number = ?"
        self._sql.execute(query, (type_, packed, number))
        if had != type_:
            more = "INSERT INTO types VALUES (?, ?) ON CONFLICT DO UPDATE SET entities = entities + ?2"
            self._sql.executemany(more, [(one, by) for one, by in ((had, -1), (type_, 1)) if one >= 0])
        return bool(had != type_)

    def _liken(self, number: int, called: Names) -> None:
        """Change the keys by which an entity is found among those that may be the same."""
        ((type_,),) = self._sql.execute("SELECT type FROM entities WHERE number = ?", (number,))
        now = keys(Called.of(called, type_))
        query = "SELECT key FROM name_keys WHERE entity = ?"
        before = {row[0] for row in self._sql.execute(query, (number,))}
        gone, new = ([(key, number) for key in some] for some in (before - now, now - before))
        many = self._sql.executemany
        many("DELETE FROM name_keys WHERE key = ? AND entity = ?", gone)
        many("INSERT INTO name_keys VALUES (?, ?)", new)
        more = "INSERT INTO key_counts VALUES (?, ?) ON CONFLICT DO UPDATE SET entities = entities + ?2"
        many(more, [(key, by) for some, by in ((gone, -1), (new, 1)) for key, _ in some])
        many("DELETE FROM key_counts WHERE key = ? AND entities = 0", [(key,) for key, _ in gone])


def names_of(label: str, aliases: str, types: int, beyond: str) -> Names:
    """Give what is known of an entity, of these columns of it."""
    given = tuple(type_ for place, type_ in enumerate(TYPES) if types >> place & 1)
    same_as, stands_for, mentions = json.loads(beyond) if beyond else ((), None, ())
    called = tuple(filter(None, aliases.split(_LINE)))
    return Names(label, called, given, tuple(same_as), stands_for, tuple(mentions))
