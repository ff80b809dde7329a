"""The folder of an archive and what lies in it: made, exchanged, swept.

The exchange of the graph for a new one is finished by the next opening if a process is killed in it.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Final

from graph.errors import StoreDamaged, StoreError
from graph.store.engine import telling
from graph.store.ledger import Ledger

LEDGER: Final = "ledger.sqlite"
GRAPH: Final = "graph"
NEW: Final = "graph.new"
SNAPSHOT: Final = "snapshot-"
_OLD: Final = "graph.old"
_PARTS: Final = (NEW, _OLD, "rebuild.nq")


def make(directory: Path, create: bool) -> None:
    """Make the folder unless it is there. Raises StoreError, and StoreDamaged if its ledger is gone."""
    if not create and not (directory / LEDGER).exists():
        raise StoreError(f"There is no store in {directory}; make one with `newsgraph ingest`.")
    if (directory / GRAPH).exists() and not (directory / LEDGER).exists():
        raise StoreDamaged(
            f"{directory} holds a graph but no {LEDGER}; restore it from a backup, or name another folder."
        )
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {directory} cannot be made ({error}); name another one.") from error


def set_due(sql: sqlite3.Connection, due: bool) -> None:
    """Write down whether the new folder is whole and is to take the place of the old one."""
    sql.execute("INSERT OR REPLACE INTO meta VALUES ('exchange', ?)", (str(int(due)),))


def finish(directory: Path, ledger: Ledger) -> None:
    """Let the new folder take its place if it is due; to be called before the graph is opened."""
    with ledger.reading() as sql:
        row = sql.execute("SELECT value FROM meta WHERE key = 'exchange'").fetchone()
    if row is None or row[0] != "1":
        return
    graph, new, old = (directory / name for name in (GRAPH, NEW, _OLD))
    with telling(directory):
        if new.exists():
            if graph.exists():
                shutil.rmtree(old, ignore_errors=True)
                graph.rename(old)
            new.rename(graph)
    with ledger.transaction() as sql:
        set_due(sql, False)


def sweep(directory: Path) -> None:
    """Remove what was left of an exchange that is over, or never came; only who has the graph open may."""
    for path in (*(directory / name for name in _PARTS), *directory.glob(f"{SNAPSHOT}*")):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
