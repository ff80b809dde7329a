"""The shipped language model, loaded once for all tests that read."""

from __future__ import annotations

from datetime import date
from functools import cache

from graph.model import Article, Reading
from graph.text.reader import Reader

PUBLISHED = date(2023, 3, 17)  # a Friday


@cache
def reader() -> Reader:
    """Return the one reader of the test session."""
    made = Reader()
    assert made.nlp
    return made


def read(text: str, published: date | None = PUBLISHED) -> Reading:
    """Read a text as one article."""
    return reader().read(Article(text, published=published))
