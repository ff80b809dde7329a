"""`settings` and `version`: what this installation is."""

from __future__ import annotations

from api.commands.options import Data, Layout, Shape
from api.commands.output import layout_for, show, write_json
from api.commands.tables import plain_table
from graph import __version__
from graph.settings import Settings, load_settings

_SECRET = frozenset({"api_key"})


def settings(data: Data = None, shape: Shape = None) -> None:
    """Show every setting: its value, where that comes from, and what it does."""
    used = load_settings(data=data)
    rows = [
        {
            "name": f"NEWSGRAPH_{name.upper()}",
            "value": _shown(name, str(getattr(used, name))),
            "from": _origin(name, used.model_fields_set, {"data"} if data else set()),
            "meaning": field.description or "",
        }
        for name, field in Settings.model_fields.items()
    ]
    if layout_for(shape) is Layout.JSON:
        write_json(rows)
        return
    show(plain_table(tuple(rows[0]), (tuple(row.values()) for row in rows)))


def version() -> None:
    """Print the version."""
    print(f"newsgraph {__version__}")


def _shown(name: str, value: str) -> str:
    return "(hidden)" if name in _SECRET and value else value


def _origin(name: str, given: set[str], options: set[str]) -> str:
    if name in options:
        return "option"
    return "environment" if name in given else "default"
