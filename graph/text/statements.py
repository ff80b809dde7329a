"""From clauses to statements: nodes, predicate, qualifiers, place, time and confidence put together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from graph.model import Argument, EntityType, Modality, Node, Predicate, Statement, TimeSpan, Value
from graph.text import (
    attribution,
    days,
    event_nouns,
    event_stance,
    lexicon,
    modality,
    modifiers,
    predicates,
    reports,
    senses,
    times,
)
from graph.text.clause import Clause
from graph.text.confidence import confidence
from graph.text.measures import count, extent, outside
from graph.text.nodes import PRONOUN_TAGS, Nodes
from graph.text.noun_relations import INHERENT
from graph.text.tree import children, infinitive, is_verb, sentence
from graph.vocab import XSD

if TYPE_CHECKING:
    from graph.text.tokens import Token

PLACE_PREPOSITIONS = frozenset("in at near outside inside across throughout around off".split())
UNJUDGED = frozenset((Modality.CLAIMED, Modality.POSSIBLE, Modality.HYPOTHETICAL))  # but for who says so
PAST_OFFICE = frozenset(("former", "ex", "late", "then"))


@dataclass(frozen=True, slots=True)
class Context:
    """What the assembly of one article's statements needs."""

    nodes: Nodes
    quotes: attribution.Quotes


class Dropped(StrEnum):
    """Why a clause makes no statement (`graph.text.explain` says it in words)."""

    SUBJECT_UNRESOLVED = "subject_unresolved"
    SUBJECT_VAGUE = "subject_vague"
    OBJECT_UNRESOLVED = "object_unresolved"
    OBJECT_VAGUE = "object_vague"
    SAME_ENDS = "same_ends"
    SPEAKER_UNKNOWN = "speaker_unknown"
    REPEATED = "repeated"


Outcome: TypeAlias = "Statement | Dropped"


def judge(clauses: Iterable[Clause], context: Context) -> list[tuple[Clause, Outcome]]:
    """Return each clause with what became of it; of those that say the same the last has the statement."""
    made = [(clause, statement(clause, context)) for clause in clauses]
    last = {outcome.id: i for i, (_, outcome) in enumerate(made) if isinstance(outcome, Statement)}
    return [
        (clause, Dropped.REPEATED if isinstance(outcome, Statement) and last[outcome.id] != i else outcome)
        for i, (clause, outcome) in enumerate(made)
    ]


def statement(clause: Clause, context: Context) -> Outcome:
    """Make the statement of a clause, or say which end of it tells nothing."""
    nodes = context.nodes
    subject = nodes.node(clause.subject)
    obj = _object(clause, nodes)
    if subject is None:
        return _why(clause.subject, Dropped.SUBJECT_UNRESOLVED, Dropped.SUBJECT_VAGUE)
    if obj is None:
        return _why(clause.object or clause.head, Dropped.OBJECT_UNRESOLVED, Dropped.OBJECT_VAGUE)
    if isinstance(obj, Node) and obj.id == subject.id:
        return Dropped.SAME_ENDS
    return _stated(clause, subject, obj, context)


def _why(end: Token, unresolved: Dropped, vague: Dropped) -> Dropped:
    """Say why an end of a clause has no node."""
    return unresolved if end.tag_ in PRONOUN_TAGS else vague


