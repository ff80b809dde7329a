"""The kinds of time expressions, each a pattern and what it means: a table, tried from the top."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

Range = tuple[date | None, date | None]
Rule = Callable[[re.Match[str], date | None, bool], "Range | None"]

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
NUMBERS |= {"a": 1, "an": 1}
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


def _any(words: dict[str, int] | dict[str, relativedelta]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = rf"(?P<month>{_any(MONTHS)})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LAST_DAY = r"\s*(?:-|–|—|to|and|or)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)"
_PART = r"(?:(?P<part>early|mid|late)[ -])?"
_COUNT = rf"(?P<count>\d{{1,3}}|{_any(NUMBERS)})"
_UNIT = f"(?P<unit>{_any(UNITS)})"
_WEEKDAY = f"(?P<weekday>{_any(DAYS)})"


def _day(day: date) -> Range:
    return day, day


def _month(year: int, month: int, part: str | None = None) -> Range:
    last = calendar.monthrange(year, month)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part or "", (1, last))
    return date(year, month, first), date(year, month, end)


def _months(year: int, first: int, last: int) -> Range:
    return date(year, first, 1), _month(year, last)[1]


def _unit(day: date, unit: str) -> Range:
    """Return the day, week, month, quarter, year or decade that `day` lies in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _month(day.year, day.month)
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1
        return _months(day.year, first, first + 2)
    if unit == "year":
        return _months(day.year, 1, 12)
    if unit == "decade":
        return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    return _day(day)


def _iso(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    return _day(date.fromisoformat(match[0]))


def _full_date(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    month, day, last = MONTHS[match["month"]], int(match["day"]), match.groupdict().get("last")
    if match["year"]:
        first = date(int(match["year"]), month, day)
    elif published is not None:
        first = _nearest(month, day, published, future)
    else:
        return None
    return first, first.replace(day=int(last)) if last else first


def _nearest(month: int, day: int, published: date, future: bool) -> date:
    """Return the last such day up to `published`, or the next one from there if it is to come."""
    for years in range(LEAP_CYCLE + 1):
        year = published.year + (years if future else -years)
        if day > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if (found >= published) if future else (found <= published):
            return found
    raise ValueError(f"no month {month} has a day {day}")


def _month_name(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    month, part, which = MONTHS[match["month"]], match["part"], match["which"]
    if match["year"]:
        return _month(int(match["year"]), month, part)
    if published is None:
        return None
    future = which == "next" if which in {"last", "next"} else future
    year = published.year
    if which == "this" or month == published.month:
        return _month(year + (STEPS[which] if which else 0), month, part)
    if future and month < published.month:
        year += 1
    elif not future and month > published.month:
        year -= 1
    return _month(year, month, part)


def _year(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    year = int(match["year"])
    if match[0].endswith("s"):
        return _unit(date(year, 1, 1), "decade")
    return _months(year, *PARTS_OF_YEAR.get(match["part"] or "", (1, 12)))


def _quarter(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    first = QUARTERS[match["quarter"]]
    if match["year"]:
        return _months(int(match["year"]), first, first + 2)
    if published is None:
        return None
    start, end = _months(published.year, first, first + 2)
    moved = (
        1 if future and end and end < published else -1 if not future and start and start > published else 0
    )
    return _months(published.year + moved, first, first + 2)


def _named_day(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    return None if published is None else _day(published + timedelta(days=NAMED_DAYS[match[0]]))


def _weekday(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    if published is None:
        return None
    wanted, which = DAYS[match["weekday"]], match["which"]
    if which == "this":
        return _day(published + timedelta(days=wanted - published.weekday()))
    if which == "next" or (future and which != "last"):
        ahead = (wanted - published.weekday()) % 7
        return _day(published + timedelta(days=ahead or (7 if which == "next" else 0)))
    back = (published.weekday() - wanted) % 7
    return _day(published - timedelta(days=back or (7 if which == "last" else 0)))


def _weekday_of_week(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*Friday last week*."""
    if published is None:
        return None
    days = DAYS[match["weekday"]] - published.weekday() + 7 * STEPS[match["which"]]
    return _day(published + timedelta(days=days))


def _weekend(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    if published is None:
        return None
    saturday = published + timedelta(days=5 - published.weekday())
    weeks = STEPS[match["which"]] if match["which"] else 0 if future or published >= saturday else -1
    return saturday + timedelta(weeks=weeks), saturday + timedelta(weeks=weeks, days=1)


def _relative_unit(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    if published is None:
        return None
    return _unit(published + UNITS[match["unit"]] * STEPS[match["which"]], match["unit"])


def _past(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*The past year*: the twelve months up to now, not a year of the calendar."""
    return None if published is None else (published - UNITS[match["unit"]], published)


def _edge(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    """*The end of the year*: that of the year of publication, where it is to come."""
    if published is None or not future:
        return None
    first, last = _unit(published, match["unit"])
    day = last if match["edge"] == "end" else first
    return day, day


def _ago(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    return None if published is None else _unit(published - _length(match), match["unit"])


def _span(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*The past three months*, *the next two weeks*: from then to the day of publication, or back."""
    if published is None:
        return None
    if match["which"] in {"next", "coming"}:
        return published, published + _length(match)
    return published - _length(match), published


def _length(match: re.Match[str]) -> relativedelta:
    return UNITS[match["unit"]] * (NUMBERS.get(match["count"]) or int(match["count"]))


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern}\b")


RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (_of(r"\d{4}-\d\d-\d\d"), _iso),
    (_of(rf"{_MONTH} {_DAY}(?:{_LAST_DAY})?(?:,? {YEAR})?"), _full_date),
    (_of(rf"{_DAY}(?:{_LAST_DAY})? (?:of )?{_MONTH}(?:,? {YEAR})?"), _full_date),
    (_of(rf"{_PART}(?:(?P<which>last|next|this) )?{_MONTH}(?:,? (?:of )?{YEAR})?"), _month_name),
    (_of(_any(NAMED_DAYS).join(("(?:", ")"))), _named_day),
    (_of(rf"{_WEEKDAY},? (?:of )?(?P<which>last|this|next) week"), _weekday_of_week),
    (_of(rf"(?:(?P<which>last|next|this) )?{_WEEKDAY}"), _weekday),
    (_of(rf"(?:(?P<which>{_any(STEPS)}) )?weekend"), _weekend),
    (_of(rf"(?P<quarter>{_any(QUARTERS)}) quarter(?: (?:of )?{YEAR})?"), _quarter),
    (_of(rf"(?P<which>last|previous|past|next|coming) {_COUNT} {_UNIT}s?"), _span),
    (_of(rf"past {_UNIT}"), _past),
    (_of(rf"(?P<edge>end|start|beginning) of (?:the|this) {_UNIT}"), _edge),
    (_of(rf"(?P<which>{_any(STEPS)}) {_UNIT}"), _relative_unit),
    (_of(rf"{_COUNT} {_UNIT}s? ago"), _ago),
    (_of(rf"{_PART}{YEAR}s?"), _year),
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
