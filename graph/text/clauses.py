"""Clauses: for each verb, who does it to what. Subjects are shared where the grammar shares them.

A clause is tokens only; what they mean (entities, modality, time) is added by the later stages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.phrases import TIME, bounds
from graph.text.subjects import Subject, subjects
from graph.text.tree import (
    RELATIVE,
    VERB_TAGS,
    antecedent,
    child,
    children,
    conjuncts,
    having,
    is_passive,
    is_verb,
    prepositions,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Extra = tuple[str, "Token"]
NO_OBJECT = frozenset(("ccomp", "xcomp", "pcomp"))
NOT_GAP = frozenset("day time year week month moment way reason place point extent".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """One predication: `head` is its verb or noun, `object` is None for a clause without one.

    `prep` joins the object to the verb, `complement` is the adjective or noun of a copula or of an
    idiom (*put on trial*), `extras` are (role, head) pairs of what else the clause says, and `rule`
    names what found it.
    """

    head: Token
    subject: Token
    object: Token | None
    rule: str
    prep: str = ""
    complement: tuple[Token, ...] = ()
    passive: bool = False
    extras: tuple[Extra, ...] = field(default=())


def clauses(doc: Doc) -> Iterator[Clause]:
    """Give the clauses of the verbs of `doc`, in the order of the text."""
    for token in having(doc, "TAG", VERB_TAGS):
        if is_verb(token) and token.dep_ not in {"pobj", "dobj"}:
            yield from of_verb(token)


def of_verb(verb: Token) -> Iterator[Clause]:
    """Give the clauses of one verb."""
    extras = tuple(pair for pair in prepositions(verb) if pair[1].ent_type_ not in TIME)
    if is_passive(verb):
        yield from _passive(verb, extras)
        return
    who = subjects(verb)
    if verb.lemma_ == "be" and not children(verb, "dobj"):
        yield from _copula(verb, who, extras)
        return
    what = _objects(verb)
    together = len(who) == 2 and (not what or _phrase_of(what[0]) in lexicon.words("relations", "together"))
    if together and verb.lemma_ in lexicon.words("relations", "reciprocal"):
        yield Clause(verb, who[0].token, who[1].token, f"reciprocal/{who[0].rule}", extras=extras)
        return
    for subject in who:
        if what:
            for obj in what:
                if obj != subject.token:
                    yield from _transitive(verb, subject, obj, extras)
        else:
            yield from _intransitive(verb, subject, extras)


def _phrase_of(head: Token) -> str:
    start, end = bounds(head, bare=True)
    return head.doc[start:end].text.lower()


def _transitive(verb: Token, subject: Subject, obj: Token, extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X condemns Y*; an idiom takes its prepositional phrase into the predicate (*put Y on trial*)."""
    partners = _light(verb, obj, extras)
    if partners:
        for prep, partner in partners:
            rest = tuple(pair for pair in extras if pair[1] != partner)
            yield Clause(verb, subject.token, partner, f"light/{subject.rule}", prep, (obj,), extras=rest)
        return
    idioms = lexicon.table("relations")["prepositional_idioms"].get(verb.lemma_, ())
    idiom = [(role, head) for role, head in extras if f"{role} {head.lower_}" in idioms]
    rest = tuple(pair for pair in extras if pair not in idiom)
    indirect = [c for c in children(verb, "dative") if c.tag_ not in {"IN", "TO"}]
    rest += tuple(("to", head) for head in indirect)
    words = tuple(head for _, head in idiom[:1])
    prep = idiom[0][0] if idiom else ""
    yield Clause(
        verb, subject.token, obj, f"object/{subject.rule}", prep if words else "", words, extras=rest
    )


def _light(verb: Token, obj: Token, extras: tuple[Extra, ...]) -> list[Extra]:
    """*hold talks with Y*, *launch an attack on Y*: the one whom the noun of a light verb is about."""
    if obj.lower_ not in lexicon.table("relations")["light"].get(verb.lemma_, ()):
        return []
    partners = [pair for pair in prepositions(obj) if pair[1].ent_type_ not in TIME and pair[0] != "of"]
    return partners or [pair for pair in extras if pair[0] in {"with", "to", "on", "against"}]


def _objects(verb: Token) -> list[Token]:
    """Return the heads of the objects: relative pronouns give their noun, gaps of relative clauses too."""
    found: list[Token] = []
    for obj in children(verb, "dobj"):
        target = antecedent(obj) if obj.lower_ in RELATIVE and obj.tag_ in {"WDT", "WP"} else obj
        found.extend(conjuncts(target) if target == obj else [target] if target is not None else [])
    gapped = verb.dep_ == "relcl" and not found and not any(c.dep_ in NO_OBJECT for c in verb.children)
    if gapped and _has_gap(verb):
        found.append(verb.head)
    return found


