"""ETags of single resources, made of what they say: a write elsewhere does not change them.

So who read an entity and then changes it with `If-Match` is refused only if that entity was changed, and the
comparison is made in the turn to write, where nobody can come between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request
from starlette.responses import JSONResponse

from api.preconditions import check_tags


def content_tag(value: Any) -> str:
    """Make the strong ETag of a JSON value."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return f'"{hashlib.sha256(text).hexdigest()[:32]}"'


def tagged(value: Any, status: int = 200, **headers: str) -> JSONResponse:
    """Answer with a JSON value and its ETag."""
    return _answer(value, status, content_tag(value), headers)


def tagged_part(value: Any, part: Any, name: str) -> JSONResponse:
    """Answer with a part of a JSON value; its ETag is that of the whole and a mark of the part's `name`."""
    form = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return _answer(part, 200, f'{content_tag(value)[:-1]}.{form}"', {})


def _answer(value: Any, status: int, tag: str, headers: Mapping[str, str]) -> JSONResponse:
    return JSONResponse(value, status, headers={"ETag": tag, "Cache-Control": "private, no-cache", **headers})


def demanded(request: Request, current: Callable[[], Any]) -> Callable[[], None] | None:
    """Make the check that a request demands of the `current` value (None: there is none); None for no demand.

    The check raises PreconditionFailed, and what `current` raises.
    """
    match, none_match = (", ".join(request.headers.getlist(name)) for name in ("if-match", "if-none-match"))
    if not (match or none_match):
        return None

    def check() -> None:
        value = current()
        check_tags(match, none_match, None if value is None else {content_tag(value)})

    return check
