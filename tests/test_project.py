"""The project's own files: locks, container, Makefile; checked for shape, since no engine runs here."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import graph

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("app", "build", "dev")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([a-z0-9-]+)==\S+(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def lock_lines(name: str) -> list[str]:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def pinned(name: str) -> dict[str, str]:
    """The packages of a lock and the lines that pin them."""
    return {match[1]: line for line in lock_lines(name) if (match := PIN.match(line))}


def normal(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continuation lines joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [tuple(line.strip().split(None, 1)) for line in lines]  # type: ignore[misc]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_a_hash_for_each_pin_and_nothing_else(name: str) -> None:
    hashes = 0
    for line in lock_lines(name):
        if PIN.match(line):
            hashes = 0
        elif HASH.match(line):
            hashes += 1
        else:
            assert line.lstrip().startswith("#"), line
        if line.startswith("    # via"):
            assert hashes > 0


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    text = "\n".join(lock_lines(name))
    assert "://" not in text


def test_the_locks_hold_what_the_project_asks_for() -> None:
    wanted = {
        "app": PROJECT["project"]["dependencies"],
        "build": PROJECT["dependency-groups"]["build"],
        "dev": [
            *PROJECT["project"]["dependencies"],
            *PROJECT["dependency-groups"]["build"],
            *(one for one in PROJECT["dependency-groups"]["dev"] if isinstance(one, str)),
        ],
    }
    for name, requirements in wanted.items():
        assert {normal(one) for one in requirements} <= set(pinned(name))


def test_the_smaller_locks_are_part_of_the_large_one() -> None:
    large = pinned("dev")
    for name in ("app", "build"):
        for package, line in pinned(name).items():
            assert line.split(" ;")[0].split(" \\")[0] in large[package]


def test_no_tool_of_the_developers_is_in_the_products_lock() -> None:
    assert not {"pytest", "mypy", "ruff", "hypothesis", "playwright", "hatchling"} & set(pinned("app"))


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["project"]["version"] == graph.__version__


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_image_runs_without_root_and_says_if_it_is_well() -> None:
    found = instructions()
    last = found[max(i for i, (name, _) in enumerate(found) if name == "FROM") :]
    values = dict(last)
    assert values["USER"] not in ("root", "0")
    assert values["VOLUME"] == "/data"
    assert "/healthz" in values["HEALTHCHECK"]
    assert "urllib" in values["HEALTHCHECK"]
    assert (values["ENTRYPOINT"], values["CMD"]) == ('["newsgraph"]', '["serve"]')
    assert "NEWSGRAPH_DATA=/data" in values["ENV"]


def test_the_image_installs_by_hash_and_copies_what_is_there() -> None:
    found = instructions()
    installs = [text for name, text in found if name == "RUN" and "pip install" in text]
    assert any("--require-hashes -r requirements/app.txt" in text for text in installs)
    for name, text in found:
        if name == "COPY" and not text.startswith("--from"):
            *sources, _ = text.split()
            assert all((ROOT / source).exists() for source in sources)
            assert all(f"!{source.rstrip('/')}" in (ROOT / ".dockerignore").read_text() for source in sources)


def test_the_health_check_is_python_that_asks_the_server() -> None:
    (text,) = [text for name, text in instructions() if name == "HEALTHCHECK"]
    command = yaml.safe_load(text[text.index("[") :])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "healthcheck", "exec")


def test_compose_opens_as_little_as_it_can() -> None:
    service = compose()["services"]["newsgraph"]
    assert service["ports"] == ["127.0.0.1:8000:8000"]
    assert service["environment"]["NEWSGRAPH_API_KEY"].startswith("${NEWSGRAPH_API_KEY:?")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert any(mount.startswith("/tmp") for mount in service["tmpfs"])
    assert service["mem_limit"]


def test_compose_keeps_the_data_in_a_named_volume() -> None:
    whole = compose()
    volume, _, target = whole["services"]["newsgraph"]["volumes"][0].partition(":")
    assert volume in whole["volumes"]
    assert target == dict(instructions())["VOLUME"]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_help_lists_the_targets() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("install", "demo", "serve", "test", "bench", "model", "lock", "clean"):
        assert re.search(rf"make {target} +\S", told)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_an_old_python_is_named_with_what_to_do(tmp_path: Path) -> None:
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    call = ["make", "install", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}"]
    told = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode != 0
    assert "needs Python 3.11 or newer" in told.stderr
    assert not (tmp_path / "venv").exists()


def test_ci_calls_the_tests_and_may_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)
    assert "make test" in script.read_text(encoding="utf-8").splitlines()[-1]
