"""Decisions at the command line."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest
from calling import Caller

from api.commands import hands


@pytest.fixture
def store(call: Caller, tmp_path: Path) -> Path:
    text = tmp_path / "article.txt"
    text.write_text("President Anna Berg met Karl Lund in Oslo. Lund signed a treaty.", encoding="utf-8")
    assert call("ingest", "--data", tmp_path / "data", text).status == 0
    return tmp_path / "data"


def shown(call: Caller, store: Path, *what: str) -> dict:
    return json.loads(call("show", "--data", store, *what).out)


def test_a_merge_is_made_listed_and_undone(call: Caller, store: Path) -> None:
    before = shown(call, store, "entity", "Anna_Berg")
    done = call("merge", "--data", store, "Karl_Lund", "Anna_Berg", "--why", "one man", "--who", "Hale")
    assert (done.status, json.loads(done.out)["id"]) == (0, 1)
    assert "Decision 1: merge Karl_Lund; `newsgraph undo 1` takes it back." in done.err
    assert "Karl Lund" in shown(call, store, "entity", "Anna_Berg")["aliases"]
    (told,) = json.loads(call("curation", "--data", store).out)
    assert (told["kind"], told["who"], told["why"], told["articles"]) == ("merge", "Hale", "one man", 1)
    table = call("curation", "--data", store, "--format", "table").out
    assert "Karl_Lund" in table
    assert "Anna_Berg" in table
    assert call("unmerge", "--data", store, "1").status == 0
    assert shown(call, store, "entity", "Anna_Berg") == before
    again = call("unmerge", "--data", store, "1")
    assert again.status == 1
    assert "undone by 2" in again.err
    assert call("verify", "--data", store).status == 0


def test_candidates_are_shown_and_told_apart(call: Caller, store: Path, tmp_path: Path) -> None:
    text = tmp_path / "other.txt"
    text.write_text("K. Lund met Anna Berg in Oslo.", encoding="utf-8")
    assert call("ingest", "--data", store, text).status == 0
    (found,) = json.loads(call("candidates", "--data", store).out)
    assert {one["id"] for one in found["entities"]} == {"Karl_Lund", "K._Lund"}
    assert found["sharedNeighbours"]["items"][0]["id"] in ("Anna_Berg", "Oslo")
    table = call("candidates", "--data", store, "--format", "table", "--about", "K._Lund")
    assert "the same surname, and first names that agree" in table.out
    assert "`newsgraph merge ID INTO`" in table.err
    assert json.loads(call("candidates", "--data", store, "--type", "Place").out) == []
    assert call("candidates", "--data", store, "--limit", "0").status == 2
    assert "K._Lund" in call("candidates", "--data", store, "--about", "K_Lund").err
    done = call("distinguish", "--data", store, "K._Lund", "Karl_Lund", "--why", "his father")
    assert "Decision 1: distinguish K._Lund" in done.err
    none = call("candidates", "--data", store, "--format", "table")
    assert (none.out, "No two entities look like one" in none.err) == ("", True)
    assert "his father" in call("curation", "--data", store, "--format", "table").out


def test_a_statement_is_corrected_and_rejected(call: Caller, store: Path) -> None:
    first = shown(call, store, "entity", "Karl_Lund")["statements"][0]
    options = (
        "--modality",
        "planned",
        "--time",
        "soon",
        "--from",
        "2026-03-01",
        "--attributed-to",
        "Anna_Berg",
    )
    assert call("correct", "--data", store, first["id"], *options).status == 0
    now = shown(call, store, "statement", first["id"])
    assert (now["modality"], now["attributedTo"]["id"], now["curatedBy"]) == ("planned", "Anna_Berg", 1)
    assert now["time"] == {"text": "soon", "start": "2026-03-01", "end": None}
    assert call("correct", "--data", store, first["id"], "--time", "", "--attributed-to", "").status == 0
    now = shown(call, store, "statement", first["id"])
    assert (now["attributedTo"], now["time"]) == (None, None)
    assert call("reject", "--data", store, first["id"], "--why", "misread").status == 0
    gone = call("show", "--data", store, "statement", first["id"])
    assert gone.status == 1
    assert f"was rejected by {getpass.getuser()}" in gone.err
    for number in ("3", "2", "1"):
        assert call("undo", "--data", store, number).status == 0
    assert shown(call, store, "statement", first["id"]) == first


def test_an_entity_is_renamed_and_retyped(call: Caller, store: Path) -> None:
    assert call("rename", "--data", store, "Oslo", "Norvalia City").status == 0
    assert call("retype", "--data", store, "Oslo", "Organization").status == 0
    now = shown(call, store, "entity", "Oslo")
    assert (now["label"], now["type"]) == ("Norvalia City", "Organization")
    kinds = [one["kind"] for one in json.loads(call("curation", "--data", store, "--about", "Oslo").out)]
    assert kinds == ["retype", "rename"]


def test_what_cannot_be_decided_says_why(call: Caller, store: Path) -> None:
    assert "near it are Karl_Lund" in call("merge", "--data", store, "Karl_Lun", "Oslo").err
    assert call("rename", "--data", store, "Oslo", " ").status == 1
    assert call("undo", "--data", store, "7").status == 1
    assert call("retype", "--data", store, "Oslo", "Town").status == 2
    assert call("merge", "--data", store, "Karl_Lund", "Oslo", "--who", "a\x07b").status == 1
    assert json.loads(call("curation", "--data", store).out) == []


def test_a_system_without_names_has_a_local_user(
    call: Caller, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> str:
        raise KeyError("uid")

    monkeypatch.setattr(hands.getpass, "getuser", unknown)
    assert call("rename", "--data", store, "Oslo", "Hale").status == 0
    assert json.loads(call("curation", "--data", store).out)[0]["who"] == "local user"


def test_an_empty_list_is_said(call: Caller, filled: Path) -> None:
    told = call("curation", "--data", filled)
    assert (told.status, json.loads(told.out)) == (0, [])
    assert told.err == "Nothing was decided yet.\n"
    assert call("curation", "--data", filled, "--kind", "merge").err == "There is no such decision.\n"
    told = call("keys", "list", "--data", filled)
    assert (told.status, json.loads(told.out)) == (0, [])
    assert "`newsgraph keys add` makes one" in told.err
