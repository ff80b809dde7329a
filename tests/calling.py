"""Calls the `newsgraph` command for a test: in this process, or as a person does, in one of its own."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli import create_cli

ARTICLE = (
    "President Anna Berg plans to visit Poland next week. Berg met Karl Lund in Oslo on Monday. "
    "Lund has refused to condemn the attack."
)
OTHER = "President Anna Berg met Karl Lund in Oslo. The two leaders signed a treaty."
ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-c", "from api.cli import main; main()")
_LONGEST = 60.0
"""Seconds after which a process that was started is ended, so that no test hangs."""


@dataclass(frozen=True)
class Result:
    """Exit status, and what was written to standard output and standard error."""

    status: int
    out: str
    err: str


class Caller:
    """Calls the command in this process."""

    def __init__(self, captured: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        self._captured = captured
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Result:
        self._captured.readouterr()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            create_cli()([str(argument) for argument in arguments], prog_name="newsgraph")
        out, err = self._captured.readouterr()
        return Result(int(ended.value.code or 0), out.decode(), err.decode())


def environment(**settings: str) -> dict[str, str]:
    """An environment with no settings but `settings`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSGRAPH_")}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "TERM": "xterm-256color", **settings}


@contextmanager
def started(*arguments: str | Path, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Start the command in a process of its own, and end it at the latest when the test is over."""
    call = [*COMMAND, *map(str, arguments)]
    given: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "env": environment(),
        **options,
    }
    with subprocess.Popen(call, text=True, **given) as process:
        limit = threading.Timer(_LONGEST, process.kill)
        limit.start()
        try:
            yield process
        finally:
            limit.cancel()
            process.kill()


def at_terminal(*arguments: str | Path, **settings: str) -> tuple[int, str]:
    """Run the command with standard output at a terminal; give its status and what the terminal was sent."""
    ours, theirs = pty.openpty()
    with started(*arguments, stdout=theirs, env=environment(**settings)) as process:
        os.close(theirs)
        shown = b"".join(_until_closed(ours))
        os.close(ours)
        return process.wait(), shown.decode().replace("\r\n", "\n")


def _until_closed(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other side is closed
            return
        if not data:
            return
        yield data


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def ids_of(told: str) -> list[str]:
    return [line.split("\t")[1] for line in told.splitlines()]
