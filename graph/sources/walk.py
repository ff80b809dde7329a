"""Finds the files of a folder."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from graph.errors import UnreadableSource
from graph.model import Failure

_REASONS: Mapping[int | None, str] = {
    errno.ENOENT: "There is no such file or folder. Check the path.",
    errno.EACCES: "It may not be read. Check its permissions.",
    errno.EPERM: "It may not be read. Check its permissions.",
    errno.EISDIR: "It is a folder. Name a file in it.",
    errno.ENOTDIR: "Something in its path is no folder. Check the path.",
    errno.ELOOP: "It is a link that leads back to itself. Name the file that is meant.",
    errno.ENAMETOOLONG: "No name can be as long. Check the path.",
    errno.EBADF: "It is closed. Open it, or name a file.",
}
"""What the system's most common refusals mean, and what to do."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def unreadable(error: OSError) -> UnreadableSource:
    """Make our error out of the system's."""
    other = f"It cannot be read ({error.strerror or error}). Check the path."
    return UnreadableSource(_REASONS.get(error.errno, other))


def shown(path: str | Path) -> str:
    """Return a path as it can be printed in a line: what a terminal obeys or is no text is escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _UNPRINTABLE.sub(lambda found: ascii(found.group())[1:-1], text) or "''"


def open_regular(path: Path) -> BinaryIO:
    """Open a file that a folder holds, which may have become something else since it was looked at.

    Never waits, as opening a pipe does. Raises UnreadableSource if it is no regular file, OSError.
    """
    stream = open(path, "rb", opener=_without_waiting)  # noqa: SIM115  # the caller closes it
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise UnreadableSource("It is no regular file. Name it itself, not its folder, to read it.")
    return stream


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # which Windows lacks, as it does such files


def files_under(
    folder: Path, suffixes: tuple[str, ...], on_skipped: Callable[[Path], object]
) -> Iterator[Path | Failure]:
    """Give the files with one of `suffixes` (lower case, with the dot), sorted by name folder by folder.

    Hidden ones are left out. So are those with another suffix, and whatever is no regular file (reading a
    pipe or a device may wait for ever); `on_skipped` hears of these. Links are followed, and each folder
    is entered once, so that a link to a folder above ends. What cannot be looked at is a Failure.
    """
    waiting, entered = [folder], set()
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISREG(status.st_mode):
                yield path
            elif not stat.S_ISDIR(status.st_mode):
                on_skipped(path)
            elif (status.st_dev, status.st_ino) not in entered:
                entered.add((status.st_dev, status.st_ino))
                waiting.extend(reversed(_wanted(path, suffixes, on_skipped)))
        except OSError as error:
            yield Failure(shown(path), unreadable(error))


def _wanted(folder: Path, suffixes: tuple[str, ...], on_skipped: Callable[[Path], object]) -> list[Path]:
    """Return the sorted content of a folder that is worth a look."""
    wanted = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.name.lower().endswith(suffixes) or os.path.isdir(path):  # unlike Path.is_dir never raises
            wanted.append(path)
        else:
            on_skipped(path)
    return wanted
