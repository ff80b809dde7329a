"""Clauses of *be*: what someone is, how someone is, where someone is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text.clause import Clause, Extra, edges, rest_of
from graph.text.phrases import TIME
from graph.text.subjects import Subject
from graph.text.tree import child, children, conjuncts, prepositions

if TYPE_CHECKING:
    from spacy.tokens import Token


def copula(verb: Token, who: list[Subject], extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X is Y*, *X is concerned about Y*, *X is in Y*."""
    attribute = child(verb, "attr")
    adjective = child(verb, "acomp", "oprd")
    for subject in who:
        if (
            attribute is not None
            and attribute.tag_ not in {"WP", "WDT", "EX"}
            and child(verb, "acomp") is None
        ):
            for member in conjuncts(attribute):
                if member != subject.token:
                    yield Clause(verb, subject.token, member, f"copula/{subject.rule}", extras=extras)
        elif adjective is not None:
            yield from adjective_of(verb, subject, adjective)
        else:
            for pair in edges(verb, extras):
                rest = rest_of(pair, extras)
                yield Clause(verb, subject.token, pair[1], f"location/{subject.rule}", pair[0], extras=rest)


def adjective_of(verb: Token, subject: Subject, adjective: Token) -> Iterator[Clause]:
    """*X is neutral*, *X is guilty of Y*; a clause that the adjective governs speaks for itself."""
    if _goes_on(adjective):
        return
    inner = [(prep, obj) for prep, obj in prepositions(adjective) if obj.ent_type_ not in TIME]
    for member in [adjective, *children(adjective, "conj")]:
        if not inner or member != adjective:
            yield Clause(verb, subject.token, None, f"adjective/{subject.rule}", complement=(member,))
        for prep, obj in inner if member == adjective else ():
            yield Clause(verb, subject.token, obj, f"adjective/{subject.rule}", prep, (member,))


def _goes_on(adjective: Token) -> bool:
    """*Able to win*, *capable of winning*, *45 years old*: the adjective alone says too little."""
    if any(c.dep_ in {"xcomp", "ccomp", "pcomp", "npadvmod"} for c in adjective.children):
        return True
    return any(child(prep, "pcomp") is not None for prep in children(adjective, "prep"))
