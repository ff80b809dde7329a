"""`python -m tests.eval`: measure on the open sets and the marked sheet, and print one table.

    python -m tests.eval                                 # all
    python -m tests.eval carb benchie --json now.json    # some, and keep the figures
    python -m tests.eval carb --beside now.json          # with what has changed since

`--sets` names another folder of open sets.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console, RenderableType

from graph.text.reader import Reader
from tests.eval import extraction, golden, marked, mentioned, speed, table
from tests.eval.figures import Figures, from_json, to_json
from tests.eval.sources import SETS

WRONG_USE = 2
WIDTH = 110  # characters of a line where there is no terminal

Result = tuple[Figures, Sequence[RenderableType]]
Part = Callable[[Path, Reader], Result]


def _plain(measure: Callable[[Path, Reader], Figures], folder: Path, reader: Reader) -> Result:
    return measure(folder, reader), ()


def _marks(name: str, folder: Path, reader: Reader) -> Result:
    found = marked.load(folder, reader, name)
    shown = table.causes(marked.causes(found.found)), table.reliability(marked.bins(found.found))
    return marked.figures(found, name), shown


def _unseen(name: str, folder: Path, reader: Reader) -> Result:
    """Only figures: whoever looks at the causes makes rules for them, and the sheet is no test any more."""
    return marked.figures(marked.load(folder, reader, name), name), ()


PARTS: Mapping[str, Part] = {
    **{name: partial(_plain, partial(extraction.evaluate, name)) for name in extraction.SETS},
    "gum": partial(_plain, mentioned.evaluate),
    "marks": partial(_marks, "marks"),
    "more": partial(_marks, "more"),
    "fifth": partial(_marks, "fifth"),
    "held": partial(_unseen, "held"),
    "fresh": partial(_unseen, "fresh"),
    "golden": partial(_plain, golden.evaluate),
    "speed": partial(_plain, speed.evaluate),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run the parts that are named, or all; returns the exit status."""
    asked = _asked(words)
    if not asked.sets.is_dir():
        _tell(f"There is no folder {asked.sets}; name that of the open sets: make eval EVAL=dir.")
        return WRONG_USE
    try:
        beside = from_json(asked.beside) if asked.beside else {}
    except (OSError, ValueError) as error:
        _tell(str(error))
        return WRONG_USE
    reader = Reader()
    values, shown = _run(asked.parts or PARTS, asked.sets, reader)
    screen = Console(width=None if sys.stdout.isatty() else WIDTH)
    for one in (*shown, table.figures(values, beside)):
        screen.print(one)
    if asked.json:
        asked.json.write_text(to_json(values), encoding="utf-8")
    return 0 if values else WRONG_USE


def _asked(words: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.eval", description="Measure how well articles are read.")
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named"
    )
    parser.add_argument("--sets", type=Path, default=SETS, help="the folder of the open sets")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--beside", type=Path, help="show what has changed since a file that --json wrote")
    asked = parser.parse_args(words)
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"There is no part {', '.join(unknown)}; choose of {', '.join(PARTS)}.")
    return asked


def _run(
    names: Sequence[str] | Mapping[str, Part], folder: Path, reader: Reader
) -> tuple[Figures, list[RenderableType]]:
    """Run parts in turn; one whose files are not there is told of and left out."""
    values: Figures = {}
    shown: list[RenderableType] = []
    for name in names:
        start = time.perf_counter()
        try:
            figures, tables = PARTS[name](folder, reader)
        except FileNotFoundError as error:
            _tell(f"{name} is left out: {error.filename} is not there.")
            continue
        values |= figures
        shown.extend(tables)
        _tell(f"{name}: {time.perf_counter() - start:.0f} s")
    return values, shown


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
