"""`delete`: articles out of the graph."""

from __future__ import annotations

import typer

from api.commands.inputs import open_store
from api.commands.options import ArticleIds, Data
from api.commands.output import say
from graph.errors import NotFound


def delete(ids: ArticleIds, data: Data = None) -> None:
    """Remove articles, and what no other article says."""
    missing = 0
    with open_store(data) as archive:
        for id_ in dict.fromkeys(ids):
            try:
                archive.delete(id_)
            except NotFound as error:
                missing += 1
                say(str(error))
            else:
                say(f"Deleted {id_}.")
    if missing:
        raise typer.Exit(1)
