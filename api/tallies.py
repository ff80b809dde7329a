"""What is counted of a server's work, as plain numbers; `metrics.py` writes them down when it is asked.

Requests are counted by their route's template, never by their path, so that no client can make new values:

    Application -> Call, in the scope -> ... -> Routed -> route      which notes the template
                <- the end of the answer, that of a stream too

Only the event loop counts requests and queries, and only who has the turn counts what is read, so nothing
here needs a lock: one more costs a small query less than a microsecond.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Coroutine, Iterable, Iterator
from enum import StrEnum
from typing import Any, Final

from starlette.requests import ClientDisconnect
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph import pipeline
from graph.errors import Busy, NewsgraphError, QueryRefused, QueryTimeout, QueryTooHeavy, StoreError
from graph.model import Article, Failure, Reading

METRICS: Final = "/metrics"
SPARQL: Final = "/sparql"
NO_ROUTE: Final = "(none)"
"""The template of requests that no route took: unknown addresses, and what the doors before them refuse."""
OTHER: Final = "(other)"
"""The method of requests that have none of the usual ones."""
STATUSES: Final = ("broken", "1xx", "2xx", "3xx", "4xx", "5xx")
"""What answers came to; `broken` are those without an end, or without a beginning: mostly the client left."""
BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper ends in seconds: from an answer that is known to one that takes as long as a query may."""
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_CALL: Final = "newsgraph.call"


class Fate(StrEnum):
    """What became of a SPARQL query, also of one with a name."""

    ANSWERED = "answered"
    CACHED = "cached"
    TIMED_OUT = "timed_out"
    TOO_HEAVY = "out_of_memory"
    FULL = "refused_as_full"
    FORBIDDEN = "forbidden"
    MALFORMED = "malformed"
    LEFT = "client_left"
    FAILED = "failed"


_OF_ERRORS: Final[tuple[tuple[type[Exception], Fate], ...]] = (
    (QueryTimeout, Fate.TIMED_OUT),
    (QueryTooHeavy, Fate.TOO_HEAVY),
    (Busy, Fate.FULL),
    (QueryRefused, Fate.FORBIDDEN),
    (StoreError, Fate.FAILED),
    (NewsgraphError, Fate.MALFORMED),
    (ClientDisconnect, Fate.LEFT),
)
"""What the first class that fits means of a query."""


def fate_of(error: BaseException) -> Fate:
    """Say what an error makes of a query."""
    return next((found for kind, found in _OF_ERRORS if isinstance(error, kind)), Fate.FAILED)


