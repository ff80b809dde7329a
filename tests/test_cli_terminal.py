"""What articles say never reaches a terminal as commands to it."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from calling import ARTICLE, Caller, at_terminal, lines
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from api.commands import ingest as ingest_module
from api.commands.output import rendered
from api.commands.printable import printable
from api.commands.tables import plain_table

TITLE = "News\x1b]0;PWN\x07 of\x1b[2J the \x9b31mday\u202e\u2066 x"
SHOWN = "News]0;PWN of[2J the 31mday x"
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
COLOURS = re.compile("\x1b\\[[0-9;?]*[mhlK]")
"""What rich itself sends: colours, and the cursor and line of a progress bar."""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    file = tmp_path / "hostile.jsonl"
    record = {
        "text": f"{ARTICLE} Berg greeted \x1b]0;PWN\x07Karl \x9b31mLund \x1b[2J.\r\nBerg met Lund.",
        "title": TITLE,
        "publisher": TITLE,
    }
    file.write_text(json.dumps(record), encoding="utf-8")
    return file


@pytest.fixture
def data(call: Caller, hostile: Path, tmp_path: Path) -> Path:
    assert call("ingest", "--data", tmp_path / "store", hostile).status == 0
    return tmp_path / "store"


def obeyed(one: str) -> bool:
    """Tell if a terminal obeys a character, after the Unicode database."""
    if unicodedata.category(one) == "Cc":
        return one not in "\t\n"
    return unicodedata.bidirectional(one) in DIRECTIONS or one in "\u061c\u200e\u200f"


def assert_harmless(told: str) -> None:
    assert [one for one in COLOURS.sub("", told) if obeyed(one)] == []


@pytest.mark.parametrize("person", [False, True])
def test_ingest_tells_a_title_without_its_commands(
    call: Caller, hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: bool
) -> None:
    monkeypatch.setattr(ingest_module, "at_terminal", lambda: person)
    told = call("ingest", "--data", tmp_path / "store", hostile)
    assert SHOWN in (told.err if person else told.out)
    assert_harmless(told.out + told.err)


def test_tables_show_texts_without_their_commands(call: Caller, hostile: Path, data: Path) -> None:
    (article,) = {one["article"] for one in lines(call("extract", hostile).out)}
    select = 'SELECT ?t { GRAPH ?g { ?a ?p ?t } FILTER(CONTAINS(?t, "PWN")) }'
    for arguments in (
        ("extract", "--format", "table", hostile),
        ("show", "--data", data, "--format", "table", "article", article),
        ("query", "--data", data, "--format", "table", select),
    ):
        told = call(*arguments)
        assert told.status == 0, told
        assert SHOWN in told.out
        assert_harmless(told.out + told.err)


def test_a_terminal_gets_colours_and_no_commands(data: Path, hostile: Path) -> None:
    status, shown = at_terminal("extract", hostile)
    assert status == 0
    assert "\x1b[" in shown
    assert_harmless(shown)


def test_sentences_carry_no_commands(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "e\x1b[2J.txt").write_bytes(b"")
    for arguments in (
        ("extract", "e\x1b[2J.txt"),
        ("ingest", "--data", tmp_path / "store", "e\x1b[2J.txt"),
        ("stats", "--data", "no\x1b[2Jwhere"),
        ("delete", "--data", tmp_path / "store", "\x1b[2J"),
    ):
        told = call(*arguments)
        assert told.status == 1
        assert "[2J" in told.err
        assert_harmless(told.err)


def test_a_program_gets_texts_as_they_are(call: Caller, data: Path, hostile: Path) -> None:
    (article,) = {one["article"] for one in lines(call("extract", "--format", "jsonl", hostile).out)}
    shown = json.loads(call("show", "--data", data, "--format", "json", "article", article).out)
    assert shown["title"] == TITLE


def test_only_what_is_obeyed_is_left_out() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert printable(every) == "".join(one for one in every if not obeyed(one))


@given(st.lists(st.text(), min_size=1))
def test_any_table_is_harmless(cells: list[str]) -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=40)
    assert_harmless(
        rendered(screen, plain_table(["a"], [[cell] for cell in cells])).decode("utf-8", "replace")
    )
    assert_harmless(rendered(screen, Text(" ".join(cells), "bold")).decode("utf-8", "replace"))
