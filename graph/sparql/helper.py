"""The server's side of `rehearsal.py`: one process, started when it is needed, for one task at a time."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import threading
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final

from graph.errors import (
    BadGraph,
    BadQuery,
    Busy,
    NewsgraphError,
    QueryRefused,
    QueryTimeout,
    QueryTooHeavy,
    StoreError,
    TooLarge,
)
from graph.sparql import failures, sandbox, wire
from graph.sparql.process import spawn
from graph.sparql.wire import Frame, Kind, Start, Trouble
from graph.waiting import taken

_LOG: Final = logging.getLogger(__name__)
_LONGEST_MESSAGE: Final = 300
_STDERR: Final = 64 * 1024
# What the engine says of a context that it would have to fetch.
_REMOTE: Final = "LoadDocumentCallback"
_LEAST: Final = 0.1
"""Seconds that a task has at least, once it was let in."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task of `rehearsal.Tasks` with its fields, and the `body` that goes with it; `what` is its name."""

    task: str
    what: str
    fields: dict[str, Any]
    body: bytes = b""


class Helper:
    """Keeps the process between tasks; safe to use from many threads, which take turns."""

    def __init__(self, start: Start) -> None:
        """`start.folder` is what the process may read, `start.checkpoint` the folder that it may write in."""
        self._start = start
        self._turn = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._frames = wire.Unpacker()
        self._pending: list[Frame] = []

    def turn(self, until: float) -> AbstractContextManager[None]:
        """Have the process for oneself; raises Busy if that takes half the time until then."""
        return taken(self._turn, until)

    def run(self, job: Job, until: float, share: float) -> bytes:
        """Have a task done within a `share` of the time that is left until then; return its answer.

        Raises BadQuery (does not parse), QueryRefused, TooLarge, QueryTimeout, QueryTooHeavy, StoreError, and
        Busy if it must wait too long or no process can be started. Nothing has been changed then.
        """
        with self.turn(until):
            seconds = max(_LEAST, (until - time.monotonic()) * share)
            process = self._ready()
            late = threading.Event()

            def end() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(seconds, end)
            timer.start()
            try:
                return self._done(process, job, seconds)
            except (OSError, EOFError) as error:
                raise self._death(job, seconds, late.is_set()) from error
            finally:
                timer.cancel()
                if late.is_set():
                    self._end()

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _done(self, process: subprocess.Popen[bytes], job: Job, seconds: float) -> bytes:
        assert process.stdin is not None
        head = json.dumps({"task": job.task, "seconds": seconds, **job.fields}).encode()
        wire.write(process.stdin.fileno(), wire.pack(Kind.QUERY, head) + wire.pack(Kind.DATA, job.body))
        frame = self._receive(process)
        if frame.kind is Kind.TROUBLE:
            raise _error(job, json.loads(frame.payload), self._start)
        if self._receive(process).payload == wire.WORN:
            self._end()
        return frame.payload

    def _receive(self, process: subprocess.Popen[bytes]) -> Frame:
        """Wait for a frame. Raises EOFError if the process has ended."""
        assert process.stdout is not None
        while not self._pending:
            data = os.read(process.stdout.fileno(), wire.CHUNK)
            if not data:
                raise EOFError
            self._pending += self._frames.feed(data)
        return self._pending.pop(0)

    def _ready(self) -> subprocess.Popen[bytes]:
        """Return the process; start one if there is none."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        self._frames, self._pending = wire.Unpacker(), []
        try:
            process = self._process = spawn("graph.sparql.rehearsal")
            assert process.stdin is not None
            wire.write(process.stdin.fileno(), wire.pack(Kind.HELLO, wire.encode(self._start)))
            in_force = frozenset(json.loads(self._receive(process).payload))
        except (OSError, EOFError) as error:
            raise Busy(
                f"No process for writing could be started ({error}); try again in a moment."
            ) from error
        if missing := {sandbox.FILES, sandbox.CALLS} - in_force:
            _LOG.warning("This system cannot confine updates fully; missing: %s.", "; ".join(missing))
        return process

    def _end(self) -> tuple[int, bytes]:
        """End the process, if there is one; return its exit status and its last words."""
        process, self._process = self._process, None
        if process is None:
            return 0, b""
        process.kill()
        assert process.stderr is not None
        code, words = process.wait(), os.read(process.stderr.fileno(), _STDERR)
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
        return code, words

    def _death(self, job: Job, seconds: float, late: bool) -> NewsgraphError:
        code, words = self._end()
        if late or -code == signal.SIGALRM:
            return QueryTimeout(
                f"{job.what} was ended after {seconds:.3g} s and has changed nothing; narrow it or raise "
                "NEWSGRAPH_QUERY_TIMEOUT."
            )
        if -code == signal.SIGSYS:
            return QueryRefused(
                f"{job.what} would have reached out of this store, which is refused; nothing has changed: "
                "leave out LOAD and SERVICE."
            )
        cause = (
            "more memory than is allowed"
            if failures.is_memory(words)
            else f"too much ({failures.ending(code)})"
        )
        return QueryTooHeavy(
            f"{job.what} needed {cause} and has changed nothing; do less at once or raise "
            "NEWSGRAPH_QUERY_MEMORY."
        )


def _error(job: Job, report: dict[str, str], start: Start) -> NewsgraphError:
    """Make the error for what the process reported."""
    message = " ".join(report["message"].split())[:_LONGEST_MESSAGE]
    match Trouble(report["trouble"]):
        case Trouble.SYNTAX if kind := next((kind for kind in ("query", "update") if kind in job.fields), ""):
            return BadQuery(failures.syntax(report["message"], job.fields[kind], start.prefixes, kind))
        case Trouble.SYNTAX if _REMOTE in message:
            return BadGraph(
                f"{job.what} has its JSON-LD context elsewhere, and nothing is fetched; write the context "
                "into the document itself."
            )
        case Trouble.SYNTAX:
            return BadGraph(f"{job.what} does not parse: {message}. Correct it there.")
        case Trouble.MUCH:
            return TooLarge(f"{job.what} is too much at once: {message}.")
        case Trouble.REFUSED:
            return QueryRefused(f"{job.what} is not taken: {message}.")
        case Trouble.MEMORY:
            return QueryTooHeavy(
                f"{job.what} needed more than {start.megabytes} MB and changed nothing; do less at once, or "
                "raise NEWSGRAPH_QUERY_MEMORY."
            )
        case Trouble.STORE:
            return StoreError(f"{job.what} could not be rehearsed: {message}. See that the disk has room.")
        case _:
            return BadQuery(f"{job.what} cannot be done: {message}. Nothing has changed.")
