"""The metadata of an article as records and pages write it."""

from __future__ import annotations

from datetime import date, datetime

from pyoxigraph import NamedNode


def parse_day(text: str) -> date:
    """Return the day of an ISO 8601 date or date and time, as it is written (in its own time zone).

    Raises ValueError if it is neither.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text).date()


def is_web_address(text: str) -> bool:
    """Say whether `text` is an http or https address that can stand in RDF (RFC 3987)."""
    scheme, _, rest = text.partition("://")
    try:
        NamedNode(text)
    except ValueError:
        return False
    return scheme.lower() in ("http", "https") and rest[:1] not in ("", "/", "?", "#")
