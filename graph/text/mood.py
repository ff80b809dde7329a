"""What a clause says of itself: modals, *perhaps*, *reportedly*, *if*, questions, commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import Modality
from graph.text import lexicon
from graph.text.acting import comes_about
from graph.text.memory import remembered
from graph.text.negation import negated
from graph.text.subjects import governing_noun
from graph.text.tree import (
    SUBJECTS,
    TIME,
    child,
    children,
    coordinated,
    infinitive,
    is_verb,
    lemma,
    prepositions,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

MODALS = {
    word: modality
    for modality, words in (
        (Modality.POSSIBLE, "can could may might ca"),
        (Modality.PLANNED, "will wo 'll ’ll shall sha"),
        (Modality.REQUESTED, "should must ought"),
        (Modality.HYPOTHETICAL, "would 'd ’d"),
    )
    for word in words.split()
}
DOUBT_MARKS = frozenset(("if", "unless", "whether", "lest"))
MAYBE = frozenset("perhaps maybe possibly probably likely potentially conceivably".split())
REPORTED = frozenset("allegedly reportedly purportedly supposedly apparently".split())
RANKS = frozenset("first second third last only latest".split())
OPENING = frozenset('“ " ``'.split())
INVERTED = frozenset(("had", "should", "were"))
LATER = frozenset("eventually later soon subsequently ultimately".split())
DEEPEST = 16  # steps up the tree; a longer chain is a broken parse


@remembered
def own(verb: Token) -> Modality:
    """Return what the clause says of itself: modals, *perhaps*, *if*; a question says nothing for certain."""
    if _asked(verb) or doubted(verb):
        return Modality.HYPOTHETICAL
    if _conditional(verb):
        return Modality.CONDITIONAL
    auxiliary = modal(verb)
    if auxiliary is not None:
        return auxiliary
    words = {c.lower_ for c in (*children(verb, "advmod"), *_adverbs_of_state(verb))}
    if words & MAYBE:
        return Modality.POSSIBLE
    if words & REPORTED or _reported(verb):
        return Modality.CLAIMED
    if _is_alternative(verb):
        return Modality.POSSIBLE
    return _untensed(verb) if verb.tag_ == "VB" else Modality.ASSERTED


def _adverbs_of_state(verb: Token) -> list[Token]:
    """*Were reportedly concerned*: adverbs that a parser hangs on what someone is."""
    return [word for state in children(verb, "acomp") for word in children(state, "advmod")]


def _is_alternative(verb: Token) -> bool:
    """*Sank or ran aground*: one of the two, nobody says which; but *did not sink or run aground*."""
    first = verb.head if verb.dep_ == "conj" and is_verb(verb.head) else verb
    joined = any(c.lower_ == "or" for c in children(first, "cc"))
    joined = joined and any(is_verb(c) for c in children(first, "conj"))
    return joined and not negated(first) and not negated(verb)


def _is_condition(clause: Token) -> bool:
    if any(c.lower_ == "even" for c in children(clause, "advmod")):
        return False  # leaves even if nobody agrees: leaves all the same
    return doubted(clause) and (clause.dep_ == "advcl" or _is_inverted(clause)) and not _is_quoted(clause)


def _is_quoted(clause: Token) -> bool:
    """*Vale told them: "If X sells it, we leave"*: a condition within the quotation, not on the telling."""
    start = clause.left_edge.i
    return clause.i > clause.head.i and clause.doc[start - 1].text in OPENING


def _asked(verb: Token) -> bool:
    """*Did X sell and Y buy it?*; *which ships were sold?* where the parse hangs the clause on a noun."""
    word = verb
    for _ in range(DEEPEST):
        if word.dep_ != "conj" or not is_verb(word.head):
            break
        word = word.head
    if any(c.text == "?" for c in children(word, "punct")):
        return True
    for _ in range(DEEPEST):
        if word.dep_ not in {"relcl", "pobj", "prep"} or is_verb(word.head):
            return False
        word = word.head
        if any(c.text == "?" for c in children(word, "punct")):
            return True
    return False


def _reported(verb: Token) -> bool:
    """*Reportedly, X sold it and left*: what stands before a verb is for conjuncts that share its subject.

    One at the head of the sentence is for conjuncts with subjects of their own too.
    """
    if verb.dep_ != "conj" or not is_verb(verb.head):
        return False
    first = coordinated(verb)
    for word in children(first, "advmod"):
        if word.lower_ in REPORTED and word.i < first.i:
            return child(verb, *SUBJECTS) is None or word.i == first.left_edge.i
    return _reported(first) if first != verb and first.i < verb.i else False


def _untensed(verb: Token) -> Modality:
    """What a base form says of itself without a modal: a command, a purpose, a headline's plan."""
    if child(verb, *SUBJECTS) is not None:  # a headline: Kestria to send ships, Hale says
        first = verb.dep_ == "ROOT" or (verb.dep_ == "ccomp" and verb.i < verb.head.i)
        return Modality.PLANNED if first and infinitive(verb) else Modality.ASSERTED
    if verb.dep_ == "ROOT":
        return Modality.REQUESTED  # an imperative
    purpose = verb.dep_ == "advcl" and infinitive(verb) and governing_noun(verb) is None
    purpose = purpose and lemma(verb.head) != "cause"
    if purpose and not _is_first(verb.head) and not comes_about(verb.head):
        return Modality.INTENDED  # a purpose: regroup in order to attack
    return Modality.ASSERTED


