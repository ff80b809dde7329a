"""The marked sheet beside what is read now: precision, changes, how far to believe the confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.model import Reading
from graph.text.reader import Reader
from tests.eval.corpus import articles
from tests.eval.figures import Figures
from tests.eval.sheet import Found, Mark, Verdict, Window, compare, read_marks, read_windows
from tests.rows import GOLDEN

SHEETS: Mapping[str, tuple[Path, Path]] = {
    "marks": (GOLDEN / "marks_sentences.tsv", GOLDEN / "marks.tsv"),
    "more": (GOLDEN / "marks_more_sentences.tsv", GOLDEN / "marks_more.tsv"),
    "fifth": (GOLDEN / "marks_fifth_sentences.tsv", GOLDEN / "marks_fifth.tsv"),
    "held": (GOLDEN / "marks_held_sentences.tsv", GOLDEN / "marks_held.tsv"),  # no rule is made for these
    "fresh": (GOLDEN / "marks_fresh_sentences.tsv", GOLDEN / "marks_fresh.tsv"),  # nor for these
}  # name -> sentences and statements
CORPUS = Path("../corpus/wikinews_2019_2020.par.txt.gz")  # beside the folder of open sets
LONG = 20  # words; a sentence of so many says several things
EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)  # where the bins of confidence begin


@dataclass(frozen=True, slots=True)
class Bin:
    """Marked statements of about one confidence: how many, their mean confidence, the share that is right."""

    start: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Marked:
    """The sheet and the readings of its articles, compared."""

    windows: Sequence[Window]
    readings: Mapping[int, Reading]
    found: Sequence[Found]
    vanished: Sequence[Mark]


def load(folder: Path, reader: Reader, name: str) -> Marked:
    """Read the articles of one of `SHEETS`. Raises FileNotFoundError if their file is not beside `folder`."""
    sentences, statements = SHEETS[name]
    windows, marks = read_windows(sentences), read_marks(statements)
    all_articles = articles(folder / CORPUS)
    numbers = sorted({window.article for window in windows})
    readings: dict[int, Reading] = {}
    for number, reading in zip(numbers, reader.read_many(all_articles[n] for n in numbers), strict=True):
        if not isinstance(reading, Reading):
            raise reading.error
        readings[number] = reading
    found, vanished = compare(windows, marks, readings)
    return Marked(windows, readings, found, vanished)


def figures(marked: Marked, name: str) -> Figures:
    """Return the figures of a sheet, under its name."""
    verdicts = [one.mark.verdict for one in marked.found if one.mark is not None]
    right = verdicts.count(Verdict.RIGHT)
    gone = [mark.verdict for mark in marked.vanished]
    long = _counts_in_long(marked)
    return {
        f"{name}.precision": right / max(1, len(verdicts)),
        f"{name}.typed_apart": (right + verdicts.count(Verdict.TYPE)) / max(1, len(verdicts)),
        f"{name}.marked": len(verdicts),
        f"{name}.new": len(marked.found) - len(verdicts),
        f"{name}.vanished_right": gone.count(Verdict.RIGHT),
        f"{name}.vanished_wrong": len(gone) - gone.count(Verdict.RIGHT),
        f"{name}.per_long_sentence": sum(long) / max(1, len(long)),
        f"{name}.silent": long.count(0) / max(1, len(long)),
        f"{name}.calibration": calibration(bins(marked.found)),
        f"{name}.offsets": exact(marked.readings.values()),
    }


def causes(found: Sequence[Found]) -> dict[Verdict, int]:
    """Return cause -> how many statements that are made now are wrong by it, the largest first."""
    verdicts = [one.mark.verdict for one in found if one.mark is not None]
    wrong = {verdict: verdicts.count(verdict) for verdict in Verdict if verdict is not Verdict.RIGHT}
    return dict(sorted(wrong.items(), key=lambda item: -item[1]))


def bins(found: Sequence[Found]) -> list[Bin]:
    """Return the reliability table of the marked statements, by rising confidence, without empty bins."""
    made = []
    for start, end in zip(EDGES, (*EDGES[1:], 2.0), strict=True):
        inside = [one for one in found if one.mark is not None and start <= one.made.confidence < end]
        if inside:
            right = sum(one.mark is not None and one.mark.verdict is Verdict.RIGHT for one in inside)
            mean = sum(one.made.confidence for one in inside) / len(inside)
            made.append(Bin(start, len(inside), mean, right / len(inside)))
    return made


def calibration(table: Sequence[Bin]) -> float:
    """Return the mean distance of confidence and share right, weighted by the bins' sizes; 0 for no bins."""
    apart = sum(one.count * abs(one.confidence - one.right) for one in table)
    return apart / max(1, sum(one.count for one in table))


def exact(readings: Iterable[Reading]) -> float:
    """Return the share of sentences, parts and mentions whose offsets give their text; 1 for none."""
    checked = [
        reading.article.text[start:end] == text
        for reading in readings
        for text, start, end in _spans(reading)
    ]
    return sum(checked) / len(checked) if checked else 1.0


def _spans(reading: Reading) -> Iterator[tuple[str, int, int]]:
    for made in reading.statements:
        yield made.sentence, made.start, made.end
        for part in (made.subject, made.predicate, made.object, *(a.value for a in made.arguments)):
            yield part.text, part.start, part.end
    for mention in reading.mentions:
        yield mention.text, mention.start, mention.end


def _counts_in_long(marked: Marked) -> list[int]:
    texts = {
        window: marked.readings[window.article].article.text[window.start : window.end]
        for window in marked.windows
    }
    counted = {window: 0 for window, text in texts.items() if len(text.split()) >= LONG}
    for one in marked.found:
        if one.window in counted:
            counted[one.window] += 1
    return list(counted.values())
