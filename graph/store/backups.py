"""`backup` and `restore`: ledger and graph of one moment, as one tar file.

    backup.tar
      ledger.sqlite    by SQLite's own backup
      graph/...        a checkpoint of the store: hard links to files that never change

Both are taken while the one writer waits; what is written while the file is made is not in it. So a
backup may be made, and streamed, while the server works.
"""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from graph.errors import BadRecord, StoreError, StoreInUse
from graph.store import folders, keys
from graph.store.archive import Archive
from graph.store.engine import Engine, telling

_CHUNK: Final = 256 * 1024
_MODE: Final = 0o600


@contextmanager
def _snapshot(archive: Archive) -> Iterator[Path]:
    """Give a folder with ledger and graph of one moment; removed at the end. Raises StoreError."""
    folder = Path(tempfile.mkdtemp(prefix=folders.SNAPSHOT, dir=archive.directory))
    try:
        with archive.turn(), telling(folder):
            archive.store.checkpoint(folder / folders.GRAPH)
            archive.ledger.backup(folder / folders.LEDGER)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def backup(archive: Archive) -> Iterator[bytes]:
    """Give the bytes of a backup, chunk by chunk. Raises StoreFull or another StoreError."""
    with _snapshot(archive) as folder:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield from _member(path, path.relative_to(folder).as_posix())
    yield tarfile.NUL * (2 * tarfile.BLOCKSIZE)


def _member(path: Path, name: str) -> Iterator[bytes]:
    info = tarfile.TarInfo(name)
    stat = path.stat()
    info.size, info.mtime, info.mode = stat.st_size, int(stat.st_mtime), _MODE
    yield info.tobuf()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
    yield tarfile.NUL * (-info.size % tarfile.BLOCKSIZE)


def restore(file: Path, directory: Path, *, replace: bool = False) -> int:
    """Make the folder `directory` what the backup `file` holds; return how many articles are stored in it.

    What is there is replaced only if `replace` says so, and only when the backup has been found whole; its
    keys stay, for they are not in a backup.
    Raises StoreError if something is there, BadRecord if `file` is no backup, StoreDamaged if its parts
    do not agree, StoreInUse if a process has the folder open, OSError for the file.
    """
    if directory.exists() and any(directory.iterdir()) and not replace:
        raise StoreError(
            f"{directory} is not empty, and nothing is overwritten; name another folder, or add --replace."
        )
    directory.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".newsgraph-restore-", dir=directory.parent))
    old = new.with_name(f"{new.name}-old")
    try:
        _unpack(file, new)
        count = _checked(new)
        if directory.exists():
            _check_free(directory)
            keys.carry_over(directory, new)
            directory.rename(old)
        new.rename(directory)
    except BaseException:
        if old.exists() and not directory.exists():
            old.rename(directory)
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return count


def _unpack(file: Path, folder: Path) -> None:
    (folder / folders.GRAPH).mkdir(mode=0o700)
    try:
        with tarfile.open(file, "r:") as tar:
            for info in tar:
                parts = Path(info.name).parts
                of_graph = len(parts) == 2 and parts[0] == folders.GRAPH and parts[1] not in ("", "..")
                source = tar.extractfile(info) if info.isreg() else None
                if source is None or not (of_graph or parts == (folders.LEDGER,)):
                    raise BadRecord(
                        f"{file} holds {info.name!r}, which is no part of a backup; name another file."
                    )
                with (folder / info.name).open("xb") as target:
                    shutil.copyfileobj(source, target, _CHUNK)
    except tarfile.TarError as error:
        raise BadRecord(f"{file} is no backup, or not all of one ({error}); name another file.") from error
    if not (folder / folders.LEDGER).exists():
        raise BadRecord(f"{file} holds no {folders.LEDGER} and is no backup; name another file.")


def _checked(folder: Path) -> int:
    """Open what was unpacked, which counts what the last writes left; return how many articles are stored."""
    with closing(sqlite3.connect(folder / folders.LEDGER)) as sql:
        row = sql.execute("SELECT value FROM meta WHERE key = 'base'").fetchone()
    with Archive.open(folder, row[0] if row else "") as archive:
        return archive.ledger.count()


def _check_free(directory: Path) -> None:
    """Raise StoreInUse if a process has the store open; one that is damaged may be replaced."""
    try:
        if (directory / folders.GRAPH).exists():
            Engine(directory / folders.GRAPH).close()
    except StoreInUse:
        raise
    except StoreError:
        return
