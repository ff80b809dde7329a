"""Who changed what at the command line: a line for each command that changes something, and for no other."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from calling import ARTICLE, Caller, Result

from api.audit_lines import LOG
from api.cli import COMMANDS
from api.commands import auditing
from graph.model import Article

ID = Article(ARTICLE).id


@pytest.fixture
def store(call: Caller, tmp_path: Path) -> Path:
    text = tmp_path / "article.txt"
    text.write_text(ARTICLE, encoding="utf-8")
    assert call("ingest", "--data", tmp_path / "data", text).status == 0
    return tmp_path / "data"


def told(result: Result) -> list[dict[str, Any]]:
    """Read the audit lines: the time, a blank, and an object."""
    lines = [line.partition(" ")[2] for line in result.err.splitlines() if '{"event"' in line]
    return [json.loads(line) for line in lines]


def test_each_change_is_told_by_whom_what_and_with_what_outcome(call: Caller, store: Path) -> None:
    done = call("merge", "--data", store, "Karl_Lund", "Anna_Berg", "--who", "Hale")
    assert told(done) == [
        {
            "event": "change",
            "actor": getpass.getuser(),
            "key": None,
            "from": "command line",
            "command": "merge",
            "ids": ["Karl_Lund", "Anna_Berg", "1"],
            "status": 0,
            "outcome": "done",
        }
    ]
    assert "Decision 1: merge" in done.err
    (line,) = told(call("undo", "--data", store, "1"))
    assert (line["command"], line["ids"], line["outcome"]) == ("undo", ["1", "2"], "done")
    (line,) = told(call("delete", "--data", store, ID))
    assert (line["command"], line["ids"], line["status"]) == ("delete", [ID], 0)


def test_what_was_read_is_told_by_its_ids(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    for ids in ([ID], []):
        (line,) = told(call("ingest", "--data", tmp_path / "data", tmp_path / "a.txt"))
        assert (line["command"], line["ids"], line["outcome"]) == ("ingest", ids, "done")


def test_what_failed_is_told_too(call: Caller, store: Path) -> None:
    (line,) = told(call("delete", "--data", store, "none", ID))
    assert (line["ids"], line["status"], line["outcome"]) == (["none", ID], 1, "failed")
    (line,) = told(call("rename", "--data", store, "No_One", "Hale"))
    assert (line["ids"], line["outcome"]) == (["No_One"], "failed")
    (line,) = told(call("jobs", "cancel", "--data", store, "none"))
    assert (line["command"], line["ids"], line["outcome"]) == ("jobs cancel", ["none"], "failed")


def test_keys_are_told_by_their_names_and_never_themselves(call: Caller, store: Path) -> None:
    made = call("keys", "add", "press", "--scope", "read", "--data", store)
    (line,) = told(made)
    assert (line["command"], line["ids"]) == ("keys add", ["press"])
    token = made.out.strip()
    revoked = call("keys", "revoke", token, "--data", store)
    assert token not in json.dumps(told(revoked))
    assert told(revoked)[0]["outcome"] == "failed"


def test_who_only_looks_writes_none(call: Caller, store: Path) -> None:
    for command in (
        ["stats"],
        ["show", "article", ID],
        ["curation"],
        ["verify"],
        ["keys", "list"],
        ["jobs", "list"],
    ):
        result = call(*command, "--data", store)
        assert (result.status, told(result)) == (0, []), command
    assert told(call("merge", "--help")) == []


def test_a_person_at_a_terminal_is_told_in_a_sentence(
    call: Caller, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
    result = call("rename", "--data", store, "Karl_Lund", "Lund")
    assert result.status == 0
    assert "Decision 1" in result.err
    assert told(result) == []


def test_the_log_is_left_as_it_was(call: Caller, store: Path) -> None:
    before = list(LOG.handlers), LOG.propagate
    call("rename", "--data", store, "Karl_Lund", "Lund")
    assert (list(LOG.handlers), LOG.propagate) == before


def test_the_commands_that_change_are_commands() -> None:
    assert {command.partition(" ")[0] for command in auditing._CHANGING} <= set(COMMANDS)
