"""Why an article was read as it was: each sentence with its parse, names, clauses, and what was dropped.

Nothing is decided here. What became of a clause comes from `statements.judge`, why a name is one of its
entity from `entities.build`, and a verb without a clause is asked what the makers of clauses ask.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from graph.codec import Json, statement_to_json
from graph.model import EntityType, Node, Statement
from graph.text import reports
from graph.text.clause import Clause
from graph.text.clauses import of_verb
from graph.text.nodes import Nodes
from graph.text.objects import NO_OBJECT, has_object_complement, objects
from graph.text.phrases import bounds
from graph.text.pronouns import TAGS
from graph.text.statements import Dropped, Outcome, is_report, predicate_words
from graph.text.subjects import subjects
from graph.text.tree import VERB_TAGS, children, having, is_verb

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Span, Token

_T = TypeVar("_T")


class Silence(StrEnum):
    """Why a verb gave no clause."""

    NOUN = "noun"
    NO_SUBJECT = "no_subject"
    IN_COMPLEMENT = "in_complement"
    GOVERNS = "governs"
    NO_OBJECT = "no_object"


WHY: Mapping[Dropped | Silence, str] = {
    Dropped.SUBJECT_UNRESOLVED: "its subject is a pronoun, and whom or what it means was not found",
    Dropped.SPEAKER_UNKNOWN: "it is a claim, and who makes it is not known",
    Dropped.SUBJECT_VAGUE: "its subject says nothing by itself",
    Dropped.OBJECT_UNRESOLVED: "its object is a pronoun, and whom or what it means was not found",
    Dropped.OBJECT_VAGUE: "its object says nothing by itself",
    Dropped.SAME_ENDS: "its subject and its object are the same",
    Dropped.REPEATED: "another clause says the same",
    Silence.NOUN: "it stands where a noun does",
    Silence.NO_SUBJECT: "no subject was found for it",
    Silence.IN_COMPLEMENT: "what it does to its object is said by its complement",
    Silence.GOVERNS: "the clause that it governs says it",
    Silence.NO_OBJECT: "it has no object, and is no verb that says something without one",
}
"""Each reason in words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the parse; `index` and `head` count the tokens of the sentence, a root is its own head.

    `entity` is the label that the model gave it, or empty.
    """

    index: int
    text: str
    tag: str
    dependency: str
    head: int
    entity: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name, the entity that it was merged to, and why if the entity has another name (else None)."""

    text: str
    start: int
    end: int
    entity: str
    label: str
    type: EntityType
    reason: str | None


@dataclass(frozen=True, slots=True)
class Referring:
    """A pronoun or description, with the id and label of whom it means; None for no one that is sure."""

    text: str
    start: int
    end: int
    entity: str | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A clause, and what became of it.

    `object` is empty for a clause without one. The ends of a clause that is `dropped` are in the article's
    own words, those of another are the labels of its nodes.
    """

    subject: str
    predicate: str
    object: str
    rule: str
    statement: Statement | None
    dropped: Dropped | None


@dataclass(frozen=True, slots=True)
class Silent:
    """A verb that gave no clause, and why."""

    verb: str
    start: int
    end: int
    reason: Silence


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence, and how it was read; `article` is the id of its article."""

    article: str
    sentence: str
    start: int
    end: int
    words: tuple[Word, ...]
    names: tuple[Named, ...]
    references: tuple[Referring, ...]
    clauses: tuple[Told, ...]
    silent: tuple[Silent, ...]


def explain(doc: Doc, nodes: Nodes, judged: Sequence[tuple[Clause, Outcome]]) -> list[Explained]:
    """Explain the sentences of a document in order; `judged` is what became of its clauses."""
    sents = list(doc.sents)
    starts = [sent.start for sent in sents]
    rows = zip(
        sents,
        _grouped(_names(nodes), starts),
        _grouped(_references(doc, nodes), starts),
        _grouped(((clause.head.i, _told(clause, outcome, nodes)) for clause, outcome in judged), starts),
        _grouped(_silent(doc, nodes, {clause.head.i for clause, _ in judged}), starts),
        strict=True,
    )
    return [
        Explained(
            nodes.article.id, *nodes.sentence(sent[0]), _words(sent), names, references, clauses, silent
        )
        for sent, names, references, clauses, silent in rows
        if not sent.text.isspace()
    ]


def _grouped(things: Iterable[tuple[int, _T]], starts: list[int]) -> list[tuple[_T, ...]]:
    """Group things by the sentence that their token is in, in the order of the text."""
    found: list[list[_T]] = [[] for _ in starts]
    for i, thing in sorted(things, key=lambda pair: pair[0]):
        found[bisect_right(starts, i) - 1].append(thing)
    return [tuple(group) for group in found]


def _words(sent: Span) -> tuple[Word, ...]:
    at = sent.start
    return tuple(
        Word(word.i - at, word.text, word.tag_, word.dep_, word.head.i - at, word.ent_type_)
        for word in sent
        if not word.is_space
    )


