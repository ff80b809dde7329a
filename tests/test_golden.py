"""Golden statements of the sample articles: read by hand, line by line, and kept in tests/golden/.

What differs is printed as a diff. `tests/rows.py` says how the files are written anew, and what the
marks mean.
"""

from __future__ import annotations

from difflib import unified_diff

import pytest

from tests.loaded import reader
from tests.rows import GOLDEN, MISSING, WRONG, lines, marks, samples


def test_every_sample_has_its_file() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == samples().keys()
    assert len(samples()) == 4


@pytest.mark.parametrize("sample", sorted(path.stem for path in GOLDEN.glob("*.txt")))
def test_statements_are_those_that_were_checked(sample: str) -> None:
    kept = (GOLDEN / f"{sample}.txt").read_text("utf-8")
    expected = [line.removeprefix(WRONG) for line in kept.splitlines() if not line.startswith(MISSING)]
    found = list(lines(reader().read(samples()[sample])))
    changes = "\n".join(unified_diff(expected, found, "checked", "read now", lineterm="", n=1))
    assert not changes, f"{sample}:\n{changes}\n(python -m tests.rows writes them anew; look at each line)"
    here = {line for line, mark in marks(kept).items() if mark == MISSING} & set(found)
    assert not here, f"no longer missing: {here}"


def test_few_lines_are_known_to_be_wrong() -> None:
    texts = [path.read_text("utf-8") for path in GOLDEN.glob("*.txt")]
    said = sum(not line.startswith("#") for text in texts for line in text.splitlines())
    wrong = sum(mark == WRONG for text in texts for mark in marks(text).values())
    assert wrong < 0.08 * said
