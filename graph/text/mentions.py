"""The named mentions of a document: what the model found, trimmed to the name itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.day_words import DAYS, MONTHS
from graph.text.known import NONE, KnownEntities
from graph.text.tree import NAMES, having
from graph.text.variants import abbreviates, noun_of

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
STORMS_AS = frozenset("PERSON GPE LOC".split())  # what models take storms for
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
    found = sorted((_judged(doc, name) for name in found), key=lambda name: name.start)
    short = {i: long for pair in pairwise(found) for i, long in _in_brackets(doc, *pair)}
    return [replace(name, beside=short[name.start]) if name.start in short else name for name in found]


def _judged(doc: Doc, name: Name) -> Name:
    """Return a name with what it shows itself and in its sentence: *in Paris*; *Vela Strand, a poet*."""
    last = doc[name.end - 1]
    located = last.dep_ == "pobj" and last.head.lower_ in LOCATIVE
    type_ = EntityType.PERSON if _is_human(name, last) else _by_noun(name)
    if type_ is name.type and located == name.located:
        return name
    return replace(name, located=located, type=type_)


def _by_noun(name: Name) -> EntityType:
    """*Kestrian News Agency* is an organisation, whatever the model says; *Charlotte Church* is a person."""
    noun = noun_of(name.text)
    type_ = _noun_types().get(noun)
    surname = name.type is EntityType.PERSON and noun not in lexicon.words("kinds", "no_surnames")
    if type_ is None or surname or name.type is EntityType.WORK or name.text in lexicon.known():
        return name.type
    return type_


@cache
def _noun_types() -> dict[str, EntityType]:
    rows: dict[str, list[str]] = lexicon.table("kinds")["name_nouns"]
    return {noun: EntityType(type_) for type_, nouns in rows.items() for noun in nouns}


def _is_human(name: Name, last: Token) -> bool:
    """*Vela Strand, an Ostmark poet*; *guitarist Vela Strand*: what is beside a name shows a person."""
    if name.adjective or name.text in lexicon.known():
        return False
    beside = [c for c in last.children if c.dep_ == "appos" or c.i == name.start - 1]
    if last.dep_ == "appos":
        beside.append(last.head)
    human = lexicon.words("kinds", "human")
    return any(c.tag_ == "NN" and c.lower_ in human for c in beside)


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
    while end > start and (doc[end - 1].lower_ in EDGE or doc[end - 1].is_space):
        end -= 1
    storm = ent.label_ in STORMS_AS and _is_storm(doc, start)
    if storm and doc[start].lower_ not in lexicon.words("kinds", "storm"):
        start -= 1
    elif ent.label_ == "PERSON" and not storm:
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


def _is_storm(doc: Doc, start: int) -> bool:
    """True for *Odette* of *Storm Odette*, whom models take for a woman or a town."""
    words = lexicon.words("kinds", "storm")
    return doc[start].lower_ in words or (
        start > 0 and doc[start - 1].text.lower() in words and doc[start - 1].is_title
    )


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
