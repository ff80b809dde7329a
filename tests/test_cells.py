"""CSV that no spreadsheet runs: cells and lines."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from graph.export import cells


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (-5, "-5"),
        (0.25, "0.25"),
        ("plain", "plain"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a=1", "a=1"),
        (["one", "two"], "one|two"),
        (["=one", "two"], "'=one|two"),
        (["o|ne", "two"], '["o|ne","two"]'),
        ([{"a": 1}], '[{"a":1}]'),
        ({"a": "é"}, '{"a":"é"}'),
        ([], ""),
    ],
)
def test_a_value_as_a_cell(value: Any, cell: str) -> None:
    assert cells.cell(value) == cell


def test_lines_are_read_back_as_they_were() -> None:
    rows = [["a,b", 'say "x"'], ["two\nlines", "\ud800"], ["", None]]
    text = "".join(cells.lines(["first", "second"], rows))
    assert text.startswith("first,second\r\n")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [
        ["a,b", 'say "x"'],
        ["two\nlines", "\\ud800"],
        ["", ""],
    ]
