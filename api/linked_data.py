"""Where the IRIs of the graph lead: to a description in RDF, the page for a browser, or the REST resource.

An entity, article or statement is answered by 303 (RFC 9110, section 15.4.4) to its page or resource, and by
a description where RDF is asked for (https://www.w3.org/TR/cooluris/). The relations, the ontology and the
data set have a plain HTML page. `format` goes before the Accept header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from inspect import Signature, signature
from typing import Annotated, get_type_hints
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from api import schemas
from api.caching import matches, tag_of
from api.errors import NotAcceptable
from api.linked_page import page
from api.negotiation import Offer, accept_of, content_type, named, negotiate
from api.parameters import refuse_unknown_parameters
from api.state import ServerState, State
from graph import linked, views
from graph.errors import UnknownFormat
from graph.linked import Description
from graph.sparql import results
from graph.store.archive import Archive
from graph.vocab import Namespaces

_JSON = Offer("application/json", ("json",))
HTML = Offer("text/html", ("html",), ("application/xhtml+xml",))
_N3 = (
    "text/n3"  # holds all of Turtle (https://www.w3.org/TeamSubmission/n3/), and some clients ask for it only
)
GRAPHS = tuple(
    Offer(
        one.media_type,
        (one.name, one.suffix),
        (*results.GRAPHS[one.name].media_types[1:], *([_N3] if one.name == "turtle" else [])),
    )
    for one in linked.FORMATS.values()
)
"""The formats of RDF as they are offered, by the types that SPARQL has for them; the first is the default."""
_DESCRIBED = (*GRAPHS, HTML)
_EXAMPLES = {  # ids that the samples have; that of a decision is made up when it is made
    "entity": "Elena_Petrova",
    "relation": "visit",
    "statement": "ab567d214f29583d8a30",
    "article": "a53f640b2aa3551d9f78",
    "triple": "b102548d1fa8d0bc82879113262297fb",
}
Format = Annotated[
    str | None, Query(description="Name or media type of the format; goes before Accept.", max_length=100)
]
_GONE = {"article": (410,)}
_VARY = {"Vary": "Accept"}
_CACHE = {"Cache-Control": "private, no-cache"}


@dataclass(frozen=True, slots=True)
class _Resource:
    """A kind of things that have a page: the folder of theirs in `/v1`, and what the page shows of one.

    `place` gives the parameters of the page's address; it raises NotFound for an unknown id.
    """

    folder: str
    place: Callable[[Archive, str], Mapping[str, str]]


_RESOURCES = {
    "entity": _Resource("entities", lambda archive, id_: {"entity": views.entity(archive, id_).entity.id}),
    "article": _Resource("articles", lambda archive, id_: {"article": archive.article(id_).article.id}),
    "statement": _Resource(
        "statements", lambda archive, id_: {"article": views.statement(archive, id_).article}
    ),
}


def described(
    request: Request,
    state: ServerState,
    make: Callable[[], Description],
    chosen: tuple[Offer, str],
) -> Response:
    """Answer with a description in the format that is chosen, with an ETag; 304 to a client that has it.

    Raises NotAcceptable if the format cannot hold it.
    """
    offer, media_type = chosen
    sequence = state.archive.sequence
    etag = tag_of(state.salt, sequence, request.url.path, request.url.query, media_type)
    headers = {**_VARY, **_CACHE, "ETag": etag, "Link": _alternates(request, _DESCRIBED, offer)}
    if matches(", ".join(request.headers.getlist("if-none-match")), etag):
        return Response(status_code=304, headers=headers)
    body = _written(offer, make(), state.archive.ns)
    if state.archive.sequence != sequence:  # a write in between makes it unsure which state is shown
        del headers["ETag"]
    return Response(body, headers={"Content-Type": content_type(media_type), **headers})


def _written(offer: Offer, shown: Description, ns: Namespaces) -> bytes:
    if offer is HTML:
        return page(shown, ns, [one.names[0] for one in GRAPHS]).encode()
    try:
        return linked.write(offer.names[0], shown, ns)
    except UnknownFormat as error:
        raise NotAcceptable(str(error)) from None


def choose(request: Request, format_: str | None, offers: tuple[Offer, ...]) -> tuple[Offer, str]:
    """Choose a representation by `format`, else by Accept. Raises NotAcceptable."""
    return named(format_, offers) if format_ else negotiate(accept_of(request.headers), offers)


def _alternates(request: Request, offers: Iterable[Offer], but: Offer | None = None) -> str:
    """Name the representations that there are beside one (RFC 8288)."""
    path, relation = quote(request.url.path), "alternate" if but else "describedby"
    return ", ".join(
        f'<{path}?format={one.names[0]}>; rel="{relation}"; type="{one.media_type}"'
        for one in offers
        if one is not but
    )


def _follow(kind: str, request: Request, state: State, id: str, format: Format = None) -> Response:  # noqa: A002
    """Answer at the IRI of a thing."""
    resource = _RESOURCES.get(kind)
    offers = (_JSON, *_DESCRIBED) if resource else _DESCRIBED
    offer, media_type = choose(request, format, offers)
    if resource is not None and (offer is _JSON or (offer is HTML and not format)):
        place = resource.place(state.archive, id)
        target = f"/#{urlencode(place)}" if offer is HTML else f"/v1/{resource.folder}/{quote(id)}"
        headers = {**_VARY, "Link": _alternates(request, GRAPHS)}
        return RedirectResponse(target, status_code=303, headers=headers)
    return described(request, state, partial(linked.describe, state.archive, kind, id), (offer, media_type))


def _document(name: str, request: Request, state: State, format: Format = None) -> Response:  # noqa: A002
    """Answer at the IRI of the vocabulary."""
    make = partial(linked.document, name, state.archive.ns)
    return described(request, state, make, choose(request, format, _DESCRIBED))


def dataset(request: Request, state: State, format: Format = None) -> Response:  # noqa: A002
    """What there is, how much, under which licence, and where it can be had: VoID and DCAT."""
    make = partial(linked.describe_dataset, state.archive, state.settings)
    return described(request, state, make, choose(request, format, _DESCRIBED))


def _rdf() -> dict[int | str, object]:
    types = (media_type for one in _DESCRIBED for media_type in (one.media_type, *one.aliases))
    content = schemas.contents(types)
    return {
        200: {"description": "The description.", "content": content},
        304: {"description": "The client has it already."},
    }


def _router() -> APIRouter:
    made = APIRouter(tags=["linked data"], dependencies=[Depends(refuse_unknown_parameters)])
    for kind in linked.KINDS:
        thing = "decision" if kind == "curation" else kind
        redirected = {303: {"description": "To the page, or to the resource."}} if kind in _RESOURCES else {}
        made.add_api_route(
            f"/{kind}/{{id}}",
            _named(_follower(kind), f"follow_{kind}"),
            summary=f"Follow the IRI of {'an' if thing[0] in 'aeiou' else 'a'} {thing}",
            description="RDF describes it, with its evidence. "
            + ("Else to the page for `text/html`, and to the resource below `/v1`." if redirected else ""),
            response_class=Response,
            responses={**_rdf(), **redirected, **schemas.problems(400, 404, 406, *_GONE.get(kind, ()))},  # type: ignore[dict-item]
        )
    for name, (title, _) in linked.DOCUMENTS.items():
        made.add_api_route(
            f"/{name}",
            _named(partial(_document, name), f"document_{name}"),
            summary=title,
            response_class=Response,
            responses={**_rdf(), **schemas.problems(400, 406)},  # type: ignore[dict-item]
        )
    for path, name in (("/v1/dataset", "get_dataset"), ("/.well-known/void", "get_void")):
        made.add_api_route(
            path,
            dataset,
            name=name,
            summary="The data set about itself",
            response_class=Response,
            responses={**_rdf(), **schemas.problems(400, 406)},  # type: ignore[dict-item]
        )
    return made


def _follower(kind: str) -> Callable[..., Response]:
    """Make the route of a kind, with an example of its ids."""
    route = partial(_follow, kind)
    shown = [_EXAMPLES[kind]] if kind in _EXAMPLES else None
    known = get_type_hints(
        _follow, include_extras=True
    )  # a signature of its own has to hold the types themselves
    known["id"] = Annotated[str, Path(description="The end of the IRI.", max_length=500, examples=shown)]
    given = signature(route).parameters.values()
    parameters = [one.replace(annotation=known[one.name]) for one in given]
    route.__signature__ = Signature(parameters, return_annotation=Response)  # type: ignore[attr-defined]
    return route


def _named(route: Callable[..., Response], name: str) -> Callable[..., Response]:
    """Give a partial function the name that the framework asks for."""
    route.__name__ = name
    return route


router = _router()
