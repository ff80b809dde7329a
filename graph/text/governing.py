"""What stands above a clause, and what that makes of it: plans, claims, denials, requests.

The effects are data (`data/lexicon/verbs.json`, `nouns.json`); this file finds the words that have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.control import controls_object, gerund_governor
from graph.text.negation import is_instead
from graph.text.subjects import governing_noun
from graph.text.tree import (
    FINITE,
    child,
    children,
    coordinated,
    infinitive,
    is_headline,
    is_passive,
    is_verb,
    lemma,
    prepositions,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

ALLEGED = frozenset(("alleged", "suspected", "purported", "supposed", "accused"))
SUBORDINATE = frozenset(("xcomp", "ccomp", "pcomp", "acl", "advcl", "conj", "relcl"))
COPULAS = frozenset(("be", "remain", "seem", "become"))
# A finite clause under these is what someone says; under the others of its kind it is wanted.
OF_FINITE = {"planned": "claimed", "intended": "possible", "requested": "claimed"}
CLAUSE_OBJECT = frozenset("say want prefer order need".split())
HEARERS = frozenset("tell inform warn assure notify brief remind".split())  # their object hears the clause
# Found or shown to be so, a finite clause is the word of whoever says so; a scene is what a picture shows.
FINDING = frozenset("find show hear learn discover".split())
SHOWING = frozenset("show depict portray film picture".split())
GIVING_UP = frozenset("stop suspend halt quit end delay postpone pause discontinue".split())  # + doing it
# A gerund after these says how or when its verb happens; after others it is what the verb is about.
HOW = frozenset("by after before without since upon while despite in".split())
DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that governs a clause: `link` is the word of the clause that hangs on it.

    `verb` is the verb whose auxiliaries and negation are the governor's, None for a noun's own clause.
    """

    word: Token
    link: Token
    verb: Token | None


def governors(verb: Token) -> Iterator[Governor]:
    """Give what governs the clause of `verb`, from the inside out.

    A relative or participial clause of a noun stands for itself, except for what is reported, for any
    and no, and for alleged things.
    """
    link = verb
    for _ in range(DEEPEST):
        head = link.head
        if head == link or link.dep_ not in SUBORDINATE:
            return
        if link.dep_ == "conj":
            link = coordinated(link)
            continue
        elaborated = _elaborated(link)
        if elaborated is not None:
            link = elaborated
            continue
        governor = _governor(link)
        above = head if governor != head and is_verb(head) else governor
        own = is_verb(governor) or (link.dep_ != "advcl" and above == head and is_verb(head))
        yield Governor(governor, link, above if own else None)
        link = above if is_verb(above) else _clause_of(above)


def _governor(link: Token) -> Token:
    """Return the word that decides what a clause is: a plan, a claim, a fact."""
    head = link.head
    if link.dep_ == "pcomp":
        return gerund_governor(link)
    if (
        link.dep_ == "acl"
        and head.dep_ == "dobj"
        and head.head.lemma_ in CLAUSE_OBJECT
        and not infinitive(link)
    ):
        return head.head  # wants the ships sold; said several acres burned, for nobody says acres
    if link.dep_ == "acl" and head.dep_ == "dobj" and _denies(head.head) and _table(head) == "nouns":
        return head.head if head.lemma_ in lexicon.effects("nouns") else head  # rejected claims that ...
    if link.dep_ == "acl" and head.dep_ == "dobj" and _is_of_verb(link, head):
        return head.head
    noun = governing_noun(link)
    if noun is not None:
        return noun
    if link.dep_ in {"ccomp", "xcomp"} and head.lemma_ in COPULAS:
        return _predicated(head) or head
    return head


def _is_of_verb(link: Token, noun: Token) -> bool:
    """*Told the meeting that X sold Y*, *shows soldiers shooting X*: hung on the noun, said by the verb."""
    name = lemma(noun.head)
    if name in HEARERS:
        return any(mark.lower_ == "that" for mark in children(link, "mark"))
    return name in SHOWING and link.tag_ == "VBG"


