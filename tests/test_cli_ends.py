"""How the command line ends: errors, signals, pipes, terminals."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest
from calling import Caller, at_terminal, started

from api.commands import stats as stats_module
from graph.model import Modality


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
