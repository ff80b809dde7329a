"""CSV (RFC 4180): how values become cells, and no cell becomes a formula.

A spreadsheet runs a cell that begins with one of a few signs, whatever quotes stand around it; an apostrophe
before it makes it a text again (OWASP, "CSV Injection"). Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

BETWEEN: Final = "|"
"""What stands between the texts of a list, as in a list of known entities."""
_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER: Final = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)


def cell(value: Any) -> str:
    """Write a JSON value as a cell: null as nothing, texts with `|` between, other lists as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(value)
        case list() if all(isinstance(one, str) and BETWEEN not in one for one in value):
            return guarded(BETWEEN.join(value))
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        case _:
            return str(value)


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run."""
    return f"'{text}" if text.startswith(_RUN) and not _NUMBER.fullmatch(text) else text


def lines(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Give the lines of a CSV file, each with its end. Lone surrogates are escaped."""
    yield _line(head)
    for row in rows:
        yield _line(map(cell, row))


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerow(cells)
    return written.getvalue().encode("utf-8", "backslashreplace").decode()
