"""Relations between names that need no verb: what something is, where it lies, who belongs to whom.

*Tunis, the capital of Tunisia*; *Samir Dilou of Nidaa Tounes*; *South Africa's False Bay*. They hold
whatever the sentence round them says, as offices do (`nominals.offices`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.belongings import names_thing
from graph.text.clause import Clause
from graph.text.entities import Cast
from graph.text.nominals import FORMER, NO_LONGER, offices, titles
from graph.text.tree import NAMES, child, children, having, left_out, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

NOUNS = ("NN", "NNS")
RELATING = frozenset("of in at near for from with off on outside".split())
AFFILIATED = frozenset("of from at with".split())
LYING = frozenset("in at near off outside on".split())
OTHERWISE = frozenset(EntityType) - {EntityType.CONCEPT, EntityType.GROUP}
INHERENT = frozenset(("office", "title", "apposition", "affiliation", "place", "possession"))
"""Kinds of rules (before the `/`) whose clauses hold whatever their sentence says."""


def relations(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """Give what the noun phrases of a document say of its names, offices first."""
    held = list(offices(doc, cast))
    yield from held
    of_offices = {clause.head.i for clause in held}
    for find in FINDERS:
        yield from (clause for clause in find(doc, cast) if clause.head.i not in of_offices)


def _appositions(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*Astrid Vale, a reporter from Kestria*; *Vale's lawyer, Duncan Hale*; *the agency Nordane*."""
    for lower in having(doc, "DEP", ("appos",)):
        name, noun = (lower.head, lower) if lower.head.i in cast.by_token else (lower, lower.head)
        if _stands_beside(lower) and _describes(noun, name, cast):
            yield from _described(name, noun, cast)


def _stands_beside(lower: Token) -> bool:
    """True for an apposition right behind what it is about, after a comma or none; not one in a list."""
    gap = lower.doc[lower.left_edge.i - 1]
    return gap == lower.head or (gap.text == "," and child(lower.head, "cc", "conj") is None)


def _describes(noun: Token, name: Token, cast: Cast) -> bool:
    """True if `noun` says what kind of thing `name` is: no name itself, and a kind of what it names."""
    if noun.tag_ not in NOUNS or noun.ent_type_ or name.i not in cast.by_token or left_out(noun):
        return False
    if any(c.lower_ in NO_LONGER for c in children(noun, "advmod")):
        return False
    type_, kind = cast.entities[cast.by_token[name.i]].type, noun.lemma_.lower()
    if kind in _kinds().get(type_, frozenset()):
        return noun.tag_ == "NN" or type_ is not EntityType.PERSON or child(name, "conj") is not None
    elsewhere = any(kind in kinds for kinds in (*_kinds().values(), lexicon.words("kinds", "human")))
    return type_ in OTHERWISE and not elsewhere and names_thing(kind) and _is_told(noun, name)


def _is_told(noun: Token, name: Token) -> bool:
    """*Nordane, the maker of the ship*, *the festival Oslo Days*: one that a determiner points at."""
    if noun.tag_ != "NN" or name.tag_ not in NAMES or children(noun, "conj"):
        return False
    behind = noun.doc[noun.i + 1].text if noun.i + 1 < len(noun.doc) else ""
    return behind != "(" and child(noun, "det", "poss") is not None


@cache
def _kinds() -> dict[EntityType, frozenset[str]]:
    """Return what the nouns are that a person, a place or an organisation may be called by."""
    titles = {office.split()[-1] for office in lexicon.words("offices", "offices")}
    return {
        EntityType.PERSON: lexicon.words("kinds", "person") | titles,
        EntityType.PLACE: lexicon.words("kinds", "place"),
        EntityType.ORGANIZATION: lexicon.words("kinds", "organization"),
    }


def _described(name: Token, noun: Token, cast: Cast) -> Iterator[Clause]:
    """Give that `name` is a `noun`, and of or in which other name it is one."""
    words = (*filter(_is_of_title, children(noun, "amod", "compound")), *_title(noun, cast))
    related = [
        (prep, other) for prep, other in prepositions(noun) if prep in RELATING and other.i in cast.by_token
    ]
    owner = child(noun, "poss")
    if owner is not None and not any(c.tag_ == "JJS" for c in children(noun, "amod")):
        related.append(("of", owner))
    for prep, other in related:
        if _differ(name, other, cast):
            yield Clause(noun, name, other, "apposition/related", prep, words)
    if not related and noun.tag_ == "NN":
        yield Clause(noun, name, noun, "apposition/kind")


