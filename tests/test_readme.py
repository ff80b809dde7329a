"""The README says what is so: its commands run, and its tables are those of the code."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import COMMAND, environment, started

from api.app import create_app
from api.cli import COMMANDS
from api.parameters import ListQuery
from graph.queries import load_library
from graph.settings import Settings
from graph.views import Sort

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
ADDRESS = "http://localhost:8000"
INSTALLERS = {"pipx": "pipx install .", "uv": "uv tool install ."}


def blocks(language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def shell_lines() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines()]


def program(line: str) -> str:
    """The last program that a line starts."""
    words = shlex.split(line.rsplit("|", maxsplit=1)[-1])
    return next(word for word in words if not re.match(r"[A-Z_]+=", word))


QUIET = {"verify", "rebuild", "backup", "restore", "keys revoke"}
"""Commands that have nothing to say on standard output when all is well."""


def program_words(line: str) -> list[str]:
    """The last program that a line starts, and its arguments."""
    return shlex.split(line.rsplit("|", maxsplit=1)[-1])


def lines_of(*programs: str) -> list[str]:
    return [line for line in shell_lines() if program(line) in programs]


def table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows[2:]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the README's reader has it: with `data/`, and the command on the path."""
    made = tmp_path_factory.mktemp("readme")
    (made / "data").symlink_to(ROOT / "data")
    command = made / "bin" / "newsgraph"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return made


def run(line: str, folder: Path) -> str:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", line],
        cwd=folder,
        env=environment(PATH=path),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def outputs(folder: Path) -> dict[str, str]:
    """What each command of the README prints, run one after the other."""
    return {line: run(line, folder) for line in lines_of("newsgraph") if " serve" not in line}


@pytest.fixture(scope="module")
def address(folder: Path, outputs: dict[str, str]) -> Iterator[str]:
    """A server for the store that the commands before it have filled."""
    del outputs
    with started(
        "serve",
        "--port",
        "0",
        cwd=folder,
        env=environment(NEWSGRAPH_ALLOWED_HOSTS="127.0.0.1", NEWSGRAPH_ALLOW_UPDATE="true"),
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")


def test_every_command_runs(outputs: dict[str, str], folder: Path) -> None:
    assert len(outputs) > 10
    for line, out in outputs.items():
        named = re.search(r"-o (\S+)", line)
        if named is not None:
            assert (folder / named[1]).stat().st_size > 100
        elif {program_words(line)[1], " ".join(program_words(line)[1:3])} & QUIET:
            assert not out
        else:
            assert out.strip()
    assert (folder / "copy" / "ledger.sqlite").exists()


def test_the_questions_find_something(outputs: dict[str, str]) -> None:
    asked = {line: out for line, out in outputs.items() if " query " in line}
    assert len(asked) == 7
    for line, out in asked.items():
        assert "true" in out if "ASK" in line else len(out.splitlines()) > 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_every_request_is_answered(address: str, folder: Path) -> None:
    requests = lines_of("curl")
    assert len(requests) == 14
    for line in requests:
        assert ADDRESS in line
        out = run(line.replace("curl -s", "curl -s --fail-with-body").replace(ADDRESS, address), folder)
        if any(f"/v1/{name}" in line for name in ("statements", "entities?", "search", "curation")):
            assert json.loads(out)["items"]
        if "/entity/" in line:
            assert ":Elena_Petrova a schema:Person" in out
        if "/v1/queries" in line:
            assert "Kestria" in out
        if "/store" in line:
            assert "see the atlas" in out
        if "/sparql" in line:
            assert out.splitlines() == ["what", "Crimea"]
    assert (folder / "graph.graphml").read_bytes().startswith(b"<?xml")


def test_every_target_of_make_is_there() -> None:
    named = {*(shlex.split(line)[1] for line in lines_of("make")), *re.findall(r"`make (\w+)", README)}
    assert {"demo", "test", "bench", "model"} <= named
    for target in named:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


def test_no_other_program_is_in_a_command() -> None:
    for line in shell_lines():
        if program(line) in INSTALLERS:
            assert line == INSTALLERS[program(line)]
        else:
            assert program(line) in {"newsgraph", "curl", "make", "export", "docker"}
    assert lines_of("docker") == ["docker compose up --build"]


def test_the_python_runs(folder: Path) -> None:
    _, code = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "Russia annex Crimea asserted Russia annexed Crimea in 2014.\n"


def test_the_client_in_python_runs(address: str) -> None:
    code, _ = blocks("python")
    assert ADDRESS in code
    done = subprocess.run(
        [sys.executable, "-c", code.replace(ADDRESS, address)],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Elena Petrova" in done.stdout


def test_the_statement_is_a_real_one(outputs: dict[str, str]) -> None:
    (shown,) = map(json.loads, blocks("json"))
    (line,) = [line for line in outputs if "--format jsonl" in line]
    made = [json.loads(text) for text in outputs[line].splitlines()]
    (real,) = [one for one in made if one["predicate"]["id"] == "visit"]
    assert shown == part_of(real, shown)


def part_of(value: Any, pattern: Any) -> Any:
    """Leave out of `value` the fields that `pattern` does not show."""
    if isinstance(value, dict) and isinstance(pattern, dict):
        return {key: part_of(value[key], pattern[key]) for key in pattern}
    return value


def test_every_command_is_listed() -> None:
    listed = {name.strip("`").removeprefix("newsgraph "): sentence for name, sentence in table("Commands")}
    assert listed == {name: sentence for name, (_, sentence) in COMMANDS.items()}


def test_every_setting_is_listed() -> None:
    listed = {name.strip("`"): (default.strip("`"), meaning) for name, default, meaning in table("Settings")}
    assert listed == {
        f"NEWSGRAPH_{name.upper()}": (str(field.default), field.description)
        for name, field in Settings.model_fields.items()
    }


def test_every_route_is_listed() -> None:
    listed = {path for row in table("Routes") for path in re.findall(r"`(/[^`]*)`", row[0])}
    paths = create_app(Settings.model_construct()).openapi()["paths"]
    named = re.compile(r"^/v1/queries/[\w-]+$")
    known = {named.sub("/v1/queries/{name}", path) for path in paths}
    assert listed == {*known, "/", "/docs", "/openapi.json"}


def test_every_named_query_is_listed() -> None:
    (row,) = [row for row in table("Routes") if row[0] == "`/v1/queries/{name}`"]
    assert set(re.findall(r"`(\w+)`", row[1])) == set(load_library().queries)


def test_every_filter_is_listed() -> None:
    (row,) = [row for row in table("Routes") if row[0] == "`/v1/statements`"]
    names = {field.alias or name for name, field in ListQuery.model_fields.items()}
    assert set(re.findall(r"`(\w+)`", row[1])) == names | {"sort"}


def test_every_order_is_listed() -> None:
    (told,) = re.findall(r"in an order of `sort`:(.*?)\.\n", README, re.DOTALL)
    assert set(re.findall(r"`([-\w]+)`", told)) == set(Sort)


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)|`((?:data|graph|api|tests)/[\w./-]*)`", README)
    assert len(named) > 5
    for pair in named:
        (path,) = filter(None, pair)
        assert (ROOT / path).exists(), path
