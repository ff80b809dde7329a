"""The command line on a store: `query`, `show`, `stats`, `export`, `delete`."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from calling import ARTICLE, OTHER, Caller, ids_of, lines

from graph.resources import data_path


def test_query_prints_csv_for_a_program(call: Caller, filled: Path) -> None:
    told = call("query", "--data", filled, "SELECT ?o { :Anna_Berg rel:visit/rdfs:label ?o }")
    assert (told.status, told.err) == (0, "")
    assert list(csv.DictReader(io.StringIO(told.out))) == [{"o": "Poland"}]


def test_query_answers_in_the_format_that_is_asked_for(call: Caller, filled: Path) -> None:
    select = "SELECT ?o { :Anna_Berg rel:visit ?o }"
    answer = json.loads(call("query", "--data", filled, "--format", "json", select).out)
    assert answer["results"]["bindings"][0]["o"]["value"].endswith("/Poland")
    assert ":Poland" in call("query", "--data", filled, "--format", "table", select).out
    told = call("query", "--data", filled, "CONSTRUCT { ?s rel:visit ?o } { ?s rel:visit ?o }")
    assert "relation/visit" in told.out
    assert call("query", "--data", filled, "ASK { ?s rel:visit :Poland }").out.strip() == "true"
    assert "yes" in call("query", "--data", filled, "--format", "table", "ASK { ?s rel:visit :Poland }").out


def test_query_takes_a_file_and_a_name(call: Caller, filled: Path, tmp_path: Path) -> None:
    text = data_path("queries", "plans.rq").read_text(encoding="utf-8")
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    by_name = call("query", "--data", filled, "plans")
    assert "Poland" in by_name.out
    assert call("query", "--data", filled, "@mine.rq").out == by_name.out
    assert call("query", "--data", filled, "@-", stdin=text.encode()).out == by_name.out


def test_a_query_that_takes_too_long_is_ended(
    call: Caller, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSGRAPH_QUERY_TIMEOUT", "0.3")
    pairs = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(8))
    told = call("query", "--data", filled, f"SELECT (COUNT(*) AS ?n) {{ {pairs} }}")
    assert told.status == 1
    assert "0.3" in told.err
    assert told.out == ""


def test_show_and_stats_are_json_for_a_program(call: Caller, filled: Path) -> None:
    assert json.loads(call("stats", "--data", filled).out)["articles"] == 1
    entity = json.loads(call("show", "entity", "Anna_Berg", "--data", filled).out)
    assert entity["label"] == "Anna Berg"
    assert "Poland" in {one["id"] for one in entity["neighbours"]}
    statement = entity["statements"][0]
    assert json.loads(call("show", "statement", statement["id"], "--data", filled).out) == statement
    shown = json.loads(call("show", "article", statement["article"], "--data", filled).out)
    assert shown["text"] == ARTICLE
    assert shown["published"] == "2025-03-14"


@pytest.mark.parametrize("kind", ["entity", "statement", "article"])
def test_show_is_a_table_for_a_person(call: Caller, filled: Path, kind: str) -> None:
    statement = json.loads(call("show", "entity", "Anna_Berg", "--data", filled).out)["statements"][0]
    ids = {"entity": "Anna_Berg", "statement": statement["id"], "article": statement["article"]}
    told = call("show", kind, ids[kind], "--format", "table", "--data", filled)
    assert told.status == 0
    assert "Anna Berg" in told.out
    assert statement["id"] in told.out  # which `correct` and `reject` need
    assert " ".join(statement["sentence"].split()[:3]) in told.out


def test_export_takes_filters(call: Caller, filled: Path, tmp_path: Path) -> None:
    everything = lines(call("export", "--data", filled, "jsonl").out)
    planned = lines(call("export", "--data", filled, "jsonl", "--modality", "planned").out)
    assert {one["modality"] for one in everything} > {"planned"}
    assert {one["modality"] for one in planned} == {"planned"}
    told = call("export", "--data", filled, "gexf", "--about", "Poland", "-o", tmp_path / "poland.gexf")
    assert (told.status, told.out) == (0, "")
    assert "Poland" in (tmp_path / "poland.gexf").read_text(encoding="utf-8")


def test_delete_removes_what_is_named(call: Caller, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(OTHER, encoding="utf-8")
    (other,) = ids_of(call("ingest", "--data", filled, tmp_path / "other.txt").out)
    told = call("delete", "--data", filled, other, "0" * 20)
    assert told.status == 1
    assert f"Deleted {other}" in told.err
    assert "0" * 20 in told.err
    assert json.loads(call("stats", "--data", filled).out)["articles"] == 1


READING = (("stats",), ("query", "plans"), ("export", "jsonl"), ("show", "entity", "Anna_Berg"))


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_lost_graph_is_told_by_every_command_that_reads(
    call: Caller, filled: Path, command: tuple[str, ...]
) -> None:
    shutil.rmtree(filled / "graph")
    for _ in range(2):
        told = call(*command, "--data", filled)
        assert (told.status, told.out) == (1, "")
        assert "the text is safe" in told.err
        assert "newsgraph ingest" in told.err


def test_a_failed_export_leaves_the_file_and_ingest_mends(call: Caller, filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "graph.jsonl"
    assert call("export", "--data", filled, "jsonl", "-o", file).status == 0
    good = file.read_bytes()
    shutil.rmtree(filled / "graph")
    for _ in range(2):
        assert call("export", "--data", filled, "jsonl", "-o", file).status == 1
    assert file.read_bytes() == good
    (tmp_path / "other.txt").write_text(OTHER, encoding="utf-8")
    mended = call("ingest", "--data", filled, tmp_path / "other.txt")
    assert "Finished what was interrupted: 1 added" in mended.err
    assert call("export", "--data", filled, "jsonl", "-o", file).status == 0
    assert set(good.splitlines()) < set(file.read_bytes().splitlines())


def change_ledger(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as sql, sql:
        sql.execute(statement)


@pytest.mark.parametrize("command", READING[:3], ids=" ".join)
def test_what_is_unfinished_is_told_and_not_in_the_answer(
    call: Caller, filled: Path, command: tuple[str, ...]
) -> None:
    change_ledger(filled, "UPDATE articles SET state = 'pending'")
    told = call(*command, "--data", filled)
    assert told.status == 0
    assert "1 article is unfinished; `newsgraph ingest` or `newsgraph serve` finishes it." in told.err
    assert "Berg" not in told.out
    if command == ("stats",):
        assert set(json.loads(told.out).values()) == {0}


def test_what_failed_is_told_with_its_sentence(call: Caller, filled: Path) -> None:
    change_ledger(filled, "UPDATE articles SET state = 'pending'")
    change_ledger(filled, "INSERT INTO marks SELECT id, 'failed', 'No use; delete it.' FROM articles")
    told = call("stats", "--data", filled)
    assert told.status == 0
    assert told.err.endswith(" failed: No use; delete it.\n")
    assert "unfinished" not in told.err


def test_a_ledger_without_its_articles_is_told(call: Caller, filled: Path) -> None:
    change_ledger(filled, "DELETE FROM articles")
    told = call("stats", "--data", filled)
    assert (told.status, told.out) == (1, "")
    assert "holds an article that the ledger does not know" in told.err
