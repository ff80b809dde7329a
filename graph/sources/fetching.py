"""Fetches one web address, guarded: what may be asked for, from where, how much, and for how long.

    request    one GET with its redirects; any status is an answer
    fetch      the same, where only a whole page will do

No proxy, cookie, password or other thing of this machine goes with it, and nothing is kept in between.
Each redirect is looked at as the first address was. `addresses.py` says what is public, `network.py`
connects. httpcore does the HTTP and nothing more: it follows nothing and unpacks nothing by itself.
"""

from __future__ import annotations

import functools
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import certifi
import httpcore
import httpx

from graph import __version__
from graph.errors import BadEncoding, FetchFailed, FetchOff, TooLarge
from graph.settings import Settings
from graph.sources import network
from graph.sources.addresses import ADVICE, parse_address, port_of, shortened
from graph.sources.unpacking import Unpacker

AGENT: Final = "newsgraph"
"""The name by which robots.txt speaks of us."""
USER_AGENT: Final = f"{AGENT}/{__version__} (reads news articles and feeds)"
WEB_PORTS: Final = frozenset({80, 443})

_ALWAYS: Final = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml,"
    " application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_PERMANENT: Final = frozenset({301, 308})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PACKED: Final = frozenset({"gzip", "x-gzip"})


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be fetched, and how much of it.

    With `private`, addresses of this machine and its network too, on any port: for what the person at
    the terminal names, never for what a user of the server does; `advice` is what to do about those that
    are refused. `most` is in bytes, unpacked; `seconds` are for all of it, redirects too. The last three
    stand for the outside world, in tests another one.
    """

    private: bool = False
    advice: str = ADVICE
    most: int = 16_000_000
    seconds: float = 30.0
    redirects: int = 5
    resolve: network.Resolve = network.resolve
    connect: network.Connect = network.connect
    trust: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave in the end: `url` is where that was, `headers` have names in lower case.

    `lasting` is the address to ask from now on: where the redirects led that are meant to last.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    lasting: str

    @property
    def media_type(self) -> str:
        """The Content-Type, with its charset; empty if there is none."""
        return self.headers.get("content-type", "")


def _go(_url: httpx.URL) -> None:
    """Let every address pass."""


def guard_for(settings: Settings) -> Guard:
    """Return the guard for addresses that users of a server name. Raises FetchOff if it fetches none."""
    if not settings.fetch:
        raise FetchOff(
            "This server fetches no addresses. Send the article's text, or have the server started with"
            " NEWSGRAPH_FETCH=true."
        )
    return Guard(most=settings.max_body)


def fetch(url: str, guard: Guard) -> Answer:
    """Fetch a page that is there, whole. Raises what `request` raises, and FetchFailed for other answers."""
    answer = request(url, guard)
    if answer.status != HTTPStatus.OK:
        raise refused(answer)
    return answer


def refused(answer: Answer) -> FetchFailed:
    """Make the error for an answer that is not the page."""
    try:
        phrase = f" ({HTTPStatus(answer.status).phrase})"
    except ValueError:
        phrase = ""
    advice = "Try again later" if answer.status >= 500 or answer.status == 429 else "Check the address"
    return FetchFailed(f"{shortened(answer.url)} answered {answer.status}{phrase}. {advice}.")


def request(
    url: str,
    guard: Guard,
    headers: Mapping[str, str] | None = None,
    before: Callable[[httpx.URL], object] = _go,
) -> Answer:
    """GET an address, follow its redirects, and give the answer, whatever its status.

    `before` hears of each address before it is asked, and may wait or raise; that is not counted as time.

    Raises AddressRefused for an address that may not be fetched, be it the first or one that a redirect
    leads to; FetchFailed if there is no whole answer in time; TooLarge if it is more than `guard.most`.
    """
    ports = None if guard.private else WEB_PORTS
    here = parse_address(url, ports, guard.advice)
    lasting, all_last = str(here), True
    deadline = network.Deadline(guard.seconds)
    for _ in range(guard.redirects + 1):
        with deadline.paused():
            before(here)
        status, answered, body = _one(here, guard, deadline, headers or {})
        target = answered.get("location") if status in _REDIRECTS else None
        if target is None:
            return Answer(str(here), status, answered, body, lasting)
        here = _next(here, target, ports, guard.advice)
        all_last = all_last and status in _PERMANENT
        lasting = str(here) if all_last else lasting
    raise FetchFailed(
        f"{shortened(url)} redirects more than {guard.redirects} times. Give the address that it leads to."
    )


def _next(here: httpx.URL, target: str, ports: frozenset[int] | None, advice: str) -> httpx.URL:
    """Give the address that a redirect leads to. Raises AddressRefused."""
    try:
        joined = str(here.join(target))
    except (httpx.InvalidURL, ValueError):
        joined = target  # which is then refused in our words
    return parse_address(joined, ports, advice)


def _one(
    url: httpx.URL, guard: Guard, deadline: network.Deadline, headers: Mapping[str, str]
) -> tuple[int, dict[str, str], bytes]:
    """Ask one address once, and give status, headers and body; the body of a redirect is left unread."""
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=port_of(url), target=url.raw_path)
    sent = {"Host": url.netloc.decode("ascii"), **_ALWAYS, **headers}
    asked = httpcore.Request("GET", target, headers=list(sent.items()))
    backend = network.GuardedNetwork(guard, deadline)
    trust = guard.trust or _trust()
    try:
        with httpcore.ConnectionPool(trust, max_connections=1, network_backend=backend) as pool:
            response = pool.handle_request(asked)
            try:
                found = _headers(response)
                body = b"" if response.status in _REDIRECTS else _body(response, found, guard.most, deadline)
                return response.status, found, body
            finally:
                response.close()
    except httpcore.TimeoutException as error:
        raise deadline.over() from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchFailed(
            f"{shortened(str(url))} cannot be fetched ({error or type(error).__name__})."
            " Check the address, or try again later."
        ) from error
    except BadEncoding as error:
        raise FetchFailed(f"{shortened(str(url))}: {error}") from error


def _body(
    response: httpcore.Response, headers: Mapping[str, str], most: int, deadline: network.Deadline
) -> bytes:
    """Read a body as it arrives. Raises TooLarge as soon as there is too much, BadEncoding."""
    encoding = headers.get("content-encoding", "identity").strip().lower() or "identity"
    length = headers.get("content-length", "")
    if encoding == "identity" and length.isdigit() and int(length[:20]) > most:
        raise _too_much(most)
    if encoding not in (*_PACKED, "identity"):
        raise BadEncoding(f"It is packed as {encoding[:40]!r}, which was not asked for. Try another address.")
    parts = []
    left = most
    for part in _unpacked(response, most) if encoding in _PACKED else response.iter_stream():
        deadline.left()
        left -= len(part)
        if left < 0:
            raise _too_much(most)
        parts.append(part)
    return b"".join(parts)


def _unpacked(response: httpcore.Response, most: int) -> Iterator[bytes]:
    unpacker = Unpacker(most)
    for packed in response.iter_stream():
        yield from unpacker.feed(packed)
    unpacker.finish()


def _too_much(most: int) -> TooLarge:
    return TooLarge(f"The address holds more than {most:,} bytes. Save what is needed of it as a file.")


def _headers(response: httpcore.Response) -> dict[str, str]:
    """Give the headers by their names in lower case; of several with one name, the last."""
    return {name.decode("ascii", "replace").lower(): _text(value).strip() for name, value in response.headers}


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


@functools.cache
def _trust() -> ssl.SSLContext:
    """Return whom TLS trusts: the system's authorities and those that come with certifi."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
