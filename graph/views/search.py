"""Full text: entities and statements that hold some words, in one list, those that fit best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from graph.codec import Json, entity_to_json, statement_to_json
from graph.model import Statement
from graph.store.archive import Archive
from graph.store.packing import written
from graph.store.ranking import FINENESS, START, After
from graph.views.entity_reads import EntityRecord, entity_records
from graph.views.paging import Page, checked_limit, next_cursor, place_of
from graph.views.statement_reads import statements_of, texts_of

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
    two hundred are put in order of how well they fit, and older ones follow, the newest first. Of what fits
    alike entities come first, by id, then the newest statements. What is added later is not in the pages that
    follow. Raises BadFilter for words, a limit or a cursor that cannot be used.
    """
    rows, next_ = _rows(archive, q, kind, after, limit)
    said = {one.id: one for one in statements_of(archive, _ids(rows, HitKind.STATEMENT))}
    known: Mapping[str, Mapping[str, EntityRecord | Statement]] = {
        HitKind.ENTITY: entity_records(archive, _ids(rows, HitKind.ENTITY)),
        HitKind.STATEMENT: said,
    }
    found = ((score, known[one].get(id_)) for score, one, _, id_ in rows)
    return Page(tuple(Found(-score / FINENESS, thing) for score, thing in found if thing is not None), next_)


def search_texts(
    archive: Archive, q: str, *, kind: HitKind | None = None, after: str | None = None, limit: int = 50
) -> Page[str]:
    """List what `search` does, each as the text of `found_to_json`; that of a statement is kept."""
    rows, next_ = _rows(archive, q, kind, after, limit)
    named = entity_records(archive, _ids(rows, HitKind.ENTITY))
    known: Mapping[str, Mapping[str, str]] = {
        HitKind.ENTITY: {id_: written(_entity_to_json(record)) for id_, record in named.items()},
        HitKind.STATEMENT: texts_of(archive, _ids(rows, HitKind.STATEMENT)),
    }
    texts = (
        f'{{"kind":"{one}","score":{written(-score / FINENESS)},"{one}":{known[one][id_]}}}'
        for score, one, _, id_ in rows
        if id_ in known[one]
    )
    return Page(tuple(texts), next_)


def _rows(
    archive: Archive, q: str, kind: HitKind | None, after: str | None, limit: int
) -> tuple[list[_Row], str | None]:
    """Find the rows of a page, and the cursor of the next."""
    limit, question = checked_limit(limit), ("search", q, kind and HitKind(kind))
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
    return rows[:limit], next_cursor(rows, limit, question, lambda row: (*row, top))


def _ids(rows: Iterable[_Row], kind: HitKind) -> list[str]:
    return [id_ for _, one, _, id_ in rows if one == kind]


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


def found_to_json(found: Found) -> Json:
    """Write what was found, under the name of its kind; an entity with the number of its statements."""
    thing = found.thing
    told = statement_to_json(thing) if isinstance(thing, Statement) else _entity_to_json(thing)
    return {"kind": found.kind.value, "score": found.score, found.kind.value: told}


def _entity_to_json(record: EntityRecord) -> Json:
    return {**entity_to_json(record.entity), "statements": record.statements}
