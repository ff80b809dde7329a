"""One thing as JSON, whole or with the `fields` that are named: each route whose address ends with an id.

The ETag of a form begins with that of the whole, so that who read some fields may demand with `If-Match` that
nothing of the thing has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute

from api.fields import Fields, fields_of
from api.listing import FIELDS
from api.schemas import Listing, Schema
from api.tags import tagged, tagged_part


def fields_here(route: BaseRoute) -> Fields | None:
    """Give the fields of what a route answers with; None if that is not one thing."""
    if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()) or not route.path.endswith("}"):
        return None
    model: Any = route.response_model
    is_thing = isinstance(model, type) and issubclass(model, Schema) and not issubclass(model, Listing)
    return fields_of(model) if is_thing else None


def things_of(routes: Iterable[BaseRoute]) -> tuple[APIRoute, ...]:
    """Choose the routes that answer with one thing."""
    return tuple(one for one in routes if isinstance(one, APIRoute) and fields_here(one) is not None)


def chosen_fields(request: Request) -> Fields | None:
    """Read which fields of a thing are asked for; None for all. Raises UnknownField."""
    known, names = fields_here(request.scope["route"]), request.query_params.get(FIELDS)
    return None if known is None or names is None else known.choose(names)


def thing_response(request: Request, value: Any) -> JSONResponse:
    """Answer with a thing as it is asked for, and with its ETag."""
    fields = chosen_fields(request)
    if fields is None:
        return tagged(value)
    return tagged_part(value, fields.pick(value), request.query_params[FIELDS])
