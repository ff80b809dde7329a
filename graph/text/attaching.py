"""Where a phrase hangs that could hang on several words before it: what those words ask for decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.borders import CUTS, OF_TWO, group_start, is_tensed, lacks_subject
from graph.text.tree import (
    ACTORS,
    NAMES,
    NOUNS,
    RELATIVE,
    VERB_TAGS,
    child,
    children,
    is_passive,
    is_verb,
    lemma,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

KEEPING = frozenset(
    "ban bar prevent stop prohibit block keep discourage deter dissuade restrain exclude hinder".split()
)  # someone from doing something
NEAR = 4  # words from a verb to its object; a clause between them is longer
DEEPEST = 8  # steps up the tree; a longer chain is a broken parse


def kept_from(prep: Token) -> bool:
    """*Bans anyone wearing a mask from entering*: who is banned enters, not the mask."""
    above = prep.head
    if child(prep, "pcomp") is None or lemma(above) in KEEPING:
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


def object_behind_clause(noun: Token) -> bool:
    """*Fears the law is void, a tax on ports*: no object stands behind a clause with a tense."""
    verb, start = noun.head, noun.left_edge.i
    if start - verb.i < NEAR or not is_verb(verb) or lemma(verb) in OF_TWO:
        return False
    if not any(is_tensed(t) for t in noun.doc[verb.i + 1 : start] if t.tag_ in VERB_TAGS):
        return False
    noun.hang(verb, "dep")
    return True


def done_by(by: Token) -> bool:
    """*Was appointed to the court by Hale*: who did it, not whose court it is; *killed in a raid by Oslo*."""
    doer = child(by, "pobj") if by.head.tag_ in NOUNS else None
    if doer is None or not (doer.ent_type_ in ACTORS or lexicon.is_person(doer.lemma_.lower())):
        return False
    word = by.head
    for _ in range(DEEPEST):
        if is_verb(word) or word.head == word:
            break
        if word.tag_ in NOUNS and not _is_done_by_none(word):
            return False
        word = word.head
    if word.i > by.i or not is_verb(word) or not is_passive(word) or child(word, "agent") is not None:
        return False
    by.hang(word, "agent")
    return True


def _is_done_by_none(noun: Token) -> bool:
    """True for a name, a time, and for who and where one is: nobody makes these, as one makes an attack."""
    kind = noun.lemma_.lower()
    known = ("person", "organization", "place", "human")
    return (
        bool(noun.ent_type_)
        or noun.tag_ in NAMES
        or lexicon.is_person(kind)
        or any(kind in lexicon.words("kinds", one) for one in known)
    )


ASKED: Mapping[str, Callable[[Token], bool]] = {"by": done_by, "from": kept_from}


def preposition(prep: Token) -> bool:
    """Hang a preposition on the word that asks for it."""
    mender = ASKED.get(prep.lower_)
    return mender is not None and mender(prep)
