"""Where a name of the model's begins and ends: without titles, marks and the words that run into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.naming import is_full_name, type_of_noun
from graph.text.tree import NAMES
from graph.text.variants import is_storm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.text.tokens import Doc, Span, Token

TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
    "EVENT": EntityType.EVENT,
    "PRODUCT": EntityType.PRODUCT,
    "WORK_OF_ART": EntityType.WORK,
    "LAW": EntityType.LAW,
}
KINDS = {
    "country": EntityType.PLACE,
    "city": EntityType.PLACE,
    "region": EntityType.PLACE,
    "organization": EntityType.ORGANIZATION,
}
EDGE = frozenset("the a an 's ’s ' ’ \" “ ” ‘ , . ( ) -".split())
MODIFIERS = frozenset("amod compound punct nmod advmod".split())
NEVER_FIRST = frozenset("RB CC IN WRB".split())  # afterwards Vale
NOMINAL = frozenset("nsubj nsubjpass dobj pobj dative".split())
DIRECTIONS = frozenset("north south east west northern southern eastern western central upper lower".split())
SCORE = re.compile(r"\d{1,3}[–-]\d{1,3}")
TROPICAL = "tropical"
FOR_OR_AGAINST = re.compile(r"(?:pro|anti|non|ex|post|pre)-\S+", re.IGNORECASE)
CLOCKS = frozenset("EST EDT CST CDT MST MDT PST PDT GMT UTC IST BST CET CEST AEST JST".split())
LONGEST_PLACE = 4  # words of a country whose president follows it


@dataclass(frozen=True, slots=True)
class Name:
    """A named mention: tokens [start, end), the name, and what the model or the lexicon takes it for."""

    start: int
    end: int
    text: str
    type: EntityType
    adjective: bool = False  # Russian in "Russian forces": names its country, is no group
    located: bool = False  # in Paris: no person
    beside: str = ""  # International Criminal Court, for ICC in brackets right after it


def trimmed(ent: Span) -> Iterator[Name]:
    """Give the names in what the model took for one: mostly one, at times none or two."""
    borders = _borders(ent)
    if borders is None:
        return
    start, end = borders
    doc = ent.doc
    begins = _storm(doc, start, end)
    if begins is not None:
        yield Name(begins, end, text_of(doc, begins, end), EntityType.EVENT)
        return
    country = _holder_after_country(doc, start, end)
    if country is not None:
        yield from _country(doc, *country)
        yield Name(country[1], end, text_of(doc, country[1], end), EntityType.PERSON)
        return
    if ent.label_ == "PERSON" or is_full_name(text_of(doc, _after_title(doc, start, end), end)):
        start = _after_title(doc, start, end)
    whole = _whole_start(doc, start) if ent.label_ == "GPE" else start
    if whole < start:
        yield Name(whole, end, text_of(doc, whole, end), EntityType.CONCEPT)
        return
    text = text_of(doc, start, end)
    if text == text.lower() or text in CLOCKS or (FOR_OR_AGAINST.fullmatch(text) and _modifies(doc[end - 1])):
        return  # no letter at all, a common noun or a time zone that the model took for a name, pro-Norvalian
    adjective = ent.label_ == "NORP" and all(_modifies(token) for token in doc[start:end])
    known = lexicon.known().get(text)
    sure = known is not None and (ent.label_ != "PERSON" or known.kind == "organization")
    type_ = KINDS[known.kind] if known and sure else TYPES[ent.label_]
    yield Name(start, end, text, type_, adjective)


def _borders(ent: Span) -> tuple[int, int] | None:
    """Return where a name begins and ends without marks and articles, or None if nothing is left."""
    start, end, doc = ent.start, ent.end, ent.doc
    while start < end and (doc[start].lower_ in EDGE or doc[start].is_space):
        start += 1
    opened = next((i for i in range(start, end) if doc[i].text == "("), end)
    if opened < end and ")" not in doc.text_of(opened, end):
        end = opened  # Organisation of Islamic Cooperation (OIC
    while end > start and _is_no_end(doc[end - 1]):
        end -= 1
    return None if start == end or _in_office(doc, start, end) else (start, end)


def _holder_after_country(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """*President of Norvalia Hale Vale*: where the country begins, and where the name of the president.

    None if this is no such name: two words at least must follow the country and be someone's.
    """
    of = next((i for i in range(max(1, start - 2), end - 2) if doc[i].lower_ == "of"), None)
    titles = lexicon.words("offices", "offices") | lexicon.words("offices", "leaders")
    if of is None or doc[of - 1].lower_ not in titles:
        return None
    of_state = doc[of - 1].lower_ in lexicon.words("kinds", "offices")
    first = of + 2 if doc[of + 1].lower_ == "the" else of + 1
    for holder in range(first + 1, min(end - 1, first + LONGEST_PLACE + 1)) if first >= start else ():
        known = lexicon.known().get(text_of(doc, first, holder))
        country = of_state and known is not None and known.kind in {"country", "region", "organization"}
        if is_full_name(text_of(doc, holder, end)) or (country and _may_be_someone(doc, holder, end)):
            return first, holder
    return None


def _may_be_someone(doc: Doc, start: int, end: int) -> bool:
    """True for two words or more that all begin with a capital, and have no noun of a kind of thing."""
    words = [token.text for token in doc[start:end]]
    capitals = all(word[:1].isupper() or word == "-" for word in words)
    return capitals and not any(type_of_noun(word.lower()) for word in words)


def _country(doc: Doc, start: int, end: int) -> Iterator[Name]:
    known = lexicon.known().get(text_of(doc, start, end))
    if known is not None:
        yield Name(start, end, text_of(doc, start, end), KINDS[known.kind])


def _is_no_end(token: Token) -> bool:
    """True for what no name ends with: a mark, an article, the score of a match (*beats Norvalia 2–0*)."""
    return token.lower_ in EDGE or token.is_space or SCORE.fullmatch(token.text) is not None


def _whole_start(doc: Doc, start: int) -> int:
    """*Mister America*, *Team USA*: where a name begins of which the model saw only the place."""
    titles = lexicon.words("offices", "offices") | lexicon.words("offices", "honorifics")
    while start > 0:
        before = doc[start - 1]
        part = before.tag_ == "NNP" and before.dep_ == "compound" and not before.ent_type_
        if not part or before.lower_ in titles or before.lower_ in DIRECTIONS or before.text.isupper():
            break
        start -= 1
    return start


def _in_office(doc: Doc, start: int, end: int) -> bool:
    """True for the first word of *Home Secretary* and the last of *Secretary of State*."""
    if end - start > 1:
        return False
    offices = lexicon.words("offices", "offices")
    before, after = text_of(doc, max(0, start - 2), end).lower(), text_of(doc, start, end + 1).lower()
    return (" " in before and before in offices) or (
        after in offices and end < len(doc) and doc[end].tag_ in NAMES
    )


def _storm(doc: Doc, start: int, end: int) -> int | None:
    """Return where *Tropical Storm Odette* begins, of which models see a woman or a town; else None."""
    first = start
    while first < end - 1 and doc[first].lower_ == TROPICAL:
        first += 1
    if doc[first].lower_ not in lexicon.words("kinds", "storm"):
        first = start - 1
    called = 0 <= first < end - 1 and doc[first].lower_ in lexicon.words("kinds", "storm")
    if not called or not doc[first].text.istitle() or doc[end - 1].tag_ in {"NNS", "NNPS"}:
        return None
    if not is_storm(text_of(doc, first, end)):
        return None
    return first - 1 if first > 0 and doc[first - 1].text == TROPICAL.title() else first


def _after_title(doc: Doc, start: int, end: int) -> int:
    """Return where a person's name begins after its titles (*President Xi*, *Grand Ayatollah Vale*)."""
    titles = lexicon.words("offices", "offices") | lexicon.words("offices", "honorifics")
    while start < end - 1:
        if doc[start].lower_ in titles or doc[start].tag_ in NEVER_FIRST:
            start += 1
        elif start < end - 2 and text_of(doc, start, start + 2).lower() in titles:
            start += 2
        else:
            break
    return start


def _modifies(token: Token) -> bool:
    """True for an adjective (*Russian forces*, *Russian and Chinese forces*), not for *the Chinese*."""
    if token.tag_ in {"NNPS", "NNS"}:
        return False
    return token.dep_ in MODIFIERS or (token.tag_.startswith("JJ") and token.dep_ not in NOMINAL)


def text_of(doc: Doc, start: int, end: int) -> str:
    """Return the words of a token span with plain spaces; most names are one word, which needs no span."""
    text = doc[start].text if end - start == 1 else doc.text_of(start, end)
    return " ".join(text.split())
