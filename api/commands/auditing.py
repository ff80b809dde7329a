"""The audit lines of changes that commands make: as those of a server, on standard error.

    {"event": "change", "actor": "hale", "key": null, "from": "command line", "command": "delete",
     "ids": ["7176ba4e2802d9320a1b"], "status": 0, "outcome": "done"}

A person at a terminal is told in a sentence what was done, and needs no line.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import typer

from api.commands.hands import local_user

_CHANGING: Final = frozenset(
    {
        *("ingest", "delete", "rebuild", "restore"),
        *("merge", "unmerge", "distinguish", "rename", "retype", "correct", "reject", "undo"),
        *("jobs cancel", "jobs retry", "jobs remove", "keys add", "keys revoke"),
    }
)
"""The commands that change something; `watch` writes a line for each round that did."""
_NAMING: Final = ("id_", "ids", "number", "which", "name", "into", "other")
"""The parameters that say what a command changes."""
_OUTCOMES: Final[Mapping[int, str]] = {0: "done", 1: "failed", 2: "refused"}
_BROKEN_OFF: Final = "broken off"
_noted: ContextVar[list[str] | None] = ContextVar("noted", default=None)


def note(ids: Iterable[str]) -> None:
    """Add the ids of what a command changed to its line, if its parameters do not name them."""
    if (found := _noted.get()) is not None:
        found.extend(ids)


@contextmanager
def audited(command: str, parameters: Mapping[str, Any]) -> Iterator[None]:
    """Write the line of a command that ends with a typer.Exit, or well; nothing if it changes nothing."""
    if command not in _CHANGING:
        yield
        return
    ids = [str(one) for name in _NAMING for one in _listed(parameters.get(name))]
    before = _noted.set(ids)
    status: int | None = None
    try:
        yield
        status = 0
    except typer.Exit as ended:
        status = ended.exit_code
        raise
    finally:
        _noted.reset(before)
        tell(command, ids, status)


def tell(command: str, ids: Iterable[str], status: int | None) -> None:
    """Write a line, unless a person reads what is said; `status` is that of the exit."""
    if sys.stderr.isatty():
        return
    from api.audit_lines import LOG, MOST, write  # here, so that the help is quick
    from api.logs import AuditLines

    heard = logging.StreamHandler(sys.stderr)
    heard.setFormatter(AuditLines())
    before = LOG.handlers, LOG.propagate
    LOG.handlers, LOG.propagate = [heard], False
    LOG.setLevel(logging.INFO)
    try:
        write(
            logging.INFO,
            event="change",
            actor=local_user(),
            key=None,
            **{"from": "command line"},
            command=command,
            ids=list(dict.fromkeys(ids))[:MOST],
            status=status,
            outcome=_OUTCOMES.get(-1 if status is None else status, _BROKEN_OFF),
        )
    finally:
        LOG.handlers, LOG.propagate = before


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
