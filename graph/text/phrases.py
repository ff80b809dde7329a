"""Noun phrases: where they begin and end, and what a concept made of one is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.control import gerund_governor
from graph.text.memory import remembered
from graph.text.subjects import governing_noun
from graph.text.tree import NAMES, SUBJECTS, TIME, child, children, conjuncts, infinitive, left_out, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

NOT_LEFT = frozenset(
    "relcl advcl appos parataxis cc preconj conj punct nsubj nsubjpass mark aux cop neg dep".split()
)
NOT_IN_LABEL = frozenset(
    "the a an this that these those any some his her its their my our your such each every another no".split()
)
QUOTES = frozenset("\"“”'‘’```''")
UNNAMED = TIME | {"MONEY", "PERCENT", "CARDINAL", "QUANTITY", "ORDINAL"}
PREFIXED = 2  # tokens of a prefix with its hyphen
LONGEST = 18  # words; a longer phrase is no name for a node


@remembered
def bounds(head: Token, *, bare: bool = False) -> tuple[int, int]:
    """Return the token span [start, end) of the noun phrase of `head`.

    With its modifiers and its prepositional phrases, without relative clauses, appositions and
    coordinated phrases; `bare` leaves out what follows the head.
    """
    start = _left(head)
    end = _numbered(head)
    if bare:
        return start, end
    asked = asked_by_verb(head)
    for prep in children(head, "prep"):
        stop = _prep_end(prep)
        if prep == asked:
            break
        if stop is not None and stop - start > LONGEST and prep.lower_ == "of":
            stop = _short_end(prep)
        if prep.i < head.i or stop is None or stop - start > LONGEST or prep.i > end + 1:
            continue
        end = stop
    infinitive = _infinitive(head)
    if (
        infinitive is not None
        and end <= infinitive.left_edge.i
        and _clause_end(infinitive) - start <= LONGEST
    ):
        end = _clause_end(infinitive)
    return start, end


def _numbered(head: Token) -> int:
    """*Flight 610*, *a magnitude 5.2*: a head ends with the number right behind it that says which."""
    after = head.i + 1
    numbered = after < len(head.doc) and head.doc[after].tag_ == "CD" and head.doc[after].head == head
    return after + 1 if numbered and head.doc[after].dep_ == "nummod" else after


def asked_by_verb(noun: Token) -> Token | None:
    """*Blame the attack on Vale*: the preposition the verb asks for, if the parse hangs it on its object.

    The last of two (*accuse members of the council of theft*); one *of* someone is the noun's own.
    """
    verb = noun.head
    if noun.dep_ not in {"dobj", "nsubjpass"}:
        return None
    frame = lexicon.table("relations")["object_frames"].get(lemma(verb), ())
    found = [prep for prep in children(noun, "prep") if prep.lower_ in frame and prep.i > verb.i]
    if not found or any(prep.lower_ in frame for prep in children(verb, "prep")):
        return None
    named_by = child(found[-1], "pobj")
    own = len(found) == 1 and found[0].lower_ == "of" and named_by is not None and named_by.ent_type_
    return None if own else found[-1]


def _left(head: Token) -> int:
    start = head.i
    for token in reversed(list(head.lefts)):
        if token.dep_ in NOT_LEFT:
            if (
                token.dep_ in {"punct", "dep"} and token.text in {"-", "$", "£", "€", "%"}
            ) or token.text in QUOTES:
                continue
            break
        start = min(start, token.left_edge.i)
    while start >= PREFIXED and head.doc[start - 1].text == "-" and not head.doc[start - 1].whitespace_:
        if head.doc[start - PREFIXED].whitespace_ or head.doc[start - PREFIXED].is_punct:
            break
        start -= PREFIXED  # co-inventor: no phrase begins within a word
    return start


def _prep_end(prep: Token) -> int | None:
    """Return where a prepositional phrase ends, or None if it is no part of a name (a date, a clause)."""
    gerund = next((c for c in children(prep, "pcomp") if c.tag_ == "VBG"), None)
    if gerund is not None:
        return _clause_end(gerund) if gerund_governor(gerund) == prep.head else None
    pobj = next(iter(children(prep, "pobj")), None)
    inner = child(prep, "prep")
    if pobj is None and inner is not None:
        return _prep_end(inner)  # plans to pull out of Oslo
    if pobj is None or pobj.ent_type_ in TIME or (pobj.tag_ == "DT" and child(pobj, "relcl") is not None):
        return None  # the pain of those who lost a son
    members = conjuncts(pobj)
    return max(bounds(member)[1] for member in members)


def _short_end(prep: Token) -> int | None:
    """*A result of the loss of ...*: where the first noun after *of* ends, without what is said of it."""
    pobj = child(prep, "pobj")
    return pobj.i + 1 if pobj is not None else None


def _infinitive(head: Token) -> Token | None:
    """*Any effort to propose a ceasefire*: the infinitive that says which effort."""
    own = [c for c in children(head, "acl", "relcl") if infinitive(c) and child(c, *SUBJECTS) is None]
    elsewhere = [c for c in children(head.head, "advcl") if governing_noun(c) == head]
    return next(iter((*own, *elsewhere)), None)


def _clause_end(verb: Token) -> int:
    """Return where the core of a clause ends: after its object, or after the verb and its particle."""
    objects = children(verb, "dobj", "attr", "acomp", "oprd")
    if objects:
        return bounds(objects[0])[1]
    inner = next((prep for prep in children(verb, "prep") if prep.i == verb.i + 1), None)
    stop = _prep_end(inner) if inner is not None else None
    if stop is not None:
        return stop
    return max(t.i for t in (verb, *children(verb, "prt"))) + 1


def named(head: Token) -> Token:
    """Return the name that stands in apposition to a common noun, or the noun itself.

    *The freighter Astrid*, *the engineer, Duncan Abara*; and the other way round, where the noun is one
    that names carry: *Duncan Abara, an engineer who ...*, but not *Duncan Abara's trip, a move that ...*.
    """
    same = _same_person(head)
    if same is not None:
        return same
    if head.tag_ != "NN":
        return head
    names = (
        c
        for c in children(head, "appos")
        if c.tag_ in NAMES and c.ent_type_ not in UNNAMED and not left_out(c) and child(c, *SUBJECTS) is None
    )
    below = next(names, None)
    if below is not None:
        return below
    above = head.head
    if head.dep_ == "appos" and above.tag_ in NAMES and above.ent_type_ not in UNNAMED:
        kind = head.lemma_.lower()
        if kind in lexicon.words("relations", "kinds") or kind in lexicon.words("offices", "offices"):
            return above
    return head


def _after_place(noun: Token) -> Token | None:
    """*Chief Executive of Kestria Astrid Vale*: the name behind that of the place, which a parser joins."""
    office = noun.tag_ in NAMES or noun.lemma_.lower() in lexicon.words("offices", "offices")
    for prep in children(noun, "prep") if office else ():
        for inner in children(prep, "pobj") if prep.lower_ in {"of", "from", "for"} else ():
            places = (c for c in children(inner, "compound", "nmod") if c.ent_type_ in {"GPE", "ORG", "LOC"})
            if inner.ent_type_ == "PERSON" and any(True for _ in places):
                return inner
    return None


def _same_person(noun: Token) -> Token | None:
    """*Filmmaker and journalist Astrid Vale*: the name, if the first noun is no one else (*a filmmaker*)."""
    below = _after_place(noun)
    if below is not None:
        return below
    name = next((c for c in children(noun, "conj") if c.ent_type_ == "PERSON"), None)
    if name is None or child(noun, "det", "poss") is not None or not lexicon.is_person(noun.lemma_):
        return None
    titles = children(name, "compound", "nmod")
    titled = any(
        c.tag_ == "NN" or c.lower_ in lexicon.words("offices", "offices") for c in titles if not c.ent_type_
    )
    return name if titled else None


def label(doc: Doc, start: int, end: int) -> str:
    """Return the words of a span as the label of a concept: no determiner, no quotes, plain spaces."""
    while start < end - 1 and (
        (doc[start].lower_ in NOT_IN_LABEL and doc[start].whitespace_) or doc[start].text in QUOTES
    ):
        start += 1
    words = (t.whitespace_ if t.text in QUOTES else t.text_with_ws for t in doc[start:end])
    return " ".join("".join(words).split()).strip(" ,;:")


def is_common(head: Token) -> bool:
    """True for a common noun, and for an office that is written like a name (*President Vale*)."""
    title = head.dep_ == "compound" and head.lower_ in lexicon.words("offices", "offices")
    return head.tag_ in {"NN", "NNS"} or (title and head.tag_ in NAMES and not head.ent_type_)


def is_general(doc: Doc, start: int, head: Token) -> bool:
    """True if the phrase names a kind of thing (*Western sanctions*), not one thing of this article."""
    first = doc[start]
    determined = any(
        t.dep_ in {"det", "poss"} or t.tag_ in {"PRP$", "WP$", "CD"} for t in doc[start : head.i]
    )
    return first.tag_ not in {"DT", "PRP$"} and not determined and is_common(head)
