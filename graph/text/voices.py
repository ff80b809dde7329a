"""Whose word a clause is by a phrase beside it: *according to X*, *by reports*, *in her view*, *he said*.

Such a phrase speaks of the clause that it stands in, with what hangs on that: conjuncts, relative clauses,
participles. One that ends the sentence after a comma speaks of the whole sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.tree import ACTORS, FINITE, SUBJECTS, child, children, having, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

REPORTS = frozenset("reports accounts".split())  # by all accounts
VIEWS = frozenset("opinion view words telling perspective".split())  # in her view
THINKING = frozenset("reason think believe suspect estimate predict suppose".split())
TALKING = frozenset("i we me us my our you your".split())  # as I said: the narrator's own word
COMPLEMENTS = ("ccomp", "xcomp", "dobj", "attr", "acomp")
ASIDE = frozenset(", — – -".split())
DEEPEST = 32  # steps up the tree; a longer chain is a broken parse


GOING_ON = frozenset("continue go proceed".split())  # as the inquiry continued: when, not who says so


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a clause, by the phrase that stands at the tokens [start, end); `whole` of its sentence."""

    speaker: Token
    start: int
    end: int
    whole: bool


Voices = Mapping[int, Voice]  # by the index of the word whose clause it is


def voices(doc: Doc) -> Voices:
    """Return the phrases of a document that say whose word a clause is."""
    found: dict[int, Voice] = {}
    for word in having(doc, "LOWER", PHRASES):
        pair = PHRASES[word.lower_](word)
        if pair is not None and pair[1].lower_ not in TALKING:
            phrase, speaker = pair
            _keep(phrase, speaker, phrase.left_edge.i, phrase.right_edge.i + 1, found)
    for verb in having(doc, "LEMMA", _telling()):
        who = _said_aside(verb) or _report_lost(verb)
        if who is not None and who.lower_ not in TALKING:
            _keep(verb, who, *_extent(verb, who), found)
    return found


def _report_lost(verb: Token) -> Token | None:
    """*The port said on Monday ships sank*, where the parse takes *said* for a participle."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ not in {"VBD", "VBN"} or noun.dep_ not in SUBJECTS:
        return None
    later = [s for s in children(noun.head, *SUBJECTS) if s.i > verb.i]
    return noun if later and child(verb, *COMPLEMENTS, "agent") is None else None


def voice_of(verb: Token, found: Voices) -> Token | None:
    """Return who says the clause of `verb` by a phrase on it or on one that it hangs on, or None."""
    if not found:
        return None
    below = word = verb
    aside: Token | None = None
    for _ in range(DEEPEST):
        aside = word if _is_set_off(word) else aside
        voice = found.get(word.i)
        background = aside is not None and aside.i < word.i
        if voice is not None and not background and _covers(voice, verb, below, word):
            return voice.speaker
        if word.head == word:
            return None
        below, word = word, word.head
    return None


def _is_set_off(verb: Token) -> bool:
    """*The port, which Hale owns, was sold, according to Vale*: what the narrator says of the subject."""
    start = verb.left_edge.i if verb.dep_ == "relcl" else 0
    return start > 0 and verb.doc[start - 1].text == ","


def _covers(voice: Voice, verb: Token, below: Token, word: Token) -> bool:
    """A phrase does not speak of itself, nor in the middle of the next clause with its own subject."""
    if voice.start <= verb.i < voice.end:
        return False
    between = below.dep_ == "conj" and word.i < voice.start < below.i
    return voice.whole or not between or child(below, *SUBJECTS, "expl") is None


def _keep(phrase: Token, speaker: Token, start: int, end: int, found: dict[int, Voice]) -> None:
    """Add a voice to the word that its phrase hangs on, or to the root of a sentence that it ends."""
    doc = phrase.doc
    last = end
    while last < len(doc) and (doc[last].is_punct or doc[last].is_space) and not doc[last].is_sent_start:
        last += 1
    whole = (
        bool(start) and doc[start - 1].text in ASIDE and (last == len(doc) or bool(doc[last].is_sent_start))
    )
    word = phrase.head
    for _ in range(DEEPEST):
        if word.head == word or (is_verb(word) and not whole):
            break
        word = word.head
    if word != phrase:
        found.setdefault(word.i, Voice(speaker, start, end, whole))


def _according(word: Token) -> tuple[Token, Token] | None:
    """*According to police*."""
    to = child(word, "prep")
    pobj = child(to, "pobj") if to is not None and to.lower_ == "to" else None
    return (word, pobj) if pobj is not None else None


def _by_reports(noun: Token) -> tuple[Token, Token] | None:
    """*By reports*, *by all accounts*, *per reports*, of a clause: *killed by reports* has an agent."""
    prep = noun.head
    fits = noun.dep_ == "pobj" and prep.dep_ == "prep" and prep.lower_ in {"by", "per"}
    return (prep, noun) if fits and is_verb(prep.head) else None


def _per(prep: Token) -> tuple[Token, Token] | None:
    """*Per the ministry*, but not *five tons per day*."""
    pobj = child(prep, "pobj")
    fits = pobj is not None and pobj.ent_type_ in ACTORS and prep.dep_ == "prep" and is_verb(prep.head)
    return (prep, pobj) if fits and pobj is not None else None


def _in_view(noun: Token) -> tuple[Token, Token] | None:
    """*In her view*, *in the words of Vale*."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in {"in", "from"}:
        return None
    owners = children(noun, "poss")
    owners += [pobj for of in children(noun, "prep") if of.lower_ == "of" for pobj in children(of, "pobj")]
    return (prep, owners[0]) if owners else None


