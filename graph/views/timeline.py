"""What happened when: statements in the order of their days, each with how exactly that is known.

Days are those that the articles' words tell (`graph/text/times.py`); no day is made up for what has none, and
an article's day of publication is none of a statement's. What has no day comes after all others, if wanted.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from graph.codec import Json, statement_from_json, statement_to_json
from graph.model import Statement, TimeSpan
from graph.store.archive import Archive
from graph.store.index_schema import UNDATED
from graph.store.packing import unpacked
from graph.views.filters import StatementFilter, validate
from graph.views.orders import SORTS, Order, Sort
from graph.views.paging import Page, Place, checked_limit, next_cursor, place_of
from graph.views.plans import Plan, plan


class TimeStep(StrEnum):
    """What a timeline is cut into."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Precision(StrEnum):
    """What is known of when: a day, a range of days, an open one, or no day."""

    DAY = "day"
    RANGE = "range"
    SINCE = "since"
    UNTIL = "until"
    NONE = "none"


_WRITTEN: Final = {TimeStep.DAY: 10, TimeStep.MONTH: 7, TimeStep.YEAR: 4}
"""Characters of an ISO date that name the step."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A statement on a timeline.

    `period` is the day, month or year that it stands at, which is where its time begins (or ends, if that is
    all that is known): "2023-03"; None if it has no day. `support` is the number of articles that say it.
    """

    period: str | None
    precision: Precision
    support: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class TimelineOptions:
    """How a timeline is shown: its `step`, the earliest or `latest` first, with the `undated` or not."""

    step: TimeStep = TimeStep.DAY
    latest: bool = False
    undated: bool = False


def timeline(
    archive: Archive,
    wanted: StatementFilter,
    options: TimelineOptions | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[Moment]:
    """List the statements of a filter by their days; what has none comes at the end, if it is wanted.

    Raises BadFilter for a filter, limit or cursor that cannot be used.
    """
    asked = options or TimelineOptions()
    limit = checked_limit(limit)
    validate(wanted)
    question = ("timeline", wanted, asked.latest, asked.undated)
    place = None if after is None else place_of(after, question, _order(asked).kinds)
    rows, told = archive.search.read(lambda sql: _told(sql, wanted, asked, place, limit))
    moments = (
        _moment(statement_from_json(json.loads(unpacked(text))), row[0], support, asked.step)
        for row, (text, support) in zip(rows[:limit], told, strict=True)
    )
    return Page(tuple(moments), next_cursor(rows, limit, question, lambda row: row))


def moment_to_json(moment: Moment) -> Json:
    """Make the JSON object of a statement on a timeline."""
    return {
        "period": moment.period,
        "precision": moment.precision.value,
        "support": moment.support,
        "statement": statement_to_json(moment.statement),
    }


def _told(
    sql: sqlite3.Connection,
    wanted: StatementFilter,
    asked: TimelineOptions,
    place: Place | None,
    limit: int,
) -> tuple[list[tuple[int, int]], list[tuple[bytes, int]]]:
    """Find `limit` statements after `place`, and one more: day and number of each; then JSON and support."""
    order = _order(asked)
    found = plan(sql, wanted, order)
    if found is None:
        return [], []
    found = found if asked.undated else _dated(found, order)
    rows: list[Any] = [row[1:] for row in found.first(sql, order, place, limit + 1)]
    kept = (
        "SELECT t.json, e.support FROM told AS t JOIN statements AS s USING (number)"
        " JOIN edges AS e ON e.number = s.edge WHERE t.number = ?"
    )
    return rows, [sql.execute(kept, row[1:]).fetchone() for row in rows[:limit]]


def _order(asked: TimelineOptions) -> Order:
    return SORTS[Sort.LATEST if asked.latest else Sort.TIME]


def _dated(found: Plan, order: Order) -> Plan:
    """Leave out what has no day. It is last either way round, so that a walk along the order ends there."""
    # Where another index leads, the plus keeps SQLite from taking that of the order instead.
    free = "" if f"INDEXED BY {order.index}" in found.tables else "+"
    conditions = f"{found.conditions} AND {free}{order.keys[0].column} < {UNDATED}"
    along = None if found.along is None else _dated(found.along, order)
    return replace(found, conditions=conditions, along=along)


def _moment(statement: Statement, day: int, support: int, step: TimeStep) -> Moment:
    period = None
    if day != UNDATED:  # the latest first are counted backwards
        period = date.fromordinal(abs(day)).isoformat()[: _WRITTEN[TimeStep(step)]]
    return Moment(period, _precision(statement.time), support, statement)


def _precision(time: TimeSpan | None) -> Precision:
    if time is None or (time.start is None and time.end is None):
        return Precision.NONE
    if time.start is None or time.end is None:
        return Precision.UNTIL if time.start is None else Precision.SINCE
    return Precision.DAY if time.start == time.end else Precision.RANGE
