"""`/v1/analysis`: who is central, and who belongs together, in what the filters choose.

The ties are fetched in a thread and weighed in a process of their own, since networkx would keep every other
request from the processor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, TypeVar, TypeVarTuple

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from api import schemas
from api.listing import list_response
from api.parameters import WalkQuery, refuse_unknown_parameters
from api.schemas.analyses import Centrality, Communities
from api.state import ServerState, State
from graph import standing
from graph.codec import Json
from graph.errors import TooLarge, TooWide
from graph.standing import LAST_SEED, Edge, Measure
from graph.views import check_known
from graph.views import ties as views

_Args = TypeVarTuple("_Args")
_Result = TypeVar("_Result")
_MOST = 500

router = APIRouter(prefix="/v1/analysis", tags=["paths"], dependencies=[Depends(refuse_unknown_parameters)])


class AnalysisQuery(WalkQuery):
    """Which statements tie entities together, and the seed of what is drawn."""

    seed: Annotated[
        int, Field(ge=0, le=LAST_SEED, description="Chooses samples and ties; the same for same.")
    ] = 1


class CentralityQuery(AnalysisQuery):
    """How entities are ranked."""

    measure: Annotated[Measure, Field(description="What makes an entity central.")] = Measure.PAGERANK
    limit: Annotated[int, Field(ge=1, le=_MOST, description="Entities in the answer at most.")] = 50


class CommunitiesQuery(AnalysisQuery):
    """How communities are shown."""

    limit: Annotated[int, Field(ge=1, le=_MOST, description="Communities in the answer at most.")] = 20
    members: Annotated[int, Field(ge=1, le=_MOST, description="Members of each at most.")] = 20


@router.get(
    "/centrality",
    summary="Who is central in what the filters choose",
    response_model=Centrality,
    responses=schemas.problems(400, 404, 422, 503),
)
async def get_centrality(
    request: Request, state: State, asked: Annotated[CentralityQuery, Query()]
) -> Response:
    """`degree` counts ties, `pagerank` follows them from subject to object, `betweenness` counts the shortest
    paths through an entity (estimated from a sample where the graph is large).
    """
    scores = await _weigh(state, asked, standing.central, asked.measure, asked.seed)
    return await _answer(request, state, views.scores_to_json, scores, asked.limit)


@router.get(
    "/communities",
    summary="Who belongs together in what the filters choose",
    response_model=Communities,
    responses=schemas.problems(400, 404, 422, 503),
)
async def get_communities(
    request: Request, state: State, asked: Annotated[CommunitiesQuery, Query()]
) -> Response:
    """Found by the method of Louvain; the same statements and `seed` give the same communities.

    In CSV each row is a member.
    """
    groups = await _weigh(state, asked, standing.communities, asked.seed)
    return await _answer(request, state, views.groups_to_json, groups, asked.limit, asked.members)


async def _weigh(
    state: ServerState,
    asked: AnalysisQuery,
    work: Callable[[list[Edge], *_Args], _Result],
    *more: *_Args,
) -> _Result:
    """Fetch the ties and have them weighed.

    Raises TooWide if either takes too much, NotFound if a filter finds nothing since it
    names what is not there.
    """
    fetch = partial(views.ties, concepts=asked.concepts, claimed=asked.claimed, denied=asked.denied)
    wanted = asked.to_filter()
    edges = await state.threads.walks.run(fetch, state.archive, wanted)
    if not edges:
        await state.threads.walks.run(check_known, state.archive, wanted)
    try:
        return await state.threads.analyses.run(work, edges, *more)
    except TooLarge as error:
        raise TooWide(
            f"It takes too long to weigh {len(edges):,} edges; choose fewer with predicate, about, article,"
            " from or to."
        ) from error


async def _answer(
    request: Request, state: ServerState, write: Callable[..., Json], *parts: object
) -> Response:
    found = await state.threads.walks.run(partial(write, state.archive), *parts)
    return list_response(request, **found)
