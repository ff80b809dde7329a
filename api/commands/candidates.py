"""`candidates`: pairs of entities that may be one, with what speaks for it and against."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from api.commands.inputs import open_to_read
from api.commands.lists import write_list
from api.commands.options import Data, ListShape, identifier
from api.commands.output import say
from api.commands.tables import plain_table
from api.schemas.candidates import Candidate as Shown
from graph import curation
from graph.curation import Candidate
from graph.model import EntityType
from graph.store.likeness import MEANING

_NONE: Final = "No two entities look like one (any more)."
_COLUMNS: Final = ("id", "articles", "other", "articles", "why", "neighbours of both", "between them")
_NEXT: Final = "`newsgraph merge ID INTO` makes two one, `newsgraph distinguish ID OTHER` keeps them apart."

About = Annotated[
    str | None,
    typer.Option(
        "--about", metavar="ID", parser=identifier, help="Only for this entity.", show_default=False
    ),
]
OfType = Annotated[EntityType | None, typer.Option("--type", help="Only where one of the two is such.")]
Most = Annotated[int, typer.Option("--limit", metavar="N", help="Pairs at most, those likeliest to be one.")]


def candidates(
    about: About = None, type_: OfType = None, limit: Most = 50, data: Data = None, shape: ListShape = None
) -> None:
    """List pairs of entities that may be one, with the reasons."""
    with open_to_read(data) as archive:
        found: list[Candidate] = []
        cursor: str | None = None
        while len(found) < limit or limit < 1:  # a page may hold fewer
            page = curation.candidates(
                archive, about=about, type=type_, after=cursor, limit=limit - len(found)
            )
            found += page.items
            if (cursor := page.next) is None:
                break
    written = [curation.candidate_to_json(one) for one in found]
    write_list(shape, written, Shown, lambda: plain_table(_COLUMNS, map(_row, found)))
    say(_NEXT if found else _NONE)


def _row(candidate: Candidate) -> tuple[str, ...]:
    one, other = candidate.sides
    why = (f"{MEANING[rule]} ({mine}, {its})" for rule, mine, its in candidate.reasons)
    shared = [label for _, label in candidate.shared[:3]]
    more = len(candidate.shared) - len(shared)
    return (
        one.entity.entity.id,
        f"{one.articles:,}",
        other.entity.entity.id,
        f"{other.articles:,}",
        "; ".join(why),
        ", ".join(shared) + (f" and {more:,} more" if more else ""),
        f"{candidate.both:,} statements" if candidate.both else "",
    )
