"""The types of parameters, as a table: how the text that a user gives becomes an RDF term.

The name of a type ends the name of the variable, as with grlc: `?_who_entity`, `?_since_date`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from graph.model import EntityType, Modality, Polarity
from graph.rdf_terms import entity_class
from graph.vocab import XSD, Namespaces

Term: TypeAlias = NamedNode | Literal

MAX_TEXT: Final = 1000
"""Characters that a value may have."""
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_ID: Final = 500
_TRUTHS: Final = {"true": "true", "1": "true", "false": "false", "0": "false"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A type: its name, what a value should be, how one is read, and its JSON Schema.

    `read` raises ValueError for what is no such value.
    """

    name: str
    should: str
    read: Callable[[str, Namespaces], Term]
    schema: Mapping[str, Any]
    example: str


def _id(name: str, hint: str, example: str) -> Kind:
    """Make the type of an id in the store's namespace of that name; it may be given as its whole IRI."""

    def read(text: str, ns: Namespaces) -> Term:
        start = f"{ns.base}{name}/"
        id_ = text.removeprefix(start)
        if not id_ or len(text) > _LONGEST_ID or re.search(r"[/?#:]", id_):
            raise ValueError(text)
        return NamedNode(start + id_)

    article = "an" if name[0] in "aeiou" else "a"
    schema = {"type": "string", "minLength": 1, "maxLength": _LONGEST_ID}
    return Kind(name, f"be the id of {article} {name}, {hint}", read, schema, example)


def _member(members: Mapping[str, Callable[[Namespaces], NamedNode]]) -> Callable[[str, Namespaces], Term]:
    def read(text: str, ns: Namespaces) -> Term:
        if text not in members:
            raise ValueError(text)
        return members[text](ns)

    return read


def _typed(pattern: re.Pattern[str], datatype: str) -> Callable[[str, Namespaces], Term]:
    def read(text: str, _: Namespaces) -> Term:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return Literal(text, datatype=NamedNode(f"{XSD}{datatype}"))

    return read


def _day(text: str, _: Namespaces) -> Term:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return Literal(date.fromisoformat(text).isoformat(), datatype=NamedNode(f"{XSD}date"))


def _truth(text: str, _: Namespaces) -> Term:
    if text.lower() not in _TRUTHS:
        raise ValueError(text)
    return Literal(_TRUTHS[text.lower()], datatype=NamedNode(f"{XSD}boolean"))


def _concepts(names: type[Modality] | type[Polarity]) -> Mapping[str, Callable[[Namespaces], NamedNode]]:
    return {one.value: lambda ns, one=one: ns.kg(one.value) for one in names}  # type: ignore[misc]


_CLASSES: Final[Mapping[str, Callable[[Namespaces], NamedNode]]] = {
    one.value: lambda ns, one=one: entity_class(one, ns) for one in EntityType  # type: ignore[misc]
}  # fmt: skip
_TEXT: Final[Mapping[str, Any]] = {"type": "string", "maxLength": MAX_TEXT}


def _one_of(names: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "string", "enum": list(names)}


def _choice(name: str, members: Mapping[str, Callable[[Namespaces], NamedNode]]) -> Kind:
    should = f"be one of {', '.join(members)}"
    return Kind(name, should, _member(members), _one_of(members), next(iter(members)))


STRING: Final = Kind("string", "be a text", lambda text, _: Literal(text), _TEXT, "words")
KINDS: Final[Mapping[str, Kind]] = {
    one.name: one
    for one in (
        _id("entity", "such as Elena_Petrova", "Elena_Petrova"),
        _id("relation", "such as visit", "visit"),
        _id("article", "as /v1/articles lists it", "0"),
        _id("statement", "as /v1/statements lists it", "0"),
        Kind(
            "iri",
            "be a whole IRI such as http://example.org/a",
            lambda text, _: NamedNode(text),
            {"type": "string", "format": "iri", "maxLength": MAX_TEXT},
            "http://example.org/a",
        ),
        STRING,
        Kind("en", "be a text in English", lambda text, _: Literal(text, language="en"), _TEXT, "words"),
        Kind("integer", "be a whole number", _typed(_INTEGER, "integer"), {"type": "integer"}, "1"),
        Kind("decimal", "be a number such as 0.5", _typed(_DECIMAL, "decimal"), {"type": "number"}, "0.5"),
        Kind("date", "be a day such as 2023-03-17", _day, {"type": "string", "format": "date"}, "2023-03-17"),
        Kind("boolean", "be true or false", _truth, {"type": "boolean"}, "true"),
        _choice("modality", _concepts(Modality)),
        _choice("polarity", _concepts(Polarity)),
        _choice("class", _CLASSES),
    )
}
"""Name of a type -> the type. `class` is that of an entity."""
