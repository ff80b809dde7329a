"""What a correction makes of a statement. Its fields are those of a statement as JSON (`graph/codec.py`):

    subject, attributedTo, place    {"id", "label", "type"}; null for nobody and nowhere (not for a subject)
    object                          the same, or {"value", "datatype"}
    predicate                       the id of a relation
    modality, polarity              their names
    time                            {"text", "start", "end"}, or null

The evidence stays: the phrase that named the wrong entity is the phrase that names the right one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from graph.codec import Json
from graph.model import EntityType, Modality, Node, Polarity, Predicate, Statement, TimeSpan, Value
from graph.relations import above

SURE: Final = 1.0
"""The confidence of what a person wrote."""
ENDS: Final = ("subject", "object", "attributedTo", "place")
"""The fields that may name an entity."""
FIELDS: Final = (*ENDS, "predicate", "modality", "polarity", "time")


def entities_in(change: Json) -> set[str]:
    """Return the ids of the entities that a correction names."""
    return {change[field]["id"] for field in ENDS if change.get(field) and "id" in change[field]}


def corrected(statement: Statement, change: Json, decision: int) -> Statement:
    """Return a statement as decision number `decision` corrected it."""
    new: dict[str, Any] = {"curated_by": decision, "confidence": SURE}
    if "modality" in change:
        new["modality"] = Modality(change["modality"])
    if "polarity" in change:
        new["polarity"] = Polarity(change["polarity"])
    if "predicate" in change:
        new["predicate"] = _predicate(
            statement.predicate, change["predicate"], new.get("modality"), statement
        )
    if "subject" in change:
        new["subject"] = _end(change["subject"], statement.subject, statement)
    if "object" in change:
        new["object"] = _end(change["object"], statement.object, statement)
    if "attributedTo" in change:
        new["attributed_to"] = _end(change["attributedTo"], statement.attributed_to, statement)
    if "place" in change:
        new["place"] = _end(change["place"], statement.place, statement)
    if "time" in change:
        new["time"] = _time(change["time"])
    return replace(statement, **new)


def _predicate(old: Predicate, id_: str, modality: Modality | None, statement: Statement) -> Predicate:
    broader = tuple(sorted(above(id_, (modality or statement.modality).value)))
    return Predicate(id_, id_.replace("_", " "), old.text, old.start, old.end, broader)


def _end(given: Json | None, old: Node | Value | None, statement: Statement) -> Node | Value | None:
    """Make what stands at an end now, in the words that stood there; in none if nothing did."""
    if given is None:
        return None
    where = (old.text, old.start, old.end) if old is not None else ("", statement.start, statement.start)
    if "id" in given:
        return Node(given["id"], given["label"], EntityType(given["type"]), *where)
    return Value(given["value"], given["datatype"], *where)


def _time(given: Json | None) -> TimeSpan | None:
    if given is None:
        return None
    start, end = (date.fromisoformat(given[name]) if given.get(name) else None for name in ("start", "end"))
    return TimeSpan(given["text"], start, end)
