"""When: time expressions of a clause, resolved to days against the day of publication.

Weeks run from Monday to Sunday (ISO 8601). A bare weekday or month is the last one for what has
happened and the next one for what is to come. Without a day of publication only expressions that
name their year are resolved; the words are kept in any case.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from graph.text.phrases import TIME
from graph.text.tree import children, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[date | None, date | None]
Rule = Callable[[re.Match[str], date | None, bool], "Range | None"]

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
NUMBERS |= {"a": 1, "an": 1}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)"
_UNIT = "(?P<unit>day|week|month|year|decade)"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
OPEN_START = frozenset(("since", "from"))
OPEN_END = frozenset(("until", "till", "before", "by"))
AFTER = frozenset(("after",))


def resolve(text: str, published: date | None, *, future: bool = False, prep: str = "") -> Range:
    """Return the first and last day of a time expression; None for an end that is open or not known.

    `future` says that the clause is about what is to come; `prep` is the preposition before it.
    """
    words = " ".join(text.lower().replace("’", "'").split())
    for pattern, rule in RULES:
        match = pattern.search(words)
        if match:
            try:
                found = rule(match, published, future)
            except (ValueError, OverflowError):
                found = None  # 31 June, or a year that no calendar holds
            if found is not None:
                return _opened(found, prep or words.split(" ")[0])
    return None, None


def _opened(found: Range, prep: str) -> Range:
    start, end = found
    if prep in OPEN_START:
        return start, None
    if prep in OPEN_END:
        return None, end
    if prep in AFTER:
        return (end + timedelta(days=1) if end else None), None
    return found


def _day(day: date) -> Range:
    return day, day


def _month(year: int, month: int, part: str | None = None) -> Range:
    last = calendar.monthrange(year, month)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part or "", (1, last))
    return date(year, month, first), date(year, month, end)


def _unit(day: date, unit: str) -> Range:
    """Return the day, week, month, year or decade that `day` lies in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _month(day.year, day.month)
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if unit == "decade":
        return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    return _day(day)


def _step(unit: str, count: int) -> relativedelta:
    return relativedelta(years=10 * count) if unit == "decade" else relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]


def _iso(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    return _day(date.fromisoformat(match[0]))


def _full_date(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    month, day = MONTHS[match["month"]], int(match["day"])
    if match["year"]:
        return _day(date(int(match["year"]), month, day))
    if published is None:
        return None
    return _day(_nearest(date(published.year, month, day), published, future))


def _nearest(day: date, published: date, future: bool) -> date:
    """Move a day of this year to the year that the clause means."""
    if future and day < published:
        return day + relativedelta(years=1)
    return day - relativedelta(years=1) if not future and day > published else day


def _month_name(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    month, part = MONTHS[match["month"]], match["part"]
    if match["year"]:
        return _month(int(match["year"]), month, part)
    if published is None:
        return None
    if match["which"] in {"last", "next"}:
        future = match["which"] == "next"
    year = published.year
    if future and month < published.month:
        year += 1
    elif not future and month > published.month:
        year -= 1
    return _month(year, month, part)


def _year(match: re.Match[str], _published: date | None, _future: bool) -> Range | None:
    return _unit(date(int(match["year"]), 1, 1), "decade" if match[0].endswith("s") else "year")


def _named_day(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    offset = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[match[0]]
    return None if published is None else _day(published + timedelta(days=offset))


def _weekday(match: re.Match[str], published: date | None, future: bool) -> Range | None:
    if published is None:
        return None
    wanted, which = DAYS[match["weekday"]], match["which"]
    if which == "next" or (future and which != "last"):
        ahead = (wanted - published.weekday()) % 7
        return _day(published + timedelta(days=ahead or (7 if which == "next" else 0)))
    back = (published.weekday() - wanted) % 7
    return _day(published - timedelta(days=back or (7 if which == "last" else 0)))


def _relative_unit(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    if published is None:
        return None
    count = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[
        match["which"]
    ]
    return _unit(published + _step(match["unit"], count), match["unit"])


def _ago(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    if published is None:
        return None
    then = published - _step(match["unit"], _count(match))
    return _unit(then, match["unit"])


def _span(match: re.Match[str], published: date | None, _future: bool) -> Range | None:
    """*The past three months*, *the next two weeks*: from then to the day of publication, or back."""
    if published is None:
        return None
    count = _count(match)
    if match["which"] in {"next", "coming"}:
        return published, published + _step(match["unit"], count)
    return published - _step(match["unit"], count), published


def _count(match: re.Match[str]) -> int:
    return NUMBERS.get(match["count"]) or int(match["count"])


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern}\b")


RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (_of(r"\d{4}-\d\d-\d\d"), _iso),
    (_of(rf"{_MONTH} {_DAY}(?:,? {_YEAR})?"), _full_date),
    (_of(rf"{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?"), _full_date),
    (
        _of(
            r"(?:(?P<part>early|mid|late)[ -])?(?:(?P<which>last|next|this) )?"
            rf"{_MONTH}(?:,? (?:of )?{_YEAR})?"
        ),
        _month_name,
    ),
    (_of(r"yesterday|today|tonight|tomorrow"), _named_day),
    (_of(r"(?:(?P<which>last|next|this) )?(?P<weekday>" + "|".join(DAYS) + ")"), _weekday),
    (_of(rf"(?P<which>last|previous|past|next|coming) {_COUNT} {_UNIT}s?"), _span),
    (_of(rf"(?P<which>last|previous|past|this|current|next|coming) {_UNIT}"), _relative_unit),
    (_of(rf"{_COUNT} {_UNIT}s? (?:ago|earlier)"), _ago),
    (_of(rf"{_YEAR}s?"), _year),
)


def expression(verb: Token) -> Token | None:
    """Return the head of the time expression of a clause, or None.

    Looked for on the verb, then on its object's prepositions (where parsers often hang it), then on
    a verb that plans or begins it, but never on one that reports it.
    """
    for word in (verb, *children(verb, "dobj", "prt", "acomp", "attr")):
        found = _on(word, bare=word == verb)
        if found is not None:
            return found
    if verb.dep_ == "xcomp" and is_verb(verb.head):
        return expression(verb.head)
    return None


def _on(word: Token, *, bare: bool) -> Token | None:
    for c in word.children:
        if c.dep_ in {"npadvmod", "advmod"} and c.ent_type_ in TIME and bare:
            return c
        if c.dep_ == "prep":
            for pobj in children(c, "pobj"):
                if pobj.ent_type_ in TIME:
                    return pobj
                found = _on(pobj, bare=False) if bare else None  # in a call in late December
                if found is not None:
                    return found
    return None


def bounds(head: Token) -> tuple[int, int]:
    """Return the token span [start, end) of a time expression, from its head."""
    start, end = head.i, head.i + 1
    doc = head.doc
    while start > 0 and doc[start - 1].ent_type_ in TIME and doc[start].ent_iob_ != "B":
        start -= 1
    while end < len(doc) and doc[end].ent_type_ in TIME and doc[end].ent_iob_ == "I":
        end += 1
    return start, end
