"""Where the IRIs of the graph lead: 303 to the page for a browser, to the REST resource for a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Request
from starlette.responses import RedirectResponse

from api import schemas
from api.negotiation import Offer, negotiate
from api.state import State
from graph import views
from graph.store.archive import Archive

router = APIRouter(tags=["linked data"])
_JSON = Offer("application/json")
_HTML = Offer("text/html", aliases=("application/xhtml+xml",))


class Kind(StrEnum):
    """What an IRI names."""

    ENTITY = "entity"
    ARTICLE = "article"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class _Resource:
    """Where things of a kind are: their folder in `/v1`, and what the page's address shows of one.

    `place` raises NotFound for an unknown id.
    """

    folder: str
    place: Callable[[Archive, str], Mapping[str, str]]


_RESOURCES: Mapping[Kind, _Resource] = {
    Kind.ENTITY: _Resource("entities", lambda archive, id_: {"entity": views.entity(archive, id_).entity.id}),
    Kind.ARTICLE: _Resource("articles", lambda archive, id_: {"article": archive.article(id_).article.id}),
    Kind.STATEMENT: _Resource(
        "statements", lambda archive, id_: {"article": views.statement(archive, id_).article}
    ),
}


@router.get(
    "/{kind}/{id}",
    summary="Follow the IRI of an entity, an article or a statement",
    status_code=303,
    response_class=RedirectResponse,
    responses=schemas.problems(404, 406),
)
def follow(
    request: Request,
    state: State,
    kind: Annotated[Kind, Path(description="What the IRI names.")],
    id: Annotated[str, Path(max_length=500, examples=["Xi_Jinping"])],  # noqa: A002
) -> RedirectResponse:
    """The page for `text/html`, else the resource below `/v1` (RFC 9110, section 15.4.4)."""
    resource = _RESOURCES[kind]
    place = resource.place(state.archive, id)
    offer, _ = negotiate(request.headers.get("accept"), (_JSON, _HTML))
    target = f"/#{urlencode(place)}" if offer is _HTML else f"/v1/{resource.folder}/{quote(id)}"
    return RedirectResponse(target, status_code=303, headers={"Vary": "Accept"})
