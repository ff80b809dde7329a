"""Who may talk to the server, and how much: pure ASGI middlewares that raise what `problems` answers.

- `HostGuard`: only the host names of the settings, so that a page which rebinds its DNS name to this
  machine is not served (421). The port is ignored.
- `CrossSiteGuard`: a browser on another site may not use an unsafe method (403). Programs, which send
  neither Origin nor Sec-Fetch-Site, may. It holds for `POST /sparql` too, although a query changes
  nothing: another site could not read the answer, and GET is there for links.
- `KeyGuard` (`keyguard.py`): whose key a request carries, and what that is good for (401, 403, 429).
- `EncodingGuard`: a body that is compressed is refused, and not read as if it were not (415).
- `BodyLimit`: counts the bytes of a body while they arrive, whatever Content-Length says (413).
- `ResponseHeaders`: what browsers may do with the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import CrossSite, EncodedBody, WrongHost
from api.scopes import SAFE_METHODS
from graph.errors import TooLarge

ADDED = "newsgraph.headers"
"""In the ASGI scope: headers that the answer to this request has too, whatever becomes of it."""
_PLAIN = frozenset({"", "identity"})  # Content-Encodings that change nothing
_OWN_SITE = frozenset({"same-origin", "none"})
_MAX_DIGITS = 18  # of a Content-Length that is worth converting; Python refuses to convert thousands
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(?::(?P<port>[0-9]{1,5}))?")
RESPONSE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_RAW_HEADERS = tuple((name.lower().encode(), value.encode()) for name, value in RESPONSE_HEADERS.items())


def host_name(host: str) -> str | None:
    """Give the name in a Host header, in lower case and without its port; None if it is malformed."""
    match = _HOST.fullmatch(host.strip().lower())
    return match["name"] if match else None


def host_names(setting: str) -> frozenset[str]:
    """Read the setting `allowed_hosts`: names with commas between, ports ignored."""
    names = (host_name(part) for part in setting.split(",") if part.strip())
    return frozenset(name for name in names if name)


class HostGuard:
    """Refuses requests whose Host header names another host than those of `allowed`."""

    def __init__(self, app: ASGIApp, allowed: Iterable[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Raises WrongHost."""
        if scope["type"] == "http":
            self.check(scope)
        await self._app(scope, receive, send)

    def check(self, scope: Scope) -> None:
        """Look at the head of a request. Raises WrongHost."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or host_name(hosts[0].decode("latin-1")) not in self._allowed:
            raise WrongHost(
                f"This server does not go by the name {_listed(hosts)!r}; use one of "
                f"{', '.join(sorted(self._allowed))}, or add the name to NEWSGRAPH_ALLOWED_HOSTS."
            )


def _listed(values: Iterable[bytes]) -> str:
    return ", ".join(value.decode("latin-1") for value in values)


class CrossSiteGuard:
    """Refuses unsafe methods from pages of other sites, but for the origins of `friends` (`cors.py`)."""

    def __init__(self, app: ASGIApp, friends: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._friends = friends

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Raises CrossSite."""
        if scope["type"] == "http":
            self.check(scope)
        await self._app(scope, receive, send)

    def check(self, scope: Scope) -> None:
        """Look at the head of a request. Raises CrossSite."""
        if scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            friend = origin is not None and origin.lower() in self._friends
            if not friend and not is_own_site(headers.get("sec-fetch-site"), origin, headers.get("host", "")):
                raise CrossSite(
                    f"A page of another site asked for this {scope['method']}; open the server's own page, "
                    "or use a program that is no browser."
                )


def is_own_site(fetch_site: str | None, origin: str | None, host: str) -> bool:
    """Tell if a browser sent the request from the server's own origin, or no browser sent it.

    The scheme of Origin is not compared: a proxy in front may speak TLS.
    """
    if fetch_site is not None and fetch_site.strip().lower() not in _OWN_SITE:
        return False
    return origin is None or _is_same_origin(origin, host)


def _is_same_origin(origin: str, host: str) -> bool:
    scheme, _, rest = origin.strip().lower().partition("://")
    default = _DEFAULT_PORTS.get(scheme)
    theirs, ours = _HOST.fullmatch(rest), _HOST.fullmatch(host.strip().lower())
    if default is None or theirs is None or ours is None:
        return False
    same_port = (theirs["port"] or default) == (ours["port"] or default)
    return theirs["name"] == ours["name"] and same_port


class EncodingGuard:
    """Refuses bodies with a Content-Encoding: no decoder could make a bomb of them here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Raises EncodedBody."""
        if scope["type"] == "http":
            self.check(scope)
        await self._app(scope, receive, send)

    def check(self, scope: Scope) -> None:
        """Look at the head of a request. Raises EncodedBody."""
        found = [value for name, value in scope["headers"] if name == b"content-encoding"]
        coding = _listed(found).strip().lower()
        if coding not in _PLAIN:
            raise EncodedBody(f"Bodies are not read in the encoding {coding!r}; send them as they are.")


class BodyLimit:
    """Counts a request's bytes while they arrive."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Raises TooLarge, at once or from `receive`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        found = (value for name, value in scope["headers"] if name == b"content-length")
        declared = next(found, b"0").decode("latin-1")
        if declared.isdecimal() and (len(declared) > _MAX_DIGITS or int(declared) > self._limit):
            raise self._too_large()
        seen = 0

        async def counted_receive() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise self._too_large()
            return message

        await self._app(scope, counted_receive, send)

    def _too_large(self) -> TooLarge:
        return TooLarge(
            f"The body has more than {self._limit:,} bytes; send the articles in smaller batches, "
            "or raise NEWSGRAPH_MAX_BODY."
        )


class ResponseHeaders:
    """Adds the headers that keep browsers careful to every response; what a route set itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its response with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message["headers"]
                names = {name.lower() for name, _ in own}
                usual = (pair for pair in _RAW_HEADERS if pair[0] not in names)
                message["headers"] = [*own, *usual, *scope.get(ADDED, ())]
            await send(message)

        await self._app(scope, receive, send_with_headers)
