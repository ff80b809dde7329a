"""What a client may demand of the state of a resource before it is changed (RFC 9110, section 13.1).

`DELETE /v1/articles/{id}` with `If-Match: ETAG` takes away only what the client has seen. The resource is
looked at just before it is changed; a change by another client in between is not noticed.
"""

from __future__ import annotations

import re
from collections.abc import Set
from http import HTTPStatus

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.caching import ANY, matches
from api.errors import PreconditionFailed
from api.streams import ONLY_HEAD

_CHANGING = frozenset({"POST", "DELETE"})
_OWN = ("/v1/articles/", "/v1/entities/", "/v1/statements/", "/v1/curation/", "/v1/merges/")
_OF_PART = re.compile(r'"([0-9a-f]{32})\.[0-9a-f]{8}"')
_CONDITIONS = (b"if-match", b"if-none-match")


class PreconditionMiddleware:
    """Refuses a change when If-Match or If-None-Match do not hold; `app` gives GET answers their ETags."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Raises PreconditionFailed."""
        if scope["type"] == "http" and scope["method"] in _CHANGING and not _sees_to_it(scope["path"]):
            headers = Headers(scope=scope)
            match, none_match = (", ".join(headers.getlist(name.decode())) for name in _CONDITIONS)
            # What is not there is no matter of conditions: the answer is the same without them.
            if (match or none_match) and (etag := await self._etag(scope)) is not None:
                check_tags(match, none_match, {etag})
        await self._app(scope, receive, send)

    async def _etag(self, scope: Scope) -> str | None:
        """Ask for the resource: give its ETag, empty if it has none, or None if there is nothing."""
        found: list[Message] = []

        async def keep_start(message: Message) -> None:
            if message["type"] == "http.response.start":
                found.append(message)

        headers = [(name, value) for name, value in scope["headers"] if name not in _CONDITIONS]
        asked = {**scope, "method": "GET", "query_string": b"", "headers": headers, ONLY_HEAD: True}
        await self._app(asked, _no_body(), keep_start)
        (start,) = found
        return Headers(raw=start["headers"]).get("etag", "") if start["status"] == HTTPStatus.OK else None


def _sees_to_it(path: str) -> bool:
    """Tell if a resource looks at the conditions itself, at the very moment of the change."""
    return path == "/store" or path.startswith(("/store/", *_OWN))


def _no_body() -> Receive:
    """Make what is received of a request without a body, whose client stays."""
    messages = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        for message in messages:
            return message
        await anyio.sleep_forever()
        raise AssertionError

    return receive


def check_tags(match: str, none_match: str, tags: Set[str] | None) -> None:
    """Compare two headers with the ETags of what is there, None if nothing is. Raises PreconditionFailed.

    If-Match compares strongly, so a weak ETag never matches; If-None-Match compares weakly. Who has seen a
    part of a thing (`tagged_part`) has seen that version of it.
    """
    match, none_match = (_OF_PART.sub(r'"\1"', header) for header in (match, none_match))
    if match and (tags is None or not (match.strip() == ANY or _given(match) & tags)):
        raise PreconditionFailed("It is no longer what If-Match says; get it anew, then decide again.")
    if (
        none_match
        and tags is not None
        and (none_match.strip() == ANY or any(matches(none_match, t) for t in tags))
    ):
        raise PreconditionFailed("If-None-Match says that it should not be there, but it is; leave that out.")


def _given(header: str) -> set[str]:
    return {part.strip() for part in header.split(",")}
