"""Jobs at work: a few articles of one at a time, so that whoever waits for a single article waits for few.

`work` reads the next articles of a job and writes down what became of them; a server calls it until
nothing waits, between the articles that others send. Nothing is lost when it is killed in between: what
was being read waits again (`resume`), and an article that ends the process three times is given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph import pipeline
from graph.codec import Json
from graph.errors import ReadFailed
from graph.model import Article, Failure, Outcome
from graph.store import job_queue
from graph.store.archive import Archive
from graph.store.job_rows import Job, JobArticle, Result, Taken
from graph.store.jobs import Jobs

ARTICLES_AT_ONCE: Final = 8
"""Short articles are read a third faster together than one by one; more of them gain little."""
CHARACTERS_AT_ONCE: Final = 8_000
"""What is read in some 0.2 s, which is how long another article may have to wait."""


def resume(jobs: Jobs) -> None:
    """Go on where a process ended; to be called once, when the articles that it left are read again."""
    job_queue.rest(jobs)


def work(archive: Archive, jobs: Jobs, reader: pipeline.Reader, job: Job) -> None:
    """Read the next articles of a job and keep them.

    What goes wrong with one of them is its result. Raises what `pipeline.ingest` does; what was read until
    then is written down, and the rest waits again.
    """
    taken = job_queue.take(jobs, archive.ledger, job, reader.name, ARTICLES_AT_ONCE, CHARACTERS_AT_ONCE)
    step = _Step(taken)
    try:
        step.give_up(archive)
        pipeline.ingest(step.left(), archive, reader, step.hear)
    finally:
        job_queue.settle(jobs, job, step.results.values())
        if left := step.left():
            job_queue.put_back(jobs, job, [int(article.name) for article in left])


class _Step:
    """A few articles of a job on their way; the name of each is its number."""

    def __init__(self, taken: Sequence[Taken]) -> None:
        self._taken = {one.number: one for one in taken}
        self.results: dict[int, Result] = {}

    def left(self) -> list[Article]:
        """Return the articles that nothing has become of yet."""
        return [one.article for one in self._taken.values() if one.number not in self.results]

    def give_up(self, archive: Archive) -> None:
        """Leave out what the store gave up: its reading was begun several times and ended the process."""
        if not any(one.begun > 1 for one in self._taken.values()):
            return
        failed = dict(archive.ledger.marked("failed"))
        for number, one in self._taken.items():
            sentence = failed.get(one.article.id)
            if one.begun > 1 and sentence is not None:
                archive.abandon(one.article)
                self.results[number] = Result(number, one.article.id, error=ReadFailed(sentence))

    def hear(self, item: Article | Failure, outcome: Outcome | None) -> None:
        """Note what became of an article."""
        if isinstance(item, Failure):
            number = int(item.source)
            self.results[number] = Result(number, self._taken[number].article.id, error=item.error)
            return
        one = self._taken[int(item.name)]
        if outcome is Outcome.UNCHANGED and one.begun > 1:
            outcome = one.expected  # a process that was killed kept it, and did not come to say so
        self.results[one.number] = Result(one.number, item.id, outcome)


def job_to_json(job: Job) -> Json:
    """Give a job as JSON; why it failed is for who answers to add."""
    times = {"created": job.created, "started": job.started, "finished": job.finished}
    return {
        "id": job.id,
        "state": job.state.value,
        **{name: moment and moment.isoformat() for name, moment in times.items()},
        "articles": job.articles,
        "waiting": job.waiting,
        "added": job.added,
        "replaced": job.replaced,
        "unchanged": job.unchanged,
        "failed": job.failed,
    }


def job_article_to_json(one: JobArticle) -> Json:
    """Give what became of an article of a job as JSON; why it failed is for who answers to add."""
    return {"number": one.number, "source": one.source, "outcome": one.outcome, "article": one.article}
