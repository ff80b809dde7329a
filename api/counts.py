"""`/v1/predicates`, `/v1/types`, `/v1/stats` and `/v1/contradictions`: what there is, with counts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response

from api import schemas
from api.listing import list_response
from api.paging import page_response
from api.parameters import After, Limit, refuse_unknown_parameters
from api.schemas.facets import Contradiction, PredicateSummary, Types
from api.state import State
from graph import views
from graph.codec import statement_to_json

router = APIRouter(prefix="/v1", tags=["statements"], dependencies=[Depends(refuse_unknown_parameters)])


@router.get("/stats", summary="How much there is", response_model=schemas.Stats, responses=schemas.problems())
def get_stats(state: State) -> JSONResponse:
    """Count articles, statements, entities and relations."""
    return JSONResponse(asdict(views.stats(state.archive)))


@router.get(
    "/predicates",
    summary="List the relations, those with the most statements first",
    response_model=schemas.Page[PredicateSummary],
    responses=schemas.problems(400),
)
def list_predicates(
    request: Request,
    state: State,
    q: Annotated[str | None, Query(description="A part of the label.", max_length=200)] = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Those that statements have, and the curated ones above them."""
    page = views.predicates(state.archive, q=q, after=after, limit=limit)
    items = [{**asdict(one), "broader": list(one.broader)} for one in page.items]
    return page_response(request, items, page.next)


@router.get(
    "/types",
    summary="The types of entities, the most frequent first",
    response_model=Types,
    responses=schemas.problems(),
)
def list_types(request: Request, state: State) -> Response:
    """Each with the number of its entities."""
    counts = views.types(state.archive)
    return list_response(request, [{"id": one.value, "entities": count} for one, count in counts.items()])


@router.get(
    "/contradictions",
    summary="What is both said and denied, with both sides",
    response_model=schemas.Page[Contradiction],
    responses=schemas.problems(400, 404),
)
def list_contradictions(
    request: Request,
    state: State,
    about: Annotated[
        str | None, Query(description="Entity at either end.", examples=["Norvalia"], max_length=500)
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Statements with one subject, predicate and object, and opposite polarity; ten of each side are shown.

    Their times do not exclude each other. What is said to be so is opposed by its denial, a plan by that of a
    plan; what is only asked for, possible or conditional is opposed by nothing. A page may be short, or
    empty, and still have a next one.
    """
    views.check_known(state.archive, views.StatementFilter(about=about))
    page = views.contradictions(state.archive, about=about, after=after, limit=limit)
    items = [{"affirmed": side(one.affirmed), "denied": side(one.denied)} for one in page.items]
    return page_response(request, items, page.next)


def side(one: views.Side) -> dict[str, Any]:
    """Write one side of what is said."""
    said = [statement_to_json(statement) for statement in one.statements]
    return {"articles": one.articles, "count": one.count, "statements": said}
