"""Clauses of *be*: what someone is, how someone is, where someone is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.clause import Clause, Extra, edges, rest_of
from graph.text.subjects import Subject
from graph.text.tree import TIME, child, children, conjuncts, infinitive, prepositions

if TYPE_CHECKING:
    from graph.text.tokens import Token

COMMON = frozenset(("NN", "NNS"))
WHEN = frozenset("today tomorrow tonight yesterday now".split())
WHITHER = frozenset("up down over out back off away".split())  # was up two dollars, is over for them


def copula(verb: Token, who: list[Subject], extras: tuple[Extra, ...]) -> Iterator[Clause]:
    """*X is Y*, *X is concerned about Y*, *X is in Y*."""
    attribute = child(verb, "attr")
    adjective = child(verb, "acomp", "oprd")
    how = tuple(c for c in children(verb, "advmod", "prt") if c.lower_ in WHITHER and c.i == verb.i + 1)
    for subject in who:
        if (
            attribute is not None
            and attribute.tag_ not in {"WP", "WDT", "EX"}
            and child(verb, "acomp") is None
        ):
            for member in conjuncts(attribute):
                if member != subject.token and not _is_listed(member, subject.token) and not _is_cut(member):
                    rule = f"copula/{subject.rule}"
                    yield Clause(verb, subject.token, member, rule, complement=how, extras=extras)
        elif adjective is not None:
            yield from adjective_of(verb, subject, adjective)
        elif child(verb, "xcomp") is None:  # is in May to visit Oslo: what is to be speaks for itself
            for pair in edges(verb, extras):
                rest = rest_of(pair, extras)
                rule = f"location/{subject.rule}"
                yield Clause(verb, subject.token, pair[1], rule, pair[0], how, extras=rest)


def _is_listed(member: Token, subject: Token) -> bool:
    """*The members are Hale and Vale*: no one of a list is what many are together."""
    many = subject.tag_ in {"NNS", "NNPS"} and member.tag_ in {"NN", "NNP"}
    return many and (member.dep_ == "conj" or child(member, "conj") is not None)


def _is_cut(member: Token) -> bool:
    """*Became the first Kestrian to fly*: a people's name would be all of them; *are today* is when."""
    if member.lower_ in WHEN and not any(True for _ in member.lefts):
        return True
    if member.dep_ == "conj" and child(member.head, "poss") is not None and _is_superlative(member):
        return True
    if _is_picked_out(member):
        return True
    return member.ent_type_ == "NORP" and child(member, "amod", "acl", "relcl") is not None


def _is_picked_out(noun: Token) -> bool:
    """*Was the sailor Vale paid*, *are the other ports where it is legal*: its own words say too little."""
    clause = child(noun, "relcl")
    if clause is None or infinitive(clause) or not any(c.lower_ == "the" for c in children(noun, "det")):
        return False
    ranked = any(c.tag_ == "JJS" or c.ent_type_ == "ORDINAL" for c in children(noun, "amod"))
    return not ranked and noun.tag_ in COMMON and noun.doc[clause.left_edge.i - 1].text != ","


def _is_superlative(noun: Token) -> bool:
    """*Kestria's oldest port and largest town*: the largest of Kestria, which its own words do not say."""
    words = (word for c in children(noun, "amod") for word in (c, *c.children))
    bare = child(noun, "det", "poss", "prep") is None
    return bare and any(word.tag_ in {"JJS", "RBS"} for word in words)


def adjective_of(verb: Token, subject: Subject, adjective: Token) -> Iterator[Clause]:
    """*X is neutral*, *X is guilty of Y*; a clause that the adjective governs speaks for itself."""
    if _goes_on(adjective):
        return
    for member in [adjective, *children(adjective, "conj")]:
        inner = [(prep, obj) for prep, obj in prepositions(member) if obj.ent_type_ not in TIME]
        if not inner and not _shares_what(member):
            yield Clause(verb, subject.token, None, f"adjective/{subject.rule}", complement=(member,))
        for prep, obj in inner:
            yield Clause(verb, subject.token, obj, f"adjective/{subject.rule}", prep, (member,))


def _shares_what(adjective: Token) -> bool:
    """*Ripe and vulnerable to manipulation*: what the next one is told of, so that this one may be cut."""
    after = child(adjective, "conj")
    return after is not None and after.tag_ == adjective.tag_ and any(prepositions(after))


def _goes_on(adjective: Token) -> bool:
    """*Able to win*, *capable of winning*, *45 years old*: the adjective alone says too little."""
    if any(c.dep_ in {"xcomp", "ccomp", "pcomp", "npadvmod", "det"} for c in adjective.children):
        return True
    if any(c.lower_ in {"less", "least"} for c in children(adjective, "advmod")):
        return True  # less safe: hardly that it is safe
    if adjective.lower_ in lexicon.words("relations", "half_adjectives") and not any(prepositions(adjective)):
        return True
    return any(child(prep, "pcomp") is not None for prep in children(adjective, "prep"))
