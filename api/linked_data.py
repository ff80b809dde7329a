"""Where the IRIs of the graph lead: 303 to the page for a browser, to the REST resource for a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Request
from starlette.responses import RedirectResponse

from api import schemas
from api.negotiation import Offer, accept_of, negotiate
from api.state import State
from graph import views
from graph.store.archive import Archive

_JSON = Offer("application/json")
_HTML = Offer("text/html", aliases=("application/xhtml+xml",))
_Id = Annotated[str, Path(description="The end of the IRI.", max_length=500)]


@dataclass(frozen=True, slots=True)
class _Resource:
    """One kind of things: the folder of its IRIs and that in `/v1`, and what the page shows of one.

    `place` gives the parameters of the page's address; it raises NotFound for an unknown id.
    """

    iris: str
    folder: str
    place: Callable[[Archive, str], Mapping[str, str]]


_RESOURCES = (
    _Resource("entity", "entities", lambda archive, id_: {"entity": views.entity(archive, id_).entity.id}),
    _Resource("article", "articles", lambda archive, id_: {"article": archive.article(id_).article.id}),
    _Resource(
        "statement", "statements", lambda archive, id_: {"article": views.statement(archive, id_).article}
    ),
)


def _router() -> APIRouter:
    made = APIRouter(tags=["linked data"])
    for resource in _RESOURCES:
        made.add_api_route(
            f"/{resource.iris}/{{id}}",
            _redirect(resource),
            name=f"follow_{resource.iris}",
            summary=f"Follow the IRI of one of the {resource.folder}",
            description="To the page for `text/html`, else to the resource below `/v1`.",
            status_code=303,
            response_class=RedirectResponse,
            responses=schemas.problems(404, 406),
        )
    return made


def _redirect(resource: _Resource) -> Callable[..., RedirectResponse]:
    """Make the route that redirects from the IRIs of a kind (RFC 9110, section 15.4.4)."""

    def follow(request: Request, state: State, id: _Id) -> RedirectResponse:  # noqa: A002
        place = resource.place(state.archive, id)
        offer, _ = negotiate(accept_of(request.headers), (_JSON, _HTML))
        target = f"/#{urlencode(place)}" if offer is _HTML else f"/v1/{resource.folder}/{quote(id)}"
        return RedirectResponse(target, status_code=303, headers={"Vary": "Accept"})

    return follow


router = _router()
