"""Named queries on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import Caller


def test_a_parameter_chooses(call: Caller, filled: Path) -> None:
    every = call("query", "--data", filled, "plans")
    assert "Poland" in every.out
    assert call("query", "--data", filled, "plans", "--param", "who=Anna_Berg").out == every.out
    told = call("query", "--data", filled, "plans", "--param", "who=Karl_Lund")
    assert (told.status, told.out.splitlines()) == (0, ["who,does,what,when,sentence"])
    told = call(
        "query", "timeline", "--data", filled, "--param", "who=Anna_Berg", "--param", "since=2025-03-17"
    )
    assert "Poland" in told.out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("timeline",), 2, "needs the parameter 'who'"),
        (("plans", "--param", "whom=x"), 2, "did you mean 'who'"),
        (("plans", "--param", "who"), 2, "write --param NAME=VALUE"),
        (("plans", "--param", "who=a", "--param", "who=b"), 2, "more than once"),
        (("plans", "--param", "confidence=high"), 2, "a number such as"),
        (("plans", "--param", "who=Ana_Berg"), 1, "near it are Anna_Berg"),
        (("ASK {}", "--param", "who=Anna_Berg"), 2, "named query only"),
        (("plan",), 1, "near it are plans"),
        (("plans", "--param", "who=\udcff"), 2, "UTF-8"),
    ],
)
def test_wrong_use_is_told(
    call: Caller, filled: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    told = call("query", "--data", filled, *arguments)
    assert (told.status, told.out) == (status, "")
    assert says in told.err
    assert len(told.err.splitlines()) == 1


def test_a_file_may_have_parameters(call: Caller, filled: Path) -> None:
    text = "#+ summary: Visits\n#+ params:\n#+   least: {default: 1}\nSELECT ?a { ?a rel:visit ?__to_entity }"
    Path("mine.rq").write_text(f"{text} LIMIT ?_least_integer", encoding="utf-8")
    assert "Anna_Berg" in call("query", "--data", filled, "@mine.rq").out
    assert "Anna_Berg" in call("query", "--data", filled, "@mine.rq", "--param", "to=Poland").out
    Path("bad.rq").write_text("#+ summary: a: b\nASK {}", encoding="utf-8")
    assert "no YAML" in call("query", "--data", filled, "@bad.rq").err


def test_an_entity_may_be_told_by_its_name(call: Caller, filled: Path) -> None:
    by_id = call("query", "--data", filled, "actor", "--param", "who=Anna_Berg")
    by_name = call("query", "--data", filled, "actor", "--param", "who=anna berg")
    assert "Anna" in by_id.out
    assert by_name.out == by_id.out
    near = call("query", "--data", filled, "actor", "--param", "who=Anna_Burg")
    assert (near.status, "Anna_Berg" in near.err) == (1, True)


def test_a_folder_of_ones_own(call: Caller, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (filled / "queries").mkdir()
    (filled / "queries" / "who.rq").write_text("#+ summary: Who\nSELECT ?a { ?a rel:visit ?b }", "utf-8")
    (filled / "queries" / "bad.rq").write_text("SELECT", "utf-8")
    told = call("query", "--data", filled, "who")
    assert "Anna_Berg" in told.out
    assert told.err == ""
    told = call("query", "--data", filled, "bad")
    assert told.status == 1
    assert told.err.startswith("The named query bad.rq is left out.")
    elsewhere = Path("mine")
    elsewhere.mkdir()
    (elsewhere / "whom.rq").write_text("#+ summary: Whom\nSELECT ?b { ?a rel:visit ?b }", "utf-8")
    monkeypatch.setenv("NEWSGRAPH_QUERIES", str(elsewhere))
    assert "Poland" in call("query", "--data", filled, "whom").out
    assert call("query", "--data", filled, "who").status == 1


def test_the_help_lists_them(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    told = call("query", "--help")
    assert told.status == 0
    assert "  agenda: What is planned between two days." in told.out
    assert "since* (date), until* (date), who (entity)" in " ".join(told.out.split())
    Path("mine").mkdir()
    (Path("mine") / "whom.rq").write_text("#+ summary: Whom\nSELECT ?b { ?a rel:visit ?b }", "utf-8")
    monkeypatch.setenv("NEWSGRAPH_QUERIES", "mine")
    assert "  whom: Whom." in call("query", "--help").out