def _stated(clause: Clause, subject: Node, obj: Node | Value, context: Context) -> Outcome:
    """Put a statement together whose ends are known.

    What stands in a quotation, or is said by someone whom a pronoun does not tell, is left out: without who
    says it nobody can judge it. What somebody is who speaks (*according to Mayor Hale*) the article says.
    """
    nodes = context.nodes
    verb = _verb(clause)
    stance = _stance(clause, verb)
    speaker = attribution.speaker(verb, stance, context.quotes)
    who = nodes.node(speaker) if speaker is not None else None
    vouched_for = speaker is not None or context.quotes.around(verb) is not None
    own_word = who is not None and who.id in {subject.id, obj.id if isinstance(obj, Node) else ""}
    if own_word and _is_inherent(clause):
        who, vouched_for = None, False
    if vouched_for and stance.modality is Modality.ASSERTED:
        stance = replace(stance, modality=Modality.CLAIMED)
    if vouched_for and who is None and stance.modality in UNJUDGED:
        return Dropped.SPEAKER_UNKNOWN
    if any(map(attribution.is_no_source, stance.sources[:1])):
        return Dropped.SPEAKER_UNKNOWN
    arguments, place = _arguments(clause, nodes)
    arguments = outside(arguments, obj)
    arguments += count(((clause.object, obj), (clause.subject, subject)), nodes)
    predicate = _predicate(clause, stance.modality, nodes)
    words, start, end = nodes.sentence(clause.head)
    return Statement(
        id=_id(nodes.article.id, subject, predicate, obj, stance),
        article=nodes.article.id,
        subject=subject,
        predicate=predicate,
        object=obj,
        sentence=words,
        start=start,
        end=end,
        arguments=arguments,
        modality=stance.modality,
        polarity=stance.polarity,
        attributed_to=who,
        time=_time(clause, verb, stance.modality, nodes),
        place=place,
        confidence=_confidence(clause, stance.modality),
    )


def _object(clause: Clause, nodes: Nodes) -> Node | Value | None:
    if clause.object is None:
        return _no_object(clause, nodes)
    if is_report(clause):
        return _text(*reports.words(clause.object), nodes)
    if clause.rule.startswith("age"):
        text, start, end = nodes.place(clause.object.i, clause.object.i + 1)
        return Value(text, f"{XSD}integer", text, start, end)
    if clause.rule == "kind/of":
        return nodes.node(clause.object, bare=True)  # the city of Oslo: a city
    return nodes.object(clause.object)


def is_report(clause: Clause) -> bool:
    """True for a clause whose object is what someone says, in the article's own words."""
    return clause.rule.startswith("report")


def _text(start: int, end: int, nodes: Nodes) -> Value:
    """Return the words of a token span as a literal."""
    text, a, b = nodes.place(start, end)
    return Value(" ".join(text.split()), f"{XSD}string", text, a, b)


def _no_object(clause: Clause, nodes: Nodes) -> Value:
    """The object of a clause without one: the statement is that its predicate holds."""
    end = nodes.place(*predicates.span(clause))[2]
    return Value("true", f"{XSD}boolean", "", end, end)


def _verb(clause: Clause) -> Token:
    """Return the verb whose clause the predication stands in."""
    word = clause.head
    while not is_verb(word) and word.head != word:
        word = word.head
    return word


def _stance(clause: Clause, verb: Token) -> modality.Stance:
    """An event noun is as real as its phrase; an office is held whatever its sentence says."""
    if _is_inherent(clause):
        return modality.Stance()
    if clause.rule.partition("/")[0] in event_nouns.KINDS:
        return event_stance.stance(clause.head, verb)
    return modality.stance(verb)


def predicate_words(clause: Clause) -> tuple[str, ...]:
    """Return the words that the predicate of a clause is called by."""
    if clause.verb:
        return tuple(clause.verb.split("_"))
    return _inherent_words(clause) if _is_inherent(clause) else predicates.words_of(clause)


def _predicate(clause: Clause, stance: Modality, nodes: Nodes) -> Predicate:
    id_, name = predicates.identify(predicate_words(clause))
    return Predicate(id_, name, *nodes.place(*_span(clause)), _broader(clause, id_, stance))


def _is_inherent(clause: Clause) -> bool:
    return clause.rule.partition("/")[0] in INHERENT | modifiers.KINDS


