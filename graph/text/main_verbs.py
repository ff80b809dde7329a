"""Verbs that a parse takes for something else, so that their clause has none: they are put at its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.borders import bare_preposition, crown, is_tensed
from graph.text.tree import NOUNS, SUBJECTS, child, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

OF_NOUNS = frozenset("det amod compound nmod nummod poss quantmod".split())
OF_CLAUSES = frozenset("prep advcl advmod npadvmod punct xcomp ccomp cc conj".split())
ONE = frozenset(("a", "an", "another"))
WHEN = frozenset("after before since until as".split())


def verb_as_noun(verb: Token) -> bool:
    """*The volcano erupts*: a verb with a tense has no compound; the noun right before it is its subject."""
    noun = verb.doc[verb.i - 1] if verb.i else verb
    if verb.tag_ not in {"VBZ", "VBP"} or noun.head != verb or noun.dep_ not in {"compound", "nmod"}:
        return False
    if noun.tag_ not in NOUNS or (verb.tag_ == "VBZ") == (noun.tag_ == "NNS"):
        return False
    lefts = [c for c in verb.lefts if c != noun and c.dep_ in OF_NOUNS]
    after = verb.head
    if verb.dep_ == "pobj":
        alone = any(c.lower_ in ONE for c in lefts)
        if after.lower_ not in WHEN or not alone or child(after, "prep") is not None:
            return False
        verb.hang(after.head, "advcl")
        after.hang(verb, "mark")
    elif not _can_be_verb(verb):
        return False
    for word in lefts:
        word.hang(noun, word.dep_)
    bare = bare_preposition(noun)
    if bare is not None:
        noun.hang(bare, "pobj")  # a boat full of men sinks
    else:
        noun.hang(verb, "nsubj")
    return True


def _can_be_verb(verb: Token) -> bool:
    """True unless a noun with a verb's tag may stand there: *tax rises*, *seeking pay rises*."""
    if verb.dep_ == "conj":
        return is_verb(verb.head) and child(verb, "dobj", "prep", "advmod") is not None
    return verb.dep_ != "advcl" or child(verb, "mark", "advmod") is not None


def only_verb(verb: Token) -> bool:
    """*The proposal called for peace*: the past form of a clause that has no other verb is no participle."""
    noun = verb.head
    alone = verb.tag_ == "VBD" or (
        verb.tag_ == "VBN" and lemma(verb) in lexicon.words("relations", "intransitive")
    )
    if not alone or noun.dep_ not in {"ROOT", "ccomp"} or noun.tag_ not in NOUNS or noun.i > verb.i:
        return False
    if (
        child(verb, "aux", "auxpass", "mark", "agent", *SUBJECTS) is not None
        or child(noun, *SUBJECTS) is not None
    ):
        return False
    others = (c for c in noun.children if c != verb and c.dep_ != "relcl")
    if any(is_verb(c) and is_tensed(c) for c in others):
        return False
    crown(verb, noun)
    for word in noun.children:
        if word.dep_ in OF_CLAUSES and word.i > verb.i:
            word.hang(verb, word.dep_)
    noun.hang(verb, "nsubj")
    return True
