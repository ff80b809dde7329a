"""The named mentions of a document: what the model found, trimmed to the name itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.day_words import DAYS, MONTHS
from graph.text.known import NONE, KnownEntities
from graph.text.naming import shown
from graph.text.tree import NAMES, having
from graph.text.trimming import CLOCKS, KINDS, TYPES, Name, text_of, trimmed
from graph.text.variants import abbreviates

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

SURNAMED = frozenset("nsubj nsubjpass poss dobj pobj".split())
DETERMINERS = frozenset(("det", "poss"))
LOCATIVE = frozenset("in at to from near into across outside around toward towards through".split())
FEW = 5  # mentions of a name for one that shows what it is; where more show nothing, that one may be odd
CALENDAR = frozenset((*MONTHS, *DAYS))


def names(doc: Doc, known: KnownEntities = NONE) -> list[Name]:
    """Return the named mentions of `doc` in order; they do not overlap.

    Those of the user's list (`known`) are found by their names, whatever the model takes them for.
    """
    seen = [name for ent in doc.ents if ent.label_ in TYPES for name in trimmed(ent)]
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
    types: dict[str, list[EntityType]] = defaultdict(list)
    for name, type_ in zip(found, own, strict=True):
        if type_ is not None:
            types[name.text].append(type_)
    often = Counter(name.text for name in found)
    one = {
        text: these[0]
        for text, these in types.items()
        if len({*these}) == 1 and often[text] <= FEW * len(these)
    }
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
    text = text_of(doc, start, end)
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
    text = text_of(doc, start, end)
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
    if (
        titled
        or one_of_a_kind
        or last.lower_ in CALENDAR
        or text in CLOCKS
        or not text[:1].isupper()
        or len(text) == 1
    ):
        return
    yield Name(start, end, text, EntityType.CONCEPT)
