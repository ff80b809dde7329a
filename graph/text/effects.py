"""What a governing verb, noun or adjective makes of its clause: a plan, a claim, a denial, nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.acting import comes_about, has_actor
from graph.text.control import controls_object
from graph.text.doers import is_ranked
from graph.text.governing import COPULAS, SHOWING, is_content, table_of
from graph.text.misread import of_auxiliary
from graph.text.negation import is_instead
from graph.text.tree import (
    FINITE,
    SUBJECTS,
    child,
    children,
    infinitive,
    is_headline,
    is_passive,
    is_verb,
    lemma,
    prepositions,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

ENABLING = frozenset("allow permit enable let".split())
INFINITIVE_ONLY = frozenset(("reason",))  # a reason to go leaves it open; the reason for going does not
ALLEGED = frozenset(("alleged", "suspected", "purported", "supposed", "accused"))
# A finite clause under these is what someone says; under the others of its kind it is wanted.
OF_FINITE = {"planned": "claimed", "intended": "possible", "requested": "claimed", "negative": "asserted"}
# Found or shown to be so, a finite clause is the word of whoever says so; a scene is what a picture shows.
FINDING = frozenset("find show hear learn discover".split())
GIVING_UP = frozenset("stop suspend halt quit end delay postpone pause discontinue".split())  # + doing it
# A gerund after these says how or when its verb happens; after others it is what the verb is about.
MOVING = frozenset("flee race hurry march drive sail walk run move".split())  # fled to escape it
HOW = frozenset("by after before without since upon while despite in".split())


def effect(governor: Token, link: Token) -> str:
    """Return what `governor` makes of the clause whose word `link` hangs on it; `fact` for nothing at all."""
    if is_verb(governor):
        return _effect_of_verb(governor, link)
    participle = link.dep_ == "acl" and not infinitive(link) and not is_content(link)
    if participle and link.tag_ == "VBG" and (outer := _what_of(governor)) is not None:
        return outer
    if link.dep_ == "relcl" and infinitive(link) and child(link, *SUBJECTS) is None:
        return "fact" if is_ranked(governor) else "possible"  # the best to lead; the first to lead
    if participle or (link.dep_ == "relcl" and not is_content(link)):
        return _effect_of_noun_phrase(governor)
    return _effect_of_word(governor, link)


def _what_of(noun: Token) -> str | None:
    """*The risk of floods reaching Oslo*, *reports of X leaving*: what the outer noun makes of it."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ != "of":
        return None
    return lexicon.effects("nouns").get(prep.head.lemma_) if table_of(prep.head) == "nouns" else None


def _effect_of_verb(governor: Token, link: Token) -> str:
    if link.dep_ == "advcl":
        return _effect_on_adverbial(governor, link)
    beside = link.dep_ == "pcomp" and link.head.lower_ == "with" and child(link, *SUBJECTS) is not None
    if beside or (link.dep_ == "pcomp" and (link.head.lower_ in HOW or is_instead(link))):
        # With Oslo urging ports to close, firms announced plans; Vale bid to host it, with Oslo winning it.
        return "fact" if beside and link.head.i > governor.i else "asserted"
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
    if known == "claimed" and link.dep_ == "pcomp" and link.head.lower_ == "from":
        return "asserted"  # dismissed from being minister: he was
    if link.dep_ == "pcomp" and link.head.lower_ == "from" and known in {None, "asserted"}:
        return "hypothetical" if controls_object(governor, link) else "asserted"  # stopped X from doing it
    return _effect_of_unknown(governor, link) if known is None else _effect_of_known(governor, link, known)


def _effect_on_adverbial(governor: Token, link: Token) -> str:
    """*Opened it for X to do it*, *left, selling it*, *left when X sold it*."""
    own_subject = child(link, "nsubj", "nsubjpass") is not None or bool(of_auxiliary(link))
    if not (own_subject and infinitive(link)):
        when = any(c.tag_ == "WRB" for c in children(link, "advmod"))
        return "asserted" if not own_subject and child(link, "mark") is None and not when else "fact"
    if link.i < governor.i:
        return "hypothetical"  # for X to win, it needs more votes
    called = lexicon.effects("verbs").get(lemma(governor)) == "requested"
    return "requested" if called else "intended"  # called for X to do it; opened it for X to do it


def _known(governor: Token, link: Token, name: str) -> str | None:
    """The effect of a verb with its particle or preposition (*rule out*, *clear of*), else of the verb."""
    seen = is_passive(governor) and link.dep_ == "xcomp"  # was pictured searching it: so it was
    if (is_finite(link) and link.dep_ == "ccomp" and name in FINDING) or (
        name in SHOWING and not infinitive(link) and link.dep_ in {"ccomp", "xcomp", "acl"} and not seen
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
    if comes_about(governor):
        return "asserted"  # the weeds came to fill the pond
    if name in lexicon.words("verbs", "purpose"):
        return "intended" if governor.lower_ != "used" or children(governor, "dobj") else "asserted"
    return None


def _effect_of_unknown(governor: Token, link: Token) -> str:
    """A finite clause is mostly what someone says, an infinitive what may come of it or is meant by it."""
    if link.dep_ == "ccomp" and lemma(governor) in lexicon.words("verbs", "purpose"):
        return "asserted"  # using money X had: no one says so
    if link.dep_ == "ccomp" and governor.lemma_ not in COPULAS:
        return "claimed"
    if link.dep_ == "ccomp" and link.tag_ == "VB" and child(link, "aux") is None:
        return "requested"  # it is vital that X leave
    if link.dep_ == "xcomp" and infinitive(link):
        if is_passive(governor) and lemma(link) in ENABLING and not has_actor(governor):
            return "asserted"  # was set up to allow access
        moves = child(governor, "dobj") is not None or lemma(governor) in MOVING
        return "intended" if moves else "possible"
    return "asserted"


def _effect_of_known(governor: Token, link: Token, known: str) -> str:
    """The effect of a verb on a finite clause, on a clause with its own subject, on what it shares."""
    if link.dep_ in {"ccomp", "acl"}:
        if is_finite(link) and known == "requested" and lemma(governor) == "ask":
            return "hypothetical"  # a question
        if is_finite(link) and lemma(governor) == "mean":
            return "asserted"  # this means that it closed
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
    if governor.lemma_ in INFINITIVE_ONLY and not infinitive(link):
        return "asserted"
    if link.dep_ == "advcl" and is_finite(link) and child(link, "mark") is not None:
        return "fact"  # the first time since the war began
    found = lexicon.effects(table_of(governor)).get(governor.lemma_.lower())
    return found or ("possible" if infinitive(link) else "asserted")


def _effect_of_noun_phrase(noun: Token) -> str:
    """*Any country that attacks*, *the alleged plot*: what the noun's own words make of its clause."""
    words = {c.lower_ for c in children(noun, "amod", "det")}
    if words & {"any", "no"}:
        return "hypothetical"
    return "claimed" if words & ALLEGED else "fact"