def _is_first(copula: Token) -> bool:
    """*Became the first state to hold one*: it held one."""
    named = (word for attr in children(copula, "attr") for word in children(attr, "amod"))
    return any(word.lower_ in RANKS for word in named)


@remembered
def doubted(verb: Token) -> bool:
    """Tell whether a clause is left open by *if*; in *if X loses and Y wins* both are."""
    if _is_inverted(verb):
        return True
    marks = children(verb, "mark")
    if not marks and verb.dep_ == "conj" and is_verb(verb.head):
        return doubted(coordinated(verb))
    return any(mark.lower_ in DOUBT_MARKS for mark in marks)


def _is_inverted(verb: Token) -> bool:
    """*Had X sold it, ...*, *should X sell it, ...*: a condition without *if*."""
    if verb.dep_ not in {"advcl", "ccomp"}:
        return False
    first = child(verb, "aux", "auxpass", "nsubj", "nsubjpass")
    return first is not None and first.lower_ in INVERTED and child(verb, "nsubj", "nsubjpass") is not None


def _conditional(verb: Token) -> bool:
    """True under an *if* clause; one that stands before coordinated verbs is for all of them."""
    first = verb
    while True:
        if any(
            _is_condition(c) and (first == verb or c.i < first.i) for c in children(first, "advcl", "ccomp")
        ):
            return True
        if first.dep_ != "conj" or not is_verb(first.head):
            return False
        first = coordinated(first)


def _is_later(verb: Token) -> bool:
    """*Would eventually sell it*, *would be sworn in on 20 January*: what was to come, told afterwards."""
    if any(c.lemma_ == "have" for c in children(verb, "aux")):
        return False
    if any(c.lower_ in LATER for c in children(verb, "advmod")):
        return True
    return any(role == "on" and day.ent_type_ in TIME for role, day in prepositions(verb))


def _is_told_afterwards(verb: Token) -> bool:
    """*Vale, who would later sell it*, *she would later say*: it came so, unless someone plans or says it."""
    if not any(c.lower_ in LATER for c in children(verb, "advmod")):
        return False
    word = verb
    for _ in range(DEEPEST):
        if word.head == word:
            return True
        word = word.head
        name = word.lemma_.lower()
        tables = (lexicon.effects("verbs"), lexicon.effects("nouns"), lexicon.words("verbs", "speech"))
        if any(name in one for one in tables):
            return False
    return False


def modal(verb: Token) -> Modality | None:
    """The modal auxiliary of a verb, shared by coordinated infinitives (*could use and allow*)."""
    for aux in children(verb, "aux"):
        if aux.lower_ in MODALS:
            made = MODALS[aux.lower_]
            if made is not Modality.HYPOTHETICAL or not _is_later(verb):
                return made
            return Modality.ASSERTED if _is_told_afterwards(verb) else Modality.PLANNED
    if (
        verb.dep_ == "conj"
        and verb.tag_ in {"VB", "VBN"}
        and child(verb, "aux", "nsubj", "nsubjpass") is None
    ):
        return modal(verb.head) if is_verb(verb.head) else None
    if verb.dep_ == "conj" and infinitive(verb) and is_verb(verb.head) and infinitive(verb.head):
        return modal(verb.head)  # is to close it and to sell it
    if verb.dep_ != "xcomp" or not infinitive(verb):
        return None
    governor = verb.head
    if any(c.lower_ == "yet" for c in children(governor, "advmod")):
        return None  # is yet to visit
    if governor.lower_ == "going" or governor.lemma_ == "be":
        return Modality.PLANNED  # is going to visit, is to visit
    owes = governor.lemma_ == "have" and child(governor, "dobj") is None and governor.tag_ != "VBD"
    return Modality.REQUESTED if owes else None  # has to pay; who had to pay did
