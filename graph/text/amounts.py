"""Amounts in the tree: which tokens of a noun phrase say one, and how many a counted noun is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text import lexicon, phrases, quantities
from graph.text.memory import remembered
from graph.text.quantities import Quantity
from graph.text.tree import TIME, children

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

LABELS = frozenset("MONEY PERCENT CARDINAL QUANTITY".split())
NOUN_LABELS = frozenset(("MONEY", "PERCENT"))  # whose noun alone is an amount, if no number can be read
PLACES = frozenset(("GPE", "NORP"))
PLURALS = frozenset(("NNS", "NNPS"))
AGO = frozenset("ago earlier later before after".split())
JOINTS = frozenset("- – / ± to or".split())
"""What joins a number to another, so that neither of them alone is said: *10–15*, *9/11*, *five or six*."""


def is_number(head: Token) -> bool:
    """True for a figure or a sum by the model's label: what is a literal even if no number can be read."""
    return head.ent_type_ in LABELS and (head.tag_ in {"CD", "$"} or head.ent_type_ in NOUN_LABELS)


@remembered
def find(head: Token) -> tuple[Quantity, int, int] | None:
    """Return the amount that the phrase of `head` is, and its token span, or None.

    What follows the head is taken in where it belongs to the unit (*165 kilometres an hour*). A phrase that
    goes on with *of* is none: *40 tonnes of wheat* are wheat. A bare number needs the model's label.
    """
    if not _may_be_amount(head):
        return None
    start, end = phrases.bounds(head, bare=True)
    if end - start > quantities.LONGEST or _is_between(head):
        return None
    for stop in (*_tails(head.doc, end), end):
        if stop == end and _is_rate(head.doc, end):
            return None
        if _goes_on(head, stop) or _is_joined(head.doc, start, stop):
            continue
        said = head.doc.text_of(start, stop)
        found = quantities.read(said, head.ent_type_, _countries(head.doc, start))
        if found is not None and (found.datatype in quantities.OWN or is_number(head)):
            return found, start, stop
    return None


def _may_be_amount(head: Token) -> bool:
    """True if it is worth a look: most phrases have no number, and reading each would cost time."""
    return head.ent_type_ in LABELS or _has_figure(head) or any(map(_has_figure, head.lefts))


def _tails(doc: Doc, end: int) -> Iterator[int]:
    """Give where an amount that seems to end at `end` may end, the longest first."""
    for size in (2, 1):
        words = doc[end : min(end + size, len(doc))]
        if len(words) == size and " ".join(token.lower_ for token in words) in quantities.tails():
            yield end + size


def _is_rate(doc: Doc, end: int) -> bool:
    """*Five dollars an hour*, which no datatype holds, but not *five dollars an hour ago*."""
    per, after = lexicon.words("units", "per"), doc.text_of(end + 2, end + 3).lower()
    is_tail = any(stop == end + 2 for stop in _tails(doc, end))
    return is_tail and doc[end].lower_ in per and after not in AGO


def _goes_on(head: Token, stop: int) -> bool:
    """True if something after the phrase says more of it: *5 percent of voters*."""
    doc = head.doc
    return any(c.dep_ == "prep" and c.i >= stop for c in head.rights) or (
        stop > head.i + 1 and stop < len(doc) and doc[stop].lower_ == "of"
    )


def _is_joined(doc: Doc, start: int, end: int) -> bool:
    """True if the phrase is one end of a range, or a part of a figure that is no amount."""
    before = doc[start - 2 : start] if start > 1 else ()
    after = doc[end : min(end + 2, len(doc))]
    return any(
        len(two) == 2 and two[joint].lower_ in JOINTS and _has_figure(two[number])
        for two, joint, number in ((before, 1, 0), (after, 0, 1))
    )


def _is_between(head: Token) -> bool:
    """*Between 10 and 15*: neither of the two."""
    first = head.head if head.dep_ == "conj" else head
    return first.head.lower_ == "between"


def _has_figure(token: Token) -> bool:
    return token.tag_ == "CD" or token.text[:1].isdigit()


def _countries(doc: Doc, start: int) -> Iterator[str]:
    """Give the labels of the countries that the sentence names before a token."""
    at = doc[start].sent.start
    while at < start:
        token, end = doc[at], at + 1
        while end < start and token.ent_type_ in PLACES and doc[end].ent_iob_ == "I":
            end += 1
        country = _country(doc.text_of(at, end)) if token.ent_type_ in PLACES else None
        if country is not None:
            yield country
        at = end


def _country(name: str) -> str | None:
    place = lexicon.known().get(name)
    return place.label if place is not None and place.kind == "country" else lexicon.country_of(name)


def _counts_nothing(noun: Token) -> bool:
    none = any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in noun.lefts)
    return none or noun.ent_type_ in TIME or noun.lower_ in lexicon.words("units", "fractions")


def count(noun: Token) -> tuple[int, int, int] | None:
    """Return how many a counted noun is, and the token span that says so: *at least nine people*.

    None where no single whole number counts it, for what is measured (*24 hours*, *40 tonnes of wheat*) or
    a part (*two thirds of them*), and for none at all (*no two people*).
    """
    numbers = [c for c in children(noun, "nummod") if c.i < noun.i]
    number = numbers[0] if len(numbers) == 1 else noun
    if number.ent_type_ != "CARDINAL" or _counts_nothing(noun):
        return None
    start, end = number.left_edge.i, number.right_edge.i + 1
    if end - start > quantities.LONGEST or end > noun.i or _is_joined(noun.doc, start, end):
        return None
    many = quantities.whole(noun.doc.text_of(start, end))
    plain = many is not None and (noun.tag_ in PLURALS or (noun.tag_ == "NN" and many == 1))
    measured = quantities.read(f"{many} {noun.lower_}", "QUANTITY") is not None
    return (many, start, end) if plain and many is not None and not measured else None
