"""`/v1/graph`: what lies around some entities, as JSON or in any format of the exports."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import JSONResponse, Response

from api import schemas
from api.exports import file_of
from api.negotiation import Offer, accept_of, named, negotiate
from api.parameters import ListQuery, refuse_unknown_parameters
from api.schemas.graphs import Graph
from api.state import State
from graph import views
from graph.export import EXPORTERS
from graph.store.archive import Archive
from graph.views.ego import MAX_DEPTH, MAX_EDGES

router = APIRouter(prefix="/v1/graph", tags=["paths"], dependencies=[Depends(refuse_unknown_parameters)])
JSON: Final = Offer("application/json", ("json",))
OFFERS: Final = (
    JSON,
    *(Offer(each.media_type, tuple(dict.fromkeys((each.name, each.suffix)))) for each in EXPORTERS.values()),
)
_VARY = {"Vary": "Accept"}


class GraphQuery(ListQuery):
    """Where the graph lies, how far it reaches, and how it is written."""

    about: Annotated[
        str,
        Field(
            description="Ids of entities, with commas between.",
            max_length=4000,
            examples=["Norvalia,Kestria"],
        ),
    ]
    depth: Annotated[int, Field(ge=1, le=MAX_DEPTH, description="Steps from there.")] = 1
    edges: Annotated[int, Field(ge=1, le=MAX_EDGES, description="Edges at most, the best supported.")] = 200
    format: Annotated[
        str | None,
        Field(description=f"json, {', '.join(EXPORTERS)}, in place of the Accept header.", max_length=100),
    ] = None

    def find(self, archive: Archive) -> views.Ego:
        """Find the graph. Raises what `views.ego` raises."""
        roots = [id_.strip() for id_ in self.about.split(",") if id_.strip()]
        wanted = self.model_copy(update={"about": None}).to_filter()
        return views.ego(archive, roots, wanted, depth=self.depth, edges=self.edges)


@router.get(
    "",
    summary="What lies around one or several entities, as JSON or as a file for another tool",
    response_model=Graph,
    responses={
        200: {
            "description": "The graph: entities and the edges between them, the best supported first.",
            "content": schemas.contents(offer.media_type for offer in OFFERS[1:]),
        },
        **schemas.problems(400, 404, 406, 422, 503),
    },
)
async def get_graph(request: Request, state: State, asked: Annotated[GraphQuery, Query()]) -> Response:
    """Edges at entities that are less than `depth` steps away, and those between the outermost ones.

    The filters hold for each statement. Where there is more than `edges`, the edges that most articles say
    are there, and `truncated` tells what is not.
    """
    offer, _ = named(asked.format, OFFERS) if asked.format else negotiate(accept_of(request.headers), OFFERS)
    if offer is JSON:
        found = await state.threads.walks.run(lambda: views.ego_to_json(asked.find(state.archive)))
        return JSONResponse(found, headers=_VARY)
    return file_of(state, EXPORTERS[offer.names[0]], lambda: asked.find(state.archive).part, _VARY)
