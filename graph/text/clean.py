"""Makes an article's text fit for the parser, and remembers where each character came from.

What is left out (datelines, bylines, boilerplate) is only not read; the article keeps it, and all
offsets given out are those of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
GLUED = re.compile(r"(?<=[a-z]{2}[.?!])(?=[A-Z][a-z]+[ ,])|(?<=[a-z]{2}[.?!][\"”’])(?=[A-Z][a-z]+[ ,])")
PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")
WRAPPED_WIDTH = 50  # a line shorter than this is not one that an editor wrapped

_CITY = r"[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,3}"
_REST = r"(?:, [A-Z][\w.'’ ]{1,30}){0,2}(?:, \d{1,2})?"
_DASH = r"\s*(?:—|–|--|-)\s+"
DATELINE = re.compile(
    rf"\s*(?:(?P<city>{_CITY}){_REST}\s*(?:\([^()]{{1,60}}\))?{_DASH}"
    rf"|(?P<town>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){{0,2}}){_REST}\s*\([^()]{{1,60}}\){_DASH})"
)
NOT_PROSE = (
    re.compile(
        r"\s*(?:by|written by|reporting by|edited by|photo(?:graph)?(?: by)?:?|image:|source:)\s+[^.]{1,80}$",
        re.I,
    ),
    re.compile(
        r"\s*(?:read more|share this|related|advertisement|sign up|subscribe|follow us|©|copyright"
        r"|all rights)\b.{0,100}$",
        re.I,
    ),
    re.compile(r"\s*(?:last )?(?:updated|published|posted)(?: on| at)?:?\s.{1,60}$", re.I),
    re.compile(r"[^A-Za-z]*$"),
)
SENTENCE_END = re.compile(r"[.?!…:;][\"”’')\]]*\s*$")
HEADLINE_WORDS = 16


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text for the parser.

    `offsets[i]` is where `text[i]` stands in the original; `blocks` are the starts of paragraphs in
    `text`, each of which starts a sentence; `dateline` is the place that the dateline names.
    """

    text: str
    offsets: list[int]
    blocks: tuple[int, ...]
    dateline: str | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of `text` (not empty) to the original."""
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(text: str) -> Cleaned:
    """Prepare `text`; never fails, and takes time linear in its length."""
    pieces: list[str] = []
    offsets: list[int] = []
    blocks: list[int] = []
    dateline = None
    for begin, end in _paragraphs(text):
        found = DATELINE.match(text, begin, min(end, begin + 200)) if dateline is None else None
        if found:
            dateline = found["city"] or found["town"]
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
    long_enough = line[1] - line[0] >= WRAPPED_WIDTH
    ended = SENTENCE_END.search(text[max(line[0], line[1] - 10) : line[1]])
    first = text[following[0] : following[0] + 1]
    return one_break and long_enough and (not ended or first.islower())


def _is_no_prose(line: str) -> bool:
    """Tell bylines, boilerplate and headlines (title case or capitals, no full stop) from prose."""
    if any(pattern.match(line) for pattern in NOT_PROSE):
        return True
    if len(line) > 200 or SENTENCE_END.search(line):
        return False
    long_words = [word for word in line.split() if len(word) > 3]
    capital = sum(word[0].isupper() or not word[0].isalpha() for word in long_words)
    return len(line.split()) <= HEADLINE_WORDS and capital >= 0.8 * len(long_words)


def _tidy(text: str, start: int, end: int) -> Iterator[tuple[str, list[int]]]:
    """Give pieces of `text[start:end]` with the place of each character: no invisible ones, plain spaces."""
    gaps = {match.start() for match in GLUED.finditer(text, start, end)}
    blank = True
    for i in range(start, end):
        char = text[i]
        if INVISIBLE.match(char):
            continue
        if i in gaps:
            yield " ", [i - 1]
        space = char.isspace() or not char.isprintable()
        if space and blank:
            continue
        yield (" " if space else char), [i]
        blank = space
