"""The sample articles beside what was read in them by hand: how much is said, and rightly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.text.reader import Reader
from tests.rows import GOLDEN, MISSING, WRONG, lines, samples


@dataclass(frozen=True, slots=True)
class Count:
    """How many statements are right, known to be wrong, missing, and not yet judged."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    unknown: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missing + other.missing,
            self.unknown + other.unknown,
        )


def evaluate(_: Path, reader: Reader) -> dict[str, float]:
    """Return the figures of the golden files; no open set is needed."""
    total = Count()
    for title, article in samples().items():
        kept = (GOLDEN / f"{title}.txt").read_text(encoding="utf-8")
        total += count(lines(reader.read(article)), kept)
    return {
        "golden.precision": total.right / max(1, total.right + total.wrong),
        "golden.recall": total.right / max(1, total.right + total.missing),
        "golden.unknown": total.unknown,
    }


def count(found: Iterable[str], kept: str) -> Count:
    """Count the lines found by what a golden file says of them; headings (`# ...`) are no statements."""
    judged = [line for line in kept.splitlines() if not line.startswith("# ")]
    wrong = {line.removeprefix(WRONG) for line in judged if line.startswith(WRONG)}
    wanted = {line.removeprefix(MISSING) for line in judged if not line.startswith(WRONG)}
    made = [line for line in found if not line.startswith("# ")]
    return Count(
        right=sum(line in wanted for line in made),
        wrong=sum(line in wrong and line not in wanted for line in made),
        missing=len(wanted - set(made)),
        unknown=sum(line not in wanted | wrong for line in made),
    )
