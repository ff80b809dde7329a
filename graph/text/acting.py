"""Who can say and intend things: persons, organisations, states, offices, people; not ships, laws, prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.subjects import subjects
from graph.text.tree import ACTORS, children, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

PRONOUNS = frozenset("i we you he she they who whom him her them us me everyone someone anyone".split())
KINDS = (("kinds", "person"), ("kinds", "human"), ("kinds", "organization"), ("offices", "offices"))
CROWDS = frozenset("people police force troop team crew crowd public mob staff army couple pair".split())
RESULTING = frozenset(
    "come serve go rise fall drop climb grow jump slip slide gain advance rally decline surge plunge".split()
)


PARTS = frozenset("thousands hundreds dozens lot lots number majority most some many all group score".split())


def can_act(noun: Token) -> bool:
    """Tell whether a noun phrase's head names someone who can say or intend something."""
    if noun.ent_type_ and noun.ent_type_ != "CARDINAL":
        return noun.ent_type_ in ACTORS
    if noun.tag_ == "NNP":
        return True  # a name that the model does not know
    if noun.tag_ in {"PRP", "WP"}:
        return noun.lower_ in PRONOUNS
    if noun.tag_ == "CD" or noun.lower_ in PARTS:
        whole = (pobj for of in children(noun, "prep") if of.lower_ == "of" for pobj in children(of, "pobj"))
        return any(can_act(pobj) for pobj in whole)  # thousands of people
    name = noun.lemma_.lower()
    return name in CROWDS or any(name in lexicon.words(*key) for key in KINDS)


def has_actor(verb: Token) -> bool:
    """Tell whether a subject of a verb can intend something."""
    return any(can_act(who.token) for who in subjects(verb))


def comes_about(governor: Token) -> bool:
    """Tell whether what follows *to* is how things turned out: *the weeds came to fill the pond*."""
    return lemma(governor) in RESULTING and not has_actor(governor)
