"""When: the time expression of a clause, found in the parse. What days it means is in `days.py`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.model import Modality
from graph.text import days, lexicon
from graph.text.tree import SUBJECTS, TIME, children, having, is_verb, lemma, sentence

if TYPE_CHECKING:
    from graph.text.tokens import Token

TO_COME = frozenset((Modality.PLANNED, Modality.INTENDED, Modality.REQUESTED))
OPEN = frozenset((Modality.POSSIBLE, Modality.CONDITIONAL, Modality.HYPOTHETICAL))
PRESENT = frozenset(("VBZ", "VBP"))
AT_ONCE = frozenset(("asserted", "negative"))  # managed on Monday to leave: it left on Monday
TIMES = "newsgraph.times"  # where they stand, kept with the document
FAR = 8  # verbs that a time is looked for above its own
WIDE = 100  # words on one: no verb that is a verb has more, and each below it would go through them all
ADVERBS = frozenset(("npadvmod", "advmod", "tmod"))
MODIFIERS = frozenset(("poss", "nmod", "compound", "nummod", "amod", "npadvmod"))
BEFORE_EVENT = frozenset("since after before until till during following".split())
AT_EVENT = frozenset(("in", "at"))  # voted in a 2016 referendum
JOINED = frozenset("and or to until till through".split())


def expression(verb: Token) -> Token | None:
    """Return the head of the time expression of a clause, or None.

    Looked for on the verb, then on its object's prepositions (where parsers often hang it), then on the
    event that it takes part in, then on a verb that plans or begins it or shares a fronted day with it,
    but never on one that reports or has decided it.
    """
    if not _has_time(verb):
        return None
    own = _own(verb)
    if own is not None:
        return own
    if verb.dep_ == "xcomp":
        return _lent(verb)
    if verb.dep_ == "conj" and verb.head.tag_ == verb.tag_:
        return _fronted(verb.head)
    return None


def _has_time(verb: Token) -> bool:
    """True if a time stands anywhere in the sentence: most have none, and need not be looked through."""
    doc = verb.doc
    known: list[int] | None = doc.kept.get(TIMES)
    if known is None:
        found = (*having(doc, "ENT_TYPE", TIME), *having(doc, "LOWER", days.ADVERBS))
        known = doc.kept[TIMES] = sorted(token.i for token in found)
    start, end = sentence(verb)
    return bisect_left(known, start) < bisect_left(known, end)


def _own(verb: Token) -> Token | None:
    for word in (verb, *children(verb, "dobj", "prt", "acomp", "attr")):
        found = _first_dated([c for c in _on(word, bare=word == verb) if not _is_of_governor(c, verb)])
        if found is not None:
            return found
    below = ((c, said) for said in children(verb, "ccomp") for c in _on(said, bare=True))
    return next((c for c, said in below if _is_of_governor(c, said)), None) or _of_event(verb)


def _of_event(verb: Token) -> Token | None:
    """*Attended next week's summit*, *Friday's blast killed ten*: the verb happens when the event does."""
    events = lexicon.table("times")["at_event"]
    taking_part = (obj for obj in children(verb, "dobj") if lemma(verb) in events["object"])
    happening = (subj for subj in children(verb, "nsubj") if lemma(verb) in events["subject"])
    return next((d for noun in (*taking_part, *happening) for d in _dates_of(noun)), None)


def _lent(verb: Token) -> Token | None:
    """The time of a governing verb, but for what was decided on Monday: the leaving is later."""
    governed, later = verb, False
    for _ in range(FAR):
        if governed.dep_ != "xcomp" or not is_verb(governed.head) or _is_wide(governed.head):
            return None
        governed = governed.head
        effect = lexicon.effects("verbs").get(lemma(governed))
        later = later or (_is_past(governed) and effect not in AT_ONCE)
        found = _own(governed)
        if found is not None:
            return None if later and found.i < verb.i else found
    return None


def _fronted(verb: Token) -> Token | None:
    """*On Monday, X came and met Y*: what stands before all of it holds for all of it."""
    for _ in range(FAR):
        if verb.dep_ != "conj" or not is_verb(verb.head):
            break
        verb = verb.head
    found = _own(verb) if is_verb(verb) and not _is_wide(verb) else None
    return found if found is not None and found.i < _begin(verb) else None


def _is_wide(verb: Token) -> bool:
    return verb.n_lefts + verb.n_rights > WIDE


def _begin(verb: Token) -> int:
    """Return where the core of a clause begins: at its subject, or at the verb."""
    return min((c.i for c in children(verb, *SUBJECTS)), default=verb.i)


def _is_of_governor(head: Token, verb: Token) -> bool:
    """*Officials said Monday the mayor would come*: the day before the clause is that of the saying."""
    near = verb.head.i < head.i < verb.head.i + WIDE
    if verb.dep_ != "ccomp" or _is_wide(verb) or not near or head.i > _begin(verb):
        return False
    joined = head.doc[verb.head.i + 1 : head.i]
    return not any(t.dep_ == "mark" or t.is_punct for t in joined)


def _first_dated(found: list[Token]) -> Token | None:
    """Return the first that names days, before one that tells an hour or how long it took.

    One that hangs right on the verb comes before that of another event (*after a storm in 2015*).
    """
    if len(found) < 2:
        return found[0] if found else None
    dated = [c for c in found if days.is_dated(c.doc.text_of(*bounds(c)))]
    return next((c for c in dated if not _is_inside(c)), (*dated, *found)[0])


def _is_inside(date: Token) -> bool:
    """True for the day of a noun that a preposition joins to the verb."""
    noun = date.head.head if date.dep_ == "pobj" else date.head
    return noun.dep_ == "pobj" and noun.ent_type_ not in TIME


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in children(verb, "aux", "auxpass"))


def _on(word: Token, *, bare: bool) -> Iterator[Token]:
    """Give the times that hang on a word, but for those of its source (*according to police on Friday*)."""
    told = -1  # where the phrase that names the source ends
    for c in word.children:
        if c.lower_ == "according" or (told >= 0 and c.left_edge.i == told and not c.is_punct):
            told = c.right_edge.i + 1
            continue
        if bare and c.dep_ in ADVERBS and (c.ent_type_ in TIME or c.lower_ in days.ADVERBS):
            yield c
        if c.dep_ == "prep" and not (
            word.lower_ == "time" and c.lower_ == "since"
        ):  # the first time since May
            for pobj in (pobj for prep in (c, *children(c, "prep")) for pobj in children(prep, "pobj")):
                yield from _below(pobj, bare=bare)  # also: as of Monday


def _below(pobj: Token, *, bare: bool) -> Iterator[Token]:
    """Give the times of a preposition's object; one that is no time may be an event or hold another."""
    if pobj.ent_type_ in TIME:
        if pobj.lemma_ != "age":  # between the ages of 17 and 29
            yield pobj
        return
    if bare and pobj.head.lower_ in BEFORE_EVENT | AT_EVENT:
        yield from _dates_of(pobj)
    if bare:
        yield from _on(pobj, bare=False)  # in a call in late December


