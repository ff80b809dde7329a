"""Jobs and their articles as answers and events show them: why something failed as a problem document."""

from __future__ import annotations

from typing import Any

from api.problems import problem_named
from graph.codec import Json
from graph.jobs import job_article_to_json, job_to_json
from graph.store.job_rows import Job, JobArticle, Trouble


def job_answer(job: Job) -> Json:
    """Give a job as an answer shows it."""
    return {**job_to_json(job), "problem": _problem(job.trouble)}


def article_answer(one: JobArticle) -> Json:
    """Give an article of a job as an answer shows it."""
    return {**job_article_to_json(one), "problem": _problem(one.trouble)}


def _problem(trouble: Trouble | None) -> dict[str, Any] | None:
    return None if trouble is None else problem_named(trouble.kind, trouble.sentence)
