"""A process to be killed: `python -m tests.crashing FOLDER START` ingests, replaces and deletes without end.

It prints a line for each write after it was acknowledged.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from graph.model import Article, Failure, Outcome
from graph.pipeline import ingest
from graph.store.archive import Archive
from tests.conftest import BASE
from tests.readings import Recorded, numbered

STATEMENTS = 8


def main(folder: Path, start: int) -> None:
    """Write until killed."""
    with Archive.open(folder, BASE) as archive:
        for number in count(start, 4):
            readings = [numbered(number + offset, STATEMENTS) for offset in range(4)]
            reader = Recorded(*readings)
            articles = [reading.article for reading in readings]
            ingest(articles, archive, reader, _tell)
            ingest([replace(articles[0], title="Replaced")], archive, reader, _tell)
            archive.delete(articles[1].id)
            print("deleted", articles[1].id, flush=True)


def _tell(article: Article | Failure, outcome: Outcome | None) -> None:
    assert isinstance(article, Article)
    print(outcome, article.id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
