"""Who does what a noun's infinitive or gerund says, where the noun stands between them and its doer.

*Left in a bid to win*, *was held on charges of selling it*, *gave Vale the right to sell it*, *was the first
to sell it*. Each returns the noun that does it, or the verb whose subject does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.tree import child, children, infinitive, is_passive, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

DEEPEST = 4  # nouns from an attempt up to the verb of who makes it
CITING = frozenset(("quote", "cite"))
CHARGES = frozenset("charge suspicion accusation allegation".split())
FACING = frozenset("face deny reject dispute admit".split())
HELD_ON = frozenset("on over under with".split())
ROLES = frozenset(("role", "part"))
PLAYING = frozenset("play have take".split())
GIVING = frozenset("give grant offer deny allow award".split())
UTTERING = frozenset("express voice show signal declare".split())
AGREEING = frozenset("sign reach conclude strike agree announce unveil".split())
AIMS = frozenset(("intended", "planned"))
RANKS = frozenset("first second third fourth fifth last only sole latest next".split())
BECOMING = frozenset(("be", "become", "remain"))


def of_gerund(verb: Token) -> Token | None:
    """*Quoted Vale as saying it*, *held on charges of doing it*, *had a role in it*, *capable of it*."""
    between, governor = verb.head, verb.head.head
    if between.lower_ == "as":
        return _quoted(governor, verb)
    if between.lower_ == "of" and governor.lemma_ in CHARGES:
        return _charged(governor)
    if between.lower_ == "of" and governor.lower_ == "capable":
        is_of_noun = governor.dep_ in {"amod", "acl", "relcl"}
        return governor.head if is_of_noun or is_verb(governor.head) else None
    plays = between.lower_ == "in" and governor.lemma_ in ROLES and governor.dep_ == "dobj"
    return governor.head if plays and lemma(governor.head) in PLAYING else None


def _quoted(governor: Token, verb: Token) -> Token | None:
    if not is_verb(governor) or lemma(governor) not in CITING or lemma(verb) != "say":
        return None
    return governor if is_passive(governor) else child(governor, "dobj")


def _charged(charges: Token) -> Token | None:
    """*Faces charges of*; *was held on charges of*, *held Vale on charges of*, *a man held on them*."""
    above = charges.head
    if charges.dep_ == "dobj":
        return above if is_verb(above) and lemma(above) in FACING else None
    if charges.dep_ != "pobj" or above.lower_ not in HELD_ON:
        return None
    held = above.head
    if is_verb(held):
        return held if is_passive(held) else child(held, "dobj")
    known = held.ent_type_ == "PERSON" or lexicon.is_person(held.lemma_)
    return held if known and held.dep_ in {"dobj", "nsubjpass"} else None


def of_infinitive(verb: Token) -> Token | None:
    """*Left in a bid to do it*, *gave Vale the right to*, *reached a deal to*, *was the first to*."""
    noun = verb.head
    if not infinitive(verb) or is_verb(noun):
        return None
    effect = lexicon.effects("nouns").get(noun.lemma_)
    if effect is None:
        return _called(noun) if is_ranked(noun) else None
    if noun.dep_ == "pobj":
        return _attempting(noun) if effect in AIMS else None
    if noun.dep_ != "dobj" or not is_verb(noun.head):
        return None
    return _given(noun.head) or (noun.head if _is_own(noun.head, effect) else None)


def is_ranked(noun: Token) -> bool:
    """*The first ship to sink*: it sank; but not *the best ship to take*."""
    ranked = any(word.lower_ in RANKS for word in children(noun, "amod", "nummod"))
    return ranked or (noun.lower_ in RANKS and child(noun, "det") is not None)


def _called(noun: Token) -> Token | None:
    """*Vale became the first to*, *Vale, the first to*, *Vale was one of the first to*."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
        noun = noun.head.head
    if noun.dep_ == "attr" and lemma(noun.head) in BECOMING:
        return noun.head
    return noun.head if noun.dep_ == "appos" else None


def _attempting(noun: Token) -> Token | None:
    """*Made a tour in a bid to win*: the nearest verb above, unless nobody is told to do it."""
    if noun.head.lower_ != "in":
        return None
    above = noun.head.head
    for _ in range(DEEPEST):
        if is_verb(above) or above.head == above:
            break
        above = above.head
    return above if is_verb(above) and not is_passive(above) else None


def _given(verb: Token) -> Token | None:
    """*Gave Vale the right to*, *gave the right to Vale to*, *was given the right to*."""
    if lemma(verb) not in GIVING:
        return None
    if is_passive(verb):
        return verb if child(verb, "agent") is None else None
    dative = child(verb, "dative")
    return child(dative, "pobj") if dative is not None and dative.tag_ in {"IN", "TO"} else dative


def _is_own(verb: Token, effect: str) -> bool:
    """*Expressed a wish to*, *signed a deal to*: who says or signs it is who is to do it."""
    if is_passive(verb):
        return False
    return (lemma(verb) in UTTERING and effect == "intended") or (
        lemma(verb) in AGREEING and effect == "planned"
    )
