"""The standard streams of the process, whatever its caller made of them: closed, full, or without a reader.

The number of a closed stream goes to the next file that is opened, be it a database, which then gets what
was meant for the stream. So all three are held before anything else is opened.
"""

from __future__ import annotations

import io
import os
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO

STDOUT = "standard output"
"""The file name in an OSError of standard output."""

_NOWHERE = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)
"""How to open nothing for each number: input and output the wrong way round, so that their use fails."""


def hold_standard_streams() -> None:
    """Take the place of what is closed, and see to errors. To be called once, when the process begins.

    What goes to standard output is UTF-8, and an OSError of it names `STDOUT`. What cannot be written to
    standard error is dropped: that no one listens is no reason to end what is being done.
    """
    for number, flags in enumerate(_NOWHERE):
        if _is_closed(number):  # and so the lowest that is free, which is the one that opening gives
            os.set_inheritable(os.open(os.devnull, flags), True)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115  # open as long as the process
    sys.stdout = _text(sys.stdout, 1, "utf-8", _name_output)
    sys.stderr = _text(sys.stderr, 2, sys.stderr.encoding if sys.stderr else "utf-8", _drop)


def flush_output() -> None:
    """Write what is buffered for standard output. Raises OSError, and then nothing is left of it."""
    try:
        sys.stdout.flush()
    except OSError:
        # Else Python would try again at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        with suppress(OSError):
            sys.stdout.flush()
        raise


class _Watched(io.RawIOBase):
    """Bytes on their way to `raw`; `failed` is told of each error, and what it does not raise is over."""

    def __init__(self, raw: Any, failed: Callable[[OSError], None]) -> None:
        self._raw = raw
        self._failed = failed

    def writable(self) -> bool:
        """Return True."""
        return True

    def isatty(self) -> bool:
        """Tell if this is a terminal."""
        return bool(self._raw.isatty())

    def fileno(self) -> int:
        """Return the number of the stream."""
        return int(self._raw.fileno())

    def write(self, data: Any, /) -> int:
        """Write some of `data`, and return how many bytes that were. Raises what `failed` raises."""
        try:
            while (written := self._raw.write(data)) is None:  # full, and its caller made it not wait
                select.select([], [self._raw], [])
        except OSError as error:
            self._failed(error)
            return memoryview(data).nbytes
        return int(written)


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _text(
    given: TextIO | None, number: int, encoding: str, failed: Callable[[OSError], None]
) -> io.TextIOWrapper:
    """Make a stream that is watched out of the one that Python made, which is None where it was closed."""
    made: Any = given.buffer if given else io.FileIO(number, "wb", closefd=False)
    raw = _Watched(getattr(made, "raw", made), failed)
    person = number == 2 or raw.isatty()
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=encoding, errors="backslashreplace", line_buffering=person
    )


def _name_output(error: OSError) -> None:
    raise type(error)(error.errno, error.strerror, STDOUT) from error


def _drop(_error: OSError) -> None:
    """What no one hears is not missed."""
