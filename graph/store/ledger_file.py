"""The SQLite file under the ledger: its tables, what is checked when it is opened, what its errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from graph.errors import StoreDamaged, StoreError, StoreFull, StoreInUse, StoreMismatch
from graph.store.absent import REMOVED
from graph.store.decision_rows import DECIDED
from graph.store.feed_rows import FEEDS
from graph.store.job_rows import JOBS
from graph.store.marks import MARKS

LAYOUT: Final = 3
_BUSY_SECONDS: Final = 10.0

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'deleting')),
    text TEXT NOT NULL, title TEXT, url TEXT, published TEXT, publisher TEXT,
    quads INTEGER NOT NULL DEFAULT 0,
    model TEXT NOT NULL,
    program TEXT NOT NULL,
    added TEXT NOT NULL,
    digest TEXT,
    UNIQUE (id, state)
) STRICT;
CREATE TABLE IF NOT EXISTS attempts (id TEXT PRIMARY KEY, begun INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edits (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
"""

# The layout that a step leads to, and the step; 3 only has more tables.
_UPGRADES: Final = {2: "ALTER TABLE articles ADD COLUMN digest TEXT"}

_FULL: Final = "The ledger {path} cannot be written ({error}); make room on the disk, then do it again."
_DAMAGED: Final = (
    "The ledger {path} is damaged ({error}); restore its folder from a backup, or move the folder away"
    " and ingest the articles anew."
)
_CLOSED_OFF: Final = (
    "The ledger {path} cannot be opened or written ({error}); let this user write to its folder and the"
    " files in it, or name another folder."
)
_IN_USE: Final = "The ledger {path} is open in another program ({error}); stop that, then do it again."
_OTHER: Final = "The ledger {path} cannot be used ({error}); mend that, then do it again."

# The code of SQLite's error, the error that it then is, and what to say. Extended codes come first.
_FAILURES: Final[dict[int, tuple[type[StoreError], str]]] = {
    sqlite3.SQLITE_IOERR_SHMSIZE: (StoreFull, _FULL),  # no room for the index of the write-ahead log
    sqlite3.SQLITE_FULL: (StoreFull, _FULL),
    sqlite3.SQLITE_CORRUPT: (StoreDamaged, _DAMAGED),
    sqlite3.SQLITE_NOTADB: (StoreDamaged, _DAMAGED),
    sqlite3.SQLITE_READONLY: (StoreError, _CLOSED_OFF),
    sqlite3.SQLITE_CANTOPEN: (StoreError, _CLOSED_OFF),
    sqlite3.SQLITE_PERM: (StoreError, _CLOSED_OFF),
    sqlite3.SQLITE_BUSY: (StoreInUse, _IN_USE),
    sqlite3.SQLITE_LOCKED: (StoreInUse, _IN_USE),
}


def connect(path: Path | None, *, filled: bool) -> sqlite3.Connection:
    """Open the file `path` (made if need be), or an empty one in memory, with all its tables.

    `filled` says that there was a ledger, so that an empty file is no new one but a lost one. Raises
    StoreMismatch if a newer newsgraph made it, StoreDamaged if it is no ledger, StoreFull or StoreError
    if the disk refuses.
    """
    with telling(path):
        sql = sqlite3.connect(
            ":memory:" if path is None else path,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
    try:
        with telling(path):
            if filled:
                _check_filled(sql, path)
            _prepare(sql, path)
            _check_numbers(sql, path)
    except BaseException:
        sql.close()
        raise
    return sql


@contextmanager
def telling(path: Path | None) -> Iterator[None]:
    """Turn what SQLite raises about the file `path` into the StoreError that it is."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None) or 0  # the module's own errors have none
        kind, message = _FAILURES.get(code) or _FAILURES.get(code & 0xFF) or (StoreError, _OTHER)
        raise kind(message.format(path=_name(path), error=error)) from error


def damaged(path: Path | None, why: str) -> StoreDamaged:
    """Make the error for a file that SQLite can read but that holds what no ledger does."""
    return StoreDamaged(_DAMAGED.format(path=_name(path), error=why))


def _name(path: Path | None) -> str:
    return "in memory" if path is None else str(path)


def _check_filled(sql: sqlite3.Connection, path: Path | None) -> None:
    if sql.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone() is None:
        raise damaged(path, "it is empty, and there is a graph beside it")


def _prepare(sql: sqlite3.Connection, path: Path | None) -> None:
    """Make the tables that are not there yet, and bring those of an older newsgraph up to date.

    All in one transaction, so that what is killed in between has the old layout, whole.
    """
    # FULL: a commit is on the disk when it returns, through a power failure too.
    sql.execute("PRAGMA journal_mode = WAL")
    sql.execute("PRAGMA synchronous = FULL")
    with sql:
        sql.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} {DECIDED} {MARKS} {JOBS} {FEEDS} {REMOVED}")
        sql.executemany(
            "INSERT OR IGNORE INTO meta VALUES (?, ?)", [("layout", str(LAYOUT)), ("sequence", "0")]
        )
        layout = _number(sql, path, "layout")
        for _, step in sorted(_UPGRADES.items())[max(0, layout - 1) :]:
            sql.execute(step)
        if layout < LAYOUT:
            sql.execute("UPDATE meta SET value = ? WHERE key = 'layout'", (str(LAYOUT),))


def _check_numbers(sql: sqlite3.Connection, path: Path | None) -> None:
    """See that the layout is one that we know, and that the next sequence number is free."""
    layout, sequence = (_number(sql, path, key) for key in ("layout", "sequence"))
    if layout > LAYOUT:
        raise StoreMismatch(
            f"The store has layout {layout}, which a newer newsgraph made; this one knows up to {LAYOUT}."
            " Install the newer version."
        )
    (last,) = sql.execute("SELECT coalesce(max(sequence), 0) FROM articles").fetchone()
    if last > sequence:
        raise damaged(path, f"its last article has the number {last}, but it counted to {sequence}")


def _number(sql: sqlite3.Connection, path: Path | None, key: str) -> int:
    (value,) = sql.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    try:
        return int(value)
    except ValueError as error:
        raise damaged(path, f"its {key} is {value!r}, which is no number") from error


def last_sequence(sql: sqlite3.Connection) -> int:
    """Return the number of the last write."""
    return int(sql.execute("SELECT value FROM meta WHERE key = 'sequence'").fetchone()[0])
