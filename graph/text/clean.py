"""Makes an article's text fit for the parser, and remembers where each character came from.

What is left out (datelines, bylines, boilerplate) is only not read; the article keeps it, and all
offsets given out are those of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
GLUED = re.compile(r"(?<=[a-z]{2}[.?!])(?=[A-Z][a-z]+[ ,])|(?<=[a-z]{2}[.?!][\"”’])(?=[A-Z][a-z]+[ ,])")
PLAIN = re.compile("(?:[!-~\u00c0-\u024f–—‘’“”…]{1,15} )+")  # words that nothing need be done to
PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")
WRAPPED_WIDTH = 50  # a line shorter than this is not one that an editor wrapped
RAGGED = 1.5  # a following line longer than this many times is a paragraph under a headline

_CAPITAL = "[^\\W\\d_a-zß-öø-ÿ]"  # a letter that is not plainly a small one: A, É, Ł
_CITY = rf"{_CAPITAL}(?:{_CAPITAL}|['’./-])+(?: {_CAPITAL}(?:{_CAPITAL}|['’./-])+){{0,3}}"
_TOWN = rf"{_CAPITAL}[\w'’.-]+(?: {_CAPITAL}[\w'’.-]+){{0,2}}"
_REST = rf"(?:, {_CAPITAL}[\w.'’ ]{{1,30}}){{0,2}}(?:, \d{{1,4}})?"
_AGENCY = r"(?:\([^()]{1,60}\)|/[\w ]{3,40}/)"
# What follows is a sentence: "NATO - the alliance - said" begins with no dateline.
_DASH = r"\s*(?:—|–|--|-)\s+(?![\"“'‘(\[]*[a-z][a-z ])"
DATELINE = re.compile(
    rf"\s*(?:{_CITY}{_REST}\s*{_AGENCY}?{_DASH}|{_TOWN}{_REST}\s*{_AGENCY}{_DASH}|{_AGENCY}{_DASH})"
)
NOT_PROSE = (
    re.compile(
        r"\s*(?:by|written by|reporting by|edited by|photo(?:graph)?(?: by)?:?|image:|source:)\s+[^.]{1,80}$",
        re.I,
    ),
    re.compile(
        r"\s*(?:read (?:more|also)(?! than)|share this|related|advertisement|sign up|subscribe|follow us"
        r"|©|copyright|all rights)\b.{0,100}$",
        re.I,
    ),
    re.compile(r"\s*(?:last )?(?:updated|published|posted)(?: on| at)?:?\s.{1,60}$", re.I),
    re.compile(
        r"\s*(?:[A-Z][a-z]+day,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? \d{4}\s*$"
    ),
    re.compile(r"[^A-Za-z]*$"),
)
SENTENCE_END = re.compile(r"[.?!…:;][\"”’')\]]*\s*$")
HEADLINE_WORDS = 16
LONGEST_HEADLINE = 200  # characters
DATELINE_BLOCKS = 2  # a headline may stand before it
LONGEST_WORD = 200  # characters
MOST_SIGNS = 16  # in a row
LONGEST_DATELINE = 200  # characters that are looked at


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text for the parser.

    `offsets[i]` is where `text[i]` stands in the original; `blocks` are the starts of paragraphs in
    `text`, each of which starts a sentence; `dateline` is what stands before the first sentence
    (*KYIV, Ukraine (AP) —*), or empty; `gaps` are the starts of what does not go on from the text before it,
    because something that may be prose was left out between (`density.py`).
    """

    text: str
    offsets: list[int]
    blocks: tuple[int, ...]
    dateline: str = ""
    gaps: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of `text` (not empty) to the original."""
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(text: str) -> Cleaned:
    """Prepare `text`; never fails, and takes time linear in its length."""
    pieces: list[str] = []
    offsets: list[int] = []
    blocks: list[int] = []
    dateline = ""
    for begin, end in _paragraphs(text):
        first = not dateline and len(blocks) < DATELINE_BLOCKS
        found = DATELINE.match(text, begin, min(end, begin + LONGEST_DATELINE)) if first else None
        if found:
            dateline = found[0].strip()
        start = found.end() if found else begin
        if start >= end:
            continue
        if pieces:
            pieces.append("\n")
            offsets.append(start - 1)
        blocks.append(len(offsets))
        for piece, at in _tidy(text, start, end):
            pieces.append(piece)
            offsets.extend(at)
    return Cleaned("".join(pieces), offsets, tuple(blocks), dateline)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans to read: lines, joined where an editor wrapped them, without what is no prose."""
    lines = [match.span() for match in PARAGRAPH.finditer(text)]
    several = len(lines) > 1
    begin = None
    for i, (start, end) in enumerate(lines):
        begin = start if begin is None else begin
        if i + 1 < len(lines) and _wraps(text, (start, end), lines[i + 1]):
            continue
        if not (several and _is_no_prose(text[begin:end])):
            yield begin, end
        begin = None


def _wraps(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Tell whether a sentence goes on in the following line: one line break, no full stop, lower case."""
    one_break = len(text[line[1] : following[0]].replace("\r\n", "\n")) == 1
    width = line[1] - line[0]
    alike = width >= WRAPPED_WIDTH and following[1] - following[0] <= RAGGED * width
    ended = SENTENCE_END.search(text[max(line[0], line[1] - 10) : line[1]])
    first = text[following[0] : following[0] + 1]
    if not one_break or not alike or (ended and not first.islower()):
        return False
    return not _is_headline(text[line[0] : line[1]])


def _is_no_prose(line: str) -> bool:
    """Tell bylines, boilerplate and headlines from prose."""
    return any(pattern.match(line) for pattern in NOT_PROSE) or _is_headline(line)


def _is_headline(line: str) -> bool:
    """Tell title case or capitals without a full stop."""
    if len(line) > LONGEST_HEADLINE or SENTENCE_END.search(line):
        return False
    long_words = [word for word in line.split() if len(word) > 3]
    capital = sum(word[0].isupper() or not word[0].isalpha() for word in long_words)
    return len(line.split()) <= HEADLINE_WORDS and capital >= 0.8 * len(long_words)


def _tidy(text: str, start: int, end: int) -> Iterator[tuple[str, Sequence[int]]]:
    """Give pieces of `text[start:end]` with the place of each character; sentences stand a space apart."""
    for gap in GLUED.finditer(text, start, end):
        yield from _spaced(text, start, gap.start())
        start = gap.start()
        yield " ", [start - 1]
    yield from _spaced(text, start, end)


def _spaced(text: str, start: int, end: int) -> Iterator[tuple[str, Sequence[int]]]:
    """Give pieces of `text[start:end]` with the place of each character: no invisible ones, plain spaces.

    What is longer than any word is broken, since a tokenizer takes the square of its length. Plain words
    are most of any text and come in one piece.
    """
    word = signs = 0  # characters, and signs in a row, since the last space
    i = start
    while i < end:
        plain = PLAIN.match(text, i, end) if not word else None
        if plain is not None:
            yield plain[0], range(i, plain.end())
            i = plain.end()
            continue
        char = text[i]
        i += 1
        if INVISIBLE.match(char):
            continue
        if word == LONGEST_WORD or signs == MOST_SIGNS:
            yield " ", [i - 2]
            word = signs = 0
        if char.isspace() or not char.isprintable():
            if word:
                yield " ", [i - 1]
            word = signs = 0
            continue
        yield char, [i - 1]
        word += 1
        signs = 0 if char.isalnum() else signs + 1
