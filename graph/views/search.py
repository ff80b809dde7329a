"""Full text: entities and statements that hold some words, in one list, those that fit best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from graph.codec import Json, entity_to_json, statement_to_json
from graph.model import Statement
from graph.store.archive import Archive
from graph.store.ranking import FINENESS, START, After
from graph.views.entity_reads import EntityRecord, entity_records
from graph.views.paging import Page, checked_limit, next_cursor, place_of
from graph.views.statement_reads import statements_of

_Row: TypeAlias = tuple[int, str, int, str]
"""A place in the list: the score, backwards, the kind, the number of a statement, backwards, and the id."""
_KINDS: Final = (int, str, int, str, int)
"""The types of what a cursor has: a place, and the number of the newest statement when the list began."""
_NEWEST: Final = "SELECT coalesce(max(number), 0) FROM statements"


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
    Of the entities a thousand are found at most: those that were named first. Of the statements the newest
    three hundred are put in order of how well they fit, and older ones follow, the newest first. Of what fits
    alike entities come first, by id, then the newest statements. What is added later is not in the pages that
    follow. Raises BadFilter for words, a limit or a cursor that cannot be used.
    """
    limit = checked_limit(limit)
    question = ("search", q, kind and HitKind(kind))
    place, top = _place(archive, after, question)
    rows: list[_Row] = []
    if kind != HitKind.STATEMENT:
        hits = archive.search.entities(q, limit + 1, _after(place, HitKind.ENTITY))
        rows += ((-hit.score, HitKind.ENTITY.value, 0, hit.id) for hit in hits)
    if kind != HitKind.ENTITY:
        start = _after(place, HitKind.STATEMENT)._replace(top=top)
        hits = archive.search.statements(q, limit + 1, start)
        rows += ((-hit.score, HitKind.STATEMENT.value, -hit.number, hit.id) for hit in hits)
    rows.sort()
    known = _things(archive, rows[:limit])
    found = ((score, known.get((one, id_))) for score, one, _, id_ in rows[:limit])
    items = tuple(Found(-score / FINENESS, thing) for score, thing in found if thing is not None)
    return Page(items, next_cursor(rows[: limit + 1], limit, question, lambda row: (*row, top)))


def _place(archive: Archive, after: str | None, question: object) -> tuple[_Row | None, int]:
    """Read where a list goes on, and which statement was the newest when it began."""
    if after is None:
        return None, archive.search.read(lambda sql: sql.execute(_NEWEST).fetchone()[0])
    score, kind, number, id_, top = place_of(after, question, _KINDS)
    return (int(score), str(kind), int(number), str(id_)), int(top)


def _after(place: _Row | None, kind: HitKind) -> After:
    """Tell where the hits of a kind go on after a place; of one score, all entities come first."""
    if place is None:
        return START
    score, last, number, id_ = place
    if kind is HitKind.ENTITY:
        return After(-score, id=id_) if last == HitKind.ENTITY else After(-score - 1)
    return After(-score) if last == HitKind.ENTITY else After(-score, number=-number)


def _things(archive: Archive, rows: Sequence[_Row]) -> dict[tuple[str, str], EntityRecord | Statement]:
    """Read what rows stand for, by kind and id."""
    entities = entity_records(archive, [id_ for _, one, _, id_ in rows if one == HitKind.ENTITY])
    said = statements_of(archive, [id_ for _, one, _, id_ in rows if one == HitKind.STATEMENT])
    return {
        **{(HitKind.ENTITY.value, id_): record for id_, record in entities.items()},
        **{(HitKind.STATEMENT.value, one.id): one for one in said},
    }


def found_to_json(found: Found) -> Json:
    """Write what was found, under the name of its kind; an entity with the number of its statements."""
    thing = found.thing
    if isinstance(thing, Statement):
        written = statement_to_json(thing)
    else:
        written = {**entity_to_json(thing.entity), "statements": thing.statements}
    return {"kind": found.kind.value, "score": found.score, found.kind.value: written}
