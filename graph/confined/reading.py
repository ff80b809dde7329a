"""Parquet that a stranger sent, read in a confined process: its articles one by one, or why there are none.

What it may cost is bounded, whatever the file says of itself: the memory and the processor time of the
process, the time that it is waited for, the articles, and the characters of all of them. Beyond that
nothing of the file is taken. What is wrong with one row is the failure of that row.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO, Final

from graph.confined import child
from graph.confined.items import of_line
from graph.errors import Busy, NewsgraphError, ReadFailed, TooLarge
from graph.model import Article, Failure
from graph.sources.jsonl import longest_line
from graph.sparql.process import environment

_MEMORY: Final = 512 << 20
"""Bytes that the process may take beyond what its libraries need."""
_SECONDS: Final = 30
"""Seconds of a processor that it may have."""
_WAIT: Final = 60.0
"""Seconds that it is waited for, all in all."""
_TOGETHER: Final = 1 << 20
"""Characters of the articles that are taken together, but for the last of them."""
_CHUNK: Final = 1 << 16
_ZONES: Final = Path("/usr/share/zoneinfo")
_POOL: Final = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"}
"""The allocators of pyarrow's own reserve more address space than is allowed."""
_SPLIT: Final = "Write it as several smaller ones, and send one after the other."


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a table may hold: characters of an article, articles, and characters of all of them."""

    article: int
    articles: int
    characters: int


def can_read() -> bool:
    """Tell if pyarrow, which reads Parquet, is installed; it is not loaded for that."""
    return find_spec("pyarrow") is not None


class Table:
    """A Parquet file on the disk, read from its beginning, once; the failure of a row is named `name:row`."""

    def __init__(self, file: BinaryIO, name: str, bounds: Bounds) -> None:
        """Start nothing yet."""
        self._file, self._name, self._bounds = file, name, bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._items = self._checked()
        self._ended = False

    def take(self, most: int) -> list[Article | Failure]:
        """Give the next articles, none at the end; what is wrong with all of the table is one failure `name`.

        There are fewer than `most` where they are long. Raises TooLarge for what is over a bound, Busy if no
        process can be started, ReadFailed if it says what no one foresaw. It starts the process, and waits
        for it.
        """
        taken: list[Article | Failure] = []
        size = 0
        for item in islice(self._items, most):
            taken.append(item)
            size += len(item.text) if isinstance(item, Article) else 0
            if size > _TOGETHER:
                break
        return taken

    def end(self) -> None:
        """End the process, from any thread; who waits for it in `take` gets no more than is there."""
        self._ended = True
        if self._process is not None:
            self._process.kill()
        with suppress(ValueError):  # a thread is in it, and comes to its end
            self._items.close()

    def _checked(self) -> Generator[Article | Failure]:
        """Give the items within the bounds."""
        count = size = 0
        with closing(self._lines()) as lines:
            for line in lines:
                item = _item(line, self._bounds.article)
                if isinstance(item, Failure):
                    self._see(item)
                count += 1
                size += len(item.text) if isinstance(item, Article) else 0
                if count > self._bounds.articles:
                    raise TooLarge(f"The table has more than {self._bounds.articles:,} rows. {_SPLIT}")
                if size > self._bounds.characters:
                    raise TooLarge(
                        f"The articles have over {self._bounds.characters:,} characters together. {_SPLIT}"
                    )
                yield item

    def _see(self, failed: Failure) -> None:
        """Raise the error of what is wrong with all of the table, where nothing of it is to be taken then."""
        if failed.source == self._name and isinstance(failed.error, TooLarge):
            raise failed.error

    def _lines(self) -> Generator[bytes]:
        """Give what the process writes, a line at a time; it is ended at the end, or when this is closed."""
        self._file.seek(0)
        process = self._process = _start(self._file, self._name, self._bounds.article)
        assert process.stdout is not None
        try:
            if self._ended:  # before it was there
                return
            held, longest, left = bytearray(), 2 * longest_line(self._bounds.article), _WAIT
            while data := _received(process.stdout, left):
                held += data.content
                left -= data.waited
                *whole, rest = held.split(b"\n")
                yield from map(bytes, whole)
                held = bytearray(rest)
                if len(held) > longest:
                    raise ReadFailed(_STRANGE)
            _check_end(process.wait())
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def _item(line: bytes, limit: int) -> Article | Failure:
    try:
        return of_line(line, limit)
    except (NewsgraphError, ValueError, KeyError, TypeError) as error:
        raise ReadFailed(_STRANGE) from error


@dataclass(frozen=True, slots=True)
class _Received:
    """Some bytes, and for how many seconds they were waited for."""

    content: bytes
    waited: float


def _received(pipe: IO[bytes], left: float) -> _Received | None:
    """Wait for bytes, None for the end of them. Raises TooLarge if none come in so many seconds."""
    begun, waiting = time.monotonic(), select.poll()
    waiting.register(pipe, select.POLLIN)
    if not waiting.poll(max(0.0, left) * 1000):
        raise TooLarge(f"The table takes too long to be read. {_SPLIT}")
    data = os.read(pipe.fileno(), _CHUNK)
    return _Received(data, time.monotonic() - begun) if data else None


def _start(file: BinaryIO, name: str, limit: int) -> subprocess.Popen[bytes]:
    task = {
        "name": name,
        "limit": limit,
        "memory": _MEMORY,
        "seconds": _SECONDS,
        "folders": _folders(),
    }
    try:
        return subprocess.Popen(
            [sys.executable, "-S", "-s", "-P", "-m", child.__name__, json.dumps(task)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment() | _POOL,
            bufsize=0,
        )
    except OSError as error:
        raise Busy(f"No process for the table could be started ({error}); try again in a moment.") from error


def _folders() -> list[str]:
    """Return where the libraries are that the process may still load: Python's, pyarrow's, time zones."""
    spec = find_spec("pyarrow")
    assert spec is not None
    assert spec.origin is not None
    folders = [sysconfig.get_path("stdlib"), str(Path(spec.origin).parent.parent), str(_ZONES)]
    return [folder for folder in folders if os.path.isdir(folder)]


def _check_end(code: int) -> None:
    """See that the process ended well. Raises TooLarge or ReadFailed."""
    if code == 0:
        return
    if code == child.LATE:
        raise TooLarge(f"The table needs over {_MEMORY >> 20} MB to be read. {_SPLIT}")
    if -code == signal.SIGXCPU:
        raise TooLarge(f"The table takes over {_SECONDS} s to be read. {_SPLIT}")
    raise TooLarge(
        f"The table cannot be read: its reader ended ({code}), as it does for damaged files and what unpacks"
        " to too much. Write it anew, with smaller row groups."
    )


_STRANGE: Final = "The reader of the table said what no one foresaw. Write the table anew, or report it."
