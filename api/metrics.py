"""`/metrics`: what who watches over the server wants to know, in the formats of Prometheus and OpenMetrics.

What is counted of requests, queries and reading is in `tallies.py`. What the store keeps is looked up when
it is asked for, from counts that are kept anyway; where that would have to wait, the last counts are told,
and `newsgraph_index_in_step` is 0. Nothing here tells what is in an article, a query or an address.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import anyio.to_thread
from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.responses import Response

from api import schemas
from api.negotiation import Offer, accept_of, negotiate
from api.state import ServerState, State
from api.tallies import BOUNDS, METRICS, STATUSES, Tallies
from graph import __version__, views
from graph.errors import StoreError
from graph.store.job_rows import JobState

router = APIRouter(tags=["operations"])

_LOG = logging.getLogger("newsgraph.api")
_TEXT: Final = Offer("text/plain")
_OPEN: Final = Offer("application/openmetrics-text")
_ASKS: Final = {_TEXT: "text/plain; version=0.0.4", _OPEN: "application/openmetrics-text; version=1.0.0"}
"""What the library is asked for: what a client asks for is weighed here, and never repeated to it."""
_PATIENCE: Final = 1.0
"""Seconds after which the last counts of what is kept are told, in place of those that are being made."""
_LES: Final = (*map(str, BOUNDS), "+Inf")
_Values: TypeAlias = Mapping[str, int]


@router.get(
    METRICS,
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={
        200: {
            "description": "The metrics, as text.",
            "content": schemas.contents((_TEXT.media_type, _OPEN.media_type)),
        },
        **schemas.problems(406, 503),
    },
)
async def get_metrics(request: Request, _state: State) -> Response:
    """Requests, queries, what is kept, jobs, reading and the process; OpenMetrics 1.0 if Accept prefers it.

    Where keys are needed, one of scope read will do; its rate is counted apart from that of other requests.
    """
    metrics: Metrics = request.app.state.metrics
    return await metrics.answer(request.headers)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store held when it was looked at; `is_new` unless it could not be, or was out of step."""

    stats: views.Stats | None
    jobs: Mapping[JobState, int]
    waiting: int
    is_new: bool


class Metrics:
    """The metrics of one server; an async context manager, which at its end waits for what it began."""

    def __init__(self, state: ServerState) -> None:
        self._state = state
        self._kept: _Kept | None = None
        self._look: asyncio.Task[None] | None = None
        self._answers: dict[Offer, asyncio.Task[bytes]] = {}
        self._thread = anyio.CapacityLimiter(1)
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._registry.register(_Ours(self._collect))

    async def __aenter__(self) -> Metrics:
        return self

    async def __aexit__(self, *_: object) -> None:
        begun = [*self._answers.values(), *([] if self._look is None else [self._look])]
        if begun:
            await asyncio.wait(begun)

    async def answer(self, headers: Headers) -> Response:
        """Write the metrics as Accept wants them, once for all who ask meanwhile. Raises NotAcceptable."""
        offer, _ = negotiate(accept_of(headers), (_TEXT, _OPEN))
        task = self._answers.get(offer)
        if task is None or task.done():
            task = self._answers[offer] = asyncio.create_task(self._write(offer))
        body = await asyncio.shield(task)  # others may wait for it when the client of this one is gone
        _, content_type = choose_encoder(_ASKS[offer])
        return Response(
            body, headers={"Content-Type": content_type, "Cache-Control": "no-store", "Vary": "Accept"}
        )

    async def _write(self, offer: Offer) -> bytes:
        encode, _ = choose_encoder(_ASKS[offer])
        await self._refresh()
        return await anyio.to_thread.run_sync(encode, self._registry, limiter=self._thread)

    async def _refresh(self) -> None:
        """Look at what is kept, once for all who ask meanwhile, and wait for that for a while."""
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._renew())
        _, late = await asyncio.wait([self._look], timeout=_PATIENCE)
        if late and self._kept is not None:
            self._kept = _Kept(self._kept.stats, self._kept.jobs, self._kept.waiting, is_new=False)

    async def _renew(self) -> None:
        limiter = anyio.CapacityLimiter(1)  # so that it waits for none of the usual threads
        try:
            self._kept = await anyio.to_thread.run_sync(self._look_up, limiter=limiter)
        except StoreError as error:
            _LOG.warning("the metrics lack what is kept: %s", error)
            self._kept = None

    def _look_up(self) -> _Kept:
        found = views.stats_at_once(self._state.archive)
        jobs, waiting = self._state.jobs.totals()
        if found is None:
            return _Kept(None if self._kept is None else self._kept.stats, jobs, waiting, is_new=False)
        return _Kept(found[0], jobs, waiting, is_new=found[1])

    def _collect(self) -> Iterator[Metric]:
        tallies = self._state.tallies
        yield InfoMetricFamily("newsgraph", "The program that serves.", {"version": __version__})
        yield from _requests(tallies)
        yield from _sparql(self._state)
        yield from _reading(self._state)
        yield from _store(self._kept)


