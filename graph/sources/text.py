"""Plain text: a whole file is one article, or each of its lines is.

A plain text has no title: its first line may be a headline, a dateline or the first sentence, and
a wrong title would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from graph.errors import EmptyText, NotText
from graph.model import Article, Failure
from graph.sources.decoding import LONGEST, decode, read_bounded, too_large
from graph.sources.guard import attempt
from graph.sources.lines import Line, split_lines


def read_text(stream: BinaryIO, name: str, limit: int) -> Iterator[Article | Failure]:
    """Give the article that `stream` holds, of at most `limit` characters, or why there is none."""
    yield attempt(name, lambda: Article(decode(read_bounded(stream, limit), limit=limit)))


def read_lines(stream: BinaryIO, name: str, limit: int) -> Iterator[Article | Failure]:
    """Give an article for each line that is not blank; what fails is named `name:number`."""
    number = 0
    for line in split_lines(stream, limit * LONGEST):
        number = line.number
        result = attempt(f"{name}:{number}", lambda line=line: _article(line, limit))  # type: ignore[misc]
        if line.offset == 0 and isinstance(result, Failure) and isinstance(result.error, NotText):
            yield Failure(name, result.error)  # a binary file: one failure, not one for each of its "lines"
            return
        yield result
    if number == 0:
        yield Failure(name, EmptyText("There is no line to read, only blanks. Give one article a line."))


def _article(line: Line, limit: int) -> Article:
    if not line.whole:
        raise too_large(limit)
    return Article(decode(line.data, limit=limit, at=line.offset))
