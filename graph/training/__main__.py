"""`python -m graph.training CORPUS WORK [--teacher PYTHON]`: train the language model anew."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from graph.errors import NewsgraphError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe and print the folder of the pipeline; return the exit status."""
    given = _parser().parse_args(arguments)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # more threads only wait for each other; read when NumPy is loaded
    from graph.training.recipe import Job, Options, run

    options = Options(steps=given.steps, share=given.share, seed=given.seed)
    try:
        model = run(Job(given.corpus, given.work, given.teacher, given.gold, options))
    except (NewsgraphError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(model)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m graph.training", description="Train the language model anew."
    )
    parser.add_argument("corpus", type=Path, help="folder of NAME.sent.txt[.gz] and NAME.par.txt[.gz]")
    parser.add_argument("work", type=Path, help="folder for what the stages make; a second run goes on there")
    parser.add_argument("--teacher", metavar="PYTHON", help="Python of the teacher's environment")
    parser.add_argument(
        "--gold", type=Path, metavar="DIR", help="folder of treebanks (.conllu) to measure on"
    )
    parser.add_argument("--steps", type=_steps, help="steps of each round of training, for a trial")
    parser.add_argument("--share", type=_share, default=1.0, help="share of the training text that is used")
    parser.add_argument("--seed", type=int, default=0)
    return parser


def _steps(text: str) -> int:
    steps = int(text)
    if steps < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return steps


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError("must be over 0 and at most 1")
    return share


if __name__ == "__main__":
    sys.exit(main())
