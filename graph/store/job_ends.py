"""How jobs come to their end: at the last article that waits, or early; finished when none is being read."""

from __future__ import annotations

import sqlite3
from typing import Final

from graph.store.job_rows import JobState, now

IS_UNFINISHED: Final = "state IN ('queued', 'running')"
"""A condition on `jobs`."""
_WAITING: Final = "('address', 'queued', 'reading')"
_IS_ENDING: Final = "jobs.state IN ('done', 'failed', 'cancelled') AND finished IS NULL"


def end(sql: sqlite3.Connection, sequence: int, state: JobState) -> None:
    """Write down that a job has come to its end; it has finished when nothing of it is being read."""
    sql.execute("UPDATE jobs SET state = ?, changed = changed + 1 WHERE sequence = ?", (state, sequence))
    finish(sql, sequence)


def finish(sql: sqlite3.Connection, sequence: int) -> None:
    """Write down when an ended job finished: as soon as the last article that was being read is counted."""
    sql.execute(
        f"UPDATE jobs SET finished = ?, changed = changed + 1 WHERE sequence = ? AND {_IS_ENDING}"
        " AND NOT EXISTS (SELECT 1 FROM job_articles WHERE job = jobs.sequence"
        " AND job_articles.state = 'reading')",
        (now(), sequence),
    )


def finish_all(sql: sqlite3.Connection) -> None:
    """Write down that all ended jobs have finished; for who knows that nothing is being read."""
    sql.execute(f"UPDATE jobs SET finished = ?, changed = changed + 1 WHERE {_IS_ENDING}", (now(),))


def finish_if_done(sql: sqlite3.Connection, sequence: int) -> None:
    """End an unfinished job of which no article waits any more; finish one that was ended before."""
    job = sql.execute(
        f"SELECT articles, failed FROM jobs WHERE sequence = ? AND {IS_UNFINISHED}", (sequence,)
    ).fetchone()
    if job is None:
        finish(sql, sequence)
    elif not waits(sql, sequence):
        end(sql, sequence, JobState.FAILED if job[0] == job[1] else JobState.DONE)


def waits(sql: sqlite3.Connection, sequence: int) -> bool:
    """Tell if an article of a job is still to be read."""
    query = f"SELECT 1 FROM job_articles WHERE job = ? AND state IN {_WAITING} LIMIT 1"
    return sql.execute(query, (sequence,)).fetchone() is not None
