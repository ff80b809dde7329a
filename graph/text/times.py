"""When: the time expression of a clause, found in the parse. What days it means is in `days.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text.phrases import TIME
from graph.text.tree import children, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token


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
