"""The demo: one command that shows the whole walk, twice in a row, in seconds."""

from __future__ import annotations

import os
import re
from pathlib import Path

import networkx
import pytest
import rdflib
from calling import Result, at_terminal, started

from api.commands.demo import QUESTIONS
from graph.queries import load_library


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def runs(folder: Path) -> list[tuple[float, Result]]:
    """Two runs in the same folder: the seconds that each spent, and its result."""
    made = []
    for _ in range(2):
        before = os.times()
        with started("demo", cwd=folder) as process:
            out, err = process.communicate()
        after = os.times()
        spent = sum(after[2:4]) - sum(before[2:4])  # of the processor: this machine has other work too
        made.append((spent, Result(process.returncode, out, err)))
    return made


def test_it_ends_well_and_soon(runs: list[tuple[float, Result]]) -> None:
    for spent, result in runs:
        assert (result.status, result.err) == (0, "")
        assert spent < 15


def test_it_reads_and_keeps_the_samples(runs: list[tuple[float, Result]], folder: Path) -> None:
    first, second = (result.out for _, result in runs)
    assert re.search(r"\b4 added; \d+ new statements", first)
    assert "4 unchanged; 0 new statements" in second
    assert (folder / "demo" / "store").is_dir()


def test_it_marks_what_is_planned_claimed_and_denied(runs: list[tuple[float, Result]]) -> None:
    out = runs[0][1].out
    for word in ("who", "does what", "to whom", "planned", "claimed", "denied", "said by"):
        assert word in out


def test_it_answers_three_questions(runs: list[tuple[float, Result]]) -> None:
    out = runs[0][1].out
    assert len(QUESTIONS) == 3
    for name in QUESTIONS:
        _, asked, rest = out.partition(f"{load_library().get(name).summary}? (data/queries/{name}.rq)")
        assert asked
        rows = rest.split("\n\n")[0].splitlines()
        assert len(rows) > 3, "no row under the head of the table"


def test_it_says_the_same_the_second_time(runs: list[tuple[float, Result]]) -> None:
    first, second = (result.out.partition("\n")[2] for _, result in runs)
    assert first == second


def test_its_files_are_read_by_their_tools(runs: list[tuple[float, Result]], folder: Path) -> None:
    made = folder / "demo"
    assert {file.name for file in made.iterdir()} == {"store", "graph.html", "graph.gexf", "graph.ttl"}
    assert networkx.read_gexf(made / "graph.gexf").number_of_edges() > 50
    assert len(rdflib.Graph().parse(made / "graph.ttl")) > 1000
    assert "<script" in (made / "graph.html").read_text(encoding="utf-8")


def test_it_has_colours_at_a_terminal_and_takes_another_folder(tmp_path: Path) -> None:
    status, shown = at_terminal("demo", "--out", tmp_path / "elsewhere")
    assert status == 0
    assert "\x1b[" in shown
    assert (tmp_path / "elsewhere" / "graph.html").exists()
