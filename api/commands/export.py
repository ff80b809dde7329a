"""`export`: the graph as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands import options
from api.commands.inputs import open_to_read
from api.commands.options import Data, Output
from api.commands.output import say, write
from graph.export import Exporter, exporter
from graph.model import Subgraph
from graph.sources.walk import shown
from graph.views import StatementFilter, subgraph


def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="jsonl, ttl, nq, gexf, graphml or html.")],
    data: Data = None,
    output: Output = None,
    about: options.About = None,
    subject: options.Subject = None,
    predicate: options.Predicate = None,
    object_: options.Object = None,
    modality: options.HowSaid = None,
    polarity: options.Affirmed = None,
    attributed_to: options.AttributedTo = None,
    article: options.InArticle = None,
    from_: options.From = None,
    to: options.To = None,
    min_confidence: options.MinConfidence = None,
    q: options.Words = None,
) -> None:
    """Write the graph, or what the filters choose of it, as a file for another tool."""
    chosen = exporter(format_)
    wanted = StatementFilter(
        about=about,
        subject=subject,
        predicate=predicate,
        object=object_,
        modality=modality,
        polarity=polarity,
        attributed_to=attributed_to,
        article=article,
        from_=from_,
        to=to,
        min_confidence=min_confidence,
        q=q,
    )
    with open_to_read(data) as archive:
        _write(chosen, subgraph(archive, wanted), output)


def _write(chosen: Exporter, part: Subgraph, output: Path | None) -> None:
    """Write what was chosen of the graph, and tell what became of it."""
    size = write(chosen.write(part), output)
    if next(iter(part.statements), None) is None:
        say("No statement matches, so the export holds none.")
    if output:
        say(f"Wrote {shown(output)} ({size:,} bytes).")
