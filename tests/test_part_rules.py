"""Parts of times and times with names of their own: centuries, halves, feasts, the week of a day."""

from __future__ import annotations

from datetime import date

import pytest

from graph.text.days import resolve
from graph.text.part_rules import PART_RULES

FRIDAY = date(2023, 3, 17)
PAST = [
    ("overnight", "2023-03-16", "2023-03-17"),
    ("the past 24 hours", "2023-03-16", "2023-03-17"),
    ("the next 48 hours", "2023-03-17", "2023-03-19"),
    ("three hours ago", "2023-03-16", "2023-03-17"),
    ("earlier this month", "2023-03-01", "2023-03-17"),
    ("later in the week", "2023-03-17", "2023-03-19"),
    ("late last year", "2022-09-01", "2022-12-31"),
    ("early last month", "2023-02-01", "2023-02-10"),
    ("early next week", "2023-03-20", "2023-03-26"),
    ("the late 1980s", "1987-01-01", "1989-12-31"),
    ("the early 2000s", "2000-01-01", "2003-12-31"),
    ("the ’70s", "1970-01-01", "1979-12-31"),
    ("the late '70s", "1977-01-01", "1979-12-31"),
    ("2019-20", "2019-01-01", "2020-12-31"),
    ("2019-03", "2019-01-01", "2019-12-31"),
    ("the 20th century", "1901-01-01", "2000-12-31"),
    ("the first half of 2021", "2021-01-01", "2021-06-30"),
    ("the second half of the year", "2022-07-01", "2022-12-31"),
    ("Christmas Eve", "2022-12-24", "2022-12-24"),
    ("Christmas 2019", "2019-12-25", "2019-12-25"),
    ("New Year's Day", "2023-01-01", "2023-01-01"),
    ("May Day", "2022-05-01", "2022-05-01"),
    ("the week of October 21, 2019", "2019-10-21", "2019-10-27"),
    ("the week of 7 March", "2023-03-06", "2023-03-12"),
]
TO_COME = [
    ("overnight", "2023-03-17", "2023-03-18"),
    ("Christmas", "2023-12-25", "2023-12-25"),
    ("the first half of the year", "2023-01-01", "2023-06-30"),
    ("the week of October 21", "2023-10-16", "2023-10-22"),
]


@pytest.mark.parametrize(("text", "start", "end"), PAST)
def test_what_has_happened(text: str, start: str, end: str) -> None:
    assert resolve(text, FRIDAY) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(("text", "start", "end"), TO_COME)
def test_what_is_to_come(text: str, start: str, end: str) -> None:
    assert resolve(text, FRIDAY, future=True) == (date.fromisoformat(start), date.fromisoformat(end))


def test_every_rule_has_a_row() -> None:
    texts = [row[0].lower().replace("’", "'") for row in (*PAST, *TO_COME)]
    assert all(any(pattern.search(text) for text in texts) for pattern, _ in PART_RULES)
