"""`/v1/export/{format}`: the graph, or what filters choose of it, as a file for another tool."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from api import schemas
from api.negotiation import content_type
from api.parameters import ListFilters, refuse_unknown_parameters
from api.state import State
from api.streams import BlockingStream, Chunks
from graph import views
from graph.export import EXPORTERS, Exporter, exporter
from graph.model import Subgraph

router = APIRouter(prefix="/v1/export", tags=["export"], dependencies=[Depends(refuse_unknown_parameters)])


@router.get(
    "/{format}",
    summary="Download the graph in a format",
    response_class=Response,
    responses={
        200: {
            "description": "The file, streamed.",
            "content": schemas.contents(one.media_type for one in EXPORTERS.values()),
        },
        **schemas.problems(400, 404, 503),
    },
)
async def export(
    state: State,
    filters: ListFilters,
    format: Annotated[  # noqa: A002
        str, Path(description=f"One of {', '.join(EXPORTERS)}.", examples=["gexf"])
    ],
) -> BlockingStream:
    """The same filters as for `/v1/statements`; without any, all that there is."""
    chosen, wanted = exporter(format), filters.to_filter()
    return file_of(state, chosen, lambda: views.subgraph_asked_for(state.archive, wanted))


def file_of(
    state: State, chosen: Exporter, find: Callable[[], Subgraph], headers: Mapping[str, str] | None = None
) -> BlockingStream:
    """Answer with the file of what `find` finds, streamed; `headers` are added to those of its format."""

    def make(_gone: threading.Event) -> Chunks:
        own = {
            "Content-Type": content_type(chosen.media_type),
            "Content-Disposition": f'attachment; filename="newsgraph.{chosen.suffix.lstrip(".")}"',
        }
        return Chunks({**(headers or {}), **own}, chosen.write(find()))

    return BlockingStream(make, state.threads.exports)