class Series:
    """The requests of one route and method: how many by status, and in which time."""

    __slots__ = ("seconds", "statuses", "times")

    def __init__(self) -> None:
        self.statuses = [0] * len(STATUSES)
        self.times = [0] * (len(BOUNDS) + 1)
        """How many took up to each of `BOUNDS` and more than the one before; the last, more than all."""
        self.seconds = 0.0

    def time(self, seconds: float) -> None:
        """Count how long one took."""
        self.times[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds


class Call:
    """A request on its way: `status` is 0 until its answer begins, `is_whole` tells that this has ended."""

    __slots__ = ("began", "is_whole", "method", "route", "status")

    def __init__(self, method: str, route: str) -> None:
        self.began = time.perf_counter()
        self.method = method
        self.route = route
        self.status = 0
        self.is_whole = False

    def watched(self, send: Send) -> Send:
        """Make what sends the answer, and sees what becomes of it."""

        async def watched_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                self.is_whole = True

        return watched_send


class Tallies:
    """The numbers of one server since its start."""

    def __init__(self) -> None:
        self.series: dict[tuple[str, str], Series] = {}
        self.in_progress = 0
        """Requests that are not answered yet, without those for the metrics: each would see itself."""
        self.connections = 0
        self.refused: dict[str, int] = {}
        """Connections that were closed with a problem before a request came of them, by its slug."""
        self.queries = dict.fromkeys(Fate, 0)
        self.articles = {"read": 0, "failed": 0}
        self.characters = 0
        self.seconds = 0.0

    def begin(self, scope: Scope, route: str = NO_ROUTE) -> Call:
        """Begin to count a request, or go on if that has begun; `route` is its template if that is known."""
        found = scope.get(_CALL)
        if found is not None:
            return found  # type: ignore[no-any-return]  # put there below
        call = scope[_CALL] = Call(scope["method"], METRICS if scope["path"] == METRICS else route)
        if call.route is not METRICS:
            self.in_progress += 1
        return call

    def forget(self, scope: Scope) -> None:
        """Count nothing of a request that has begun: it goes another way, where it is counted."""
        if scope.pop(_CALL, None) is not None:
            self.in_progress -= 1

    def end(self, call: Call) -> None:
        """Count a request whose answer has ended, or was broken off."""
        series = self._series(call.route, call.method)
        series.statuses[call.status // 100 if call.is_whole else 0] += 1
        if call.route is not METRICS:
            self.in_progress -= 1
            series.time(time.perf_counter() - call.began)

    def known(self, began: float) -> None:
        """Count a query that was answered before, byte for byte; `began` is of `time.perf_counter`."""
        series = self._series(SPARQL, "GET")
        series.statuses[2] += 1
        series.time(time.perf_counter() - began)
        self.queries[Fate.CACHED] += 1

    async def query(self, answering: Coroutine[Any, Any, Fate | None]) -> None:
        """Have a query answered, and count what became of it; None is for what was none."""
        try:
            fate = await answering
        except BaseException as error:
            self.queries[fate_of(error)] += 1
            raise
        if fate is not None:
            self.queries[fate] += 1

    def refuse(self, reason: str) -> None:
        """Count a connection that is closed with a problem."""
        self.refused[reason] = self.refused.get(reason, 0) + 1

    def _series(self, route: str, method: str) -> Series:
        series = self.series.get((route, method))
        if series is None:
            key = route, method if method in _METHODS else OTHER
            series = self.series.setdefault(key, Series())
        return series


def sent_whole(scope: Scope) -> None:
    """Note that an answer of 200 was sent in one piece, past all that would see it."""
    call = scope.get(_CALL)
    if call is not None:
        call.status, call.is_whole = 200, True


class Routed:
    """Notes which route takes a request; stands next to the router, which writes that into the scope."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._paths: dict[object, str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        try:
            await self._app(scope, receive, send)
        finally:
            call = scope.get(_CALL)
            if call is not None and call.route is NO_ROUTE:
                call.route = self._template(scope)

    def _template(self, scope: Scope) -> str:
        route = scope.get("route")
        if route is not None:
            return str(route.path_format)
        if self._paths is None:
            self._paths = dict(_paths(scope["app"].routes))
        return self._paths.get(scope.get("endpoint"), NO_ROUTE)


def _paths(routes: Iterable[object]) -> Iterator[tuple[object, str]]:
    """Give the templates of routes that are no routes of FastAPI, by what answers for them."""
    for route in routes:
        if isinstance(route, Route):
            yield route.endpoint, route.path_format
        elif isinstance(route, Mount):
            yield route.app, route.path


class CountedReader:
    """A reader of articles whose work is counted: how many, of how many characters, in which time.

    The time is that of the processor in the thread that reads, so that no pause for others is in it.
    """

    def __init__(self, reader: pipeline.Reader, tallies: Tallies) -> None:
        self._reader = reader
        self._tallies = tallies

    @property
    def name(self) -> str:
        """The model and its version."""
        return self._reader.name

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        """Read articles as the reader does, and raise what it raises."""
        results = self._reader.read_many(articles)
        while True:
            began = time.thread_time()
            try:
                result = next(results, None)
            finally:
                self._tallies.seconds += time.thread_time() - began
            if result is None:
                return
            if isinstance(result, Reading):
                self._tallies.articles["read"] += 1
                self._tallies.characters += len(result.article.text)
            else:
                self._tallies.articles["failed"] += 1
            yield result
