"""The named mentions of a document: what the model found, trimmed to the name itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.day_words import DAYS, MONTHS
from graph.text.known import NONE, KnownEntities
from graph.text.naming import is_full_name, shown
from graph.text.tree import NAMES, having
from graph.text.variants import abbreviates, is_storm

if TYPE_CHECKING:
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
NOMINAL = frozenset("nsubj nsubjpass dobj pobj dative".split())
DIRECTIONS = frozenset("north south east west northern southern eastern western central upper lower".split())
SURNAMED = frozenset("nsubj nsubjpass poss dobj pobj".split())
DETERMINERS = frozenset(("det", "poss"))
SCORE = re.compile(r"\d{1,3}[–-]\d{1,3}")
TROPICAL = "tropical"
LOCATIVE = frozenset("in at to from near into across outside around toward towards through".split())
CALENDAR = frozenset((*MONTHS, *DAYS))


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


def names(doc: Doc, known: KnownEntities = NONE) -> list[Name]:
    """Return the named mentions of `doc` in order; they do not overlap.

    Those of the user's list (`known`) are found by their names, whatever the model takes them for.
    """
    seen = [name for ent in doc.ents if ent.label_ in TYPES and (name := _from_entity(ent)) is not None]
    found = _with_listed(doc, seen, known)
    taken = {i for name in found for i in range(name.start, name.end)}
    found.extend(_missed(doc, taken, {name.text for name in found}))
    found.extend(_surnames(doc, found))
    found = _judged(doc, sorted(found, key=lambda name: name.start))
    short = {i: long for pair in pairwise(found) for i, long in _in_brackets(doc, *pair)}
    return [replace(name, beside=short[name.start]) if name.start in short else name for name in found]


def _judged(doc: Doc, found: list[Name]) -> list[Name]:
    """Return names with what they show themselves and in their sentences: *in Paris*; *Vela Strand, a poet*.

    What a name shows at one place it is at the others too, unless it shows something else there.
    """
    own = [None if n.adjective else shown(doc, n.start, n.end, n.text, n.type) for n in found]
    types: dict[str, set[EntityType]] = defaultdict(set)
    for name, type_ in zip(found, own, strict=True):
        if type_ is not None:
            types[name.text].add(type_)
    one = {text: next(iter(these)) for text, these in types.items() if len(these) == 1}
    return [
        _as(name, type_ or (None if name.adjective else one.get(name.text)), _is_located(doc[name.end - 1]))
        for name, type_ in zip(found, own, strict=True)
    ]


def _as(name: Name, type_: EntityType | None, located: bool) -> Name:
    if type_ in (None, name.type) and located == name.located:
        return name
    return replace(name, located=located, type=type_ or name.type)


def _is_located(last: Token) -> bool:
    return last.dep_ == "pobj" and last.head.lower_ in LOCATIVE


def _in_brackets(doc: Doc, first: Name, second: Name) -> Iterator[tuple[int, str]]:
    """Give (where the short one starts, the long one) of two names with brackets round the second."""
    closed = second.end < len(doc) and doc[second.end].text == ")"
    if closed and doc.text_of(first.end, second.start).strip() == "(":
        long, short = (first, second) if len(first.text) > len(second.text) else (second, first)
        if abbreviates(short.text, long.text):
            yield short.start, long.text


def _with_listed(doc: Doc, seen: list[Name], known: KnownEntities) -> list[Name]:
    """Return what the model found, with the names of the list in the place of what they overlap."""
    if known is NONE:
        return seen
    inside = {i: name for name in seen for i in range(name.start, name.end)}
    listed = [
        _listed(doc, start, end, known, inside)
        for start, end in known.spans([token.text for token in doc])
        if not _is_part(doc, start, end, inside)
    ]
    taken = {i for name in listed for i in range(name.start, name.end)}
    return [*listed, *(name for name in seen if taken.isdisjoint(range(name.start, name.end)))]


def _listed(doc: Doc, start: int, end: int, known: KnownEntities, inside: Mapping[int, Name]) -> Name:
    """Return a name of the list; the type is the model's where the list says none, or several."""
    text = _text(doc, start, end)
    types = {entity.type for entity in known.named(text)}
    on_list = types.pop() if len(types) == 1 else None
    seen = (inside[i].type for i in range(start, end) if i in inside)
    return Name(start, end, text, on_list or next(seen, EntityType.CONCEPT))


def _is_part(doc: Doc, start: int, end: int, inside: Mapping[int, Name]) -> bool:
    """True if a longer name holds a name of the list (*Okafor* in *Okafor Street* or *Anna Okafor*).

    In front of a person's name of several words stand titles; right after a name may stand another.
    """
    longer = inside.get(start)
    whole = end - start > 1
    if longer is not None and longer == inside.get(end - 1) and (longer.start, longer.end) != (start, end):
        return not (whole and longer.end == end and longer.type is EntityType.PERSON)
    titles = lexicon.words("offices", "offices") | lexicon.words("offices", "honorifics")
    goes_on = _is_compound(doc, end - 1) and end not in inside and doc[end].lower_ not in titles
    begun = not whole and start > 0 and start - 1 not in inside and _is_compound(doc, start - 1)
    return goes_on or (begun and doc[start - 1].lower_ not in titles)


