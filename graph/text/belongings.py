"""What noun phrases say of things: whose they are, where they are, which country they are of.

*Kestrian warships*, *a pipeline in Kestria*, *Nordane's website*: where `modifiers` looks for nouns that it
knows, the rules here take every noun for a thing but those that name an act, a state or a measure
(`data/lexicon/things.json`). They hold whatever the sentence round them says.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.clause import Clause
from graph.text.entities import Cast
from graph.text.event_nouns import is_country, is_place
from graph.text.event_stance import is_definite
from graph.text.phrases import named
from graph.text.tree import child, children, conjuncts, having

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token
    from graph.text.trimming import Name

COMMON = frozenset(("NN", "NNS"))
BEFORE = frozenset("amod compound nmod".split())
BESIDE = frozenset("compound amod nmod appos".split())
WITH_NOUN = ("det", "poss", "amod", "compound", "nmod", "nummod")
IN = frozenset(("in", "near", "outside"))
OWNERS = frozenset((EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE))
KNOWN = ("people", "bodies")
EVENTS = ("acts", "deeds", "aims", "does", "meets", "works")


def things_of_names(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """Give whose, of which country and where the things of a document are."""
    told: set[tuple[str, str]] = set()
    for name in cast.names:
        head = doc[name.end - 1]
        if head.i in cast.by_token:
            yield from _of_country(head, name, cast, told)
            yield from _in_place(head, cast)
            yield from _of_body(head, cast)
    for owner in having(doc, "DEP", ("poss",)):
        yield from _owned(owner, cast)


def _of_country(head: Token, name: Name, cast: Cast, told: set[tuple[str, str]]) -> Iterator[Clause]:
    """*Kestrian warships*, *a US airbase*: once for each noun and country of an article."""
    noun = head.head
    if head.dep_ not in BEFORE or not _is_thing(noun) or _is_listed(noun) or _is_joined(head, name.start):
        return
    if noun.dep_ in BESIDE or any(noun.lemma_.lower() in lexicon.words("modifiers", key) for key in KNOWN):
        return
    if noun.lemma_.lower() in lexicon.words("modifiers", "called") and child(noun, "prep") is not None:
        return  # the Kestrian city of Karlshaven: `modifiers` says where Karlshaven is
    owner = cast.entities[cast.by_token[head.i]]
    phrase = owner.id, noun.lemma_
    if owner.type is EntityType.PLACE and (name.adjective or is_country(head)) and phrase not in told:
        told.add(phrase)
        yield Clause(noun, noun, head, "origin/of", "of", verb="be_of")


def _of_body(head: Token, cast: Cast) -> Iterator[Clause]:
    """*Nordane vehicles*: whose they are."""
    noun = head.head
    if (
        head.dep_ not in BEFORE
        or noun.dep_ in BESIDE
        or not _is_thing(noun)
        or _is_joined(head, head.left_edge.i)
    ):
        return
    kind, name = noun.lemma_.lower(), cast.entities[cast.by_token[head.i]]
    if name.type is EntityType.ORGANIZATION and kind in lexicon.words("modifiers", "made"):
        yield Clause(noun, noun, head, "origin/body", "of", verb="be_of")


def _is_joined(head: Token, start: int) -> bool:
    """*Anti-Kestrian*, *Kestrian-made*, *Kestrian and Norvalian*: no plain adjective."""
    doc = head.doc
    around = {doc[start - 1].text if start else "", doc[head.i + 1].text if head.i + 1 < len(doc) else ""}
    return "-" in around or child(head, "conj", "cc") is not None or head.dep_ == "conj"


def _in_place(head: Token, cast: Cast) -> Iterator[Clause]:
    """*A pipeline in Kestria*: where what is not known to lie anywhere else is."""
    prep = head.head
    noun = prep.head
    if head.dep_ != "pobj" or prep.text not in IN or prep.dep_ != "prep" or not is_place(head, cast):
        return
    known = noun.lemma_.lower() in lexicon.words("modifiers", "dwelling") | lexicon.words(
        "modifiers", "people"
    )
    counted = child(noun, "nummod") is not None
    places = conjuncts(head)
    if _is_thing(noun) and not known and prep.i > noun.i and not (counted and len(places) > 1):
        yield from (
            Clause(noun, noun, where, "site/in", prep.lower_, verb=f"be_{prep.lower_}")
            for where in places
            if is_place(where, cast)
        )


def _owned(owner: Token, cast: Cast) -> Iterator[Clause]:
    """*Nordane's website*: what the named owner has."""
    noun = owner.head
    if (
        _is_of_name(owner)
        or owner.i not in cast.by_token
        or cast.entities[cast.by_token[owner.i]].type not in OWNERS
    ):
        return
    if not _is_thing(noun) or _is_listed(noun) or children(noun, "appos") or noun.dep_ in BESIDE:
        return
    if not any(noun.lemma_.lower() in lexicon.words("modifiers", key) for key in (*KNOWN, "kin", "had")):
        yield Clause(noun, owner, noun, "owning/of", verb="have")


def _is_of_name(owner: Token) -> bool:
    """*Vale Doctors' Hospital*: a plural in the middle of a name owns nothing."""
    return owner.tag_ == "NNPS" and owner.head.text[:1].isupper()


def _is_listed(noun: Token) -> bool:
    """*Kestrian troops and ships*: whether the second is Kestrian too is not said."""
    return noun.dep_ == "conj" or child(noun, "conj") is not None


def _is_thing(noun: Token) -> bool:
    """True for a common noun that is taken for real and names no act, state, measure or office.

    A bare word (*land in Kestria*) may be a verb that a parser took for a noun.
    """
    if noun.tag_ == "NN" and child(noun, *WITH_NOUN) is None:
        return False
    if noun.tag_ not in COMMON or noun.ent_type_ or named(noun) != noun or not is_definite(noun):
        return False
    return names_thing(noun.lemma_.lower())


@lru_cache(maxsize=10_000)
def names_thing(lemma: str) -> bool:
    """True for a noun of what one can point at: *website*, *station*, but not *decision*, *increase*."""
    table = lexicon.table("events")
    if any(lemma in table[key] for key in EVENTS) or lemma in lexicon.words("events", "happenings"):
        return False
    offices = lexicon.words("kinds", "offices") | lexicon.words("offices", "leaders")
    if lemma in offices or lemma in lexicon.words("things", "not_things"):
        return False
    return lemma in lexicon.words("things", "in_spite") or not lemma.endswith(
        tuple(lexicon.words("things", "endings"))
    )
