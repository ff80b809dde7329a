"""The curated relations above the open vocabulary of predicates: a hierarchy, mapped to PLOVER.

Source: `data/ontology/relations.json`, which says what each of its columns means. PLOVER is the event
ontology of political science; its classes stand there in capitals (CONSULT, ASSAULT).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from graph.resources import data_path

PLOVER = frozenset(
    "AGREE CONSULT SUPPORT COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE"
    " COERCE ASSAULT".split()
)
PARTICLES = frozenset("down off out over up".split())  # take over: a passive keeps them (be taken over)
PREPOSITIONS = frozenset(
    "about above across after against along amid among around as at before behind below between beyond by"
    " during for from in inside into near of off on onto outside over past since through throughout to"
    " toward towards under until upon via with within without".split()
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A curated relation. `broader` are the ids of those right above it, `plover` its event class.

    `inverse_of` is the relation that its subject undergoes; `modalities` (None: all) are those in which
    `forms`, the ids of predicates as the table writes them, fall under it.
    """

    id: str
    label: str
    definition: str
    broader: tuple[str, ...] = ()
    plover: str | None = None
    inverse_of: str | None = None
    modalities: frozenset[str] | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Index:
    """Where the ids of predicates belong: each as it stands, and each with any preposition after it."""

    exact: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]


@cache
def relations() -> dict[str, Relation]:
    """Return id -> relation, in the order of the table."""
    return {id_: _relation(id_, row) for id_, row in _table()["relations"].items()}


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(data_path("ontology", "relations.json").read_text("utf-8"))
    return loaded


def _relation(id_: str, row: dict[str, Any]) -> Relation:
    return Relation(
        id_,
        row["label"],
        row["definition"],
        tuple(row.get("broader", ())),
        row.get("plover"),
        row.get("inverse_of"),
        frozenset(row["modalities"]) if "modalities" in row else None,
        tuple(form for line in row.get("forms", ()) for word in line.split() for form in spelled_out(word)),
    )


def spelled_out(form: str) -> Iterator[str]:
    """Give what a form with braces stands for: `agree_{on,to}` is `agree_on` and `agree_to`."""
    parts = [part.split(",") for part in form.replace("}", "{").split("{")]
    yield from map("".join, product(*parts))


def above(predicate: str, modality: str, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the ids of all relations that a predicate falls under in a modality, the nearest first.

    Those of `without` do not hold, nor does what only they lead to.

    *Arrest* gives coerce and hostile_act, *be_arrested_in* the relations of who is arrested. Empty for a
    predicate that the table does not know; it is never among its own.
    """
    known = relations()
    found: dict[str, None] = {}
    level = [id_ for id_ in _nearest(predicate) if _holds(known[id_], predicate, modality)]
    while level:
        level = [id_ for id_ in level if id_ not in found and id_ not in without]
        found |= dict.fromkeys(level)
        level = [parent for id_ in level for parent in known[id_].broader]
    return tuple(id_ for id_ in found if id_ != predicate)


@cache
def below(id_: str) -> frozenset[str]:
    """Return a relation and all that fall under it."""
    children = (row.id for row in relations().values() if id_ in row.broader)
    return frozenset((id_,)).union(*map(below, children))


def _holds(relation: Relation, predicate: str, modality: str) -> bool:
    return relation.modalities is None or modality in relation.modalities or relation.id == predicate


def _nearest(predicate: str) -> tuple[str, ...]:
    """Return the relations that list a predicate: as it stands, or without the prepositions at its end."""
    index = _index()
    if predicate in index.exact:
        return index.exact[predicate]
    words = predicate.split("_")
    while words:
        found = index.stems.get("_".join(words))
        if found is not None:
            return found
        if words.pop() not in PREPOSITIONS:
            return ()
    return ()


@cache
def _index() -> _Index:
    exact = [(row.id, row.id) for row in relations().values()]
    stems = [pair for row in relations().values() if row.inverse_of for pair in _passives(row)]
    for row in relations().values():
        for form in row.forms:
            stem = form.removesuffix("_*")
            (exact if stem == form else stems).append((stem, row.id))
    return _Index(_grouped(exact), _grouped(stems))


def _passives(relation: Relation) -> Iterator[tuple[str, str]]:
    """Give the ids of passives that name no agent (`be_arrested`), of what a relation is the inverse of."""
    active = relations()[relation.inverse_of or ""]
    irregular: dict[str, str] = _table()["participles"]
    for form in (active.id, *active.forms):
        verb, *rest = form.removesuffix("_*").split("_")
        if not rest or (len(rest) == 1 and rest[0] in PARTICLES):
            for participle in {_regular(verb), irregular.get(verb, verb)} - {verb}:
                yield "_".join(("be", participle, *rest)), relation.id


def _regular(verb: str) -> str:
    """Return the regular past participle of a lemma."""
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    rows: dict[str, dict[str, None]] = {}
    for key, id_ in pairs:
        rows.setdefault(key, {})[id_] = None
    return {key: tuple(ids) for key, ids in rows.items()}
