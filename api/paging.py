"""Lists: `{"items": [...], "next": cursor or null}`, with a `Link` header to the next page (RFC 8288)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.responses import Response

from api.listing import list_response, written_response


def page_response(request: Request, items: Sequence[Any], cursor: str | None) -> Response:
    """Answer one page; `cursor` is what the next page's `after` must be, None on the last page."""
    return _linked(list_response(request, items, next=cursor), request, cursor)


def written_page(request: Request, texts: Sequence[str], cursor: str | None) -> Response:
    """Answer one page as `page_response` does, of items that are JSON already."""
    return _linked(written_response(request, texts, next=cursor), request, cursor)


def _linked(response: Response, request: Request, cursor: str | None) -> Response:
    if cursor is not None:
        response.headers["Link"] = f'<{next_address(request, cursor)}>; rel="next"'
    return response


def next_address(request: Request, cursor: str) -> str:
    """Return the path and query of the next page: those of this one, with its `after`."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"{quote(request.scope['path'])}?{urlencode([*pairs, ('after', cursor)])}"
