"""What a frame says of its subject: one small maker for each way to say it.

Whatever is said beyond the object is told apart, with a relation that holds the object (*sold ships to*),
so that each can be searched and judged alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.folding import Said
from graph.text.frames import Frame, Oblique, datives, is_relative, obliques
from graph.text.governing import is_juxtaposed
from graph.text.surface import Extent, argument, clause, is_alone, is_named, members, phrase, text
from graph.text.tree import (
    FINITE,
    SUBJECTS,
    TIME,
    antecedent,
    child,
    children,
    infinitive,
    is_verb,
    lemma,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

DEMANDING = frozenset(("must", "should", "ought", "shall"))
NOT_MANNER = frozenset("also too however though instead respectively either yet".split())
# Details that are seldom right of a subject that was found in these ways.
UNSURE = {"inside_object": ("relative", "participle"), "beyond_object": ("participle", "conj")}
LONG = 8  # words; of a longer phrase beyond an object only the names in it are told
LONGEST_RELATION = 20  # words; this also bounds how deep a phrase is searched for names
LONGEST_GOVERNED = 20  # words; what a longer infinitive says is told by its own verbs
REPORTING = frozenset(("claimed", "denied", "possible"))


def said(frame: Frame) -> list[Said]:
    """Return all that a frame says, each by itself."""
    return [one for make in MAKERS for one in make(frame) if frame.found not in UNSURE.get(one.rule, ())]


def _of_objects(frame: Frame) -> Iterator[Said]:
    """*Hale | sold | ships*, and what the phrases of an object say (*Hale | sold ships of | steel*)."""
    rule = "object"
    for obj in frame.objects:
        yield Said(rule, text(frame.words), argument(obj, Extent.OF))
        rule = "next_object"
        if not frame.is_gap:
            yield from _inside(frame.words, obj)


def _inside(words: tuple[Token, ...], noun: Token, *, of_names: bool = False) -> Iterator[Said]:
    """*Hale | sold ships with | two cranes*: the prepositional phrases of an object.

    `of_names` gives only those about names, for what stands farther from the verb. The first name of each
    phrase is told, however deep it is in it.
    """
    head = (*words, *phrase(noun, Extent.BARE))
    for oblique in obliques(noun):
        inner = (*head, *oblique.prepositions)
        ends = oblique.is_clause or len(inner) > LONGEST_RELATION
        for member in [] if ends else members(oblique.object):
            deeper = [] if is_named(member) else list(_inside(inner, member, of_names=True))
            if deeper:
                yield from deeper
            elif is_named(member) or not (of_names or _is_half(oblique, member) or member.ent_type_ in TIME):
                yield Said("inside_object", text(inner), argument(member))


def _is_half(oblique: Oblique, noun: Token) -> bool:
    """*a form of green energy*, *protection from rain*: the other half of a compound, which tells nothing."""
    if oblique.prepositions[-1].lower_ == "of":
        return child(noun, "det", "poss", "nummod") is None
    return is_alone(noun) and not noun.ent_type_


def _of_adjectives(frame: Frame) -> Iterator[Said]:
    """*Hale | is afraid of | storms*; *Hale | is sure | he will win*; *Hale | is | old*."""
    if frame.objects:
        return
    for adjective in (member for first in frame.adjectives for member in (first, *children(first, "conj"))):
        words = (*frame.words, adjective, *children(adjective, "advmod", "neg", "npadvmod"))
        beyond, told = list(obliques(adjective)), children(adjective, "ccomp")
        for oblique in beyond:
            relation = text((*words, *oblique.prepositions))
            for other in _objects_of(oblique):
                yield Said("adjective", relation, other)
        for content in told:
            yield Said("adjective", text(words), text(clause(content)))
        if not beyond and not told and child(adjective, "xcomp") is None:
            yield Said("adjective", text(frame.words), text(phrase(adjective)))


def _objects_of(oblique: Oblique) -> list[str]:
    if oblique.is_clause:
        return [text(clause(oblique.object))]
    return [argument(member) for member in members(oblique.object)]


def _of_obliques(frame: Frame) -> Iterator[Said]:
    """*Hale | sailed to | Oslo*; beyond an object the preposition goes with the argument."""
    for oblique in frame.obliques:
        if oblique.is_clause:
            yield from _of_gerund(frame, oblique)
        elif is_relative(oblique.object):
            yield from _of_relative(frame, oblique)
        elif not _reports(frame.verb) or oblique.object.ent_type_ not in TIME:
            for member in members(oblique.object):
                yield from _of_oblique(frame, oblique, member)


def _of_oblique(frame: Frame, oblique: Oblique, member: Token) -> Iterator[Said]:
    inner = _inside_oblique(frame, oblique, member)
    if frame.objects:
        beyond = f"{text(oblique.prepositions)} {argument(member)}"
        if not inner or len(beyond.split()) <= LONG:
            yield Said("time" if member.ent_type_ in TIME else "beyond_object", text(frame.core), beyond)
    else:
        extent = Extent.OF if inner else Extent.WHOLE  # what no other row tells is not cut off
        yield Said("oblique", _relation_to(frame, oblique), argument(member, extent))
    yield from inner


def _inside_oblique(frame: Frame, oblique: Oblique, member: Token) -> list[Said]:
    if oblique.prepositions[0].i < frame.verb.i:
        return []
    words = frame.core if frame.objects else frame.words
    of_names = bool(frame.objects)
    return list(_inside((*words, *oblique.prepositions), member, of_names=of_names))


def _of_relative(frame: Frame, oblique: Oblique) -> Iterator[Said]:
    """*The port to which Hale sailed*: Hale sailed to the port."""
    noun = antecedent(oblique.object)
    if noun is not None and noun != frame.actor:
        yield Said("oblique", f"{text(frame.core)} {text(oblique.prepositions)}", argument(noun))


def _relation_to(frame: Frame, oblique: Oblique) -> str:
    """Return the relation of a prepositional phrase; one before the verb reads as if it came after."""
    if oblique.prepositions[0].i > frame.verb.i:
        return text((*frame.core, *oblique.prepositions))
    return f"{text(frame.core)} {text(oblique.prepositions)}"


def _of_gerund(frame: Frame, oblique: Oblique) -> Iterator[Said]:
    """*Hale | was fined for | lying*; of a gerund with an object the frame of the gerund tells."""
    if child(oblique.object, "dobj") is None:
        words = (*frame.core, *oblique.prepositions)
        yield Said("circumstance", text(words), text(clause(oblique.object)))


def _of_times(frame: Frame) -> Iterator[Said]:
    """*Hale | sold ships | yesterday*; when something was said is the paper's business."""
    if not _reports(frame.verb):
        for time in frame.times:
            yield Said("time", text(frame.core), text(phrase(time)))


