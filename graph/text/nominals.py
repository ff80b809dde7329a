"""Offices that noun phrases give to names, in titles and appositions.

*Kremlin spokesman Dmitry Peskov*, *Anna Berg, mayor of Bergen*.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.clause import Clause
from graph.text.entities import Cast
from graph.text.phrases import bounds
from graph.text.tree import children, having, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

FORMER = frozenset(("former", "ex", "late", "then", "acting", "deputy", "interim", "outgoing"))
NO_LONGER = frozenset("formerly previously once then".split())
DISTRICTS = frozenset("district circuit county federal".split())
OF_DISTRICT = frozenset("judge attorney magistrate prosecutor".split())
LONGEST_OFFICE = 4


def offices(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """Give who holds which office, from the titles before names and from appositions."""
    for name in cast.names:
        if name.type is EntityType.PERSON:
            yield from _title(doc, name.start, name.end, cast)
    for token in having(doc, "DEP", ("appos",)):
        yield from _apposition(token, cast)


def _title(doc: Doc, start: int, end: int, cast: Cast) -> Iterator[Clause]:
    """*Ukrainian President Volodymyr Zelenskyy*: an office word before the name, whose office before that."""
    head = doc[end - 1]
    left = bounds(head, bare=True)[0]
    found = _office(doc, left, start)
    if found is None:
        return
    first, last = found
    if doc[last - 1].lower_ in lexicon.words("offices", "occupations") and doc[first - 1].ent_type_ != "ORG":
        return  # US actor X is no actor of the United States
    if doc[first - 1].lower_ in DISTRICTS and doc[last - 1].lower_ in OF_DISTRICT:
        return  # US District Judge X is judge of no US District
    whose = first - 1
    while whose >= left and doc[whose].dep_ == "case":
        whose -= 1
    # French far-right leader X leads no country: the owner stands right before the office.
    if whose >= left and whose in cast.by_token and _is_held_in(cast, whose) and not _is_listed(doc[whose]):
        former = [t for t in doc[left:whose] if t.lower_ in FORMER]  # former Norvalian president X
        yield _clause(head, [*former, *doc[first:last]], doc[whose], "title")


def _is_listed(token: Token) -> bool:
    """*Transport and Bridges Minister X*: the last of several that share the office."""
    return token.dep_ == "conj" or (token.i > 0 and token.nbor(-1).dep_ == "cc")


def _is_held_in(cast: Cast, i: int) -> bool:
    return cast.entities[cast.by_token[i]].type in {EntityType.PLACE, EntityType.ORGANIZATION}


def _office(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the office that ends right before token `end`: the longest known one."""
    known = lexicon.words("offices", "offices")
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    for length in range(min(LONGEST_OFFICE, end - start), 0, -1):
        text = "".join(t.text_with_ws for t in doc[end - length : end]).strip().lower()
        if text in known:
            first = end - length
            while first > start and doc[first - 1].lower_ in FORMER:
                first -= 1
            return first, end
    return None


def _clause(person: Token, office: list[Token], whose: Token, rule: str) -> Clause:
    words = tuple(t for t in office if not t.is_punct)
    return Clause(office[-1], person, whose, f"office/{rule}", "of", words)


def _apposition(token: Token, cast: Cast) -> Iterator[Clause]:
    """*X, the president of Y*, *X, Y's president* and *Y's president, X*."""
    person, noun = (token.head, token) if token.head.i in cast.by_token else (token, token.head)
    if not _is_person(cast, person) or noun.i in cast.by_token:
        return
    doc = token.doc
    left, _ = bounds(noun, bare=True)
    found = _office(doc, left, noun.i + 1)
    if found is None or any(c.lower_ in NO_LONGER for c in children(noun, "advmod")):
        return
    inside = [i for i in range(left, found[0]) if i in cast.by_token]
    after = [
        obj for prep, obj in prepositions(noun) if prep in {"of", "for", "at"} and obj.i in cast.by_token
    ]
    if inside and _is_held_in(cast, inside[-1]):
        yield _clause(person, list(doc[slice(*found)]), doc[inside[-1]], "apposition")
    elif after and _is_held_in(cast, after[0].i):
        yield _clause(person, list(doc[slice(*found)]), after[0], "apposition")


def _is_person(cast: Cast, token: Token) -> bool:
    id_ = cast.by_token.get(token.i)
    return id_ is not None and cast.entities[id_].type is EntityType.PERSON


def titles(doc: Doc, cast: Cast) -> Iterator[Clause]:
    """*President Anna Berg*, *singer Duncan Hale*: what a person is called by, of no one in particular."""
    for name in cast.names:
        if name.type is not EntityType.PERSON or doc[name.end - 1].i not in cast.by_token:
            continue
        head = doc[name.end - 1]
        left = bounds(head, bare=True)[0]
        found = _office(doc, left, name.start)
        if found is not None and not any(word.lower_ in FORMER for word in doc[slice(*found)]):
            title = doc[found[1] - 1]
            if bounds(title, bare=True)[0] == found[0]:  # else what stands further left would be lost
                words = tuple(doc[slice(*found)])
                yield Clause(head, head, title, "title/name", complement=words, verb="be")
