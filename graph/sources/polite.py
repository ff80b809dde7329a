"""Asks hosts politely: as their robots.txt allows, one request at a time, with a pause after each.

robots.txt is read as RFC 9309 says: one that is not there (4xx) allows everything, one that cannot be had
(5xx, no answer) nothing, and it is kept for a day at most. A host that says when to come back (Retry-After)
is not asked before that.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from graph.errors import AddressRefused, FetchFailed, NewsgraphError, RobotsRefused
from graph.sources.addresses import parse_address, shortened
from graph.sources.fetching import AGENT, WEB_PORTS, Answer, Guard, refused, request

if TYPE_CHECKING:
    import httpx

_ROBOTS_SECONDS: Final = 86_400.0
_RETRY_ROBOTS: Final = 600.0
_ROBOTS_BYTES: Final = 1_000_000
_LONGEST_PAUSE: Final = 60.0
_PATIENCE: Final = 120.0
"""Seconds that are waited at most before a request; a host that asks for more is given up for now."""
_HOSTS: Final = 1_000
_LONGEST_WAIT: Final = 7 * 86_400.0


class Clock(Protocol):
    """The time, and a way to let it pass."""

    def now(self) -> float:
        """Return the seconds since 1970."""
        ...

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass."""
        ...


class SystemClock:
    """The time of this machine."""

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


@dataclass(slots=True)
class _Host:
    """What is known of one host: its rules (None: everything is allowed), and when it may be asked again."""

    rules: RobotFileParser | None = None
    closed: str = ""
    rules_until: float = 0.0
    next_request: float = 0.0
    refused: bool = False


class Polite:
    """Fetches with manners; `pause` seconds lie between two requests to one host. For one thread."""

    def __init__(self, guard: Guard, clock: Clock, pause: float = 1.0) -> None:
        self._guard = guard
        self._clock = clock
        self._pause = pause
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    def page(self, url: str) -> Answer:
        """Fetch a page that is there. Raises what `ask` does, and FetchFailed for other answers."""
        answer = self.ask(url)
        if answer.status != HTTPStatus.OK:
            raise refused(answer)
        return answer

    def ask(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """GET an address when its host's turn has come; any status is an answer.

        Raises RobotsRefused if a robots.txt on the way does not allow it, FetchFailed if one cannot be had
        or a host has to be left alone for long, and what `fetching.request` raises.
        """
        answer = request(url, self._guard, headers, self._enter)
        wait = retry_after(answer, self._clock.now())
        if wait is not None:
            self._host(_origin_of(answer.url)).next_request = self._clock.now() + wait
        return answer

    def delay(self, url: str) -> float:
        """Return the seconds until the host of an address may be asked, as far as that is known by now."""
        host = self._hosts.get(_origin_of(url))
        return max(0.0, host.next_request - self._clock.now()) if host is not None else 0.0

    def refuses(self, url: str) -> bool:
        """Tell if an address itself is refused, so that its host was not even asked."""
        try:
            parse_address(url, None if self._guard.private else WEB_PORTS, self._guard.advice)
        except AddressRefused:
            return True
        return self._host(_origin_of(url)).refused

    def _enter(self, url: httpx.URL) -> None:
        """Wait until an address may be asked. Raises RobotsRefused, FetchFailed."""
        origin = _origin_of(str(url))
        host = self._host(origin)
        if self._clock.now() >= host.rules_until:
            self._wait(origin, host)
            self._learn(origin, host)
        if host.closed:
            raise FetchFailed(host.closed)
        if host.rules is not None and not host.rules.can_fetch(AGENT, str(url)):
            raise RobotsRefused(
                f"{shortened(str(url))} may not be fetched by programs, says {origin}/robots.txt. Ask its"
                " publisher, or leave it out."
            )
        self._wait(origin, host)
        host.next_request = self._clock.now() + self._pause_of(host)

    def _wait(self, origin: str, host: _Host) -> None:
        wait = host.next_request - self._clock.now()
        if wait > _PATIENCE:
            raise FetchFailed(
                f"{origin} asks to be left alone for {wait:,.0f} seconds. Try again after that."
            )
        if wait > 0:
            self._clock.wait(wait)

    def _pause_of(self, host: _Host) -> float:
        asked = host.rules.crawl_delay(AGENT) if host.rules is not None else None
        return max(self._pause, min(float(asked or 0), _LONGEST_PAUSE))

    def _learn(self, origin: str, host: _Host) -> None:
        """Read a host's robots.txt; what it says stands for a day."""
        address = f"{origin}/robots.txt"
        led: list[httpx.URL] = []
        now = self._clock.now()
        host.rules, host.closed, host.rules_until = None, "", now + _ROBOTS_SECONDS
        host.next_request = now + self._pause
        try:
            answer = request(address, replace(self._guard, most=_ROBOTS_BYTES), before=led.append)
            if (
                answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
                or answer.status == HTTPStatus.TOO_MANY_REQUESTS
            ):
                raise refused(answer)
        except NewsgraphError as error:
            if isinstance(error, AddressRefused) and len(led) < 2:  # its own address, led nowhere else
                host.rules_until, host.refused = 0.0, True
                raise
            host.closed = f"{address} cannot be had, so nothing there may be fetched for now. {error}"
            host.rules_until = now + _RETRY_ROBOTS
            return
        if answer.status == HTTPStatus.OK:
            host.rules = RobotFileParser()
            host.rules.parse(answer.body.decode("utf-8", "replace").lstrip("\ufeff").splitlines())

    def _host(self, origin: str) -> _Host:
        host = self._hosts.setdefault(origin, _Host())
        self._hosts.move_to_end(origin)
        while len(self._hosts) > _HOSTS:
            self._hosts.popitem(last=False)
        return host


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def retry_after(answer: Answer, now: float) -> float | None:
    """Return the seconds after which a host says to come back, if it does and is busy (RFC 9110, 10.2.3)."""
    said = answer.headers.get("retry-after", "").strip()
    if answer.status not in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE) or not said:
        return None
    if said.isascii() and said.isdigit():
        return min(float(said[:12]), _LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)) - datetime.fromtimestamp(now, UTC)
    return min(max(seconds.total_seconds(), 0.0), _LONGEST_WAIT)
