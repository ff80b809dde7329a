"""The teacher, run in an environment of its own (requirements.txt), where newsgraph is not installed.

It is asked with a command line, `PYTHON label.py TOKENS LABELS [--whole]`, over the files of two folders;
whatever keeps to that, and to the rows of `label.py`, can teach.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from graph.errors import ModelError

LABEL = Path(__file__).with_name("label.py")
ADVICE = (
    "Make an environment of Python 3.11 with graph/training/teacher/requirements.txt (`make model` does it) "
    "and name its Python with --teacher."
)


def teach(python: str | None, tokens: Path, out: Path, *, whole: bool) -> None:
    """Let the teacher read `tokens`/NAME.jsonl and write `out`/NAME.jsonl.

    `whole` keeps it from splitting sentences in the middle.
    Raises ModelError if there is no such teacher, if it fails, or if it left a source out.
    """
    if python is None:
        raise ModelError(f"The text has no labels yet and no teacher is named. {ADVICE}")
    command = [python, str(LABEL), str(tokens), str(out), *(["--whole"] if whole else [])]
    try:
        status = subprocess.run(command, check=False).returncode
    except OSError as error:
        raise ModelError(f"The teacher {python!r} cannot be started ({error.strerror}). {ADVICE}") from error
    if status:
        raise ModelError(
            f"The teacher {python!r} ended with status {status}; what it said stands above. {ADVICE}"
        )
    missing = sorted(path.name for path in tokens.glob("*.jsonl") if not (out / path.name).exists())
    if missing:
        raise ModelError(
            f"The teacher {python!r} wrote no labels for {', '.join(missing)}; start again to go on."
        )