class _Ours(Collector):
    """What the library asks when it is to write."""

    def __init__(self, collect: Callable[[], Iterable[Metric]]) -> None:
        self._collect = collect

    def collect(self) -> Iterable[Metric]:
        """Give all families."""
        return self._collect()


def _requests(tallies: Tallies) -> Iterator[Metric]:
    counts = CounterMetricFamily(
        "newsgraph_http_requests",
        "Requests that were answered or broken off, by route, method and class of status.",
        labels=("route", "method", "status"),
    )
    times = HistogramMetricFamily(
        "newsgraph_http_request_duration_seconds",
        "Seconds from the head of a request to the end of its answer, without those for the metrics.",
        labels=("route", "method"),
    )
    for (route, method), series in list(tallies.series.items()):
        for status, count in zip(STATUSES, series.statuses, strict=True):
            if count:
                counts.add_metric((route, method, status), count)
        if route != METRICS:
            times.add_metric((route, method), list(_cumulated(series.times)), series.seconds)
    yield counts
    yield times
    about = "Requests that are not answered yet, without those for the metrics."
    yield GaugeMetricFamily("newsgraph_http_requests_in_progress", about, tallies.in_progress)
    yield GaugeMetricFamily("newsgraph_http_connections", "Connections that are open.", tallies.connections)
    about = "Connections that were closed with a problem before a request came of them, by its name."
    yield _counter("newsgraph_http_connections_refused", about, "problem", dict(tallies.refused))


def _cumulated(times: list[int]) -> Iterator[tuple[str, float]]:
    total = 0
    for le, count in zip(_LES, list(times), strict=True):
        total += count
        yield le, total


def _sparql(state: ServerState) -> Iterator[Metric]:
    about = "SPARQL queries, also those with a name, by what became of them."
    fates = {fate.value: count for fate, count in state.tallies.queries.items()}
    yield _counter("newsgraph_sparql_queries", about, "outcome", fates)
    load, settings = state.lanes.load, state.settings
    taken = {"fast": load.fast, "slow": load.slow}
    about = "Places for SPARQL queries that are taken, by lane."
    yield _gauge("newsgraph_sparql_places_taken", about, "lane", taken)
    places = {"fast": settings.query_workers, "slow": settings.query_slow}
    about = "Places for SPARQL queries that there are, by lane."
    yield _gauge("newsgraph_sparql_places", about, "lane", places)
    about = "SPARQL queries that wait for a place."
    yield GaugeMetricFamily("newsgraph_sparql_waiting", about, load.waiting)
    about = "Worker processes for SPARQL queries, by whether they answer one."
    workers = {"busy": state.lanes.running, "free": state.lanes.ready}
    yield _gauge("newsgraph_sparql_workers", about, "state", workers)


def _reading(state: ServerState) -> Iterator[Metric]:
    tallies = state.tallies
    about = "Articles that were read, and that could not be."
    yield _counter("newsgraph_reading_articles", about, "outcome", tallies.articles)
    about = "Characters of the articles that were read."
    yield CounterMetricFamily("newsgraph_reading_characters", about, tallies.characters)
    about = "Seconds of a processor that reading took."
    yield CounterMetricFamily("newsgraph_reading_processor_seconds", about, tallies.seconds)
    about = "Requests with articles, and jobs, that wait for their turn to have one read."
    yield GaugeMetricFamily("newsgraph_reading_waiting", about, state.lane.waiting)


def _store(kept: _Kept | None) -> Iterator[Metric]:
    """Tell what is kept; nothing where that is not known."""
    about = "Whether what is kept was counted just now, and with all that was written."
    yield GaugeMetricFamily("newsgraph_index_in_step", about, kept is not None and kept.is_new)
    if kept is None:
        return
    if (stats := kept.stats) is not None:
        about = "Articles whose statements are in the graph."
        yield GaugeMetricFamily("newsgraph_articles", about, stats.articles)
        yield GaugeMetricFamily("newsgraph_statements", "Statements in the graph.", stats.statements)
        yield GaugeMetricFamily("newsgraph_entities", "Entities in the graph.", stats.entities)
        yield GaugeMetricFamily("newsgraph_relations", "Relations in the graph.", stats.relations)
    jobs = {state.value: count for state, count in kept.jobs.items()}
    yield _gauge("newsgraph_jobs", "Jobs that are remembered, by state.", "state", jobs)
    about = "Articles of jobs that are still to be read."
    yield GaugeMetricFamily("newsgraph_jobs_articles_waiting", about, kept.waiting)


def _counter(name: str, about: str, label: str, values: _Values) -> Metric:
    made = CounterMetricFamily(name, about, labels=(label,))
    for value, count in values.items():
        made.add_metric((value,), count)
    return made


def _gauge(name: str, about: str, label: str, values: _Values) -> Metric:
    made = GaugeMetricFamily(name, about, labels=(label,))
    for value, count in values.items():
        made.add_metric((value,), count)
    return made