def _denies(verb: Token) -> bool:
    return is_verb(verb) and lexicon.effects("verbs").get(lemma(verb)) == "denied"


def _predicated(copula: Token) -> Token | None:
    """*The claim is that ...*, *it is unlikely that ...*: the word that says what the clause is."""
    for word in children(copula, "acomp", "attr", "oprd", "nsubj"):
        if word.lemma_.lower() in lexicon.effects(_table(word)):
            return word
    return None


def _table(word: Token) -> str:
    return "nouns" if word.tag_.startswith("NN") else "verbs"


def _elaborated(link: Token) -> Token | None:
    """*Xi plans to visit Moscow, offering a boost*: a participle after a complement elaborates that."""
    if link.dep_ != "advcl" or link.tag_ != "VBG" or child(link, "mark", "nsubj", "nsubjpass") is not None:
        return None
    before = [c for c in children(link.head, "xcomp") if infinitive(c) and c.i < link.i]
    return before[-1] if before else None


def _clause_of(word: Token) -> Token:
    """Return the verb of the clause that a noun or adjective stands in."""
    for _ in range(DEEPEST):
        if is_verb(word) or word.head == word:
            return word
        word = word.head
    return word


def effect(governor: Token, link: Token) -> str:
    """Return what `governor` makes of the clause whose word `link` hangs on it; `fact` for nothing at all."""
    if is_verb(governor):
        return _effect_of_verb(governor, link)
    participle = link.dep_ == "acl" and not infinitive(link) and not is_content(link)
    if participle and link.tag_ == "VBG" and (outer := _what_of(governor)) is not None:
        return outer
    if participle or (link.dep_ == "relcl" and not is_content(link)):
        return _effect_of_noun_phrase(governor)
    return _effect_of_word(governor, link)


