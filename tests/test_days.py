"""The days that the words of time expressions mean: what has happened, what is to come, open ranges."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text.day_rules import RULES
from graph.text.days import resolve
from graph.text.part_rules import PART_RULES

FRIDAY = date(2023, 3, 17)
PARTS = {pattern for pattern, _ in PART_RULES}  # tests/test_part_rules.py
PAST = [
    # today and the days around it
    ("today", "2023-03-17", "2023-03-17"),
    ("Yesterday", "2023-03-16", "2023-03-16"),
    ("last night", "2023-03-16", "2023-03-16"),
    ("this morning", "2023-03-17", "2023-03-17"),
    ("tomorrow", "2023-03-18", "2023-03-18"),
    # weekdays
    ("Friday", "2023-03-17", "2023-03-17"),
    ("Thursday", "2023-03-16", "2023-03-16"),
    ("Saturday", "2023-03-11", "2023-03-11"),
    ("Friday night", "2023-03-17", "2023-03-17"),
    ("last Friday", "2023-03-10", "2023-03-10"),
    ("this Friday", "2023-03-17", "2023-03-17"),
    ("this Sunday", "2023-03-19", "2023-03-19"),
    ("next Friday", "2023-03-24", "2023-03-24"),
    ("next Monday", "2023-03-20", "2023-03-20"),
    ("Friday last week", "2023-03-10", "2023-03-10"),
    ("Tuesday of next week", "2023-03-21", "2023-03-21"),
    ("the weekend", "2023-03-11", "2023-03-12"),
    ("last weekend", "2023-03-11", "2023-03-12"),
    ("next weekend", "2023-03-25", "2023-03-26"),
    # weeks, months, quarters, years
    ("this week", "2023-03-13", "2023-03-19"),
    ("last week", "2023-03-06", "2023-03-12"),
    ("next week", "2023-03-20", "2023-03-26"),
    ("last month", "2023-02-01", "2023-02-28"),
    ("next month", "2023-04-01", "2023-04-30"),
    ("this quarter", "2023-01-01", "2023-03-31"),
    ("last quarter", "2022-10-01", "2022-12-31"),
    ("the fourth quarter", "2022-10-01", "2022-12-31"),
    ("the second quarter of 2021", "2021-04-01", "2021-06-30"),
    ("last year", "2022-01-01", "2022-12-31"),
    ("next year", "2024-01-01", "2024-12-31"),
    ("this decade", "2020-01-01", "2029-12-31"),
    # months and days by name
    ("March", "2023-03-01", "2023-03-31"),
    ("December", "2022-12-01", "2022-12-31"),
    ("late December", "2022-12-21", "2022-12-31"),
    ("early January", "2023-01-01", "2023-01-10"),
    ("mid-February", "2023-02-11", "2023-02-20"),
    ("last March", "2022-03-01", "2022-03-31"),
    ("next June", "2023-06-01", "2023-06-30"),
    ("this June", "2023-06-01", "2023-06-30"),
    ("May", "2022-05-01", "2022-05-31"),
    ("September 2019", "2019-09-01", "2019-09-30"),
    ("Sept. 2019", "2019-09-01", "2019-09-30"),
    ("March 3", "2023-03-03", "2023-03-03"),
    ("March 20", "2022-03-20", "2022-03-20"),
    ("Mar. 3rd", "2023-03-03", "2023-03-03"),
    ("the 3rd of March", "2023-03-03", "2023-03-03"),
    ("3 March 2021", "2021-03-03", "2021-03-03"),
    ("March 3, 2021", "2021-03-03", "2021-03-03"),
    ("Wednesday, March 3, 2021", "2021-03-03", "2021-03-03"),
    ("2021-03-03", "2021-03-03", "2021-03-03"),
    ("3 may", "2022-05-03", "2022-05-03"),
    # years
    ("2014", "2014-01-01", "2014-12-31"),
    ("early 2014", "2014-01-01", "2014-04-30"),
    ("mid-2014", "2014-05-01", "2014-08-31"),
    ("late 2014", "2014-09-01", "2014-12-31"),
    ("the 1990s", "1990-01-01", "1999-12-31"),
    # counted
    ("two weeks ago", "2023-02-27", "2023-03-05"),
    ("three days ago", "2023-03-14", "2023-03-14"),
    ("a year ago", "2022-01-01", "2022-12-31"),
    ("20 years ago", "2003-01-01", "2003-12-31"),
    ("fourteen years ago", "2009-01-01", "2009-12-31"),
    ("the past three months", "2022-12-17", "2023-03-17"),
    ("the last 10 days", "2023-03-07", "2023-03-17"),
    ("the past year", "2022-03-17", "2023-03-17"),
    ("the last decade", "2013-03-17", "2023-03-17"),
    ("the last week of May 2021", "2021-05-01", "2021-05-31"),
    ("the next two weeks", "2023-03-17", "2023-03-31"),
    # from one to the other
    ("between November 27 and December 10", "2022-11-27", "2022-12-10"),
    ("between May 3 and June 8, 2019", "2019-05-03", "2019-06-08"),
    ("from Monday to Wednesday", "2023-03-13", "2023-03-15"),
    ("March 3-5", "2023-03-03", "2023-03-05"),
    ("March 3-5, 2021", "2021-03-03", "2021-03-05"),
    ("mid-May to June 2021", "2021-05-11", "2021-06-30"),
    ("3–5 March 2021", "2021-03-03", "2021-03-05"),
    ("March 3 and 4", "2023-03-03", "2023-03-04"),
    ("Monday and Tuesday", "2023-03-13", "2023-03-14"),
    ("November 27 or December 10", "2022-11-27", "2022-12-10"),
    ("2014-2016", "2014-01-01", "2016-12-31"),
    ("from 2014 through 2016", "2014-01-01", "2016-12-31"),
    ("November to February", "2022-11-01", "2023-02-28"),
    ("Tuesday night through to Wednesday", "2023-03-14", "2023-03-15"),
    # leap days
    ("February 29", "2020-02-29", "2020-02-29"),
    ("29 February 2024", "2024-02-29", "2024-02-29"),
]
TO_COME = [
    ("Friday", "2023-03-17", "2023-03-17"),
    ("Monday", "2023-03-20", "2023-03-20"),
    ("last Monday", "2023-03-13", "2023-03-13"),
    ("the end of the year", "2023-12-31", "2023-12-31"),
    ("the weekend", "2023-03-18", "2023-03-19"),
    ("December", "2023-12-01", "2023-12-31"),
    ("January", "2024-01-01", "2024-01-31"),
    ("March 3", "2024-03-03", "2024-03-03"),
    ("March 20", "2023-03-20", "2023-03-20"),
    ("the first quarter", "2023-01-01", "2023-03-31"),
    ("the third quarter", "2023-07-01", "2023-09-30"),
    ("February 29", "2024-02-29", "2024-02-29"),
    ("next week's summit", "2023-03-20", "2023-03-26"),
    ("between May and July", "2023-05-01", "2023-07-31"),
    ("early June", "2023-06-01", "2023-06-10"),
]
OPEN = [
    ("2014", "since", "2014-01-01", None),
    ("since 2014", "", "2014-01-01", None),
    ("Monday", "until", None, None),
    ("until Monday", "", None, None),
    ("June 10", "till", None, None),
    ("2014", "until", None, "2014-12-31"),
    ("last year", "until", None, "2022-12-31"),
    ("Monday", "by", None, "2023-03-13"),
    ("June", "by", None, "2022-06-30"),
    ("last year", "before", None, "2021-12-31"),
    ("September", "before", None, "2022-08-31"),
    ("before March 3", "", None, "2023-03-02"),
    ("Tuesday", "after", "2023-03-15", None),
    ("2 January", "from", "2023-01-02", None),
    ("May 3 and June 8, 2019", "between", "2019-05-03", "2019-06-08"),
    ("Friday", "on", "2023-03-17", "2023-03-17"),
    ("2030", "until", None, "2030-12-31"),
    # the day of an event, from or to which something lasts, belongs to it
    ("since her February 2022 invasion", "", "2022-02-01", None),
    ("after Monday's attack", "", "2023-03-13", None),
    ("before last week's vote", "", None, "2023-03-12"),
    ("until last week's vote", "", None, "2023-03-12"),
    ("during last week's storm", "", "2023-03-06", "2023-03-12"),
]
NO_DAYS = [
    "31 June",
    "31 June 2021",
    "February 30",
    "29 February 2023",
    "2021-13-45",
    "the same day",
    "the next day",
    "the previous day",
    "start of a year",
    "the year",
    "13 months",
    "several hours",
    "recent years",
    "three days earlier",
    "its 13th month",
    "the 0th century",
    "the '20s",
    "24 hours",
    "it may",
    "the march",
    "999 decades ago",
    "the next 999 decades",
    "",
]
WITHOUT_PUBLICATION = [
    ("Friday", None, None),
    ("next week", None, None),
    ("last year", None, None),
    ("yesterday", None, None),
    ("the weekend", None, None),
    ("overnight", None, None),
    ("the past 24 hours", None, None),
    ("earlier this month", None, None),
    ("late last year", None, None),
    ("Halloween", None, None),
    ("the week of March 3", None, None),
    ("the first half of the year", None, None),
    ("the 20th century", "1901-01-01", "2000-12-31"),
    ("the 1800s", "1800-01-01", "1899-12-31"),
    ("the 1980s", "1980-01-01", "1989-12-31"),
    ("the 2000s", "2000-01-01", "2009-12-31"),
    ("March 3", None, None),
    ("late December", None, None),
    ("the third quarter", None, None),
    ("two weeks ago", None, None),
    ("the past three months", None, None),
    ("2014", "2014-01-01", "2014-12-31"),
    ("March 3, 2021", "2021-03-03", "2021-03-03"),
    ("May 2021", "2021-05-01", "2021-05-31"),
    ("May to June 2021", "2021-05-01", "2021-06-30"),
]


def iso(found: tuple[date | None, date | None]) -> tuple[str | None, str | None]:
    start, end = found
    return (start.isoformat() if start else None, end.isoformat() if end else None)


@pytest.mark.parametrize(("text", "start", "end"), PAST)
def test_what_has_happened(text: str, start: str, end: str) -> None:
    assert iso(resolve(text, FRIDAY)) == (start, end)


@pytest.mark.parametrize(("text", "start", "end"), TO_COME)
def test_what_is_to_come(text: str, start: str, end: str) -> None:
    assert iso(resolve(text, FRIDAY, future=True)) == (start, end)


@pytest.mark.parametrize(("text", "prep", "start", "end"), OPEN)
def test_preposition_opens_a_range(text: str, prep: str, start: str | None, end: str | None) -> None:
    assert iso(resolve(text, FRIDAY, prep=prep)) == (start, end)


@pytest.mark.parametrize(
    ("text", "prep", "end"),
    [("Monday", "until", "2023-03-20"), ("June 10", "till", "2023-06-10"), ("Friday", "by", "2023-03-17")],
)
def test_until_a_day_to_come(text: str, prep: str, end: str) -> None:
    assert iso(resolve(text, FRIDAY, future=True, prep=prep)) == (None, end)


@pytest.mark.parametrize(
    ("text", "prep", "start", "end"),
    [
        ("Monday", "on", None, None),
        ("March 20", "on", "2023-03-20", "2023-03-20"),
        ("February", "in", "2023-02-01", "2023-02-28"),
        ("September 20", "on", None, None),
        ("Friday", "on", "2023-03-17", "2023-03-17"),
        ("next week", "", "2023-03-20", "2023-03-26"),
        ("2014", "since", "2014-01-01", None),
        ("Monday", "since", "2023-03-13", None),
    ],
)
def test_when_the_tense_does_not_tell(text: str, prep: str, start: str | None, end: str | None) -> None:
    assert iso(resolve(text, FRIDAY, future=None, prep=prep)) == (start, end)


@pytest.mark.parametrize("text", NO_DAYS)
@pytest.mark.parametrize("future", [False, True, None])
def test_no_days_are_made_up(text: str, future: bool | None) -> None:
    assert resolve(text, FRIDAY, future=future) == (None, None)


@pytest.mark.parametrize(("text", "start", "end"), WITHOUT_PUBLICATION)
def test_without_a_day_of_publication(text: str, start: str | None, end: str | None) -> None:
    assert iso(resolve(text, None)) == (start, end)


@pytest.mark.parametrize("published", [date(2024, 2, 29), date(2023, 12, 31), date(2024, 1, 1)])
def test_around_the_turn_of_the_year_and_on_a_leap_day(published: date) -> None:
    start, end = resolve("last year", published)
    assert start == date(published.year - 1, 1, 1)
    assert end == date(published.year - 1, 12, 31)
    assert resolve("a year ago", published) == (start, end)
    start, end = resolve("next month", published)
    assert start is not None
    assert end is not None
    assert start.day == 1
    assert start.month == published.month % 12 + 1
    assert (end - start).days >= 27


@given(
    st.text(st.sampled_from("0123456789 -–")) | st.sampled_from([row[0] for row in PAST]),
    st.none() | st.dates(),
    st.none() | st.booleans(),
    st.sampled_from(["", "since", "until", "after", "between", "on"]),
)
def test_never_fails_and_never_ends_before_it_starts(
    text: str, published: date | None, future: bool | None, prep: str
) -> None:
    start, end = resolve(text, published, future=future, prep=prep)
    assert start is None or end is None or start <= end


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.booleans())
def test_bare_names_lie_on_the_side_that_the_clause_means(published: date, future: bool) -> None:
    for name in ("Monday", "Sunday"):
        day, _ = resolve(name, published, future=future)
        assert day is not None
        assert 0 <= ((day - published) if future else (published - day)).days < 7
    for name in ("January 1", "February 29", "December 31"):
        day, _ = resolve(name, published, future=future)
        assert day is not None
        assert (day >= published) if future else (day <= published)


def test_every_rule_has_a_row() -> None:
    texts = [" ".join(row[0].lower().split()) for row in (*PAST, *TO_COME)]
    assert all(any(pattern.search(text) for text in texts) for pattern, _ in RULES if pattern not in PARTS)
