"""In which sense a verb is meant: the curated relations that do not hold of the ends at hand.

*Spent ten million* pays, *spent ten years* does not; *an earthquake struck Oslo* is no attack. Which verb
asks what of its subject or its object, and which relation whatever its verb, is data
(`data/lexicon/senses.json`): lemmas that an end never has, the only ones that it has, kinds that it must or
must not be of. A relation that may not hold is left out, for its statement says as much without it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from graph import relations
from graph.text import lexicon
from graph.text.belongings import names_thing
from graph.text.clause import Clause
from graph.text.tree import NAMES, PLACES, TIME, children, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

AMOUNTS = frozenset("PERCENT MONEY QUANTITY CARDINAL ORDINAL".split())
PEOPLE = frozenset(("PERSON", "NORP"))
BODIES = frozenset(("ORG", "GPE", "NORP"))
NO_ACTORS = AMOUNTS | TIME | frozenset("EVENT LAW WORK_OF_ART PRODUCT LANGUAGE".split())
EVENTS = ("happenings", "scheduled", "deeds", "acts", "aims", "does", "meets")

Row = Mapping[str, Any]


def excluded(clause: Clause, held: Collection[str]) -> frozenset[str]:
    """Return what a clause does not say of the relations `held`, those that its predicate is listed under."""
    return frozenset(_excluded(clause, held))


def _excluded(clause: Clause, held: Collection[str]) -> Iterator[str]:
    for row in _of_verbs().get(lemma(clause.head), ()):
        if not _fits(clause, row, "patient" if clause.passive else "subject"):
            yield from row["of"]
    for under, row in _of_relations():
        if not under.isdisjoint(held) and not _fits(clause, row, "subject"):
            yield from under


@cache
def _of_verbs() -> Mapping[str, list[Row]]:
    """Return verb -> what it asks of its ends."""
    found: dict[str, list[Row]] = {}
    for row in lexicon.table("senses")["verbs"]:
        for verb in row["verbs"]:
            found.setdefault(verb, []).append(row)
    return found


@cache
def _of_relations() -> list[tuple[frozenset[str], Row]]:
    """Return what relations ask of their ends, each row with all relations below those that it names."""
    rows: list[Row] = lexicon.table("senses")["ends"]
    return [(frozenset().union(*map(relations.below, row["of"])), row) for row in rows]


def _fits(clause: Clause, row: Row, subject: str) -> bool:
    """Tell whether the ends of a clause are what the row asks for; a passive's patient is its subject."""
    asked: list[tuple[Token | None, Any]] = [(clause.subject, row.get(subject))]
    if clause.object is not None or "thing" in row.get("object", {}).get("is", ()):
        asked.append((clause.object, row.get("object")))
    return all(_is_meant(end, wanted) for end, wanted in asked if wanted is not None)


def _is_meant(end: Token | None, wanted: Mapping[str, list[str]]) -> bool:
    if end is None:
        return False
    name = end.lemma_.lower()
    called = {name, *(c.lower_ for c in children(end, "compound") if end.tag_ in NAMES)}  # Typhoon Vale
    if not called.isdisjoint(wanted.get("never", ())) or ("only" in wanted and name not in wanted["only"]):
        return False
    of_kind = [kind for kind in (*wanted.get("is", ()), *wanted.get("not", ())) if KINDS[kind](end)]
    return not set(of_kind) & set(wanted.get("not", ())) and (bool(of_kind) or "is" not in wanted)


def _is_amount(word: Token) -> bool:
    """*To 5%*, *by a third*; and nothing at all that can be counted is *to the ground*."""
    return word.ent_type_ in AMOUNTS or word.tag_ == "CD" or any(c.tag_ == "CD" for c in word.lefts)


def _is_person(word: Token) -> bool:
    return word.ent_type_ in PEOPLE or word.tag_ == "PRP" or lexicon.is_person(word.lemma_.lower())


def _is_body(word: Token) -> bool:
    return word.ent_type_ in BODIES or word.lemma_.lower() in lexicon.words("kinds", "organization")


def _is_place(word: Token) -> bool:
    return word.ent_type_ in PLACES or word.lemma_.lower() in lexicon.words("kinds", "place")


def _is_time(word: Token) -> bool:
    return word.ent_type_ in TIME


def _is_actor(word: Token) -> bool:
    """Someone, or a body of people: what a name stands for, or a noun that is known to be one."""
    if word.ent_type_ in NO_ACTORS:
        return False
    if word.ent_type_ or word.tag_ in NAMES or _is_person(word) or _is_body(word) or _is_place(word):
        return True
    name = word.lemma_.lower()
    return name in lexicon.words("modifiers", "people") or name in lexicon.words("modifiers", "bodies")


def _is_event(word: Token) -> bool:
    """*Talks*, *an investigation*: no thing, no one and no place."""
    name = word.lemma_.lower()
    if word.ent_type_ == "EVENT" or any(name in lexicon.table("events")[key] for key in EVENTS):
        return True
    return not word.ent_type_ and not names_thing(name) and not _is_actor(word)


def _is_site(word: Token) -> bool:
    return word.lemma_.lower() in lexicon.words("modifiers", "dwelling")


def _is_craft(word: Token) -> bool:
    return word.lemma_.lower() in lexicon.words("senses", "craft")


def _is_thing(word: Token) -> bool:
    """Anything: it only must be there."""
    return bool(word.text)


KINDS: Mapping[str, Callable[[Token], bool]] = {
    "amount": _is_amount,
    "person": _is_person,
    "body": _is_body,
    "place": _is_place,
    "time": _is_time,
    "actor": _is_actor,
    "event": _is_event,
    "site": _is_site,
    "craft": _is_craft,
    "thing": _is_thing,
}
