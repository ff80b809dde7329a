"""Where the log goes: standard error, in lines for a person or, with `--json`, one JSON object each.

Of what goes wrong all is told, and of what goes well the audit lines (`audit.py`).
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from api.audit_lines import LOG as AUDIT


class _JsonLines(logging.Formatter):
    """Writes a record as one JSON object; an audit line with its fields beside those of every line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record."""
        line = {"time": _time(record), "level": record.levelname.lower(), "logger": record.name}
        fields = getattr(record, "audit", None) or {"message": record.getMessage()}
        if record.exc_info:
            fields = {**fields, "exception": self.formatException(record.exc_info)}
        return json.dumps({**line, **fields}, default=str)


class AuditLines(logging.Formatter):
    """Writes an audit line for a person: the time, then its fields as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record."""
        return f"{_time(record)} {record.getMessage()}"


def set_up(as_json: bool) -> None:
    """Let this process write its log to standard error; for who serves, once."""
    handler = logging.StreamHandler(sys.stderr)
    AUDIT.setLevel(logging.INFO)
    if as_json:
        handler.setFormatter(_JsonLines())
        logging.getLogger().addHandler(handler)
    else:
        handler.setFormatter(AuditLines())
        AUDIT.addHandler(handler)
        AUDIT.propagate = False


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
