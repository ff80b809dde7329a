"""Finds the triple patterns of one verb in a query, and how they can be taken out of it.

A walk over the tokens by the grammar of group graph patterns (SPARQL 1.1 Query Language, section 19.8, from
GroupGraphPattern on). Only as much of it is read as tells where a subject, a verb and an object stand, and
where the block of triples begins that they are in; whether all the rest is right, the engine sees. What takes
the place of a pattern goes to the beginning of its block: there it is joined with the same triples, and no
blank node is torn out of its block.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.errors import BadQuery
from graph.sparql.frames import Frame, Group, State
from graph.sparql.tokens import Kind, Token, decoded, place

_HOW: Final = 'write ?thing kg:search "words" or (?thing ?score) kg:search "words", with a plain string'
_ABOUT: Final = 2
"""Variables of a subject at most: the thing and its score."""


_IN_TRIPLES: Final = frozenset({State.SUBJECT, State.VERB, State.OBJECT, State.AFTER})
_LEADS_TO: Final = {
    "FILTER": State.CONDITION,
    "BIND": State.BINDING,
    "GRAPH": State.OTHER,
    "SERVICE": State.OTHER,
    "VALUES": State.OTHER,
    "SELECT": State.OTHER,
}
"""What a keyword in a group leads to; what any other begins has a group of its own."""
_DEPTHS: Final = {"(": 1, "[": 1, ")": -1, "]": -1}
_DEPTHS_IN_TRIPLES: Final = {**_DEPTHS, "<": 1, ">": -1}
"""How a sign changes the depth; `<<` and `>>` are the brackets of a triple term."""
_BEFORE_A_STEP: Final = frozenset("^!/|")
_AFTER_A_STEP: Final = frozenset("*+?")
_BETWEEN_STEPS: Final = frozenset("/|")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern: its variables as written, the token of its verb, and the edits that take it out.

    What takes its place is to be inserted at `insert`, and `cuts` (begin and end) are to go; all in
    characters.
    """

    variables: tuple[str, ...]
    verb: int
    insert: int
    cuts: tuple[tuple[int, int], ...]


def patterns(text: str, words: Sequence[Token], verbs: Collection[int]) -> list[Pattern]:
    """Return the patterns whose verb is one of the tokens `verbs`.

    Raises BadQuery for one that stands where it cannot be replaced, or has no variable and plain string.
    """
    return list(_Walk(text, words, verbs).patterns()) if verbs else []


