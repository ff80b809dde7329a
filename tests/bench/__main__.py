"""`python -m tests.bench`: measure and print the ratios."""

from __future__ import annotations

from tests.bench import reading, serving


def main() -> None:
    """Print a line for each measurement, as soon as it is there."""
    for measure in (reading.measure, serving.measure):
        print(measure(), flush=True)


if __name__ == "__main__":
    main()
