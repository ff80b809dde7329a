"""`/v1/statements`: who did what to whom, with the sentence that says so."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import JSONResponse, Response

from api import schemas
from api.counts import side
from api.paging import written_page
from api.parameters import After, Limit, ListFilters, chosen_facets, refuse_unknown_parameters
from api.schemas.facets import Facets, Others
from api.state import State
from api.things import thing_response
from graph import views
from graph.codec import statement_to_json

router = APIRouter(prefix="/v1", tags=["statements"], dependencies=[Depends(refuse_unknown_parameters)])
StatementId = Annotated[
    str, Path(description="Id of a statement.", examples=["ab567d214f29583d8a30"], max_length=500)
]
SortBy = Annotated[
    views.Sort,
    Query(
        description="The order: of the `text`s, by `time` (or the latest first: `-time`; undated ones last),"
        " the surest (`confidence`), newest (`added`) or most widely said (`support`) first."
    ),
]


@router.get(
    "/statements",
    summary="List statements, all of them or those that filters choose",
    response_model=schemas.Page[schemas.Statement],
    responses=schemas.problems(400, 404),
)
def list_statements(
    request: Request,
    state: State,
    filters: ListFilters,
    sort: SortBy = views.Sort.TEXT,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """All filters that are given must hold. At first in the order of the articles and of their sentences."""
    wanted = filters.to_filter()
    page = views.statement_texts(state.archive, wanted, after=after, limit=limit, sort=sort)
    if not page.items and after is None:
        views.check_known(state.archive, wanted)
    return written_page(request, page.items, page.next)


@router.get(
    "/statements/facets",
    summary="Count statements by predicate, modality, subject, month and more",
    response_model=Facets,
    responses=schemas.problems(400, 404),
)
def count_statements(
    state: State,
    filters: ListFilters,
    facets: Annotated[
        str | None,
        Query(
            description=f"Which, with commas between: {', '.join(views.Facet)}; else all but `article`.",
            examples=["predicate,modality"],
            max_length=500,
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=views.MAX_LIMIT, description="Values of each at most.")] = 10,
) -> JSONResponse:
    """Over the statements that the filters choose, the most frequent values first."""
    wanted = filters.to_filter()
    found = views.facets(state.archive, wanted, chosen_facets(facets), limit)
    if not found.statements:
        views.check_known(state.archive, wanted)
    counted = {
        name.value: {
            "values": one.values,
            "items": [{"value": v.value, "label": v.label, "statements": v.statements} for v in one.top],
        }
        for name, one in found.facets.items()
    }
    return JSONResponse({"statements": found.statements, "complete": found.complete, "facets": counted})


@router.get(
    "/statements/{id}",
    summary="One statement, with its sentence and where that stands",
    response_model=schemas.Statement,
    responses=schemas.problems(404),
)
def get_statement(request: Request, state: State, id: StatementId) -> JSONResponse:  # noqa: A002
    """`sentence` is `text[start:end]` of the article, in code points."""
    return thing_response(request, statement_to_json(views.statement(state.archive, id)))


@router.get(
    "/statements/{id}/others",
    summary="Who says the same, and who says the opposite",
    response_model=Others,
    responses=schemas.problems(404),
)
def get_others(state: State, id: StatementId) -> JSONResponse:  # noqa: A002
    """Statements of its event, by their polarity: those with its subject, predicate and object, ten of each.

    Their times do not exclude its own, and they commit to the same: a plan is not what came of it.
    """
    found = views.others(state.archive, id)
    return JSONResponse({"same": side(found.same), "opposite": side(found.opposite)})