def _is_compound(doc: Doc, i: int) -> bool:
    """True for a proper noun that stands before another as a part of its phrase."""
    after = doc[i + 1] if i + 1 < len(doc) else None
    return doc[i].dep_ == "compound" and doc[i].tag_ in NAMES and after is not None and after.tag_ in NAMES


def _text(doc: Doc, start: int, end: int) -> str:
    """Return the words of a token span with plain spaces; most names are one word, which needs no span."""
    text = doc[start].text if end - start == 1 else doc.text_of(start, end)
    return " ".join(text.split())


def _from_entity(ent: Span) -> Name | None:
    start, end = ent.start, ent.end
    doc = ent.doc
    while start < end and (doc[start].lower_ in EDGE or doc[start].is_space):
        start += 1
    opened = next((i for i in range(start, end) if doc[i].text == "("), end)
    if opened < end and ")" not in doc.text_of(opened, end):
        end = opened  # Organisation of Islamic Cooperation (OIC
    while end > start and _is_no_end(doc[end - 1]):
        end -= 1
    if start == end or _in_office(doc, start, end):
        return None
    begins = _storm(doc, start, end)
    storm = begins is not None
    if begins is not None:
        start = begins
    elif ent.label_ == "PERSON" or is_full_name(_text(doc, _after_title(doc, start, end), end)):
        start = _after_title(doc, start, end)
    whole = _whole_start(doc, start) if ent.label_ == "GPE" else start
    if whole < start:
        return Name(whole, end, _text(doc, whole, end), EntityType.CONCEPT)
    text = _text(doc, start, end)
    if text == text.lower():
        return None  # no letter at all, or a common noun that the model took for a name
    adjective = ent.label_ == "NORP" and all(_modifies(token) for token in doc[start:end])
    known = lexicon.known().get(text)
    type_ = KINDS[known.kind] if known and ent.label_ != "PERSON" else TYPES[ent.label_]
    type_ = EntityType.EVENT if storm else type_
    return Name(start, end, text, type_, adjective)


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
    before, after = _text(doc, max(0, start - 2), end).lower(), _text(doc, start, end + 1).lower()
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
    if not is_storm(_text(doc, first, end)):
        return None
    return first - 1 if first > 0 and doc[first - 1].text == TROPICAL.title() else first


def _after_title(doc: Doc, start: int, end: int) -> int:
    """Return where a person's name begins after its titles (*President Xi*, *Mr. Smith*)."""
    titles = lexicon.words("offices", "offices") | lexicon.words("offices", "honorifics")
    while start < end - 1 and doc[start].lower_ in titles:
        start += 1
    return start


def _modifies(token: Token) -> bool:
    """True for an adjective (*Russian forces*, *Russian and Chinese forces*), not for *the Chinese*."""
    if token.tag_ in {"NNPS", "NNS"}:
        return False
    return token.dep_ in MODIFIERS or (token.tag_.startswith("JJ") and token.dep_ not in NOMINAL)


def _surnames(doc: Doc, found: list[Name]) -> Iterator[Name]:
    """*Sanders lost*: the surname of someone named in full, which the model took for a common noun."""
    people = [name.text.split() for name in found if name.type is EntityType.PERSON]
    surnames = {words[-1] for words in people if len(words) > 1 and words[-1][:1].isupper()}
    taken = {i for name in found for i in range(name.start, name.end)}
    for token in having(doc, "ORTH", surnames):
        common = token.tag_ in {"NN", "NNS"} and token.dep_ in SURNAMED
        if common and token.i not in taken and not any(c.dep_ in DETERMINERS for c in token.children):
            yield Name(token.i, token.i + 1, token.text, EntityType.PERSON)


def _missed(doc: Doc, taken: set[int], said: set[str]) -> Iterator[Name]:
    """Give proper nouns that the model left out: runs of NNP, typed if the lexicon knows them."""
    offices = lexicon.words("offices", "offices")
    left_out = [t.i for t in having(doc, "TAG", NAMES) if t.i not in taken and not t.ent_type_]
    for _, run in groupby(enumerate(left_out), key=lambda pair: pair[1] - pair[0]):
        indices = [i for _, i in run]
        start, end = indices[0], indices[-1] + 1
        while start < end - 1 and doc[start].lower_ in offices:
            start += 1
        yield from _proper(doc, start, end, said)


def _proper(doc: Doc, start: int, end: int, said: set[str]) -> Iterator[Name]:
    """Give the name of a run of proper nouns, unless it is a title, a day, or one of a kind (*the Board*).

    What the model takes for a name elsewhere in the article (`said`) is one here too.
    """
    text = _text(doc, start, end)
    known = lexicon.known().get(text)
    if known is not None:
        yield Name(start, end, text, KINDS[known.kind])
        return
    titles = lexicon.words("offices", "offices") | lexicon.words("offices", "honorifics")
    last = doc[end - 1]
    titled = text.lower() in titles or last.lower_.removesuffix("s") in titles
    one_of_a_kind = (
        start + 1 == end and text not in said and any(c.dep_ in DETERMINERS for c in last.children)
    )
    if titled or one_of_a_kind or last.lower_ in CALENDAR or not text[:1].isupper() or len(text) == 1:
        return
    yield Name(start, end, text, EntityType.CONCEPT)
