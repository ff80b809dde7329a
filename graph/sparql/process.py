"""One worker process as its parent sees it."""

from __future__ import annotations

import json
import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Final

from graph.errors import NewsgraphError
from graph.sparql import failures, sandbox, wire
from graph.sparql.wire import Frame, Kind, Request, Start

_LOG: Final = logging.getLogger(__name__)
# How long a worker may take to start on a busy machine.
_START_SECONDS: Final = 20.0
# As much as the worker's pipe for messages holds.
_STDERR: Final = 64 * 1024


class WorkerEndedError(Exception):
    """The worker has ended; `Worker.dispose` says why."""


class Worker:
    """A worker process with its pipes.

    `in_force` is what its sandbox has in force, once it is ready. The methods may be called from any thread;
    `end` ends a `receive` in another one.
    """

    def __init__(self, start: Start) -> None:
        """Start the process, and do not wait for it. Raises OSError if the system has no room for it."""
        self.start = start
        self.in_force: frozenset[str] | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-s", "-P", "-m", "graph.sparql.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests = self._process.stdin.fileno()
        self._answers = self._process.stdout.fileno()
        self._arrivals = select.poll()
        self._arrivals.register(self._answers, select.POLLIN)
        self._unpacker = wire.Unpacker()
        self._frames: deque[Frame] = deque()
        self._pipes = threading.Lock()
        self._error: NewsgraphError | None = None
        self._ended: tuple[int, bytes] | None = None
        # should it have ended already, `await_ready` finds out
        with suppress(WorkerEndedError):
            self._write(wire.pack(Kind.HELLO, wire.encode(start)))

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def await_ready(self) -> None:
        """Wait until the worker has started. Raises WorkerEndedError if it did not."""
        if self.in_force is not None:
            return
        try:
            frame = self.receive(time.monotonic() + _START_SECONDS)
        except TimeoutError as error:
            self.end()
            raise WorkerEndedError from error
        self.in_force = frozenset(json.loads(frame.payload))
        missing = {sandbox.FILES, sandbox.CALLS} - self.in_force
        if missing:
            _LOG.warning("This system cannot confine query workers fully; missing: %s.", "; ".join(missing))

    def send(self, request: Request) -> None:
        """Send a query. Raises WorkerEndedError."""
        with self._pipes:
            self._write(wire.pack(Kind.QUERY, wire.encode(request)))

    def receive(self, deadline: float) -> Frame:
        """The next frame. Raises TimeoutError at `deadline` (monotonic seconds), or WorkerEndedError."""
        while not self._frames:
            with self._pipes:
                self._frames.extend(self._unpacker.feed(self._read(deadline)))
        return self._frames.popleft()

    def end(self, because: NewsgraphError | None = None) -> None:
        """End the process now; `because` is what `dispose` then gives as the reason."""
        if self._error is None:
            self._error = because
        self._process.kill()

    def dispose(self, seconds: float = 0.0) -> NewsgraphError:
        """End the process, wait for it and close the pipes; say why it ended, in a query of `seconds`."""
        self._process.kill()
        with self._pipes:
            if self._ended is None:
                code = self._process.wait()
                self._ended = (code, self._last_words())
                for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                    if pipe is not None:
                        pipe.close()
        if self._error is not None:
            return self._error
        if self.in_force is None:
            return failures.of_start(*self._ended)
        return failures.of_death(*self._ended, seconds, self.start)

    def _write(self, data: bytes) -> None:
        if self._ended is not None:
            raise WorkerEndedError
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self._requests, left) :]
        except BrokenPipeError as error:
            raise WorkerEndedError from error

    def _read(self, deadline: float) -> bytes:
        if self._ended is not None:
            raise WorkerEndedError
        if not self._arrivals.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        data = os.read(self._answers, wire.CHUNK)
        if not data:
            raise WorkerEndedError
        return data

    def _last_words(self) -> bytes:
        """What the engine wrote as it ended; the process is gone, so this does not wait."""
        assert self._process.stderr is not None
        return os.read(self._process.stderr.fileno(), _STDERR)


def environment() -> dict[str, str]:
    """Only what a worker needs: no key or token of the parent is in its memory."""
    return {
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path),
        "LC_ALL": "C.UTF-8",
        # each further arena of the C library reserves 64 MB of address space, which is limited
        "MALLOC_ARENA_MAX": "2",
        "RUST_BACKTRACE": "0",
    }
