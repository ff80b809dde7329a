"""Who is among many: *ten countries, including Kestria*; *towns such as Karlshaven*."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.clause import Clause
from graph.text.entities import Cast
from graph.text.event_stance import is_definite
from graph.text.tree import NOUNS, child, children, conjuncts, having

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

COMMON = frozenset(("NN", "NNS"))


def members(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """Give the names and people that stand behind *including* and *such as*, each as one of the many."""
    for word in having(doc, "ORTH", ("including", "as")):
        group = word.head
        if not (word.dep_ == "prep" and word.i > group.i and (word.text == "including" or _is_such(word))):
            continue
        many = group.lemma_.lower()
        if group.tag_ == "NNS" and not group.ent_type_ and is_definite(group):
            found = (one for first in children(word, "pobj") for one in conjuncts(first))
            for one in found:
                if _is_one_of(one, many, cast):
                    yield Clause(group, one, group, "member/of", verb="be_among")


def _is_such(word: Token) -> bool:
    return word.i > 0 and word.nbor(-1).lower_ == "such"


def _is_one_of(one: Token, many: str, cast: Cast) -> bool:
    """True for a name of the type that the noun of the many is for, and for a person among people."""
    if one.tag_ not in NOUNS:
        return False
    if one.i in cast.by_token:
        return many in _kinds().get(cast.entities[cast.by_token[one.i]].type, ())
    people = _kinds()[EntityType.PERSON]
    named = one.ent_type_ == "" and one.tag_ in COMMON and one.lemma_.lower() in people
    return named and many in people and child(one, "det", "nummod", "amod") is not None


@cache
def _kinds() -> dict[EntityType, frozenset[str]]:
    """Return by type what nouns its names may be counted among."""
    people, bodies = (lexicon.words("modifiers", key) for key in ("people", "bodies"))
    places = lexicon.words("kinds", "place") | lexicon.words("modifiers", "called")
    return {
        EntityType.PERSON: lexicon.words("kinds", "person") | lexicon.words("kinds", "human") | people,
        EntityType.ORGANIZATION: lexicon.words("kinds", "organization") | bodies,
        EntityType.PLACE: places,
    }
