"""Whose a participle is not: it may belong to the noun before it, or be a verb in the past.

*Has not recovered from the storm, estimated to ...*, *the service indicated on Friday*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.control import JUDGING
from graph.text.tree import NAMING, NOUNS, TIME, child, children, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

IDENTIFYING = frozenset("identify describe know name".split())  # detained a man, later identified as X
OF_SUBJECT = NAMING | IDENTIFYING | frozenset("accompany join flank back support surprise bear base".split())
TAKING_OVER = frozenset("succeed replace become".split())  # was elected, succeeding Vale


def is_behind_noun(verb: Token) -> bool:
    """*Has not recovered from Odette, estimated to ...*: it may be the noun before the comma that was."""
    start = verb.left_edge.i
    if start < 2 or verb.i < verb.head.i or verb.doc[start - 1].text != "," or lemma(verb) in OF_SUBJECT:
        return False
    if any(word.lower_ == "having" for word in children(verb, "aux")):
        return False  # was suspended by the court, having lied
    before = verb.doc[start - 2]
    return before.tag_ in NOUNS and before.dep_ in {"dobj", "pobj", "conj"} and before.ent_type_ not in TIME


def is_as(verb: Token) -> bool:
    """*As depicted in the image*."""
    return any(mark.lower_ == "as" for mark in children(verb, "mark"))


def is_result(verb: Token) -> bool:
    """A participle after a comma and after the main clause; but *was elected, succeeding Vale*."""
    if lemma(verb) in TAKING_OVER:
        return False
    return verb.tag_ == "VBG" and verb.i > verb.head.i and verb.doc[verb.left_edge.i - 1].text == ","


def is_unclear_patient(verb: Token) -> bool:
    """*A war of attrition centered on it*: the war or attrition, which a bare noun after *of* leaves open."""
    noun = verb.head
    bare = noun.tag_ == "NN" and not noun.ent_type_ and not any(True for _ in noun.lefts)
    return verb.tag_ in {"VBN", "VBD"} and bare and noun.dep_ == "pobj" and noun.head.lower_ == "of"


def says(verb: Token) -> bool:
    """*The service indicated on Friday*: a verb of saying that was taken for a participle of its subject.

    Not *a man accused of it*: nobody accuses without whom.
    """
    if lemma(verb) in JUDGING:
        return False
    told = lexicon.effects("verbs").get(lemma(verb)) == "claimed" and verb.tag_ in {"VBN", "VBD"}
    speaks = any(verb.head.lemma_ in lexicon.words("kinds", kind) for kind in ("person", "organization"))
    return told and speaks and child(verb, "agent", "oprd", "xcomp") is None
