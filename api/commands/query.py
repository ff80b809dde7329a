"""`query`: one SPARQL question, answered as over HTTP by a worker process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from api.commands.inputs import open_to_read
from api.commands.options import Data, Output
from api.commands.output import at_terminal, console, rendered, say, write
from api.commands.questions import given_values, list_of, question, rows_table
from graph.errors import BadFilter, NotFound
from graph.queries import NamedQuery, bind, check_known, library_of
from graph.settings import Settings, load_settings
from graph.sparql import guard
from graph.sparql.fulltext import rewrite
from graph.sparql.guard import QueryForm
from graph.sparql.pool import QueryPool
from graph.sparql.results import ResultFormat, named
from graph.store.archive import Archive
from graph.views import entity_called
from graph.views.filters import is_text

_TABLE = "table"
_PIPED = "csv"
_ROWS = frozenset({QueryForm.SELECT, QueryForm.ASK})

Question: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="QUERY",
        help="SPARQL, @FILE (@- is standard input), or the name of a query as listed below.",
        show_default=False,
    ),
]
Params: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--param", metavar="NAME=VALUE", help="What a named query is told; may be repeated."),
]
AnswerFormat: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="For rows table, json, xml, csv or tsv: a table at a terminal, else csv."
        " For graphs turtle, ntriples, rdfxml, jsonld, nquads or trig.",
    ),
]


def query(
    query: Question,
    data: Data = None,
    params: Params = None,
    format_: AnswerFormat = None,
    output: Output = None,
) -> None:
    """Answer a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) and print the rows or the graph."""
    settings = load_settings(data=data, query_workers=1)
    asked, given = _asked(query, settings), given_values(params or ())
    person = at_terminal() and output is None
    form = asked.form if isinstance(asked, NamedQuery) else guard.outline(asked).form
    chosen, as_table = answer_format(form, format_, person)
    with open_to_read(data) as archive:
        outline = guard.outline(_bound(asked, given, archive))
        _answer(archive, settings, outline, chosen, as_table, output)


def epilog() -> str:
    """Return what stands below the options in the help: the named queries."""
    return f"\b\n{list_of(library_of(load_settings()))}"


def _asked(query: str, settings: Settings) -> str | NamedQuery:
    """Return what `query` means; tell of the file of the user's that has its name, and is none.

    Where no query has that name, it may be in any of these.
    """
    library = library_of(settings)
    try:
        asked, files = question(query, library), {f"{query}.rq"}
    except NotFound:
        asked, files = None, {one.file for one in library.left_out}
    for one in library.left_out:
        if one.file in files:
            say(str(one))
    return question(query, library) if asked is None else asked


def _bound(asked: str | NamedQuery, given: Mapping[str, str], archive: Archive) -> str:
    """Return the SPARQL of what is asked. Raises BadFilter and NotFound for what it is told."""
    if isinstance(asked, str):
        if given:
            raise BadFilter("--param goes with a named query only; write the value into the SPARQL.")
        return asked
    kinds = {one.name: one.kind.name for one in asked.parameters}
    ids = {
        name: entity_called(archive, value) if kinds.get(name) == "entity" and is_text(value) else value
        for name, value in given.items()
    }
    terms = asked.terms(ids, archive.ns)
    check_known(archive, asked, terms)
    return bind(asked, terms)


def _answer(
    archive: Archive,
    settings: Settings,
    outline: guard.Outline,
    chosen: ResultFormat,
    as_table: bool,
    output: Path | None,
) -> None:
    """Have a worker answer, and write that."""
    with (
        QueryPool(lambda: (archive.sequence, archive.checkpoint()), archive.ns, settings) as pool,
        pool.run(_searched(outline, archive), chosen) as answer,
    ):
        if as_table:
            table = rows_table(json.loads(b"".join(answer.chunks)), archive.ns.prefixes)
            write([rendered(console(output), table)], output)
        else:
            write(_ended(answer.chunks), output)


def _searched(outline: guard.Outline, archive: Archive) -> guard.Outline:
    return replace(outline, query=rewrite(outline.query, archive.search.hits, archive.ns).query)


def _ended(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """End with a line feed, which an answer over HTTP (`true`, JSON, XML) need not have."""
    last = b""
    for chunk in chunks:
        yield chunk
        last = chunk or last
    if last and not last.endswith(b"\n"):
        yield b"\n"


def answer_format(form: QueryForm, name: str | None, person: bool) -> tuple[ResultFormat, bool]:
    """Choose the format to ask for, and whether its rows then become a table.

    Raises UnknownFormat, listing the names.
    """
    if form not in _ROWS:
        return named(form, name), False
    wanted = name or (_TABLE if person else _PIPED)
    return (named(form, "json"), True) if wanted == _TABLE else (named(form, wanted), False)
