"""What `make serve` serves, told by a command that only repeats its arguments."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from calling import ROOT, environment

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in ("pyproject.toml", "requirements/dev.txt", ".venv/.installed"):  # the last is the newest
        (tmp_path / name).touch()
    command = tmp_path / ".venv" / "bin" / "newsgraph"
    command.write_text('#!/bin/sh\necho "$@"\n')
    command.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("there", "settings", "arguments"),
    [
        ((), {}, "serve"),
        (("demo/store",), {}, "serve --data demo/store"),
        (("demo/store", "newsgraph-data"), {}, "serve"),
        (("newsgraph-data",), {}, "serve"),
        (("demo/store",), {"NEWSGRAPH_DATA": "elsewhere"}, "serve"),
    ],
)
def test_the_store_of_the_demo_is_served_if_there_is_no_other(
    checkout: Path, there: tuple[str, ...], settings: dict[str, str], arguments: str
) -> None:
    for folder in there:
        (checkout / folder).mkdir(parents=True)
    # These tests may themselves run under make, which hands its flags and variables down.
    given = {name: value for name, value in environment(**settings).items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "serve"],
        cwd=checkout,
        env={name: value for name, value in given.items() if name not in {"MFLAGS", "VENV", "PYTHON"}},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == arguments
