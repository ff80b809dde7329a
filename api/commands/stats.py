"""`stats`: how much there is."""

from __future__ import annotations

from dataclasses import asdict

from api.commands.inputs import open_to_read
from api.commands.lists import write_record
from api.commands.options import Data, ListShape
from api.commands.tables import key_value_table
from api.schemas import Stats
from graph import views


def stats(data: Data = None, shape: ListShape = None) -> None:
    """Count articles, statements, entities and relations."""
    with open_to_read(data) as archive:
        counts = asdict(views.stats(archive))
    rows = [(name, f"{count:,}") for name, count in counts.items()]
    write_record(shape, counts, Stats, lambda: key_value_table(rows))
