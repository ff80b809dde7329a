"""`python -m tests.bench [reading|serving|searching|rest] [--quads N] [--kept DIR]`: print ratios."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from tests.bench import reading, rest, searching, serving


def main() -> None:
    """Print a line for each measurement, as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument(
        "part",
        nargs="?",
        choices=("reading", "serving", "searching", "rest"),
        help="only this; all if left out",
    )
    parser.add_argument("--quads", type=int, help="the size of the graph to serve; each part has its own")
    parser.add_argument(
        "--kept", type=Path, help="the folder where `rest` keeps its stores for the next time"
    )
    chosen = parser.parse_args()
    for line in _lines(chosen.part, chosen.quads, chosen.kept):
        print(line, flush=True)


def _lines(part: str | None, quads: int | None, kept: Path | None) -> Iterator[object]:
    if part in {None, "reading"}:
        yield reading.measure()
    if part in {None, "serving"}:
        yield from serving.measure(quads or serving.QUADS)
    if part in {None, "searching"}:
        yield from searching.measure(quads or searching.QUADS)
    if part in {None, "rest"}:
        yield from rest.measure(quads or rest.QUADS, kept)


if __name__ == "__main__":
    main()