def _of_datives(frame: Frame) -> Iterator[Said]:
    """*Hale | sold ships | Vale*."""
    for whom in datives(frame.verb):
        yield Said("dative", text(frame.core), text(phrase(whom)))


def _of_contents(frame: Frame) -> Iterator[Said]:
    """*Hale | said | Vale sold ships*, also where the report is put in (*Vale, Hale said, sold ships*)."""
    verb = frame.verb
    for content in contents(frame):
        if content.tag_ in FINITE and child(content, *SUBJECTS, "expl", "csubj") is None:
            continue  # what is told has its own subject; this one the parser took from another clause
        first, *more = _content(verb, content)
        yield Said("content", text(frame.words), first, tuple(more))
    is_put_in = verb.dep_ == "parataxis" and is_verb(verb.head) and _reports(verb)
    if is_put_in and child(verb, "ccomp", "dobj") is None:
        yield Said("content", text(frame.words), text(clause(verb.head, without={verb.i})))


def contents(frame: Frame) -> list[Token]:
    """Return the verbs of what is told; beside an object only by a verb that reports.

    *Rents fell; the mayor resigned*: another sentence before it, of which the verb says nothing.
    """
    told = [content for content in children(frame.verb, "ccomp") if not is_juxtaposed(content)]
    if _reports(frame.verb):
        return told
    is_full = frame.objects and not frame.is_gap
    return [] if is_full else [content for content in told if content.i > frame.verb.i]


