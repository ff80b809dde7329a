"""`/v1/jobs`: many articles that are read one after the other: watched, cancelled, tried again, forgotten.

`POST /v1/articles` makes them. They live in the ledger, go on after a restart, and are kept for a week after
their end.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from starlette.responses import JSONResponse, Response

from api import schemas
from api.job_answers import article_answer, job_answer
from api.paging import page_response
from api.parameters import After, Limit, refuse_unknown_parameters
from api.schemas import jobs as answers
from api.state import State
from api.things import thing_response
from graph.store.job_rows import Job, JobState
from graph.views.paging import next_cursor, number_after

router = APIRouter(prefix="/v1/jobs", tags=["jobs"], dependencies=[Depends(refuse_unknown_parameters)])
JobId = Annotated[
    str,
    Path(description="Id of a job.", examples=["5f2a9c01d37be846"], max_length=100),
]

_EVENT = re.compile("[0-9]{1,15}")


class End(StrEnum):
    """What an article of a job may have come to."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@router.get(
    "",
    summary="List the jobs, the newest first",
    response_model=schemas.Page[answers.Job],
    responses=schemas.problems(400),
)
def list_jobs(
    request: Request,
    state: State,
    of: Annotated[JobState | None, Query(alias="state", description="Only in this state.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Jobs are kept for a week after their end."""
    question = f"jobs {of}"
    found = state.jobs.page(of, number_after(after, question), limit + 1)
    cursor = next_cursor(found, limit, question, lambda job: (job.sequence,))
    return page_response(request, [job_answer(job) for job in found[:limit]], cursor)


@router.get(
    "/{id}",
    summary="One job: its state and how far it got",
    response_model=answers.Job,
    responses=schemas.problems(404),
)
def get_job(request: Request, state: State, id: JobId) -> JSONResponse:  # noqa: A002
    """What became of each article is at `/articles` below it; `/events` tells of each as it is read."""
    return thing_response(request, job_answer(state.jobs.find(id)))


@router.get(
    "/{id}/articles",
    summary="What became of each article of a job",
    response_model=schemas.Page[answers.JobArticle],
    responses=schemas.problems(400, 404),
)
def list_job_articles(
    request: Request,
    state: State,
    id: JobId,  # noqa: A002
    outcome: Annotated[End | None, Query(description="Only those that came to this.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """In the order in which they were sent."""
    question = f"job {id} {outcome}"
    found = state.jobs.articles(id, outcome, number_after(after, question) or 0, limit + 1)
    cursor = next_cursor(found, limit, question, lambda one: (one.number,))
    return page_response(request, [article_answer(one) for one in found[:limit]], cursor)


@router.get(
    "/{id}/events",
    summary="Hear of each article as it is read, as server-sent events",
    response_class=Response,
    responses={
        200: {
            "description": "Events `article`, `job` (how far it got) and `end`; their data are what the other"
            " routes of the job give. With the id of one as `Last-Event-ID`, those after it; with what is no"
            " id of one of this job, all of them.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        204: {"description": "The job has ended, and all of it has been told."},
        **schemas.problems(404, 503),
    },
)
async def listen(
    state: State,
    id: JobId,  # noqa: A002
    last: Annotated[
        str | None,
        Header(alias="Last-Event-ID", description="Id of the last event that came."),
    ] = None,
) -> Response:
    """Ends with the job. A browser's EventSource comes again by itself when the connection is lost."""
    after = int(last) if last and _EVENT.fullmatch(last) else 0
    first = await state.events.part(id, after)
    if first.ended and not first.events:
        return Response(status_code=204)
    return state.events.stream(id, first)


@router.post(
    "/{id}/cancel",
    summary="End a job early; what was read stays",
    response_model=answers.Job,
    responses=schemas.problems(404),
)
def cancel_job(state: State, id: JobId) -> JSONResponse:  # noqa: A002
    """The few articles that are being read are read to their end, and only then is it `finished`.

    A job that has ended stays as it is.
    """
    return JSONResponse(job_answer(state.jobs.cancel(id)))


@router.post(
    "/{id}/retry",
    summary="Read again what failed, or was not begun when the job was ended",
    response_model=answers.Job,
    status_code=202,
    responses=schemas.problems(404, 409),
)
def retry_job(state: State, id: JobId) -> Response:  # noqa: A002
    """The job goes on under its own id."""
    return accepted(state.jobs.retry(id))


@router.delete(
    "/{id}",
    summary="Cancel a job if need be, and forget it; what was read stays",
    status_code=204,
    responses=schemas.problems(404),
)
def delete_job(state: State, id: JobId) -> Response:  # noqa: A002
    """What it has not read is gone with it."""
    state.jobs.remove(id)
    return Response(status_code=204)


def accepted(job: Job, headers: dict[str, str] | None = None) -> Response:
    """Answer that a job was taken on."""
    return JSONResponse(job_answer(job), 202, headers={"Location": f"/v1/jobs/{job.id}", **(headers or {})})
