"""Events that nouns name: who did what to whom, where it happened, who dealt with whom.

*The arrest of X by Y*, *X's death in Y*, *an attack on X*, *talks between X and Y*, *an explosion in X*.
Which nouns do so, and which verb says the same, is data (`data/lexicon/events.json`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

from graph.text import days, lexicon, times
from graph.text.clause import Clause, Extra
from graph.text.entities import Cast
from graph.text.event_stance import is_definite
from graph.text.misread import is_verb_as_noun
from graph.text.tree import PLACES, TIME, child, children, conjuncts, having, lemma, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

KINDS = frozenset(("nominal", "happening"))
"""Kinds of rules (before the `/`) whose clauses hold where the phrase of their noun is taken for real."""
LYING = frozenset("in at near outside inside off across".split())
ONWARD = frozenset("as to from".split())  # elected as, sold to, released from
MOST = 30  # pairs of those that act and those that suffer it, of one noun
COMING = frozenset("next coming this upcoming each every".split())
SIDES = frozenset(("NORP", "ORG", "GPE"))
ONE_ENDED = frozenset(("nominal/alone", "nominal/made"))
DETERMINED = frozenset("the this that these those both all a an".split())


def events(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """Give what the event nouns of a document say, in the order of the text."""
    for noun in having(doc, "TAG", ("NN", "NNS")):
        named = noun.ent_type_ or noun.dep_ in {"compound", "nmod", "amod"}
        if not named and not is_verb_as_noun(noun):
            yield from _of_noun(noun, cast)


def _of_noun(noun: Token, cast: Cast) -> Iterator[Clause]:
    """Give what one noun says: by what its table makes of its arguments, else where it happened."""
    name = noun.lemma_.lower()
    table = lexicon.table("events")
    rules = [(rule, table[key][name]) for key, rule in RULES.items() if name in table[key]]
    happens = name in lexicon.words("events", "happenings")
    if not rules and not happens:
        return
    pairs = [pair for pair in prepositions(noun) if pair[1].ent_type_ not in TIME]
    found = next(filter(None, ([*rule(noun, pairs, row)] for rule, row in rules)), [])
    yield from (clause for clause in found if _is_told(clause, cast))
    if happens and not found:
        yield from _happening(noun, pairs, cast)


def _act(noun: Token, pairs: Sequence[Extra], row: list[str]) -> Iterator[Clause]:
    """*Y's arrest of X*, *the arrest of X by Y*; *X's arrest*, *the arrest of X*: X was arrested."""
    owner = _owner(noun)
    suffers = owner is not None and _is_person(owner) and not _of(pairs, {"of"})
    if owner is not None and suffers:
        pairs = [*pairs, *(("of", member) for member in conjuncts(owner))]
    yield from _done(noun, None if suffers else owner, pairs, row)


def _deed(noun: Token, pairs: Sequence[Extra], row: list[str]) -> Iterator[Clause]:
    """*Y's purchase of X*, *the purchase of X*; *X's purchase* is made by X, of who knows what."""
    yield from _done(noun, _owner(noun), pairs, row)


def _done(noun: Token, owner: Token | None, pairs: Sequence[Extra], row: list[str]) -> Iterator[Clause]:
    """Give who does it to whom, or that it is done where no one is told to do it."""
    verb, *participle = row
    owner = owner if owner is not None else _side(noun)
    actors = _of(pairs, {"by"}) or (conjuncts(owner) if owner is not None else [])
    rest = _rest(pairs, {"by", "of"})
    patients = _of(pairs, {"of"})
    for actor, patient in _each(actors, patients):
        yield Clause(noun, actor, patient, "nominal/of", extras=rest, verb=verb)
    if not actors and participle:
        yield from (_alone(noun, patient, f"be_{participle[0]}", rest) for patient in patients)


def _aim(noun: Token, pairs: Sequence[Extra], row: list[str]) -> Iterator[Clause]:
    """*Y's attack on X*, *an attack by Y on X*: both must be told."""
    verb, *preps = row
    owner = _owner(noun) or _side(noun)
    actors = _of(pairs, {"by"}) or (conjuncts(owner) if owner is not None else [])
    rest = _rest(pairs, {"by", *preps})
    for actor, patient in _each(actors, _of(pairs, preps)):
        yield Clause(noun, actor, patient, "nominal/of", extras=rest, verb=verb)


