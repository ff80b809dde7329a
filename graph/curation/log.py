"""Looking back: what was decided, by whom and why; and undoing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.codec import Json
from graph.curation.hands import Check, Hand
from graph.decisions import Decision, Kind, decision_to_json
from graph.errors import Conflict, NotFound
from graph.store import decided
from graph.store.archive import Archive
from graph.store.decided import Draft
from graph.views.paging import Page, checked_limit, next_cursor, number_after

_LARGEST: Final = 2**53
_TOUCHING: Final = "EXISTS (SELECT 1 FROM touches WHERE decision = one.id{})"
_HOLDS: Final = f"(one.kind = 'distinguish' OR {_TOUCHING.format('')})"
_ABOUT: Final = (
    "(one.subject = ? OR json_extract(one.change, '$.into') = ? OR json_extract(one.change, '$.from') = ?"
    " OR EXISTS (SELECT 1 FROM heirs WHERE decision = one.id AND thing = ?))"
)
_STATES: Final = {
    "active": f"undo.id IS NULL AND one.kind <> 'undo' AND {_HOLDS}",
    "idle": f"undo.id IS NULL AND one.kind <> 'undo' AND NOT {_HOLDS}",
    "undone": "undo.id IS NOT NULL",
    "done": "one.kind = 'undo'",
}
"""What a decision can be: in force; about nothing that is there (now); undone; or an undoing itself."""
STATES: Final = tuple(_STATES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions are asked for; fields that are None ask for nothing.

    `about` is the id of an entity (also one that another was merged into, or is not) or of a statement;
    `state` is one of `STATES`.
    """

    kind: Kind | None = None
    about: str | None = None
    article: str | None = None
    who: str | None = None
    state: str | None = None


def decisions(archive: Archive, wanted: Wanted, after: str | None = None, limit: int = 50) -> Page[Json]:
    """List decisions as JSON, the last one first. Raises BadFilter for a limit or cursor of no use."""
    limit = checked_limit(limit)
    before = number_after(after, wanted)
    found: list[str] = ["one.id < ?"]
    given: list[object] = [_LARGEST if before is None else before]
    for condition, values in _conditions(wanted):
        found.append(condition)
        given += values
    condition = f"WHERE {' AND '.join(found)} ORDER BY one.id DESC LIMIT ?"
    rows = decided.decisions(archive.ledger, condition, (*given, limit + 1))
    return Page(tuple(_told(archive, rows[:limit])), next_cursor(rows, limit, wanted, lambda one: (one.id,)))


def decision(archive: Archive, number: int) -> Json:
    """Give one decision as JSON. Raises NotFound."""
    return _told(archive, [_find(archive, number)])[0]


def undo(
    archive: Archive, number: int, hand: Hand, *, kind: Kind | None = None, check: Check | None = None
) -> Decision:
    """Take a decision back, which is itself a decision; all is then as if it had not been made.

    Raises NotFound if there is none of that number (and `kind`), Conflict if it was undone before or is an
    undoing; what `check` and `Curator.decide` raise.
    """
    with archive.turn():
        old = _find(archive, number, kind)
        if check is not None:
            check()
        if old.kind is Kind.UNDO:
            raise Conflict(f"Decision {number} undid {old.subject}, and stays so; decide that again instead.")
        if old.undone_by is not None:
            raise Conflict(f"Decision {number} was undone by {old.undone_by}; there is nothing left to undo.")
        return archive.curator.decide(Draft(Kind.UNDO, str(number), {}, {}, hand.who, hand.why), hand.most)


def _find(archive: Archive, number: int, kind: Kind | None = None) -> Decision:
    found = decided.decisions(archive.ledger, "WHERE one.id = ?", [number]) if 0 < number < _LARGEST else []
    if not found or kind not in (None, found[0].kind):
        what = kind.value if kind else "decision"
        raise NotFound(f"There is no {what} {number}; GET /v1/curation and `newsgraph curation` list them.")
    return found[0]


def _told(archive: Archive, found: list[Decision]) -> list[Json]:
    counts = decided.counts(archive.ledger, [one.id for one in found])
    return [decision_to_json(one, counts[one.id]) for one in found]


def _conditions(wanted: Wanted) -> Iterable[tuple[str, list[object]]]:
    if wanted.kind is not None:
        yield "one.kind = ?", [wanted.kind.value]
    if wanted.about is not None:
        yield _ABOUT, [wanted.about] * 4
    if wanted.article is not None:
        yield _TOUCHING.format(" AND article = ?"), [wanted.article]
    if wanted.who is not None:
        yield "one.who = ?", [wanted.who]
    if wanted.state is not None:
        yield _STATES[wanted.state], []
