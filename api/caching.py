"""ETags without computing an answer: what `/v1` says depends on the store's sequence and the request only.

What it says of jobs depends on their version too, which articles that are read do not wait for.

The strong ETag of a GET is a hash of the store's sequence number, the request's path and query, the form that
its Accept header chooses, and a salt of the run. A client that has it gets 304 before any query is asked; one
that asks with `*` gets 304 for whatever is there. HEAD is answered here as well, as a GET whose body is left
out, and a Range as if it were not there.
"""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.listing import Choices
from api.negotiation import accept_of
from api.state import ServerState, state_of
from api.streams import ONLY_HEAD

_PREFIX = "/v1/"
_JOBS = "/v1/jobs"
# What they say does not come from the store, or they see to it themselves.
_OF_OTHER = ("/v1/keys", "/v1/queries/")
_OK = 200
_NOT_MODIFIED = 304
_JSON = "application/json"
ANY = "*"
"""What If-Match and If-None-Match say for any version."""
_OF_NOT_MODIFIED = frozenset({b"etag", b"vary", b"cache-control", b"expires", b"content-location"})
"""Headers that 304 has in common with 200 (RFC 9110, section 15.4.5)."""


class ConditionalMiddleware:
    """Gives GET answers below `/v1/` an ETag, and answers 304 to a client that has the same, or any."""

    def __init__(self, app: ASGIApp, choices: Choices) -> None:
        self._app = app
        self._choices = choices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless the client has the answer."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope)
        asked = ", ".join(given.getlist("if-none-match"))
        scope, send = unless_any(scope, send)
        if not scope["path"].startswith(_PREFIX) or scope["path"].startswith(_OF_OTHER):
            await self._app(scope, receive, send)
            return
        state = state_of(scope)
        sequence, version = moment = _moment(state, scope["path"])
        chosen = self._choices.chosen(scope, accept_of(given))
        etag = etag_of(f"{state.salt} {version} {chosen}", sequence, scope)
        headers = {
            "ETag": etag,
            "Cache-Control": "private, no-cache",
            **({"Vary": "Accept"} if chosen else {}),
        }
        is_list = self._choices.is_list(scope["path"])
        if matches(asked, etag):
            await Response(status_code=_NOT_MODIFIED, headers=headers)(scope, receive, send)
            return

        async def send_with_etag(message: Message) -> None:
            nonlocal send
            if message["type"] == "http.response.start" and _is_whole(message, is_list):
                own = Headers(raw=message["headers"]).get("etag")  # of what it says: `api/tags.py`
                if own is not None and matches(asked, own):
                    send = _Unmodified(send).send
                # A write in between makes it unsure which state the answer shows: then it has no ETag.
                elif own is None and _moment(state, scope["path"]) == moment:
                    MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, send_with_etag)


def unless_any(scope: Scope, send: Send) -> tuple[Scope, Send]:
    """For a client that wants no version of what is there (`If-None-Match: *`), send 304 for whatever is."""
    asked = [value for name, value in scope["headers"] if name == b"if-none-match"]
    if not asked or b", ".join(asked).strip() != ANY.encode():
        return scope, send
    # without extensions, so that all of the answer passes through it
    return {**scope, "extensions": {}}, _Unmodified(send).send


class _Unmodified:
    """Sends 304 instead of 200: what there is of the resource is not wanted in any version.

    The answer ends at once, so that a stream finds nobody to make its chunks for.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._ended = False

    async def send(self, message: Message) -> None:
        """Send one message on, or nothing in its place."""
        if self._ended:
            return
        if message["type"] == "http.response.start" and message["status"] == _OK:
            self._ended = True
            kept = [(name, value) for name, value in message["headers"] if name.lower() in _OF_NOT_MODIFIED]
            await self._send({**message, "status": _NOT_MODIFIED, "headers": kept})
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)


def _is_whole(start: Message, is_list: bool) -> bool:
    """Tell if an answer was made at one moment: JSON and lists are, an export is made while it is sent."""
    return start["status"] == _OK and (is_list or Headers(raw=start["headers"]).get("content-type") == _JSON)


def _moment(state: ServerState, path: str) -> tuple[int, int]:
    """The numbers of the last write, and of the last change of a job where jobs are asked for."""
    return state.archive.sequence, state.jobs.version if path.startswith(_JOBS) else 0


def etag_of(salt: str, sequence: int, scope: Scope) -> str:
    """Make the strong ETag of a request in a state of the store."""
    return tag_of(salt, sequence, scope["path"], scope["query_string"].decode("latin-1"))


def tag_of(salt: str, sequence: int, *parts: str) -> str:
    """Make the strong ETag of what `parts` name, in a state of the store."""
    key = "\0".join((salt, str(sequence), *parts)).encode("utf-8", "surrogateescape")
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

        await self._app({**scope, "method": "GET", ONLY_HEAD: True}, receive, send_head)


class WholeMiddleware:
    """Answers a request for a range with all there is, as a server may (RFC 9110, section 14.2).

    The files are small, and an answer that is made while it is sent has no parts to choose from.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on without its Range, and its response without an offer of ranges."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_whole(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "accept-ranges" in headers:
                    headers["accept-ranges"] = "none"
            await send(message)

        headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
        await self._app({**scope, "headers": headers}, receive, send_whole)
