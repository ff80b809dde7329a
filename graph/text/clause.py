"""A clause: who does what to whom, as tokens of a parse, and small questions to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.misread import is_absolute
from graph.text.tree import child

if TYPE_CHECKING:
    from graph.text.tokens import Token

Extra = tuple[str, "Token"]
HOW = frozenset("in at on with from by under".split())
ZONES = frozenset("UTC GMT EST EDT CST CDT MST MDT PST PDT CET CEST BST IST".split())
PARTS = frozenset(
    "part most much all rest half day night week month remainder majority course end start".split()
)
LIGHT = frozenset("take go come turn put get bring make give keep".split())
NAMED = frozenset("PERSON ORG GPE LOC FAC NORP EVENT PRODUCT WORK_OF_ART LAW".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """One predication: `head` is its verb or noun, `object` is None for a clause without one.

    `prep` joins the object to the verb, `complement` is the adjective or noun of a copula or of an
    idiom (*put on trial*), `extras` are (role, head) pairs of what else the clause says, `verb` is what
    the predicate is called where no verb of the text says it (*hold_talks_with*), and `rule` names what
    found it.
    """

    head: Token
    subject: Token
    object: Token | None
    rule: str
    prep: str = ""
    complement: tuple[Token, ...] = ()
    passive: bool = False
    extras: tuple[Extra, ...] = field(default=())
    verb: str = ""


def is_object(pair: Extra) -> bool:
    """When and how are circumstances: they stay arguments and make no edge."""
    return pair[0] not in lexicon.words("relations", "circumstances")


def edges(verb: Token, extras: tuple[Extra, ...]) -> list[Extra]:
    """Return the prepositional objects of a verb that make edges: its first, and the named ones.

    The others say how or when (*came in second with 24% of the vote*) and are arguments only, as is where
    it happened if that stands before (*in Oslo, Hale called on Vale*).
    """
    found = [pair for pair in extras if is_object(pair) and not is_absolute(_first(pair[1]).head, pair[1])]
    found = [pair for pair in found if not is_time(pair[1])]
    places = [place for _, head in found if (place := _first(head).head.i) > verb.i]
    closest = min(places, default=-1)
    circumstances = lexicon.words("relations", "circumstance_nouns")
    chosen = [
        (role, head)
        for role, head in found
        if head.ent_type_ in NAMED
        or (_first(head).head.i == closest and not _is_when(role, head, circumstances))
    ]
    chosen = [pair for pair in chosen if pair[1].i > verb.i] or chosen
    return [pair for pair in chosen if pair == chosen[0] or not _is_how_else(verb, pair, chosen[0])]


def _is_when(role: str, head: Token, circumstances: frozenset[str]) -> bool:
    """*At that moment*, *for the first time*: no one and no place that is reached."""
    return (role in HOW and head.lower_ in circumstances) or (role == "for" and head.lower_ == "time")


def is_time(noun: Token) -> bool:
    """*At 10:00 local time*, *at 10:00 UTC*, *for parts of May*: when, not what."""
    if noun.text in ZONES or (noun.lower_ == "time" and any(c.lower_ == "local" for c in noun.lefts)):
        return True
    of = child(noun, "prep") if noun.lemma_ in PARTS else None
    what = child(of, "pobj") if of is not None and of.lower_ == "of" else None
    return what is not None and what.ent_type_ == "DATE"


def _is_how_else(verb: Token, pair: Extra, first: Extra) -> bool:
    """*Took to the streets in Oslo*, *referred to it as Vale*: without the first the verb says nothing."""
    if pair[0] == first[0]:
        return False
    return pair[0] == "as" or (pair[0] in HOW and verb.lemma_ in LIGHT and first[0] not in HOW)


def rest_of(pair: Extra, extras: tuple[Extra, ...]) -> tuple[Extra, ...]:
    """Return the extras without `pair` and what is coordinated with it (that makes a clause of its own)."""
    return tuple(other for other in extras if other[0] != pair[0] or _first(other[1]) != _first(pair[1]))


def _first(member: Token) -> Token:
    while member.dep_ == "conj":
        member = member.head
    return member
