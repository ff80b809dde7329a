"""Whom a clause reaches beyond its object: *sent aid to Kestria*, *rejected a proposal by Vale*.

The object alone is often a thing that passes between two whom the reader asks for, so each of these two
is joined by an edge of its own, named by the verb and what leads there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.belongings import names_thing
from graph.text.clause import Clause, is_time
from graph.text.tree import NOUNS, child, lemma, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Token

ACTORS = frozenset(("PERSON", "ORG", "GPE", "NORP", "LOC"))
PASSING = frozenset("to with against from for toward towards of by on over about into".split())
OWNERS = frozenset("his her its their".split())
COMMON = frozenset(("NN", "NNS"))
NAMING = frozenset(
    "call let name dub label declare".split()
)  # their object is what their complement is about


def beyond(clause: Clause) -> Iterator[Clause]:
    """Give the clauses that join the subject of a transitive one to the named ones beyond its object."""
    kind, _, shared = clause.rule.partition("/")
    yield from _own(clause)
    if kind != "object" or clause.object is None or clause.prep or lemma(clause.head) in NAMING:
        return
    for role, head in clause.extras:
        if is_time(head):
            continue
        if _passes(clause.head, role) and head.i > clause.object.i and _is_other(head, clause):
            yield Clause(
                clause.head,
                clause.subject,
                head,
                f"recipient/{shared}",
                role,
                extras=(("object", clause.object),),
            )
    measured = clause.object.ent_type_ == "PERCENT"  # covers ten percent of them
    if clause.object.tag_ in COMMON and child(clause.object, "poss") is None and not measured:
        for role, head in prepositions(clause.object):
            if role in PASSING and _is_other(head, clause):
                yield Clause(clause.head, clause.subject, head, f"through/{shared}", role, (clause.object,))


def _own(clause: Clause) -> Iterator[Clause]:
    """*Vale sold her ship to his brother*: what and whom those have that are meant by a pronoun."""
    for noun in (clause.object, *(head for _, head in clause.extras)):
        owner = child(noun, "poss") if noun is not None else None
        if noun is None or owner is None or owner.lower_ not in OWNERS or noun.tag_ not in COMMON:
            continue
        kind = noun.lemma_.lower()
        if kind in lexicon.words("modifiers", "kin") | lexicon.words("modifiers", "had") or names_thing(kind):
            yield Clause(noun, owner, noun, "owning/pronoun", verb="have")


def _passes(verb: Token, role: str) -> bool:
    """*Send to*, *take from*: verbs that say by themselves that something goes there or comes from there.

    *Curbed its output with three others* is not: without its object the edge would say another thing.
    """
    return lemma(verb) in lexicon.table("relations")["recipients"].get(role, ())


def _is_other(head: Token, clause: Clause) -> bool:
    """True for a name of someone that is neither end of the clause."""
    return head.ent_type_ in ACTORS and head.tag_ in NOUNS and head not in (clause.subject, clause.object)
