"""Where an entity that was merged into another leads: to the same address of that one."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from api.problems import kind_of, problem_response
from graph.errors import Merged


async def lead_on(request: Request, error: Exception) -> Response:
    """Answer a reader by 303, which no cache keeps: a merge may be undone; tell who changes something."""
    assert isinstance(error, Merged)
    parts = request.path_params
    if request.method != "GET" or parts.get("id") != error.old:
        return problem_response(kind_of(error), str(error), request.url.path)
    address = request.scope["route"].path.format(**{**parts, "id": error.new})
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"Location": quote(address) + query, "Cache-Control": "no-store"}
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=headers)
