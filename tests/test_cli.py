"""The command line reads: help, `extract`, `ingest`, `settings`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from calling import ARTICLE, OTHER, Caller, ids_of, lines, started

import graph
from api.cli import COMMANDS
from graph.export import EXPORTERS
from graph.settings import Settings

FRENCH = (
    "Le président de la République a déclaré lundi que le gouvernement présenterait un nouveau projet de loi "
    "sur les retraites avant la fin de l'année, malgré l'opposition des syndicats et de la gauche."
)


def test_help_names_each_command_quickly() -> None:
    spent = []
    for _ in range(3):
        before = os.times()
        with started("--help") as process:
            out, _ = process.communicate()
        after = os.times()
        assert process.returncode == 0
        assert all(name in out for name in COMMANDS)
        spent.append(
            after.children_user - before.children_user + after.children_system - before.children_system
        )
    assert min(spent) < 0.5


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_says_what_the_list_says(call: Caller, command: str) -> None:
    told = call(command, "--help")
    assert told.status == 0
    assert COMMANDS[command][1] in " ".join(told.out.split())


def test_the_version_is_printed(call: Caller) -> None:
    assert call("version").out == f"newsgraph {graph.__version__}\n"


def test_extract_prints_statements_as_json_lines(call: Caller, article: Path) -> None:
    told = call("extract", "--format", "jsonl", "--date", "2025-03-14", article)
    assert (told.status, told.err) == (0, "")
    visit = next(one for one in lines(told.out) if one["predicate"]["id"] == "visit")
    assert visit["subject"]["label"] == "Anna Berg"
    assert visit["object"]["id"] == "Poland"
    assert visit["modality"] == "planned"
    assert visit["time"] == {"text": "next week", "start": "2025-03-17", "end": "2025-03-23"}
    for one in lines(told.out):
        for part in (one["subject"], one["predicate"], one["object"]):
            assert ARTICLE[part["start"] : part["end"]] == part["text"]
        assert ARTICLE[one["start"] : one["end"]] == one["sentence"]


def test_extract_reads_standard_input_and_lines(call: Caller) -> None:
    told = call("extract", "--lines", "-", stdin=f"{ARTICLE}\n{OTHER}\n".encode())
    assert told.status == 0
    assert len({one["article"] for one in lines(told.out)}) == 2


def test_extract_prints_surface_clauses(call: Caller, article: Path) -> None:
    told = call("extract", "--format", "oie", article)
    rows = [line.split("\t") for line in told.out.splitlines()]
    assert all(len(row) >= 5 and 0 <= float(row[1]) <= 1 for row in rows)
    assert any("visit" in row[2] and row[3:5] == ["President Anna Berg", "Poland"] for row in rows)


def test_extract_tells_what_it_reads_in_a_line_under_the_whole_line(call: Caller) -> None:
    line = "Anna Berg visited Poland. She met Duncan Hale."
    told = call("extract", "--lines", "--format", "oie", "-", stdin=f"{line}\n".encode())
    rows = [row.split("\t") for row in told.out.splitlines()]
    assert {row[0] for row in rows} == {line}
    assert len({row[2] for row in rows}) > 1


@pytest.mark.parametrize("name", sorted({one.suffix for one in EXPORTERS.values()} | set(EXPORTERS)))
def test_extract_writes_every_export_format(call: Caller, article: Path, name: str) -> None:
    told = call("extract", "--format", name, article)
    assert (told.status, told.err) == (0, "")
    assert "Anna" in told.out


def test_extract_writes_a_file_whole_or_not_at_all(call: Caller, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "graph.ttl"
    out.parent.mkdir()
    out.write_text("before", encoding="utf-8")
    assert call("extract", "--format", "oops", "-o", out, article).status == 2
    assert out.read_text(encoding="utf-8") == "before"
    assert call("extract", "--format", "ttl", "-o", out, article).status == 0
    assert "rel:visit" in out.read_text(encoding="utf-8")
    assert [file.name for file in out.parent.iterdir()] == ["graph.ttl"]


def test_a_bad_article_is_named_and_the_others_go_on(call: Caller, article: Path, tmp_path: Path) -> None:
    bad = {
        "empty.txt": b"",
        "binary.txt": b"\x00\x01\x02\x03" * 200,
        "latin.txt": "Der Präsident".encode("latin-1"),
        "french.txt": FRENCH.encode(),
        "broken.jsonl": b'{"text": \n',
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    sources = ["missing.txt", *bad, str(article)]
    told = call("extract", "--format", "jsonl", *sources)
    assert told.status == 1
    assert any(one["predicate"]["id"] == "visit" for one in lines(told.out))
    sentences = told.err.splitlines()
    assert len(sentences) == len(sources) - 1
    assert "Traceback" not in told.err
    assert "missing.txt: " in told.err
    assert "broken.jsonl" in told.err


def test_ingest_tells_the_fate_of_each_article(call: Caller, article: Path, tmp_path: Path) -> None:
    data = tmp_path / "store"
    first = call("ingest", "--data", data, article)
    again = call("ingest", "--data", data, article)
    dated = call("ingest", "--data", data, "--date", "2025-03-14", article)
    fates = [line.split("\t")[0] for told in (first, again, dated) for line in told.out.splitlines()]
    assert fates == ["added", "unchanged", "replaced"]
    assert len({tuple(ids_of(told.out)) for told in (first, again, dated)}) == 1
    assert "1 added" in first.err
    assert "1 unchanged; 0 new statements" in again.err


def test_ingest_keeps_the_good_and_says_why_not_the_bad(call: Caller, article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    told = call("ingest", "--data", tmp_path / "store", tmp_path / "empty.txt", article)
    assert told.status == 1
    assert len(told.out.splitlines()) == 1
    assert "empty.txt: " in told.err
    assert "1 added, 1 refused" in told.err


def test_settings_tell_where_each_value_comes_from(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSGRAPH_PORT", "9000")
    monkeypatch.setenv("NEWSGRAPH_API_KEY", "a-secret-of-the-test")
    told = call("settings", "--data", "here")
    rows = {row["name"]: row for row in json.loads(told.out)}
    assert set(rows) == {f"NEWSGRAPH_{name.upper()}" for name in Settings.model_fields}
    assert (rows["NEWSGRAPH_PORT"]["value"], rows["NEWSGRAPH_PORT"]["from"]) == ("9000", "environment")
    assert (rows["NEWSGRAPH_DATA"]["value"], rows["NEWSGRAPH_DATA"]["from"]) == ("here", "option")
    assert rows["NEWSGRAPH_HOST"]["from"] == "default"
    assert all(row["meaning"] for row in rows.values())
    assert "a-secret-of-the-test" not in told.out
