"""What a confined process (`worker.py`, `rehearsal.py`) does before its own work: signals and pipes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from graph.sparql import wire
from graph.sparql.wire import Frame

STDIN: Final = 0
STDOUT: Final = 1


def settle() -> None:
    """Leave to the server when this process ends, and let the server outlive it when memory is short."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    # a terminal or a service manager sends these to all processes; the server decides when this one ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def frames() -> Iterator[Frame]:
    """Give the frames from the server, until its end of the pipe is closed."""
    unpacker = wire.Unpacker()
    while data := os.read(STDIN, wire.CHUNK):
        yield from unpacker.feed(data)
