"""Speed on news: words a second of the whole pipeline, and what it adds to the bare parse, spaCy's own.

What it adds may be less than nothing, since it takes shortcuts through the parse (`graph/text/shortcuts.py`);
what all stages but the parse take is therefore told as well. Everything is measured in processor time, since
reading uses one core, and the best of several rounds counts: others that use the machine (its caches, its
memory) only ever make a round longer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from graph.text.clean import clean
from graph.text.density import prose_only
from graph.text.parse import parse
from graph.text.reader import Reader
from tests.eval.corpus import articles
from tests.eval.figures import Figures
from tests.eval.marked import CORPUS

ARTICLES = 10
ROUNDS = 7


def evaluate(folder: Path, reader: Reader) -> Figures:
    """Measure it on the first articles of the corpus beside `folder`. Raises FileNotFoundError without it."""
    chosen = articles(folder / CORPUS)[:ARTICLES]
    texts = [article.text for article in chosen]
    cleaned = [prose_only(clean(text)) for text in texts]

    def whole() -> int:
        return sum(1 for _ in reader.read_many(chosen))

    def bare() -> int:
        return sum(len(doc) for doc in reader.nlp.pipe(texts))

    def short() -> int:
        return sum(len(doc) for doc in parse(reader.nlp, cleaned))

    whole(), bare(), short()  # the first time fills caches
    rounds = [(spent(whole), spent(bare), spent(short)) for _ in range(ROUNDS)]
    ours, beside, parsing = map(min, zip(*rounds, strict=True))
    words = sum(len(text.split()) for text in texts)
    return {
        "speed.words": words / ours,
        "speed.rules": (ours - beside) / beside,
        "speed.alone": (ours - parsing) / beside,
    }


def spent(run: Callable[[], object]) -> float:
    """Return the seconds of processor time that a call takes."""
    start = time.process_time()
    run()
    return time.process_time() - start
