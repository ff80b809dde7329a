"""The surface view: who did what in the article's own words, as open information extraction writes it.

The graph wants short canonical arguments, this view keeps the full spans: a frame of each verb with each
of its subjects (`frames`), out of which the makers below tell one row for each thing it says. A row
has at most two arguments; what is said beyond the object is a row of its own, whose relation holds the object
(*sold ships to*), so that each can be searched and judged alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text import nominals
from graph.text.entities import Cast
from graph.text.frames import Frame, Oblique, datives, frames, is_relative, obliques
from graph.text.phrases import TIME
from graph.text.surface import Extent, argument, clause, members, phrase, text
from graph.text.tree import (
    SUBJECTS,
    VERB_TAGS,
    antecedent,
    child,
    children,
    conjuncts,
    having,
    infinitive,
    is_verb,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Shares of right rows of each rule on the open sets, rounded; a filter on them buys precision.
CONFIDENCE = {
    "object": 0.9, "next_object": 0.85, "content": 0.9, "oblique": 0.8, "adjective": 0.8, "dative": 0.8,
    "time": 0.75, "manner": 0.7, "including": 0.7, "circumstance": 0.6, "alone": 0.6, "office": 0.55,
    "beyond_object": 0.5, "inside_object": 0.5, "controlled": 0.5, "governed": 0.5,
}  # fmt: skip
SAYING = frozenset("say add report tell announce claim state explain note argue warn believe think".split())
NOMINAL = frozenset(("pobj", "dobj"))
INCLUDING = ("including", "involving")


@dataclass(frozen=True, slots=True)
class Row:
    """One extraction: the sentence, a confidence in [0, 1], the relation and its arguments, in order.

    `rule` names the maker of the row, a key of `CONFIDENCE`.
    """

    sentence: str
    confidence: float
    relation: str
    arguments: tuple[str, ...]
    rule: str = ""

    def to_tsv(self) -> str:
        """Return `sentence, confidence, relation, arg1, arg2 ...` with tabs between."""
        return "\t".join((self.sentence, f"{self.confidence:.2f}", self.relation, *self.arguments))


@dataclass(frozen=True, slots=True)
class Draft:
    """A row in the making: its rule, its relation, its arguments, and the token that it is read from."""

    rule: str
    relation: str
    arguments: tuple[str, ...]
    at: int


def rows(doc: Doc, cast: Cast) -> list[Row]:
    """Return the extractions of a document, each once, in the order of the text."""
    sentences = [(sent.end, " ".join(sent.text.split())) for sent in doc.sents]
    found: dict[tuple[str, str, tuple[str, ...]], Row] = {}
    which = 0
    for draft in sorted(_drafts(doc, cast), key=lambda one: one.at):
        while draft.at >= sentences[which][0]:
            which += 1
        sentence = sentences[which][1]
        row = Row(sentence, CONFIDENCE[draft.rule], draft.relation, draft.arguments, draft.rule)
        if draft.relation and draft.arguments[0]:
            found.setdefault((sentence, draft.relation, draft.arguments), row)
    return list(found.values())


def _drafts(doc: Doc, cast: Cast) -> Iterator[Draft]:
    for verb in having(doc, "TAG", VERB_TAGS):
        if is_verb(verb) and verb.dep_ not in NOMINAL:
            for frame in frames(verb):
                for said in _said(frame):
                    arguments = (frame.subject, said.argument) if said.argument else (frame.subject,)
                    yield Draft(said.rule, said.relation, arguments, verb.i)
    yield from _including(doc)
    for office in nominals.offices(doc, cast):
        if office.object is not None:
            relation = f"is {' '.join(word.text for word in office.complement)} of"
            sides = (text(phrase(side, Extent.BARE)) for side in (office.subject, office.object))
            yield Draft("office", relation, (next(sides), next(sides)), office.head.i)


def _including(doc: Doc) -> Iterator[Draft]:
    """*Five towns, including Oslo*: a noun and some of what it stands for."""
    for word in having(doc, "ORTH", INCLUDING):
        if word.dep_ == "prep" and word.head.tag_.startswith("N"):
            noun = text(phrase(word.head, without={word.i}))
            for one in children(word, "pobj"):
                for member in conjuncts(one):
                    yield Draft("including", word.text, (noun, argument(member)), word.i)


@dataclass(frozen=True, slots=True)
class Said:
    """What a frame says of its subject: the rule that read it, a relation and the other argument, if any."""

    rule: str
    relation: str
    argument: str = ""


def _said(frame: Frame) -> Iterator[Said]:
    """Give all that a frame says; what only a clause without more says comes from the first that has any."""
    told = [said for make in MAKERS for said in make(frame)]
    for make in FALLBACKS:
        told = told or list(make(frame))
    yield from told


def _of_objects(frame: Frame) -> Iterator[Said]:
    """*Hale | sold | ships*, and what the phrases of an object say (*Hale | sold ships of | steel*)."""
    rule = "object"
    for obj in frame.objects:
        yield Said(rule, text(frame.words), argument(obj, Extent.OF))
        rule = "next_object"
        if not frame.is_gap:
            yield from _inside(frame.words, obj)


def _inside(words: tuple[Token, ...], noun: Token) -> Iterator[Said]:
    """*Hale | sold ships with | cranes*: the prepositional phrases of an object."""
    head = (*words, *phrase(noun, Extent.BARE))
    for oblique in obliques(noun):
        if oblique.is_clause:
            continue
        relation = (*head, *oblique.prepositions)
        for member in members(oblique.object):
            yield Said("inside_object", text(relation), argument(member))


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
        elif frame.verb.lemma_ not in SAYING or oblique.object.ent_type_ not in TIME:
            for member in members(oblique.object):
                yield from _of_oblique(frame, oblique, member)


def _of_oblique(frame: Frame, oblique: Oblique, member: Token) -> Iterator[Said]:
    if frame.objects:
        prepositions = text(oblique.prepositions)
        yield Said("beyond_object", text(frame.core), f"{prepositions} {argument(member)}")
        return
    yield Said("oblique", _relation_to(frame, oblique), argument(member))
    if oblique.prepositions[0].i > frame.verb.i:
        yield from _inside((*frame.words, *oblique.prepositions), member)


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
    """*Hale | was fined for selling | ships*; without an object the whole clause is the argument."""
    verb, words = oblique.object, (*frame.core, *oblique.prepositions)
    objects = children(verb, "dobj") if verb.tag_ == "VBG" else []
    for obj in objects:
        relation = text((*words, verb, *children(verb, "prt")))
        for member in members(obj):
            yield Said("controlled", relation, argument(member))
    if not objects:
        yield Said("circumstance", text(words), text(clause(verb)))


def _of_times(frame: Frame) -> Iterator[Said]:
    """*Hale | sold ships | yesterday*; when something was said is the paper's business."""
    if frame.verb.lemma_ not in SAYING:
        for time in frame.times:
            yield Said("time", text(frame.core), text(phrase(time)))


