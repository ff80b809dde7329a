"""`newsgraph show`: the statements of what is shown, for a program that reads rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.calling import Caller


def ids(call: Caller, store: Path, kind: str, id_: str) -> list[str]:
    shown = json.loads(call("show", "--data", store, kind, id_).out)
    return [one["id"] for one in shown.get("statements", [shown])]


@pytest.mark.parametrize("kind", ["entity", "statement", "article"])
def test_its_statements_are_rows(call: Caller, filled: Path, kind: str) -> None:
    listed = json.loads(
        call(
            "query", "--data", filled, "--format", "json", "SELECT ?s { GRAPH ?g { ?s a kg:Statement } }"
        ).out
    )
    statement = listed["results"]["bindings"][0]["s"]["value"].rpartition("/")[2]
    one = json.loads(call("show", "--data", filled, "statement", statement).out)
    id_ = {"entity": one["subject"]["id"], "statement": statement, "article": one["article"]}[kind]
    rows = list(csv.DictReader(io.StringIO(call("show", "--data", filled, "--format", "csv", kind, id_).out)))
    lines = call("show", "--data", filled, "--format", "jsonl", kind, id_).out.splitlines()
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]
    assert {row["id"] for row in rows} == set(ids(call, filled, kind, id_))
    assert statement in {row["id"] for row in rows}
    assert {row["sentence"] for row in rows if row["id"] == statement} == {one["sentence"]}


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_what_is_not_there_has_no_rows(call: Caller, filled: Path, format_: str) -> None:
    for kind in ("entity", "statement", "article"):
        told = call("show", "--data", filled, "--format", format_, kind, "no-such-id")
        assert (told.status, told.out) == (1, "")
        assert "no-such-id" in told.err


def test_all_formats_are_named_where_one_is_none(call: Caller, filled: Path) -> None:
    told = call("show", "--data", filled, "--format", "xml", "entity", "Norvalia")
    assert told.status == 2
    for name in ("table", "json", "csv", "jsonl", "turtle", "rdfxml"):
        assert name in told.err
