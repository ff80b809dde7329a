"""Who a frame is about: the subjects of a verb, certain or likely, and their words.

The graph takes only subjects that are certain (`subjects`); the surface view also those that a clause most
likely shares with the one it hangs on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text.subjects import subjects
from graph.text.surface import MANY, Extent, argument, clause, phrase, text
from graph.text.tree import DEEPEST, NAMES, NOUNS, SUBJECTS, child, children, infinitive, is_verb

if TYPE_CHECKING:
    from graph.text.tokens import Token

OWN_SUBJECT = (*SUBJECTS, "expl", "csubj")
PERSONS = frozenset(("PERSON", ""))
THINGS = frozenset(("ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "NORP", ""))
ONE = frozenset(("NN", "NNP"))
# Of each pronoun the kinds of entity and the tags of the nouns that it may stand for.
MEANT = {
    "he": (PERSONS, ONE), "she": (PERSONS, ONE), "it": (THINGS, ONE),
    "they": (PERSONS | THINGS, NOUNS),
}  # fmt: skip
OF_NOUN = frozenset(("acl", "relcl"))
CLAUSES = frozenset(("acl", "relcl", "advcl"))
NOT_NOUNS = frozenset(("PRP", "EX"))


def actors(verb: Token) -> list[Token]:
    """Return the heads of a verb's subjects: certain ones, or those of the clause it hangs on.

    A long list of subjects is one, told by its first member.
    """
    for _ in range(DEEPEST):
        found = [subject.token for subject in subjects(verb)] or _there(verb) or _clausal(verb)
        if found or child(verb, *OWN_SUBJECT) is not None:
            return found if len(found) <= MANY else found[:1]
        if verb.dep_ == "relcl" and infinitive(verb):
            return [verb.head]
        above = _sharing(verb)
        if above is None:
            break
        verb = above
    return []


def _there(verb: Token) -> list[Token]:
    """*There are ships*: the *there* of a clause that says only that something is."""
    return children(verb, "expl") if child(verb, "attr") is not None else []


def _clausal(verb: Token) -> list[Token]:
    """*Selling ships made him rich*: what one does, if it stands before the verb."""
    return [below for below in children(verb, "csubj")[:1] if below.i < verb.i]


def _sharing(verb: Token) -> Token | None:
    """Return the verb whose subject this one most likely shares, or None."""
    if verb.dep_ == "conj" and is_verb(verb.head):
        return verb.head
    is_participle = verb.dep_ == "advcl" and verb.tag_ in {"VBG", "VBN"}
    is_purpose = verb.dep_ in {"advcl", "xcomp", "acl"} and infinitive(verb)
    if not is_participle and not is_purpose and verb.dep_ != "pcomp":
        return None
    above = verb.head
    for _ in range(DEEPEST):
        if is_verb(above) or above.head == above:
            break
        above = above.head
    return above if is_verb(above) and above != verb else None


def subject_text(verb: Token, actor: Token) -> str:
    """Return the words of a subject; *Hale said he would go*: those of Hale, whom *he* must mean."""
    meant = _antecedent(actor)
    if meant is not None:
        return argument(meant)
    if actor.dep_ == "csubj":
        return text(clause(actor))
    top = _counted(verb, actor)
    extent = Extent.OF if top.tag_ in NAMES else Extent.WHOLE
    return argument(top, extent, without=_own_clause(verb, actor) | _stray(top))


def whole_subject(verb: Token, actor: Token) -> str:
    """Return the words of a subject with its list and its appositions (*Hale, the mayor, and Vale*)."""
    if actor.tag_ in NOT_NOUNS or actor.dep_ == "csubj" or _antecedent(actor) is not None:
        return subject_text(verb, actor)
    top = _counted(verb, actor)
    clauses = {word.i for word in top.subtree if word.dep_ in CLAUSES}
    return text(phrase(top, Extent.ALL, coordinated=True, without=clauses | _stray(top) | {verb.i}))


def stray_year(preposition: Token) -> Token | None:
    """*In 1717 Hale sailed*: the year, which the parser took for a part of the name after it."""
    year = preposition.doc[preposition.i + 1] if preposition.i + 1 < len(preposition.doc) else preposition
    is_year = year.tag_ == "CD" and year.ent_type_ == "DATE" and year.head.tag_ in NAMES
    return year if is_year and child(preposition, "pobj", "pcomp", "prep") is None else None


def _stray(noun: Token) -> frozenset[int]:
    """Return the index of a stray year before a name."""
    first = noun.left_edge
    year = stray_year(first.nbor(-1)) if first.i and first.nbor(-1).tag_ == "IN" else None
    return frozenset((year.i,)) if year is not None else frozenset()


def _antecedent(pronoun: Token) -> Token | None:
    """*Hale said he would go*, *Hale left because he could*: Hale, the one subject of the clause above."""
    inside = pronoun.head
    if pronoun.tag_ != "PRP" or pronoun.lower_ not in MEANT or pronoun.dep_ not in SUBJECTS:
        return None
    for _ in range(DEEPEST):
        if inside.dep_ != "conj":
            break
        inside = inside.head
    above = actors(inside.head) if inside.dep_ in {"ccomp", "advcl"} and is_verb(inside.head) else []
    return above[0] if len(above) == 1 and _may_mean(pronoun, above[0]) else None


def _may_mean(pronoun: Token, noun: Token) -> bool:
    """True if they agree: a person is no *it*, a place no *he*, several no *she*."""
    kinds, tags = MEANT[pronoun.lower_]
    return noun.tag_ in tags and noun.ent_type_ in kinds


def _own_clause(verb: Token, actor: Token) -> frozenset[int]:
    """*The man arrested and charged*: the participle hangs on its subject, but is no part of it."""
    first = verb.head if verb.dep_ == "conj" and verb.head.dep_ == "acl" else verb
    is_inside = first.dep_ in OF_NOUN and first.head == actor
    return frozenset((first.i,)) if is_inside else frozenset()


def _counted(verb: Token, actor: Token) -> Token:
    """*A fleet of ships that sail*: the fleet sails, where a clause was hung on a bare noun after *of*."""
    is_inside = verb.dep_ in OF_NOUN and verb.head == actor and actor.dep_ == "pobj"
    if not is_inside or actor.head.lower_ != "of" or child(actor, "det", "poss") is not None:
        return actor
    above = actor.head.head
    is_one = above.dep_ != "pobj" or child(above, "det") is not None
    return above if is_one and above.tag_ in {"NN", "NNS"} else actor
