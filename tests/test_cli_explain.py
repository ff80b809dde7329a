"""`extract --explain` on the command line: tables for people, lines for programs, and exit statuses."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from calling import ARTICLE, OTHER, Caller, at_terminal, lines, started

from graph.resources import data_path

FRENCH = "Le président a déclaré lundi que le gouvernement présenterait un projet de loi sur les retraites."
KEYS = ["article", "sentence", "start", "end", "words", "names", "references", "clauses", "silent"]
SAMPLE = data_path("samples") / "strait-talks.txt"
COLOURS = re.compile("\x1b\\[[0-9;]*m")


def squeezed(text: str) -> str:
    """A text with one space for each stretch of white space, so that wrapped lines are found."""
    return " ".join(text.split())


def test_a_person_gets_the_parse_and_what_became_of_each_clause(call: Caller, article: Path) -> None:
    told = call("extract", "--explain", article)
    assert (told.status, told.err) == (0, "")
    shown = squeezed(told.out)
    assert "President Anna Berg plans to visit Poland next week." in shown
    assert re.search(r"\d+ visit VB xcomp 3 plans", shown)
    assert re.search(r"\d+ Poland NNP dobj 5 visit GPE", shown)
    assert "Berg = Anna Berg (Person): a part of the full name of one person of the article" in shown
    assert "Anna Berg | visit | Poland [object/xcomp] -> planned positive" in shown
    assert "Karl Lund | condemn | attack [object/xcomp] -> asserted negative" in shown
    assert "plans: the clause that it governs says it" in shown


def test_the_samples_are_explained_in_100_columns(call: Caller) -> None:
    told = call("extract", "--explain", SAMPLE.parent)
    assert (told.status, told.err) == (0, "")
    shown = squeezed(told.out)
    for reason in (
        "a pronoun, and whom or what it means was not found",
        "the clause that it governs says it",
    ):
        assert reason in shown
    assert "She = Elena Petrova" in shown
    assert max(len(line.rstrip()) for line in told.out.splitlines()) <= 100


def test_the_samples_are_explained_as_one_object_a_sentence(call: Caller) -> None:
    told = call("extract", "--explain", "--format", "jsonl", SAMPLE)
    kept = lines(call("extract", "--format", "jsonl", SAMPLE).out)
    text = SAMPLE.read_text(encoding="utf-8")
    assert told.status == 0
    found = lines(told.out)
    assert all(list(one) == KEYS for one in found)
    assert [text[one["start"] : one["end"]] for one in found] == [one["sentence"] for one in found]
    made = [clause["statement"] for one in found for clause in one["clauses"] if clause["statement"]]
    assert sorted(one["id"] for one in made) == sorted(one["id"] for one in kept)
    assert all(bool(clause["statement"]) != bool(clause["why"]) for one in found for clause in one["clauses"])


def test_standard_input_lines_and_the_date_are_taken(call: Caller) -> None:
    given = f"{ARTICLE}\n{OTHER}\n".encode()
    told = call(
        "extract", "--explain", "--lines", "--date", "2025-03-14", "--format", "jsonl", "-", stdin=given
    )
    found = lines(told.out)
    assert len({one["article"] for one in found}) == 2
    (visit,) = [clause for one in found for clause in one["clauses"] if clause["predicate"] == "visit"]
    assert visit["statement"]["time"] == {"text": "next week", "start": "2025-03-17", "end": "2025-03-23"}


def test_a_file_gets_the_whole_explanation(call: Caller, article: Path, tmp_path: Path) -> None:
    told = call("extract", "--explain", "-o", tmp_path / "why.txt", article)
    assert (told.status, told.out, told.err) == (0, "", "")
    assert (tmp_path / "why.txt").read_text("utf-8") == call("extract", "--explain", article).out


@pytest.mark.parametrize("name", ["ttl", "oie", "nonsense"])
def test_other_formats_are_wrong_use(call: Caller, article: Path, name: str) -> None:
    told = call("extract", "--explain", "--format", name, article)
    assert (told.status, told.out) == (2, "")
    assert told.err == f"Nothing can be explained as '{name}'. Choose one of table, jsonl.\n"


def test_one_bad_article_costs_no_other(call: Caller, article: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
    told = call("extract", "--explain", "--format", "jsonl", tmp_path / "a.txt", "gone.txt", article)
    assert told.status == 1
    assert len(lines(told.out)) == 3
    assert len(told.err.splitlines()) == 2
    assert "a.txt: " in told.err
    assert "gone.txt" in told.err


def test_a_model_that_cannot_be_loaded_is_told_once(
    call: Caller, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSGRAPH_MODEL", "no_such_model")
    told = call("extract", "--explain", article, article)
    assert (told.status, told.out) == (1, "")
    assert told.err.count("no_such_model") == 1


def test_an_article_is_explained_before_the_next_is_read(article: Path) -> None:
    """Who reads the first lines and goes away ends it, as for every command."""
    with started("extract", "--explain", *[article] * 200) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("President Anna Berg")
        process.stdout.close()
        assert process.wait() == 141


def test_a_terminal_is_sent_colours_and_no_commands(tmp_path: Path) -> None:
    file = tmp_path / "hostile.txt"
    file.write_text(f"{ARTICLE} Berg greeted \x1b]0;PWN\x07Karl \x9b31mLund \u202e\x1b[2J.", encoding="utf-8")
    status, shown = at_terminal("extract", "--explain", file)
    assert status == 0
    assert "PWN" in shown
    assert "\x1b[" in shown
    left = COLOURS.sub("", shown)
    assert [one for one in left if unicodedata.category(one) == "Cc" and one != "\n"] == []
    assert "\u202e" not in left
