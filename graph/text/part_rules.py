"""The kinds of time expressions that are parts of others or have names of their own: centuries, feasts.

Rows as those of `day_rules.py`, tried before them: *the week of May 3* is no day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from graph.text.day_words import (
    DAY,
    MONTH,
    MONTHS,
    NUMBERS,
    PARTS_OF_YEAR,
    STEPS,
    UNIT,
    UNITS,
    YEAR,
    Range,
    Table,
    any_of,
    months_of,
    nearest,
    unit_of,
    whole,
)

FEASTS = {
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "halloween": (10, 31),
}
PARTS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
PARTS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
HALVES = {"first": (1, 6), "second": (7, 12)}
HOURS = 24
_WITHIN = r"(?P<part>early|mid|late)[ -]"


def _week_of(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    """*The week of October 21*: all of the week that the day lies in."""
    month, day = MONTHS[match["month"]], int(match["day"])
    if match["year"]:
        return unit_of(date(int(match["year"]), month, day), "week")
    return unit_of(nearest(month, day, published, future), "week") if published is not None else None


def _feast(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    month, day = FEASTS[match["feast"]]
    if match["year"]:
        found = date(int(match["year"]), month, day)
    elif published is not None:
        found = nearest(month, day, published, future)
    else:
        return None
    return found, found


def _century(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    """*The 20th century*: 1901 to 2000, for there was no year 0."""
    century = int(match["century"])
    if century == 0:
        return None
    return date(century * 100 - 99, 1, 1), date(century * 100, 12, 31)


def _part_of_decade(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    """*The late 1980s*, *the '70s*; *the '20s* may be of two centuries and are not here."""
    year = int(match["year"]) if match["year"] else 1900 + int(match["short"])
    first, last = PARTS_OF_DECADE.get(match["part"] or "", (0, 9))
    return date(year + first, 1, 1), date(year + last, 12, 31)


def _two_years(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    """*2019-20*: two years or more, if it goes up; 2019-03 may be a month and is none here."""
    first, last = int(match["year"]), int(match["last"])
    if last <= first % 100:
        return None
    return date(first, 1, 1), date(first // 100 * 100 + last, 12, 31)


def _half(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    """*The first half of 2021*, *of the year*: the last one that has begun, or the next one to end."""
    half = HALVES[match["half"]]
    if match["year"]:
        return months_of(int(match["year"]), *half)
    if published is None:
        return None
    start, end = months_of(published.year, *half)
    if start is None or end is None:
        return None
    moved = 1 if future and end < published else -1 if not future and start > published else 0
    return months_of(published.year + moved, *half)


def _side_of_now(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*Earlier this month*, *later in the week*: from its first day to now, or from now to its last."""
    if published is None:
        return None
    first, last = unit_of(published, match["unit"])
    return (first, published) if match["side"] == "earlier" else (published, last)


def _part_of_unit(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*Late last year*, *early next month*; a week is too short for parts."""
    if published is None:
        return None
    unit, part = match["unit"], match["part"]
    first, last = unit_of(published + UNITS[unit] * STEPS[match["which"]], unit)
    if first is None or last is None or unit not in {"month", "year"}:
        return first, last
    if unit == "year":
        return months_of(first.year, *PARTS_OF_YEAR[part])
    begin, end = PARTS_OF_MONTH[part]
    return first.replace(day=begin), last.replace(day=min(end, last.day))


def _overnight(_match: re.Match[str], published: date | None, future: bool) -> Range | None:
    """The night before the day of publication, or the one after it: two days, as nights are."""
    if published is None:
        return None
    other = published + timedelta(days=1 if future else -1)
    return min(published, other), max(published, other)


def _hours(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*The past 24 hours*, *the next 48 hours*, *three hours ago*: the days that they may touch."""
    if published is None:
        return None
    days = timedelta(days=-(-(NUMBERS.get(match["count"]) or int(match["count"])) // HOURS))
    return (
        (published, published + days)
        if match["which"] in {"next", "coming"}
        else (published - days, published)
    )


_HOURS = rf"(?P<count>\d{{1,3}}|{any_of(NUMBERS)}) hours?"

PART_RULES: Table = (
    (whole(rf"week of {MONTH} {DAY}(?:,? {YEAR})?"), _week_of),
    (whole(rf"week of {DAY} {MONTH}(?:,? {YEAR})?"), _week_of),
    (whole(rf"(?P<feast>{any_of(FEASTS)})(?: (?:in |of )?{YEAR})?"), _feast),
    (whole(r"(?P<century>\d{1,2})(?:st|nd|rd|th)[ -]century"), _century),
    (whole(rf"{_WITHIN}{YEAR}s(?P<short>)"), _part_of_decade),
    (re.compile(rf"(?<!\w)(?:{_WITHIN})?'(?P<short>[3-9]0)s(?P<year>)\b"), _part_of_decade),
    (whole(rf"{YEAR}[-–/](?P<last>\d\d)(?![-\d])"), _two_years),
    (whole(rf"(?P<half>{any_of(HALVES)}) half of (?:the year|this year|{YEAR})"), _half),
    (whole(rf"(?P<side>earlier|later) (?:this|in the) {UNIT}"), _side_of_now),
    (whole(rf"{_WITHIN}(?P<which>{any_of(STEPS)}) {UNIT}"), _part_of_unit),
    (whole("overnight"), _overnight),
    (whole(rf"(?:(?P<which>last|past|next|coming) )?{_HOURS}(?(which)| ago)"), _hours),
)