PHRASES: Mapping[str, Callable[[Token], tuple[Token, Token] | None]] = {
    "according": _according,
    "per": _per,
    **dict.fromkeys(REPORTS, _by_reports),
    **dict.fromkeys(VIEWS, _in_view),
}


@cache
def _telling() -> frozenset[str]:
    """The verbs that may be put in: those of saying and of thinking."""
    claims = {name for name, made in lexicon.effects("verbs").items() if made == "claimed"}
    return THINKING | claims | lexicon.words("verbs", "speech")


def _said_aside(verb: Token) -> Token | None:
    """*Ships, they reason, could sink*; *as the port confirmed*; *as announced by Vale*: who says so."""
    if not is_verb(verb) or verb.head == verb or child(verb, *COMPLEMENTS) is not None:
        return None
    marked = child(verb, "mark", "advmod")
    likened = marked is not None and marked.lower_ == "as" and marked.i == verb.left_edge.i
    likened = likened and lemma(verb) not in GOING_ON
    if likened and verb.tag_ == "VBN" and is_verb(verb.head):
        return next((pobj for by in children(verb, "agent") for pobj in children(by, "pobj")), None)
    subject = child(verb, "nsubj")
    if subject is None or subject.tag_ in {"WP", "WDT"} or verb.tag_ not in FINITE:
        return None
    start, end = _extent(verb, subject)
    after = verb.doc[end] if end < len(verb.doc) else None
    closed = after is None or after.text in ASIDE or after.text == "."
    put_in = start > 0 and verb.doc[start - 1].text in ASIDE and closed and _is_bare(verb)
    return subject if put_in or (likened and is_verb(verb.head)) else None


def _is_bare(verb: Token) -> bool:
    """True if nothing makes the aside a clause of another kind: *when Vale spoke*, *and Vale spoke*."""
    return verb.dep_ not in {"conj", "ccomp", "relcl"} and child(verb, "mark", "aux", "neg") is None


def _extent(verb: Token, who: Token) -> tuple[int, int]:
    """Return the token span [start, end) of a verb and its speaker."""
    return min(verb.i, who.left_edge.i), max(verb.i, who.right_edge.i) + 1
