"""Whether an event that a noun names has happened (*the invasion of*, *calls for the arrest of*)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.model import Modality, Polarity
from graph.text import lexicon, modality
from graph.text.tree import children, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

STEPS = 4  # nouns above an event that may leave it open
CERTAIN = frozenset((Modality.ASSERTED, Modality.CLAIMED))
OPEN = frozenset((Modality.PLANNED, Modality.INTENDED, Modality.REQUESTED, Modality.POSSIBLE))
ASKING = frozenset("for to of against on from about".split())  # prepositions of what a verb is about
TAKING_PART = frozenset("nsubj nsubjpass dobj".split())
PRESUPPOSED = {True: ("presupposed", "happenings"), False: ("happenings",)}
"""Whether a noun is pointed at (*the*, *Hale's*) -> the tables of what is told of only once it is real."""
NONE = frozenset(("no", "any"))
POINTED = frozenset("the this that these those".split())


def stance(noun: Token, verb: Token) -> modality.Stance:
    """Return the stance of the event of `noun`, which stands in the clause of `verb`.

    It is real if its phrase is definite and its clause is told as a fact or a claim; what is only wanted
    or planned leaves it so, all else makes it hypothetical.
    """
    if not is_verb(verb) and is_definite(noun) and _is_presupposed(noun, verb):
        return modality.Stance()  # a heading: Sanctions during the invasion of Oslo
    if not is_verb(verb) or not is_definite(noun) or _is_halted(noun, verb):
        return modality.Stance(Modality.HYPOTHETICAL)
    is_governed = _is_governed(noun, verb)
    governed = modality.effect_on_object(verb) if is_governed else "asserted"
    within = modality.stance(verb)
    if _is_made(noun):
        return _known(within)
    if governed in OPEN and within.modality in CERTAIN:
        return replace(within, modality=Modality(governed)) if within.polarity is Polarity.POSITIVE else _OPEN
    if governed not in OPEN and _is_presupposed(noun, verb):
        return _known(within)
    if governed != "asserted":
        return _OPEN
    if within.modality in CERTAIN:
        return replace(within, polarity=Polarity.POSITIVE)
    wanted = is_governed and within.modality in OPEN and within.polarity is Polarity.POSITIVE
    return within if wanted else _OPEN


_OPEN = modality.Stance(Modality.HYPOTHETICAL)


def is_definite(noun: Token) -> bool:
    """True if the noun's event is taken for real: neither *any* nor a plan for it or the threat of it."""
    unreal, opening = lexicon.words("events", "unreal"), lexicon.words("events", "leaves_open")
    if any(c.lower_ in unreal for c in children(noun, "det", "amod")):
        return False
    for _ in range(STEPS):
        above = noun.head.head if noun.dep_ == "pobj" else noun.head
        if noun.dep_ not in {"pobj", "conj"} or above.tag_ not in {"NN", "NNS"}:
            break
        none = any(c.lower_ in NONE for c in children(above, "det"))  # no sign of an attack
        if noun.dep_ == "pobj" and (none or above.lemma_.lower() in opening):
            return False
        noun = above
    return True


def _known(within: modality.Stance) -> modality.Stance:
    """Return the stance of what a clause takes for real: claimed with it, else a fact."""
    claimed = within.modality is Modality.CLAIMED
    return replace(within, polarity=Polarity.POSITIVE) if claimed else modality.Stance()


def _is_halted(noun: Token, verb: Token) -> bool:
    """*The trial was postponed*: it has not come; but what someone planned is planned (`_is_made`)."""
    halted = lemma(verb) in lexicon.words("events", "halting")
    return halted and noun.dep_ in TAKING_PART and not _is_made(noun)


def _is_made(noun: Token) -> bool:
    """*Postponed Hale's plans*: he has them, whatever is done about them."""
    return noun.lemma_.lower() in lexicon.words("events", "works")


def _is_governed(noun: Token, verb: Token) -> bool:
    """*Oppose the invasion*, *call for the arrest*; not *deny a part in it*, *urge them during it*."""
    for _ in range(STEPS):
        if noun.dep_ != "conj":
            break
        noun = noun.head
    if noun.dep_ == "pobj":
        return noun.head.lower_ in ASKING and noun.head.head == verb
    return noun.dep_ == "dobj" and noun.head == verb


def _is_presupposed(noun: Token, verb: Token) -> bool:
    """*May avenge the killing of X*: X was killed, whatever comes of it; not *may cause the death of X*."""
    name = noun.lemma_.lower()
    told = any(c.dep_ == "poss" or c.lower_ in POINTED for c in noun.lefts)
    real = any(name in lexicon.words("events", key) for key in PRESUPPOSED[told])
    return real and lemma(verb) not in lexicon.words("events", "causing")
