"""Where a phrase hangs that could hang on several words before it: what those words ask for decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.borders import CUTS, OF_TWO, group_start, lacks_subject
from graph.text.tree import NAMES, RELATIVE, child, children, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

KEEPING = frozenset(
    "ban bar prevent stop prohibit block keep discourage deter dissuade restrain exclude hinder".split()
)  # someone from doing something
DEEPEST = 8  # steps up the tree; a longer chain is a broken parse


def kept_from(prep: Token) -> bool:
    """*Bans anyone wearing a mask from entering*: who is banned enters, not the mask."""
    above = prep.head
    if prep.lower_ != "from" or child(prep, "pcomp") is None or lemma(above) in KEEPING:
        return False
    word = above
    for _ in range(DEEPEST):
        if word.head == word:
            return False
        below, word = word, word.head
        if is_verb(word) and lemma(word) in KEEPING and below.dep_ in {"dobj", "nsubj"}:
            if word.i < below.i < prep.i:
                prep.hang(word, "prep")
                return True
            return False
    return False


def subject_of_told(pronoun: Token) -> bool:
    """*The camp which the army says is empty*: the pronoun is the subject of what is said."""
    verb = pronoun.head
    if pronoun.lower_ not in RELATIVE or pronoun.tag_ not in {"WDT", "WP"} or pronoun.i > verb.i:
        return False
    told = [c for c in children(verb, "ccomp") if c.i > verb.i and lacks_subject(c)]
    if not told or group_start(told[0]) != verb.i + 1:
        return False
    pronoun.hang(told[0], "nsubj")
    return True


def object_behind_comma(noun: Token) -> bool:
    """*Left Oslo, a port*: what a comma cuts off from an object is no second one."""
    verb, start = noun.head, noun.left_edge.i
    every = children(verb, "dobj")
    before = [obj for obj in every if verb.i < obj.i < noun.i]
    if len(every) > len(before) + 1 or len(before) > 1:
        return False  # a list
    if not is_verb(verb) or not before or noun.doc[start - 1].text not in CUTS or lemma(verb) in OF_TWO:
        return False
    if any(t.tag_ == "CC" and t.head == before[-1] for t in noun.doc[before[-1].i : start]):
        return False
    last = noun.doc[start - 2]
    kinds = lexicon.words("kinds", "place")
    same = last.ent_type_ != "GPE" or noun.lemma_ in kinds
    article = noun.doc[start].lower_ in {"a", "an"}
    if last.tag_ in NAMES and last.ent_type_ and article and same and last.dep_ in {"dobj", "pobj"}:
        noun.hang(last, "appos")
    else:
        noun.hang(verb, "dep")
    return True