def _inherent_words(clause: Clause) -> tuple[str, ...]:
    """*be prime minister of*, *be city in*, *be of*, *have*."""
    if clause.rule.startswith("possession"):
        return ("have",)
    words = [word.lemma_.lower() if word.tag_ == "NNS" else word.lower_ for word in clause.complement]
    return tuple(filter(None, ("be", *words, *clause.prep.split("_"))))


def _broader(clause: Clause, id_: str, stance: Modality) -> tuple[str, ...]:
    """Return the curated relations above a predicate; who held an office once, or owns, does not hold one."""
    if clause.rule.startswith("office"):
        once = clause.complement[0].lower_ in PAST_OFFICE
        none = clause.complement[-1].lower_ in lexicon.words("offices", "no_offices")
        return () if once or none else ("hold_office",)
    held = predicates.broader(id_, stance)
    return predicates.broader(id_, stance, senses.excluded(clause, held)) if held else ()


def _span(clause: Clause) -> tuple[int, int]:
    if clause.complement and _is_inherent(clause):
        return clause.complement[0].i, clause.complement[-1].i + 1
    return predicates.span(clause)


def _arguments(clause: Clause, nodes: Nodes) -> tuple[tuple[Argument, ...], Node | None]:
    """Return what the clause says beyond its object, and the place that it names."""
    arguments: list[Argument] = []
    place: Node | None = None
    for role, head in clause.extras:
        if head in (clause.subject, clause.object):
            continue
        value = nodes.object(head)
        if (
            isinstance(value, Node)
            and value.type is EntityType.PLACE
            and role in PLACE_PREPOSITIONS
            and place is None
        ):
            place = value
        elif value is not None:
            arguments.append(Argument(role, value))
    if is_verb(clause.head):
        arguments.extend(extent(clause.head, nodes))
    if is_verb(clause.head) and clause.object is not None:
        arguments.extend(_complements(clause, nodes))
    return tuple(arguments), place


def _complements(clause: Clause, nodes: Nodes) -> Iterator[Argument]:
    """*encouraged Xi to reach out*, *accused X of provoking Y*: the governed clause, in its own words."""
    verb = clause.head
    found = [("to", c) for c in children(verb, "xcomp") if infinitive(c)]
    found += [(p.lower_, c) for p in children(verb, "prep") for c in children(p, "pcomp") if is_verb(c)]
    for role, head in found:
        start, end = head.left_edge.i, head.right_edge.i + 1
        if start > verb.i:
            while start < head.i and nodes.doc[start].tag_ == "TO":
                start += 1
            yield Argument(role, _text(start, end, nodes))


def _time(clause: Clause, verb: Token, stance: Modality, nodes: Nodes) -> TimeSpan | None:
    if _is_inherent(clause):
        return None
    of_noun = not is_verb(clause.head)
    head = times.of_event(clause.head) if of_noun else times.expression(verb)
    if head is None:
        return None
    text, _, _ = nodes.place(*times.bounds(head, alone=of_noun))
    prep = head.head.lower_ if head.dep_ == "pobj" else ""
    first, last = days.resolve(text, nodes.published, future=times.is_to_come(verb, stance), prep=prep)
    return TimeSpan(text, first, last)


def _confidence(clause: Clause, modality: Modality) -> float:
    ends = [clause.subject, *([clause.object] if clause.object is not None else [])]
    start, end = sentence(clause.head)
    return confidence(
        clause,
        pronouns=sum(token.tag_ in PRONOUN_TAGS for token in ends),
        sentence_words=end - start,
        modality=modality,
    )


def _id(article: str, subject: Node, predicate: Predicate, obj: Node | Value, stance: modality.Stance) -> str:
    """Return an id that is the same whenever the same article is read to the same statement."""
    end = obj.id if isinstance(obj, Node) else f"{obj.datatype}|{obj.value}"
    said = (predicate.start, predicate.end, subject.id, predicate.id, end)
    key = "\n".join(map(str, (article, *said, stance.modality, stance.polarity)))
    return hashlib.sha256(key.encode()).hexdigest()[:20]
