"""`search`: entities and statements by words."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from api.commands.inputs import open_to_read
from api.commands.lists import write_list
from api.commands.options import Data, ListShape
from api.commands.output import say
from api.commands.tables import how_said, shared_table, sourced, what_is_said
from api.schemas.search import Found
from graph import views
from graph.model import Statement

_NOTHING = "Nothing holds all of these words; give fewer, or a beginning with a star (putin*)."

Asked = Annotated[
    list[str],
    typer.Argument(metavar="WORDS", help='Words, "phrases" and beginn*.', show_default=False),
]
OfKind = Annotated[views.HitKind | None, typer.Option("--kind", help="Only of this kind.")]
Most = Annotated[int, typer.Option("--limit", metavar="N", help="What fits best, at most so many.")]


def search(
    words: Asked, data: Data = None, kind: OfKind = None, limit: Most = 20, shape: ListShape = None
) -> None:
    """Find entities and statements by words, those that fit best first."""
    with open_to_read(data) as archive:
        found = views.search(archive, " ".join(words), kind=kind, limit=limit).items
    if not found:
        say(_NOTHING)
    write_list(shape, [views.found_to_json(one) for one in found], Found, lambda: _table(found))


def _table(found: tuple[views.Found, ...]) -> RenderableType:
    table = shared_table({"what": None, "name or sentence": 7, "how it is said": 2})
    for one in found:
        table.add_row(*_row(one))
    return table


def _row(one: views.Found) -> tuple[str, Text, str]:
    thing = one.thing
    if isinstance(thing, Statement):
        told = Text("\n").join((what_is_said(thing), sourced(thing, thing.id)))
        return one.kind.value, told, how_said(thing)
    entity = thing.entity
    names = Text(", ".join((entity.label, *entity.aliases))) + Text(f"\n{entity.id}", "dim")
    statements = "1 statement" if thing.statements == 1 else f"{thing.statements:,} statements"
    return entity.type.value, names, f"in {statements}"
