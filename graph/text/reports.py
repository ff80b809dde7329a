"""What someone says, believes or finds, kept in the article's own words.

The clauses of a report are read one by one and attributed (`attribution`); this keeps the report itself,
*Hale said that the talks had failed*, as a statement whose object is the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.clause import Clause
from graph.text.governing import claim_between
from graph.text.phrases import QUOTES, named
from graph.text.subjects import subjects
from graph.text.tree import FINITE, SUBJECTS, child, children, having, is_passive, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

EDGE = QUOTES | frozenset(", . : ; ( ) [ ] - – —".split())
TELLING = frozenset("claimed possible hypothetical denied requested unlikely".split())
FINDING = frozenset("know learn discover find realize realise show prove".split())
LONGEST = 120  # tokens
MOST_MARKS = 12  # quotation marks of a sentence
STRAIGHT = frozenset(('"', "``", "''"))
MARKS = frozenset(("“", "”", '"', "``", "''"))
OPENING = EDGE | {"that"}
SAYING = frozenset("say state tell report".split())


def reports(doc: Doc) -> Iterator[Clause]:
    """Give a clause for each verb that reports; its object is the reported clause."""
    for said in having(doc, "DEP", ("ccomp",)):
        verb = said.head
        broken = _is_broken(said, verb) or _is_another_sentence(said, verb) or _is_beside(said, verb)
        broken = broken or _is_only_saying(said) or _is_cut(said, verb)
        if broken or not _reports(verb) or not _is_whole(said) or not _is_prose(said):
            continue
        for subject in subjects(verb):
            who = named(subject.token)
            yield Clause(verb, who, said, f"report/{subject.rule}", passive=is_passive(verb))


def _reports(verb: Token) -> bool:
    """True for verbs of saying, thinking and finding: those that tell how far their clause is true."""
    name = lemma(verb)
    says = lexicon.effects("verbs").get(name) in TELLING or name in lexicon.words("verbs", "speech")
    return is_verb(verb) and (says or name in FINDING)


def _is_whole(said: Token) -> bool:
    """True for a clause with a subject and a tense: what *let it go* governs is none."""
    tensed = said.tag_ in FINITE or any(c.tag_ in FINITE for c in children(said, "aux", "auxpass"))
    return tensed and child(said, *SUBJECTS, "expl") is not None


def _is_prose(said: Token) -> bool:
    """False for what nobody says in one breath: very long, or in a sentence that is all quotation marks."""
    short = said.right_edge.i - said.left_edge.i < LONGEST
    return short and sum(token.text in QUOTES for token in said.sent) <= MOST_MARKS


def _is_broken(said: Token, verb: Token) -> bool:
    """True if the verb stands in the middle of what is said: its words are no single stretch."""
    return said.left_edge.i < verb.i < said.right_edge.i


def _is_only_saying(said: Token) -> bool:
    """*Ships sank, Oslo reported Hale said*: what he said stands before it, and these words say nothing."""
    alone = child(said, "ccomp") is None and words(said)[1] == said.i + 1
    return alone and lemma(said) in SAYING


def _is_cut(said: Token, verb: Token) -> bool:
    """*Said it was "safe* and no more, *said it sails sinks*: the parse lost the rest, or tore it in two."""
    if said.i < verb.i:
        return False
    start, end = said.left_edge.i, said.right_edge.i + 1
    inside, behind = (
        sum(t.text in STRAIGHT for t in part)
        for part in (said.doc[start:end], said.doc[end : said.doc.sentences[said.i][1]])
    )
    around = {token.text for token in (said.doc[start - 1], *said.doc[end : end + 2])}
    torn = inside % 2 == 1 and behind % 2 == 1 and not STRAIGHT & around
    others = (c for c in children(verb, "ccomp") if c.i > verb.i and c != said)
    return torn or any(child(other, *SUBJECTS, "expl") is None for other in others)


def _is_another_sentence(said: Token, verb: Token) -> bool:
    """*Oslo shut the port; Hale said it was safe*: what stands before the semicolon nobody says."""
    before = said.doc[max(0, said.left_edge.i - 1) : max(verb.i, said.left_edge.i)]
    return any(token.text == ";" for token in before) and not any(token.text in MARKS for token in before)


def _is_beside(said: Token, verb: Token) -> bool:
    """*She left, Hale knew that it failed*; *there was smoke; roads were shut*; *heard claims it failed*."""
    if claim_between(verb, said) is not None:
        return True
    if said.i > verb.i:
        return False
    return is_passive(verb) or any(other.i > verb.i for other in children(verb, "ccomp"))


def words(said: Token) -> tuple[int, int]:
    """Return the token span [start, end) of a reported clause, without *that* and marks at its edges."""
    start, end = said.left_edge.i, said.right_edge.i + 1
    while start < end - 1 and (said.doc[start].lower_ in OPENING or said.doc[start].is_space):
        start += 1
    end = _closed(said, start, end)
    while end - 1 > start and (said.doc[end - 1].text in EDGE or said.doc[end - 1].is_space):
        end -= 1
    return start, end


def _closed(said: Token, start: int, end: int) -> int:
    """Return where a quotation that opens at `start` is closed (*said "we lost", and left*), else `end`."""
    doc = said.doc
    if not start or doc[start - 1].text not in MARKS or any(t.text in MARKS for t in doc[start : said.i]):
        return end
    return next((i for i in range(said.i + 1, end) if doc[i].text in MARKS), end)
