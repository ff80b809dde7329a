"""Full text: entities and statements that hold some words, in one list, those that fit best first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.codec import Json, entity_to_json, statement_to_json
from graph.model import Statement
from graph.store.archive import Archive
from graph.views.entity_reads import EntityRecord, entity_records
from graph.views.paging import Page, checked_limit, cursor_after, place_of
from graph.views.statement_reads import statements_of

_FINENESS = 10**6
"""A score is told to so many parts of 1, as a whole number, so that a cursor can hold it."""


class HitKind(StrEnum):
    """What can be found."""

    ENTITY = "entity"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Found:
    """An entity or a statement that was found, and how well it fits: more is better."""

    score: float
    thing: EntityRecord | Statement

    @property
    def kind(self) -> HitKind:
        """What it is."""
        return HitKind.STATEMENT if isinstance(self.thing, Statement) else HitKind.ENTITY


def search(
    archive: Archive, q: str, *, kind: HitKind | None = None, after: str | None = None, limit: int = 50
) -> Page[Found]:
    """List what holds the words `q`: entities in a name, statements in their sentence or a label.

    Words may stand in any order and be "phrases in quotes" or begin so*; case and accents do not count.
    A thousand of each kind are found at most: the newest statements, and the entities that were named first.
    Raises BadFilter for words, a limit or a cursor that cannot be
    used.
    """
    limit = checked_limit(limit)
    question = ("search", q, kind and HitKind(kind))
    place = None if after is None else place_of(after, question, (int, str, str))
    finders = {HitKind.ENTITY: archive.search.entities, HitKind.STATEMENT: archive.search.statements}
    keys = sorted(
        (-round(hit.score * _FINENESS), one.value, hit.id)
        for one in ([kind] if kind else HitKind)
        for hit in finders[one](q)
    )
    if place is not None:
        keys = [key for key in keys if key > place]
    page = keys[:limit]
    entities = entity_records(archive, [id_ for _, one, id_ in page if one == HitKind.ENTITY])
    said = [id_ for _, one, id_ in page if one == HitKind.STATEMENT]
    known: dict[tuple[str, str], EntityRecord | Statement] = {
        **{(HitKind.ENTITY.value, id_): record for id_, record in entities.items()},
        **{(HitKind.STATEMENT.value, one.id): one for one in statements_of(archive, said)},
    }
    items = tuple(
        Found(-score / _FINENESS, known[one, id_]) for score, one, id_ in page if (one, id_) in known
    )
    return Page(items, cursor_after(page[-1], question) if len(keys) > limit else None)


def found_to_json(found: Found) -> Json:
    """Write what was found, under the name of its kind; an entity with the number of its statements."""
    thing = found.thing
    if isinstance(thing, Statement):
        written = statement_to_json(thing)
    else:
        written = {**entity_to_json(thing.entity), "statements": thing.statements}
    return {"kind": found.kind.value, "score": found.score, found.kind.value: written}
