"""Decisions about statements: what a sentence really says, or that it says no such thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from pyoxigraph import Literal, RdfFormat, parse

from graph import views
from graph.advice import instead
from graph.codec import Json, statement_to_json
from graph.corrections import ENDS, FIELDS, corrected
from graph.curation.hands import Check, Hand, words
from graph.curation.hands import name as proper
from graph.decisions import Decision, Kind
from graph.errors import BadRecord, Conflict, Merged, NotFound
from graph.model import EntityType, Modality, Node, Polarity, Statement
from graph.store.archive import Archive
from graph.store.decided import Draft
from graph.vocab import MAX_ID, XSD, slug

_FORMS: Final[Mapping[str, str]] = {
    "integer": "[+-]?[0-9]+",
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "double": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "boolean": "true|false|1|0",
    "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "gYear": "-?[0-9]{4,}",
}
"""How values of those datatypes of XML Schema that are met are written (XSD 1.1 part 2, section 3.3)."""


def correct(
    archive: Archive, id_: str, change: Mapping[str, Any], hand: Hand, check: Check | None = None
) -> Decision:
    """Let a statement say something else: the fields of `change`, as `graph/corrections.py` describes them.

    An entity is given by its `id`, or by `label` and `type` if there is none yet. Raises BadRecord, naming
    the field, for what cannot be used, NotFound or Merged for an entity, Conflict if nothing changes or both
    ends are one; what `check` and `Curator.decide` raise.
    """
    if not change:
        raise BadRecord(f"There is nothing to change; give one or more of {', '.join(FIELDS)}.")
    for name in change:
        if name not in FIELDS:
            raise BadRecord(f"A statement has no field {name!r}; {instead(str(name), FIELDS)}.")
    with archive.turn():
        old = _there(archive, id_, check)
        written = {name: _READ[name](archive, name, value) for name, value in change.items()}
        new = corrected(old, written, 0)
        changed = {name: value for name, value in written.items() if _differs(old, new, name)}
        if not changed:
            raise Conflict(f"The statement {id_} says that already; give at least one field another value.")
        if isinstance(new.object, Node) and new.object.id == new.subject.id:
            raise Conflict(f"Subject and object would both be {new.subject.id}; name two entities.")
        return _decide(archive, Kind.CORRECT, old, changed, hand)


def reject(archive: Archive, id_: str, hand: Hand, check: Check | None = None) -> Decision:
    """Say that a sentence does not say what a statement does, which is hidden from then on.

    Raises NotFound, also if it was rejected before; what `check` and `Curator.decide` raise.
    """
    with archive.turn():
        return _decide(archive, Kind.REJECT, _there(archive, id_, check), {}, hand)


def _there(archive: Archive, id_: str, check: Check | None) -> Statement:
    statement = views.statement(archive, id_)
    if check is not None:
        check()
    return statement


def _decide(archive: Archive, kind: Kind, old: Statement, change: Json, hand: Hand) -> Decision:
    draft = Draft(kind, old.id, change, statement_to_json(old), hand.who, hand.why)
    return archive.curator.decide(draft, hand.most)


def _differs(old: Statement, new: Statement, name: str) -> bool:
    one, other = statement_to_json(old)[name], statement_to_json(new)[name]
    if name == "predicate" or (name in ENDS and one and other and "id" in one and "id" in other):
        return bool(one["id"] != other["id"])
    return bool(one != other)


def _entity(archive: Archive, name: str, given: Any) -> Json:
    """Say which entity is meant, with its label and type as the articles have them."""
    if not isinstance(given, Mapping) or not (given.keys() == {"id"} or given.keys() == {"label", "type"}):
        raise BadRecord(f"The field {name} names no entity; give its id, or label and type of a new one.")
    if "id" in given:
        id_ = words(f"{name}.id", given["id"], MAX_ID)
        entity = views.entity(archive, id_).entity
        label, type_ = entity.label, entity.type
    else:
        label = proper(f"{name}.label", given["label"])
        type_, id_ = _member(EntityType, f"{name}.type", given["type"]), slug(label)
        if not id_:
            raise BadRecord(f"The field {name}.label has no letter or digit; write a name.")
        try:
            entity = views.entity(archive, id_).entity
        except Merged:
            raise
        except NotFound:
            pass
        else:
            label, type_ = entity.label, entity.type
    rules = archive.curator.rules
    return {
        "id": id_,
        "label": rules.base(Kind.RENAME, id_, label),
        "type": rules.base(Kind.RETYPE, id_, type_.value),
    }


def _nobody_or_entity(archive: Archive, name: str, given: Any) -> Json | None:
    return None if given is None else _entity(archive, name, given)


def _object(archive: Archive, name: str, given: Any) -> Json:
    if not isinstance(given, Mapping) or "value" not in given:
        return _entity(archive, name, given)
    if not given.keys() <= {"value", "datatype"}:
        raise BadRecord(f"The field {name} has more than value and datatype; leave the rest out.")
    value, datatype = words(f"{name}.value", given["value"]), given.get("datatype") or f"{XSD}string"
    try:
        literal = Literal(value, datatype=archive.ns.datatype(datatype))
        if not literal.datatype.value.startswith(("http://", "https://", "urn:")):
            raise ValueError
        list(parse(f"<x:x> <x:x> {literal} .".encode(), RdfFormat.N_TRIPLES))
    except (TypeError, ValueError, SyntaxError):
        raise BadRecord(f"The field {name}.datatype is none; give an IRI as {XSD}integer.") from None
    if _is_ill_typed(value, literal.datatype.value):
        raise BadRecord(
            f"The field {name}.value is {value!r}, which is no {datatype}; give one, or another type."
        )
    return {"value": value, "datatype": datatype}


def _is_ill_typed(value: str, datatype: str) -> bool:
    """*abc* is no integer; of a datatype that is not in the table, any text may be one."""
    form = _FORMS.get(datatype.removeprefix(XSD))
    return form is not None and datatype.startswith(XSD) and re.fullmatch(form, value) is None


def _relation(_: Archive, name: str, given: Any) -> str:
    id_ = words(name, given, MAX_ID)
    if slug(id_) != id_:
        raise BadRecord(f"{id_!r} is no id of a relation; write it as {slug(id_) or 'visit'}.")
    return id_


def _member(kind: Any, name: str, given: Any) -> Any:
    try:
        return kind(given)
    except ValueError:
        known = ", ".join(member.value for member in kind)
        raise BadRecord(f"The field {name} cannot be {given!r}; there is {known}.") from None


def _time(_: Archive, name: str, given: Any) -> Json | None:
    if given is None:
        return None
    if not isinstance(given, Mapping) or not given or not given.keys() <= {"text", "start", "end"}:
        raise BadRecord(f"The field {name} is no time; give text, start and end, or null for none.")
    days = {part: _day(f"{name}.{part}", given.get(part)) for part in ("start", "end")}
    start, end = days["start"], days["end"]
    if start and end and start > end:
        raise BadRecord(f"The field {name} ends ({end}) before it starts ({start}); exchange the two.")
    text = words(f"{name}.text", given["text"]) if given.get("text") else _written(start, end)
    return {"text": text, "start": start and start.isoformat(), "end": end and end.isoformat()}


def _day(name: str, given: Any) -> date | None:
    try:
        return date.fromisoformat(given) if given is not None else None
    except (TypeError, ValueError):
        raise BadRecord(f"The field {name} is no day; write it as 2023-03-20.") from None


def _written(start: date | None, end: date | None) -> str:
    if start == end:
        if start is None:
            raise BadRecord("The field time has neither words nor days; give text, start or end.")
        return start.isoformat()
    return f"{start or ''}/{end or ''}"


_READ: Mapping[str, Callable[[Archive, str, Any], Any]] = {
    "subject": _entity,
    "object": _object,
    "attributedTo": _nobody_or_entity,
    "place": _nobody_or_entity,
    "predicate": _relation,
    "modality": lambda _, name, given: _member(Modality, name, given).value,
    "polarity": lambda _, name, given: _member(Polarity, name, given).value,
    "time": _time,
}
