"""Who says so: the speaker of a reported clause, of a quotation, or of *according to*."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.acting import can_act
from graph.text.governing import CITING
from graph.text.modality import Stance
from graph.text.phrases import named
from graph.text.subjects import subjects
from graph.text.tree import (
    ACTORS,
    FINITE,
    child,
    children,
    conjuncts,
    having,
    is_passive,
    is_verb,
    lemma,
    sentence,
)
from graph.text.voices import Voice, voice_of, voices

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

OPENING = frozenset("“ « ``".split())
CLOSING = frozenset("” » ''".split())
STRAIGHT = '"'  # opens or closes, by the spaces about it
BRACKETS = frozenset("( [ {".split())
MAKING = frozenset("have make repeat issue publish release voice renew reiterate give raise".split())
HEARING = frozenset(("hear", "learn"))  # who hears it has not said it
ONLY_SAYING = frozenset(("say", "state", "add"))
FIRST_PERSON = frozenset("i we me us".split())
LONGEST_QUOTE = 400  # tokens; beyond it a quotation mark was left open


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quoted token spans of a document, in order, with the head of the speaker where one is known."""

    starts: Sequence[int]
    ends: Sequence[int]
    speakers: Sequence[Token | None]
    voices: Mapping[int, Voice] = field(default_factory=dict)

    def around(self, token: Token) -> int | None:
        """Return the index of the quotation that `token` stands in, or None."""
        i = bisect_right(self.starts, token.i) - 1
        return i if i >= 0 and token.i < self.ends[i] else None

    def speaker(self, token: Token) -> Token | None:
        """Return the head of the speaker of the quotation that `token` stands in, or None."""
        i = self.around(token)
        return self.speakers[i] if i is not None else None


def speaker(verb: Token, stance: Stance, quotes: Quotes) -> Token | None:
    """Return the head of the noun phrase that names who says, claims or wants the clause, or None."""
    found = _speaker(verb, stance, quotes)
    return named(_titled(found)) if found is not None else None


def _speaker(verb: Token, stance: Stance, quotes: Quotes) -> Token | None:
    """The innermost source speaks; *I* is whoever is quoted, and what there is proof of is said outside."""
    quoted = quotes.speaker(verb)
    for source in stance.sources:
        found = _subject_of(source)
        if found is not None and found.lower_ not in FIRST_PERSON:
            return found
        if found is not None and quoted is not None:
            return quoted
        if found is None and quoted is not None and quotes.around(source) is None:
            return None  # was charged with "rigging it": by whom is not told, whoever speaks besides
        if found is None and not _exists(source):
            break
    return quoted or voice_of(verb, quotes.voices)


def _exists(noun: Token) -> bool:
    """*There was proof that ...*: a claim that nobody is named for."""
    return noun.dep_ == "attr" and child(noun.head, "expl") is not None


def _titled(head: Token) -> Token:
    """*Actor and singer Anna Berg said*, *Trade and Ports Minister Hale said*: the name, not what it is."""
    named_last = conjuncts(head)[-1]
    if _shares_noun(head, named_last):
        return named_last
    if named_last == head or named_last.ent_type_ != "PERSON" or child(head, "det", "poss") is not None:
        return head
    title = children(named_last, "compound", "amod", "nmod")
    office = next((t for t in title if t.lower_ in lexicon.words("offices", "offices")), None)
    described = head.tag_ == "NN" and not head.ent_type_
    shared = office is not None and office.i > named_last.left_edge.i and head.ent_type_ != "PERSON"
    return named_last if described or shared else head


def _shares_noun(head: Token, last: Token) -> bool:
    """*Local security and humanitarian officials*: the officials, since no security says a thing."""
    described = head.tag_ == "NN" and not head.ent_type_ and child(head, "det", "poss") is None
    people = (
        last.tag_ == "NNS" and lexicon.is_person(last.lemma_) and child(last, "amod", "compound") is not None
    )
    return described and people and not lexicon.is_person(head.lemma_)


