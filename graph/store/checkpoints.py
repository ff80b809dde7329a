"""Copies of the graph that other processes read: one per sequence number, the newest two kept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from graph.store.base import Store
from graph.store.engine import telling

_KEPT = 2


class Checkpoints:
    """The folder of the copies. Not safe for two threads at once: the archive holds its lock around it."""

    def __init__(self, directory: Path | None) -> None:
        """Empty the folder `directory` of what a killed process left; None for a temporary one."""
        self._directory = directory
        if directory is not None:
            shutil.rmtree(directory, ignore_errors=True)

    def get(self, store: Store, sequence: int) -> Path:
        """Return the copy of `store` as of `sequence`, made now if it is not there; its name is the number.

        A reader that has an older one open keeps it, for an open file outlives its name.
        Raises StoreFull or another StoreError if the disk refuses.
        """
        with telling(self._directory):
            path = self.folder / str(sequence)
            if not path.exists():
                self._make(store, path)
        return path

    def close(self) -> None:
        """Remove all copies."""
        if self._directory is not None:
            shutil.rmtree(self._directory, ignore_errors=True)

    @property
    def folder(self) -> Path:
        """The folder of the copies, made if need be."""
        if self._directory is None:
            self._directory = Path(tempfile.mkdtemp(prefix="newsgraph-"))
        self._directory.mkdir(mode=0o700, exist_ok=True)
        return self._directory

    def _make(self, store: Store, path: Path) -> None:
        unfinished = path.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            store.checkpoint(unfinished)
            unfinished.rename(path)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        for old in sorted(path.parent.iterdir(), key=lambda copy: int(copy.name))[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
