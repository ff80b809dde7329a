"""`export`: the graph as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.commands.filters import filtered
from api.commands.inputs import open_to_read
from api.commands.options import Data, Output
from api.commands.output import say, write
from graph.errors import BadFilter
from graph.export import Exporter, exporter
from graph.model import Subgraph
from graph.sources.walk import shown
from graph.store.archive import Archive
from graph.views import StatementFilter, ego, subgraph_asked_for, with_ids
from graph.views.ego import MAX_DEPTH, MAX_EDGES

Depth = Annotated[
    int | None,
    typer.Option(
        "--depth", metavar="N", min=1, max=MAX_DEPTH, help="With --about: all within so many steps of it."
    ),
]


@filtered()
def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, ttl, nq, gexf, graphml or html.")],
    data: Data = None,
    output: Output = None,
    depth: Depth = None,
    *,
    wanted: StatementFilter,
) -> None:
    """Write the graph, or what the filters choose of it, as a file for another tool."""
    chosen = exporter(format_)
    with open_to_read(data) as archive:
        wanted = with_ids(archive, wanted)
        part = subgraph_asked_for(archive, wanted) if depth is None else _around(archive, wanted, depth)
        _write(chosen, part, output)


def _around(archive: Archive, wanted: StatementFilter, depth: int) -> Subgraph:
    """Choose what lies around an entity, and tell what of it is too much. Raises BadFilter without one."""
    if wanted.about is None:
        raise BadFilter("A depth is counted from an entity; name one with --about.")
    found = ego(archive, [wanted.about], replace(wanted, about=None), depth=depth, edges=MAX_EDGES)
    if (left := found.left_out) is not None:
        say(
            f"The best supported {len(found.weights):,} edges were taken; {left.edges:,} more and what lies"
            f" beyond {left.steps} steps were left out. {left.stopped or 'Filters make it whole.'}"
        )
    return found.part


def _write(chosen: Exporter, part: Subgraph, output: Path | None) -> None:
    """Write what was chosen of the graph, and tell what became of it."""
    size = write(chosen.write(part), output)
    if next(iter(part.statements), None) is None:
        say("No statement matches, so the export holds none.")
    if output:
        say(f"Wrote {shown(output)} ({size:,} bytes).")
