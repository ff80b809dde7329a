"""What stands above a clause, and what that makes of it: plans, claims, denials, requests.

The effects are data (`data/lexicon/verbs.json`, `nouns.json`); this file finds the words that have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.control import gerund_governor
from graph.text.subjects import governing_noun
from graph.text.tree import (
    SUBJECTS,
    child,
    children,
    coordinated,
    infinitive,
    is_passive,
    is_verb,
    lemma,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

SUBORDINATE = frozenset(("xcomp", "ccomp", "pcomp", "acl", "advcl", "conj", "relcl"))
NO_CONTENT = frozenset("way time means reason".split())  # the way she left: how
COPULAS = frozenset(("be", "remain", "seem", "become"))
CLAUSE_OBJECT = frozenset("say want prefer order need".split())
HEARERS = frozenset("tell inform warn assure notify brief remind".split())  # their object hears the clause
SHOWING = frozenset("show depict portray film picture".split())
CITING = frozenset(("cite", "quote"))  # their object has said it
CONTRASTS = frozenset("while whereas though although".split())
QUOTES = frozenset('“ " ``'.split())
BREAKS = frozenset("; : — –".split())
DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that governs a clause: `link` is the word of the clause that hangs on it.

    `verb` is the verb whose auxiliaries and negation are the governor's, None for a noun's own clause.
    """

    word: Token
    link: Token
    verb: Token | None


def governors(verb: Token) -> Iterator[Governor]:
    """Give what governs the clause of `verb`, from the inside out.

    A relative or participial clause of a noun stands for itself, except for what is reported, for any
    and no, and for alleged things.
    """
    link = verb
    for _ in range(DEEPEST):
        link = _beside_report(link)
        head = link.head
        if _is_cited(link):
            return  # quoted Vale as saying so: he says it, whoever passes it on
        if head == link or link.dep_ not in SUBORDINATE:
            return
        beside = is_juxtaposed(link)
        if beside and lemma(link) in lexicon.words("verbs", "speech"):
            return  # Hale said X left; Vale, she added, stayed: a report of its own
        if link.dep_ == "conj" and _is_next_report(link):
            return
        if link.dep_ == "conj" or beside:
            link = coordinated(link)
            continue
        elaborated = _elaborated(link)
        if elaborated is not None:
            link = elaborated
            continue
        governor = _governor(link)
        above = head if governor != head and is_verb(head) else governor
        own = is_verb(governor) or (link.dep_ != "advcl" and above == head and is_verb(head))
        yield Governor(governor, link, above if own else _copula(governor))
        link = above if is_verb(above) else _clause_of(above)


def _is_cited(link: Token) -> bool:
    as_saying = link.dep_ == "pcomp" and link.head.lower_ == "as" and lemma(link) == "say"
    return as_saying and lemma(link.head.head) in CITING


def _is_next_report(link: Token) -> bool:
    """*Hale denies that X left, and a spokesman calls it absurd*: another's word, not what Hale denies."""
    who = child(link, "nsubj")
    speaks = lexicon.effects("verbs").get(lemma(link)) == "claimed" or lemma(link) in lexicon.words(
        "verbs", "speech"
    )
    if who is None or not speaks or link.head.dep_ != "ccomp" or who.tag_ in {"PRP", "WP"}:
        return False
    start = link.left_edge.i
    return start >= 2 and link.doc[start - 1].tag_ == "CC" and link.doc[start - 2].text == ","


def _beside_report(link: Token) -> Token:
    """*Hale said X left, while Vale said Y stayed*; *said he would leave, citing Y*: no report in another."""
    if link.dep_ != "advcl" or link.i < link.head.i:
        return link
    marks = {mark.lower_ for mark in children(link, "mark")}
    contrast = marks & CONTRASTS and child(link, "ccomp") is not None and child(link, *SUBJECTS) is not None
    citing = link.tag_ == "VBG" and not marks and lemma(link) in CITING
    if not contrast and not citing:
        return link
    for _ in range(DEEPEST):
        link = link.head
        if link.dep_ != "ccomp":
            break
    return link


def is_juxtaposed(link: Token) -> bool:
    """Tell whether a clause only stands beside its head: *Hale left; Vale stays*, *Hale left, so he was sad*.

    What someone says stands before its verb too, but with nothing more than a comma between, and before
    no copula, passive or verb with an object of its own.
    """
    head = link.head
    if link.dep_ != "ccomp" or link.i > head.i or child(link, *SUBJECTS, "expl") is None:
        return False
    last = link.right_edge
    if last.i >= head.i:
        return False  # a broken parse
    mark = last if last.head == link and last.is_punct else last.nbor()
    if mark == head:
        return False
    if mark.text in BREAKS or (mark.text == "," and mark.nbor().text in QUOTES):
        return True  # Hale told them, "Vale stays": no one's words come before a quotation
    name = lemma(head)
    says = lexicon.effects("verbs").get(name) == "claimed" or name in lexicon.words("verbs", "speech")
    tells = name not in lexicon.words("verbs", "purpose") and child(head, "dobj", "attr", "acomp") is None
    return mark.text == "," and not says and (is_passive(head) or not tells)


