"""Clauses: for each verb, who does it to what. Subjects are shared where the grammar shares them.

A clause is tokens only; what they mean (entities, modality, time) is added by the later stages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.clause import Clause, Extra, edges, rest_of
from graph.text.copulas import adjective_of, copula
from graph.text.objects import (
    NO_OBJECT,
    completing,
    framed,
    has_object_complement,
    is_cut,
    is_half_number,
    leaves_without,
    needs_object,
    object_complement,
    objects,
    receiver,
    stands_alone,
)
from graph.text.passives import passive, shares_auxiliary
from graph.text.phrases import bounds, named
from graph.text.subjects import Subject, subjects
from graph.text.tree import (
    TIME,
    VERB_TAGS,
    child,
    children,
    having,
    infinitive,
    is_passive,
    is_verb,
    lemma,
    prepositions,
)

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

RULING = frozenset("rule deem find believe consider judge think hold declare".split())


def clauses(doc: Doc) -> Iterator[Clause]:
    """Give the clauses of the verbs of `doc`, in the order of the text."""
    for token in having(doc, "TAG", VERB_TAGS):
        if is_verb(token) and token.dep_ not in {"pobj", "dobj"}:
            yield from map(_with_names, of_verb(token))


def _with_names(clause: Clause) -> Clause:
    """*The freighter Astrid sank*: a name in apposition takes the place of its noun."""
    subject = named(clause.subject)
    obj = named(clause.object) if clause.object is not None else None
    extras = tuple((role, named(head)) for role, head in clause.extras)
    if (subject, obj, extras) == (clause.subject, clause.object, clause.extras):
        return clause
    return replace(clause, subject=subject, object=obj, extras=extras)


def of_verb(verb: Token) -> Iterator[Clause]:
    """Give the clauses of one verb."""
    extras = tuple(
        pair for pair in prepositions(verb) if pair[1].ent_type_ not in TIME and pair[0] != "according_to"
    )
    if is_passive(verb) or shares_auxiliary(verb):
        yield from passive(verb, extras)
        return
    who = subjects(verb)
    if (verb.lemma_ == "be" or child(verb, "attr") is not None) and not children(verb, "dobj"):
        yield from copula(verb, who, extras)
        return
    everything = objects(verb) if who else []
    what = [obj for obj in everything if not _is_together(obj)]
    if len(who) == 2 and not what:
        pairs = _reciprocal(verb, who[0], who[1], mutual=bool(everything))
        if pairs:
            yield from (replace(pair, extras=extras) for pair in pairs)
            return
    for subject in who:
        if what:
            for obj in what:
                if obj != subject.token:
                    yield from _transitive(verb, subject, obj, extras)
        else:
            yield from _intransitive(verb, subject, extras)


def _reciprocal(verb: Token, one: Subject, other: Subject, *, mutual: bool) -> list[Clause]:
    """*X and Y met*, *X and Y accused each other*: both do it to each other."""
    there = Clause(verb, one.token, other.token, f"reciprocal/{one.rule}")
    if lemma(verb) in lexicon.words("relations", "reciprocal"):
        return [there]
    return [there, replace(there, subject=other.token, object=one.token)] if mutual else []


def _is_together(head: Token) -> bool:
    """*Each other*, *one-on-one*: no object, but how two do it."""
    together = lexicon.words("relations", "together")
    if not any(phrase.endswith(head.lower_) for phrase in together):
        return False
    return any(head.doc.text_of(*bounds(head, bare=bare)).lower() in together for bare in (True, False))


def _transitive(verb: Token, subject: Subject, obj: Token, extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X condemns Y*; an idiom takes its prepositional phrase into the predicate (*put Y on trial*)."""
    if leaves_without(verb) or _is_ruled(verb) or is_half_number(verb, obj):
        return
    partners = _light(verb, obj, extras)
    if partners:
        for prep, partner in partners:
            rest = rest_of((prep, partner), extras)
            yield Clause(verb, subject.token, partner, f"light/{subject.rule}", prep, (obj,), extras=rest)
        return
    if obj.lower_ in lexicon.table("relations")["verb_nouns"].get(lemma(verb), ()):
        yield Clause(verb, subject.token, None, f"none/{subject.rule}", complement=(obj,), extras=extras)
        return
    if has_object_complement(verb):
        words = object_complement(verb)
        if words:
            how = "as" if words[-1].head.lower_ == "as" else ""
            rest = tuple(pair for pair in extras if pair[1] != words[-1])
            yield Clause(verb, subject.token, obj, f"object/{subject.rule}", how, words, extras=rest)
        return
    idioms = lexicon.table("relations")["prepositional_idioms"].get(verb.lemma_, ())
    idiom = [(role, head) for role, head in extras if f"{role} {head.lower_}" in idioms]
    rest = tuple(pair for pair in extras if pair not in idiom)
    indirect = [c for c in children(verb, "dative") if c.tag_ not in {"IN", "TO"}]
    given = receiver(verb)
    rest += tuple(("to", head) for head in (*indirect, *([given] if given is not None else [])))
    rest += framed(obj)
    words = tuple(head for _, head in idiom[:1])
    prep = idiom[0][0] if idiom else ""
    yield Clause(
        verb, subject.token, obj, f"object/{subject.rule}", prep if words else "", words, extras=rest
    )


