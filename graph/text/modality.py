"""Whether it happened: modality and polarity of a clause, and who vouches for it.

A clause's own auxiliaries speak first; then each governing word on the way up adds its effect
(`data/lexicon/verbs.json`, `nouns.json`). The scheme follows FactBank (Saurí and Pustejovsky 2009)
in spirit: what a source says is the source's claim, not a fact of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Modality, Polarity
from graph.text import lexicon
from graph.text.subjects import governing_noun
from graph.text.tree import child, children, infinitive, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

MODALS = {
    word: modality
    for modality, words in (
        (Modality.POSSIBLE, "can could may might ca"),
        (Modality.PLANNED, "will wo 'll ’ll shall sha"),
        (Modality.REQUESTED, "should must ought"),
        (Modality.HYPOTHETICAL, "would 'd ’d"),
    )
    for word in words.split()
}
DOUBT_MARKS = frozenset(("if", "unless", "whether", "lest"))
MAYBE = frozenset("perhaps maybe possibly probably likely potentially conceivably".split())
REPORTED = frozenset("allegedly reportedly purportedly supposedly apparently".split())
NEVER = frozenset(("never", "no", "neither", "nor"))
NOT_ONLY = frozenset(("only", "just", "merely", "simply"))
ALLEGED = frozenset(("alleged", "suspected", "purported", "supposed", "accused"))
SETTLED = frozenset((Modality.ASSERTED, Modality.PLANNED))
VOUCHED = frozenset(("claimed", "denied", "hypothetical"))
SOURCES = frozenset(("claimed", "denied", "requested"))
SUBORDINATE = frozenset(("xcomp", "ccomp", "pcomp", "acl", "advcl", "conj", "relcl"))
DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Stance:
    """How a clause is put: `source` is the word that governs it and says, claims or wants it."""

    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.POSITIVE
    source: Token | None = None


def stance(verb: Token) -> Stance:
    """Return the stance of the clause of `verb`."""
    modality = _own(verb)
    would = modality is Modality.HYPOTHETICAL and _modal(verb) is Modality.HYPOTHETICAL
    negative = _negated(verb)
    source: Token | None = None
    independent = False  # beyond a relative or temporal clause only the reporting of it counts
    for governor, link in governors(verb):
        effect = _effect(governor, link)
        independent = independent or effect == "fact"
        if independent and effect not in VOUCHED:
            continue
        denied = _negated(governor)
        if effect in {"negative", "denied"}:
            negative = negative != (not denied)
        elif denied and effect != "claimed":
            negative = not negative
        elif denied:
            effect = "hypothetical"  # he did not say that ...
        if effect == "claimed" and would and governor.tag_ in {"VBD", "VBN"}:
            modality = Modality.PLANNED  # he said he would: the future of the past
        would = would and effect == "asserted"
        modality = _under(modality, effect)
        if source is None and effect in SOURCES:
            source = governor
    return Stance(modality, Polarity.NEGATIVE if negative else Polarity.POSITIVE, source)


def _own(verb: Token) -> Modality:
    """What the clause says of itself: modals, *perhaps*, *if*."""
    if child(verb, "mark") is not None and any(c.lower_ in DOUBT_MARKS for c in children(verb, "mark")):
        return Modality.HYPOTHETICAL
    condition = any(
        c.dep_ == "advcl" and any(m.lower_ in DOUBT_MARKS for m in children(c, "mark")) for c in verb.children
    )
    modal = _modal(verb)
    adverbs = {c.lower_ for c in children(verb, "advmod")}
    if condition:
        return Modality.CONDITIONAL
    if modal is not None:
        return modal
    if adverbs & MAYBE:
        return Modality.POSSIBLE
    if adverbs & REPORTED:
        return Modality.CLAIMED
    if verb.dep_ == "advcl" and infinitive(verb) and governing_noun(verb) is None:
        return Modality.INTENDED  # a purpose: regroup in order to attack
    if verb.dep_ == "ROOT" and verb.tag_ == "VB" and child(verb, "nsubj") is None:
        return Modality.REQUESTED  # an imperative
    return Modality.ASSERTED


def _modal(verb: Token) -> Modality | None:
    """The modal auxiliary of a verb, shared by coordinated infinitives (*could use and allow*)."""
    for aux in children(verb, "aux"):
        if aux.lower_ in MODALS:
            return MODALS[aux.lower_]
    if (
        verb.dep_ == "conj"
        and verb.tag_ in {"VB", "VBN"}
        and child(verb, "aux", "nsubj", "nsubjpass") is None
    ):
        return _modal(verb.head) if is_verb(verb.head) else None
    if (
        any(c.tag_ == "TO" for c in children(verb, "aux"))
        and verb.head.lemma_ == "be"
        and verb.dep_ == "xcomp"
    ):
        return Modality.PLANNED  # is to visit
    if verb.dep_ == "xcomp" and verb.head.lower_ == "going" and infinitive(verb):
        return Modality.PLANNED
    return None


def _negated(word: Token) -> bool:
    """True for *not*, *never*, *no* with the word itself (but not *not only*), or nobody as its subject."""
    for c in word.children:
        if c.dep_ == "neg" or (c.dep_ in {"advmod", "preconj", "det"} and c.lower_ in NEVER):
            following = word.doc[c.i + 1] if c.i + 1 < len(word.doc) else None
            if following is None or following.lower_ not in NOT_ONLY:
                return True
        if c.dep_ in {"nsubj", "nsubjpass", "dobj"} and is_verb(word) and _is_none(c):
            return True
    if (
        word.dep_ == "conj"
        and word.tag_ in {"VB", "VBN", "VBG"}
        and child(word, "aux", "nsubj", "neg") is None
    ):
        return is_verb(word.head) and word.head.tag_ == word.tag_ and _negated(word.head)
    return word.dep_ == "pcomp" and word.head.lower_ == "without"


def _is_none(noun: Token) -> bool:
    return noun.lower_ in {"nobody", "none", "nothing", "neither"} or any(
        c.lower_ == "no" and c.dep_ == "det" for c in noun.children
    )


def governors(verb: Token) -> Iterator[tuple[Token, Token]]:
    """Give (governing word, the word of the clause that hangs on it), from the inside out.

    A relative or participial clause of a noun stands for itself, except for what is reported, for any
    and no, and for alleged things.
    """
    link = verb
    for _ in range(DEEPEST):
        head = link.head
        if head == link or link.dep_ not in SUBORDINATE:
            return
        if link.dep_ == "conj":
            link = head
            continue
        noun = governing_noun(link)
        elaborated = _elaborated(link)
        if noun is not None:
            yield noun, link
        elif elaborated is not None:
            link = elaborated
            continue
        elif link.dep_ == "pcomp":
            yield head.head, link
            head = head.head
        else:
            yield head, link
        link = head if is_verb(head) else _clause_of(head)


def _elaborated(link: Token) -> Token | None:
    """*Xi plans to visit Moscow, offering a boost*: a participle after a complement elaborates that."""
    if link.dep_ != "advcl" or link.tag_ != "VBG" or child(link, "mark", "nsubj", "nsubjpass") is not None:
        return None
    before = [c for c in children(link.head, "xcomp") if infinitive(c) and c.i < link.i]
    return before[-1] if before else None


def _clause_of(word: Token) -> Token:
    """Return the verb of the clause that a noun or adjective stands in."""
    for _ in range(DEEPEST):
        if is_verb(word) or word.head == word:
            return word
        word = word.head
    return word


def _effect(governor: Token, link: Token) -> str:
    """Return what `governor` makes of the clause whose word `link` hangs on it; `fact` for nothing at all."""
    if link.dep_ == "relcl" or (link.dep_ == "acl" and not infinitive(link)):
        return _effect_of_noun_phrase(governor)
    if not is_verb(governor):
        return _effect_of_word(governor, link)
    if link.dep_ == "advcl":
        return "asserted" if child(link, "mark", "nsubj", "nsubjpass") is None else "fact"
    if infinitive(link) and governor.lemma_ in lexicon.words("verbs", "requested_by_infinitive"):
        return "requested"
    if infinitive(link) and governor.lemma_ in lexicon.words("verbs", "purpose"):
        return "intended" if governor.lower_ != "used" or children(governor, "dobj") else "asserted"
    effect = lexicon.effects("verbs").get(governor.lemma_)
    if effect == "intended" and link.dep_ == "ccomp":
        return "requested"  # X wants Y to do it
    if effect is None:
        return {"ccomp": "claimed", "xcomp": "possible" if infinitive(link) else "asserted"}.get(
            link.dep_, "asserted"
        )
    return effect


def _effect_of_word(governor: Token, link: Token) -> str:
    """*Any effort to propose*, *unlikely to go*: what a noun or an adjective makes of its clause."""
    if any(c.lower_ == "any" for c in children(governor, "det")):
        return "hypothetical"
    table = "nouns" if governor.tag_.startswith("NN") else "verbs"
    return lexicon.effects(table).get(governor.lemma_.lower(), "possible" if infinitive(link) else "asserted")


def _effect_of_noun_phrase(noun: Token) -> str:
    """*Any country that attacks*, *the alleged plot*: what the noun's own words make of its clause."""
    words = {c.lower_ for c in noun.children}
    if "any" in words or "no" in words:
        return "hypothetical"
    return "claimed" if words & ALLEGED else "fact"


def _under(inner: Modality, effect: str) -> Modality:
    """Return the modality of a clause that is `inner` by itself and stands under `effect`."""
    if effect in {"fact", "asserted", "negative"}:
        return inner
    if effect == "denied":
        effect = "claimed"
    if effect == "hypothetical":
        return Modality.HYPOTHETICAL if inner in SETTLED else inner
    return Modality(effect) if inner is Modality.ASSERTED else inner


def effect_on_object(verb: Token) -> str:
    """Return what a verb makes of an event that is its object (*oppose the invasion of* leaves it open)."""
    effect = lexicon.effects("verbs").get(verb.lemma_, "asserted")
    return "asserted" if effect in {"asserted", "claimed"} else effect
