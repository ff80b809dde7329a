"""Passive clauses turned active: *Y was seized by X*; without an agent the patient stays the subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.clause import Clause, Extra, edges, rest_of
from graph.text.objects import NO_OBJECT, is_cut, object_complement, objects, stands_alone
from graph.text.phrases import UNNAMED
from graph.text.subjects import Subject, subjects
from graph.text.tree import (
    KNOWN_FOR,
    NAMES,
    NAMING,
    NOUNS,
    TIME,
    child,
    children,
    conjuncts,
    infinitive,
    is_passive,
    left_out,
    lemma,
    prepositions,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token


PLACED = frozenset("locate situate place centre center position".split())


def passive(verb: Token, extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """Turn a passive active: *Y was seized by X*; without an agent the patient stays the subject."""
    if verb.dep_ == "acl" and verb.tag_ == "VBD" and stands_alone(verb):
        return  # batons scuffled with students: a verb in the past that was hung on the noun before it
    agents = [
        head
        for by in children(verb, "agent")
        for pobj in ([] if left_out(by) else children(by, "pobj"))
        for head in conjuncts(pobj)
        if pobj.ent_type_ not in TIME
    ]
    actors = [head for head in agents if _can_act(head)]
    manner = tuple(("by", head) for head in agents if head not in actors)
    given = [obj for obj in objects(verb) if verb.dep_ != "relcl" or obj != verb.head]
    result = object_complement(verb)
    for patient in subjects(verb):
        rule = f"passive/{patient.rule}"
        for actor in actors:
            if given:  # Y was given Z by X
                rest = (*extras, ("to", patient.token))
                yield from (Clause(verb, actor, obj, rule, extras=rest) for obj in given)
            else:
                yield Clause(verb, actor, patient.token, rule, complement=result, extras=extras)
        if not actors:
            yield from _suffered(verb, patient, given, (*extras, *manner))


def _suffered(
    verb: Token, patient: Subject, given: list[Token], extras: tuple[Extra, ...]
) -> Iterator[Clause]:
    """*Y was given Z*, *Y was held in Z*, *Y was elected mayor*, *Y was arrested*: nobody says by whom."""
    rule = f"passive/{patient.rule}"
    complement = tuple((children(verb, "oprd", "acomp") or _stranded(verb))[:1])
    if any(obj.ent_type_ == "QUANTITY" for obj in given) and lemma(verb) in PLACED:
        return  # was located 9 km: from where?
    for obj in given:
        yield Clause(verb, patient.token, obj, rule, passive=True, extras=extras)
    if complement and complement[0].tag_ in NAMES and lemma(verb) in NAMING:  # called the Lake of Swans
        yield Clause(verb, patient.token, complement[0], rule, passive=True, extras=extras)
        return
    extras = (*extras, *(pair for word in complement for pair in prepositions(word)))
    chosen = edges(verb, extras) if not given else []
    for pair in chosen:
        yield Clause(verb, patient.token, pair[1], rule, pair[0], complement, True, rest_of(pair, extras))
    if not chosen and not given and complement and complement[0].tag_ in NOUNS:
        yield Clause(verb, patient.token, complement[0], rule, passive=True, extras=extras)  # called a rebel
    elif not chosen and not given and not _goes_on(verb):
        yield Clause(verb, patient.token, None, rule, "", complement, True, extras)


def _stranded(verb: Token) -> list[Token]:
    """*Have been dealt with at the scene*: a preposition without its object, which is the patient."""
    return [prep for prep in children(verb, "prep") if prep.i == verb.i + 1 and not list(prep.children)]


def _goes_on(verb: Token) -> bool:
    """*Is known for winning*, *was projected to win*, *is aged above 60*: the verb alone says too little."""
    if child(verb, *NO_OBJECT) is not None or any(map(infinitive, children(verb, "advcl"))):
        return True
    if any(word.tag_ == "WDT" for prep in children(verb, "prep") for word in children(prep, "pobj")):
        return True  # the disks on which the data were stored
    if lemma(verb) in lexicon.words("relations", "needs_complement") and not children(
        verb, "prt", "acomp", "oprd"
    ):
        return True
    if any(
        c.tag_ in {"RBR", "JJR"} and child(c, "prep") is not None for c in children(verb, "advmod", "dobj")
    ):
        return True  # was paid more than others
    known = verb.lemma_ in KNOWN_FOR
    after = (prep for prep in children(verb, "prep") if prep.lower_ == "for" and known)
    told_by_gerund = any(child(prep, "pcomp") is not None for prep in after) or is_cut(verb)
    return told_by_gerund or verb.lower_ == "aged"


def shares_auxiliary(verb: Token) -> bool:
    """*Two were killed and dozens wounded in Oslo*: the second verb has a subject, but no *were*."""
    if verb.dep_ != "conj" or verb.tag_ not in {"VBN", "VBD"} or not is_passive(verb.head):
        return False
    bare = child(verb, "nsubj") is not None and child(verb, "aux", "auxpass", "dobj", *NO_OBJECT) is None
    return bare and lemma(verb) in lexicon.words("relations", "needs_object")


def _can_act(head: Token) -> bool:
    """A bare singular noun or a measure after *by* is a manner (*by force*, *by 5 km*), no one who acts."""
    if head.ent_type_ in UNNAMED:
        return False
    return head.tag_ != "NN" or bool(head.ent_type_) or any(True for _ in head.lefts)
