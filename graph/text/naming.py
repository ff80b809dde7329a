"""What a name is by what it shows itself and by what stands beside it, whatever the model takes it for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.tree import NAMES
from graph.text.variants import noun_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.text.tokens import Doc, Token

FULL_NAME = range(2, 4)  # words of a full name that begins with a first name
LONG = 4  # words; a surname ends no longer name
UNSURE = frozenset(  # the types that a person's full name may be mistaken for
    (EntityType.CONCEPT, EntityType.ORGANIZATION, EntityType.PLACE, EntityType.PRODUCT, EntityType.GROUP)
)
# UpGuard, OpenStack; but McCarthy, DeSantis and LaRouche are people.
BRAND = re.compile(r"(?!Mac|Mc|De|Di|Du|La|Le|Fitz|Van|Von|Al|El)[A-Z][a-z]+[A-Z][a-z]+")
NO_TITLES = frozenset(("executive", "general"))  # Executive Order, General Assembly
SEEN_AS_BRAND = frozenset((EntityType.PLACE, EntityType.PERSON, EntityType.GROUP))


def shown(doc: Doc, start: int, end: int, text: str, seen: EntityType) -> EntityType | None:
    """Return what the name of tokens [start, end) shows that it is; `seen` is what the model takes it for.

    None where it shows nothing.
    """
    if text in lexicon.known():
        return None
    nouns = {token.lower_ for token in _beside(doc, start, end)}
    if nouns & lexicon.words("kinds", "human"):
        return EntityType.PERSON
    by_noun = _by_noun(text, seen)
    if by_noun is not None:
        return by_noun
    if is_full_name(text):
        return EntityType.PERSON if seen in UNSURE else None
    if seen is EntityType.CONCEPT and _is_titled(doc, start, end):
        return EntityType.PERSON
    if nouns & lexicon.words("kinds", "bodies") or (seen in SEEN_AS_BRAND and BRAND.fullmatch(text)):
        return EntityType.ORGANIZATION
    if text.split(maxsplit=1)[0] in lexicon.words("kinds", "ships") and " " in text:
        return EntityType.PRODUCT
    return EntityType.PLACE if _is_in_a_place(doc, start, end) else None


def _is_titled(doc: Doc, start: int, end: int) -> bool:
    """*Bishop Okafor*: a title right before a name that ends its phrase."""
    before = doc[start - 1] if start else None
    if before is None or before.tag_ not in NAMES or before.head is not doc[end - 1]:
        return False
    titles = lexicon.words("offices", "offices") | lexicon.words("offices", "honorifics")
    return before.lower_ in titles - NO_TITLES and (end == len(doc) or doc[end].tag_ not in NAMES)


def _is_in_a_place(doc: Doc, start: int, end: int) -> bool:
    """*In Vela, Kestria*: in something, and a place that it lies in after a comma."""
    last = doc[end - 1]
    inside = last.dep_ == "pobj" and last.head.lower_ == "in" and last.head.i == start - 1
    if not inside or end + 1 >= len(doc) or doc[end].text != ",":
        return False
    around = doc[end + 1]
    return around.ent_type_ in {"GPE", "LOC"} and around.tag_ in NAMES and around.head in (last, last.head)


def _beside(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """Give the nouns beside a name: *Vela Strand, an Ostmark poet*; *guitarist Vela Strand*."""
    last = doc[end - 1]
    beside = [child for child in last.children if child.dep_ == "appos" or child.i == start - 1]
    if last.dep_ == "appos":
        beside.append(last.head)
    return (token for token in beside if token.tag_ == "NN")


def _by_noun(text: str, seen: EntityType) -> EntityType | None:
    """*Kestrian News Agency* is an organisation, whatever the model says; *Charlotte Church* is a person."""
    noun = noun_of(text)
    may_be = noun not in lexicon.words("kinds", "no_surnames") and len(text.split()) < LONG
    surname = seen is EntityType.PERSON and may_be
    return None if surname or seen is EntityType.WORK else _noun_types().get(noun)


@cache
def _noun_types() -> dict[str, EntityType]:
    rows: dict[str, list[str]] = lexicon.table("kinds")["name_nouns"]
    return {noun: EntityType(type_) for type_, nouns in rows.items() for noun in nouns}


def is_full_name(text: str) -> bool:
    """*Vela Strand*: two or three words that begin with a first name; but *John Deere* makes tractors."""
    words = text.split()
    if len(words) not in FULL_NAME or words[0].lower() not in _first_names():
        return False
    plain = all(word[:1].isupper() and word[-1:].islower() for word in words[1:])
    thing = words[-1].lower() in lexicon.words("kinds", "named_after") or words[-1].lower() in _noun_types()
    return plain and not thing and text.lower() not in lexicon.words("kinds", "namesakes")


@cache
def _first_names() -> frozenset[str]:
    listed = lexicon.words("kinds", "female") | lexicon.words("kinds", "male")
    others = lexicon.words("kinds", "person") | lexicon.words("kinds", "no_first_names")
    return (listed | lexicon.words("kinds", "first_names")) - others
