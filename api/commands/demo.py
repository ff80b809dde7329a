"""`demo`: the whole walk on the articles that ship, in one command that ends by itself."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from api.commands.inputs import articles_of
from api.commands.output import show, write
from api.commands.questions import rows_table
from api.commands.tables import key_value_table, statement_table
from api.commands.words import article_name, summary
from graph import pipeline, views
from graph.export import exporter
from graph.queries import bind, load_library
from graph.resources import data_path
from graph.settings import Settings, load_settings
from graph.sparql.pool import QueryPool
from graph.store.archive import Archive
from graph.text.reader import Reader

QUESTIONS = ("plans", "claims", "denials")
"""Queries of `data/queries` that are asked."""
FILES = ("html", "gexf", "turtle")
"""Formats that are written."""
_STATEMENTS = 10
_ROWS = 6
_HIDDEN = "sentence"
"""A column of the queries that is too wide for a first look."""


def demo(
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder for the store and the files.")
    ] = Path("demo"),
) -> None:
    """Read the sample articles, keep, query and export them, and end."""
    settings = load_settings(data=out / "store", query_workers=1)
    with Archive.open(settings.data, settings.base) as archive:
        _read(archive, settings)
        _ask(archive, settings)
        files = _write(archive, out)
    show("", _heading("What to try next"), "", _next_steps(files, settings.data))


def _read(archive: Archive, settings: Settings) -> None:
    """Read and keep the samples, and show the first statements of each."""
    reader = Reader(settings.model, settings.max_article)
    articles = articles_of(settings, [str(data_path("samples"))], lines=False, day=None)
    report = pipeline.ingest(articles, archive, reader)
    show(_heading(f"Read the sample articles into {settings.data}: {summary(report)}"))
    for record in archive.articles():
        statements = views.article_statements(archive, record.article.id)
        show("", statement_table(statements[:_STATEMENTS], article_name(record.article)))
        if len(statements) > _STATEMENTS:
            show(Text(f"... and {len(statements) - _STATEMENTS} more", "dim"))


def _ask(archive: Archive, settings: Settings) -> None:
    """Answer the questions in SPARQL, as the server would."""
    with QueryPool(lambda: (archive.sequence, archive.checkpoint()), archive.ns, settings) as pool:
        for name in QUESTIONS:
            asked = load_library().get(name)
            with pool.run(bind(asked, {}), "json") as answer:
                rows = json.loads(b"".join(answer.chunks))
            show("", _heading(f"{asked.summary}? (data/queries/{name}.rq)"))
            show(rows_table(_first(rows), archive.ns.prefixes))


def _first(answer: Any) -> dict[str, Any]:
    """Keep the first rows of an answer, without the widest column."""
    names = [name for name in answer["head"]["vars"] if name != _HIDDEN]
    rows = list(islice(answer["results"]["bindings"], _ROWS))
    return {"head": {"vars": names}, "results": {"bindings": rows}}


def _write(archive: Archive, out: Path) -> list[Path]:
    """Write the graph as files for other tools."""
    everything = views.subgraph(archive, views.StatementFilter())
    files = []
    for name in FILES:
        chosen = exporter(name)
        file = out / f"graph.{chosen.suffix}"
        write(chosen.write(everything), file)
        files.append(file)
    return files


def _next_steps(files: Sequence[Path], store: Path) -> RenderableType:
    page, gexf, turtle = files
    command = _own_name()
    return key_value_table(
        (
            (f"open {page} in a browser", f"or {gexf} in Gephi, {turtle} in any RDF tool"),
            (f"{command} serve --data {store}", "the same with a server: REST, SPARQL, a page"),
            (
                f"{command} query --data {store} actor --param who=Elena_Petrova",
                "another question",
            ),
            (f"{command} extract ARTICLE.txt", "the statements of an article of yours, without keeping it"),
            (f"{command} ingest FOLDER", "a graph of your own, in newsgraph-data"),
        )
    )


def _own_name() -> str:
    """Say how this command is called from here: by its name, or by the path that led to it."""
    called = Path(sys.argv[0])
    found = shutil.which(called.name)
    return called.name if found and Path(found).resolve() == called.resolve() else sys.argv[0]


def _heading(text: str) -> Text:
    return Text(text, "bold")
