"""`paths`: how two entities are connected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from api.commands.filters import filtered
from api.commands.inputs import open_to_read
from api.commands.lists import write_answer
from api.commands.options import Concepts, Data, Denied, ListShape, OwnWords, id_argument
from api.commands.output import say
from api.commands.tables import evidence_table
from api.commands.words import article_name
from api.schemas.paths import Paths
from graph import views
from graph.model import Statement
from graph.store.archive import Archive

Source = Annotated[str, id_argument("Id or name of the entity that they begin at.", "SOURCE")]
Target = Annotated[str, id_argument("Id or name of the entity that they lead to.", "TARGET")]
Most = Annotated[int, typer.Option("--limit", "-k", metavar="N", help="Paths at most, the shortest.")]
Longest = Annotated[int, typer.Option("--max-length", metavar="N", help="Steps of a path at most.")]
Evidence = Annotated[int, typer.Option("--evidence", metavar="N", help="Statements of a step at most.")]


@filtered()
def paths(
    source: Source,
    target: Target,
    data: Data = None,
    k: Most = 3,
    longest: Longest = 4,
    evidence: Evidence = 2,
    concepts: Concepts = False,
    denied: Denied = False,
    own_words: OwnWords = False,
    shape: ListShape = None,
    *,
    wanted: views.StatementFilter,
) -> None:
    """Show how two entities are connected: the shortest paths, with the sentences on the way."""
    with open_to_read(data) as archive:
        wanted = views.with_ids(archive, wanted)
        asked = views.PathOptions(wanted, k, longest, concepts, not own_words, denied, evidence)
        one, other = (views.entity_called(archive, given) for given in (source, target))
        found = views.paths(archive, one, other, asked)
        _tell(found)
        write_answer(shape, views.paths_to_json(found), Paths, lambda: _shown(archive, found))


def _tell(found: views.Paths) -> None:
    """Say what a person may take for an answer that it is not."""
    looked = found.searched
    if not found.items:
        ends = f"{found.source.label} and {found.target.label}"
        say(
            f"Nothing connects {ends} within {looked.length} steps ({looked.entities:,} entities looked at);"
            " try a longer --max-length, --concepts or --denied."
        )
    elif looked.stopped:
        say(f"Only paths of up to {looked.length} steps are all known. {looked.stopped}")


def _shown(archive: Archive, found: views.Paths) -> Iterable[RenderableType]:
    for number, path in enumerate(found.items, 1):
        way = " – ".join([path[0].start.label, *(step.end.label for step in path)])
        yield Text(f"{number}. {way}", "bold")
        yield evidence_table(_sourced(archive, path))
        more = sum(step.count - len(step.statements) for step in path)
        if more:
            yield Text(
                f"{more:,} more statements stand on the way; --evidence shows more of each step.\n", "dim"
            )


def _sourced(archive: Archive, path: Iterable[views.Step]) -> Iterable[tuple[Statement, str]]:
    for step in path:
        for statement in step.statements:
            record = archive.ledger.find(statement.article)
            yield statement, article_name(record.article) if record else statement.article
