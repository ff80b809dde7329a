"""One worker process as its parent's event loop sees it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from graph.errors import NewsgraphError
from graph.sparql import failures, sandbox, wire
from graph.sparql.wire import Frame, Kind, Request, Start

_LOG: Final = logging.getLogger(__name__)
_NICE: Final = 10
# The engine takes and gives back memory all the time. Let the C library keep more of it at hand than it does
# for programs that it knows nothing of (`malloc_trim` in `sandbox.py` still gives it back); others read no
# such thing.
_ALLOCATOR: Final = ":".join(
    f"glibc.malloc.{name}={value}"
    for name, value in {
        "tcache_count": 500,
        "tcache_max": 64 * 1024,
        "trim_threshold": 64 * 1024**2,
        "mmap_threshold": 32 * 1024**2,
    }.items()
)
# As much as the worker's pipe for messages holds.
_STDERR: Final = 64 * 1024


class Worker:
    """A worker process with its pipes.

    A thread starts it and waits for its end; in between it belongs to the event loop that `attach` gives it
    to. `in_force` is what its sandbox has in force, once it is ready.
    """

    def __init__(self, start: Start) -> None:
        """Start the process, and do not wait for it. Raises OSError if the system has no room for it."""
        self.start = start
        self.in_force: frozenset[str] | None = None
        self._process = spawn("graph.sparql.worker")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests = self._process.stdin.fileno()
        self._answers = self._process.stdout.fileno()
        os.set_blocking(self._requests, False)
        os.set_blocking(self._answers, False)
        self._unpacker = wire.Unpacker()
        self._unsent = bytearray()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._take: Callable[[Worker, Frame | None], None] = _nobody
        self._reading = False
        self._error: NewsgraphError | None = None
        self._reason: NewsgraphError | None = None
        self._hello = wire.pack(Kind.HELLO, wire.encode(start))

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def attach(self, loop: asyncio.AbstractEventLoop, take: Callable[[Worker, Frame | None], None]) -> None:
        """Belong to `loop`: `take` is called in it with each frame, and with None when it has ended."""
        self._loop = loop
        self._take = take
        self._write(self._hello)
        self.resume()

    def note_ready(self, frame: Frame) -> None:
        """Take what the worker says when it has started."""
        self.in_force = frozenset(json.loads(frame.payload))
        missing = {sandbox.FILES, sandbox.CALLS} - self.in_force
        if missing:
            _LOG.warning("This system cannot confine query workers fully; missing: %s.", "; ".join(missing))

    def send(self, request: Request) -> None:
        """Send a query; that its worker has ended is noticed by who waits for the answer."""
        self._write(wire.pack(Kind.QUERY, wire.encode_request(request)))

    def pause(self) -> None:
        """Read no more for now: the worker waits when the pipe is full."""
        if self._reading and self._loop is not None:
            self._reading = False
            self._loop.remove_reader(self._answers)

    def resume(self) -> None:
        """Read again."""
        if not self._reading and self._loop is not None:
            self._reading = True
            self._loop.add_reader(self._answers, self._readable)

    def yield_processor(self) -> None:
        """Let the server, and what is quick, have the processor first."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _NICE)

    def is_equal_again(self) -> bool:
        """Undo `yield_processor`, if that is allowed."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, os.getpriority(os.PRIO_PROCESS, 0))
        except OSError:
            return False
        return True

    def end(self, because: NewsgraphError | None = None) -> None:
        """End the process now; `because` is what `dispose` then gives as the reason. No frame comes more."""
        if self._error is None:
            self._error = because
        self.pause()
        if self._unsent and self._loop is not None:
            self._loop.remove_writer(self._requests)
            self._unsent.clear()
        self._loop, self._take = None, _nobody
        self._process.kill()

    def dispose(self, seconds: float = 0.0) -> NewsgraphError:
        """Wait for the process, which `end` has ended, and close its pipes, in any thread.

        Says why it ended, in a query of `seconds`.
        """
        if self._reason is None:
            self._process.kill()
            code = self._process.wait()
            self._reason = self._error or self._reason_of(code, self._last_words(), seconds)
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                if pipe is not None:
                    pipe.close()
        return self._reason

    def _reason_of(self, code: int, last_words: bytes, seconds: float) -> NewsgraphError:
        if self.in_force is None:
            return failures.of_start(code, last_words)
        return failures.of_death(code, last_words, seconds, self.start)

    def _write(self, data: bytes) -> None:
        """Send `data`, as much as the pipe takes at once and the rest when it takes more."""
        if self._unsent:
            self._unsent += data
            return
        try:
            sent = os.write(self._requests, data)
        except BlockingIOError:
            sent = 0
        except BrokenPipeError:
            return
        if sent < len(data) and self._loop is not None:
            self._unsent += data[sent:]
            self._loop.add_writer(self._requests, self._writable)

    def _writable(self) -> None:
        assert self._loop is not None
        with suppress(BlockingIOError):
            try:
                del self._unsent[: os.write(self._requests, self._unsent)]
            except BrokenPipeError:
                self._unsent.clear()
        if not self._unsent:
            self._loop.remove_writer(self._requests)

    def _readable(self) -> None:
        try:
            data = os.read(self._answers, wire.CHUNK)
        except BlockingIOError:
            return
        if not data:
            self.pause()
            self._take(self, None)
            return
        for frame in self._unpacker.feed(data):
            self._take(self, frame)

    def _last_words(self) -> bytes:
        """What the engine wrote as it ended; the process is gone, so this does not wait."""
        assert self._process.stderr is not None
        return os.read(self._process.stderr.fileno(), _STDERR)


def _nobody(worker: Worker, frame: Frame | None) -> None:
    """Take what nobody wants."""


def spawn(module: str) -> subprocess.Popen[bytes]:
    """Start a process that runs `module`, with pipes to it. Raises OSError if there is no room for it."""
    return subprocess.Popen(
        [sys.executable, "-S", "-s", "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        bufsize=0,
    )


def environment() -> dict[str, str]:
    """Only what a worker needs: no key or token of the parent is in its memory."""
    return {
        "PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path),
        "LC_ALL": "C.UTF-8",
        # each further arena of the C library reserves 64 MB of address space, which is limited
        "MALLOC_ARENA_MAX": "2",
        "GLIBC_TUNABLES": _ALLOCATOR,
        "RUST_BACKTRACE": "0",
    }
