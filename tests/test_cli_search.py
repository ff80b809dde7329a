"""`newsgraph search`, and `kg:search` in `newsgraph query`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.calling import Caller, at_terminal


def test_a_program_gets_json(call: Caller, filled: Path) -> None:
    found = json.loads(call("search", "--data", filled, "berg", "pol*").out)
    assert {one["kind"] for one in found} == {"statement"}
    assert found[0]["statement"]["sentence"].startswith("President Anna Berg plans")
    (entity,) = json.loads(call("search", "--data", filled, "--kind", "entity", "--limit", "1", "BERG").out)
    assert entity["entity"]["id"] == "Anna_Berg"
    assert entity["entity"]["statements"] > 1


def test_a_person_gets_a_table(filled: Path) -> None:
    status, shown = at_terminal("search", "--data", filled, "berg")
    assert status == 0
    assert "Anna_Berg" in shown
    assert "plans to visit" in shown
    assert "planned" in shown


def test_nothing_found_is_said(call: Caller, filled: Path) -> None:
    result = call("search", "--data", filled, "zebra")
    assert (result.status, json.loads(result.out)) == (0, [])
    assert "Nothing holds all of these words" in result.err


@pytest.mark.parametrize("arguments", [("!!",), ("",), ("--limit", "0", "berg")])
def test_wrong_use_is_told(call: Caller, filled: Path, arguments: tuple[str, ...]) -> None:
    result = call("search", "--data", filled, *arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err.count("\n") == 1


def test_a_query_searches(call: Caller, filled: Path) -> None:
    query = 'SELECT ?l { ?e kg:search "anna" ; rdfs:label ?l }'
    assert call("query", "--data", filled, query).out.splitlines() == ["l", "Anna Berg"]
    wrong = call("query", "--data", filled, "SELECT * { ?e kg:search ?w }")
    assert wrong.status == 1
    assert "write ?thing kg:search" in wrong.err
