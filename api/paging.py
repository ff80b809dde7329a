"""Lists: `{"items": [...], "next": cursor or null}`, with a `Link` header to the next page (RFC 8288)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.responses import JSONResponse, Response

T = TypeVar("T", bound=Response)


def page_response(request: Request, items: Sequence[Any], cursor: str | None) -> JSONResponse:
    """Answer one page; `cursor` is what the next page's `after` must be, None on the last page."""
    return _linked(JSONResponse({"items": list(items), "next": cursor}), request, cursor)


def written_page(request: Request, texts: Sequence[str], cursor: str | None) -> Response:
    """Answer one page as `page_response` does, of items that are JSON already."""
    body = f'{{"items":[{",".join(texts)}],"next":{json.dumps(cursor)}}}'
    return _linked(Response(body, media_type="application/json"), request, cursor)


def _linked(response: T, request: Request, cursor: str | None) -> T:
    if cursor is not None:
        response.headers["Link"] = f'<{next_address(request, cursor)}>; rel="next"'
    return response


def next_address(request: Request, cursor: str) -> str:
    """Return the path and query of the next page: those of this one, with its `after`."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"{quote(request.scope['path'])}?{urlencode([*pairs, ('after', cursor)])}"
