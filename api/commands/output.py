"""Where the command line writes: data to standard output or a file, words to standard error."""

from __future__ import annotations

import json
import os
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
    """Make a console for standard output, or for `file`; it has colours only at a terminal."""
    person = file is None and at_terminal()
    return Console(
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


def write_chunks(chunks: Iterable[bytes]) -> None:
    """Write to standard output, each chunk at once if a person watches."""
    stream, person = sys.stdout.buffer, at_terminal()
    for chunk in chunks:
        stream.write(chunk)
        if person:
            stream.flush()


def write(chunks: Iterable[bytes], file: Path | None) -> None:
    """Write `chunks` to `file`, or to standard output if it is None.

    A file appears whole under its name or not at all: what was there stays until the new one is on the
    disk. Raises OSError.
    """
    if file is None:
        write_chunks(chunks)
        return
    with _blaming(file):
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_mode_of_new_files())
        with _blaming(file):
            part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


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
