"""The handle on Oxigraph: opens it, says what went wrong with it, and renews it after a write that failed.

RocksDB, which is under Oxigraph, keeps the error of a failed write (a full disk) and refuses every later
one until it is opened anew; so that is done here, at the next write. Reads go on all the while.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pyoxigraph

from graph.errors import StoreDamaged, StoreError, StoreFull, StoreInUse

# Readers that are at work hold the old handle; how long to wait for them, and how often to look.
_PATIENCE: Final = 2.0
_LOOK: Final = 0.02

_FULL = "The graph cannot be written ({error}); make room on the disk, then do it again."
_DAMAGED = (
    "The graph in {path} is damaged ({error}); the texts in the ledger are safe. Move the folder {path} away;"
    " the next `newsgraph serve` or `newsgraph ingest` reads them all again."
)
_CLOSED_OFF = "The graph in {path} cannot be written ({error}); let this user write to it, or copy it."
_IN_USE = "{store} is open in another newsgraph process; stop it, or ask it over HTTP."
_OTHER = "The graph in {path} cannot be used ({error}); mend that, then do it again."

# What the engine's message holds, the error that it then is, and what to say; the first that fits.
# Its exceptions tell no more: OSError or RuntimeError, and mostly no number.
_FAILURES: tuple[tuple[str, type[StoreError], str], ...] = (
    ("No space left", StoreFull, _FULL),
    ("quota exceeded", StoreFull, _FULL),
    ("File too large", StoreFull, _FULL),  # the process may write no more into one file
    ("Corruption", StoreDamaged, _DAMAGED),
    ("Read-only file system", StoreError, _CLOSED_OFF),
    ("Permission denied", StoreError, _CLOSED_OFF),
    ("No such file", StoreDamaged, _DAMAGED),
    ("LOCK: ", StoreInUse, _IN_USE),
)


class Engine:
    """One opened Oxigraph store, which is replaced when a write failed. Safe to use from many threads."""

    def __init__(self, path: Path | None) -> None:
        """Open the directory `path` (made if need be), or an empty store in memory.

        Raises StoreInUse if another process has it open, StoreDamaged if files of it are broken or
        gone, StoreFull or another StoreError if the disk refuses.
        """
        self._path = path
        self._handle = threading.RLock()
        self._turn = threading.Lock()
        self._failed = False
        self._closed = False
        self._opened: pyoxigraph.Store | None = _open(path)

    def get(self) -> pyoxigraph.Store:
        """Return the engine, for reads: do not keep it. Raises StoreError if it is closed."""
        with self._handle:
            if self._closed:
                raise StoreError("The store is closed; open it again.")
            if self._opened is None:
                self._renew()
            assert self._opened is not None
            return self._opened

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Have the only turn to write; after one that failed, the next begins by opening the engine anew.

        Raises StoreFull if the disk is full, StoreError if it refuses for another reason.
        """
        with self._turn:
            if self._failed and not self._closed:
                self._renew()
            try:
                with telling(self._path):
                    yield
            except (StoreError, RuntimeError):
                self._failed = self._path is not None
                raise

    def close(self) -> None:
        """Release the directory; every later call raises StoreError."""
        with self._turn, self._handle:
            if self._opened is not None and not self._failed:
                with suppress(OSError, RuntimeError):  # it only makes the next opening quicker
                    self._opened.flush()
            self._opened, self._closed = None, True

    def _renew(self) -> None:
        """Open the engine again; if the disk does not let it, at least what is there can be read."""
        with self._handle:
            self._opened = None
            gc.collect()  # the exception that told of the failure may hold the old one
            try:
                self._opened = _open_patiently(self._path)
                self._failed = False
            except StoreError:
                self._failed = True
                self._opened = _read_only(self._path)
                raise


@contextmanager
def telling(path: Path | None) -> Iterator[None]:
    """Turn what the engine of the store in `path` raises about the disk into the StoreError that it is."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        for words, kind, message in _FAILURES:
            if words in str(error):
                raise kind(_told(message, path, error)) from error
        if isinstance(error, OSError):
            raise StoreError(_told(_OTHER, path, error)) from error
        raise


def is_disk_error(error: Exception) -> bool:
    """Tell if what the engine raised is about the disk, and not about what it was asked."""
    return any(words in str(error) for words, _, _ in _FAILURES)


def _told(message: str, path: Path | None, error: Exception) -> str:
    return message.format(path=path or "memory", store=path and path.parent, error=error)


def _open(path: Path | None) -> pyoxigraph.Store:
    with telling(path):
        return pyoxigraph.Store() if path is None else pyoxigraph.Store(path)


def _open_patiently(path: Path | None) -> pyoxigraph.Store:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return _open(path)
        except StoreInUse:
            if time.monotonic() > end:
                raise
            time.sleep(_LOOK)


def _read_only(path: Path | None) -> pyoxigraph.Store | None:
    """Open what is there for reading, which needs no room on the disk; None if that cannot be either."""
    try:
        return None if path is None else pyoxigraph.Store.read_only(str(path))
    except (OSError, RuntimeError):
        return None