def _subject_of(source: Token) -> Token | None:
    """Return whose word it is: the subject of a verb, the owner of a noun (*Moscow's claim*)."""
    if source.lower_ == "guilty":  # who found it so or pleaded it; nobody where someone is guilty
        found = lemma(source.head) == "find" and child(source.head, "dobj", "ccomp", "nsubj") is None
        return _subject_of(source.head) if lemma(source.head) != "be" and not found else None
    return _who_says(source) if is_verb(source) else _whose(source)


def _who_says(verb: Token) -> Token | None:
    """The subject of a verb of saying, its agent, or whom it cites (*quoted Vale as saying*)."""
    name = lemma(verb)
    as_saying = verb.dep_ == "pcomp" and verb.head.lower_ == "as" and lemma(verb.head.head) in CITING
    citing = verb.head.head if as_saying else verb
    if name in HEARING:
        return None
    if as_saying or (name in CITING and child(verb, "dobj") is not None):
        return child(citing, "nsubjpass" if is_passive(citing) else "dobj")
    if is_passive(verb):
        by = children(verb, "agent")
        return next((pobj for agent in by for pobj in children(agent, "pobj")), None)
    passed_on = next((c for c in children(verb, "ccomp") if c.i > verb.i and _is_only_saying(c)), None)
    if passed_on is not None:
        return _who_says(passed_on)
    found = subjects(verb)
    return found[0].token if found else None


def is_no_source(word: Token) -> bool:
    """*The charge stemmed from talk he fled*: a verb that no one says things by, and nobody who could."""
    if not is_verb(word) or lemma(word) in lexicon.effects("verbs").keys() | lexicon.words("verbs", "speech"):
        return False
    who = subjects(word)
    return bool(who) and not any(can_act(one.token) or one.token.lower_ == "it" for one in who)


def _is_only_saying(verb: Token) -> bool:
    """*It sank, Oslo reported Hale said*: Hale said it, and Oslo passes it on."""
    says = verb.tag_ in FINITE and lemma(verb) in ONLY_SAYING
    return says and child(verb, "ccomp", "dobj", "xcomp", "prep", "neg", "aux") is None


def _whose(noun: Token) -> Token | None:
    """The owner of a claim, its author (*a claim by Vale*), or who makes it (*Vale made the claim that*)."""
    owners = children(noun, "poss") or [
        pobj
        for prep in children(noun, "prep")
        if prep.lower_ in {"by", "from"}
        for pobj in children(prep, "pobj")
    ]
    if owners:
        return owners[0]
    # X made the claim that ...; X is unable to ...; but who angers, hears or studies a claim has not made it.
    made = noun.dep_ != "dobj" or lemma(noun.head) in MAKING
    if is_verb(noun.head) and made and noun.dep_ != "pobj":
        found = subjects(noun.head)
        return found[0].token if found and found[0].token != noun else None
    return None


def quotations(doc: Doc) -> Quotes:
    """Find the quoted spans and their speakers, and the phrases that say whose word a clause is.

    A quotation that runs over several sentences keeps the speaker of the sentence it begins or ends in.
    """
    spans = list(_spans(doc))
    return Quotes([s for s, _ in spans], [e for _, e in spans], _speakers(doc, spans), voices(doc))


def _spans(doc: Doc) -> Iterator[tuple[int, int]]:
    """Give the quoted spans [start, end), in order.

    A quotation that goes on in the next paragraph is not closed at the end of this one; the next opens anew.
    """
    opened: int | None = None
    for token in having(doc, "ORTH", OPENING | CLOSING | {STRAIGHT, "\n"}):
        if opened is not None and token.i - opened > LONGEST_QUOTE:
            opened = None
        if token.text == "\n":
            if opened is not None and token.i + 1 < len(doc) and _opens(doc[token.i + 1], is_open=False):
                yield opened, token.i
            opened = None
        elif _opens(token, is_open=opened is not None):
            opened = token.i if opened is None else opened
        elif opened is not None:
            yield opened, token.i + 1
            opened = None


def _opens(token: Token, *, is_open: bool) -> bool:
    """True for a mark that opens a quotation; a straight one leans on a word, or takes turns."""
    if token.text != STRAIGHT:
        return token.text in OPENING
    before = token.doc[token.i - 1] if token.i else None
    free_left = before is None or before.is_space or bool(before.whitespace_) or before.text in BRACKETS
    free_right = bool(token.whitespace_) or token.i + 1 == len(token.doc) or token.nbor().is_space
    return not is_open if free_left == free_right else free_left


