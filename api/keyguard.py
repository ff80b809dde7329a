"""Who may come in: the guard of keys, scopes and rates.

    none needed   -> anonymous        on loopback, unless the settings want one
    a good key    -> its name         401 otherwise; also on loopback, if one is sent and there are keys
                  -> its rate         429 beyond it; who has no good key is counted by address
                  -> its scope        403 with the scope that is needed

`GET /healthz` is open to all. Each key that is refused gives an audit line.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import UTC, datetime
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api import audit
from api.clients import client_of, is_loopback, networks
from api.errors import KeyTooSmall, TooManyRequests, Unauthorized
from api.rates import DEFAULT, Count, Rates
from api.scopes import COUNTED_APART, OPEN_PATHS, needed
from api.security import ADDED
from api.visitors import ANONYMOUS, Visitor, visitor_of, welcome
from api.whole import EXTENSION
from graph.settings import Settings
from graph.store.keys import Access, Keys, digest_of

_REFUSED: Final = "newsgraph.refused"
_HOW: Final = "as 'Authorization: Bearer KEY', or as the password of Basic with any user name"
_PASSED_ON: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
_WHENCE: Final = "`newsgraph keys add NAME --scope read` makes one, on the server's machine"


class Ring:
    """The keys that a server takes: that of the settings, and those in the file of its store.

    It is one for all ways to the server, and so are the `rates`.
    """

    def __init__(self, settings: Settings) -> None:
        self._digest = digest_of(settings.api_key.encode()) if settings.api_key else None
        self._is_open = self._digest is None and is_loopback(settings.host) and not settings.require_key
        self.keys: Keys | None = None
        """The file, while the server has its store open."""
        self.rates = Rates()

    @property
    def revision(self) -> int:
        """A number that changes whenever a key is made or revoked. Raises StoreError."""
        return 0 if self.keys is None else self.keys.revision

    def visitor(self, headers: Headers) -> Visitor:
        """Return who sends a request with these headers. Raises Refused."""
        revision, known = (0, []) if self.keys is None else self.keys.look()
        given = headers.get("authorization", "")
        if self._is_open and not (known and (given or _is_passed_on(headers))):
            return Visitor(ANONYMOUS, Access.ADMIN, None, revision)
        return self._visitor(given_key(given), revision)

    def _visitor(self, given: bytes | None, revision: int) -> Visitor:
        if given is None:
            raise Refused("no key", f"This server wants a key; send it {_HOW} ({_WHENCE}).")
        # Digests are compared, so that the time depends neither on the key nor on its length.
        if self._digest is not None and hmac.compare_digest(digest_of(given), self._digest):
            return Visitor("api-key", Access.ADMIN, None, revision)
        key = self.keys.find(given) if self.keys is not None else None
        if key is None:
            raise Refused("unknown key", f"That is no key of this server; send one {_HOW} ({_WHENCE}).")
        visitor = Visitor(key.name, key.scope, key, revision)
        state = key.state(datetime.now(UTC))
        if state != "active":
            detail = f"The key {key.name!r} is {state}; send another ({_WHENCE})."
            raise Refused(f"{state} key", detail, visitor)
        return visitor


class Refused(Unauthorized):
    """No key, or one that is not good: `reason` for the audit line, and whose it was if that is known."""

    def __init__(self, reason: str, detail: str, visitor: Visitor | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.visitor = visitor


class KeyGuard:
    """Lets a request through whose key is good for it, and not spent."""

    def __init__(self, app: ASGIApp, ring: Ring, settings: Settings) -> None:
        self._app = app
        self._ring = ring
        self._rate = settings.rate
        self._trusted = networks(settings.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Raises Unauthorized, KeyTooSmall or TooManyRequests."""
        if scope["type"] == "http":
            self.check(scope)
        await self._app(scope, receive, send)

    def check(self, scope: Scope) -> None:
        """Look at the head of a request, once.

        Raises Unauthorized, KeyTooSmall, TooManyRequests or StoreError.
        """
        if scope["path"] in OPEN_PATHS or visitor_of(scope) is not None:
            return
        if (error := scope.get(_REFUSED)) is not None:  # by the short way, which leaves it to the usual one
            raise error
        try:
            welcome(scope, self._known(scope))
        except (Unauthorized, KeyTooSmall, TooManyRequests) as error:
            scope[_REFUSED] = error
            raise

    def _known(self, scope: Scope) -> Visitor:
        """Find out whose request it is, and count it."""
        try:
            visitor = self._ring.visitor(Headers(scope=scope))
        except Refused as error:
            client = client_of(scope, self._trusted)
            self._count(scope, self._ring.rates.of_address(client, self._rate or DEFAULT))
            self._tell(scope, error.reason, error.visitor)
            raise
        apart = scope["path"] if scope["path"] in COUNTED_APART else ""
        if not visitor.is_anonymous:
            rate = (visitor.key and visitor.key.rate) or self._rate or DEFAULT
            who = visitor.key.id if visitor.key else visitor.name
            self._count(scope, self._ring.rates.of_key(who, rate, apart))
        elif self._rate:
            client = client_of(scope, self._trusted)
            self._count(scope, self._ring.rates.of_address(client, self._rate, apart))
        self._check_access(scope, visitor)
        return visitor

    def _check_access(self, scope: Scope, visitor: Visitor) -> None:
        needs = needed(scope["method"], scope["path"])
        if not visitor.access.covers(needs):
            self._tell(scope, f"needs {needs}", visitor)
            raise KeyTooSmall(
                f"The key {visitor.name!r} has the scope {visitor.access}, and {scope['method']} of"
                f" {scope['path'][:100]} needs {needs}; use a key with that scope"
                f" (`newsgraph keys add NAME --scope {needs}`)."
            )

    def _count(self, scope: Scope, count: Count | None) -> None:
        """Tell in the answer how much is left, which then goes no short way. Raises TooManyRequests."""
        if count is None:
            return
        scope[ADDED] = [(name.lower().encode(), value.encode()) for name, value in count.headers.items()]
        scope.get("extensions", {}).pop(EXTENSION, None)
        if not count.is_within:
            raise TooManyRequests(
                f"That were too many requests for now; wait {count.wait} seconds, then go on more slowly"
                " (RateLimit-Policy has the rate)."
            )

    def _tell(self, scope: Scope, reason: str, visitor: Visitor | None) -> None:
        audit.refused(scope, client_of(scope, self._trusted), reason, visitor)


def _is_passed_on(headers: Headers) -> bool:
    """Tell if a proxy speaks for others, who do not become this machine's by that although it is here."""
    return any(name in headers for name in _PASSED_ON)


def given_key(authorization: str) -> bytes | None:
    """Take the key out of an Authorization header; None if it holds none."""
    scheme, _, credentials = authorization.strip().partition(" ")
    credentials = credentials.strip()
    match scheme.lower():
        case "bearer":
            return credentials.encode("latin-1")
        case "basic":
            try:
                _, colon, password = base64.b64decode(credentials, validate=True).partition(b":")
            except (binascii.Error, ValueError):
                return None
            return password if colon else None
        case _:
            return None
