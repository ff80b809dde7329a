"""Pronouns and definite descriptions, where it is safe: what is not clear stays unresolved.

A pronoun takes a subject of its own sentence or of the one before that agrees with it, and only if no
other candidate does. *The Russian leader* is the one person whose title in the article says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.entities import Cast
from graph.text.phrases import bounds
from graph.text.tree import SUBJECTS, children, conjuncts, having

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
REFLEXIVE = frozenset("himself herself itself themselves".split())
IT_TYPES = frozenset((EntityType.ORGANIZATION, EntityType.PLACE, EntityType.PRODUCT))
PRONOUN_TAGS = frozenset(("PRP", "PRP$"))


def resolve(doc: Doc, cast: Cast) -> dict[int, str]:
    """Return token index -> entity id for the pronouns and descriptions that are safe to resolve."""
    found: dict[int, str] = {}
    genders = _genders(doc, cast)
    leaders = _leaders(doc, cast)
    starts = [sentence.start for sentence in doc.sents]
    subjects = _by_sentence(having(doc, "DEP", SUBJECTS), starts)
    previous: list[Token] = []
    for number, words in enumerate(_by_sentence(having(doc, "TAG", (*PRONOUN_TAGS, "NN")), starts)):
        for token in words:
            if token.tag_ in PRONOUN_TAGS:
                id_ = _pronoun(token, subjects[number], previous, cast, found, genders)
            else:
                id_ = _description(token, leaders, cast) if token.i not in cast.by_token else None
            if id_ is not None:
                found[token.i] = id_
        previous = subjects[number] or previous
    return found


def _by_sentence(tokens: list[Token], starts: list[int]) -> list[list[Token]]:
    found: list[list[Token]] = [[] for _ in starts]
    for token in tokens:
        found[bisect_right(starts, token.i) - 1].append(token)
    return found


def _pronoun(
    token: Token,
    subjects: list[Token],
    previous: list[Token],
    cast: Cast,
    found: Mapping[int, str],
    genders: Mapping[str, str],
) -> str | None:
    word = token.lower_
    if word in HE or word in SHE:
        gender = "male" if word in HE else "female"
        allowed = {id_ for id_, e in cast.entities.items() if e.type is EntityType.PERSON}
        allowed -= {id_ for id_, known in genders.items() if known != gender}
    elif word in IT and not _expletive(token):
        allowed = {id_ for id_, e in cast.entities.items() if e.type in IT_TYPES}
    else:
        return None
    if word in IT and token.dep_ in SUBJECTS:
        governing = _governing_subject(token, cast, found, allowed)
        if governing is not None:
            return governing
    if word not in IT and token.dep_ not in SUBJECTS and not _is_alone(token, allowed, cast):
        return None
    before = [s for s in subjects if s.i < token.i and s != token and not _is_sibling(s, token)]
    for candidates in (before, previous):
        ids = {id_ for s in candidates for id_ in [_id_of(s, cast, found)] if id_ in allowed}
        if ids:
            return ids.pop() if len(ids) == 1 else None
    return None


def _is_alone(token: Token, allowed: set[str], cast: Cast) -> bool:
    """True if at most one person whom the pronoun can mean stands before it in its sentence."""
    before = range(token.sent.start, token.i)
    return len({cast.by_token[i] for i in before if cast.by_token.get(i) in allowed}) <= 1


def _id_of(token: Token, cast: Cast, found: Mapping[int, str]) -> str | None:
    """Return the entity of a noun phrase's head; None if it heads a coordination (*Xi and Putin*)."""
    if len(conjuncts(token)) > 1:
        return None
    return cast.by_token.get(token.i) or found.get(token.i)


def _is_sibling(subject: Token, pronoun: Token) -> bool:
    """A subject and an object of one verb are not the same, unless the object is reflexive."""
    return (
        pronoun.dep_ in {"dobj", "dative"}
        and subject.head == pronoun.head
        and pronoun.lower_ not in REFLEXIVE
    )


def _governing_subject(token: Token, cast: Cast, found: Mapping[int, str], allowed: set[str]) -> str | None:
    """*The court announced it wants ...*: the subject of the clause that governs the pronoun's own."""
    verb = token.head
    while verb.dep_ in {"ccomp", "advcl", "xcomp", "conj"} and verb.head != verb:
        verb = verb.head
        own = children(verb, *SUBJECTS)
        if own and own[0].i < token.i:
            id_ = _id_of(own[0], cast, found)
            return id_ if id_ in allowed else None
    return None


def _expletive(token: Token) -> bool:
    """*It remains unclear whether ...*, *it is raining*: no one is meant."""
    if token.dep_ not in SUBJECTS:
        return False
    verb = token.head
    complement = children(verb, "acomp", "attr", "oprd")
    clause = children(verb, "ccomp", "xcomp", "advcl") or [
        c for a in complement for c in children(a, "ccomp", "xcomp")
    ]
    return bool(complement and clause) or (token.dep_ == "nsubjpass" and bool(children(verb, "ccomp")))


def _genders(doc: Doc, cast: Cast) -> dict[str, str]:
    """Return person id -> gender, where a title of the article tells (*Mrs*, *Queen*, *spokesman*)."""
    found: dict[str, str] = {}
    for name in cast.names:
        if name.type is not EntityType.PERSON:
            continue
        words = {token.lower_ for token in doc[max(0, bounds(doc[name.end - 1], bare=True)[0]) : name.end]}
        for gender in ("female", "male"):
            if words & lexicon.words("offices", gender):
                found.setdefault(cast.by_token[name.start], gender)
    return found


def _leaders(doc: Doc, cast: Cast) -> dict[str, str | None]:
    """Return country id -> the person whose title says that he leads it; None if several do."""
    found: dict[str, str | None] = {}
    leaders = lexicon.words("offices", "leaders")
    for name in cast.names:
        if name.type is not EntityType.PERSON:
            continue
        start = bounds(doc[name.end - 1], bare=True)[0]
        title = doc[start : name.start]
        if not any(token.lower_ in leaders for token in title) or any(
            t.lower_ in {"former", "ex", "late"} for t in title
        ):
            continue
        person = cast.by_token[name.start]
        for country in _places(title, cast):
            found[country] = person if found.get(country, person) == person else None
    return found


def _places(tokens: Span, cast: Cast) -> set[str]:
    ids = {cast.by_token[token.i] for token in tokens if token.i in cast.by_token}
    return {id_ for id_ in ids if cast.entities[id_].type is EntityType.PLACE}


def _description(token: Token, leaders: Mapping[str, str | None], cast: Cast) -> str | None:
    """*The Russian leader*: the person who leads the country, if the article names one."""
    if token.lower_ not in lexicon.words("offices", "leaders") or token.dep_ in {"compound", "appos"}:
        return None
    start = bounds(token, bare=True)[0]
    if token.doc[start].lower_ != "the":
        return None
    countries = _places(token.doc[start : token.i], cast)
    return leaders.get(countries.pop()) if len(countries) == 1 else None
