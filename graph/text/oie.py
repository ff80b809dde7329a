"""The surface view: who did what in the article's own words, as open information extraction writes it.

The graph wants short canonical arguments, this view keeps the full spans: a frame of each verb with each
of its subjects (`frames`), out of which the makers (`makers`) tell one row for each thing it says, and
`wholes` one for all of it where that is much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text.folding import folded
from graph.text.frames import frames
from graph.text.makers import alone, said
from graph.text.mending import mend
from graph.text.surface import argument, phrase, text
from graph.text.tree import VERB_TAGS, children, conjuncts, having, is_verb
from graph.text.wholes import beside, whole

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

# Shares of right rows of each rule on the open sets, rounded; a filter on them buys precision. The whole of
# a clause stands first, so that a filter keeps it and not its parts.
CONFIDENCE = {
    "whole": 0.95, "object": 0.9, "content": 0.9, "next_object": 0.85, "oblique": 0.8, "adjective": 0.8,
    "dative": 0.8, "joined": 0.7, "including": 0.6, "time": 0.6, "manner": 0.75, "beyond_object": 0.5,
    "inside_object": 0.5, "controlled": 0.5, "circumstance": 0.4, "governed": 0.4, "alone": 0.35,
}  # fmt: skip
PART = 0.5  # at most, for a part of what another row tells whole
SUBORDINATE = frozenset("acl pcomp advcl ccomp xcomp".split())
PENALTY = 0.9  # for what a subordinate clause tells: its subject may be another's
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
    at: Token
    is_part: bool = False

    @property
    def confidence(self) -> float:
        """How often such rows are right, in [0, 1]; little for a part of what another row tells whole."""
        value = CONFIDENCE[self.rule] * (PENALTY if self.at.dep_ in SUBORDINATE else 1.0)
        return round(min(value, PART) if self.is_part else value, 2)


def rows(doc: Doc) -> list[Row]:
    """Return the extractions of a document, each once, in the order of the text."""
    mend(doc)
    sentences = [(sent.end, " ".join(sent.text.split())) for sent in doc.sents]
    found: dict[tuple[str, str, tuple[str, ...]], Row] = {}
    which = 0
    for draft in sorted(_drafts(doc), key=lambda one: one.at.i):
        while draft.at.i >= sentences[which][0]:
            which += 1
        sentence = sentences[which][1]
        row = Row(sentence, draft.confidence, draft.relation, draft.arguments, draft.rule)
        if draft.relation and draft.arguments[0]:
            found.setdefault((sentence, draft.relation, draft.arguments), row)
    return list(found.values())


def _drafts(doc: Doc) -> Iterator[Draft]:
    for verb in having(doc, "TAG", VERB_TAGS):
        if is_verb(verb) and verb.dep_ not in NOMINAL:
            yield from _of_verb(verb)
    yield from _including(doc)


def _of_verb(verb: Token) -> Iterator[Draft]:
    is_told = False
    for frame in frames(verb):
        told = said(frame)
        found = whole(frame)
        if found is not None and not is_told:  # once for all subjects
            is_told = True
            yield Draft("whole", found[1].relation, (found[0], *found[1].arguments), verb)
        short = beside(told, frame) if found is not None else folded(told, frame) or alone(frame)
        for one in short:
            yield Draft(one.rule, one.relation, (frame.subject, *one.arguments), verb, found is not None)


def _including(doc: Doc) -> Iterator[Draft]:
    """*Five towns, including Oslo*: a noun and some of what it stands for."""
    for word in having(doc, "ORTH", INCLUDING):
        if word.dep_ == "prep" and word.head.tag_.startswith("N"):
            noun = text(phrase(word.head, without={word.i}))
            for one in children(word, "pobj"):
                for member in conjuncts(one):
                    yield Draft("including", word.text, (noun, argument(member)), word)
