"""What `/v1/jobs` answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from api.schemas import ArticleId, Problem, Schema
from graph.model import Outcome
from graph.store.job_rows import JobState

Count = Annotated[int, Field(ge=0)]


class Job(Schema):
    """Many articles that are read one after the other, while the server does other things."""

    id: Annotated[str, Field(examples=["5f2a9c01d37be846"])]
    state: Annotated[
        JobState,
        Field(description="`done`: all was read, though some may have failed; `failed`: nothing could be."),
    ]
    created: datetime
    started: datetime | None
    finished: Annotated[
        datetime | None,
        Field(
            description="When the last of its articles was counted; if it was cancelled, of those being read."
        ),
    ]
    articles: Annotated[Count, Field(description="How many it has.")]
    waiting: Annotated[Count, Field(description="How many are still to be read.")]
    added: Count
    replaced: Count
    unchanged: Count
    failed: Count
    problem: Annotated[Problem | None, Field(description="What ended the job as a whole.")]


class JobArticle(Schema):
    """What became of one article of a job; `outcome` is null while it waits."""

    number: Annotated[int, Field(ge=1)]
    source: Annotated[str, Field(description="The article's place in the body.", examples=["body:2"])]
    outcome: Outcome | Literal["failed"] | None
    article: ArticleId | None
    problem: Problem | None