def _each(actors: Sequence[Token], patients: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Give each of one side with each of the other; of two long lists no one says who did it to whom."""
    if len(actors) * len(patients) <= MOST:
        yield from product(actors, patients)


def _does(noun: Token, pairs: Sequence[Extra], verb: str) -> Iterator[Clause]:
    """*The death of X*, *X's resignation as Y*: who does it, alone."""
    owner = _owner(noun)
    actors = conjuncts(owner) if owner is not None else _of(pairs, {"of"})
    yield from (_alone(noun, actor, verb, _rest(pairs, {"of"})) for actor in actors)


def _meets(noun: Token, pairs: Sequence[Extra], verb: str) -> Iterator[Clause]:
    """*Talks between X and Y*, *X's talks with Y*: two that do it to each other."""
    between, others = _of(pairs, {"between"}), _of(pairs, {"with"})
    owner = _owner(noun)
    rest = _rest(pairs, {"between", "with"})
    if len(between) == 2:
        yield Clause(noun, between[0], between[1], "nominal/with", extras=rest, verb=verb)
    elif owner is not None:
        yield from (Clause(noun, owner, other, "nominal/with", extras=rest, verb=verb) for other in others)


def _work(noun: Token, pairs: Sequence[Extra], verb: str) -> Iterator[Clause]:
    """*X's decision*, *a report by X*: who has made it or holds it, if no verb says so beside it."""
    if noun.dep_ == "dobj" and lemma(noun.head) == verb:
        return
    owner = _owner(noun)
    makers = _of(pairs, {"by"}) or (conjuncts(owner) if owner is not None else [])
    yield from (Clause(noun, maker, noun, "nominal/made", verb=verb) for maker in makers)


def _alone(noun: Token, who: Token, verb: str, rest: tuple[Extra, ...]) -> Clause:
    """*X's election as Y*, *the sale of X to Y*: what it led to is the object, where the noun tells it."""
    onward = next((pair for pair in rest if pair[0] in ONWARD), None)
    if onward is None:
        return Clause(noun, who, None, "nominal/alone", extras=rest, verb=verb)
    rest = tuple(pair for pair in rest if pair[0] != onward[0])
    return Clause(noun, who, onward[1], "nominal/alone", extras=rest, verb=f"{verb}_{onward[0]}")


def _happening(noun: Token, pairs: Sequence[Extra], cast: Cast) -> Iterator[Clause]:
    """*An explosion in X*, *Friday's explosion*: what took place where, or when."""
    if not is_definite(noun) or (noun.dep_ == "attr" and child(noun.head, "expl") is not None):
        return  # what there is: `existentials`
    places = [(prep, where) for prep, where in pairs if prep in LYING and is_place(where, cast)]
    if places:
        prep, where = places[0]
        yield Clause(noun, noun, where, "happening/in", extras=_rest(pairs, {prep}), verb=f"happen_{prep}")
    elif _is_past(noun):
        yield Clause(noun, noun, None, "happening/when", extras=tuple(pairs), verb="happen")


def _is_past(noun: Token) -> bool:
    """*Friday's explosion* has been; *Friday's election* and *next week's strike* may be still to come."""
    day = times.of_event(noun)
    if day is None or noun.lemma_.lower() in lexicon.words("events", "scheduled"):
        return False
    start, end = times.bounds(day, alone=True)
    dated = days.is_dated(noun.doc.text_of(start, end))  # the first storm of the season is not
    return dated and not any(c.lower_ in COMING for c in (*noun.lefts, *day.lefts))


RULES: dict[str, Callable[..., Iterator[Clause]]] = {
    "acts": _act,
    "deeds": _deed,
    "aims": _aim,
    "does": _does,
    "meets": _meets,
    "works": _work,
}
"""Table of `events.json` -> the rule for its nouns, in the order in which they are tried."""


def is_place(token: Token, cast: Cast) -> bool:
    """True for the name of a place."""
    return token.i in cast.by_token and token.ent_type_ in PLACES


def is_country(token: Token) -> bool:
    """True for the name of a country in one word."""
    known = lexicon.known().get(token.text)
    return known is not None and known.kind == "country"


def _owner(noun: Token) -> Token | None:
    """*Hale's arrest*, but not *Friday's arrest*."""
    owner = child(noun, "poss")
    return owner if owner is not None and owner.ent_type_ not in TIME else None


def _side(noun: Token) -> Token | None:
    """*The Kestrian attack on X*, *the Nordane purchase of X*: the one side named before the noun.

    Not a city: the Oslo attack took place there; nor where another noun may be the side (*army attack*).
    """
    before = [c for c in children(noun, "amod", "compound", "nmod") if c.tag_ != "JJ" or c.ent_type_]
    named = [c for c in before if c.ent_type_ in SIDES]
    if len(named) != 1 or len(before) != 1 or children(named[0], "conj", "cc"):
        return None
    return named[0] if named[0].ent_type_ != "GPE" or is_country(named[0]) else None


def _is_person(owner: Token) -> bool:
    """*Hale's arrest* is done to Hale; *the country's first arrests* are not done to the country."""
    return owner.ent_type_ == "PERSON" or owner.lower_ in {"his", "her"}


def _of(pairs: Sequence[Extra], preps: Sequence[str] | set[str] | frozenset[str]) -> list[Token]:
    return [head for prep, head in pairs if prep in preps]


def _rest(pairs: Sequence[Extra], preps: set[str] | frozenset[str]) -> tuple[Extra, ...]:
    return tuple(pair for pair in pairs if pair[0] not in preps)


def _is_told(clause: Clause, cast: Cast) -> bool:
    """True for one event: *the murder of Hale*, *of two men*; not *the murder of journalists*.

    What has a name on neither side must be determined, and one without an actor is told only as a fact.
    """
    patient = clause.object if clause.object is not None else clause.subject
    if clause.rule in ONE_ENDED:
        patient = clause.subject
        if not is_definite(clause.head):
            return False
    return patient.i in cast.by_token or (
        not patient.ent_type_ and (patient.tag_ in {"PRP", "PRP$"} or _is_determined(patient))
    )


def _is_determined(noun: Token) -> bool:
    return any(
        c.dep_ in {"poss", "nummod"} or (c.dep_ == "det" and c.lower_ in DETERMINED) for c in noun.lefts
    )