def _names(nodes: Nodes) -> Iterator[tuple[int, Named]]:
    for name in nodes.cast.names:
        entity = nodes.cast.entities[nodes.cast.by_token[name.start]]
        reason = nodes.cast.reasons.get(name.start)
        place = nodes.place(name.start, name.end)
        yield name.start, Named(*place, entity.id, entity.label, entity.type, reason and reason.value)


def _references(doc: Doc, nodes: Nodes) -> Iterator[tuple[int, Referring]]:
    """Give what means an entity without naming it, and the pronouns that mean none."""
    for i, id_ in nodes.resolved.items():
        yield i, Referring(*nodes.place(i, i + 1), id_, nodes.cast.entities[id_].label)
    for pronoun in having(doc, "TAG", TAGS):
        if nodes.entity(pronoun) is None:
            yield pronoun.i, Referring(*nodes.place(pronoun.i, pronoun.i + 1), None, None)


def _told(clause: Clause, outcome: Outcome, nodes: Nodes) -> Told:
    predicate = " ".join(predicate_words(clause))
    if isinstance(outcome, Statement):
        subject, made = outcome.subject.label, outcome.object
        object_ = made.label if isinstance(made, Node) else made.text and made.value
        return Told(subject, predicate, object_, clause.rule, outcome, None)
    subject = _phrase(bounds(clause.subject), nodes)
    return Told(subject, predicate, _object(clause, nodes), clause.rule, None, outcome)


def _object(clause: Clause, nodes: Nodes) -> str:
    """Return the object of a clause in the article's own words; empty if it has none."""
    if clause.object is None:
        return ""
    return _phrase(reports.words(clause.object) if is_report(clause) else bounds(clause.object), nodes)


def _phrase(span: tuple[int, int], nodes: Nodes) -> str:
    return " ".join(nodes.place(*span)[0].split())


def _silent(doc: Doc, nodes: Nodes, heads: set[int]) -> Iterator[tuple[int, Silent]]:
    """Give the verbs that are no head of a clause."""
    for verb in having(doc, "TAG", VERB_TAGS):
        if is_verb(verb) and verb.i not in heads:
            yield verb.i, Silent(*nodes.place(verb.i, verb.i + 1), silence(verb))


def silence(verb: Token) -> Silence:
    """Say why a verb gave no clause: the first of `SILENCES` that holds, else that it has no object."""
    return next((reason for holds, reason in SILENCES if holds(verb)), Silence.NO_OBJECT)


def _gives_clauses(verb: Token) -> bool:
    """True if the verb would give a clause, and so was passed over for where it stands."""
    return any(True for _ in of_verb(verb))


def _is_without_subject(verb: Token) -> bool:
    return not subjects(verb)


def _has_complement(verb: Token) -> bool:
    return has_object_complement(verb) and bool(objects(verb))


def _governs(verb: Token) -> bool:
    """*Plans to visit*, *is able to win*, *is known for winning*: a clause hangs on it or its complement."""
    near = (verb, *children(verb, "acomp", "oprd", "attr", "prep"))
    return any(below.dep_ in NO_OBJECT for word in near for below in word.children)


SILENCES: tuple[tuple[Callable[[Token], bool], Silence], ...] = (
    (_gives_clauses, Silence.NOUN),
    (_is_without_subject, Silence.NO_SUBJECT),
    (_has_complement, Silence.IN_COMPLEMENT),
    (_governs, Silence.GOVERNS),
)


def explained_to_json(one: Explained) -> Json:
    """Make the JSON object of an explained sentence; its keys always come in the same order.

    `article` (id), `sentence`, `start`, `end`;
    `words`: `index`, `text`, `tag`, `dependency`, `head` (the index of another word, or its own), `entity`;
    `names`: `text`, `start`, `end`, `entity` (id), `label`, `type`, `reason` (null: it has the same name);
    `references`: `text`, `start`, `end`, `entity`, `label` (both null for a pronoun that means no one);
    `clauses`: `subject`, `predicate`, `object`, `rule`, `statement` (as `graph.codec` writes it, or null),
    `dropped` (a value of `Dropped`, or null), `why` (that in words, or null);
    `silent`: `verb`, `start`, `end`, `reason` (a value of `Silence`), `why`.
    Offsets count characters of the article's text.
    """
    return {
        **_fields(one),
        "words": [_fields(word) for word in one.words],
        "names": [_fields(name) for name in one.names],
        "references": [_fields(reference) for reference in one.references],
        "clauses": [_told_to_json(told) for told in one.clauses],
        "silent": [{**_fields(silent), "why": WHY[silent.reason]} for silent in one.silent],
    }


def _told_to_json(told: Told) -> Json:
    return {
        **_fields(told),
        "statement": statement_to_json(told.statement) if told.statement is not None else None,
        "why": WHY[told.dropped] if told.dropped is not None else None,
    }


def _fields(thing: Explained | Word | Named | Referring | Told | Silent) -> Json:
    """Return the fields of a dataclass by name, in their order."""
    return {field.name: getattr(thing, field.name) for field in fields(thing)}
