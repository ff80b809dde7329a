"""What the words round a noun say of it: its seat, its leader, its age, where it is, whose kin it is.

*Oslo-based Nordane*, *the US-led coalition*, *Duncan Hale, 45,*, *a hospital in Karlshaven*, *Hale's wife*.
The words are data (`data/lexicon/modifiers.json`). They hold whatever the sentence round them says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.belongings import things_of_names
from graph.text.clause import Clause
from graph.text.entities import Cast
from graph.text.event_nouns import is_country, is_place
from graph.text.event_stance import is_definite
from graph.text.members import members
from graph.text.phrases import named
from graph.text.topics import topics
from graph.text.tree import PLACES, child, children, having, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

KINDS = frozenset("participle age dwelling belonging having kind origin site owning member topic".split())
"""Kinds of rules (before the `/`) whose clauses hold whatever their sentence says."""
STAYING = {
    "dwelling": frozenset(("in", "at", "near", "outside")),
    "people": frozenset(("in", "at", "from")),
}
"""Table of nouns -> the prepositions that put what they name in a place."""
OWNING = {
    "people": frozenset((EntityType.PLACE, EntityType.ORGANIZATION)),
    "bodies": frozenset((EntityType.PLACE,)),
}
"""Table of nouns -> the types of names they may belong to (the Nordane agency is Nordane itself)."""
BESIDE = frozenset("compound amod nmod appos".split())
OLDEST = 120  # years
YEARS_OLD = 4  # tokens before *old*: 45, -, year, -
CLOSING = frozenset(", . ;".split())


def modifiers(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """Give what the modifiers of names and nouns say."""
    for find in FINDERS:
        yield from find(doc, cast)


def _participles(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*Oslo-based Nordane*, *the Kestria-born singer Vale*; *the US-led coalition*: the US leads it."""
    passive, active = (lexicon.table("modifiers")[key] for key in ("at", "by"))
    for word in having(doc, "ORTH", (*passive, *active)):
        name = _hyphenated(word)
        if name is None or name.i not in cast.by_token or not is_definite(word.head):
            continue
        whole, said = named(_person_below(word.head)), word.lower_
        if said in passive and is_place(name, cast):
            yield Clause(word, whole, name, "participle/at", "in", verb=passive[said])
        elif said in active:
            yield Clause(word, name, whole, "participle/by", verb=active[said])


def _hyphenated(word: Token) -> Token | None:
    """Return the name that a hyphen joins to a participle before a noun, or None."""
    if word.dep_ != "amod" or word.i < 2 or word.nbor(-1).text != "-":
        return None
    return word.nbor(-2)


def _person_below(noun: Token) -> Token:
    """*Singer Anna Vale*: the name that a noun stands before as its title."""
    return noun.head if noun.dep_ == "compound" and noun.head.ent_type_ == "PERSON" else noun


