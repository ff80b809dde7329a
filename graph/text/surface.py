"""The words of a part of a parse as the article writes them: phrases, clauses, and how they are joined.

Unlike `phrases`, which wants short names for nodes, these keep all that belongs to an argument. Every
text made here holds words of the article in their order; where something is left out stands one space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from enum import Enum
from typing import TYPE_CHECKING

from graph.text.tree import ACTORS, NAMES, PLACES, child, children, conjuncts, is_verb

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

MANY = 6  # members of a list that are told one by one; a longer list is one argument
LONGEST = 200  # words of an argument; more is a broken parse, and bounds the cost of nested clauses
LONGEST_WORD = 8  # tokens written without a space between them that are one word (*Anti-Monitor*)
APART = frozenset(("relcl", "advcl", "appos", "parataxis", "ccomp", "dep", "punct"))
COORDINATION = frozenset(("cc", "conj", "preconj"))
INTRODUCING = frozenset(("mark", "advmod"))
INTRODUCING_TAGS = frozenset(("WRB", "IN"))
LINKING = frozenset(("prep", "agent", "dative", "pcomp"))
# Prepositional phrases that link sentences, of which nobody did anything.
CONNECTIVES = frozenset(
    tuple(words.split())
    for words in (
        "for example", "for instance", "in fact", "of course", "in addition", "on contrary", "by far",
        "in particular", "in order", "in general", "in turn", "on hand", "at least", "at all", "for sure",
        "in contrast",
    )
)  # fmt: skip
BOTH = frozenset(("between", "among", "amongst"))
FOLLOWING = frozenset(("prep", "acl", "advcl"))
PARTICIPLES = frozenset(("VBG", "VBN", "VBD"))
ENDS_WORD = frozenset(", ; : ) ] } \" ' ” ’ ''".split())
STARTS_WORD = frozenset(", ; : ( [ \" ' “ ‘ ` ``".split())
CONTRACTED = re.compile(r"['’]\w|n['’]t$", re.IGNORECASE)
MARKS = {"(": ")", "[": "]", "``": "''", "“": "”", "‘": "’"}  # what opens, and what closes it
OPENING = {closing: opening for opening, closing in MARKS.items()}
EDGES = " ,;"


class Extent(Enum):
    """How much of what follows the head of a phrase belongs to it."""

    ALL = "with all that hangs on it, clauses and appositions too"
    WHOLE = "with its prepositional phrases"
    OF = "with the phrases that its name needs, such as those after *of*"
    BARE = "nothing that follows the head"


def phrase(
    head: Token,
    extent: Extent = Extent.WHOLE,
    *,
    coordinated: bool = False,
    without: Collection[int] = (),
) -> list[Token]:
    """Return the words of the phrase of `head`, the head first; clauses and appositions only with `ALL`.

    `coordinated` keeps the other members of its list, `without` leaves out the tokens of these indices.
    """

    def belongs(word: Token) -> bool:
        is_apart = word.dep_ in APART and extent is not Extent.ALL and not _is_name_of(word)
        if word.i in without or is_apart:
            return False
        return word.head != head or _is_part(word, head, extent, coordinated=coordinated)

    return _grown(head, belongs)


def _is_part(word: Token, head: Token, extent: Extent, *, coordinated: bool) -> bool:
    """Tell if a direct child of the head is part of its phrase."""
    if word.dep_ in COORDINATION:
        return coordinated
    if word.dep_ == "case":
        return False  # Hale's plan to sell: Hale
    if word.i < head.i:
        return word.dep_ not in INTRODUCING or word.tag_ not in INTRODUCING_TAGS
    if _links(word) or (word.dep_ == "advmod" and word.tag_ == "RB" and head.tag_ in NAMES):
        return False  # Hale for instance still
    if extent is Extent.ALL:
        return True
    if word.dep_ == "acl" and word.tag_ in PARTICIPLES:
        return coordinated  # the participle is a statement of its own
    is_close = extent is Extent.OF and word.dep_ == "prep" and _is_close(word, head)
    return word.dep_ not in FOLLOWING or extent is Extent.WHOLE or is_close


def _links(preposition: Token) -> bool:
    """*Hale, for instance, sold it*: True for a phrase that links sentences."""
    noun = child(preposition, "pobj")
    return noun is not None and (preposition.lower_, noun.lower_) in CONNECTIVES


def _is_close(preposition: Token, head: Token) -> bool:
    """*levels of lead*, *four out of five attempts*, *protection from rain*: half of what the head names."""
    is_of = preposition.lower_ == "of" and child(preposition, "pcomp") is None
    is_half = all(is_alone(word) and not word.ent_type_ for word in preposition.children)
    return is_of or is_half or head.tag_ == "CD"


def _is_name_of(word: Token) -> bool:
    """*The freighter Astrid*, *the Coast Guard (CG)*, *Oslo, Norway*: an apposition that is half a name."""
    if word.dep_ == "appos" and word.ent_type_ in PLACES and word.head.ent_type_ in PLACES:
        return True
    if word.dep_ != "appos" or word.tag_ not in NAMES:
        return False
    first, doc = word.left_edge.i, word.doc
    is_short = first == word.i and first == word.head.i + 2 and doc[first - 1].text == "(" and word.is_upper
    return first == word.head.i + 1 or is_short


def clause(verb: Token, *, without: Collection[int] = ()) -> list[Token]:
    """Return the words of a whole clause, without what coordinates it with others (*and ...*).

    A *that* belongs to it, for scorers and readers find it easier to leave out a word than to add one.
    """
    linking = {"punct"} if verb.dep_ == "ccomp" else {"punct", *COORDINATION}

    def belongs(word: Token) -> bool:
        if word.i in without:
            return False
        return word.head != verb or word.dep_ not in linking

    return _grown(verb, belongs)


def _grown(head: Token, belongs: Callable[[Token], bool]) -> list[Token]:
    """Return `head` and all below it that belongs, in order of distance; bounded by `LONGEST`."""
    found = [head]
    for token in found:  # grows while it is walked
        if len(found) > LONGEST:
            break
        found.extend(word for word in token.children if belongs(word))
    return found[:LONGEST]


def is_alone(head: Token) -> bool:
    """True for a word that has no phrase: nothing hangs on it but other members of its list."""
    return all(word.dep_ in APART or word.dep_ in COORDINATION for word in head.children)


def members(head: Token) -> list[Token]:
    """Return the members of a list, to be told one by one; only `head` where they are told as one."""
    found = conjuncts(head)
    return [head] if _is_one(head, found) else found


def _is_one(head: Token, listed: list[Token]) -> bool:
    """True for a list that is one argument: it is long, or both at once, or of things after a preposition.

    *Escaped with phones and cash* is hardly ever split by readers; names are (*met with Hale and Vale*).
    """
    if len(listed) > MANY or _is_both(head):
        return True
    return len(listed) > 1 and _ends_verb(head) and not all(map(is_named, listed))


def _is_both(head: Token) -> bool:
    """*between Oslo and Bergen*: both at once, no one of them."""
    return head.dep_ == "pobj" and head.head.lower_ in BOTH


def _ends_verb(head: Token) -> bool:
    """True for the object of a preposition of a verb that has no other object (*sailed out of ports*)."""
    if head.dep_ != "pobj":
        return False
    above = head.head
    while not is_verb(above) and (above.dep_ in LINKING or _is_half_preposition(above)):
        above = above.head
    return is_verb(above) and child(above, "dobj", "attr") is None


def _is_half_preposition(noun: Token) -> bool:
    """*in support of ships*: a bare noun that is half a preposition."""
    return noun.dep_ == "pobj" and noun.tag_ == "NN" and noun.n_lefts == 0 and not noun.ent_type_


def is_named(noun: Token) -> bool:
    """True for an actor or a noun named after one (*Oslo*, *Norwegian ships*)."""
    return any(word.ent_type_ in ACTORS for word in (noun, *children(noun, "amod", "compound")))


def argument(head: Token, extent: Extent = Extent.WHOLE, *, without: Collection[int] = ()) -> str:
    """Return the text of one of the `members`: its own phrase, or that of a list that is one argument."""
    is_list = head.dep_ != "conj" and _is_one(head, conjuncts(head))
    return text(phrase(head, extent, coordinated=is_list, without=without))


def text(tokens: Iterable[Token]) -> str:
    """Return the text of some tokens of one document in its order; empty for none."""
    given = {token.i: token for token in tokens}
    if not given:
        return ""
    doc = next(iter(given.values())).doc
    ids = sorted(_with_punctuation(doc, _with_whole_words(doc, set(given))))
    parts = []
    for i, after in zip(ids, [*ids[1:], -1], strict=True):
        is_joined = after == i + 1 and not doc[i].whitespace_
        parts.append(doc[i].text + ("" if is_joined else " "))
    return " ".join("".join(parts).split()).strip(EDGES)


def _with_whole_words(doc: Doc, kept: set[int]) -> set[int]:
    """Add what is written together with a kept token (*Cos.*, *Anti-Monitor*): half a word is no word."""
    found = set(kept)
    for i in kept:
        after = i + 1
        while after <= i + LONGEST_WORD and after not in found and _continues(doc, after):
            found.add(after)
            after += 1
        before = i - 1
        while before >= max(0, i - LONGEST_WORD) and before not in found and _precedes(doc, before):
            found.add(before)
            before -= 1
    return found


def _continues(doc: Doc, i: int) -> bool:
    """True if token `i` goes on with the word before it."""
    if i >= len(doc) or doc[i - 1].whitespace_ or doc[i].is_sent_start or CONTRACTED.match(doc[i].text):
        return False
    is_last = i + 1 == len(doc) or bool(doc[i + 1].is_sent_start) or doc[i + 1].text in ENDS_WORD
    return doc[i].tag_ != "POS" and doc[i].text not in ENDS_WORD and not (is_last and doc[i].text == ".")


def _precedes(doc: Doc, i: int) -> bool:
    """True if token `i` is the first part of a hyphenated word that goes on after it."""
    if doc[i].whitespace_ or doc[i].text in STARTS_WORD or doc[i + 1].is_sent_start:
        return False
    return "-" in {doc[i].text, doc[i + 1].text}


def _missing_marks(doc: Doc, first: int, last: int) -> set[int]:
    """Return the mark right before or after tokens `first` to `last` whose other half is among them."""
    before = doc[first - 1].text if first else ""
    after = doc[last + 1].text if last + 1 < len(doc) else ""
    if before not in MARKS and after not in OPENING:
        return set()  # looked at first, since the words between may be many
    inside = [doc[i].text for i in range(first, last + 1)]
    found = set()
    if before in MARKS and after != MARKS[before] and inside.count(MARKS[before]) > inside.count(before):
        found.add(first - 1)
    if after in OPENING and inside.count(OPENING[after]) > inside.count(after):
        found.add(last + 1)
    return found


def _is_mark(token: Token) -> bool:
    return token.is_punct or token.is_quote or token.text in {"``", "''"}


def _with_punctuation(doc: Doc, kept: set[int]) -> set[int]:
    """Add the punctuation between kept tokens, of which the parser makes no part of the phrase."""
    found = set(kept)
    for i in sorted(kept):
        end = i + 1
        while end < len(doc) and _is_mark(doc[end]) and end not in kept and end < i + LONGEST_WORD:
            end += 1
        if end in kept:
            found.update(range(i + 1, end))
    return found | _missing_marks(doc, min(found), max(found))
