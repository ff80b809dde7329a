"""ETags without computing an answer: what `/v1` says depends on the store's sequence and the request only.

The strong ETag of a GET is a hash of the store's sequence number, the request's path and query, and a
salt of the run. A client that has it gets 304 before any query is asked. HEAD is answered here as well,
as a GET whose body is left out.
"""

from __future__ import annotations

import hashlib

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.state import ServerState, state_of

_PREFIX = "/v1/"
_OK = 200
_JSON = "application/json"


class ConditionalMiddleware:
    """Gives GET answers below `/v1/` an ETag, and answers 304 to a client that has the same."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless the client has the answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(_PREFIX):
            await self._app(scope, receive, send)
            return
        state = state_of(scope)
        sequence = await _sequence(state)
        etag = etag_of(state.salt, sequence, scope)
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        if matches(Headers(scope=scope).get("if-none-match", ""), etag):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return

        async def send_with_etag(message: Message) -> None:
            # A write in between makes it unsure which state the answer shows: then it has no ETag.
            tagged = message["type"] == "http.response.start" and _is_whole(message)
            if tagged and await _sequence(state) == sequence:
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, send_with_etag)


def _is_whole(start: Message) -> bool:
    """Tell if an answer was made at one moment: JSON is, an export is made while it is sent."""
    return start["status"] == _OK and Headers(raw=start["headers"]).get("content-type") == _JSON


async def _sequence(state: ServerState) -> int:
    # In a thread: a write holds the ledger until the disk has it.
    return await anyio.to_thread.run_sync(lambda: state.archive.sequence)


def etag_of(salt: str, sequence: int, scope: Scope) -> str:
    """Make the strong ETag of a request in a state of the store."""
    query: bytes = scope["query_string"]
    key = b"\0".join(
        (salt.encode(), b"%d" % sequence, scope["path"].encode("utf-8", "surrogateescape"), query)
    )
    return f'"{hashlib.sha256(key).hexdigest()[:32]}"'


def matches(if_none_match: str, etag: str) -> bool:
    """Tell if an If-None-Match header holds `etag`, compared weakly (RFC 9110, section 13.1.2)."""
    return etag in (part.strip().removeprefix("W/") for part in if_none_match.split(","))


class HeadMiddleware:
    """Answers HEAD as GET without the body, for every route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, a HEAD as a GET."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)
