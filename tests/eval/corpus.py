"""The articles of the marked sheet: a file of paragraphs, one a line, a blank line between articles."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from graph.model import Article

DAY = "%A, %B %d, %Y"  # the second line of nearly every article: Friday, January 4, 2019


def articles(path: Path) -> list[Article]:
    """Return the articles of a file of plain or gzipped text, in order; the first line of each is its title.

    Raises OSError if the file cannot be read.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return [_article(block) for block in _blocks(file)]


def _blocks(lines: Iterator[str]) -> Iterator[list[str]]:
    stripped = (line.strip() for line in lines)
    yield from (list(block) for filled, block in groupby(stripped, key=bool) if filled)


def _article(block: list[str]) -> Article:
    title, *body = block
    published = _day(body[0]) if body else None
    return Article("\n".join(body[1:] if published else body), title=title, published=published)


def _day(line: str) -> date | None:
    try:
        return datetime.strptime(line, DAY).date()
    except ValueError:
        return None
