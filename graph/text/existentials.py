"""What there is: *there was an explosion in Oslo*, *there are two hospitals in Kestria*."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.clause import Clause, Extra, rest_of
from graph.text.entities import Cast
from graph.text.event_nouns import LYING, is_place
from graph.text.tree import TIME, child, children, conjuncts, having, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

BEING = frozenset(("be", "exist", "remain"))
EMPTY = frozenset("one way ways thing things lot need reason question doubt word point time".split())


def existentials(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """Give what there is, and where if that is told; the verb says whether there is."""
    for there in having(doc, "DEP", ("expl",)):
        verb = there.head
        noun = child(verb, "attr", "dobj")
        if there.tag_ == "EX" and verb.lemma_ in BEING and noun is not None:
            extras = tuple(pair for pair in prepositions(verb) if pair[1].ent_type_ not in TIME)
            for member in conjuncts(noun):
                if _tells(member):
                    yield _there_is(verb, member, extras, cast)


def _tells(noun: Token) -> bool:
    """*There is a man who*: what is meant is what he does, not that he is."""
    common = noun.tag_ in {"NN", "NNS"} and not noun.ent_type_ and noun.lower_ not in EMPTY
    return common and not children(noun, "relcl", "acl", "ccomp")


def _there_is(verb: Token, noun: Token, extras: tuple[Extra, ...], cast: Cast) -> Clause:
    """*Were clashes in Oslo*: in the first place that the verb or the noun names, or at all."""
    pairs = [*extras, *prepositions(noun)]
    places = (pair for pair in pairs if pair[0] in LYING and is_place(pair[1], cast))
    found = next(places, None)
    if found is None:
        return Clause(verb, noun, None, "existential/own", extras=extras, verb="exist")
    prep, where = found
    does = "happen" if noun.lemma_.lower() in lexicon.words("events", "happenings") else "be"
    extras = rest_of(found, extras)
    return Clause(verb, noun, where, "existential/own", prep, extras=extras, verb=f"{does}_{prep}")
