"""Entities that may be one, for a person to merge or to keep apart, with what speaks for it and against.

They are found by the keys of the index (`graph/store/likeness.py`): what is looked at for a page is bounded,
however much there is. What was merged is one already, and what was kept apart is not asked about again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

from graph import views
from graph.codec import Json, entity_to_json
from graph.model import EntityType
from graph.rules import Rules
from graph.store.archive import Archive
from graph.store.likeness import MEANING, Called, Reason, reasons
from graph.store.search_index import names_of
from graph.views import EntityRecord, Page
from graph.views.entity_reads import entity_records
from graph.views.paging import checked_limit, cursor_after, place_of

MANY: Final = 20
"""What more entities share than this, tells nothing of any two of them (*Kim*, *John*)."""
_LOOKED_AT: Final = 500
"""Pairs that are compared for one page; after so many it ends, and goes on in the next."""
_AT_ONCE: Final = 100
_NEAREST: Final = 200
"""Neighbours, those with the most statements first, among which shared ones are counted."""
_SHOWN: Final = 5

_KEYS: Final = (
    f"SELECT key FROM key_counts WHERE entities > 1 AND entities <= {MANY} AND key >= ? ORDER BY key"
)
_KEYS_OF: Final = f"""
SELECT key FROM name_keys JOIN key_counts USING (key)
WHERE entity = (SELECT number FROM entities WHERE id = ?) AND entities > 1 AND entities <= {MANY} AND key >= ?
ORDER BY key"""
_WITH_KEY: Final = """
SELECT number, id, statements, type, label, aliases, types, beyond
FROM name_keys JOIN entities ON number = entity WHERE key = ? ORDER BY id"""
_SHARED: Final = """
SELECT e.id, e.label
FROM (SELECT other FROM pairs WHERE entity = ? ORDER BY statements DESC, id LIMIT ?) AS near
JOIN pairs AS p ON p.entity = ? AND p.other = near.other JOIN entities AS e ON e.number = near.other
ORDER BY e.statements DESC, e.id"""


class Side(NamedTuple):
    """One of two entities, with the statements about it, and the number of articles that name it."""

    entity: EntityRecord
    articles: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one, that with more statements first: the other could be merged into it.

    `shared` are the ids and labels of entities that share statements with both, `both` the number of
    statements with one at each end, which speak against it.
    """

    sides: tuple[Side, Side]
    reasons: tuple[Reason, ...]
    shared: tuple[tuple[str, str], ...]
    both: int


class _Found(NamedTuple):
    ids: tuple[str, str]
    reasons: tuple[Reason, ...]
    articles: tuple[int, int]
    shared: tuple[tuple[str, str], ...]
    both: int


class _One(NamedTuple):
    """An entity, as the index has it."""

    number: int
    id: str
    called: Called
    statements: int


_Place = tuple[str, str, str]
"""The key by which a pair is found, and the ids of the two."""


def candidates(
    archive: Archive,
    *,
    about: str | None = None,
    type: EntityType | None = None,  # noqa: A002  the name of the filter, as in HTTP
    after: str | None = None,
    limit: int = 50,
) -> Page[Candidate]:
    """List pairs of entities that may be one, by what speaks for it most; `about` is one, `type` that of one.

    A page may hold fewer than `limit` with more to come. Raises NotFound, which names near ids, or Merged;
    BadFilter for a limit or cursor that cannot be used.
    """
    limit, question = checked_limit(limit), ("candidates", about, type and EntityType(type))
    key, one, other = ("", "", "") if after is None else place_of(after, question, (str, str, str))
    place = str(key), str(one), str(other)
    if about is not None:
        views.entity(archive, about)
    walk = _Walk(about, type and EntityType(type), archive.curator.rules)
    found, last = archive.search.read(lambda sql: walk.page(sql, place, limit))
    known = entity_records(archive, sorted({id_ for one in found for id_ in one.ids}))
    items = tuple(_candidate(one, known) for one in found if known.keys() >= set(one.ids))
    return Page(items, None if last is None else cursor_after(last, question))


