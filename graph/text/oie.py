"""The surface view: clauses in the article's own words, as open information extraction writes them.

The graph wants short canonical arguments, OIE sets reward the full spans; so these rows are made
from the same clauses before anything is canonicalised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text import nominals
from graph.text.clauses import Clause, clauses
from graph.text.confidence import confidence
from graph.text.entities import Cast
from graph.text.phrases import TIME
from graph.text.tree import children, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CUT = frozenset(("relcl", "advcl", "appos", "cc", "conj", "preconj", "punct", "parataxis", "ccomp"))


@dataclass(frozen=True, slots=True)
class Row:
    """One extraction: the sentence, a confidence, the relation phrase and its arguments, in order."""

    sentence: str
    confidence: float
    relation: str
    arguments: tuple[str, ...]

    def to_tsv(self) -> str:
        """Return `sentence, confidence, relation, arg1, arg2 ...` with tabs between."""
        return "\t".join((self.sentence, f"{self.confidence:.2f}", self.relation, *self.arguments))


def rows(doc: Doc, cast: Cast) -> list[Row]:
    """Return the extractions of a document, each once, in the order of the text."""
    found = [*clauses(doc), *nominals.offices(doc, cast)]
    made = {
        row: None for clause in sorted(found, key=lambda c: c.head.i) if (row := _row(clause)) is not None
    }
    return list(made)


def _row(clause: Clause) -> Row | None:
    arguments = [_phrase(clause.subject)]
    if clause.object is not None:
        arguments.append(_phrase(clause.object))
    for role, head in clause.extras:
        if head not in (clause.subject, clause.object):
            arguments.append(f"{role.replace('_', ' ')} {_phrase(head)}")
    if is_verb(clause.head):
        arguments.extend(_when(clause.head))
    if len(arguments) < 2:
        arguments.append("")
    sentence = " ".join(clause.head.sent.text.split())
    sure = confidence(clause, pronouns=0, sentence_words=len(clause.head.sent))
    relation = _relation(clause)
    return Row(sentence, sure, relation, tuple(" ".join(a.split()) for a in arguments)) if relation else None


def _relation(clause: Clause) -> str:
    if clause.rule.startswith("office"):
        return " ".join(("is", *(w.text for w in clause.complement), "of"))
    verb = clause.head
    words = [*children(verb, "aux", "auxpass", "neg", "prt"), verb, *clause.complement]
    chain = verb
    while chain.dep_ == "xcomp" and is_verb(chain.head):
        chain = chain.head
        words += [chain, *children(chain, "aux", "auxpass", "neg")]
    text = " ".join(word.text for word in sorted(set(words), key=lambda w: w.i))
    return f"{text} {clause.prep.replace('_', ' ')}" if clause.prep else text


def _phrase(head: Token) -> str:
    """Return the whole phrase of an argument, without clauses and what is coordinated with it."""
    tokens = [head]
    for token in tokens:  # grows while it is walked
        tokens.extend(c for c in token.children if c.dep_ not in CUT)
    low, high = min(t.i for t in tokens), max(t.i for t in tokens)
    kept = {t.i for t in tokens} | {t.i for t in head.doc[low:high] if t.dep_ == "punct"}
    return "".join(head.doc[i].text_with_ws for i in range(low, high + 1) if i in kept).strip()


def _when(verb: Token) -> list[str]:
    found = [c for c in children(verb, "npadvmod") if c.ent_type_ in TIME]
    in_phrase = [(p, o) for p in children(verb, "prep") for o in children(p, "pobj") if o.ent_type_ in TIME]
    return [_phrase(c) for c in found] + [f"{p.text} {_phrase(o)}" for p, o in in_phrase]