def _ages(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*Duncan Hale, 45,*: how old a person is."""
    for name in cast.names:
        if name.type is EntityType.PERSON and name.end + 2 < len(doc) and doc[name.end].text == ",":
            age, after = doc[name.end + 1], doc[name.end + 2]
            if age.text.isdecimal() and 0 < int(age.text) <= OLDEST and after.text in CLOSING:
                head = doc[name.end - 1]
                if head.i in cast.by_token:
                    yield Clause(head, head, age, "age/comma", verb="be_aged")
    for old in having(doc, "ORTH", ("old",)):
        years = _years(old)
        if years is not None:
            # The 47-year-old Vale's office: Vale is 47
            owner = next((o for o in children(old.head, "poss") if o.i > old.i), old.head)
            yield Clause(old, named(_person_below(owner)), years, "age/old", verb="be_aged")


def _years(old: Token) -> Token | None:
    """*The 45-year-old sailor*: the number of years, of one who is named after it."""
    if old.dep_ != "amod" or old.i < YEARS_OLD or (old.head.tag_ != "NN" and not old.head.ent_type_):
        return None
    words = old.doc[old.i - YEARS_OLD : old.i]
    if [word.lower_ for word in words[1:]] != ["-", "year", "-"] or not words[0].text.isdecimal():
        return None
    return words[0] if 0 < int(words[0].text) <= OLDEST else None


def _dwellings(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*A hospital in Karlshaven*, *the soldiers in Kestria*, *a nurse from Kestria*: where they are.

    Not of several places: no one says how many of *900 people in Kestria and Norvalia* are in which.
    """
    for key, preps in STAYING.items():
        for noun in _nouns(doc, lexicon.words("modifiers", key)):
            where = [pair for pair in prepositions(noun) if pair[0] in preps]
            told = len(where) == 1 and is_place(where[0][1], cast)
            if told and is_definite(noun) and named(noun) == noun:
                prep, place = where[0]
                yield Clause(noun, noun, place, f"dwelling/{key}", prep, verb=f"be_{prep}")


def _belongings(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*Kestrian soldiers*, *members of Nordane*, *the Kestrian singer Vale*: whose they are.

    Once for each phrase and person of an article.
    """
    told: set[tuple[str, str]] = set()
    for key, types in OWNING.items():
        for noun in _nouns(doc, lexicon.words("modifiers", key)):
            owner = _owner(noun, cast)
            if owner is None or cast.entities[cast.by_token[owner.i]].type not in types or _is_office(noun):
                continue
            whole = _person_below(noun)
            phrase = (cast.by_token[owner.i], cast.by_token.get(whole.i) or noun.lemma_)
            alone = whole != noun or noun.dep_ not in BESIDE
            if alone and phrase not in told and is_definite(noun) and named(whole) == whole:
                told.add(phrase)
                yield Clause(noun, whole, owner, "belonging/of", "of", verb="be_of")


def _nouns(doc: Doc, lemmas: frozenset[str]) -> Iterator[Token]:
    """Give the common nouns of a document that are among `lemmas`, and part of no name."""
    return (t for t in having(doc, "LEMMA", lemmas) if t.tag_ in {"NN", "NNS"} and not t.ent_type_)


def _is_office(noun: Token) -> bool:
    """*The Kestrian president*: the one who holds it is told of by the office."""
    offices = (lexicon.words("kinds", "offices"), lexicon.words("offices", "leaders"))
    return noun.tag_ == "NN" and any(noun.lemma_ in words for words in offices)


def _owner(noun: Token, cast: Cast) -> Token | None:
    """Return the one name that stands before a noun or behind *of*; None where there are several."""
    before = [c for c in children(noun, "amod", "compound", "nmod", "poss") if c.i < noun.i]
    behind = [other for prep, other in prepositions(noun) if prep == "of"]
    whose = [c for c in (*before, *behind) if c.i in cast.by_token]
    return whose[0] if len(whose) == 1 and not children(whose[0], "conj", "cc") else None


def _having(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*Hale's wife*, *Kestria's economy*: what or whom without a name the owner has."""
    for key in ("kin", "had"):
        for noun in _nouns(doc, lexicon.words("modifiers", key)):
            owner = child(noun, "poss")
            if owner is None or owner.i not in cast.by_token or noun.dep_ in BESIDE:
                continue
            if not children(noun, "appos") and is_definite(noun) and named(noun) == noun:
                yield Clause(noun, owner, noun, "having/of", verb="have")


def _kinds(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*The Kestrian city of Karlshaven*: what kind of place it is, and in which country.

    Not *the Merrow province of Kestria*: the province is Merrow.
    """
    for noun in _nouns(doc, lexicon.words("modifiers", "called")):
        # A city of Kestria is not called so.
        if noun.tag_ != "NN" or any(c.lower_ in {"a", "an"} for c in children(noun, "det")):
            continue
        places = [where for prep, where in prepositions(noun) if prep == "of"]
        called = any(c.ent_type_ in PLACES and not is_country(c) for c in children(noun, "compound"))
        if len(places) == 1 and is_place(places[0], cast) and named(noun) == noun and not called:
            yield Clause(noun, places[0], noun, "kind/of", verb="be")
            before = children(noun, "amod", "nmod", "poss", "compound")
            owner = next((c for c in before if c.i in cast.by_token), None)
            if owner is not None and cast.entities[cast.by_token[owner.i]].type is EntityType.PLACE:
                yield Clause(noun, places[0], owner, "kind/in", "in", verb="be_in")


FINDERS: tuple[Callable[[Doc, Cast], Iterator[Clause]], ...] = (
    _participles,
    _ages,
    _dwellings,
    _belongings,
    _having,
    _kinds,
    things_of_names,
    members,
    topics,
)
