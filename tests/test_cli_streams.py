"""Standard streams that are closed, full, or without a reader; and arguments that are no text."""

from __future__ import annotations

import fcntl
import os
import resource
import select
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calling import COMMAND, Caller, environment, started

NO_TEXT = "\udcff"
"""How Python shows the argument of one byte, 0xFF."""
CANNOT = "Standard output cannot be written to (Bad file descriptor)."


def redirected(how: str, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell does, with its streams redirected in the shell's words."""
    call = ["sh", "-c", f'exec "$@" {how}', "sh", *COMMAND, *map(str, arguments)]
    given = {"stdin": subprocess.DEVNULL, "capture_output": True, "env": environment(), **options}
    return subprocess.run(call, text=True, timeout=60, check=False, **given)


def deafened(stream: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command with the reader of one stream gone."""
    reading, writing = os.pipe()
    os.close(reading)
    others: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    told = redirected("", *arguments, capture_output=False, **{**others, stream: writing})
    os.close(writing)
    return told


@pytest.mark.parametrize("arguments", [("version",), ("--help",), ("stats", "--help"), ("settings",)])
def test_a_closed_output_is_told(arguments: tuple[str, ...]) -> None:
    told = redirected(">&-", *arguments)
    assert told.returncode == 1
    assert told.stderr.startswith(CANNOT)
    assert len(told.stderr.splitlines()) == 1


def test_what_needs_no_output_runs_without(filled: Path, tmp_path: Path) -> None:
    told = redirected(">&-", "export", "ttl", "--data", filled, "-o", tmp_path / "out.ttl")
    assert told.returncode == 0, told.stderr
    assert "Anna_Berg" in (tmp_path / "out.ttl").read_text(encoding="utf-8")


def test_a_query_runs_with_no_stream_but_its_output(filled: Path) -> None:
    told = redirected("<&- 2>&-", "query", "--data", filled, "ASK { ?s ?p ?o }")
    assert (told.returncode, told.stdout) == (0, "true\n")


def test_no_file_takes_the_place_of_a_closed_stream() -> None:
    """Else what is said on standard error could be written into the database."""
    program = (
        "import os, sys, api.cli as c; c.create_cli = lambda: sys.exit(os.open('/', os.O_RDONLY)); c.main()"
    )
    call = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", program]
    assert subprocess.run(call, env=environment(), timeout=60, check=False).returncode > 2


@pytest.mark.parametrize("arguments", [("extract", "-"), ("query", "@-")])
def test_a_closed_input_is_told(arguments: tuple[str, ...]) -> None:
    told = redirected("<&-", *arguments)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "standard input: It is closed. Open it, or name a file.\n"


@pytest.mark.parametrize("arguments", [("version",), ("--help",), ("stats", "--help")])
def test_an_output_without_a_reader_ends_in_silence(arguments: tuple[str, ...]) -> None:
    told = deafened("stdout", *arguments)
    assert (told.returncode, told.stderr) == (141, "")


def test_ingest_without_a_reader_keeps_and_tells_all(call: Caller, article: Path, tmp_path: Path) -> None:
    told = deafened("stdout", "ingest", "--data", tmp_path / "store", article, tmp_path / "none.txt")
    assert told.returncode == 141
    assert "none.txt: There is no such file" in told.stderr
    assert "1 added, 1 refused" in told.stderr
    assert "Exception ignored" not in told.stderr
    assert call("stats", "--data", tmp_path / "store").status == 0


@pytest.mark.parametrize(
    ("arguments", "status"), [(("bogus",), 2), (("stats", "--data", "nowhere"), 1), (("version",), 0)]
)
def test_words_that_no_one_hears_change_no_status(arguments: tuple[str, ...], status: int) -> None:
    assert deafened("stderr", *arguments).returncode == status


def test_failures_that_no_one_hears_stop_no_ingest(call: Caller, article: Path, tmp_path: Path) -> None:
    told = deafened("stderr", "ingest", "--data", tmp_path / "store", tmp_path / "none.txt", article)
    assert told.returncode == 1
    assert told.stdout.startswith("added\t")


def test_an_output_without_room_is_told(tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))

    with (tmp_path / "out").open("wb") as full:
        told = redirected(
            "", "settings", capture_output=False, stdout=full, stderr=subprocess.PIPE, preexec_fn=limit
        )
    assert told.returncode == 1
    assert told.stderr.startswith("Standard output cannot be written to (File too large).")
    assert len(told.stderr.splitlines()) == 1


def test_an_output_that_does_not_wait_gets_all(call: Caller, filled: Path) -> None:
    expected = call("export", "ttl", "--data", filled).out
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    assert fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096) < len(expected)
    with started("export", "ttl", "--data", filled, stdout=writing) as process:
        _until(lambda: not select.select([], [writing], [], 0)[1])  # it is full
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            assert pipe.read() == expected
        assert process.wait() == 0


def test_words_are_written_where_the_locale_has_none(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Président Anna Berg met Karl Lund in Oslo.", encoding="utf-8")
    plain = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    told = redirected("", "ingest", "--data", tmp_path / "store", tmp_path / "a.txt", env=plain)
    assert told.returncode == 0, told.stderr
    assert "Président" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("delete", NO_TEXT), 2, "is no text in UTF-8"),
        (("show", "article", NO_TEXT), 2, "is no text in UTF-8"),
        (("show", "entity", NO_TEXT), 2, "is no text in UTF-8"),
        (("show", NO_TEXT, "x"), 2, "'KIND'"),
        (("query", NO_TEXT), 1, "surrogate"),
        (("query", f"@{NO_TEXT}"), 1, "no such file"),
        (("query", "--format", NO_TEXT, "ASK {}"), 2, "result format"),
        (("export", NO_TEXT), 2, "export format"),
        (("export", "ttl", "--about", NO_TEXT), 2, "is no text in UTF-8"),
        (("export", "ttl", "--q", NO_TEXT), 2, "filter q"),
        (("stats", "--format", NO_TEXT), 2, "'--format'"),
        (("extract", NO_TEXT), 1, "no such file"),
        (("extract", "--date", NO_TEXT, "x"), 2, "not a day"),
        ((NO_TEXT,), 2, "There is no command"),
    ],
)
def test_an_argument_that_is_no_text_is_told(
    call: Caller,
    filled: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    status: int,
    says: str,
) -> None:
    monkeypatch.setenv("NEWSGRAPH_DATA", str(filled))
    told = call(*arguments)
    assert (told.status, told.out) == (status, "")
    assert says in told.err
    assert "bug" not in told.err


def _until(true: Callable[[], bool]) -> None:
    """Wait until something is true, but not for ever."""
    turns = iter(range(2000))
    while not true():
        next(turns)
        threading.Event().wait(0.01)
