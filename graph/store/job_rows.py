"""The tables of jobs in the ledger's file, and what their rows are: many articles that are read one by one.

    jobs           one row a job: its state, and how many of its articles came to what end
    job_articles   one row an article: how far it got, and why it failed
    job_texts      what is still to be read, or may be tried again; gone with success

A job that is `receiving` is not acknowledged yet: nobody sees it, and a restart forgets it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from graph.errors import NewsgraphError
from graph.model import Article, Failure, Outcome


class JobState(StrEnum):
    """What is told of a job.

    `done`: each article was read, though some may have failed. `failed`: it was ended by an error that
    concerns all of them, or none of them could be used.
    """

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


RECEIVING: Final = "receiving"
UNFINISHED: Final = (JobState.QUEUED, JobState.RUNNING)
ENDS: Final = (*(outcome.value for outcome in Outcome), "failed")
"""What an article of a job may have come to."""

JOBS: Final = """
CREATE TABLE IF NOT EXISTS jobs (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL
        CHECK (state IN ('receiving', 'queued', 'running', 'done', 'failed', 'cancelled')),
    created TEXT NOT NULL, started TEXT, finished TEXT,
    kind TEXT, problem TEXT,
    changed INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0,
    replaced INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_state ON jobs (state);
CREATE TABLE IF NOT EXISTS job_articles (
    job INTEGER NOT NULL,
    number INTEGER NOT NULL,
    source TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('address', 'queued', 'reading', 'added', 'replaced', 'unchanged', 'failed')),
    article TEXT,
    expected TEXT,
    begun INTEGER NOT NULL DEFAULT 0,
    kind TEXT, problem TEXT,
    changed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (job, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS job_articles_state ON job_articles (job, state, number);
CREATE INDEX IF NOT EXISTS job_articles_changed ON job_articles (job, changed) WHERE changed > 0;
CREATE TABLE IF NOT EXISTS job_texts (
    job INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT, title TEXT, url TEXT, published TEXT, publisher TEXT,
    UNIQUE (job, number)
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a job or an article of it failed: the name of the error's class, and its sentence."""

    kind: str
    sentence: str

    @classmethod
    def of(cls, error: NewsgraphError) -> Trouble:
        """Keep what matters of an error."""
        return cls(type(error).__name__, str(error))


@dataclass(frozen=True, slots=True)
class Job:
    """A job: when it was taken on, begun and ended (UTC), and how many of its articles came to what end.

    `changed` grows with each change of the job or of one of its articles.
    """

    sequence: int
    id: str
    state: JobState
    created: datetime
    started: datetime | None
    finished: datetime | None
    trouble: Trouble | None
    changed: int
    articles: int
    added: int
    replaced: int
    unchanged: int
    failed: int

    @property
    def waiting(self) -> int:
        """How many articles are still to be read."""
        return self.articles - self.added - self.replaced - self.unchanged - self.failed


JOB_COLUMNS: Final = (
    "sequence, id, state, created, started, finished, kind, problem, changed,"
    " articles, added, replaced, unchanged, failed"
)


@dataclass(frozen=True, slots=True)
class JobArticle:
    """What became of one article of a job; `source` is its place in what was sent, `number` counts from 1.

    `outcome` is one of `ENDS`, or None while it waits; `article` is its id, once that is known.
    """

    number: int
    source: str
    outcome: str | None
    article: str | None
    trouble: Trouble | None
    changed: int


ARTICLE_COLUMNS: Final = "number, source, state, article, kind, problem, changed"


@dataclass(frozen=True, slots=True)
class Taken:
    """An article of a job that is about to be read for the `begun`th time.

    `expected` is what it comes to if it is found stored although it was not when it was first begun.
    """

    number: int
    article: Article
    begun: int
    expected: Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one article: its outcome and id, or the error."""

    number: int
    article: str | None
    outcome: Outcome | None = None
    error: NewsgraphError | None = None


def job_of(row: tuple[Any, ...]) -> Job:
    """Make a job of a row with `JOB_COLUMNS`."""
    sequence, id_, state, created, started, finished, kind, problem, changed, *counts = row
    times = datetime.fromisoformat(created), _time(started), _time(finished)
    return Job(sequence, id_, JobState(state), *times, _trouble(kind, problem), changed, *counts)


def job_article_of(row: tuple[Any, ...]) -> JobArticle:
    """Make an article of a job of a row with `ARTICLE_COLUMNS`."""
    number, source, state, article, kind, problem, changed = row
    outcome = state if state in ENDS else None
    return JobArticle(number, source, outcome, article, _trouble(kind, problem), changed)


def article_of(number: int, row: tuple[Any, ...]) -> Article:
    """Make the article that a row of texts holds (text, title, url, published, publisher).

    Its source is the number, by which its result is told among others.
    """
    text, title, url, published, publisher = row
    day = date.fromisoformat(published) if published else None
    return Article(text or "", title, url, day, publisher, str(number))


def add_rows(
    sql: sqlite3.Connection, job: int, first: int, changed: int, items: list[Article | Failure]
) -> int:
    """Write articles of a job, numbered from `first`; return how many of them failed already.

    These are changes of the job, numbered on from `changed`.
    """
    rows: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    failed = 0
    for number, item in enumerate(items, first):
        if isinstance(item, Failure):
            failed += 1
            trouble = Trouble.of(item.error)
            why = trouble.kind, trouble.sentence, changed + failed
            rows.append((job, number, item.source, "failed", None, *why))
            continue
        day = item.published.isoformat() if item.published else None
        state, id_ = ("queued", item.id) if item.text else ("address", None)
        rows.append((job, number, item.source or item.name, state, id_, None, None, 0))
        texts.append((job, number, item.text or None, item.title, item.url, day, item.publisher))
    sql.executemany(
        "INSERT INTO job_articles (job, number, source, state, article, kind, problem, changed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    sql.executemany("INSERT INTO job_texts VALUES (?, ?, ?, ?, ?, ?, ?)", texts)
    return failed


def now() -> str:
    """The time, as the tables have it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _trouble(kind: str | None, sentence: str | None) -> Trouble | None:
    return Trouble(kind, sentence or "") if kind else None
