"""What the relation is called: an open vocabulary of lemmas, and curated relations above it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from graph import relations
from graph.model import Modality
from graph.text.clause import Clause
from graph.text.tree import child, children, is_verb, lemma
from graph.vocab import slug

if TYPE_CHECKING:
    from graph.text.tokens import Token

THROUGH_NOUN = ("light", "through")  # rules whose predicate is a verb with its object: hold talks with
LONGEST_TEXT = 12  # tokens between the first and last word of a predicate's phrase


def words_of(clause: Clause) -> tuple[str, ...]:
    """Return the words of a clause's label: verb, particle, light-verb noun, complement, preposition."""
    verb = clause.head
    parts = [lemma(verb)]
    if clause.passive:
        parts = ["be", verb.lower_]
    parts += [particle.lower_ for particle in children(verb, "prt")]
    if clause.rule.startswith(THROUGH_NOUN):
        return (*parts, *(c.lower_ for c in clause.complement), *clause.prep.split("_"))
    if clause.complement and clause.rule.startswith("object"):
        return (*parts, *clause.prep.split(), *(c.lower_ for c in clause.complement))
    parts += [w.lower_ for c in clause.complement for w in (c, *children(c, "prt"))]
    return (*parts, *clause.prep.split("_")) if clause.prep else tuple(parts)


@lru_cache(maxsize=10_000)
def identify(parts: tuple[str, ...]) -> tuple[str, str]:
    """Return (id, label) of a predicate (*call_on*, *call on*)."""
    label = " ".join(parts)
    return slug(label) or "relate_to", label


@lru_cache(maxsize=10_000)
def broader(predicate: str, modality: Modality, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the curated relations that a predicate falls under in this modality, sorted; none of `without`.

    A store keeps no order: sorted, they are the same when a statement is read back.
    """
    return tuple(sorted(relations.above(predicate, modality, without)))


def span(clause: Clause) -> tuple[int, int]:
    """Return the token span [start, end) of the phrase that says the predicate.

    With its auxiliaries and the verbs that govern it (*plans to visit*), as far as these stand together.
    """
    verb = clause.head
    if not is_verb(verb):
        return verb.i, verb.i + 1
    words = [verb, *children(verb, "aux", "auxpass", "neg", "prt")]
    governor = verb
    while (
        governor.dep_ == "xcomp" and is_verb(governor.head) and child(governor.head, "dobj", "dative") is None
    ):
        governor = governor.head
        words += [governor, *children(governor, "aux", "auxpass", "neg")]
    if clause.prep and clause.object is not None:
        between = map(verb.doc.__getitem__, range(verb.i, clause.object.i))
        words += [t for t in between if t.dep_ == "prep" and t.lower_ == clause.prep]
    words += clause.complement
    inside = {clause.subject.i, clause.object.i if clause.object is not None else -1}
    indices = [word.i for word in words]
    start, end = min(indices), max(indices) + 1
    if end - start > LONGEST_TEXT or any(start <= i < end for i in inside):
        return _near(verb, words, inside)
    return start, end


def _near(verb: Token, words: list[Token], inside: set[int]) -> tuple[int, int]:
    """Return the stretch round the verb that neither subject nor object interrupts."""
    allowed = {w.i for w in words} | {
        t.i for t in verb.doc[max(0, verb.i - 4) : verb.i] if t.tag_ in {"RB", "TO"}
    }
    start = end = verb.i
    while start - 1 in allowed - inside:
        start -= 1
    while end + 1 in allowed - inside:
        end += 1
    return start, end + 1
