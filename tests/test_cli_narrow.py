"""Tables at a terminal of 80 columns: what is to be copied stands in one line."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType

from api.commands import jobs
from api.commands.tables import minute, plain_table, shared_table

ID = "d9cf97c98419c82b"
MOMENT = "2026-11-25T18:15:47.718000+00:00"


def printed(table: RenderableType) -> str:
    out = io.StringIO()
    Console(file=out, width=80, force_terminal=False).print(table)
    return out.getvalue()


def test_jobs_are_one_line_each() -> None:
    counts = dict.fromkeys(("articles", "waiting", "added", "replaced", "unchanged", "failed"), 10_000)
    job = {"id": ID, "state": "cancelled", "created": MOMENT, **counts}
    shown = printed(plain_table(jobs._COLUMNS, [jobs._row(job)] * 2, ("id", "created")))
    lines = [line.split() for line in shown.splitlines() if ID in line]
    assert lines == [[ID, "cancelled", "2026-11-25", "18:15", "10,000", "30,000", "10,000"]] * 2


def test_ids_are_neither_cut_nor_broken_beside_long_texts() -> None:
    names = ("id", "name", "why")
    shown = printed(plain_table(names, [(ID * 2, "Norvalia " * 12, "reason" * 20)]))
    assert ID * 2 in shown
    assert shown.count("Norvalia") == 12


def test_days_are_not_broken() -> None:
    table = shared_table({"when": 2, "what": 4, "how it is said": 2, "sentence": 7, "articles": None})
    table.add_row("2025-03-17 to 2025-03-23", "Hale met Vale " * 9, "planned", "It was so. " * 30, "1,000")
    shown = printed(table)
    assert "2025-03-17" in shown
    assert "2025-03-23" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_moments_are_to_the_minute() -> None:
    assert (minute(MOMENT), minute(None)) == ("2026-11-25 18:15", "")
