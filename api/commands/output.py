"""Where the command line writes: data to standard output or a file, words to standard error."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console, RenderableType

from api.commands.options import Layout
from api.commands.printable import Printable, printable

_PIPED_WIDTH = 160  # columns of a table that goes to a file or to another program


def say(sentence: str) -> None:
    """Tell the person something, on standard error."""
    print(printable(sentence), file=sys.stderr)


def at_terminal() -> bool:
    """Tell if a person reads standard output."""
    return sys.stdout.isatty()


def layout_for(shape: Layout | None) -> Layout:
    """Choose how to show something: as asked, else as a table for a person and as JSON for a program."""
    return shape or (Layout.TABLE if at_terminal() else Layout.JSON)


def write_json(value: object) -> None:
    """Print a JSON value, indented, on standard output."""
    write_chunks([json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"), b"\n"])


def console(file: Path | None = None) -> Console:
    """Make a console for what `rendered` makes for `file` or standard output; colours only at a terminal."""
    person = file is None and at_terminal()
    return Console(
        file=io.StringIO(),  # on standard output it would end the process itself if the reader went away
        width=None if person else _PIPED_WIDTH,
        force_terminal=person or None,
        no_color=None if person else True,
        highlight=False,
        emoji=False,
        markup=False,
    )


def show(*things: RenderableType) -> None:
    """Print tables and texts to standard output."""
    screen = console()
    for thing in things:
        write_chunks([rendered(screen, thing)])


def rendered(screen: Console, thing: RenderableType) -> bytes:
    """Return what `screen` would print, as UTF-8, and nothing that a terminal obeys but its colours."""
    with screen.capture() as captured:
        screen.print(Printable(thing))
    return captured.get().encode("utf-8", "backslashreplace")


def write_chunks(chunks: Iterable[bytes]) -> int:
    """Write to standard output, each chunk at once if a person watches; return how many bytes that were."""
    stream, person, size = sys.stdout.buffer, at_terminal(), 0
    for chunk in chunks:
        size += stream.write(chunk)
        if person:
            stream.flush()
    return size


def write(chunks: Iterable[bytes], file: Path | None) -> int:
    """Write `chunks` to `file`, or to standard output if it is None; return how many bytes that were.

    A regular file appears whole under its name or not at all: what was there stays until the new one is
    on the disk. A link stays a link, to the new file; a pipe or a device is written to. Raises OSError.
    """
    if file is None:
        return write_chunks(chunks)
    with _blaming(file):
        there = _status(file)
    if there is None:
        return _replace(file, chunks, _mode_of_new_files())
    if stat.S_ISREG(there.st_mode):
        return _replace(file, chunks, stat.S_IMODE(there.st_mode))
    with _blaming(file):
        stream = file.open("wb")
    with stream:
        return sum(map(stream.write, chunks))


def _status(file: Path) -> os.stat_result | None:
    """Look at what a path leads to; None if nothing is there yet."""
    try:
        return file.stat()
    except FileNotFoundError:
        return None


def _replace(file: Path, chunks: Iterable[bytes], mode: int) -> int:
    """Put a new file with the permissions `mode` where `file` leads to, once it is whole; return its size."""
    with _blaming(file):
        place = file.resolve()
        # Not named after the file, whose name may already be as long as one can be.
        handle, name = tempfile.mkstemp(prefix=".newsgraph.", suffix=".part", dir=place.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            size = sum(map(stream.write, chunks))
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(mode)
        with _blaming(file):
            part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return size


@contextmanager
def _blaming(file: Path) -> Iterator[None]:
    """Let an error of the system name `file`, which a person knows, and not what it is written to first."""
    try:
        yield
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(file)) from error


def _mode_of_new_files() -> int:
    """The permissions that an ordinary new file has; temporary ones are for their owner only."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
