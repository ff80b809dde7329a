"""Clauses: for each verb, who does it to what. Subjects are shared where the grammar shares them.

A clause is tokens only; what they mean (entities, modality, time) is added by the later stages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.governing import is_content
from graph.text.phrases import TIME, UNNAMED, bounds, named
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
    left_out,
    lemma,
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
            yield from map(_with_names, of_verb(token))


def _with_names(clause: Clause) -> Clause:
    """*The freighter Astrid sank*: a name in apposition takes the place of its noun."""
    return replace(
        clause,
        subject=named(clause.subject),
        object=named(clause.object) if clause.object is not None else None,
        extras=tuple((role, named(head)) for role, head in clause.extras),
    )


def of_verb(verb: Token) -> Iterator[Clause]:
    """Give the clauses of one verb."""
    extras = tuple(
        pair for pair in prepositions(verb) if pair[1].ent_type_ not in TIME and pair[0] != "according_to"
    )
    if is_passive(verb):
        yield from _passive(verb, extras)
        return
    who = subjects(verb)
    if (verb.lemma_ == "be" or child(verb, "attr") is not None) and not children(verb, "dobj"):
        yield from _copula(verb, who, extras)
        return
    everything = _objects(verb) if who else []
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
    return any(head.doc[slice(*bounds(head, bare=bare))].text.lower() in together for bare in (True, False))


def _transitive(verb: Token, subject: Subject, obj: Token, extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X condemns Y*; an idiom takes its prepositional phrase into the predicate (*put Y on trial*)."""
    partners = _light(verb, obj, extras)
    if partners:
        for prep, partner in partners:
            rest = _beyond((prep, partner), extras)
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
    wanted = {"in"} if obj.lower_ in {"part", "role", "interest"} else {"with", "to", "on", "against"}
    return partners or [pair for pair in extras if pair[0] in wanted]


def _objects(verb: Token) -> list[Token]:
    """Return the heads of the objects: relative pronouns give their noun, gaps of relative clauses too."""
    found: list[Token] = []
    for obj in children(verb, "dobj"):
        if obj.lower_ == "nothing" or _is_circumstance(verb, obj):
            continue  # nothing is no one and no thing: it only negates its verb
        target = antecedent(obj) if obj.lower_ in RELATIVE and obj.tag_ in {"WDT", "WP"} else obj
        found.extend(conjuncts(target) if target == obj else [target] if target is not None else [])
    gapped = verb.dep_ == "relcl" and not found and not any(c.dep_ in NO_OBJECT for c in verb.children)
    if gapped and _has_gap(verb):
        found.append(verb.head)
    return found


def _is_circumstance(verb: Token, obj: Token) -> bool:
    """*Strikes every ten years* says when; nobody says a thing: its clause was hung on its subject."""
    if obj.ent_type_ in TIME:
        return _stands_alone(verb)
    return verb.lemma_ == "say"


def _has_gap(verb: Token) -> bool:
    """*The territory it has held*: a relative clause with its own subject and no relative pronoun in it."""
    own = child(verb, "nsubj")
    relative = any(t.lower_ in RELATIVE or t.tag_ == "WRB" for t in verb.subtree if t.i < verb.i)
    stranded = any(c.dep_ == "prep" and not list(c.children) for c in verb.children)
    missing = not relative and not stranded and not is_content(verb) and verb.head.lemma_ not in NOT_GAP
    return own is not None and missing


def _intransitive(verb: Token, subject: Subject, extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X met with Y*, *X fell*: the prepositional objects, each in turn; else no object."""
    if verb.dep_ == "relcl" and (stranded := _stranded(verb)) is not None:
        extras = (*extras, stranded)
    reports = child(verb, "ccomp") is not None
    chosen = [pair for pair in extras if _is_object(pair) and (not reports or pair[0] in {"to", "with"})]
    for pair in chosen:
        if pair[1] != subject.token:
            rest = _beyond(pair, extras)
            yield Clause(verb, subject.token, pair[1], f"preposition/{subject.rule}", pair[0], extras=rest)
    complete = not any(c.dep_ in (*NO_OBJECT, "acomp", "oprd", "attr") for c in verb.children)
    if not chosen and complete and _stands_alone(verb):
        yield Clause(verb, subject.token, None, f"none/{subject.rule}", extras=extras)
    adjective = child(verb, "acomp", "oprd")
    if adjective is not None and not extras and not adjective.tag_.startswith("NN"):
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
        for pobj in ([] if left_out(by) else children(by, "pobj"))
        for head in conjuncts(pobj)
        if pobj.ent_type_ not in TIME
    ]
    actors = [head for head in agents if _can_act(head)]
    manner = tuple(("by", head) for head in agents if head not in actors)
    given = [obj for obj in _objects(verb) if verb.dep_ != "relcl" or obj != verb.head]
    for patient in subjects(verb):
        rule = f"passive/{patient.rule}"
        for actor in actors:
            if given:  # Y was given Z by X
                rest = (*extras, ("to", patient.token))
                yield from (Clause(verb, actor, obj, rule, extras=rest) for obj in given)
            else:
                yield Clause(verb, actor, patient.token, rule, extras=extras)
        if not actors:
            yield from _suffered(verb, patient, given, (*extras, *manner))


def _suffered(
    verb: Token, patient: Subject, given: list[Token], extras: tuple[Extra, ...]
) -> Iterator[Clause]:
    """*Y was given Z*, *Y was held in Z*, *Y was elected mayor*, *Y was arrested*: nobody says by whom."""
    rule = f"passive/{patient.rule}"
    complement = tuple(children(verb, "oprd")[:1])
    for obj in given:
        yield Clause(verb, patient.token, obj, rule, passive=True, extras=extras)
    extras = (*extras, *(pair for word in complement for pair in prepositions(word)))
    chosen = [pair for pair in extras if _is_object(pair) and not given]
    for pair in chosen:
        yield Clause(verb, patient.token, pair[1], rule, pair[0], complement, True, _beyond(pair, extras))
    if not chosen and not given and not any(c.dep_ in NO_OBJECT for c in verb.children):
        yield Clause(verb, patient.token, None, rule, "", complement, True, extras)


def _beyond(pair: Extra, extras: tuple[Extra, ...]) -> tuple[Extra, ...]:
    """Return the extras without `pair` and what is coordinated with it (that makes a clause of its own)."""
    return tuple(other for other in extras if other[0] != pair[0] or _first(other[1]) != _first(pair[1]))


def _first(member: Token) -> Token:
    while member.dep_ == "conj":
        member = member.head
    return member


def _can_act(head: Token) -> bool:
    """A bare singular noun or a measure after *by* is a manner (*by force*, *by 5 km*), no one who acts."""
    if head.ent_type_ in UNNAMED:
        return False
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
            for pair in filter(_is_object, extras):
                rest = _beyond(pair, extras)
                yield Clause(verb, subject.token, pair[1], f"location/{subject.rule}", pair[0], extras=rest)


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
