"""When a job has finished: not before the last of its articles is counted, whatever ended it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from readings import Recorded, numbered

from graph import jobs as work
from graph.errors import StoreFull
from graph.model import Outcome
from graph.store import job_queue
from graph.store.archive import Archive
from graph.store.job_rows import Job, Result
from graph.store.jobs import Jobs

KNOWN = [numbered(n) for n in range(20)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, "http://localhost:8000/") as opened:
        yield opened


def taken_on(jobs: Jobs) -> Job:
    sequence = jobs.open()
    jobs.add(sequence, [one.article for one in KNOWN])
    return jobs.accept(sequence)


def taken(archive: Archive, jobs: Jobs, job: Job) -> list[int]:
    return [one.number for one in job_queue.take(jobs, archive.ledger, job, "recorded 1.0", 8, 10**6)]


def test_a_job_that_is_cancelled_has_finished_when_the_last_is_settled(archive: Archive) -> None:
    jobs = Jobs(archive.ledger)
    job = taken_on(jobs)
    numbers = taken(archive, jobs, job)
    assert jobs.cancel(job.id).finished is None
    job_queue.settle(jobs, job, [Result(number, "a", Outcome.ADDED) for number in numbers[:3]])
    assert jobs.find(job.id).finished is None
    job_queue.put_back(jobs, job, numbers[3:])
    ended = jobs.find(job.id)
    assert ended.finished is not None
    assert (ended.added, ended.waiting) == (3, 17)
    assert jobs.cancel(job.id) == ended


def test_one_of_which_nothing_is_read_has_finished_at_once(archive: Archive) -> None:
    jobs = Jobs(archive.ledger)
    assert jobs.cancel(taken_on(jobs).id).finished is not None


def test_a_process_that_is_killed_meanwhile_leaves_none_unfinished(archive: Archive) -> None:
    jobs = Jobs(archive.ledger)
    job = taken_on(jobs)
    taken(archive, jobs, job)
    jobs.cancel(job.id)
    job_queue.rest(Jobs(archive.ledger))
    assert jobs.find(job.id).finished is not None
    again = jobs.retry(job.id)
    assert (again.finished, again.waiting) == (None, 20)


def test_what_the_disk_refused_to_count_is_read_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = Jobs(archive.ledger)
    job = taken_on(jobs)
    reader = Recorded(*KNOWN)

    def full(*_arguments: object) -> None:
        raise StoreFull("The disk is full; make room.")

    with monkeypatch.context() as patched:
        patched.setattr(job_queue, "settle", full)
        with pytest.raises(StoreFull):
            work.work(archive, jobs, reader, job)
    job_queue.left(jobs, job)
    for _ in range(5):
        work.work(archive, jobs, reader, job)
    found = jobs.find(job.id)
    assert (found.state, found.added, found.unchanged, found.waiting) == ("done", 20, 0, 0)
