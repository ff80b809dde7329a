"""`/v1/queries`: the named queries, each an operation of its own with typed parameters, as grlc makes them.

What is asked goes the way of `/sparql` (`sparql.respond`): the same lanes, deadline, formats, kept answers.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from urllib.parse import quote

import anyio.to_thread
from fastapi import APIRouter, Depends, Request
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api import schemas
from api.listing import list_response
from api.negotiation import accept_of
from api.parameters import check_parameters, pairs_of, refuse_unknown_parameters
from api.schemas.queries import Queries
from api.sparql import Asked, chosen, respond
from api.state import ServerState, State, state_of
from api.tallies import Fate
from graph.queries import Library, NamedQuery, Parameter, as_json, bind, check_known
from graph.sparql import guard
from graph.sparql.cache import is_lasting

_FORMAT = "format"
_MOST_FIELDS = 64

router = APIRouter(prefix="/v1/queries", tags=["queries"], dependencies=[Depends(refuse_unknown_parameters)])


@router.get("", summary="The named queries", response_model=Queries, responses=schemas.problems())
def list_queries(request: Request, state: State) -> Response:
    """Those that ship and those of the server's owner, with their parameters; `/v1/queries/NAME` asks one."""
    left_out = [{"file": one.file, "reason": one.reason} for one in state.queries.left_out]
    return list_response(request, _listed(state.queries), leftOut=left_out)


class NamedEndpoint:
    """Answers named queries; an ASGI application that a route of the app points to."""

    methods = ("GET",)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `problems` answers."""
        state = state_of(scope)
        await state.tallies.query(self._answer(state, scope, receive, send))

    async def _answer(self, state: ServerState, scope: Scope, receive: Receive, send: Send) -> Fate:
        begun = time.monotonic()
        query = state.queries.get(scope["path_params"]["name"])
        given = _given(query, scope["query_string"])
        accept = accept_of(Headers(scope=scope))
        asked = await anyio.to_thread.run_sync(_asked, state, query, given, accept, begun)
        return await respond(state, asked, scope, receive, send)


def _given(query: NamedQuery, encoded: bytes) -> dict[str, str]:
    """Read the parameters of an address. Raises BadEncoding, BadFilter, UnknownParameter."""
    too_many = f"There are over {_MOST_FIELDS} parameters; send those of the query only."
    pairs = pairs_of(encoded, _MOST_FIELDS, "them", too_many)
    check_parameters([name for name, _ in pairs], [_FORMAT, *(one.name for one in query.parameters)])
    return dict(pairs)


def _asked(state: ServerState, query: NamedQuery, given: dict[str, str], accept: str, begun: float) -> Asked:
    """Say what is asked: raises BadFilter for what cannot be used, NotFound for ids that nothing has."""
    format_ = given.pop(_FORMAT, None)
    terms = query.terms(given, state.archive.ns)
    offer, media_type = chosen(query.form, format_, accept)
    check_known(state.archive, query, terms)
    outline = guard.outline(bind(query, terms))
    return Asked(outline, offer, media_type, begun, is_lasting(outline))


def _listed(library: Library) -> list[dict[str, object]]:
    return [
        {
            "name": query.name,
            "summary": query.summary,
            "description": query.description,
            "tags": list(query.tags),
            "form": query.form.value,
            "own": query.name in library.own,
            "href": f"/v1/queries/{quote(query.name)}",
            "parameters": _parameters(query.parameters),
        }
        for query in library.queries.values()
    ]


def _parameters(parameters: Sequence[Parameter]) -> list[dict[str, object]]:
    return [
        {
            "name": one.name,
            "type": one.kind.name,
            "required": one.required,
            "description": one.about.description,
            "default": one.about.default,
            "example": as_json(one.example, one.schema),
            "schema": one.schema,
        }
        for one in parameters
    ]