def _what_of(noun: Token) -> str | None:
    """*The risk of floods reaching Oslo*, *reports of X leaving*: what the outer noun makes of it."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ != "of":
        return None
    return lexicon.effects("nouns").get(prep.head.lemma_) if _table(prep.head) == "nouns" else None


def is_content(link: Token) -> bool:
    """*The claim that X sold Y* says what is claimed; *the ship that X sold* says which ship.

    Without *that*, a clause with nothing missing is a content clause: *reports X sold Y*.
    """
    if any(mark.lower_ == "that" for mark in children(link, "mark")):
        return True
    subject = child(link, "nsubj", "nsubjpass")
    if subject is None or link.head.lemma_ not in lexicon.effects("nouns"):
        return False
    relative = any(t.tag_ in {"WDT", "WP", "WP$", "WRB"} for t in link.lefts) or subject.tag_ in {"WDT", "WP"}
    complete = child(link, "dobj", "attr", "acomp", "nsubjpass") is not None
    return not relative and (complete or lemma(link) in lexicon.words("relations", "intransitive"))


def _effect_of_verb(governor: Token, link: Token) -> str:
    if link.dep_ == "advcl" and infinitive(link) and child(link, "nsubj", "nsubjpass") is not None:
        called = lexicon.effects("verbs").get(lemma(governor)) == "requested"
        return "requested" if called else "intended"  # called for X to do it; opened it for X to do it
    if link.dep_ == "advcl":
        return "asserted" if child(link, "mark", "nsubj", "nsubjpass") is None else "fact"
    if link.dep_ == "pcomp" and (link.head.lower_ in HOW or is_instead(link)):
        return "asserted"
    name = lemma(governor)
    if link.tag_ == "VBG" and link.dep_ == "xcomp" and name in GIVING_UP and child(governor, "prt") is None:
        return "negative"
    if link.dep_ == "pcomp" and link.head.lower_ == "for" and name in lexicon.words("verbs", "purpose"):
        return "intended"  # used the money for buying it
    if infinitive(link):
        found = _effect_on_infinitive(governor, link, name)
        if found is not None:
            return found
    known = _known(governor, link, name)
    if link.dep_ == "pcomp" and link.head.lower_ == "from" and known in {None, "asserted"}:
        return "hypothetical" if controls_object(governor, link) else "asserted"  # stopped X from doing it
    return _effect_of_unknown(governor, link) if known is None else _effect_of_known(governor, link, known)


def _known(governor: Token, link: Token, name: str) -> str | None:
    """The effect of a verb with its particle or preposition (*rule out*, *clear of*), else of the verb."""
    if (is_finite(link) and link.dep_ == "ccomp" and name in FINDING) or (
        name in SHOWING and link.dep_ in {"ccomp", "xcomp", "acl"} and not infinitive(link)
    ):
        return "claimed"
    known = lexicon.effects("verbs")
    words = [c.lower_ for c in children(governor, "prt")]
    words += [link.head.lower_] if link.dep_ == "pcomp" else []
    return next((known[f"{name}_{word}"] for word in words if f"{name}_{word}" in known), known.get(name))


def _effect_on_infinitive(governor: Token, link: Token, name: str) -> str | None:
    """*Is to visit*, *is going to visit*, *has to pay*: auxiliaries in all but name; and purposes."""
    if name in {"be", "have"} and any(c.lower_ == "yet" for c in children(governor, "advmod")):
        return "negative"  # has yet to visit
    if link.dep_ == "xcomp" and (name in {"be", "have"} or governor.lower_ == "going"):
        return "asserted"
    if name in lexicon.words("verbs", "requested_by_infinitive"):
        return "requested"
    if name in lexicon.words("verbs", "purpose"):
        return "intended" if governor.lower_ != "used" or children(governor, "dobj") else "asserted"
    return None


def _effect_of_unknown(governor: Token, link: Token) -> str:
    """A finite clause is mostly what someone says, an infinitive what may come of it or is meant by it."""
    if link.dep_ == "ccomp" and governor.lemma_ not in COPULAS:
        return "claimed"
    if link.dep_ == "ccomp" and link.tag_ == "VB" and child(link, "aux") is None:
        return "requested"  # it is vital that X leave
    if link.dep_ == "xcomp" and infinitive(link):
        return "possible" if child(governor, "dobj") is None else "intended"
    return "asserted"


def _effect_of_known(governor: Token, link: Token, known: str) -> str:
    """The effect of a verb on a finite clause, on a clause with its own subject, on what it shares."""
    if link.dep_ in {"ccomp", "acl"}:
        if is_finite(link) and known == "requested" and lemma(governor) == "ask":
            return "hypothetical"  # a question
        if is_finite(link):
            return OF_FINITE.get(known, known)
        return "requested" if known == "intended" else known  # X wants Y to do it
    alone = not is_passive(governor) and child(governor, "dobj", "dative") is None
    shared = link.dep_ == "xcomp" and child(link, "nsubj", "nsubjpass") is None
    if known == "requested" and shared and alone and not any(prepositions(governor)):
        return "intended"  # X asks to do it
    return known


def is_finite(verb: Token) -> bool:
    """True for a tensed verb; *they leave* after *demand that* may be none, so the base form is not."""
    return verb.tag_ in {"VBD", "VBZ"} or any(c.tag_ in FINITE for c in children(verb, "aux", "auxpass"))


def _effect_of_word(governor: Token, link: Token) -> str:
    """*Any effort to propose*, *unlikely to go*: what a noun or an adjective makes of its clause."""
    if any(c.lower_ == "any" for c in children(governor, "det")):
        return "hypothetical"
    if infinitive(link) and any(c.lower_ == "too" for c in children(governor, "advmod")):
        return "negative"  # too weak to attack
    if is_headline(link):
        return "planned"
    found = lexicon.effects(_table(governor)).get(governor.lemma_.lower())
    return found or ("possible" if infinitive(link) else "asserted")


def _effect_of_noun_phrase(noun: Token) -> str:
    """*Any country that attacks*, *the alleged plot*: what the noun's own words make of its clause."""
    words = {c.lower_ for c in children(noun, "amod", "det")}
    if words & {"any", "no"}:
        return "hypothetical"
    return "claimed" if words & ALLEGED else "fact"
