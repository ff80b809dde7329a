"""Which pages of other sites may use the server: cross-origin resource sharing (the Fetch standard, CORS).

None may by default. The setting `cors_origins` names those that may, such as that of a YASGUI; they may then
read answers and send what the server's own page may send. There is no wildcard: any page that a user happens
to visit could use it against a server on the user's own machine.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
_SENT = "Accept, Authorization, Content-Type, If-Match, If-None-Match"
_SHOWN = "Content-Disposition, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After"
_SECONDS = "600"
_ASKED = "access-control-request-method"


def origins(setting: str) -> frozenset[str]:
    """Read the setting `cors_origins`: origins with commas between."""
    return frozenset(part.strip().lower().rstrip("/") for part in setting.split(",") if part.strip())


class Cors:
    """Answers what browsers ask before they send a page's request, and lets that page read the answer."""

    def __init__(self, app: ASGIApp, allowed: frozenset[str]) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it is only such a question."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        if origin.lower() not in self._allowed:
            await self._app(scope, receive, _varied(send))
            return
        if scope["method"] == "OPTIONS" and _ASKED in headers:
            await Response(status_code=204, headers=_preflight(origin))(scope, receive, send)
            return

        async def send_shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer["Access-Control-Allow-Origin"] = origin
                answer["Access-Control-Expose-Headers"] = _SHOWN
                answer["Cross-Origin-Resource-Policy"] = "cross-origin"
                answer.add_vary_header("Origin")
            await send(message)

        await self._app(scope, receive, send_shared)


def _varied(send: Send) -> Send:
    """Say that another origin may get another answer, so that no cache mixes them."""

    async def send_varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Origin")
        await send(message)

    return send_varied


def _preflight(origin: str) -> dict[str, str]:
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": _SENT,
        "Access-Control-Max-Age": _SECONDS,
        "Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
    }
