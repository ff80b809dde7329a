"""What a name is by the words beside it: *the ferry Odette*, *Odette rebels*, *in Odette*."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.tree import NAMES, SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.text.tokens import Doc, Token

BEFORE_NOUN = frozenset("compound nmod amod".split())
AREAS = frozenset("province region state".split())
DASHES = frozenset("- –".split())
IN = frozenset("in near".split())
NOT_AGES = 15  # years; what stands between commas as less is a score or a rank
LONGEST_PLACE = 4  # words of the name of a country
OLDEST = 110  # years
NO_BODY = frozenset((EntityType.ORGANIZATION, EntityType.GROUP, EntityType.EVENT, EntityType.LAW))


def nouns_beside(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """Give the nouns beside a name: *Vela Strand, an Ostmark poet*; *guitarist Vela Strand*."""
    last = doc[end - 1]
    beside = [child for child in last.children if child.dep_ == "appos" or child.i == start - 1]
    if last.dep_ == "appos":
        beside.append(last.head)
    return (token for token in beside if token.tag_ == "NN")


def is_officer(doc: Doc, end: int) -> bool:
    """*The Prime Minister, Vela Odette*: an office in capitals, in apposition."""
    last = doc[end - 1]
    beside = [child for child in last.children if child.dep_ == "appos"]
    beside += [last.head] if last.dep_ == "appos" else []
    return any(token.tag_ == "NNP" and token.lower_ in lexicon.words("kinds", "offices") for token in beside)


def by_noun_before(nouns: frozenset[str], seen: EntityType) -> EntityType | None:
    """*The ferry Odette*, *the town Odette*: what the nouns beside a name say, unless the model is surer."""
    if seen in NO_BODY:
        return None
    return next((type_ for noun, type_ in _types("before").items() if noun in nouns), None)


def by_noun_after(doc: Doc, start: int, end: int, seen: EntityType) -> EntityType | None:
    """*Odette rebels*, *the Odette oil firm*: what the noun says that the name stands before."""
    last = doc[end - 1]
    noun = last.head
    if seen in NO_BODY or last.dep_ not in BEFORE_NOUN or noun.i < end or noun.tag_ in NAMES:
        return None
    parts = doc[end : noun.i]  # of one noun, as in oil firm
    told = _types("after").get(noun.lower_)
    if told is None or any(token.head is not noun for token in parts) or is_dashed(doc, start, end):
        return None
    place = told is EntityType.ORGANIZATION and seen is EntityType.PLACE
    if place and noun.lower_ != "agency" and (parts or noun.lower_ != "group"):
        return None  # Norvalia rebels, the largest Norvalia rebel group
    return None if parts and (told is EntityType.PLACE or noun.lower_ == "party") else told


def is_dashed(doc: Doc, start: int, end: int) -> bool:
    """*Vela-Quill*: only the half of a name."""
    before = start > 0 and doc[start - 1].text in DASHES
    return before or (end < len(doc) and doc[end].text in DASHES)


@cache
def _types(key: str) -> Mapping[str, EntityType]:
    rows: dict[str, list[str]] = lexicon.table("kinds")[key]
    return {noun: EntityType(type_) for type_, nouns in rows.items() for noun in nouns}


def is_someone(doc: Doc, start: int, end: int) -> bool:
    """*Odette, who left*; *Odette, 45, left*: what only persons have beside their names."""
    last = doc[end - 1]
    who = any(child.dep_ == "relcl" and _subject(child) == "who" for child in last.children)
    if who and _preposition(doc, start, end) is None:
        return True
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 2].text not in {",", "."}:
        return False
    age = doc[end + 1].text
    return age.isdecimal() and len(age) < 4 and NOT_AGES < int(age) < OLDEST


def holds_office(doc: Doc, start: int, end: int) -> bool:
    """*The president of Norvalia Vela Odette*: who stands right after a country and its office."""
    first = max(1, start - LONGEST_PLACE - 2)
    of = next((i for i in range(start - 2, first - 1, -1) if doc[i].lower_ == "of"), None)
    if of is None or end - start < 2 or doc[of - 1].lower_ not in lexicon.words("kinds", "offices"):
        return False
    known = lexicon.known().get(doc.text_of(of + 2 if doc[of + 1].lower_ == "the" else of + 1, start).strip())
    return known is not None and known.kind == "country"


def is_something(doc: Doc, start: int, end: int) -> bool:
    """*Odette, which sank*; *the Vela Odette*: what no person has beside the name."""
    last = doc[end - 1]
    if any(child.dep_ == "relcl" and _subject(child) == "which" for child in last.children):
        return True
    before = doc[start - 1] if start else None
    the = before is not None and before.lower_ == "the" and before.head is last
    return the and end - start > 1 and last.tag_ == "NNP" and last.dep_ != "compound"


def makes_landfall(doc: Doc, end: int) -> bool:
    """*Odette made landfall*: what only storms do."""
    last = doc[end - 1]
    if last.dep_ not in SUBJECTS or last.head.lemma_ != "make":
        return False
    return any(child.dep_ == "dobj" and child.lower_ == "landfall" for child in last.head.children)


def _subject(verb: Token) -> str:
    return next((child.lower_ for child in verb.children if child.dep_ in SUBJECTS), "")


def is_in(doc: Doc, start: int, end: int) -> bool:
    """*In Odette*, *near Odette*: where the name of a place stands, or of one that is trusted."""
    prep = _preposition(doc, start, end)
    if prep is None or prep.lower_ not in IN or prep.i != start - 1:
        return False
    return prep.head.lemma_.lower() not in lexicon.words("kinds", "trusted")


def is_among_places(doc: Doc, start: int, end: int) -> bool:
    """*In Odette*; *Oslo and Odette*: where a place stands, or beside another one."""
    last = doc[end - 1]
    joined = last.dep_ == "conj" and last.head.ent_type_ == "GPE" and last.head.tag_ in NAMES
    return joined or is_in(doc, start, end)


def place_noun(doc: Doc, start: int, end: int) -> str:
    """Return the noun before *of* that only a place follows (*the town of Odette*, *north of Odette*), or ''.

    *The state of the Odette* is none.
    """
    prep = _preposition(doc, start, end)
    if prep is None or prep.lower_ != "of" or (prep.head.text == "state" and prep.i != start - 1):
        return ""
    return prep.head.text if prep.head.text in lexicon.words("kinds", "places_of") else ""


def is_area_before_noun(doc: Doc, end: int) -> bool:
    """*Odette province*, *Odette state*."""
    last = doc[end - 1]
    return last.dep_ in BEFORE_NOUN and last.head.i == end and last.head.text in AREAS


def _preposition(doc: Doc, start: int, end: int) -> Token | None:
    """Return the preposition right before a name, or before its article."""
    last = doc[end - 1]
    before = start - 2 if start > 1 and doc[start - 1].lower_ == "the" else start - 1
    return last.head if last.dep_ == "pobj" and last.head.i == before else None