def _of_datives(frame: Frame) -> Iterator[Said]:
    """*Hale | sold ships | Vale*."""
    for whom in datives(frame.verb):
        yield Said("dative", text(frame.core), text(phrase(whom)))


def _of_contents(frame: Frame) -> Iterator[Said]:
    """*Hale | said | Vale sold ships*, also where the report is put in (*Vale, Hale said, sold ships*)."""
    verb = frame.verb
    for content in children(verb, "ccomp"):
        yield Said("content", text(frame.words), text(clause(content)))
    is_put_in = verb.dep_ == "parataxis" and is_verb(verb.head) and verb.lemma_ in SAYING
    if is_put_in and child(verb, "ccomp", "dobj") is None:
        yield Said("content", text(frame.words), text(clause(verb.head, without={verb.i})))


def _of_governed(frame: Frame) -> Iterator[Said]:
    """*Hale | wants | to resign*: a bare infinitive, of which nothing else tells."""
    if frame.objects or frame.adjectives:
        return
    for verb in _governed(frame):
        if child(verb, *SUBJECTS, "dobj", "prep", "ccomp", "xcomp", "attr", "acomp") is None:
            yield Said("governed", text(frame.words), text(clause(verb)))


def _governed(frame: Frame) -> list[Token]:
    return [verb for verb in children(frame.verb, "xcomp") if is_verb(verb)]


def _of_controlled(frame: Frame) -> Iterator[Said]:
    """*Hale | asked Vale to sell | ships*; *Hale | asked Vale to sail to | Oslo*; *... | to resign*."""
    if not frame.objects or frame.is_gap:
        return
    words = (*frame.words, *phrase(frame.objects[0], Extent.BARE))
    for verb in filter(infinitive, _governed(frame)):
        inner = (*words, verb, *children(verb, "aux", "auxpass", "neg", "prt"))
        objects = [member for obj in children(verb, "dobj") for member in members(obj)]
        beyond = [one for one in obliques(verb) if not one.is_clause] if not objects else []
        for obj in objects:
            yield Said("controlled", text(inner), argument(obj))
        for oblique in beyond:
            yield Said("controlled", text((*inner, *oblique.prepositions)), argument(oblique.object))
        if not objects and not beyond:
            yield Said("controlled", text(words), text(clause(verb)))


def _of_purposes(frame: Frame) -> Iterator[Said]:
    """*Hale | sailed to sell | ships*."""
    for verb in children(frame.verb, "advcl"):
        if infinitive(verb) and child(verb, "mark") is None and verb.i > frame.verb.i:
            relation = text((*frame.core, verb, *children(verb, "aux")))
            for obj in children(verb, "dobj"):
                for member in members(obj):
                    yield Said("controlled", relation, argument(member))


def _circumstances(frame: Frame) -> Iterator[Said]:
    """*Hale | resigned | after Vale sold ships*."""
    for verb in children(frame.verb, "advcl"):
        if child(verb, "mark") is not None or infinitive(verb):
            yield Said("circumstance", text(frame.core), text(clause(verb)))


def _manner(frame: Frame) -> Iterator[Said]:
    """*Hale | rose | slowly*: the adverb after the verb."""
    adverbs = [word for word in children(frame.verb, "advmod") if word.tag_ == "RB" and word.i > frame.verb.i]
    if adverbs:
        yield Said("manner", text(frame.core), text(phrase(adverbs[-1])))


def _alone(frame: Frame) -> Iterator[Said]:
    """*Hale | resigned*."""
    if not _governed(frame) and not frame.adjectives:
        yield Said("alone", text(frame.words))


Maker = Callable[[Frame], Iterator[Said]]
MAKERS: tuple[Maker, ...] = (
    _of_objects, _of_adjectives, _of_obliques, _of_times, _of_datives, _of_contents, _of_governed,
    _of_controlled, _of_purposes,
)  # fmt: skip
FALLBACKS: tuple[Maker, ...] = (_circumstances, _manner, _alone)
