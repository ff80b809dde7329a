"""Noun phrases: where they begin and end, and what a concept made of one is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text.tree import children, conjuncts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOT_LEFT = frozenset("relcl advcl appos parataxis cc preconj conj punct nsubj nsubjpass mark aux cop neg dep".split())
NOT_IN_LABEL = frozenset(
    "the a an this that these those any some his her its their my our your such each every another no".split()
)
QUOTES = frozenset("\"“”'‘’```''")
TIME = frozenset(("DATE", "TIME"))
LONGEST = 14  # words; a longer phrase is no name for a node


def bounds(head: Token, *, bare: bool = False) -> tuple[int, int]:
    """Return the token span [start, end) of the noun phrase of `head`.

    With its modifiers and its prepositional phrases, without relative clauses, appositions and
    coordinated phrases; `bare` leaves out what follows the head.
    """
    start = _left(head)
    end = head.i + 1
    if bare:
        return start, end
    for prep in children(head, "prep"):
        stop = _prep_end(prep)
        if prep.i < head.i or stop is None or stop - start > LONGEST or prep.i > end + 1:
            continue
        end = stop
    return start, end


def _left(head: Token) -> int:
    start = head.i
    for token in reversed(list(head.lefts)):
        if token.dep_ in NOT_LEFT:
            if token.dep_ == "punct" and token.text in {"-", "$", "£", "€", "%"} or token.text in QUOTES:
                continue
            break
        start = min(start, token.left_edge.i)
    return start


def _prep_end(prep: Token) -> int | None:
    """Return where a prepositional phrase ends, or None if it is no part of a name (a date, a clause)."""
    pobj = next(iter(children(prep, "pobj")), None)
    if pobj is None or pobj.ent_type_ in TIME:
        return None
    members = conjuncts(pobj)
    return max(bounds(member)[1] for member in members)


def label(doc: Doc, start: int, end: int) -> str:
    """Return the words of a span as the label of a concept: no determiner, no quotes, plain spaces."""
    tokens = [token for token in doc[start:end] if token.text not in QUOTES and not token.is_space]
    while len(tokens) > 1 and tokens[0].lower_ in NOT_IN_LABEL and tokens[0].whitespace_:
        tokens = tokens[1:]
    return " ".join("".join(token.text_with_ws for token in tokens).split()).strip(" ,;:")


def is_general(doc: Doc, start: int, head: Token) -> bool:
    """True if the phrase names a kind of thing (*Western sanctions*), not one thing of this article."""
    first = doc[start]
    determined = any(t.dep_ in {"det", "poss"} or t.tag_ in {"PRP$", "WP$", "CD"} for t in doc[start : head.i])
    return first.tag_ not in {"DT", "PRP$"} and not determined and head.tag_ in {"NNS", "NN"}