def _speakers(doc: Doc, spans: list[tuple[int, int]]) -> list[Token | None]:
    """Return who speaks each quotation; one of whole sentences goes on with the last speaker's words.

    *"The ships sank," Hale said. He wept. "Vale has died."*
    """
    found: list[Token | None] = []
    verbs = having(doc, "LEMMA", lexicon.words("verbs", "speech"))
    breaks = [token.i for token in having(doc, "ORTH", ("\n",))]
    for i, (start, end) in enumerate(spans):
        who = _quote_speaker(doc, start, end, verbs)
        if who is None and i and _goes_on(doc, spans[i - 1][1], start, end, breaks):
            who = found[-1]
        found.append(who)
    return found


def _goes_on(doc: Doc, before: int, start: int, end: int, breaks: Sequence[int]) -> bool:
    """True if a quotation is the last one's next words: of its paragraph, or of one that was left open."""
    if before == start - 1 and doc[before].text == "\n":
        return not _closes(doc[before - 1])
    same = bisect_right(breaks, before) == bisect_right(breaks, start)
    return same and bool(doc[start].is_sent_start or doc[start + 1].is_sent_start) and _is_whole(doc, end)


def _closes(mark: Token) -> bool:
    return mark.text in CLOSING or (mark.text == STRAIGHT and not _opens(mark, is_open=True))


def _is_whole(doc: Doc, end: int) -> bool:
    """True if a quotation ends as a sentence does."""
    return doc[end - 2].text in {".", "?", "!"} or doc[end - 1].text in {".", "?", "!"}


def _quote_speaker(doc: Doc, start: int, end: int, verbs: list[Token]) -> Token | None:
    """Return who speaks: the subject of the nearest verb of speech, or the name before a colon.

    `verbs` are the words of the document that may be verbs of speech.
    """
    introduced = doc[start - 1] if start else None
    if introduced is not None and introduced.text == ":" and is_verb(introduced.head):
        found = subjects(introduced.head) if introduced.head.i < start else []
        if found:
            return found[0].token  # Vale described the port: "..."
    after = sentence(doc[end]) if end < len(doc) and doc[end].is_sent_start else None
    for span in (sentence(doc[start]), sentence(doc[end - 1]), after):
        said = _within(span, verbs) if span is not None else ()
        outside = (t for t in said if not start <= t.i < end and _speaks(t, span == after))
        nearest = sorted(outside, key=lambda t: (t.tag_ not in FINITE, max(start - t.i, t.i - end)))
        who = next((who for t in nearest if (who := _outside(t, start, end)) is not None), None)
        if who is not None:
            return who
    name = doc[start - 2] if start > 1 and doc[start - 1].text == ":" else None
    return name if name is not None and name.ent_type_ in ACTORS else None  # Hale: "..."


def _within(span: tuple[int, int], verbs: list[Token]) -> list[Token]:
    """Return those of `verbs` that stand in a token span [start, end)."""
    first, last = (bisect_left(verbs, i, key=lambda verb: verb.i) for i in span)
    return verbs[first:last]


def _outside(verb: Token, start: int, end: int) -> Token | None:
    """Return the subject of a verb of speech unless it stands in the quotation [start, end).

    One that a participle shares must be able to speak.
    """
    named_behind = child(verb, "dobj") if verb.i == end else None
    if named_behind is not None and named_behind.ent_type_ == "PERSON":
        return named_behind  # "The end," tweeted Vale
    found = [who.token for who in subjects(verb) if not start <= who.token.i < end]
    if not found or (verb.tag_ not in FINITE and not can_act(found[0])):
        return None
    return found[0]


def _speaks(verb: Token, is_next: bool) -> bool:
    """True for a verb; in the next sentence only for one that says nothing else (*Hale said.*)."""
    if not is_verb(verb):
        return False
    return not is_next or (verb.head == verb and child(verb, "ccomp", "xcomp") is None)
