"""Reading: the whole pipeline per word, beside the bare parse of the same texts."""

from __future__ import annotations

import sys

from graph.resources import data_path
from graph.sources import read_paths
from graph.text.reader import Reader
from tests.bench.measure import Bound, Line, in_turns

ROUNDS = 9
COPIES = 6


def measure() -> Line:
    """Measure it on the sample articles, several times over."""
    found = read_paths([str(data_path("samples"))], stdin=sys.stdin.buffer, limit=1_000_000)
    articles = list(found) * COPIES
    texts = [article.text for article in articles]
    words = sum(len(text.split()) for text in texts)
    reader = Reader()
    parse = reader.nlp

    def whole() -> int:
        return sum(len(reading.statements) for reading in reader.read_many(articles))

    def bare() -> int:
        return sum(len(doc) for doc in parse.pipe(texts))

    whole(), bare()  # the first time fills caches
    measured = in_turns(whole, bare, ROUNDS)
    return Line(
        "reading, the whole pipeline per word / the bare parse",
        f"{words / measured.ours:,.0f} words/s",
        f"{words / measured.beside:,.0f} words/s",
        measured.ratio,
        Bound(1.10),
        Bound(1.05),
    )
