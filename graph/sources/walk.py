"""Finds the files of a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from graph.errors import UnreadableSource
from graph.model import Failure

_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "There is no such file or folder. Check the path.",
    PermissionError: "It may not be read. Check its permissions.",
}


def unreadable(error: OSError) -> UnreadableSource:
    """Make our error out of the system's."""
    reason = next((text for kind, text in _REASONS.items() if isinstance(error, kind)), None)
    return UnreadableSource(reason or f"It cannot be read ({error.strerror or error}). Check the path.")


def shown(path: str | Path) -> str:
    """Return a path as it can be printed: bytes that are not UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def files_under(
    folder: Path, suffixes: Collection[str], on_skipped: Callable[[Path], object]
) -> Iterator[Path | Failure]:
    """Give the files with one of `suffixes` (lower case, with the dot), sorted by name folder by folder.

    Hidden ones are left out, and so are those with another suffix, of which `on_skipped` hears. Links are
    followed, and each folder is entered once, so that a link to a folder above ends. A folder that cannot
    be read is a Failure.
    """
    waiting, entered = [folder], set()
    while waiting:
        path = waiting.pop()
        try:
            if not path.is_dir():
                yield path
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) not in entered:
                entered.add((status.st_dev, status.st_ino))
                waiting.extend(reversed(_wanted(path, suffixes, on_skipped)))
        except OSError as error:
            yield Failure(shown(path), unreadable(error))


def _wanted(folder: Path, suffixes: Collection[str], on_skipped: Callable[[Path], object]) -> list[Path]:
    """Return the sorted content of a folder that is worth a look."""
    wanted = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix.lower() in suffixes or path.is_dir():
            wanted.append(path)
        else:
            on_skipped(path)
    return wanted
