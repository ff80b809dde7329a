"""Jobs as those see them who give and watch them: taken on, listed, cancelled, tried again, forgotten.

Who reads their articles looks at them by `job_queue.py`. The tables are in the ledger's file
(`job_rows.py`), so what is acknowledged is on the disk, and a backup holds it too.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from graph.errors import Busy, Conflict, NotFound, TooLarge
from graph.model import Article, Failure
from graph.store.job_ends import IS_UNFINISHED, end, finish_if_done, waits
from graph.store.job_rows import (
    ARTICLE_COLUMNS,
    JOB_COLUMNS,
    RECEIVING,
    UNFINISHED,
    Job,
    JobArticle,
    JobState,
    add_rows,
    job_article_of,
    job_of,
    now,
)
from graph.store.ledger import Ledger

MOST_ARTICLES: Final = 100_000
"""Articles that one job may have."""
MOST_UNFINISHED: Final = 100
"""Jobs that may be waiting or running at once."""
KEPT: Final = timedelta(days=7)
"""How long a job is kept after its end."""
_AT_ONCE: Final = 1000
"""Rows that are forgotten in one transaction, so that no other write waits for long."""


class Jobs:
    """The jobs of a ledger; safe to use from many threads.

    `version` grows with each change; `listener` is told of each, in the thread that made it. `earlier` is
    the last job that another process may have left. Every method raises StoreFull if the disk is full,
    another StoreError if it refuses.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.version = 0
        self.listener: Callable[[], object] | None = None
        with ledger.reading() as sql:
            (self.earlier,) = sql.execute("SELECT coalesce(max(sequence), 0) FROM jobs").fetchone()
        self._seen = self._elsewhere()

    def look(self) -> None:
        """See if another process changed the ledger (`newsgraph jobs cancel`), and take it for a change."""
        seen = self._elsewhere()
        if seen != self._seen:
            self._seen = seen
            self._tell()

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Change jobs: all of the block or nothing of it."""
        with self._ledger.transaction() as sql:
            yield sql
        self._tell()

    def _tell(self) -> None:
        self.version += 1
        if self.listener is not None:
            self.listener()

    def _elsewhere(self) -> int:
        """Return the number that SQLite changes when another connection has written."""
        with self._ledger.reading() as sql:
            return int(sql.execute("PRAGMA data_version").fetchone()[0])

    def open(self) -> int:
        """Begin to take on a job, which nobody sees before `accept`; return its sequence number.

        Raises Busy if too many are unfinished.
        """
        with self._ledger.transaction() as sql:
            (count,) = sql.execute(f"SELECT count(*) FROM jobs WHERE {IS_UNFINISHED}").fetchone()
            if count >= MOST_UNFINISHED:
                raise Busy(f"{count} jobs are not finished yet; wait for one to end, or cancel one.")
            found = sql.execute(
                "INSERT INTO jobs (id, state, created) VALUES (?, ?, ?)",
                (secrets.token_hex(8), RECEIVING, now()),
            )
            return int(found.lastrowid or 0)

    def add(self, sequence: int, items: Iterable[Article | Failure]) -> None:
        """Write articles of a job that is being taken on; one without a text is to be fetched by its url.

        Raises TooLarge if the job gets too many.
        """
        given = list(items)
        with self._ledger.transaction() as sql:
            count, changed = sql.execute(
                "SELECT articles, changed FROM jobs WHERE sequence = ?", (sequence,)
            ).fetchone()
            if count + len(given) > MOST_ARTICLES:
                raise TooLarge(
                    f"The body holds more than {MOST_ARTICLES:,} articles; send them in smaller batches."
                )
            failed = add_rows(sql, sequence, count + 1, changed, given)
            sql.execute(
                "UPDATE jobs SET articles = articles + ?, failed = failed + ?, changed = changed + ?"
                " WHERE sequence = ?",
                (len(given), failed, failed, sequence),
            )

    def accept(self, sequence: int) -> Job:
        """Let a job begin, now that all of it is written."""
        with self.changing() as sql:
            sql.execute(
                "UPDATE jobs SET state = 'queued', changed = changed + 1 WHERE sequence = ?", (sequence,)
            )
            finish_if_done(sql, sequence)
            query = f"SELECT {JOB_COLUMNS} FROM jobs WHERE sequence = ?"
            return job_of(sql.execute(query, (sequence,)).fetchone())

    def find(self, id_: str) -> Job:
        """Return a job. Raises NotFound, which names a few that there are."""
        with self._ledger.reading() as sql:
            return self._find(sql, id_)

    def page(self, state: JobState | None, before: int | None, limit: int) -> list[Job]:
        """Return at most `limit` jobs (of that `state`), the newest first, from before a sequence number."""
        with self._ledger.reading() as sql:
            rows = sql.execute(
                f"SELECT {JOB_COLUMNS} FROM jobs WHERE state <> 'receiving' AND state = coalesce(?, state)"
                " AND sequence < coalesce(?, sequence + 1) ORDER BY sequence DESC LIMIT ?",
                (state, before, limit),
            )
            return [job_of(row) for row in rows]

    def totals(self) -> tuple[dict[JobState, int], int]:
        """Return how many jobs there are in each state, and how many articles wait in all."""
        counts = dict.fromkeys(JobState, 0)
        with self._ledger.reading() as sql:
            query = "SELECT state, count(*) FROM jobs WHERE state <> 'receiving' GROUP BY state"
            counts |= {JobState(state): count for state, count in sql.execute(query)}
            (waiting,) = sql.execute(
                "SELECT coalesce(sum(articles - added - replaced - unchanged - failed), 0) FROM jobs"
                f" WHERE {IS_UNFINISHED}"
            ).fetchone()
        return counts, int(waiting)

    def articles(self, id_: str, outcome: str | None, after: int, limit: int) -> list[JobArticle]:
        """Return at most `limit` articles of a job (that came to `outcome`) with a number over `after`.

        Raises NotFound.
        """
        with self._ledger.reading() as sql:
            job = self._find(sql, id_)
            rows = sql.execute(
                f"SELECT {ARTICLE_COLUMNS} FROM job_articles WHERE job = ? AND number > ?"
                f"{'' if outcome is None else ' AND state = ?'} ORDER BY number LIMIT ?",
                (job.sequence, after, *(() if outcome is None else (outcome,)), limit),
            )
            return [job_article_of(row) for row in rows]

    def changes(self, id_: str, after: int, limit: int) -> tuple[Job, list[JobArticle]]:
        """Return a job as it is, and its first `limit` articles whose end has a number over `after`.

        A number that the job has not come to is as good as none: all are new then. Raises NotFound.
        """
        with self._ledger.reading() as sql:
            job = self._find(sql, id_)
            after = after if after <= job.changed else 0
            rows = sql.execute(
                f"SELECT {ARTICLE_COLUMNS} FROM job_articles WHERE job = ? AND changed > ?"
                " AND changed > 0 ORDER BY changed LIMIT ?",
                (job.sequence, after, limit),
            )
            return job, [job_article_of(row) for row in rows]

    def cancel(self, id_: str) -> Job:
        """End a job early; what was read of it stays, as does one that has ended. Raises NotFound.

        The few articles that are being read are read to their end, and only then has the job `finished`.
        """
        with self.changing() as sql:
            job = self._find(sql, id_)
            if job.state in UNFINISHED:
                end(sql, job.sequence, JobState.CANCELLED)
            return self._find(sql, id_)

    def retry(self, id_: str) -> Job:
        """Let what failed of a job, or was not begun when it was ended, be read (again).

        Raises NotFound; Conflict if the job is not at its end, or nothing of it can be tried again.
        """
        with self.changing() as sql:
            job = self._find(sql, id_)
            if job.state in UNFINISHED:
                raise Conflict(f"The job {id_} is {job.state.value}; wait for its end, or cancel it first.")
            count = _queue_failed(sql, job.sequence)
            if not waits(sql, job.sequence):
                raise Conflict(
                    f"Nothing of the job {id_} can be tried again: what failed holds no text. Mend that, and"
                    " send it anew."
                    if job.failed
                    else f"Nothing of the job {id_} failed, so there is nothing to try again."
                )
            sql.execute(
                "UPDATE jobs SET state = 'queued', finished = NULL, kind = NULL, problem = NULL,"
                " failed = failed - ?, changed = changed + 1 WHERE sequence = ?",
                (count, job.sequence),
            )
            return self._find(sql, id_)

    def remove(self, id_: str) -> None:
        """Forget a job, and end it if need be; the articles that it read stay. Raises NotFound."""
        with self.changing() as sql:
            job = self._find(sql, id_)
            sql.execute("DELETE FROM jobs WHERE sequence = ?", (job.sequence,))
        self.clear()

    def discard(self, sequence: int) -> None:
        """Forget a job that was not taken on after all."""
        with self._ledger.transaction() as sql:
            sql.execute("DELETE FROM jobs WHERE sequence = ?", (sequence,))
        self.clear()

    def sweep(self, moment: datetime | None = None) -> int:
        """Forget the jobs that ended longer than `KEPT` before `moment` (now); return how many."""
        until = ((moment or datetime.now(UTC)) - KEPT).isoformat(timespec="milliseconds")
        with self._ledger.reading() as sql:
            old = sql.execute("SELECT 1 FROM jobs WHERE finished < ? LIMIT 1", (until,)).fetchone()
        if old is None:
            return 0
        with self.changing() as sql:
            count = sql.execute("DELETE FROM jobs WHERE finished < ?", (until,)).rowcount
        self.clear()
        return count

    def clear(self) -> None:
        """Remove what is left of jobs that are gone, a part at a time."""
        for table in ("job_texts", "job_articles"):
            query = f"SELECT job FROM {table} WHERE job NOT IN (SELECT sequence FROM jobs) LIMIT 1"
            while True:
                with self._ledger.transaction() as sql:
                    found = sql.execute(query).fetchone()
                    if found is None:
                        break
                    sql.execute(
                        f"DELETE FROM {table} WHERE job = :job AND number IN"
                        f" (SELECT number FROM {table} WHERE job = :job LIMIT {_AT_ONCE})",
                        {"job": found[0]},
                    )

    def _find(self, sql: sqlite3.Connection, id_: str) -> Job:
        row = sql.execute(
            f"SELECT {JOB_COLUMNS} FROM jobs WHERE id = ? AND state <> 'receiving'", (id_,)
        ).fetchone()
        if row is None:
            raise NotFound(f"No job has the id {id_!r}; {_hint(sql, id_)}")
        return job_of(row)


def _queue_failed(sql: sqlite3.Connection, sequence: int) -> int:
    """Let the articles that failed wait again, if there is something to read or to fetch; return how many."""
    again = "number IN (SELECT number FROM job_texts WHERE job = :job AND text IS {kind})"
    return sum(
        sql.execute(
            f"UPDATE job_articles SET state = '{state}', expected = NULL, begun = 0, kind = NULL,"
            " problem = NULL, changed = 0 WHERE job = :job AND state = 'failed' AND "
            + again.format(kind=kind),
            {"job": sequence},
        ).rowcount
        for state, kind in (("queued", "NOT NULL"), ("address", "NULL"))
    )


def _hint(sql: sqlite3.Connection, id_: str) -> str:
    rows = sql.execute(
        "SELECT id FROM jobs WHERE state <> 'receiving'"
        " ORDER BY substr(id, 1, 4) = ? DESC, sequence DESC LIMIT 3",
        (id_[:4],),
    ).fetchall()
    if not rows:
        return f"there are no jobs (they are kept for {KEPT.days} days after their end)."
    return f"there are others, such as {', '.join(row[0] for row in rows)}."
