"""Keys: who may use a server from elsewhere, and for what.

They lie in a small file of their own beside the store (`keys.sqlite`), so that `newsgraph keys` works while
a server has the store open, and what it does holds at once: the server looks before each request whether
another process has written (`revision`, SQLite's `data_version`, some 3 microseconds).

A token is `newsgraph_ID_SECRET`. The file holds its SHA-256 alone: 256 random bits need no slow hash, since
there is nothing to guess. A key that is revoked keeps its row, so that audit lines stay readable.
"""

from __future__ import annotations

import difflib
import hashlib
import hmac
import os
import re
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from graph.errors import BadFilter, Conflict, NotFound, StoreDamaged, StoreError, StoreFull
from graph.settings import RATE

FILE: Final = "keys.sqlite"
PREFIX: Final = "newsgraph_"
RESERVED: Final = frozenset({"anonymous", "api-key"})
"""Names of who has no key, and of who has that of the settings."""
_LAYOUT: Final = 1
_BUSY_SECONDS: Final = 5.0
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_TOKEN: Final = re.compile(rb"newsgraph_([0-9a-f]{8})_[0-9a-f]{64}")
_NOBODY: Final = bytes(32)  # compared with where there is no such key, so that this takes as long
_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS keys (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, scope TEXT NOT NULL,
    digest BLOB NOT NULL, added TEXT NOT NULL, expires TEXT, rate TEXT, revoked TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS one_of_a_name ON keys (name) WHERE revoked IS NULL;
PRAGMA user_version = {_LAYOUT};
"""


class Access(StrEnum):
    """What a key is good for; each includes those before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def covers(self, needed: Access) -> bool:
        """Tell if a key of this scope may do what needs `needed`."""
        order = list(Access)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret; `expires` is the last day (UTC) on which it is good."""

    id: str
    name: str
    scope: Access
    added: datetime
    expires: date | None
    rate: str | None
    revoked: datetime | None

    def state(self, now: datetime) -> str:
        """Say how it is: active, expired or revoked."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and now.date() > self.expires else "active"


class Keys:
    """The file of keys in a store's folder, open. Safe to use from many threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Open the file, made (for its owner alone) if it is not there. Raises StoreError."""
        self._path = folder / FILE
        self._known: Mapping[str, tuple[Key, bytes]] = {}
        self._seen: int | None = None
        with _telling(self._path):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            with closing(_connect(self._path)) as sql:
                _prepare(sql, self._path)
            self._sql = _connect(self._path)

    @property
    def revision(self) -> int:
        """A number that changes whenever something in the file does. Raises StoreError."""
        try:
            return int(self._sql.execute("PRAGMA data_version").fetchone()[0])
        except (sqlite3.Error, OSError, ValueError):
            with _telling(self._path):
                raise

    def look(self) -> tuple[int, list[Key]]:
        """Return the `revision`, and all keys as they are in it or have become since. Raises StoreError."""
        revision = self._look()
        return revision, [key for key, _ in self._known.values()]

    def all(self) -> list[Key]:
        """Return all keys, also those that are good no more, in the order in which they were made."""
        return self.look()[1]

    def find(self, token: bytes) -> Key | None:
        """Return the key of a token, be it good or not; None if there is none. Raises StoreError."""
        self._look()
        match = _TOKEN.fullmatch(token)
        key, digest = self._known.get(match[1].decode() if match else "", (None, _NOBODY))
        return key if hmac.compare_digest(digest_of(token), digest) else None

    def add(
        self, name: str, scope: Access, expires: date | None = None, rate: str | None = None
    ) -> tuple[Key, str]:
        """Make a key; return it and its token, which is not kept. Raises BadFilter, Conflict, StoreError."""
        now = datetime.now(UTC).replace(microsecond=0)
        _check(name, expires, rate, now)
        key = Key(secrets.token_hex(4), name, scope, now, expires, rate, None)
        token = f"{PREFIX}{key.id}_{secrets.token_hex(32)}"
        row = (key.id, name, scope.value, digest_of(token.encode()), now.isoformat(), _iso(expires), rate)
        try:
            with self._writing() as sql:
                sql.execute(
                    "INSERT INTO keys (id, name, scope, digest, added, expires, rate)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
        except sqlite3.IntegrityError as error:
            raise Conflict(
                f"There is a key of the name {name!r}; choose another name, or revoke that one first."
            ) from error
        return key, token

    def revoke(self, which: str) -> Key:
        """Revoke the key of an id or a name; return it. Raises NotFound, naming near ones, or StoreError."""
        good = [key for key in self.all() if key.revoked is None]
        key = next((key for key in good if which in (key.id, key.name)), None)
        if key is None:
            names = sorted(key.name for key in good)
            near = difflib.get_close_matches(which, names, n=3) or names[:10]
            there = f"There is {', '.join(near)}." if near else "There is none."
            raise NotFound(f"No key that is good has the name or id {which!r}. {there}")
        now = datetime.now(UTC).replace(microsecond=0)
        with self._writing() as sql:
            sql.execute("UPDATE keys SET revoked = ? WHERE id = ?", (now.isoformat(), key.id))
        return next(one for one in self.all() if one.id == key.id)

    def close(self) -> None:
        """Release the file."""
        self._sql.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _look(self) -> int:
        """Read the keys, if something has changed since; return the revision."""
        revision = self.revision
        if revision == self._seen:
            return revision
        with _telling(self._path):
            rows = self._sql.execute(
                "SELECT id, name, scope, added, expires, rate, revoked, digest FROM keys ORDER BY number"
            ).fetchall()
            self._known = {row[0]: (_key(row[:-1]), row[-1]) for row in rows}
        self._seen = revision
        return revision

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Have a transaction, by a connection of its own: one does not see its own changes as such."""
        with _telling(self._path), closing(_connect(self._path)) as sql, sql:
            sql.execute("BEGIN IMMEDIATE")
            yield sql


def key_to_json(key: Key, now: datetime) -> dict[str, str | None]:
    """Write a key as JSON, which `state` says how it is at the moment `now`."""
    return {
        "id": key.id,
        "name": key.name,
        "scope": key.scope.value,
        "state": key.state(now),
        "added": key.added.isoformat(),
        "expires": _iso(key.expires),
        "rate": key.rate,
        "revoked": _iso(key.revoked),
    }


def digest_of(token: bytes) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token).digest()


def are_there(folder: Path) -> bool:
    """Tell if a key was ever made for the store in `folder`; makes nothing. Raises StoreError."""
    if not (folder / FILE).exists():
        return False
    with Keys(folder) as keys:
        return bool(keys.all())


def carry_over(old: Path, new: Path) -> None:
    """Copy the keys of one folder into another, which has none: they belong to the place, not to the data.

    Raises StoreError.
    """
    if (old / FILE).exists():
        with (
            Keys(old),
            Keys(new),
            _telling(new / FILE),
            closing(_connect(old / FILE)) as source,
            closing(_connect(new / FILE)) as target,
        ):
            source.backup(target)


def _check(name: str, expires: date | None, rate: str | None, now: datetime) -> None:
    if not _NAME.fullmatch(name) or name in RESERVED:
        raise BadFilter(
            f"{name!r} cannot be the name of a key; use letters, digits, '.', '-', '_' and '@', at most 64,"
            f" and not {' or '.join(sorted(RESERVED))}."
        )
    if expires is not None and expires < now.date():
        raise BadFilter(f"{expires} is over; name a day to come, the last on which the key is good (UTC).")
    if rate is not None and not re.fullmatch(RATE, rate):
        raise BadFilter(f"{rate!r} is no rate; write it as 600/minute (or second, hour, day), or off.")


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _prepare(sql: sqlite3.Connection, path: Path) -> None:
    """Make the table unless it is there. Raises StoreDamaged for a file of another layout."""
    (layout,) = sql.execute("PRAGMA user_version").fetchone()
    if layout > _LAYOUT:
        raise StoreDamaged(f"A newer newsgraph made the keys in {path}; install that version.")
    if layout < _LAYOUT:
        sql.execute("PRAGMA journal_mode = WAL")
        sql.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")


def _key(row: tuple[str, str, str, str, str | None, str | None, str | None]) -> Key:
    key_id, name, scope, added, expires, rate, revoked = row
    return Key(
        key_id,
        name,
        Access(scope),
        datetime.fromisoformat(added),
        date.fromisoformat(expires) if expires else None,
        rate,
        datetime.fromisoformat(revoked) if revoked else None,
    )


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn what the disk raises about the file into a StoreError."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.Error, OSError, ValueError) as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise StoreFull(
                f"The keys in {path} cannot be written ({error}); make room on the disk, then do it again."
            ) from error
        raise StoreError(
            f"The keys in {path} cannot be used ({error}); let this user read and write the file,"
            " or move it away and make the keys anew."
        ) from error
