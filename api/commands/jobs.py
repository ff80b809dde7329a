"""`jobs list`, `show`, `cancel`, `retry` and `remove`: what many articles at once became on the server.

They are in the ledger, which a server that runs shares: it sees within a second what a command changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from api.commands.inputs import open_store
from api.commands.lists import write_list
from api.commands.options import Data, Layout, ListShape, Shape, id_argument
from api.commands.output import layout_for, say, write_json
from api.commands.output import show as show_all
from api.commands.tables import key_value_table, minute, plain_table
from api.job_answers import article_answer, job_answer
from api.schemas.jobs import Job
from graph.codec import Json
from graph.errors import StoreInUse
from graph.settings import load_settings
from graph.store import folders, job_queue
from graph.store.job_rows import JobState
from graph.store.jobs import Jobs
from graph.store.ledger import Ledger

_T = TypeVar("_T")
JobId = Annotated[str, id_argument("Id of the job.")]
InState = Annotated[JobState | None, typer.Option("--state", help="Only in this state.")]
Most = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="The newest, at most so many.")]
_COLUMNS = ("id", "state", "created", "articles", "read", "failed")
"""What a line of 80 signs has room for; `show` tells the rest."""
_READ = ("added", "replaced", "unchanged")
_FAILURES = 50
"""Articles that failed, of those that are shown to a person."""


def list_(data: Data = None, state: InState = None, limit: Most = 50, shape: ListShape = None) -> None:
    """List the jobs, the newest first."""
    with _reading(data) as jobs:
        found = [job_answer(job) for job in jobs.page(state, None, limit)]
    if not found:
        say("There are no jobs; the server makes one where many articles are sent at once.")
    write_list(shape, found, Job, lambda: plain_table(_COLUMNS, map(_row, found), ("id", "created")))


def show(id_: JobId, data: Data = None, shape: Shape = None) -> None:
    """Show one job, and why articles of it failed."""
    with _reading(data) as jobs:
        job = jobs.find(id_)
        if layout_for(shape) is Layout.JSON:
            write_json({**job_answer(job), "items": list(_all(jobs, id_))})
            return
        failed = jobs.articles(id_, "failed", 0, _FAILURES)
    facts = {name: _cell(value) for name, value in job_answer(job).items() if name != "problem"}
    why = job.trouble.sentence if job.trouble else ""
    show_all(key_value_table({**facts, "problem": why}.items()))
    if failed:
        rows = [(str(one.number), one.source, one.trouble.sentence if one.trouble else "") for one in failed]
        show_all("", plain_table(("number", "source", "why it failed"), rows))
        if job.failed > len(failed):
            say(f"These are {len(failed)} of {job.failed:,}; --format json shows all.")


def cancel(id_: JobId, data: Data = None) -> None:
    """End a job early; what was read of it stays."""
    job = _changed(data, lambda jobs: jobs.cancel(id_))
    say(f"The job {job.id} is {job.state.value}; {job.waiting:,} of its articles were not read.")
    if job.finished is None:
        say("The few that are being read just now still are, and count.")


def retry(id_: JobId, data: Data = None) -> None:
    """Let what failed of a job, or was not begun, be read again: by the server that runs, or the next."""
    job = _changed(data, lambda jobs: jobs.retry(id_))
    say(f"The job {job.id} waits with {job.waiting:,} articles; `newsgraph serve` reads them.")


def remove(id_: JobId, data: Data = None) -> None:
    """Forget a job; the articles that it read stay."""
    _changed(data, lambda jobs: jobs.remove(id_))
    say(f"The job {id_} is gone.")


jobs: Mapping[str, Callable[..., None]] = {
    "list": list_,
    "show": show,
    "cancel": cancel,
    "retry": retry,
    "remove": remove,
}
"""The commands below `newsgraph jobs`."""


def _changed(data: Path | None, change: Callable[[Jobs], _T]) -> _T:
    """Change jobs, beside a server if there is one: each change is one transaction of the ledger."""
    try:
        archive = open_store(data)
    except StoreInUse:
        with _reading(data) as jobs:
            return change(jobs)
    with archive:
        jobs = Jobs(archive.ledger)
        job_queue.rest(jobs)  # the store is ours, so nothing is being read
        return change(jobs)


@contextmanager
def _reading(data: Path | None) -> Iterator[Jobs]:
    """Open only the ledger, which a server that runs shares. Raises StoreError if there is none."""
    folder = load_settings(data=data).data
    folders.make(folder, create=False)
    ledger = Ledger(folder / folders.LEDGER, filled=True)
    try:
        yield Jobs(ledger)
    finally:
        ledger.close()


def _all(jobs: Jobs, id_: str) -> Iterator[Any]:
    after = 0
    while found := jobs.articles(id_, None, after, 1000):
        yield from map(article_answer, found)
        after = found[-1].number


def _row(job: Json) -> list[str]:
    read = sum(job[name] for name in _READ)
    shown = {**job, "created": minute(job["created"]), "read": read}
    return [_cell(shown[name]) for name in _COLUMNS]


def _cell(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value or "")