def _has_gap(verb: Token) -> bool:
    """*The territory it has held*: a relative clause with its own subject and no relative pronoun in it."""
    own = child(verb, "nsubj")
    relative = any(t.lower_ in RELATIVE or t.tag_ == "WRB" for t in verb.subtree if t.i < verb.i)
    stranded = any(c.dep_ == "prep" and not list(c.children) for c in verb.children)
    return own is not None and not relative and not stranded and verb.head.lemma_ not in NOT_GAP


def _intransitive(verb: Token, subject: Subject, extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X met with Y*, *X fell*: the prepositional objects, each in turn; else no object."""
    if verb.dep_ == "relcl" and (stranded := _stranded(verb)) is not None:
        extras = (*extras, stranded)
    reports = child(verb, "ccomp") is not None
    chosen = [pair for pair in extras if _is_object(pair) and (not reports or pair[0] in {"to", "with"})]
    for pair in chosen:
        if pair[1] != subject.token:
            rest = tuple(other for other in extras if other != pair)
            yield Clause(verb, subject.token, pair[1], f"preposition/{subject.rule}", pair[0], extras=rest)
    complete = not any(c.dep_ in (*NO_OBJECT, "acomp", "oprd", "attr") for c in verb.children)
    if not chosen and complete and _stands_alone(verb):
        yield Clause(verb, subject.token, None, f"none/{subject.rule}", extras=extras)
    if (adjective := child(verb, "acomp", "oprd")) is not None and not extras:
        yield from _adjective(verb, subject, adjective)


def _is_object(pair: Extra) -> bool:
    """When and how are circumstances: they stay arguments and make no edge."""
    return pair[0] not in lexicon.words("relations", "circumstances")


def _stands_alone(verb: Token) -> bool:
    """True for verbs that say something without an object (*resigned*, *collapsed*)."""
    name = "_".join((verb.lemma_, *(c.lower_ for c in children(verb, "prt"))))
    return name in lexicon.words("relations", "intransitive")


def _stranded(verb: Token) -> Extra | None:
    """*The city he lives in*: the preposition and the noun of the relative clause."""
    prep = next((c for c in verb.children if c.dep_ == "prep" and not list(c.children)), None)
    return (prep.lower_, verb.head) if prep is not None and child(verb, "nsubj") is not None else None


def _passive(verb: Token, extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """Turn a passive active: *Y was seized by X*; without an agent the patient stays the subject."""
    agents = [
        head
        for by in children(verb, "agent")
        for pobj in children(by, "pobj")
        for head in conjuncts(pobj)
        if pobj.ent_type_ not in TIME
    ]
    actors = [head for head in agents if _can_act(head)]
    manner = tuple(("by", head) for head in agents if head not in actors)
    for patient in subjects(verb):
        if actors:
            yield from (
                Clause(verb, actor, patient.token, f"passive/{patient.rule}", extras=extras)
                for actor in actors
            )
            continue
        chosen = [pair for pair in extras if _is_object(pair)]
        for pair in chosen:
            rest = (*(other for other in extras if other != pair), *manner)
            yield Clause(verb, patient.token, pair[1], f"passive/{patient.rule}", pair[0], (), True, rest)
        if not chosen and not any(c.dep_ in NO_OBJECT for c in verb.children):
            yield Clause(
                verb, patient.token, None, f"passive/{patient.rule}", "", (), True, (*extras, *manner)
            )


def _can_act(head: Token) -> bool:
    """A bare singular noun after *by* is a manner (*by force*, *by train*), no one who acts."""
    return head.tag_ != "NN" or bool(head.ent_type_) or any(True for _ in head.lefts)


def _copula(verb: Token, who: list[Subject], extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X is Y*, *X is concerned about Y*, *X is in Y*."""
    attribute = child(verb, "attr")
    adjective = child(verb, "acomp", "oprd")
    for subject in who:
        if attribute is not None and attribute.tag_ not in {"WP", "WDT", "EX"}:
            for member in conjuncts(attribute):
                if member != subject.token:
                    yield Clause(verb, subject.token, member, f"copula/{subject.rule}", extras=extras)
        elif adjective is not None:
            yield from _adjective(verb, subject, adjective)
        else:
            for prep, obj in filter(_is_object, extras):
                rest = tuple(other for other in extras if other != (prep, obj))
                yield Clause(verb, subject.token, obj, f"location/{subject.rule}", prep, extras=rest)


def _adjective(verb: Token, subject: Subject, adjective: Token) -> Iterator[Clause]:
    """*X is neutral*, *X is guilty of Y*; a clause that the adjective governs speaks for itself."""
    if any(c.dep_ in {"xcomp", "ccomp", "pcomp"} for c in adjective.children):
        return
    inner = [(prep, obj) for prep, obj in prepositions(adjective) if obj.ent_type_ not in TIME]
    for member in [adjective, *children(adjective, "conj")]:
        if not inner or member != adjective:
            yield Clause(verb, subject.token, None, f"adjective/{subject.rule}", complement=(member,))
        for prep, obj in inner if member == adjective else ():
            yield Clause(verb, subject.token, obj, f"adjective/{subject.rule}", prep, (member,))
