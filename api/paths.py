"""`/v1/paths`: how two entities are connected, with the sentences on the way."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from api import schemas
from api.listing import list_response
from api.parameters import WalkQuery, refuse_unknown_parameters
from api.schemas.paths import Paths
from api.state import State
from graph import views
from graph.views.paths import MAX_LENGTH, MAX_PATHS, MAX_SHOWN

router = APIRouter(prefix="/v1/paths", tags=["paths"], dependencies=[Depends(refuse_unknown_parameters)])
_Id = Annotated[str, Field(max_length=500)]


class PathQuery(WalkQuery):
    """Two entities, what counts as a way between them, and how many ways are wanted."""

    source: Annotated[_Id, Field(description="Entity that the paths begin at.", examples=["Elena_Petrova"])]
    target: Annotated[_Id, Field(description="Entity that they lead to.", examples=["Kestria"])]
    k: Annotated[int, Field(ge=1, le=MAX_PATHS, description="Paths at most, the shortest.")] = 3
    longest: Annotated[
        int, Field(alias="maxLength", ge=1, le=MAX_LENGTH, description="Steps of a path at most.")
    ] = 4
    evidence: Annotated[int, Field(ge=1, le=MAX_SHOWN, description="Statements of a step at most.")] = 3

    def to_options(self) -> views.PathOptions:
        """Make the options of the view. Raises BadFilter if the days are in the wrong order."""
        return views.PathOptions(
            self.to_filter(), self.k, self.longest, self.concepts, self.claimed, self.denied, self.evidence
        )


@router.get(
    "",
    summary="How two entities are connected: the shortest paths, with what is said on each step",
    response_model=Paths,
    responses=schemas.problems(400, 404, 422, 503),
)
async def get_paths(request: Request, state: State, asked: Annotated[PathQuery, Query()]) -> Response:
    """Statements are walked in either direction, and each says which. The filters hold for all on the way.

    Of equal length, paths whose steps more articles say come first. Where nothing connects the two, `items`
    is empty and `searched` says how far was looked. In CSV each row is a statement of a step.
    """
    found = await state.threads.walks.run(
        views.paths, state.archive, asked.source, asked.target, asked.to_options()
    )
    return list_response(request, **views.paths_to_json(found))
