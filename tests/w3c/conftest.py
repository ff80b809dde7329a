"""The server that the suites are run on, one for the whole run, and the figures at its end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.w3c.manifests import Suites, folder
from tests.w3c.service import Paths, Service

PATHS: Final = Paths("/sparql", "/update", "/store")
ROOT: Final = Path(__file__).resolve().parents[2]
MEMORY: Final = Path("/dev/shm")
"""A disk in memory, where the machine has one: each of hundreds of changes is waited for until it is kept."""
COMMAND: Final = (sys.executable, "-c", "from api.cli import main; main()")
PATIENCE: Final = 60.0
"""Seconds that the server may take to end."""
RECORD: Final = "w3c"
"""Name of the property under which a test's report carries suite, kind and verdict."""


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """Our server, as `newsgraph serve` starts it, with an empty store on disk that may be written to."""
    suites = folder()
    assert suites is not None, "a test without the suites asks for the service"
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as data:
        yield from _serving(Path(data), Suites(suites))


def _serving(folder: Path, suites: Suites) -> Iterator[Service]:
    options = ["--data", str(folder / "data"), "--port", "0", "--allow-update"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSGRAPH_")}
    log = folder / "log"
    with log.open("wb") as errors:  # a pipe that nobody reads would stop a server that has much to tell
        process = subprocess.Popen(
            [*COMMAND, "serve", *options],
            cwd=ROOT,
            env=clean,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            with Service(_address(process, log), PATHS, suites) as opened:
                yield opened
        finally:
            _end(process)
    told = log.read_text(encoding="utf-8")
    assert "Traceback" not in told, f"the server has failed: {told}"


def _address(process: subprocess.Popen[str], log: Path) -> str:
    """Wait until the server tells its address."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("http://"), f"the server has ended: {line}{log.read_text(encoding='utf-8')}"
    return line.strip().rstrip("/")


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write for each suite and kind how many tests passed exactly, in value, or failed as expected."""
    counted: Counter[tuple[str, str]] = Counter()
    reports = [one for found in terminalreporter.stats.values() for one in found]
    for report in reports:
        properties = dict(getattr(report, "user_properties", ()))
        if RECORD in properties and getattr(report, "when", "") == "call":
            subject, _, verdict = properties[RECORD].rpartition(": ")
            counted[subject, verdict] += 1
    if not counted:
        return
    terminalreporter.section("W3C suites")
    for subject in dict.fromkeys(subject for subject, _ in counted):
        figures = ", ".join(
            f"{counted[subject, verdict]} {verdict}" for verdict in ("exact", "value", "fail")
        )
        terminalreporter.write_line(f"{subject}: {figures}")
    totals = Counter[str]()
    for (_, verdict), number in counted.items():
        totals[verdict] += number
    terminalreporter.write_line(", ".join(f"{number} {verdict}" for verdict, number in totals.items()))
