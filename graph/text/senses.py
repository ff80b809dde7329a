"""In which sense a verb is meant: the curated relations that do not hold of the ends at hand.

*Spent ten million* pays, *spent ten years* does not; *an earthquake struck Oslo* is no attack. Which verb
asks what of its subject or its object is data (`senses` in `data/lexicon/relations.json`): lemmas that it
never has, the only ones that it has, kinds that it must or must not be of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.text import lexicon
from graph.text.clause import Clause
from graph.text.tree import NAMES, PLACES, TIME, children, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

AMOUNTS = frozenset("PERCENT MONEY QUANTITY CARDINAL ORDINAL".split())
PEOPLE = frozenset(("PERSON", "NORP"))
BODIES = frozenset(("ORG", "GPE", "NORP"))


def excluded(clause: Clause) -> frozenset[str]:
    """Return the curated relations that a clause is not meant to say, whatever its predicate is called."""
    return frozenset(_excluded(clause))


def _excluded(clause: Clause) -> Iterator[str]:
    verb = lemma(clause.head)
    for row in lexicon.table("relations")["senses"]:
        if verb in row["verbs"] and not _fits(clause, row):
            yield from row["of"]


def _fits(clause: Clause, row: Mapping[str, Any]) -> bool:
    """Tell whether the ends of a clause are what the row asks for; a passive's patient is its subject."""
    of_subject = row.get("patient") if clause.passive else row.get("subject")
    asked: list[tuple[Token | None, Any]] = [(clause.subject, of_subject)]
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


def _is_thing(word: Token) -> bool:
    """Anything: it only must be there."""
    return bool(word.text)


KINDS: Mapping[str, Callable[[Token], bool]] = {
    "amount": _is_amount,
    "person": _is_person,
    "body": _is_body,
    "place": _is_place,
    "time": _is_time,
    "thing": _is_thing,
}
