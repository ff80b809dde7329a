"""Jobs as the one sees them who reads their articles: whose turn it is, what is next, what became of it.

    rest     at the start: what a killed process was reading waits again
    upcoming the job whose turn it is: one after the other, a few articles each
    take     its next articles, marked as being read, with what they would come to
    settle   what they came to; the last one ends the job
    next_address, fetched, not_fetched    the same for those of which only the address is known

An article that is stored, but whose job had not heard of it when the process was killed, is met again:
`take` noted what it would come to, so its job still tells that, and no article is counted twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from graph.errors import NewsgraphError
from graph.model import Article, Outcome
from graph.store.job_ends import end, finish, finish_all, finish_if_done
from graph.store.job_rows import (
    JOB_COLUMNS,
    RECEIVING,
    Job,
    JobState,
    Result,
    Taken,
    Trouble,
    article_of,
    job_of,
)
from graph.store.job_rows import now as time_now
from graph.store.jobs import Jobs
from graph.store.ledger import Ledger

_TEXT: Final = "text, title, url, published, publisher"


def rest(jobs: Jobs) -> None:
    """Let wait again what a process was reading that ended; forget what was not acknowledged."""
    with jobs.changing() as sql:
        sql.execute("UPDATE job_articles SET state = 'queued' WHERE state = 'reading'")
        finish_all(sql)
        sql.execute("DELETE FROM jobs WHERE state = ? AND sequence <= ?", (RECEIVING, jobs.earlier))
    jobs.clear()
    jobs.sweep()


def upcoming(ledger: Ledger, after: int) -> Job | None:
    """Return the unfinished job with waiting articles whose turn it is after the job `after`."""
    with ledger.reading() as sql:
        return _whose_turn(sql, "queued", after)


def take(jobs: Jobs, ledger: Ledger, job: Job, model: str, most: int, characters: int) -> list[Taken]:
    """Mark the next articles of a job as being read: `most` at most, and about so many characters.

    Nothing is taken of a job that was ended meanwhile.
    """
    with jobs.changing() as sql:
        if not _begin(sql, job.sequence):
            return []
        taken: list[Taken] = []
        size = 0
        for number, begun, expected, article in _next(sql, job.sequence, most):
            size += len(article.text)
            if taken and size > characters:
                break
            fate = Outcome(expected) if expected else _fate(ledger, article, model, taken)
            taken.append(Taken(number, article, begun + 1, fate))
        sql.executemany(
            "UPDATE job_articles SET state = 'reading', begun = ?, expected = ? WHERE job = ? AND number = ?",
            [(one.begun, one.expected, job.sequence, one.number) for one in taken],
        )
        return taken


def next_address(ledger: Ledger, after: int) -> tuple[Job, int, Article] | None:
    """Return the next article that is to be fetched: its job, its number, and what is known of it.

    It is of the job whose turn it is after the job `after`, and without a text.
    """
    with ledger.reading() as sql:
        job = _whose_turn(sql, "address", after)
        if job is None:
            return None
        found = sql.execute(
            f"SELECT number, source, {_TEXT} FROM job_articles JOIN job_texts USING (job, number)"
            " WHERE job = ? AND state = 'address' ORDER BY number LIMIT 1",
            (job.sequence,),
        ).fetchone()
    return job, found[0], replace(article_of(found[0], found[2:]), source=found[1])


def fetched(jobs: Jobs, job: Job, number: int, article: Article) -> None:
    """Let an article be read whose text is there now; nothing happens if its job was ended meanwhile."""
    day = article.published.isoformat() if article.published else None
    with jobs.changing() as sql:
        if not _begin(sql, job.sequence):
            return
        changed = sql.execute(
            "UPDATE job_articles SET state = 'queued', article = ?"
            " WHERE job = ? AND number = ? AND state = 'address'",
            (article.id, job.sequence, number),
        ).rowcount
        if changed:
            sql.execute(
                "UPDATE job_texts SET text = ?, title = ?, url = ?, published = ?, publisher = ?"
                " WHERE job = ? AND number = ?",
                (article.text, article.title, article.url, day, article.publisher, job.sequence, number),
            )


def not_fetched(jobs: Jobs, job: Job, number: int, error: NewsgraphError) -> None:
    """Write down why an article could not be fetched, unless its job was ended meanwhile."""
    with jobs.changing() as sql:
        if _begin(sql, job.sequence):
            _settle(sql, job.sequence, Result(number, None, error=error))
            finish_if_done(sql, job.sequence)


def put_back(jobs: Jobs, job: Job, numbers: Iterable[int]) -> None:
    """Let articles wait again whose reading was not begun, or broken off in order."""
    with jobs.changing() as sql:
        sql.executemany(
            "UPDATE job_articles SET state = 'queued', begun = begun - 1"
            " WHERE job = ? AND number = ? AND state = 'reading'",
            [(job.sequence, number) for number in numbers],
        )
        finish(sql, job.sequence)


def left(jobs: Jobs, job: Job) -> None:
    """Let all of a job wait again that was being read, of which the disk refused to write what became."""
    with jobs.changing() as sql:
        sql.execute(
            "UPDATE job_articles SET state = 'queued' WHERE job = ? AND state = 'reading'", (job.sequence,)
        )
        finish(sql, job.sequence)


def settle(jobs: Jobs, job: Job, results: Iterable[Result]) -> None:
    """Write down what became of articles that were taken; the last one ends the job."""
    with jobs.changing() as sql:
        for result in results:
            _settle(sql, job.sequence, result)
        finish_if_done(sql, job.sequence)


def fail(jobs: Jobs, job: Job, trouble: Trouble) -> None:
    """End a job because of something that concerns all of its articles; `retry` goes on with it."""
    with jobs.changing() as sql:
        sql.execute(
            "UPDATE job_articles SET state = 'queued' WHERE job = ? AND state = 'reading'", (job.sequence,)
        )
        sql.execute(
            "UPDATE jobs SET kind = ?, problem = ? WHERE sequence = ?",
            (trouble.kind, trouble.sentence, job.sequence),
        )
        end(sql, job.sequence, JobState.FAILED)


def _whose_turn(sql: sqlite3.Connection, waiting: str, after: int) -> Job | None:
    """Return the unfinished job after the job `after` that has articles `waiting` (queued, address)."""
    query = (
        f"SELECT {JOB_COLUMNS} FROM jobs WHERE state IN ('queued', 'running') AND EXISTS"
        " (SELECT 1 FROM job_articles WHERE job = jobs.sequence AND job_articles.state = ?)"
        " ORDER BY sequence <= ?, sequence LIMIT 1"
    )
    row = sql.execute(query, (waiting, after)).fetchone()
    return None if row is None else job_of(row)


def _begin(sql: sqlite3.Connection, sequence: int) -> bool:
    """Write down that a job is running; False if it was ended."""
    sql.execute(
        "UPDATE jobs SET state = 'running', started = coalesce(started, ?), changed = changed + 1"
        " WHERE sequence = ? AND state = 'queued'",
        (time_now(), sequence),
    )
    row = sql.execute("SELECT 1 FROM jobs WHERE sequence = ? AND state = 'running'", (sequence,)).fetchone()
    return row is not None


def _next(sql: sqlite3.Connection, sequence: int, most: int) -> list[tuple[int, int, str | None, Article]]:
    rows = sql.execute(
        f"SELECT number, begun, expected, {_TEXT} FROM job_articles JOIN job_texts USING (job, number)"
        " WHERE job = ? AND state = 'queued' ORDER BY number LIMIT ?",
        (sequence, most),
    ).fetchall()
    return [(row[0], row[1], row[2], article_of(row[0], row[3:])) for row in rows]


def _fate(ledger: Ledger, article: Article, model: str, before: list[Taken]) -> Outcome:
    """Tell what an article will come to if it can be read."""
    if ledger.holds(ledger.completed(article), model) or any(one.article == article for one in before):
        return Outcome.UNCHANGED
    again = ledger.stored(article.id) or any(one.article.id == article.id for one in before)
    return Outcome.REPLACED if again else Outcome.ADDED


def _settle(sql: sqlite3.Connection, sequence: int, result: Result) -> None:
    trouble = Trouble.of(result.error) if result.error else None
    state = result.outcome.value if result.outcome else "failed"
    changed = sql.execute(
        f"UPDATE jobs SET changed = changed + 1, {state} = {state} + 1 WHERE sequence = ? RETURNING changed",
        (sequence,),
    ).fetchone()
    if changed is None:  # the job was removed meanwhile
        return
    sql.execute(
        "UPDATE job_articles SET state = ?, article = coalesce(?, article), kind = ?, problem = ?,"
        " changed = ? WHERE job = ? AND number = ?",
        (
            state,
            result.article,
            trouble and trouble.kind,
            trouble and trouble.sentence,
            changed[0],
            sequence,
            result.number,
        ),
    )
    if trouble is None:
        sql.execute("DELETE FROM job_texts WHERE job = ? AND number = ?", (sequence, result.number))