def _content(verb: Token, content: Token) -> tuple[str, ...]:
    """Return a content clause; *Hale | demanded | Vale | resign*: of a demand, whom it is addressed to."""
    subject = child(content, *SUBJECTS)
    must = any(word.lower_ in DEMANDING for word in children(content, "aux"))
    is_demand = must or lexicon.effects("verbs").get(lemma(verb)) == "requested"
    is_split = is_demand or infinitive(content)
    if not is_split or subject is None or not _is_statement(content, subject) or subject.i < verb.i:
        return (text(clause(content)),)
    inside = {word.i for word in (*children(content, "mark"), *subject.subtree)}
    return text(subject.subtree), text(clause(content, without=inside))


def _is_statement(verb: Token, subject: Token) -> bool:
    """True if the subject comes first: *Vale must resign*, not *must Vale resign*."""
    return all(word.i > subject.i for word in (verb, *children(verb, "aux", "auxpass")))


def _reports(verb: Token) -> bool:
    return lexicon.effects("verbs").get(lemma(verb)) in REPORTING


def _of_governed(frame: Frame) -> Iterator[Said]:
    """*Hale | wants | to sell ships*: what the infinitive says of the verb above it."""
    if frame.objects or frame.adjectives:
        return
    for verb in governed(frame):
        words = clause(verb)
        if child(verb, *SUBJECTS) is None and len(words) <= LONGEST_GOVERNED:
            yield Said("governed", text(frame.words), text(words))


def governed(frame: Frame) -> list[Token]:
    """*Wants to sell*: the verbs that a verb governs."""
    return [verb for verb in children(frame.verb, "xcomp") if is_verb(verb)]


def _of_controlled(frame: Frame) -> Iterator[Said]:
    """*Hale | asked Vale to sell | ships*; where nothing is sold, the row of what Vale does says it all."""
    if not frame.objects or frame.is_gap:
        return
    words = (*frame.words, *phrase(frame.objects[0], Extent.BARE))
    for verb in filter(infinitive, governed(frame)):
        inner = (*words, verb, *children(verb, "aux", "auxpass", "neg", "prt"))
        for obj in children(verb, "dobj"):
            for member in members(obj):
                yield Said("controlled", text(inner), argument(member))


def _of_circumstances(frame: Frame) -> Iterator[Said]:
    """*Hale | resigned | after Vale sold ships*: when, why or on what condition."""
    for verb in circumstances(frame.verb):
        yield Said("circumstance", text(frame.core), text(clause(verb)))


def circumstances(verb: Token) -> list[Token]:
    """*Resigned after Vale sold ships*: the verbs of the clauses that say when or why."""
    return [below for below in children(verb, "advcl") if child(below, "mark") is not None]


def _of_manner(frame: Frame) -> Iterator[Said]:
    """*Rents | rose | slowly*: the last adverb after the verb."""
    for adverb in adverbs(frame.verb)[-1:]:
        yield Said("manner", text(frame.core), text(phrase(adverb)))


def adverbs(verb: Token) -> list[Token]:
    """*Rose slowly*: the adverbs after the verb that say how."""
    after = [word for word in children(verb, "advmod") if word.tag_ == "RB" and word.i > verb.i]
    return [word for word in after if word.lower_ not in NOT_MANNER]


def alone(frame: Frame) -> Iterator[Said]:
    """*Hale | resigned*, unless a clause below goes on with the relation (*wants to resign*)."""
    purposes = any(infinitive(verb) for verb in children(frame.verb, "advcl"))
    goes_on = purposes or bool(governed(frame)) or any(one.is_clause for one in frame.obliques)
    if not goes_on and not frame.adjectives and frame.verb.dep_ != "pcomp":
        yield Said("alone", text(frame.words))


Maker = Callable[[Frame], Iterator[Said]]
MAKERS: tuple[Maker, ...] = (
    _of_objects, _of_adjectives, _of_obliques, _of_times, _of_datives, _of_contents, _of_governed,
    _of_controlled, _of_manner, _of_circumstances,
)  # fmt: skip
