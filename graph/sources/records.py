"""Tables of articles: which of their columns is which field of a record, whatever its name there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from graph.errors import BadRecord
from graph.sources.fields import parse_day
from graph.sources.jsonl import Json

_NAMES: Final[Mapping[str, str]] = {
    "text": "text fulltext articletext articlebody maintext content contents body article story"
    " description summary",
    "title": "title headline heading articletitle",
    "url": "url link articleurl sourceurl weburl permalink uri",
    "published": "published publishedat publisheddate datepublished publishdate datepublish publicationdate"
    " pubdate date datetime",
    "publisher": "publisher publication outlet newspaper source sourcename sitename site",
}
"""Names of the columns for each field, best first, in lower case without blanks and the like."""

_NO_LETTERS: Final = re.compile(r"[\W_]+")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=\D|$)")
_WRITTEN: Final = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")
_MOST_SHOWN, _SHOWN = 12, 40


def fields_of(columns: Sequence[str]) -> dict[str, int]:
    """Say at which place of `columns` each field of a record stands; some may be in none.

    Raises BadRecord if none has the text.
    """
    found = _places(columns)
    if "text" not in found:
        named = ", ".join(repr(column[:_SHOWN]) for column in columns[:_MOST_SHOWN]) or "none"
        raise BadRecord(
            f"No column is named text, content or body (the columns: {named}). Name that of the articles so"
            " in the first row."
        )
    return found


def count_known(columns: Sequence[str]) -> int:
    """Say how many fields of a record have a column."""
    return len(_places(columns))


def _places(columns: Sequence[str]) -> dict[str, int]:
    known = [_NO_LETTERS.sub("", column).lower() for column in columns]
    best = {
        field: next((known.index(name) for name in names.split() if name in known), None)
        for field, names in _NAMES.items()
    }
    return {field: place for field, place in best.items() if place is not None}


def record_of(cells: Sequence[object], fields: Mapping[str, int]) -> dict[str, Json]:
    """Make the record of a row: what each field holds, with its day as ISO 8601 writes it."""
    record: dict[str, Json] = {}
    for field, place in fields.items():
        cell = cells[place] if place < len(cells) else None
        if isinstance(cell, bytes):
            cell = cell.decode("utf-8", "surrogateescape")
        if isinstance(cell, datetime | date):
            cell = cell.isoformat()
        record[field] = cell  # type: ignore[assignment]  # whatever else it is, it is refused as no string
    day = record.get("published")
    if isinstance(day, str) and day.strip():
        record["published"] = _iso(day.strip())
    return record


def _iso(text: str) -> str:
    """Write a day as ISO 8601 if it can mean only one; 3/4/2023 can mean two, and stays as it is."""
    day = day_of(text)
    return day.isoformat() if day else text


def day_of(text: str) -> date | None:
    """Read a day that is written in one of the ways that mean only one day; None for any other."""
    try:
        return parse_day(text)
    except ValueError:
        pass
    try:
        if found := _YEAR_FIRST.match(text):
            return date(*map(int, found.groups()))
        return parsedate_to_datetime(text).date()  # as mail and RSS write it: Fri, 17 Mar 2023 10:00:00 GMT
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    for form in _WRITTEN:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
