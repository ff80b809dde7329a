"""The process that reads Parquet for `reading.py`: `python -m graph.confined.child TASK < FILE > LINES`.

Its memory may grow by so much, it has so many seconds of a processor, and it can open no file but the
libraries, no socket and no program. The file is open already; what it holds is looked at last.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from graph.confined.items import to_line
from graph.sources.guard import guarded
from graph.sources.parquet import read_parquet
from graph.sparql import child, sandbox

LATE = 3
"""Exit status of a process that had not enough memory to tell so in another way."""


def main() -> None:
    """Read the table that standard input is, and write a line for each of its rows."""
    task = json.loads(sys.argv[1])
    child.settle()
    import pyarrow.parquet  # noqa: F401  # while its files can be opened

    limit = sandbox.MemoryLimit(task["memory"])
    limit.renew()
    resource.setrlimit(resource.RLIMIT_CPU, (task["seconds"], task["seconds"] + 1))
    folder, *others = map(Path, task["folders"])
    sandbox.apply(folder, libraries=others, any_thread=True)
    with os.fdopen(child.STDIN, "rb", closefd=False) as file, os.fdopen(child.STDOUT, "wb") as lines:
        try:
            for item in guarded(task["name"], read_parquet(file, task["name"], task["limit"])):
                lines.write(to_line(item))
        except MemoryError:
            os._exit(LATE)


if __name__ == "__main__":
    main()
