"""What happened when: statements in the order of their days, each with how exactly that is known.

Days are those that the articles' words tell (`graph/text/times.py`); no day is made up for what has none, and
an article's day of publication is none of a statement's, but is told beside it. What has no day comes after
all others, if wanted.
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
from graph.store.records import days_published
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
    """What is known of when: a day, a range of days, an open one; else words without a day, else nothing but
    when the article was published, else nothing.
    """

    DAY = "day"
    RANGE = "range"
    SINCE = "since"
    UNTIL = "until"
    WORDS = "words"
    PUBLISHED = "published"
    NONE = "none"


_WRITTEN: Final = {TimeStep.DAY: 10, TimeStep.MONTH: 7, TimeStep.YEAR: 4}
"""Characters of an ISO date that name the step."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A statement on a timeline.

    `period` is the day, month or year that it stands at, which is where its time begins (or ends, if that is
    all that is known): "2023-03"; None if it has no day. `support` is the number of articles that say it, and
    `published` the ISO day of the article that it is from, which is no day of what it says.
    """

    period: str | None
    precision: Precision
    support: int
    published: str | None
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
    said = [(statement_from_json(json.loads(unpacked(text))), support) for text, support in told]
    with archive.ledger.reading() as ledger:
        published = days_published(ledger, {statement.article for statement, _ in said})
    moments = (
        _moment(statement, row[0], support, published.get(statement.article), asked.step)
        for row, (statement, support) in zip(rows[:limit], said, strict=True)
    )
    return Page(tuple(moments), next_cursor(rows, limit, question, lambda row: row))


def moment_to_json(moment: Moment) -> Json:
    """Make the JSON object of a statement on a timeline."""
    return {
        "period": moment.period,
        "precision": moment.precision.value,
        "support": moment.support,
        "published": moment.published,
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


def _moment(statement: Statement, day: int, support: int, published: str | None, step: TimeStep) -> Moment:
    period = None
    if day != UNDATED:  # the latest first are counted backwards
        period = date.fromordinal(abs(day)).isoformat()[: _WRITTEN[TimeStep(step)]]
    return Moment(period, _precision(statement.time, published), support, published, statement)


def _precision(time: TimeSpan | None, published: str | None) -> Precision:
    if time is None:
        return Precision.NONE if published is None else Precision.PUBLISHED
    if time.start is None and time.end is None:
        return Precision.WORDS
    if time.start is None or time.end is None:
        return Precision.UNTIL if time.start is None else Precision.SINCE
    return Precision.DAY if time.start == time.end else Precision.RANGE