def _is_of_title(word: Token) -> bool:
    """*Former* partner, *home* minister."""
    return word.lower_ in FORMER or (word.dep_ == "compound" and word.tag_ == "NN" and not word.ent_type_)


def _title(noun: Token, cast: Cast) -> tuple[Token, ...]:
    """*Chief of staff*: what a noun is called with the unnamed one that it is of."""
    of = next((prep for prep in children(noun, "prep") if prep.lower_ == "of"), None)
    inner = child(of, "pobj") if of is not None else None
    if of is None or inner is None or inner.i in cast.by_token or inner.i != of.i + 1:
        return (noun,)
    return noun, of, inner


def _affiliations(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*Samir Dilou of Nidaa Tounes*: the organisation or the place that a person is named with."""
    for name, prep, other in _named_pairs(doc, cast, EntityType.PERSON):
        if prep in AFFILIATED and cast.entities[cast.by_token[other.i]].type in _HOMES:
            yield Clause(name, name, other, "affiliation/of", prep)


_HOMES = frozenset((EntityType.ORGANIZATION, EntityType.PLACE))


def _places(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*The Merrow Hospital in Karlshaven*; *Karlshaven, Kestria*."""
    for type_ in _HOMES:
        for name, prep, other in _named_pairs(doc, cast, type_):
            if prep in LYING and cast.entities[cast.by_token[other.i]].type is EntityType.PLACE:
                yield Clause(name, name, other, "place/in", prep)
    for lower in having(doc, "DEP", ("appos",)):
        if {lower.i, lower.head.i} <= cast.by_token.keys() and _lies_in(lower.head, lower, cast):
            yield Clause(lower.head, lower.head, lower, "place/comma", "in")


def _lies_in(town: Token, country: Token, cast: Cast) -> bool:
    """True for a town and right after it, behind a comma, a country or a region; not in a list of them."""
    inner, outer = (cast.entities[cast.by_token[t.i]] for t in (town, country))
    known = lexicon.known()
    beside = country.left_edge.i - town.i == 2 and town.nbor().text == ","
    listed = bool(children(town, "conj", "cc") or children(country, "conj", "cc", "appos"))
    larger = outer.label in known and known[outer.label].kind in {"country", "region"}
    same_size = inner.label in known and known[inner.label].kind == "country"
    return inner.type is EntityType.PLACE and beside and larger and not same_size and not listed


def _possessions(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*Kestria's Merrow Hospital*: a name that another one has."""
    for owner in having(doc, "DEP", ("poss",)):
        thing = owner.head
        if {owner.i, thing.i} <= cast.by_token.keys() and thing.tag_ in NAMES and _differ(owner, thing, cast):
            kinds = {cast.entities[cast.by_token[t.i]].type for t in (owner, thing)}
            if EntityType.PERSON not in kinds and EntityType.GROUP not in kinds:
                yield Clause(thing, owner, thing, "possession/of")


def _named_pairs(doc: Doc, cast: Cast, type_: EntityType) -> Iterator[tuple[Token, str, Token]]:
    """Give (name, preposition, name) where the second hangs right on the first, which is of that type."""
    for name in cast.names:
        head = doc[name.end - 1]
        id_ = cast.by_token.get(head.i)
        if id_ is None or cast.entities[id_].type is not type_ or name.adjective:
            continue
        for prep, other in prepositions(head):
            if other.i in cast.by_token and _differ(head, other, cast):
                yield head, prep, other


def _differ(one: Token, other: Token, cast: Cast) -> bool:
    return cast.by_token.get(one.i) != cast.by_token.get(other.i)


FINDERS: tuple[Callable[[Doc, Cast], Iterator[Clause]], ...] = (
    titles,
    _appositions,
    _affiliations,
    _places,
    _possessions,
)
