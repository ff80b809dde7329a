"""Ids that look like one that there is none of: what a person probably meant."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterable
from typing import Final

from graph.errors import Merged, NotFound
from graph.store.archive import Archive
from graph.store.index_rows import lowered
from graph.views.filters import StatementFilter, is_text

_LIKE: Final = 0.7
"""Likeness (0 to 1) of an id or a name to the one that was asked for."""
_LOOKED_AT: Final = 1000
_NEAR: Final = 3
_LONGEST: Final = 100
"""Characters of what was asked for that are looked at."""


def near_entities(archive: Archive, id_: str) -> list[str]:
    """Find ids of entities whose id or label looks like `id_`; the beginnings of its words lead there."""
    asked = _written(id_)
    words = asked.replace("_", " ").split()
    starts = {part for word in (words[:1] + words[-1:]) if len(part := lowered(word)[:3]) == 3}
    if not starts:
        return []
    names: dict[str, str] = {}
    for other, label in archive.search.read(lambda sql: _candidates(sql, starts)):
        names[lowered(label)] = names[lowered(other)] = other
    return _closest(asked, names)


def near_relations(archive: Archive, id_: str) -> list[str]:
    """Find ids of relations that begin as `id_` does and look like it."""
    asked = _written(id_)
    query = "SELECT id FROM relations WHERE id >= ? AND id < ? ORDER BY statements DESC LIMIT ?"
    given = (asked[:2], asked[:2] + "\U0010ffff", _LOOKED_AT)
    rows = archive.search.read(lambda sql: sql.execute(query, given).fetchall())
    return _closest(asked, {lowered(other): other for (other,) in rows})


def check_known(archive: Archive, wanted: StatementFilter) -> None:
    """Raise NotFound, which names near ids, for an entity, relation or article that is not there.

    Raises Merged for an entity that was merged into another. Without this check nothing is found by such a
    filter, which is right too.
    """
    for id_, name in wanted.entities.items():
        if not _there(archive, "entities", id_):
            refuse_merged(archive, id_)
            raise _unknown(name, "entity", id_, near_entities(archive, id_))
    unknown = [id_ for id_ in wanted.predicates if not _there(archive, "relations", id_)]
    for id_ in unknown:
        raise _unknown("predicate", "relation", id_, near_relations(archive, id_))
    if wanted.article is not None and archive.ledger.find(wanted.article) is None:
        raise NotFound(
            f"The filter article names what is not there. {archive.ledger.unknown(wanted.article)}"
        )


def refuse_merged(archive: Archive, id_: str) -> None:
    """Raise Merged if an entity was merged into another."""
    rules = archive.curator.rules
    if (merge := rules.merged(id_)) is not None:
        new = rules.final(id_)
        raise Merged(
            f"The entity {id_!r} was merged into {new!r} by decision {merge.id}; ask for that.", id_, new
        )


_LISTS: Final = {
    "entity": "GET /v1/entities?q=NAME or `newsgraph search NAME` finds a name.",
    "relation": "GET /v1/predicates lists those that there are.",
}


def _unknown(name: str, kind: str, id_: str, near: Iterable[str]) -> NotFound:
    found = ", ".join(near)
    hint = f"near it are {found}." if found else _LISTS[kind]
    return NotFound(f"The filter {name} names {id_!r}, and no {kind} has that id; {hint}")


def _there(archive: Archive, table: str, id_: str) -> bool:
    if not is_text(id_):
        return False
    query = f"SELECT 1 FROM {table} WHERE id = ?"
    return archive.search.read(lambda sql: sql.execute(query, (id_,)).fetchone()) is not None


def _candidates(sql: sqlite3.Connection, starts: Iterable[str]) -> list[tuple[str, str]]:
    match = " OR ".join('"{}"'.format(start.replace('"', '""').replace("\0", " ")) for start in starts)
    query = (
        "SELECT id, label FROM name_parts JOIN entities ON number = name_parts.rowid"
        " WHERE name_parts MATCH ? LIMIT ?"
    )
    return sql.execute(query, (match, _LOOKED_AT)).fetchall()


def _closest(asked: str, names: dict[str, str]) -> list[str]:
    """Choose of names, which lead to ids, those that look most like what was asked for."""
    asked = lowered(asked)
    ways = (asked, asked.replace("_", " "))
    close = [name for way in ways for name in difflib.get_close_matches(way, names, n=6, cutoff=_LIKE)]
    return list(dict.fromkeys(names[name] for name in close))[:_NEAR]


def _written(id_: str) -> str:
    """Write an id so that it can be looked for; half a surrogate pair becomes `?`."""
    return id_[:_LONGEST].encode("utf-8", "replace").decode()