class _Walk:
    """The walk over the tokens of one query."""

    def __init__(self, text: str, words: Sequence[Token], verbs: Collection[int]) -> None:
        self._text = text
        self._words = words
        self._verbs = verbs
        self._frames = [Frame(Group.QUERY, 0, State.OTHER)]
        self._is_short = False  # CONSTRUCT, and no template yet

    def patterns(self) -> Iterator[Pattern]:
        """Walk to the end."""
        for at, token in enumerate(self._words):
            top = self._frames[-1]
            depths = _DEPTHS_IN_TRIPLES if top.state in _IN_TRIPLES else _DEPTHS
            if token.kind is Kind.SIGN and token.text in "{}":
                yield from self._brace(at)
            elif top.kind in {Group.DATA, Group.NOTE}:
                continue
            elif token.kind is Kind.SIGN and token.text in depths:
                self._bracket(at, depths[token.text])
            elif top.depth:
                if at in self._verbs and top.state in _IN_TRIPLES:
                    raise self._bad(at)
            elif token.kind is Kind.WORD and self._is_keyword(token):
                yield from self._ended(at)
                self._keyword(decoded(token.text).upper())
            elif top.state in _IN_TRIPLES:
                yield from self._triple(at)

    def _triple(self, at: int) -> Iterator[Pattern]:
        """Read one token of a triple that is in no brackets."""
        top, token = self._frames[-1], self._words[at]
        if token.kind is Kind.SIGN:
            yield from self._sign(at)
        elif top.state is State.SUBJECT:
            top.subject, top.state = (at, at + 1), State.VERB
        elif top.state is State.VERB:
            self._verb(at)
        elif top.state is State.OBJECT:
            top.state = State.AFTER
            if token.kind is Kind.NUMBER and token.text.endswith("."):  # which ends the triple
                yield from self._ended(at)

    def _sign(self, at: int) -> Iterator[Pattern]:
        top, sign = self._frames[-1], self._words[at].text
        if sign == ".":
            yield from self._ended(at)
        elif sign == ";":
            top.state = State.VERB
        elif sign == "," and top.state is State.AFTER:
            if top.verbs and top.verbs[-1] in self._verbs:
                raise self._bad(top.verbs[-1])
            top.state = State.OBJECT

    def _verb(self, at: int) -> None:
        """Read a verb, or a step of a path."""
        top = self._frames[-1]
        first, second = self._sign_at(at + 1), self._sign_at(at + 2)
        goes_on = first in _BETWEEN_STEPS or (first in _AFTER_A_STEP and second in _BETWEEN_STEPS)
        if at in self._verbs:
            if goes_on or first in _AFTER_A_STEP or self._sign_at(at - 1) in _BEFORE_A_STEP:
                raise self._bad(at)
            self._check(at)
        if not goes_on:
            top.verbs.append(at)
            top.state = State.OBJECT

    def _check(self, at: int) -> None:
        """See that a search has a variable for its subject, and a plain string for its object."""
        if self._frames[-1].kind is Group.SHORT:
            raise BadQuery(
                f"The search at {place(self._text, self._words[at].start)} cannot stand in CONSTRUCT WHERE;"
                " write the template too: CONSTRUCT { ... } WHERE { ... }."
            )
        kinds = [token.kind for token in self._words[at + 1 : at + 3]]
        plain = kinds[:1] == [Kind.STRING] and kinds[1:] != [Kind.LANGUAGE] and self._sign_at(at + 2) != "^"
        if not (plain and self._variables()):
            raise self._bad(at)

    def _variables(self) -> tuple[str, ...]:
        """The variables that the subject is made of; none if it is something else."""
        begin, end = self._frames[-1].subject
        if end - begin == _ABOUT + 2 and self._sign_at(begin) == "(":
            begin, end = begin + 1, end - 1
        subject = self._words[begin:end]
        plain = len(subject) <= _ABOUT and all(token.kind is Kind.VARIABLE for token in subject)
        return tuple(token.text for token in subject) if plain else ()

    def _ended(self, at: int) -> Iterator[Pattern]:
        """End what is said of a subject before the token `at`, and give the searches in it."""
        top = self._frames[-1]
        if top.depth or top.state not in _IN_TRIPLES:
            return
        found = [verb for verb in top.verbs if verb in self._verbs]
        cuts = self._cuts(found, at)
        for verb in found:
            yield Pattern(self._variables(), verb, top.block, cuts)
        top.state, top.verbs = State.SUBJECT, []

    def _cuts(self, found: Sequence[int], at: int) -> tuple[tuple[int, int], ...]:
        """Say what goes with the searches of a subject: all that is said of it, or only they."""
        top, words = self._frames[-1], self._words
        if found and len(found) == len(top.verbs):
            last = at if self._sign_at(at) == "." else at - 1
            return ((words[top.subject[0]].start, words[last].end),)
        if found and len(self._variables()) > 1:
            raise self._bad(found[0])
        return tuple(self._cut(verb) for verb in found)

    def _cut(self, verb: int) -> tuple[int, int]:
        """Where a verb, its object and the semicolons after it stand."""
        last = verb + 1
        while self._sign_at(last + 1) == ";":
            last += 1
        return self._words[verb].start, self._words[last].end

    def _bracket(self, at: int, change: int) -> None:
        """Go into a bracket or out of it; what the outermost one holds is one term, or a condition."""
        top = self._frames[-1]
        if top.depth == 0 and top.state is State.SUBJECT:
            top.subject = (at, at + 1)
        top.depth = max(0, top.depth + change)
        if top.depth:
            return
        if top.state is State.SUBJECT:
            top.subject, top.state = (top.subject[0], at + 1), State.VERB
        elif top.state is State.VERB:
            self._verb(at)
        elif top.state is State.OBJECT:
            top.state = State.AFTER
        elif top.state is State.CONDITION:
            top.state = State.SUBJECT
        elif top.state is State.BINDING:
            top.state, top.block = State.SUBJECT, self._words[at].end

    def _brace(self, at: int) -> Iterator[Pattern]:
        """Go into a group or out of it."""
        token = self._words[at]
        if token.text == "{":
            kind = self._kind(at)
            if kind is not Group.NOTE:
                yield from self._ended(at)
            self._frames.append(Frame(kind, token.end))
            return
        yield from self._ended(at)
        if len(self._frames) > 1:
            self._close(self._frames.pop(), token)

    def _close(self, closed: Frame, token: Token) -> None:
        """Go on in the group around; what follows is a new block of triples, but for a condition or note."""
        top = self._frames[-1]
        if closed.kind is Group.NOTE or top.depth or top.kind is Group.QUERY:
            return
        top.state = State.SUBJECT
        if closed.kind is not Group.EXISTS:
            top.block = token.end

    def _kind(self, at: int) -> Group:
        """Say what the brace at a token opens."""
        top = self._frames[-1]
        if top.kind in {Group.DATA, Group.NOTE} or (top.state is State.OTHER and top.word == "VALUES"):
            return Group.DATA
        if self._sign_at(at + 1) == "|":
            return Group.NOTE
        if top.depth or top.state is State.CONDITION:
            return Group.EXISTS
        if top.kind is Group.QUERY and top.word == "CONSTRUCT":
            self._is_short = False
            return Group.DATA
        return Group.SHORT if top.kind is Group.QUERY and self._is_short else Group.PATTERN

    def _is_keyword(self, token: Token) -> bool:
        """Whether a word is none of the few that stand in a triple."""
        state = self._frames[-1].state
        if state is State.VERB:
            return token.text != "a"
        return state is not State.OBJECT and token.text.lower() not in {"true", "false"}

    def _keyword(self, word: str) -> None:
        top = self._frames[-1]
        top.word = word
        if top.kind is Group.QUERY:
            self._is_short = self._is_short or word == "CONSTRUCT"
        elif top.state in _IN_TRIPLES:
            top.state = _LEADS_TO.get(word, State.SUBJECT)
            if word == "SELECT":
                top.kind = Group.QUERY

    def _sign_at(self, at: int) -> str:
        """The sign that a token is; a space if it is none."""
        token = self._words[at] if at < len(self._words) else None
        return token.text if token is not None and token.kind is Kind.SIGN else " "

    def _bad(self, at: int) -> BadQuery:
        where = place(self._text, self._words[at].start)
        return BadQuery(f"The search at {where} cannot be done as it is written; {_HOW}.")
