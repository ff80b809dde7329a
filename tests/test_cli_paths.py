"""`newsgraph paths`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.calling import Caller, at_terminal


def test_a_program_gets_json(call: Caller, filled: Path) -> None:
    found = json.loads(call("paths", "--data", filled, "Anna_Berg", "Karl_Lund").out)
    (path,) = found["items"]
    assert path["steps"][0]["statements"][0]["sentence"] == "Berg met Karl Lund in Oslo on Monday."


def test_a_spreadsheet_gets_a_row_for_each_statement_of_a_step(call: Caller, filled: Path) -> None:
    def shown(*more: str) -> str:
        told = call("paths", "--data", filled, "Anna_Berg", "Karl_Lund", *more)
        assert (told.status, told.err) == (0, "")
        return told.out

    items = json.loads(shown())["items"]
    assert [json.loads(line) for line in shown("--format", "jsonl").splitlines()] == items
    (row,) = csv.DictReader(io.StringIO(shown("--format", "csv"), newline=""))
    assert (row["path"], row["step"], row["start.id"], row["end.label"]) == (
        "1",
        "1",
        "Anna_Berg",
        "Karl Lund",
    )
    assert row["statement.sentence"] == "Berg met Karl Lund in Oslo on Monday."


@pytest.mark.parametrize(
    "command",
    [
        ("timeline", "--undated"),
        ("centrality",),
        ("communities",),
        ("export", "jsonl"),
        ("export", "jsonl", "--depth", "1"),
        ("paths", "Oslo", "Karl_Lund"),
    ],
)
def test_filters_take_names_too(call: Caller, filled: Path, command: tuple[str, ...]) -> None:
    option = "--subject" if command[0] == "timeline" else "--about"
    asked = (
        (*command, "--data", filled, "--concepts") if command[0] == "paths" else (*command, "--data", filled)
    )
    by_id = call(*asked, option, "Anna_Berg")
    assert (by_id.status, len(by_id.out) > 50) == (0, True)
    assert call(*asked, option, "anna berg").out == by_id.out
    told = call(*asked, option, "ana berg")
    assert (told.status, told.out) == (1, "")
    assert "near it are Anna_Berg" in told.err


def test_both_ends_take_names(call: Caller, filled: Path) -> None:
    by_id = call("timeline", "--data", filled, "--undated", "--between", "Anna_Berg,Karl_Lund")
    assert len(json.loads(by_id.out)) == 1
    by_name = call("timeline", "--data", filled, "--undated", "--between", "karl lund, ANNA BERG")
    assert by_name.out == by_id.out


def test_names_do_as_well_as_ids(call: Caller, filled: Path) -> None:
    by_id = call("paths", "--data", filled, "Anna_Berg", "Karl_Lund").out
    assert call("paths", "--data", filled, "anna berg", "KARL LUND").out == by_id


def test_a_person_sees_the_sentences_with_their_words_marked(filled: Path) -> None:
    status, shown = at_terminal("paths", "--data", filled, "Anna Berg", "Karl Lund")
    assert status == 0
    assert "Anna Berg – Karl Lund" in shown
    assert "\x1b[1mBerg\x1b[0m" in shown


def test_no_path_is_said_and_is_no_failure(call: Caller, filled: Path) -> None:
    result = call(
        "paths", "--data", filled, "Anna Berg", "Karl Lund", "--from", "1950-01-01", "--to", "1950-01-02"
    )
    assert (result.status, json.loads(result.out)["items"]) == (0, [])
    assert "Nothing connects Anna Berg and Karl Lund within 4 steps" in result.err


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("Anna_Berk", "Karl_Lund"), 1, "Anna_Berg"),
        (("Anna_Berg", "Anna Berg"), 2, "name two"),
        (("Anna_Berg", "Karl_Lund", "-k", "0"), 2, "from 1 to 20"),
        (("Anna_Berg", "Karl_Lund", "--max-length", "99"), 2, "from 1 to 6"),
        (('"', "Karl_Lund"), 1, "No entity"),
        (("\x07\n", "Karl_Lund"), 1, "No entity"),
    ],
)
def test_what_cannot_be_found_is_told(
    call: Caller, filled: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    result = call("paths", "--data", filled, *arguments)
    assert (result.status, result.out) == (status, "")
    assert says in result.err
    assert result.err.count("\n") == 1


def test_an_export_goes_some_steps_from_an_entity(call: Caller, filled: Path) -> None:
    def lines(*more: str) -> int:
        return len(call("export", "--data", filled, "jsonl", "--about", "Karl_Lund", *more).out.splitlines())

    assert lines("--depth", "2") > lines("--depth", "1") >= 2
    alone = call("export", "--data", filled, "jsonl", "--depth", "1")
    assert (alone.status, alone.out) == (2, "")
    assert "name one with --about" in alone.err
    assert call("export", "--data", filled, "jsonl", "--about", "Karl_Lund", "--depth", "9").status == 2
