"""What a name is by what it shows itself and by what stands beside it, whatever the model takes it for."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import beside, lexicon
from graph.text.gazetteer import is_area, may_be_place
from graph.text.tree import NAMES
from graph.text.variants import noun_of

if TYPE_CHECKING:
    from graph.text.tokens import Doc

FULL_NAME = range(2, 4)  # words of a full name that begins with a first name
LONG = 4  # words; a surname ends no longer name
UNSURE = frozenset(  # the types that a person's full name may be mistaken for
    (EntityType.CONCEPT, EntityType.ORGANIZATION, EntityType.PLACE, EntityType.PRODUCT, EntityType.GROUP)
)
# UpGuard, OpenStack; but McCarthy, DeSantis and LaRouche are people.
BRAND = re.compile(r"(?!Mac|Mc|De|Di|Du|La|Le|Fitz|Van|Von|Al|El)[A-Z][a-z]+[A-Z][a-z]+")
PLURAL = frozenset(("NNS", "NNPS"))
VERSUS = frozenset("v v. vs vs.".split())
VERSION = re.compile(r"([A-Z][a-z]\w+)(?: [A-Z]\w*)* \d{1,2}")  # Windows 11, Soyuz 4
ACRONYM = re.compile(r"[A-Z]{3,4}")
DOCTRINE = re.compile(r"[A-Z][a-z]{3,}ism")
SPECIES = re.compile(r"[A-Z]\. ?[a-z]{3,}")  # E. coli
NO_TITLES = frozenset(("executive", "general"))  # Executive Order, General Assembly
NOT_SOMEONE = frozenset((EntityType.CONCEPT, EntityType.PLACE, EntityType.PRODUCT))
NO_BODY = frozenset((EntityType.PERSON, EntityType.CONCEPT, EntityType.GROUP, EntityType.PRODUCT))
AREAS = frozenset((EntityType.CONCEPT, EntityType.GROUP))  # what the model takes for a person may be one
SEEN_AS_BRAND = frozenset((EntityType.PLACE, EntityType.PERSON, EntityType.GROUP))


def shown(doc: Doc, start: int, end: int, text: str, seen: EntityType) -> EntityType | None:
    """Return what the name of tokens [start, end) shows that it is; `seen` is what the model takes it for.

    None where it shows nothing.
    """
    known = lexicon.known().get(text)
    if known is not None:
        place = seen is EntityType.PERSON and known.kind != "organization"
        return EntityType.PLACE if place and beside.is_among_places(doc, start, end) else None
    if text in lexicon.organizations():
        return EntityType.ORGANIZATION
    nouns = frozenset(token.lower_ for token in beside.nouns_beside(doc, start, end))
    if nouns & lexicon.words("kinds", "human") or (" " in text and beside.is_officer(doc, end)):
        return EntityType.PERSON
    by_noun = _by_noun(text, seen)
    if by_noun is not None:
        return by_noun
    if is_full_name(text):
        return EntityType.PERSON if seen in UNSURE else None
    if _is_someone(doc, start, end, seen):
        return EntityType.PERSON
    if seen is EntityType.PERSON and _is_titled(doc, start, end):
        return None
    whole = not beside.is_dashed(doc, start, end)
    told = _by_neighbours(doc, start, end, nouns, seen)
    return told or (_by_form(text, seen, doc[end - 1].tag_ in PLURAL) if whole else None)


def _is_someone(doc: Doc, start: int, end: int, seen: EntityType) -> bool:
    if seen is EntityType.CONCEPT and (_is_titled(doc, start, end) or beside.holds_office(doc, start, end)):
        return True
    return seen in NOT_SOMEONE and beside.is_someone(doc, start, end)


def _by_neighbours(
    doc: Doc, start: int, end: int, nouns: frozenset[str], seen: EntityType
) -> EntityType | None:
    if nouns & lexicon.words("kinds", "bodies"):
        return EntityType.ORGANIZATION
    if beside.makes_landfall(doc, end):
        return EntityType.EVENT
    told = beside.by_noun_before(nouns, seen) or beside.by_noun_after(doc, start, end, seen)
    if told is not None:
        return told
    if _is_place(doc, start, end, seen):
        return EntityType.PLACE
    something = seen is EntityType.PERSON and beside.is_something(doc, start, end)
    return EntityType.ORGANIZATION if something else None


@lru_cache(maxsize=10_000)
def _by_form(text: str, seen: EntityType, plural: bool) -> EntityType | None:
    """Return what a name looks like, whatever stands beside it."""
    first, _, rest = text.partition(" ")
    if (seen in UNSURE and plural and is_team(text)) or (seen in SEEN_AS_BRAND and _is_brand(text)):
        return EntityType.ORGANIZATION
    version = VERSION.fullmatch(text) if seen in SEEN_AS_BRAND else None
    ship = rest and first in lexicon.words("kinds", "ships")
    if ship or (version is not None and version[1].lower() not in lexicon.words("kinds", "numbered")):
        return EntityType.PRODUCT
    if _is_people(text, plural):
        return EntityType.GROUP
    may_be_area = seen is not EntityType.PLACE and (rest or seen in AREAS)
    if may_be_area and is_area(text) and lexicon.country_of(text) is None:
        return EntityType.PLACE
    idea = DOCTRINE.fullmatch(text) or text in lexicon.words("kinds", "doctrines")
    return EntityType.CONCEPT if idea or SPECIES.fullmatch(text) else None


def _is_brand(text: str) -> bool:
    """*UpGuard*, *OQL*; of five letters in capitals it is a surname as often."""
    return BRAND.fullmatch(text) is not None or ACRONYM.fullmatch(text) is not None


def _is_people(text: str, plural: bool) -> bool:
    """*West Norwegians*: a people of the lexicon, or of a part of it."""
    if not plural:
        return False
    return any(lexicon.country_of(part) is not None for part in (text, text.rpartition(" ")[2]))


def is_team(text: str) -> bool:
    """*Oslo Larks*: a place and a noun in the plural, that is none of its parts or of what is done there."""
    *place, last = text.split()
    plural = (
        last[:1].isupper() and last.endswith("s") and last.lower() not in lexicon.words("kinds", "no_teams")
    )
    return plural and type_of_noun(last.lower()) is None and _is_where(" ".join(place))


def _is_where(text: str) -> bool:
    known = lexicon.known().get(text)
    return is_area(text) if known is None else known.kind == "city"


def _is_place(doc: Doc, start: int, end: int, seen: EntityType) -> bool:
    """True for a place by what stands beside it (*in Vela*), the surer the less it is one to the model."""
    if seen is EntityType.PLACE or beside.is_dashed(doc, start, end):
        return False
    of = beside.place_noun(doc, start, end)
    if _is_in_a_place(doc, start, end) or (seen in NO_BODY and of != ""):
        return True
    if seen is EntityType.ORGANIZATION and of in lexicon.words("kinds", "place"):
        return True
    if beside.is_area_before_noun(doc, end) and may_be_place(doc.text_of(start, end)):
        return True
    if seen is EntityType.PERSON and may_be_place(doc.text_of(start, end)):
        return beside.is_among_places(doc, start, end)
    if not beside.is_in(doc, start, end) or (end < len(doc) and doc[end].lower_ in VERSUS):
        return False
    return seen is EntityType.PERSON or may_be_place(doc.text_of(start, end))


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


@lru_cache(maxsize=10_000)
def _by_noun(text: str, seen: EntityType) -> EntityType | None:
    """*Kestrian News Agency* is an organisation, whatever the model says; *Charlotte Church* is a person."""
    noun = noun_of(text)
    if noun not in _noun_types() and " and " in text:
        noun = text.lower().rpartition(" ")[2]  # Harbour Protection and Safety Act
    may_be = noun not in lexicon.words("kinds", "no_surnames") and len(text.split()) < LONG
    surname = seen is EntityType.PERSON and may_be
    told = type_of_noun(noun)
    return None if surname or (seen is EntityType.WORK and told is not EntityType.CONCEPT) else told


def type_of_noun(noun: str) -> EntityType | None:
    """Return what a name with this noun, in small letters, is (*agency*), or None if it says nothing."""
    return _noun_types().get(noun)


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
