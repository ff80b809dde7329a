"""Entities that may be one, for a person to decide: `/v1/candidates`, `/v1/entities/{id}/distinguish`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response

from api import schemas
from api.curation import decided
from api.entities import EntityId, counted_entity
from api.paging import page_response
from api.parameters import After, Limit, refuse_unknown_parameters
from api.schemas.candidates import Candidate
from api.schemas.curation import Decision, Distinction
from api.state import State
from api.tags import demanded
from graph import curation
from graph.model import EntityType

router = APIRouter(prefix="/v1", tags=["curation"], dependencies=[Depends(refuse_unknown_parameters)])


@router.get(
    "/candidates",
    summary="List entities that may be one, with the reasons",
    response_model=schemas.Page[Candidate],
    responses=schemas.problems(400, 404),
)
def list_candidates(
    request: Request,
    state: State,
    about: Annotated[
        str | None, Query(max_length=500, description="Entity that is one of the two.", examples=["Kestria"])
    ] = None,
    type: Annotated[EntityType | None, Query(description="Type of one of the two.")] = None,  # noqa: A002
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """What says most comes first. Nothing is merged by itself; what was merged or told apart is left out."""
    page = curation.candidates(state.archive, about=about, type=type, after=after, limit=limit)
    return page_response(request, [curation.candidate_to_json(one) for one in page.items], page.next)


@router.post(
    "/entities/{id}/distinguish",
    summary="Say that two entities are not one",
    response_model=Decision,
    status_code=201,
    responses=schemas.problems(400, 404, 409, 412, 413, 503, 507),
)
async def distinguish_entities(
    request: Request,
    state: State,
    id: EntityId,  # noqa: A002
    body: Distinction,
) -> JSONResponse:
    """They are no candidates any more, and cannot be merged until the decision is undone."""
    check = demanded(request, lambda: counted_entity(state.archive, id))
    return await decided(
        request,
        state,
        body.why,
        lambda hand: curation.distinguish(state.archive, id, body.from_, hand, check),
        201,
    )
