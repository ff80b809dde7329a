"""The command line: what it prints where, and with which status it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from calling import Caller, at_terminal, started

import graph
from api.cli import COMMANDS
from api.commands import stats as stats_module
from graph.export import EXPORTERS
from graph.model import Modality
from graph.resources import data_path
from graph.settings import Settings
from graph.text import parse

ARTICLE = (
    "President Anna Berg plans to visit Poland next week. Berg met Karl Lund in Oslo on Monday. "
    "Lund has refused to condemn the attack."
)
OTHER = "President Anna Berg met Karl Lund in Oslo. The two leaders signed a treaty."
FRENCH = (
    "Le président de la République a déclaré lundi que le gouvernement présenterait un nouveau projet de loi "
    "sur les retraites avant la fin de l'année, malgré l'opposition des syndicats et de la gauche."
)


_load_once = cache(parse.load)


@pytest.fixture
def call(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Caller:
    for name in os.environ:
        if name.startswith("NEWSGRAPH_"):
            monkeypatch.delenv(name)
    monkeypatch.setattr("graph.text.reader.load", _load_once)  # half a second for each call otherwise
    monkeypatch.chdir(tmp_path)
    return Caller(capsysbinary, monkeypatch)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "visit.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.fixture
def filled(call: Caller, article: Path, tmp_path: Path) -> Path:
    """A store with one article."""
    data = tmp_path / "store"
    assert call("ingest", "--data", data, "--date", "2025-03-14", article).status == 0
    return data


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def ids_of(told: str) -> list[str]:
    return [line.split("\t")[1] for line in told.splitlines()]


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
    assert "who" in told.out


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


def test_settings_tell_where_each_value_comes_from(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSGRAPH_PORT", "9000")
    monkeypatch.setenv("NEWSGRAPH_API_KEY", "a-secret")
    told = call("settings", "--data", "here")
    rows = {row["name"]: row for row in json.loads(told.out)}
    assert set(rows) == {f"NEWSGRAPH_{name.upper()}" for name in Settings.model_fields}
    assert (rows["NEWSGRAPH_PORT"]["value"], rows["NEWSGRAPH_PORT"]["from"]) == ("9000", "environment")
    assert (rows["NEWSGRAPH_DATA"]["value"], rows["NEWSGRAPH_DATA"]["from"]) == ("here", "option")
    assert rows["NEWSGRAPH_HOST"]["from"] == "default"
    assert all(row["meaning"] for row in rows.values())
    assert "a-secret" not in told.out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("extract",), 2, "SOURCE"),
        (("bogus",), 2, "bogus"),
        (("extract", "--format", "oops", "x"), 2, "gexf"),
        (("extract", "--date", "March", "x"), 2, "2023-03-20"),
        (("export", "oops"), 2, "turtle"),
        (("export", "ttl", "--modality", "likely"), 2, "planned"),
        (("query", "--data", "nowhere", "ASK {}"), 1, "newsgraph ingest"),
        (("stats", "--data", "nowhere"), 1, "newsgraph ingest"),
        (("show", "thing", "x"), 2, "statement"),
        (("serve", "--host", "0.0.0.0"), 2, "NEWSGRAPH_API_KEY"),
    ],
)
def test_wrong_use_and_failure_get_one_sentence(
    call: Caller, arguments: tuple[str, ...], status: int, says: str
) -> None:
    told = call(*arguments)
    assert told.status == status
    assert told.out == ""
    assert "Traceback" not in told.err
    assert says in told.err


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?s {", "line 1"),
        ("SELECT ?s { ?s ?p }", "line 1"),
        ("what is new", "write SELECT"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE"),
        ("no-such-query", "plans"),
    ],
)
def test_a_bad_query_is_told(call: Caller, filled: Path, query: str, says: str) -> None:
    told = call("query", "--data", filled, query)
    assert told.status == 1
    assert len(told.err.splitlines()) == 1
    assert told.out == ""
    assert says in told.err


def test_unknown_ids_are_told(call: Caller, filled: Path) -> None:
    for kind in ("entity", "statement", "article"):
        told = call("show", kind, "no-such-id", "--data", filled)
        assert told.status == 1
        assert "no-such-id" in told.err


def test_what_is_unexpected_is_called_a_bug_and_shown_on_demand(
    call: Caller, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_archive: object) -> None:
        raise ZeroDivisionError("made for the test")

    monkeypatch.setattr(stats_module.views, "stats", broken)
    told = call("stats", "--data", filled)
    assert told.status == 1
    assert "bug" in told.err
    assert "--debug" in told.err
    assert "Traceback" not in told.err
    with pytest.raises(ZeroDivisionError):
        call("--debug", "stats", "--data", filled)


def test_a_store_in_use_is_told(call: Caller, filled: Path) -> None:
    with started("serve", "--data", filled, "--port", "0") as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("http://127.0.0.1:")
        told = call("stats", "--data", filled)
        assert told.status == 1
        assert str(filled) in told.err
        server.send_signal(signal.SIGTERM)
        assert server.wait() == 0
    assert call("stats", "--data", filled).status == 0


def test_ctrl_c_ends_the_server_with_its_status(filled: Path) -> None:
    with started("serve", "--data", filled, "--port", "0") as server:
        assert server.stdout is not None
        assert server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait() == 130
        assert server.stderr is not None
        assert "Traceback" not in server.stderr.read()


def test_ctrl_c_ends_a_reading_with_its_status(tmp_path: Path) -> None:
    with started("extract", "--lines", "--format", "jsonl", "-", stdin=subprocess.PIPE) as reading:
        assert reading.stdin is not None
        assert reading.stdout is not None
        many = "".join(
            f"President Anna Berg met minister number {n} in Oslo on Monday.\n" for n in range(400)
        )
        reading.stdin.write(many)
        reading.stdin.flush()
        assert reading.stdout.readline()
        reading.send_signal(signal.SIGINT)
        assert reading.wait() == 130
        assert reading.stderr is not None
        assert reading.stderr.read() == ""


def test_a_reader_of_the_output_may_go_away(article: Path) -> None:
    with started("extract", "--format", "gexf", article) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == 141
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_terminal_gets_a_table_with_words_and_colours(article: Path) -> None:
    status, shown = at_terminal("extract", article)
    assert status == 0
    assert "\x1b[" in shown
    assert "planned" in shown
    assert "denied" in shown
    assert "{" not in shown


def test_a_terminal_gets_the_rows_of_a_query_as_a_table(filled: Path) -> None:
    status, shown = at_terminal("query", "--data", filled, "SELECT ?o { :Anna_Berg rel:visit ?o }")
    assert status == 0
    assert ":Poland" in shown
    assert "─" in shown


def test_each_modality_has_a_style() -> None:
    from api.commands.tables import STYLES

    assert set(STYLES) == set(Modality)
