"""The sheet of statements marked by hand: its form, and what is right of what is still read.

`tests/golden/marks_sentences.tsv` names the sentences that were drawn (article, offsets),
`tests/golden/marks.tsv` each statement read from them and its verdict. A statement that is no longer made has
vanished; one that is made of a drawn sentence and has no mark is new, and `python -m tests.eval marks --new`
shows it to whoever marks it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from graph.model import Node, Reading, Statement, Value
from tests.rows import name


class Verdict(StrEnum):
    """`right`, or the first cause for which a statement is wrong; tests/golden/README.md explains each."""

    RIGHT = "right"
    PARSE = "parse"
    SUBJECT = "subject"
    OBJECT = "object"
    PREDICATE = "predicate"
    RELATION = "relation"
    FRAGMENT = "fragment"
    MODALITY = "modality"
    POLARITY = "polarity"
    ATTRIBUTION = "attribution"
    TIME = "time"
    REFERENCE = "reference"
    TYPE = "type"


LONGEST, KEPT = 60, 40  # characters; what is longer is a piece of the article, and is cut


@dataclass(frozen=True, slots=True)
class Window:
    """One drawn sentence: the number of its article in the file, and its offsets in the article's text."""

    article: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as the sheet knows it: ids and labels, no text of the article.

    `detail` (types of subject and object, then curated relations) tells statements apart only where the
    verdict was on it, so that a better type does not make a right statement one that no one has marked.
    """

    subject: str
    predicate: str
    object: str
    modality: str
    polarity: str
    speaker: str
    time: str
    detail: str

    @property
    def types(self) -> str:
        """The types of subject and object."""
        return self.detail.partition(" ")[0]

    @property
    def relations(self) -> str:
        """The curated relations."""
        return self.detail.partition(" ")[2]

    @property
    def key(self) -> tuple[str, ...]:
        """What the statement says."""
        return (
            self.subject, self.predicate, self.object, self.modality, self.polarity, self.speaker, self.time,
        )  # fmt: skip


JUDGED: Mapping[Verdict, Callable[[Told], str]] = {
    Verdict.TYPE: lambda told: told.types,
    Verdict.RELATION: lambda told: told.relations,
}  # verdict -> what of the detail it was on


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the sheet."""

    window: Window
    told: Told
    verdict: Verdict

    def fits(self, told: Told) -> bool:
        """Whether this mark is about a statement of the same sentence."""
        judged = JUDGED.get(self.verdict)
        return self.told.key == told.key and (judged is None or judged(self.told) == judged(told))


@dataclass(frozen=True, slots=True)
class Found:
    """A statement made now of a drawn sentence, with its mark if it has one."""

    window: Window
    made: Statement
    mark: Mark | None


def told(made: Statement) -> Told:
    """Return what the sheet keeps of a statement."""
    kind = made.object.type.value if isinstance(made.object, Node) else "literal"
    return Told(
        subject=label(made.subject),
        predicate=made.predicate.id,
        object=label(made.object),
        modality=made.modality.value,
        polarity=made.polarity.value,
        speaker=label(made.attributed_to) if made.attributed_to else "",
        time=f"{made.time.start or ''}..{made.time.end or ''}" if made.time else "",
        detail=" ".join((f"{made.subject.type.value}>{kind}", *made.predicate.broader)),
    )


def label(part: Node | Value) -> str:
    """Return the id or value of a part; a long one as its beginning and a digest of the whole."""
    whole = name(part)
    if len(whole) <= LONGEST:
        return whole
    return f"{whole[:KEPT]}~{hashlib.sha256(whole.encode()).hexdigest()[:6]}"


PLACE = tuple(f.name for f in fields(Window))
COLUMNS = (*PLACE, *(f.name for f in fields(Told)), "verdict")


def read_windows(path: Path) -> list[Window]:
    """Return the drawn sentences. Raises OSError, and ValueError for a line that is none."""
    return [_window(row) for row in _rows(path, PLACE)]


def read_marks(path: Path) -> list[Mark]:
    """Return the marks. Raises OSError, and ValueError for a line that is none or an unknown verdict."""
    return [
        Mark(_window(row), Told(**{f.name: row[f.name] for f in fields(Told)}), Verdict(row["verdict"]))
        for row in _rows(path, COLUMNS)
    ]


def line(window: Window, told_now: Told, verdict: str) -> str:
    """Return one line of the sheet."""
    place = (str(getattr(window, column)) for column in PLACE)
    return "\t".join((*place, *told_now.key, told_now.detail, verdict))


def compare(
    windows: Sequence[Window], marks: Sequence[Mark], readings: Mapping[int, Reading]
) -> tuple[list[Found], list[Mark]]:
    """Return the statements that are made now of the drawn sentences, and the marks of those that vanished.

    `readings` has the reading of each article that a sentence was drawn from, by its number.
    """
    found: list[Found] = []
    kept: set[Mark] = set()
    by_window: dict[Window, list[Mark]] = {}
    for mark in marks:
        by_window.setdefault(mark.window, []).append(mark)
    for window in windows:
        for made in _inside(readings[window.article], window):
            is_told = told(made)
            fitting = [mark for mark in by_window.get(window, ()) if mark.fits(is_told)]
            best = min(fitting, key=lambda mark: mark.told.detail != is_told.detail, default=None)
            found.append(Found(window, made, best))
            kept.update(fitting)
    return found, [mark for mark in marks if mark not in kept]


def _inside(reading: Reading, window: Window) -> Iterator[Statement]:
    """Give the statements whose predicate stands in a drawn sentence, however sentences are cut today."""
    return (s for s in reading.statements if window.start <= s.predicate.start < window.end)


def _window(row: Mapping[str, str]) -> Window:
    return Window(*(int(row[column]) for column in PLACE))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(next(rows, ())) != columns:
            raise ValueError(f"{path.name} does not begin with the columns {', '.join(columns)}; add them.")
        for number, row in enumerate(rows, 2):
            if len(row) != len(columns):
                raise ValueError(f"Line {number} of {path.name} has {len(row)} columns; give {len(columns)}.")
            yield dict(zip(columns, row, strict=True))
