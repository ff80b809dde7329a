"""The kinds of time expressions, each a pattern and what it means: a table, tried from the top."""

from __future__ import annotations

import re
from datetime import date, timedelta

from graph.text.day_words import (
    COUNT,
    DAY,
    DAYS,
    LAST_DAY,
    MONTH,
    MONTHS,
    NAMED_DAYS,
    PART,
    PARTS_OF_YEAR,
    QUARTERS,
    STEPS,
    UNIT,
    UNITS,
    WEEKDAY,
    YEAR,
    Range,
    Table,
    any_of,
    day_of,
    length_of,
    month_of,
    months_of,
    nearest,
    unit_of,
    whole,
)
from graph.text.part_rules import PART_RULES

MODERN = 2000  # in the 2000s: their first ten years; in the 1800s: all hundred


def _iso(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    return day_of(date.fromisoformat(match[0]))


def _full_date(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    month, day, last = MONTHS[match["month"]], int(match["day"]), match.groupdict().get("last")
    if match["year"]:
        first = date(int(match["year"]), month, day)
    elif published is not None:
        first = nearest(month, day, published, future)
    else:
        return None
    return first, first.replace(day=int(last)) if last else first


def _month_name(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    month, part, which = MONTHS[match["month"]], match["part"], match["which"]
    if match["year"]:
        return month_of(int(match["year"]), month, part)
    if published is None:
        return None
    future = which == "next" if which in {"last", "next"} else future
    year = published.year
    if which == "this" or month == published.month:
        return month_of(year + (STEPS[which] if which else 0), month, part)
    if future and month < published.month:
        year += 1
    elif not future and month > published.month:
        year -= 1
    return month_of(year, month, part)


def _year(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    year = int(match["year"])
    if match[0].endswith("s"):
        whole_century = year % 100 == 0 and year < MODERN
        return (
            (date(year, 1, 1), date(year + 99, 12, 31))
            if whole_century
            else unit_of(date(year, 1, 1), "decade")
        )
    return months_of(year, *PARTS_OF_YEAR.get(match["part"] or "", (1, 12)))


def _quarter(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    first = QUARTERS[match["quarter"]]
    if match["year"]:
        return months_of(int(match["year"]), first, first + 2)
    if published is None:
        return None
    start, end = months_of(published.year, first, first + 2)
    moved = (
        1 if future and end and end < published else -1 if not future and start and start > published else 0
    )
    return months_of(published.year + moved, first, first + 2)


def _named_day(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    return None if published is None else day_of(published + timedelta(days=NAMED_DAYS[match[0]]))


def _weekday(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    if published is None:
        return None
    wanted, which = DAYS[match["weekday"]], match["which"]
    if which == "this":
        return day_of(published + timedelta(days=wanted - published.weekday()))
    if which == "next" or (future and which != "last"):
        ahead = (wanted - published.weekday()) % 7
        return day_of(published + timedelta(days=ahead or (7 if which == "next" else 0)))
    back = (published.weekday() - wanted) % 7
    return day_of(published - timedelta(days=back or (7 if which == "last" else 0)))


def _weekday_of_week(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*Friday last week*."""
    if published is None:
        return None
    days = DAYS[match["weekday"]] - published.weekday() + 7 * STEPS[match["which"]]
    return day_of(published + timedelta(days=days))


def _weekend(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    if published is None:
        return None
    saturday = published + timedelta(days=5 - published.weekday())
    weeks = STEPS[match["which"]] if match["which"] else 0 if future or published >= saturday else -1
    return saturday + timedelta(weeks=weeks), saturday + timedelta(weeks=weeks, days=1)


def _relative_unit(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    if published is None or (match["unit"] == "day" and match["which"] in {"previous", "next"}):
        return None  # the next day: that after a day which the text has told of
    return unit_of(published + UNITS[match["unit"]] * STEPS[match["which"]], match["unit"])


def _past(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*The past year*, *the last year*: the twelve months up to now; *last year* is one of the calendar."""
    return None if published is None else (published - UNITS[match["unit"] or match["last"]], published)


def _edge(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    """*The end of the year*: that of the year of publication, where it is to come."""
    if published is None or not future:
        return None
    first, last = unit_of(published, match["unit"])
    day = last if match["edge"] == "end" else first
    return day, day


def _ago(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    return None if published is None else unit_of(published - length_of(match), match["unit"])


def _span(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*The past three months*, *the next two weeks*: from then to the day of publication, or back."""
    if published is None:
        return None
    if match["which"] in {"next", "coming"}:
        return published, published + length_of(match)
    return published - length_of(match), published


RULES: Table = (
    *PART_RULES,
    (whole(r"\d{4}-\d\d-\d\d"), _iso),
    (whole(rf"{MONTH} {DAY}(?:{LAST_DAY})?(?:,? {YEAR})?"), _full_date),
    (whole(rf"{DAY}(?:{LAST_DAY})? (?:of )?{MONTH}(?:,? {YEAR})?"), _full_date),
    (whole(rf"{PART}(?:(?P<which>last|next|this) )?{MONTH}(?:,? (?:of )?{YEAR})?"), _month_name),
    (whole(any_of(NAMED_DAYS).join(("(?:", ")"))), _named_day),
    (whole(rf"{WEEKDAY},? (?:of )?(?P<which>last|this|next) week"), _weekday_of_week),
    (whole(rf"(?:(?P<which>last|next|this) )?{WEEKDAY}"), _weekday),
    (whole(rf"(?:(?P<which>{any_of(STEPS)}) )?weekend"), _weekend),
    (whole(rf"(?P<quarter>{any_of(QUARTERS)}) quarter(?: (?:of )?{YEAR})?"), _quarter),
    (whole(rf"(?P<which>last|previous|past|next|coming) {COUNT} {UNIT}s?"), _span),
    (whole(rf"(?:past {UNIT}|the last (?P<last>week|month|year|decade)(?! of))"), _past),
    (whole(rf"(?P<edge>end|start|beginning) of (?:the|this) {UNIT}"), _edge),
    (whole(rf"(?P<which>{any_of(STEPS)}) {UNIT}"), _relative_unit),
    (whole(rf"{COUNT} {UNIT}s? ago"), _ago),
    (whole(rf"{PART}{YEAR}s?"), _year),
)


def first_match(words: str, published: date | None, future: bool) -> Range | None:
    """Return what the first rule that knows `words` (small letters) makes of them, or None.

    Raises ValueError or OverflowError for days that no calendar holds (31 June).
    """
    for pattern, rule in RULES:
        match = pattern.search(words)
        found = rule(match, published, future) if match else None
        if found is not None:
            return found
    return None
