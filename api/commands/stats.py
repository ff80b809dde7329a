"""`stats`: how much there is."""

from __future__ import annotations

from dataclasses import asdict

from api.commands.inputs import open_to_read
from api.commands.options import Data, Layout, Shape
from api.commands.output import layout_for, show, write_json
from api.commands.tables import key_value_table
from graph import views


def stats(data: Data = None, shape: Shape = None) -> None:
    """Count articles, statements, entities and relations."""
    with open_to_read(data) as archive:
        counts = asdict(views.stats(archive))
    if layout_for(shape) is Layout.JSON:
        write_json(counts)
    else:
        show(key_value_table((name, f"{count:,}") for name, count in counts.items()))
