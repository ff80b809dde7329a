"""`search`: entities and statements by words."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import RenderableType

from api.commands.inputs import open_to_read
from api.commands.lists import write_list
from api.commands.options import Data, ListShape
from api.commands.output import say
from api.commands.tables import how_said, plain_table
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
    return plain_table(("what", "id", "name or sentence", "how it is said"), (_row(one) for one in found))


def _row(one: views.Found) -> tuple[str, str, str, str]:
    thing = one.thing
    if isinstance(thing, Statement):
        return one.kind.value, thing.id, " ".join(thing.sentence.split()), how_said(thing)
    entity = thing.entity
    names = ", ".join((entity.label, *entity.aliases))
    return entity.type.value, entity.id, names, f"in {thing.statements:,} statements"
