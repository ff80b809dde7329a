"""Statements, entities and articles as JSON values, for files, the command line and HTTP alike.

A statement is one object whose keys always come in the same order (`curatedBy` only where a person corrected
it); nodes and literals are told apart by their keys (`id` or `value`).
`statement_from_json(statement_to_json(s)) == s` for every statement.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from graph.errors import BadRecord
from graph.model import (
    Argument,
    Article,
    Entity,
    EntityType,
    Modality,
    Node,
    Polarity,
    Predicate,
    Statement,
    TimeSpan,
    Value,
)

Json: TypeAlias = dict[str, Any]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=Enum)


def statement_to_json(statement: Statement) -> Json:
    """Make the JSON object of a statement."""
    attributed_to, time, place = statement.attributed_to, statement.time, statement.place
    curated = {} if statement.curated_by is None else {"curatedBy": statement.curated_by}
    return {
        "id": statement.id,
        "subject": node_to_json(statement.subject),
        "predicate": _predicate_to_json(statement.predicate),
        "object": _end_to_json(statement.object),
        "arguments": [{"role": a.role, **_end_to_json(a.value)} for a in statement.arguments],
        "modality": statement.modality.value,
        "polarity": statement.polarity.value,
        "attributedTo": attributed_to and node_to_json(attributed_to),
        "time": time and _time_to_json(time),
        "place": place and node_to_json(place),
        "confidence": statement.confidence,
        **curated,
        "article": statement.article,
        "sentence": statement.sentence,
        "start": statement.start,
        "end": statement.end,
    }


def node_to_json(node: Node) -> Json:
    """Make the JSON object of an entity as a statement mentions it."""
    return {
        "id": node.id,
        "label": node.label,
        "type": node.type.value,
        "text": node.text,
        "start": node.start,
        "end": node.end,
    }


def entity_to_json(entity: Entity) -> Json:
    """Make the JSON object of an entity."""
    return {
        "id": entity.id,
        "label": entity.label,
        "type": entity.type.value,
        "aliases": list(entity.aliases),
        "sameAs": list(entity.same_as),
        "standsFor": entity.stands_for,
        "mentions": list(entity.mentions),
    }


def article_to_json(article: Article) -> Json:
    """Make the JSON object of an article, its text last; sources read it back as it is."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "published": article.published and article.published.isoformat(),
        "publisher": article.publisher,
        "text": article.text,
    }


def statement_from_json(record: object) -> Statement:
    """Read a statement back; keys that it does not know are ignored.

    Raises BadRecord, naming the field, if one is missing or of the wrong kind.
    """
    fields = _Fields(record, "")
    return Statement(
        id=fields.text("id"),
        article=fields.text("article"),
        subject=_node(fields.object("subject")),
        predicate=_predicate(fields.object("predicate")),
        object=_end(fields.object("object")),
        sentence=fields.text("sentence"),
        start=fields.offset("start"),
        end=fields.offset("end"),
        arguments=tuple(Argument(part.text("role"), _end(part)) for part in fields.objects("arguments")),
        modality=fields.member("modality", Modality),
        polarity=fields.member("polarity", Polarity),
        attributed_to=fields.optional("attributedTo", _node),
        time=fields.optional("time", _time),
        place=fields.optional("place", _node),
        confidence=fields.fraction("confidence"),
        curated_by=fields.offset("curatedBy") if fields.has("curatedBy") else None,
    )


def _predicate_to_json(predicate: Predicate) -> Json:
    return {
        "id": predicate.id,
        "label": predicate.label,
        "text": predicate.text,
        "start": predicate.start,
        "end": predicate.end,
        "broader": list(predicate.broader),
    }


def _end_to_json(end: Node | Value) -> Json:
    if isinstance(end, Node):
        return node_to_json(end)
    return {
        "value": end.value,
        "datatype": end.datatype,
        "text": end.text,
        "start": end.start,
        "end": end.end,
    }


def _time_to_json(time: TimeSpan) -> Json:
    return {
        "text": time.text,
        "start": time.start and time.start.isoformat(),
        "end": time.end and time.end.isoformat(),
    }


class _Fields:
    """The fields of one JSON object, each checked as it is taken; `path` names it in errors."""

    def __init__(self, record: object, path: str) -> None:
        if not isinstance(record, Mapping):
            raise BadRecord(f"{path or 'A statement'} is not a JSON object; give one with its fields.")
        self._record = record
        self._prefix = f"{path}." if path else ""

    def has(self, name: str) -> bool:
        return name in self._record

    def object(self, name: str) -> _Fields:
        return _Fields(self._record.get(name), self._prefix + name)

    def objects(self, name: str) -> list[_Fields]:
        return [
            _Fields(item, f"{self._prefix}{name}[{i}]") for i, item in enumerate(self._take(name, _is(list)))
        ]

    def optional(self, name: str, read: Callable[[_Fields], _T]) -> _T | None:
        return None if self._record.get(name) is None else read(self.object(name))

    def text(self, name: str) -> str:
        return self._take(name, _is(str))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._take(name, lambda found: [_is(str)(item) for item in _is(list)(found)]))

    def offset(self, name: str) -> int:
        return self._take(name, _offset)

    def fraction(self, name: str) -> float:
        return self._take(name, _fraction)

    def member(self, name: str, kind: type[_E]) -> _E:
        return self._take(name, kind)

    def day(self, name: str) -> date | None:
        found = self._record.get(name)
        return None if found is None else self._take(name, lambda text: date.fromisoformat(_is(str)(text)))

    def _take(self, name: str, read: Callable[[Any], _T]) -> _T:
        """Read one field; `read` raises ValueError for what cannot be used."""
        try:
            return read(self._record[name])
        except KeyError:
            raise BadRecord(f"The field {self._prefix}{name} is missing; add it.") from None
        except ValueError as error:
            raise BadRecord(
                f"The field {self._prefix}{name} cannot be used: {error}. Write it as newsgraph exports it."
            ) from None


def _is(kind: type[_T]) -> Callable[[Any], _T]:
    """Make a check that gives a value back if it is of that JSON kind, else raises ValueError."""

    def check(found: Any) -> _T:
        if not isinstance(found, kind):
            raise ValueError(f"it is {type(found).__name__}, not {kind.__name__}")
        return found

    return check


def _offset(found: Any) -> int:
    if isinstance(found, bool) or _is(int)(found) < 0:
        raise ValueError("it is not a whole number from 0 up")
    return int(found)


def _fraction(found: Any) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1:
        raise ValueError("it is not a number from 0 to 1")
    return math.fabs(found)


def _node(fields: _Fields) -> Node:
    return Node(fields.text("id"), fields.text("label"), fields.member("type", EntityType), *_mention(fields))


def _end(fields: _Fields) -> Node | Value:
    if fields.has("id"):
        return _node(fields)
    return Value(fields.text("value"), fields.text("datatype"), *_mention(fields))


def _predicate(fields: _Fields) -> Predicate:
    return Predicate(fields.text("id"), fields.text("label"), *_mention(fields), fields.texts("broader"))


def _mention(fields: _Fields) -> tuple[str, int, int]:
    return fields.text("text"), fields.offset("start"), fields.offset("end")


def _time(fields: _Fields) -> TimeSpan:
    return TimeSpan(fields.text("text"), fields.day("start"), fields.day("end"))