def candidate_to_json(candidate: Candidate) -> Json:
    """Write a candidate as JSON."""
    return {
        "entities": [
            {
                **entity_to_json(side.entity.entity),
                "statements": side.entity.statements,
                "articles": side.articles,
            }
            for side in candidate.sides
        ],
        "reasons": [
            {"rule": rule.value, "meaning": MEANING[rule], "names": [one, other]}
            for rule, one, other in candidate.reasons
        ],
        "sharedNeighbours": {
            "count": len(candidate.shared),
            "items": [{"id": id_, "label": label} for id_, label in candidate.shared[:_SHOWN]],
        },
        "statementsBetween": candidate.both,
    }


def _candidate(found: _Found, known: dict[str, EntityRecord]) -> Candidate:
    one, other = (Side(known[id_], count) for id_, count in zip(found.ids, found.articles, strict=True))
    return Candidate((one, other), found.reasons, found.shared, found.both)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk along the keys that entities share, and the pairs of those with each."""

    about: str | None
    type: EntityType | None
    rules: Rules

    def page(self, sql: sqlite3.Connection, place: _Place, limit: int) -> tuple[list[_Found], _Place | None]:
        """Find the pairs after a place, and the place to go on from, None if there are no more."""
        found: list[_Found] = []
        last = place
        for looked_at, (key, one, other) in enumerate(self._pairs(sql, place)):
            if looked_at == _LOOKED_AT:
                return found, last
            why = self._reasons(sql, key, one, other)
            if why and len(found) == limit:
                return found, last
            if why:
                found.append(_found(sql, one, other, why))
            if why or len(found) < limit:
                last = key, one.id, other.id
        return found, None

    def _pairs(self, sql: sqlite3.Connection, place: _Place) -> Iterator[tuple[str, _One, _One]]:
        for key in self._keys(sql, place[0]):
            rows = sql.execute(_WITH_KEY, (key,)).fetchall()
            for one, other in combinations([_one(row) for row in rows], 2):
                if self.about in (None, one.id, other.id) and (key, one.id, other.id) > place:
                    yield key, one, other

    def _keys(self, sql: sqlite3.Connection, start: str) -> Iterator[str]:
        """Give the keys that are shared, from `start` on, some at once: who reads on is soon done."""
        if self.about is not None:
            yield from [row[0] for row in sql.execute(_KEYS_OF, (self.about, start))]
            return
        while rows := sql.execute(f"{_KEYS} LIMIT {_AT_ONCE}", (start,)).fetchall():
            yield from (row[0] for row in rows)
            start = f"{rows[-1][0]}\0"  # the next text in the order of texts

    def _reasons(self, sql: sqlite3.Connection, key: str, one: _One, other: _One) -> tuple[Reason, ...]:
        """Give the reasons of a pair at the first key that it is found by, and none at the others."""
        if self.type is not None and self.type not in (one.called.type, other.called.type):
            return ()
        why = reasons(key, one.called, other.called)
        if key not in why or self.rules.apart(one.id, other.id) is not None:
            return ()
        before = (earlier for earlier in why if earlier < key)
        return () if any(_is_looked_at(sql, earlier) for earlier in before) else tuple(why.values())


def _is_looked_at(sql: sqlite3.Connection, key: str) -> bool:
    row = sql.execute("SELECT entities FROM key_counts WHERE key = ?", (key,)).fetchone()
    return row is not None and row[0] <= MANY


def _one(row: tuple[int, str, int, int, str, str, int, str]) -> _One:
    return _One(*row[:2], Called.of(names_of(*row[4:]), row[3]), row[2])


def _found(sql: sqlite3.Connection, one: _One, other: _One, why: tuple[Reason, ...]) -> _Found:
    if (-one.statements, one.id) > (-other.statements, other.id):
        one, other = other, one
        why = tuple(Reason(rule, its, mine) for rule, mine, its in why)
    shared = sql.execute(_SHARED, (other.number, _NEAREST, one.number)).fetchall()
    both = sql.execute(
        "SELECT statements FROM pairs WHERE entity = ? AND other = ?", (one.number, other.number)
    ).fetchone()
    votes = "SELECT coalesce(sum(articles), 0) FROM votes WHERE entity = ?"
    (ours,), (theirs,) = (sql.execute(votes, (each.number,)).fetchone() for each in (one, other))
    return _Found((one.id, other.id), why, (ours, theirs), tuple(shared), both[0] if both else 0)
