"""Who says so: the speaker of a reported clause, of a quotation, or of *according to*."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.modality import Stance
from graph.text.phrases import named
from graph.text.subjects import subjects
from graph.text.tree import children, having, is_passive, is_verb, lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OPENING = frozenset('“"«``')
CLOSING = frozenset("”\"»''")
MAKING = frozenset("have make repeat issue publish release voice renew reiterate give raise face".split())
SPEAKING = frozenset(("PERSON", "ORG", "GPE", "NORP"))
HEARING = frozenset(("hear", "learn"))  # who hears it has not said it
LONGEST_QUOTE = 400  # tokens; beyond it a quotation mark was left open


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quoted token spans of a document, in order, with the head of the speaker where one is known."""

    starts: Sequence[int]
    ends: Sequence[int]
    speakers: Sequence[Token | None]

    def around(self, token: Token) -> int | None:
        """Return the index of the quotation that `token` stands in, or None."""
        i = bisect_right(self.starts, token.i) - 1
        return i if i >= 0 and token.i < self.ends[i] else None


def speaker(verb: Token, stance: Stance, quotes: Quotes) -> Token | None:
    """Return the head of the noun phrase that names who says, claims or wants the clause, or None."""
    found = _speaker(verb, stance, quotes)
    return named(found) if found is not None else None


def _speaker(verb: Token, stance: Stance, quotes: Quotes) -> Token | None:
    if stance.source is not None:
        found = _subject_of(stance.source)
        if found is not None:
            return found
    according = _according_to(verb)
    if according is not None:
        return according
    i = quotes.around(verb)
    return quotes.speakers[i] if i is not None else None


def _subject_of(source: Token) -> Token | None:
    """Return whose word it is: the subject of a verb, the owner of a noun (*Moscow's claim*)."""
    if is_verb(source) and lemma(source) in HEARING:
        return None
    if source.lower_ == "guilty":  # who found it so or pleaded it; nobody where someone is guilty
        return _subject_of(source.head) if lemma(source.head) != "be" else None
    if is_verb(source) and is_passive(source):
        by = children(source, "agent")
        return next((pobj for agent in by for pobj in children(agent, "pobj")), None)
    if is_verb(source):
        found = subjects(source)
        return found[0].token if found else None
    owners = children(source, "poss") or [
        pobj
        for prep in children(source, "prep")
        if prep.lower_ in {"by", "from"}
        for pobj in children(prep, "pobj")
    ]
    if owners:
        return owners[0]
    # X made the claim that ...; X is unable to ...; but who angers, hears or studies a claim has not made it.
    made = source.dep_ != "dobj" or lemma(source.head) in MAKING
    if is_verb(source.head) and made and source.dep_ != "pobj":
        found = subjects(source.head)
        return found[0].token if found and found[0].token != source else None
    return None


def _according_to(verb: Token) -> Token | None:
    """*According to police*, on the clause or on one that governs it."""
    word = verb
    while True:
        for prep in children(word, "prep"):
            inner = children(prep, "prep") if prep.lower_ == "according" else []
            pobj = children(inner[0], "pobj") if inner else []
            if pobj:
                return pobj[0]
        if word.head == word or not is_verb(word.head):
            return None
        word = word.head


def quotations(doc: Doc) -> Quotes:
    """Find the quoted spans, and their speakers: who is said to say something in or beside the quotation.

    A quotation that runs over several sentences keeps the speaker of the sentence it begins or ends in.
    """
    starts: list[int] = []
    ends: list[int] = []
    opened: int | None = None
    for token in having(doc, "ORTH", OPENING | CLOSING | {"\n"}):
        too_far = opened is not None and token.i - opened > LONGEST_QUOTE
        if opened is not None and not too_far and token.text in CLOSING:
            starts.append(opened)
            ends.append(token.i + 1)
            opened = None
        elif token.text == "\n" or too_far or opened is None:
            opened = token.i if token.text in OPENING else None
    return Quotes(starts, ends, _speakers(doc, list(zip(starts, ends, strict=True))))


def _speakers(doc: Doc, spans: list[tuple[int, int]]) -> list[Token | None]:
    """Return who speaks each quotation; one that follows the last speaker's sentence at once is his too.

    *"The ships sank," Hale said. "Vale has died."*
    """
    found: list[Token | None] = []
    for i, (start, end) in enumerate(spans):
        who = _quote_speaker(doc, start, end)
        if who is None and i and doc[spans[i - 1][1] - 1].sent.end == start and doc[start - 1].text != "\n":
            who = found[-1]
        found.append(who)
    return found


def _quote_speaker(doc: Doc, start: int, end: int) -> Token | None:
    """Return who speaks: the subject of a speech verb outside the quotation in its first or last sentence."""
    speech = lexicon.words("verbs", "speech")
    first, last = doc[start].sent, doc[end - 1].sent
    after = doc[end].sent if end < len(doc) and doc[end].sent.start == end else None
    for sentence in (first, last, after):
        if sentence is None:
            continue
        for token in sentence:
            outside = not start <= token.i < end
            if outside and token.lemma_ in speech and is_verb(token):
                found = subjects(token)
                if found:
                    return found[0].token
    named = doc[start - 2] if start > 1 and doc[start - 1].text == ":" else None
    return named if named is not None and named.ent_type_ in SPEAKING else None  # Hale: "..."
