"""`/v1/statements`: who did what to whom, with the sentence that says so; and `/v1/stats`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import JSONResponse

from api import schemas
from api.paging import page_response
from api.parameters import After, Limit, StatementFilters, refuse_unknown_parameters
from api.state import State
from graph import views
from graph.codec import statement_to_json

router = APIRouter(prefix="/v1", tags=["statements"], dependencies=[Depends(refuse_unknown_parameters)])


@router.get(
    "/statements",
    summary="List statements, all of them or those that filters choose",
    response_model=schemas.Page[schemas.Statement],
    responses=schemas.problems(400),
)
def list_statements(
    request: Request, state: State, filters: StatementFilters, limit: Limit = 50, after: After = None
) -> JSONResponse:
    """All filters that are given must hold. In the order of the articles and of their sentences."""
    page = views.statements(state.archive, filters.to_filter(), after=after, limit=limit)
    return page_response(request, [statement_to_json(one) for one in page.items], page.next)


@router.get(
    "/statements/{id}",
    summary="One statement, with its sentence and where that stands",
    response_model=schemas.Statement,
    responses=schemas.problems(404),
)
def get_statement(
    state: State,
    id: Annotated[str, Path(description="Id of a statement.", max_length=500)],  # noqa: A002
) -> JSONResponse:
    """`sentence` is `text[start:end]` of the article, in code points."""
    return JSONResponse(statement_to_json(views.statement(state.archive, id)))


@router.get("/stats", summary="How much there is", response_model=schemas.Stats, responses=schemas.problems())
def get_stats(state: State) -> JSONResponse:
    """Count articles, statements, entities and relations."""
    return JSONResponse(asdict(views.stats(state.archive)))
