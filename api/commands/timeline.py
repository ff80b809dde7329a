"""`timeline`: what happened when, and how exactly that is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer
from rich.console import RenderableType

from api.commands import options
from api.commands.filters import filtered
from api.commands.inputs import open_to_read
from api.commands.lists import write_list
from api.commands.options import Data, ListShape
from api.commands.output import say
from api.commands.tables import how_said, shared_table, sourced, what_is_said, when
from api.commands.words import article_name
from api.schemas.timeline import Moment
from graph import views
from graph.store.archive import Archive

_NOTHING = "Nothing has a day here; --undated shows what has none."

_DAY = len("2023-03-20")

Who = Annotated[
    str | None,
    typer.Argument(
        metavar="ENTITY",
        parser=options.identifier,
        help="Id or name of an entity; all of them if left out.",
        show_default=False,
    ),
]
Step = Annotated[views.TimeStep, typer.Option("--step", help="What the first column names.")]
Latest = Annotated[bool, typer.Option("--latest", help="The latest first.")]
Undated = Annotated[bool, typer.Option("--undated", help="Show what has no day too, at the end.")]
Most = Annotated[int, typer.Option("--limit", metavar="N", help="Statements at most.")]


@filtered(without=("about",))  # which is the argument
def timeline(
    entity: Who = None,
    data: Data = None,
    step: Step = views.TimeStep.DAY,
    latest: Latest = False,
    undated: Undated = False,
    limit: Most = 50,
    shape: ListShape = None,
    *,
    wanted: views.StatementFilter,
) -> None:
    """Show what is said of an entity, or of all, in the order of its days."""
    with open_to_read(data) as archive:
        wanted = views.with_ids(archive, wanted)
        if entity is not None:
            wanted = replace(wanted, about=views.entity_called(archive, entity))
        asked = views.TimelineOptions(step, latest, undated)
        page = views.timeline(archive, wanted, asked, limit=limit)
        if not page.items:
            views.check_known(archive, wanted)
            say(_NOTHING)
        written = [views.moment_to_json(one) for one in page.items]
        write_list(shape, written, Moment, lambda: _table(archive, page.items))
    if page.next:
        say(f"There is more than these {limit:,}; narrow it with --from and --to, or raise --limit.")


def _table(archive: Archive, moments: tuple[views.Moment, ...]) -> RenderableType:
    table = shared_table({"when": 2, "what": 4, "how it is said": 2, "sentence": 7, "articles": None})
    before = ""
    for one in moments:
        named = archive.article(one.statement.article).article
        table.add_row(
            "" if _when(one) == before else _when(one),
            what_is_said(one.statement),
            how_said(one.statement),
            sourced(one.statement, article_name(named)),
            f"{one.support:,}",
        )
        before = _when(one)
    return table


def _when(moment: views.Moment) -> str:
    match moment.precision:
        case views.Precision.WORDS if moment.statement.time:
            return f"“{moment.statement.time.text}”"
        case views.Precision.PUBLISHED:
            return f"published {moment.published}"
        case views.Precision.RANGE if moment.period and len(moment.period) == _DAY:
            return when(moment.statement.time)
        case views.Precision.SINCE | views.Precision.UNTIL as open_:
            return f"{open_} {moment.period}"
    return moment.period or "no day"