def of_event(noun: Token) -> Token | None:
    """Return the head of the day in an event's phrase (*Friday's attack*, *an attack on Friday*), or None."""
    own = next(_dates_of(noun), None)
    return own if own is not None else next((c for c in _on(noun, bare=False) if c.ent_type_ in TIME), None)


def _dates_of(noun: Token) -> Iterator[Token]:
    """*Next week's summit*, *her February 2022 invasion*: when the event that a noun names takes place.

    Its days only, not its length or age (*the 25-year-old building*).
    """
    if noun.ent_type_ not in TIME:
        dates = (c for c in noun.children if c.dep_ in MODIFIERS and c.ent_type_ == "DATE" and c.i < noun.i)
        dates = (c for c in dates if c.dep_ != "nummod" or noun.tag_ != "NNS")  # 1885 shocks: so many
        yield from (c for c in dates if days.is_dated(c.doc.text_of(*_named(c))))


def bounds(head: Token, *, alone: bool = False) -> tuple[int, int]:
    """Return the token span [start, end) of a time expression, from its head; `alone` is without its event.

    Two that hang together are one (*Saturday* and *morning*). That of an event after a preposition is the
    whole phrase (*since her February 2022 invasion*): the preposition tells what the day means.
    """
    event = head.head
    if not alone and head.dep_ in MODIFIERS and event.dep_ == "pobj" and event.head.lower_ in BEFORE_EVENT:
        return event.head.i, event.i + 1
    start, end = _named(head)
    other = _joined(head, end)
    return start, other if other is not None else end


def _named(head: Token) -> tuple[int, int]:
    start, end = head.i, head.i + 1
    doc = head.doc
    while start > 0 and doc[start - 1].ent_type_ in TIME and _is_one(doc[start - 1], doc[start]):
        start -= 1
    while end < len(doc) and doc[end].ent_type_ in TIME and doc[end].ent_iob_ == "I":
        end += 1
    return start, end - 1 if doc[end - 1].tag_ == "POS" and end > head.i + 1 else end


def _joined(head: Token, end: int) -> int | None:
    """*From 2007 until 2011*, *on Monday or late Tuesday*: where a second time that belongs to it ends."""
    doc = head.doc
    if end + 1 >= len(doc) or doc[end].lower_ not in JOINED or head.dep_ not in {"pobj", "npadvmod"}:
        return None
    link = doc[end + 1] if doc[end + 1].lower_ == "to" else doc[end]  # through to
    others = [*children(head, "conj"), *children(link, "pobj")]
    spans = (_named(other) for other in others if other.ent_type_ in TIME)
    return next((last for first, last in spans if first == link.i + 1), None)


def _is_one(before: Token, after: Token) -> bool:
    """True if two neighbouring tokens of times are of one expression, by the model's names or the parse."""
    return after.ent_iob_ != "B" or (before.head == after and before.dep_ in MODIFIERS)


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
