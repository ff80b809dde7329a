"""Lists as JSON, CSV or JSON Lines: one table for every route that answers with one.

A route is a list if its `response_model` is a `schemas.Listing`. It then takes `format` and `fields` beside
its own parameters, and `/openapi.json` says so. In CSV and JSON Lines the next page is in `Link` alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute
from starlette.types import Scope

from api import schemas
from api.errors import NotAcceptable
from api.fields import Fields, csv_lines, item_fields, row_fields
from api.negotiation import Offer, accept_of, content_type, named, negotiate
from graph.export import jsonl

JSON: Final = Offer("application/json", ("json",))
CSV: Final = Offer("text/csv", ("csv",))
LINES: Final = Offer("application/x-ndjson", ("jsonl", "ndjson"), ("application/jsonl", "application/ndjson"))
OFFERS: Final = (JSON, CSV, LINES)
FORMAT: Final = "format"
FIELDS: Final = "fields"
_VARY: Final = {"Vary": "Accept"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a list is to be written: the offer and the media type that it goes by, and which fields."""

    listing: type[schemas.Listing]
    offer: Offer
    media_type: str
    fields: Fields
    whole: bool
    """Whether no field was left out."""


def listing_of(route: BaseRoute) -> type[schemas.Listing] | None:
    """Give the type of the answers of a route that answers with a list; None for other routes."""
    model: Any = route.response_model if isinstance(route, APIRoute) else None
    return model if isinstance(model, type) and issubclass(model, schemas.Listing) else None


def lists_of(routes: Iterable[BaseRoute]) -> tuple[APIRoute, ...]:
    """Choose the routes that answer with a list."""
    return tuple(one for one in routes if isinstance(one, APIRoute) and listing_of(one) is not None)


def shape_of(request: Request) -> Shape | None:
    """Read how a list is asked for, None where no list is. Raises NotAcceptable, UnknownField."""
    listing = listing_of(request.scope["route"])
    if listing is None or request.method != "GET":
        return None
    given = request.query_params
    format_, names = given.get(FORMAT), given.get(FIELDS)
    offer, media_type = (
        named(format_, OFFERS) if format_ is not None else negotiate(accept_of(request.headers), OFFERS)
    )
    known = row_fields(listing) if offer is CSV else item_fields(listing)
    chosen = known if names is None else known.choose(names)
    return Shape(listing, offer, media_type, chosen, names is None)


def list_response(
    request: Request, items: Sequence[Any], headers: Mapping[str, str] | None = None, **others: Any
) -> Response:
    """Answer a list as it is asked for; `others` are what its JSON has beside the items."""
    shape = _asked(request)
    made = {**_VARY, **(headers or {})}
    found = items if shape.whole or shape.offer is CSV else [shape.fields.pick(one) for one in items]
    if shape.offer is JSON:
        return JSONResponse({"items": list(found), **others}, headers=made)
    rows = (
        csv_lines(shape.fields, shape.listing.rows(found)) if shape.offer is CSV else map(jsonl.line, found)
    )
    made["Content-Type"] = content_type(shape.media_type)
    return Response("".join(rows).encode(), headers=made)


def written_response(request: Request, texts: Sequence[str], **others: Any) -> Response:
    """Answer a list as `list_response` does, of items that are JSON already: their text is not made anew."""
    shape = _asked(request)
    if not shape.whole or shape.offer is CSV:
        return list_response(request, [json.loads(text) for text in texts], **others)
    if shape.offer is JSON:
        more = "".join(f",{json.dumps(name)}:{json.dumps(value)}" for name, value in others.items())
        body = f'{{"items":[{",".join(texts)}]{more}}}'
    else:
        body = "".join(f"{text}\n" for text in texts)
    return Response(body, headers={**_VARY, "Content-Type": content_type(shape.media_type)})


def _asked(request: Request) -> Shape:
    shape = shape_of(request)
    assert shape is not None, "the response model of the route is a Listing"
    return shape


class Choices:
    """Which resources have several representations, for what has to know before the routes are asked."""

    def __init__(self, lists: Iterable[APIRoute], others: Mapping[str, Sequence[Offer]]) -> None:
        """Take the routes of lists; `others` are the offers of more paths."""
        self._lists = [route.path_regex for route in lists]
        self._others = others

    def is_list(self, path: str) -> bool:
        """Tell if a path is that of a list."""
        return any(pattern.match(path) for pattern in self._lists)

    def chosen(self, scope: Scope, accept: str) -> str:
        """Give the media type that a request gets by its Accept header.

        Empty where there is no choice or nothing suits; what `format` says is part of the address.
        """
        path = scope["path"]
        offers = OFFERS if self.is_list(path) else self._others.get(path, ())
        if not offers:
            return ""
        try:
            return negotiate(accept, offers)[1]
        except NotAcceptable:
            return "none"
