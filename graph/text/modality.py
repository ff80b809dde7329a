"""Whether it happened: modality and polarity of a clause, and who vouches for it.

A clause's own auxiliaries speak first; then each governing word on the way up adds its effect
(`data/lexicon/verbs.json`, `nouns.json`). The scheme follows FactBank (Saurí and Pustejovsky 2009)
in spirit: what a source says is the source's claim, not a fact of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Modality, Polarity
from graph.text import lexicon
from graph.text.acting import can_act
from graph.text.effects import effect, is_finite
from graph.text.governing import Governor, governors
from graph.text.memory import remembered
from graph.text.mood import doubted, modal, own
from graph.text.negation import negated
from graph.text.tree import FINITE, child, children, infinitive, is_passive, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

_TO_COME = (Modality.ASSERTED, Modality.PLANNED)
# What a clause is by itself gives way to what stands above it: could agree to sell is possible, not planned.
OVERRIDDEN: dict[Modality, tuple[Modality, ...]] = {
    Modality.ASSERTED: (),
    Modality.PLANNED: (Modality.ASSERTED,),
    Modality.CLAIMED: (Modality.ASSERTED,),
    Modality.INTENDED: _TO_COME,
    Modality.REQUESTED: _TO_COME,
    Modality.POSSIBLE: _TO_COME,
    Modality.HYPOTHETICAL: (*_TO_COME, Modality.INTENDED),
    Modality.CONDITIONAL: (*_TO_COME, Modality.INTENDED, Modality.REQUESTED, Modality.POSSIBLE),
}
WISHES = frozenset("like love prefer want".split())  # would like to: no more hypothetical than wants to
UNTIL = frozenset("when once after before until till".split())
AFTER = frozenset(("after", "since", "following"))
OPEN = frozenset((Modality.PLANNED, Modality.POSSIBLE))
NEGATIVE = frozenset(("negative", "denied", "unlikely"))
MEANS = {"denied": Modality.CLAIMED, "unlikely": Modality.POSSIBLE}  # beside the negation
PENALTIES = frozenset("pay compensate apologize apologise thank punish fine jail sentence".split())
FACTIVE = frozenset("know realize realise notice remember understand forget regret aware unaware".split())
SAID = frozenset(("claimed", "denied"))
VOUCHED = frozenset(("claimed", "denied", "hypothetical"))
SOURCES = frozenset(("claimed", "denied", "requested"))


@dataclass(frozen=True, slots=True)
class Stance:
    """How a clause is put: `sources` are the words that govern it and say, claim or want it, inside out."""

    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.POSITIVE
    sources: tuple[Token, ...] = ()


@remembered
def stance(verb: Token) -> Stance:
    """Return the stance of the clause of `verb`."""
    modality = own(verb)
    would = modality is Modality.HYPOTHETICAL and modal(verb) is Modality.HYPOTHETICAL
    negative = negated(verb)
    sources: list[Token] = []
    given = False  # nor beyond what has happened before
    independent = False  # beyond a relative or temporal clause only the reporting of it counts
    for governor in governors(verb):
        made = effect(governor.word, governor.link)
        independent = independent or made == "fact"
        given = given or _is_given(governor)
        if given and made not in SAID:
            continue
        if made == "fact":
            modality = _within(modality, _circumstance(governor))
            negative = negative != _is_cleft_away(governor)
        if independent and made not in VOUCHED and not (made == "possible" and governor.link.dep_ == "ccomp"):
            continue
        denied = _is_denied(governor)
        left = _left_of(governor, made, denied=denied)
        if left != made:
            made, denied, independent = left, False, independent or left != "denied"
        if made in NEGATIVE:
            negative = negative != (not denied)
        elif denied and made != "claimed":
            negative = negative != (not doubted(governor.link))  # not clear whether: open, not denied
        elif denied:
            made = "hypothetical"  # he did not say that ...
        if made == "claimed" and would and governor.word.tag_ in {"VBD", "VBN", "VBG"}:
            modality = Modality.PLANNED  # he said he would: the future of the past
        modality = _under(modality, made)
        if made in SOURCES or _is_thought(governor, made):
            sources.append(governor.word)
        would = would and made == "asserted"
        if governor.verb is not None and not independent and made not in SAID:
            above = own(governor.verb)
            if above in OPEN and _happened_before(governor):
                above = Modality.ASSERTED
            would = would or (above is Modality.HYPOTHETICAL and modality in OVERRIDDEN[above])
            modality = _within(modality, above) if governor.word.lemma_ not in WISHES else modality
    return Stance(modality, Polarity.NEGATIVE if negative else Polarity.POSITIVE, tuple(sources))


def _is_denied(governor: Governor) -> bool:
    """True if what governs the clause is itself negated (*does not plan*, *it is not likely that*).

    A participle that goes on after a negated verb is not negated with it (*did not come, citing the storm*).
    """
    if (governor.link.dep_ == "advcl" and governor.link.tag_ == "VBG") or _is_presupposed(governor):
        return False
    return negated(governor.word) or (
        governor.verb is not None and governor.verb != governor.word and negated(governor.verb)
    )


def _is_presupposed(governor: Governor) -> bool:
    """*Did not know that X sold it*: X did, whoever knows it."""
    link = governor.link
    factive = lemma(governor.word) in FACTIVE and link.dep_ == "ccomp"
    return factive and is_finite(link) and not doubted(link)


def _left_of(governor: Governor, made: str, *, denied: bool) -> str:
    """What is left of a claim or a denial that is itself withheld: who does not deny it has not said it."""
    word = governor.word
    if made == "claimed" and word.lower_ == "guilty" and (negated(word) or negated(word.head)):
        return "denied"  # found not guilty of selling it
    withheld = _is_withheld(word)
    if made == "denied" and (denied or withheld):
        return "possible"
    return "hypothetical" if made == "claimed" and withheld else made  # refused to say that ...


def _is_withheld(verb: Token) -> bool:
    """*Refused to deny it*: an infinitive under a verb that makes it negative."""
    return verb.dep_ == "xcomp" and is_verb(verb.head) and effect(verb.head, verb) == "negative"


def _happened_before(governor: Governor) -> bool:
    """*Will leave after rejecting it*: what a planned or possible thing comes after has happened."""
    return governor.link.dep_ == "pcomp" and governor.link.head.lower_ in AFTER


def _is_thought(governor: Governor, made: str) -> bool:
    """*Hale estimates that ten died*: his word, though no more than possible; not *it appears that*."""
    word, link = governor.word, governor.link
    if made != "possible" or link.dep_ != "ccomp" or not is_verb(word) or not is_finite(link):
        return False
    subject = child(word, "nsubj")
    return subject is not None and can_act(subject) and not is_passive(word)


def _is_given(governor: Governor) -> bool:
    """*Is banned from office after rigging it*, *is told to pay for rigging it*: it has been rigged."""
    link = governor.link
    if link.dep_ != "pcomp":
        return False
    paid = link.head.lower_ == "for" and lemma(governor.word) in PENALTIES
    return paid or _happened_before(governor)


def _circumstance(governor: Governor) -> Modality:
    """What a relative or temporal clause takes from the clause that it stands in, though it is its own."""
    word = governor.word
    if _still_to_come(governor):
        return Modality.HYPOTHETICAL
    if word.dep_ == "attr" and is_verb(word.head):  # it would be the first ship that sank
        return own(word.head)
    return Modality.ASSERTED


def _is_cleft_away(governor: Governor) -> bool:
    """*It was not Hale who sold it*; but *it was not a decision that she took lightly*: she took it."""
    noun, copula = governor.word, governor.word.head
    if noun.dep_ != "attr" or governor.link.dep_ != "relcl" or not negated(copula):
        return False
    subject = child(copula, "nsubj")
    qualified = any(c.dep_ == "amod" or c.lower_ in {"a", "an"} for c in noun.children)
    return subject is not None and subject.lower_ == "it" and not qualified


def _still_to_come(governor: Governor) -> bool:
    """*Will sell it when the court lifts the ban*: the present tense of a day to come."""
    link, above = governor.link, governor.word
    if link.dep_ != "advcl" or above.tag_ != "VB" or not (infinitive(above) or modal(above) is not None):
        return False
    marks = {c.lower_ for c in children(link, "mark", "advmod") if c.i < link.i}
    tensed = next((c for c in (link, *children(link, "aux", "auxpass")) if c.tag_ in FINITE), link)
    return bool(marks & UNTIL) and tensed.tag_ in {"VBZ", "VBP"}


def _under(inner: Modality, made: str) -> Modality:
    """Return the modality of a clause that is `inner` by itself and stands under the effect `made`."""
    if made in {"fact", "asserted", "negative"}:
        return inner
    return _within(inner, MEANS.get(made) or Modality(made))


def _within(inner: Modality, above: Modality) -> Modality:
    """Return the modality of what is `inner` in a clause that is `above`."""
    return above if inner in OVERRIDDEN[above] else inner


def effect_on_object(verb: Token) -> str:
    """Return what a verb makes of an event that is its object (*oppose the invasion of* leaves it open)."""
    found = lexicon.effects("verbs").get(lemma(verb), "asserted")
    return "asserted" if found in {"asserted", "claimed"} else found
