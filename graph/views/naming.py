"""From what a person calls an entity to its id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from graph.errors import BadFilter, NotFound
from graph.store.archive import Archive
from graph.store.search_words import folded
from graph.views.entity_reads import entity, read_entities
from graph.views.filters import ENTITY_FIELDS, StatementFilter
from graph.vocab import is_iri

_LOOKED_AT: Final = 200
"""Hits of the search that are looked at: a name that is just what was asked for is among the first."""
_LISTED: Final = 5


def entity_called(archive: Archive, given: str) -> str:
    """Give the id of the entity with that id, else that label, else that alias; case does not count in names.

    Raises BadFilter, listing their ids, if several have that name; NotFound, which names near ids.
    """
    try:
        return entity(archive, given).entity.id
    except NotFound:
        ids = _called(archive, given)
        if not ids:
            raise
    if len(ids) > 1:
        listed = ", ".join(ids[:_LISTED])
        raise BadFilter(f"{given!r} is what {len(ids)} entities are called; give an id: {listed}.")
    return ids[0]


def with_ids(archive: Archive, wanted: StatementFilter) -> StatementFilter:
    """Give a filter the ids of the entities that it names by what they are called.

    What nothing is called stays as it is where it could be an id. Raises what `entity_called` does.
    """
    given = {name: getattr(wanted, name) for name in ENTITY_FIELDS if getattr(wanted, name) is not None}
    changed: dict[str, Any] = {name: _id_of(archive, value) for name, value in given.items()}
    if wanted.between is not None:
        one, other = (_id_of(archive, value) for value in wanted.between)
        changed["between"] = (one, other)
    return replace(wanted, **changed)


def _id_of(archive: Archive, given: str) -> str:
    try:
        return entity_called(archive, given)
    except NotFound:
        if not is_iri(f"http://localhost/{given}"):
            raise
        return given


def _called(archive: Archive, given: str) -> list[str]:
    """Give the ids of those with that label; if there are none, of those with that alias."""
    try:
        hits = archive.search.entities(f'"{given.replace(chr(34), " ")}"', _LOOKED_AT)
    except BadFilter:  # nothing that a name is made of
        return []
    known, name = read_entities(archive, [hit.id for hit in hits]), folded(given)
    for names in ((lambda one: (one.label,)), (lambda one: one.aliases)):
        if ids := [id_ for id_, one in known.items() if name in map(folded, names(one))]:
            return ids
    return []