def _governor(link: Token) -> Token:
    """Return the word that decides what a clause is: a plan, a claim, a fact."""
    head = link.head
    if link.dep_ == "pcomp":
        governor = gerund_governor(link)
        pleas = children(governor, "acomp", "oprd") if is_verb(governor) else []
        return next((word for word in pleas if word.lower_ == "guilty"), governor)
    if (
        link.dep_ == "acl"
        and head.dep_ == "dobj"
        and head.head.lemma_ in CLAUSE_OBJECT
        and not infinitive(link)
    ):
        return head.head  # wants the ships sold; said several acres burned, for nobody says acres
    if link.dep_ == "acl" and head.dep_ == "dobj" and _denies(head.head) and table_of(head) == "nouns":
        return head.head if head.lemma_ in lexicon.effects("nouns") else head  # rejected claims that ...
    if link.dep_ in {"acl", "relcl"} and head.dep_ == "dobj" and _is_of_verb(link, head):
        return head.head
    noun = governing_noun(link) or claim_between(head, link)
    if noun is not None:
        return noun
    if link.dep_ in {"ccomp", "xcomp"} and head.lemma_ in COPULAS:
        return _predicated(head) or head
    return head


def claim_between(verb: Token, link: Token) -> Token | None:
    """*Describe speculation it failed*: the claim that a clause belongs to, where the parse has the verb."""
    if link.dep_ != "ccomp" or not is_verb(verb) or lemma(verb) in HEARERS:
        return None
    claims = (obj for obj in children(verb, "dobj") if verb.i < obj.i < link.left_edge.i)
    adjacent = (obj for obj in claims if obj.i == link.left_edge.i - 1)
    return next((obj for obj in adjacent if lexicon.effects("nouns").get(obj.lemma_) == "claimed"), None)


def _copula(word: Token) -> Token | None:
    """*Is not old enough to sell it*: the verb that negates or weakens an adjective."""
    return word.head if word.dep_ == "acomp" and is_verb(word.head) else None


def _is_of_verb(link: Token, noun: Token) -> bool:
    """*Told the meeting that ...*, *cited a source that ...*, *shows men shooting X*: said by the verb."""
    name = lemma(noun.head)
    if name in HEARERS:
        return any(mark.lower_ == "that" for mark in children(link, "mark"))
    if name in CITING and noun.lemma_ not in lexicon.effects("nouns"):
        return any(mark.lower_ == "that" for mark in children(link, "mark"))
    return name in SHOWING and link.tag_ == "VBG" and link.dep_ == "acl"


def _denies(verb: Token) -> bool:
    return is_verb(verb) and lexicon.effects("verbs").get(lemma(verb)) == "denied"


def _predicated(copula: Token) -> Token | None:
    """*The claim is that ...*, *it is unlikely that ...*: the word that says what the clause is."""
    for word in children(copula, "acomp", "attr", "oprd", "nsubj"):
        if word.lemma_.lower() in lexicon.effects(table_of(word)):
            return word
    return None


def table_of(word: Token) -> str:
    """Return the table that has the effects of a word: `nouns` or `verbs`."""
    return "nouns" if word.tag_.startswith("NN") else "verbs"


def _elaborated(link: Token) -> Token | None:
    """*Xi plans to visit Moscow, offering a boost*: a participle after a complement elaborates that."""
    if link.dep_ != "advcl" or link.tag_ != "VBG" or child(link, "mark", "nsubj", "nsubjpass") is not None:
        return None
    if lemma(link) in lexicon.words("verbs", "speech"):
        return None  # asked them to look into it, saying that ...: who asked says so
    before = [c for c in children(link.head, "xcomp") if infinitive(c) and c.i < link.i]
    return before[-1] if before else None


def _clause_of(word: Token) -> Token:
    """Return the verb of the clause that a noun or adjective stands in."""
    for _ in range(DEEPEST):
        if is_verb(word) or word.head == word:
            return word
        word = word.head
    return word


def is_content(link: Token) -> bool:
    """*The claim that X sold Y* says what is claimed; *the ship that X sold* says which ship.

    Without *that*, a clause with nothing missing is a content clause: *reports X sold Y*.
    """
    if any(mark.lower_ == "that" for mark in children(link, "mark")):
        return True
    subject = child(link, "nsubj", "nsubjpass")
    if subject is None or link.head.lemma_ not in lexicon.effects("nouns") or link.head.lemma_ in NO_CONTENT:
        return False
    relative = any(t.tag_ in {"WDT", "WP", "WP$", "WRB"} for t in link.lefts) or subject.tag_ in {"WDT", "WP"}
    complete = child(link, "dobj", "attr", "acomp", "nsubjpass") is not None
    return not relative and (complete or lemma(link) in lexicon.words("relations", "intransitive"))