def _is_ruled(verb: Token) -> bool:
    """*Ruled the act to be void*, *caused it to sink*: what is said of it is the clause below."""
    if lemma(verb) == "cause" and any(map(infinitive, children(verb, "xcomp", "ccomp", "advcl"))):
        return True
    be = child(verb, "xcomp", "ccomp")
    return be is not None and be.lemma_ == "be" and infinitive(be) and lemma(verb) in RULING


def _light(verb: Token, obj: Token, extras: tuple[Extra, ...]) -> list[Extra]:
    """*hold talks with Y*, *launch an attack on Y*: the one whom the noun of a light verb is about."""
    if obj.lower_ not in lexicon.table("relations")["light"].get(verb.lemma_, ()):
        return []
    own = [pair for pair in prepositions(obj) if pair[1].ent_type_ not in TIME and pair[0] != "of"]
    wanted = {"in"} if obj.lower_ in {"part", "role", "interest"} else {"with", "to", "on", "against"}
    partners = [pair for pair in (*own, *extras) if pair[0] in wanted]
    return partners or own  # talks in Oslo with Vale: with Vale, before in Oslo


def _intransitive(verb: Token, subject: Subject, extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X met with Y*, *X fell*: the prepositional objects, each in turn; else no object."""
    if verb.dep_ == "relcl" and (stranded := _stranded(verb)) is not None:
        extras = (*extras, stranded)
    reports = child(verb, "ccomp") is not None
    reached = edges(verb, extras) if verb.lemma_ != "do" and not needs_object(verb) else []
    word = completing(verb)
    chosen = [pair for pair in reached if not reports or pair[0] in {"to", "with"}]
    for pair in chosen:
        if pair[1] != subject.token:
            rest = rest_of(pair, extras)
            rule = f"preposition/{subject.rule}"
            yield Clause(verb, subject.token, pair[1], rule, pair[0], word, extras=rest)
    complete = child(verb, *NO_OBJECT, "acomp", "oprd", "attr") is None
    if not chosen and complete and (stands_alone(verb) or word) and not is_cut(verb):
        yield Clause(verb, subject.token, None, f"none/{subject.rule}", complement=word, extras=extras)
    adjective = child(verb, "acomp", "oprd")
    if adjective is not None and not extras and not adjective.tag_.startswith("NN"):
        yield from adjective_of(verb, subject, adjective)


def _stranded(verb: Token) -> Extra | None:
    """*The city he lives in*: the preposition and the noun of the relative clause."""
    prep = next((c for c in children(verb, "prep") if not c.n_lefts + c.n_rights), None)
    return (prep.lower_, verb.head) if prep is not None and child(verb, "nsubj") is not None else None
