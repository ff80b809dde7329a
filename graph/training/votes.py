"""All that a document says of a name decides its type together: what the teacher saw at each place where
it stands, what stands beside it there, and what the corpus mostly takes it for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import sqrt

from graph.training.evidence import by_neighbours
from graph.training.rows import Paragraph, Span
from graph.training.survey import Survey, surface

VOTING = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT"))
NEIGHBOURS = 2.0  # votes of what stands beside a name
CORPUS = 3.0  # of all its uses elsewhere

Ballot = dict[str, str]  # form of a name -> the type that most votes are for


def ballot(document: list[Paragraph], survey: Survey) -> Ballot:
    """Count the votes of a document; places where a name stands count by the square root of their number,
    since the teacher makes the same mistake at most of them."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for paragraph in document:
        for form, (start, end, label) in voting(paragraph):
            seen[form][label] += 1
            shown = by_neighbours(paragraph, start, end)
            if shown:
                beside[form][shown] += 1
    return {form: _winner(counts, beside[form], survey.share(form)) for form, counts in seen.items()}


def _winner(seen: Counter[str], beside: Counter[str], share: dict[str, float]) -> str:
    labels = sorted(VOTING & {*seen, *beside, *share})
    return max(
        labels,
        key=lambda label: (
            sqrt(seen[label]) + NEIGHBOURS * sqrt(beside[label]) + CORPUS * share.get(label, 0.0)
        ),
    )


def voting(paragraph: Paragraph) -> Iterator[tuple[str, Span]]:
    """Yield the names of a paragraph that have a vote, each with its form."""
    for start, end, label in paragraph["ents"]:
        if label in VOTING:
            yield surface(paragraph, start, end), (start, end, label)
