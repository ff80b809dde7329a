"""Whom a pronoun means that stands for a common noun; `coreference` finds those that stand for names.

*The commission said it was delaying the vote*: the speaker. *Officials closed the port. They fear a
storm*: the subject of the sentence before, if nothing else in it could be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.phrases import QUOTES, named
from graph.text.subjects import subjects
from graph.text.tree import SUBJECTS, child, children, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

FARTHEST = 4  # verbs from the pronoun up to the one of saying
TELLING = frozenset("claimed planned intended possible hypothetical denied".split())
SHARED = frozenset(("conj", "xcomp"))


def speaker_meant(pronoun: Token) -> Token | None:
    """Return the noun of the speaker that a pronoun stands for, or None if that is not safe to say."""
    agrees = AGREEING.get(pronoun.lower_)
    if agrees is None or pronoun.dep_ not in SUBJECTS:
        return None
    verb = pronoun.head
    for _ in range(FARTHEST):
        if verb.dep_ == "ccomp" and is_verb(verb.head):
            break
        if verb.dep_ not in SHARED or child(verb, *SUBJECTS) not in {None, pronoun}:
            return None
        verb = verb.head
    else:
        return None
    if lexicon.effects("verbs").get(lemma(verb.head)) not in TELLING:
        return None
    said_by = [named(found.token) for found in subjects(verb.head)]
    return said_by[0] if len(said_by) == 1 and agrees(said_by[0]) else None


def carried_on(pronoun: Token) -> Token | None:
    """Return the subject of the sentence before that the subject of this one carries on, or None.

    Only where one noun of that sentence agrees with the pronoun, and nobody is quoted in either.
    """
    agrees = AGREEING.get(pronoun.lower_)
    if agrees is None or pronoun.dep_ not in SUBJECTS:
        return None
    doc, sentence = pronoun.doc, pronoun.sent
    if pronoun.head != sentence.root or not sentence.start:
        return None
    before = doc[sentence.start - 1].sent
    found = children(before.root, *SUBJECTS)
    if len(found) != 1 or not agrees(found[0]) or children(found[0], "conj"):
        return None
    rivals = (t for t in before if t != found[0] and (agrees(t) or t.ent_type_ in RIVALS[pronoun.lower_]))
    quoted = any(t.text in QUOTES for t in doc[before.start : sentence.end])
    return found[0] if not quoted and next(rivals, None) is None else None


def _is_body(noun: Token) -> bool:
    common = noun.tag_ == "NN" and noun.lemma_.lower() in lexicon.words("kinds", "organization")
    return common or noun.ent_type_ == "ORG"


def _are_many(noun: Token) -> bool:
    return noun.tag_ == "NNS"


def _is_man(noun: Token) -> bool:
    return _is_person(noun, but="female")


def _is_woman(noun: Token) -> bool:
    return _is_person(noun, but="male")


def _is_person(noun: Token, *, but: str) -> bool:
    name = noun.lemma_.lower()
    other = any(name in lexicon.words(table, but) for table in ("kinds", "offices"))
    return noun.tag_ == "NN" and lexicon.is_person(name) and not other


AGREEING = {"it": _is_body, "they": _are_many, "he": _is_man, "she": _is_woman}
RIVALS = {
    "it": frozenset(("ORG", "GPE", "NORP", "PRODUCT", "EVENT", "FAC")),
    "they": frozenset(("NORP", "ORG")),
    "he": frozenset(("PERSON",)),
    "she": frozenset(("PERSON",)),
}
"""Kinds of names in the sentence before that a pronoun may mean as well."""
