"""The words of time expressions, what they count, and the days of the calendar that they stand for."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

Range = tuple[date | None, date | None]
Rule = Callable[[re.Match[str], date | None, bool], "Range | None"]
Table = tuple[tuple[re.Pattern[str], Rule], ...]

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
NUMBERS = {
    word: count
    for count, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split(),
        start=1,
    )
}
NUMBERS |= {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
QUARTERS = {"first": 1, "second": 4, "third": 7, "fourth": 10}
STEPS = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
NAMED_DAYS = {"yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1}
NAMED_DAYS |= {f"this {part}": 0 for part in ("morning", "afternoon", "evening")}
PARTS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
UNITS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
    "decade": relativedelta(years=10),
}
LEAP_CYCLE = 8  # years within which every day of the calendar comes again


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


MONTH = rf"(?P<month>{any_of(MONTHS)})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
LAST_DAY = r"\s*(?:-|–|—|to|and|or)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)"
PART = r"(?:(?P<part>early|mid|late)[ -])?"
COUNT = rf"(?P<count>\d{{1,3}}|{any_of(NUMBERS)})"
UNIT = f"(?P<unit>{any_of(UNITS)})"
WEEKDAY = f"(?P<weekday>{any_of(DAYS)})"


def day_of(day: date) -> Range:
    """Return a day as a range."""
    return day, day


def month_of(year: int, month: int, part: str | None = None) -> Range:
    """Return a month, or its early, middle or late ten days. Raises ValueError for a year of no calendar."""
    last = calendar.monthrange(year, month)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part or "", (1, last))
    return date(year, month, first), date(year, month, end)


def months_of(year: int, first: int, last: int) -> Range:
    """Return the months of a year from the first to the last, both within."""
    return date(year, first, 1), month_of(year, last)[1]


def unit_of(day: date, unit: str) -> Range:
    """Return the day, week, month, quarter, year or decade that `day` lies in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1
        return months_of(day.year, first, first + 2)
    if unit == "year":
        return months_of(day.year, 1, 12)
    if unit == "decade":
        return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    return day_of(day)


def nearest(month: int, day: int, published: date, future: bool) -> date:
    """Return the last such day up to `published`, or the next one from there if it is to come."""
    for years in range(LEAP_CYCLE + 1):
        year = published.year + (years if future else -years)
        if day > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if (found >= published) if future else (found <= published):
            return found
    raise ValueError(f"no month {month} has a day {day}")


def length_of(match: re.Match[str]) -> relativedelta:
    """Return how long *three weeks* are, from the groups `count` and `unit`."""
    return UNITS[match["unit"]] * (NUMBERS.get(match["count"]) or int(match["count"]))


def whole(words: str) -> re.Pattern[str]:
    """Return the pattern of whole words."""
    return re.compile(rf"\b{words}\b")
