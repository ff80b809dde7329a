"""`/v1/timeline` and `/v1/entities/{id}/timeline`: what happened when, and how exactly that is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api import schemas
from api.entities import MOVED, EntityId
from api.paging import page_response
from api.parameters import After, Limit, ListQuery, OfEntityQuery, refuse_unknown_parameters
from api.schemas.timeline import Moment
from api.state import ServerState, State
from graph import views

router = APIRouter(prefix="/v1", tags=["statements"], dependencies=[Depends(refuse_unknown_parameters)])


class Shown(BaseModel):
    """How a timeline is shown."""

    step: Annotated[views.TimeStep, Field(description="What `period` names.")] = views.TimeStep.DAY
    latest: Annotated[bool, Field(description="Whether the latest come first.")] = False
    undated: Annotated[
        bool, Field(description="Whether statements without a day are listed too, at the end.")
    ] = False
    limit: Limit = 50
    after: After = None

    def to_options(self) -> views.TimelineOptions:
        """Make the options of the view."""
        return views.TimelineOptions(self.step, self.latest, self.undated)


class TimelineQuery(Shown, ListQuery):
    """Which statements, and how they are shown."""


class EntityTimelineQuery(Shown, OfEntityQuery):
    """Which statements of an entity, and how they are shown."""


@router.get(
    "/timeline",
    summary="Statements in the order of their days",
    response_model=schemas.Page[Moment],
    responses=schemas.problems(400, 404),
)
def get_timeline(request: Request, state: State, asked: Annotated[TimelineQuery, Query()]) -> Response:
    """Days are those that the articles tell: none is made up, nor is the day of publication taken for it."""
    return _answer(request, state, asked, asked.to_filter())


@router.get(
    "/entities/{id}/timeline",
    summary="What is said of one entity, in the order of its days",
    response_model=schemas.Page[Moment],
    responses={**MOVED, **schemas.problems(400, 404)},
)
def get_entity_timeline(
    request: Request,
    state: State,
    id: EntityId,  # noqa: A002
    asked: Annotated[EntityTimelineQuery, Query()],
) -> Response:
    """The statements with it at either end or in an argument."""
    views.entity(state.archive, id)
    return _answer(request, state, asked, replace(asked.to_filter(), about=id))


def _answer(request: Request, state: ServerState, asked: Shown, wanted: views.StatementFilter) -> Response:
    page = views.timeline(state.archive, wanted, asked.to_options(), asked.after, asked.limit)
    if not page.items and asked.after is None:
        views.check_known(state.archive, wanted)
    return page_response(request, [views.moment_to_json(one) for one in page.items], page.next)
