"""Finds what is too dense to be prose: runs of signs, tables of figures, single letters.

What the parser takes grows with the number of tokens. English has one in about five characters, a run of
quotation marks one in each, so what is dense is kept away from the parser, with the sentences it stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from graph.text.clean import Cleaned

# About what a tokenizer makes one token of; it takes *9m*, *im* and *hes* for two.
PIECE = re.compile(r"\d+|\b(?i:i|he|we)(?=[dms]\b)|[^\W\d_]+|\S|\n")
WINDOW = 400  # characters that are judged together: a result in brackets or two are no table
MOST_PIECES = 160  # in a window; prose has half as many
# Where another sentence surely begins: not after *Mr.* or *U.S.*, nor before a small letter.
SENTENCE = re.compile(
    r"(?:[?!…]|(?<!\b[A-Z])(?<!\b[A-Z]\w)(?<!\b[A-Z]\w{2})(?<!\b[A-Z]\w{3})\.)"
    r"[\"”’')\]]* (?=[\"“‘'(\[]?[A-Z])|\n"
)


def prose_only(cleaned: Cleaned) -> Cleaned:
    """Leave out what is too dense for the parser; what stands before and after it are paragraphs.

    Offsets stay those of the original, and `gaps` tells what follows on something left out. What is left
    may be empty.
    """
    spans = prose(cleaned.text)
    if spans == [(0, len(cleaned.text))]:
        return cleaned
    pieces: list[str] = []
    offsets: list[int] = []
    blocks: list[int] = []
    gaps: list[int] = []
    for start, end in _stripped(cleaned.text, spans):
        if pieces:
            pieces.append("\n")
            offsets.append(cleaned.offsets[start - 1])
        if start:
            gaps.append(len(offsets))
        shift = len(offsets) - start
        inside = slice(bisect_right(cleaned.blocks, start), bisect_left(cleaned.blocks, end))
        blocks += [len(offsets), *(block + shift for block in cleaned.blocks[inside])]
        pieces.append(cleaned.text[start:end])
        offsets += cleaned.offsets[start:end]
    return Cleaned("".join(pieces), offsets, tuple(blocks), cleaned.dateline, tuple(gaps))


def prose(text: str) -> list[tuple[int, int]]:
    """Return the spans of `text` that are fit for the parser, in order, none of them empty.

    The sentences that begin or end in a dense window are left out whole, since half a sentence may say
    the contrary. In the rest no window has more than twice the tokens of prose. Takes time linear in
    the length.
    """
    dense = list(_dense(text))
    if not dense:
        return [(0, len(text))] if text else []
    borders = [0, *(match.end() for match in SENTENCE.finditer(text)), len(text)]
    spans: list[tuple[int, int]] = []
    begin = 0
    for start, end in dense:
        stop = borders[bisect_right(borders, start) - 1]
        if stop > begin:
            spans.append((begin, stop))
        begin = borders[bisect_left(borders, end)]
    if begin < len(text):
        spans.append((begin, len(text)))
    return spans


def _dense(text: str) -> Iterator[tuple[int, int]]:
    """Give the windows that hold too many pieces; a last, shorter one is as likely to."""
    for start in range(0, len(text), WINDOW):
        end = min(start + WINDOW, len(text))
        if len(PIECE.findall(text, start, end)) > MOST_PIECES:
            yield start, end


def _stripped(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the spans without the spaces at their ends, and none that is empty then."""
    for start, end in spans:
        kept = text[start:end]
        begin = start + len(kept) - len(kept.lstrip())
        stop = start + len(kept.rstrip())
        if begin < stop:
            yield begin, stop
