"""Whether a word is negated where it stands: *not*, *never*, *no one*, *instead of*, *almost*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text.memory import remembered
from graph.text.tree import NOT_ONLY, child, children, is_verb

if TYPE_CHECKING:
    from graph.text.tokens import Token

NEVER = frozenset(("never", "no", "neither", "nor", "hardly", "scarcely"))
NEGATING = ("neg", "advmod", "preconj", "det")
ENDS = ("nsubj", "nsubjpass", "dobj", "attr", "acomp", "oprd")  # whose negation is the verb's
HALF = frozenset("necessarily always exactly".split())
PAIRED = frozenset(("either", "both"))  # is both rich and old: the parse may call it a negation
ALMOST = frozenset(("almost", "nearly"))
NOBODY = frozenset(("nobody", "none", "nothing", "neither"))
ALL = frozenset("all every everyone everybody everything each".split())


@remembered
def negated(word: Token) -> bool:
    """True for *not*, *never*, *no* with the word itself (but not *not only*), or nobody as its subject."""
    verbal = is_verb(word)
    if any(_negates(c) for c in children(word, *NEGATING)):
        return True
    if verbal and any(_is_none(c) or _is_not_so(c) for c in children(word, *ENDS)):
        return True
    if is_instead(word) or _is_almost(word):
        return True
    if verbal and word.dep_ == "conj" and any(c.lower_ == "nor" for c in children(word.head, "cc")):
        return True  # neither confirmed nor denied it
    bare = word.dep_ == "conj" and word.tag_ in {"VB", "VBN", "VBG"}
    if bare and child(word, "aux", "nsubj", "neg") is None:
        return is_verb(word.head) and word.head.tag_ == word.tag_ and negated(word.head)
    return False


def is_instead(word: Token) -> bool:
    """*Without selling*, *instead of selling*, *rather than selling*."""
    if word.dep_ in {"conj", "advcl", "xcomp"} and word.i >= 2:
        return f"{word.doc[word.i - 2].lower_} {word.doc[word.i - 1].lower_}" in {"rather than", "instead of"}
    if word.dep_ != "pcomp":
        return False
    prep = word.head
    words = {prep.lower_, prep.head.lower_, *(c.lower_ for c in children(prep, "advmod"))}
    return bool(words & {"without", "instead", "rather"})


@remembered
def is_hardly_any(noun: Token) -> bool:
    """*Few senators*, *not all senators*: too few to say that these, or that none of them, did it.

    *A few senators* and *the few senators* did it.
    """
    if any(c.lower_ not in ALL for c in children(noun, "det", "poss")):
        return False
    if (
        noun.dep_ == "conj"
        and noun.head.lower_ == "all"
        and any(c.lower_ == "but" for c in noun.head.children)
    ):
        return True  # all but one ship
    quantities = [noun, *children(noun, "amod", "det", "predet", "quantmod")]
    not_all = any(q.lower_ in ALL for q in quantities) and any(
        c.lower_ == "not" for q in quantities for c in q.children
    )
    return not_all or any(q.lower_ == "few" for q in quantities)


def is_half_denied(verb: Token) -> bool:
    """*Ships are not always late*: neither that they are nor that they are not."""
    denial = child(verb, "neg")
    return denial is not None and any(c.lower_ in HALF and c.i > denial.i for c in children(verb, "advmod"))


def _negates(word: Token) -> bool:
    """True for *not*, *never*, *no longer* beside the word that they negate."""
    if word.lower_ == "longer":
        return any(c.lower_ in NEVER for c in word.children)
    if word.lower_ in PAIRED or word.tag_ == "UH" or (word.dep_ != "neg" and word.lower_ not in NEVER):
        return False
    after = word.i + 1
    return after == len(word.doc) or word.doc[after].lower_ not in NOT_ONLY


def _is_almost(verb: Token) -> bool:
    """*Almost killed*, *all but killed*: what almost happened did not, so these negate."""
    if not is_verb(verb) or verb.i < 2:
        return False
    before = verb.doc[verb.i - 1]
    almost = before.lower_ in ALMOST and before.head == verb
    return almost or (before.lower_ == "but" and verb.doc[verb.i - 2].lower_ == "all")


def _is_not_so(complement: Token) -> bool:
    """*Found not guilty*: the negation of an adjective that says what becomes of the subject."""
    return complement.dep_ in {"acomp", "oprd"} and any(c.dep_ == "neg" for c in complement.children)


def _is_none(noun: Token) -> bool:
    """*Nobody*, *no ship*, *neither side* as a subject or an object, or as what there is."""
    there_is = noun.dep_ == "attr" and child(noun.head, "expl") is not None
    if noun.dep_ not in {"nsubj", "nsubjpass", "dobj"} and not there_is:
        return False
    none = (c for c in children(noun, "det", "preconj") if c.tag_ != "UH")  # oh no, a storm
    return noun.lower_ in NOBODY or any(c.lower_ in {"no", "neither"} for c in none)
