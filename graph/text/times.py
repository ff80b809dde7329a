"""When: the time expression of a clause, found in the parse. What days it means is in `days.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import Modality
from graph.text import lexicon
from graph.text.phrases import TIME
from graph.text.tree import children, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

TO_COME = frozenset((Modality.PLANNED, Modality.INTENDED, Modality.REQUESTED))
OPEN = frozenset((Modality.POSSIBLE, Modality.CONDITIONAL, Modality.HYPOTHETICAL))
PRESENT = frozenset(("VBZ", "VBP"))


def expression(verb: Token) -> Token | None:
    """Return the head of the time expression of a clause, or None.

    Looked for on the verb, then on its object's prepositions (where parsers often hang it), then on
    a verb that plans or begins it, but never on one that reports or has decided it.
    """
    for word in (verb, *children(verb, "dobj", "prt", "acomp", "attr")):
        found = _on(word, bare=word == verb)
        if found is not None:
            return found
    if verb.dep_ == "xcomp" and is_verb(verb.head):
        found = expression(verb.head)
        decided = found is not None and found.i < verb.i and _is_past(verb.head)
        return None if decided else found  # decided on Monday to leave: the leaving is later
    return None


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in children(verb, "aux", "auxpass"))


def _on(word: Token, *, bare: bool) -> Token | None:
    for c in word.children:
        if c.dep_ in {"npadvmod", "advmod"} and c.ent_type_ in TIME and bare:
            return c
        if c.dep_ == "prep":
            for pobj in children(c, "pobj"):
                if pobj.ent_type_ in TIME:
                    return pobj
                found = _on(pobj, bare=False) if bare else None  # in a call in late December
                if found is not None:
                    return found
    return None


def bounds(head: Token) -> tuple[int, int]:
    """Return the token span [start, end) of a time expression, from its head."""
    start, end = head.i, head.i + 1
    doc = head.doc
    while start > 0 and doc[start - 1].ent_type_ in TIME and doc[start].ent_iob_ != "B":
        start -= 1
    while end < len(doc) and doc[end].ent_type_ in TIME and doc[end].ent_iob_ == "I":
        end += 1
    return start, end


def is_to_come(verb: Token, modality: Modality) -> bool | None:
    """True if what a clause says is to come, False if it has been, None if its tense does not tell.

    *The talks begin on Monday* is of the Monday to come, but below a photograph *he speaks on Monday* is
    of the one before.
    """
    if modality in TO_COME or lexicon.effects("verbs").get(verb.lemma_) == "planned":
        return True  # also: is scheduled for Tuesday
    auxiliaries = children(verb, "aux", "auxpass")
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in auxiliaries)
    if modality in OPEN:
        return False if perfect else None if _is_past(verb) else True
    present = not perfect and any(word.tag_ in PRESENT for word in (verb, *auxiliaries))
    return None if present else False
