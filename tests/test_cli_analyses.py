"""`newsgraph centrality` and `newsgraph communities`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from calling import Caller, at_terminal, lines
from serving import Recorded, serving, settings_for

from api.app import create_app
from api.schemas.analyses import Centrality, Communities

COMMANDS = {
    "centrality": ("--limit", "3", "--measure", "degree"),
    "communities": ("--limit", "2", "--members", "1", "--denied"),
}


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_and_its_route_give_the_same(call: Caller, filled: Path, command: str) -> None:
    told = {
        form: call(command, "--data", filled, *COMMANDS[command], "--format", form).out
        for form in ("json", "csv", "jsonl")
    }
    assert call(command, "--data", filled, *COMMANDS[command]).out == told["json"]
    query = "&".join(COMMANDS[command]).replace("--denied", "denied&true").split("&")
    asked = {name.lstrip("-"): value for name, value in zip(query[::2], query[1::2], strict=True)}
    with serving(create_app(settings_for(filled), Recorded())) as client:
        address = f"/v1/analysis/{command}"
        answers = {form: client.get(address, params={**asked, "format": form}) for form in told}
    assert json.loads(told["json"]) == answers["json"].json()
    assert json.loads(told["json"])["items"]
    assert told["csv"] == answers["csv"].text
    assert lines(told["jsonl"]) == lines(answers["jsonl"].text) == json.loads(told["json"])["items"]


def test_who_met_more_is_more_central(call: Caller, filled: Path) -> None:
    found = Centrality.model_validate_json(call("centrality", "--data", filled, "--predicate", "meet").out)
    assert {one.entity.id for one in found.items} == {"Anna_Berg", "Karl_Lund"}
    rows = table(call("centrality", "--data", filled, "--predicate", "meet", "--format", "csv").out)
    assert [float(row["score"]) for row in rows] == [one.score for one in found.items]


def test_each_member_of_a_community_is_a_row(call: Caller, filled: Path) -> None:
    found = Communities.model_validate_json(call("communities", "--data", filled).out)
    rows = table(call("communities", "--data", filled, "--format", "csv").out)
    members = [(str(n), one.id) for n, group in enumerate(found.items, 1) for one in group.members]
    assert [(row["community"], row["member.id"]) for row in rows] == members
    assert len(members) > 1


@pytest.mark.parametrize(
    ("command", "says"), [("centrality", "score"), ("communities", "communities, with a modularity of")]
)
def test_a_person_sees_a_table(filled: Path, command: str, says: str) -> None:
    status, shown = at_terminal(command, "--data", filled)
    assert status == 0
    assert "Anna Berg" in shown
    assert says in shown
    assert "entities and" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_said_and_is_no_failure(call: Caller, filled: Path, command: str) -> None:
    told = call(command, "--data", filled, "--from", "1950-01-01", "--to", "1950-01-02")
    assert (told.status, json.loads(told.out)["items"]) == (0, [])
    assert "No statement ties entities together here" in told.err
    told = call(command, "--data", filled, "--about", "Anna_Berk")
    assert (told.status, told.out) == (1, "")
    assert "near it are Anna_Berg" in told.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("centrality", "--limit", "0"), "--limit"),
        (("centrality", "--measure", "fame"), "--measure"),
        (("communities", "--members", "0"), "--members"),
        (("communities", "--seed", "-1"), "--seed"),
        (("communities", "--seed", "9" * 30), "--seed"),
        (("communities", "--min-support", "0"), "--min-support"),
    ],
)
def test_what_means_nothing_is_refused(
    call: Caller, filled: Path, arguments: tuple[str, ...], says: str
) -> None:
    told = call(*arguments, "--data", filled)
    assert (told.status, told.out) == (2, "")
    assert says in told.err
