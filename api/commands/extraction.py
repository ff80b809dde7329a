"""What `extract` can write: a table for a person, lines for a program, or any export format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

import typer

from api.commands.output import console, rendered, say
from api.commands.tables import statement_table
from api.commands.words import article_name
from graph.codec import statement_to_json
from graph.errors import ModelError, UnknownFormat
from graph.export import export, exporter
from graph.export.jsonl import line
from graph.model import Article, Failure, Reading
from graph.pipeline import ingest, read
from graph.sources.guard import failed
from graph.store.archive import Archive
from graph.text.reader import Reader
from graph.views import StatementFilter, subgraph


class Failures:
    """Tells each failure when it happens, and remembers that there was one."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, failure: Failure) -> None:
        """Tell one failure."""
        self.count += 1
        say(f"{failure.source}: {failure.error}")

    def finish(self) -> None:
        """Raise typer.Exit with status 1 if anything failed."""
        if self.count:
            raise typer.Exit(1)


_Done = TypeVar("_Done")
Articles: TypeAlias = Iterable[Article | Failure]
Write: TypeAlias = Callable[[Articles, Reader, Failures], Iterator[bytes]]


def writer(name: str, base: str, file: Path | None, *, by_line: bool = False) -> Write:
    """Return what writes the format `name`; `base` is the base IRI for RDF, `file` where it will go.

    With `by_line` each article is a line, and `oie` tells its extractions under the whole line, also where
    the parser sees two sentences in it: that is how sets of sentences find them again.

    Raises UnknownFormat, naming what there is.
    """
    own: dict[str, Write] = {
        "table": lambda articles, reader, failures: _tables(articles, reader, failures, file),
        "jsonl": _json_lines,
        "oie": partial(_surface_lines, by_line=by_line),
    }
    if name in own:
        return own[name]
    try:
        chosen = exporter(name)
    except UnknownFormat as error:
        raise UnknownFormat(f"{error} For reading there are also table and oie.") from None
    return lambda articles, reader, failures: _exported(articles, reader, failures, chosen.name, base)


def each(
    articles: Articles, work: Callable[[Article], _Done], failures: Failures
) -> Iterator[tuple[Article, _Done]]:
    """Give each article with what `work` makes of it; failures are told, and only ModelError is raised."""
    for article in articles:
        if isinstance(article, Failure):
            failures.add(article)
            continue
        try:
            done = work(article)
        except ModelError:
            raise
        except Exception as error:  # whatever it is, the articles after this one are still to be read
            failures.add(failed(article.name, error))
            continue
        yield article, done


def _readings(articles: Articles, reader: Reader, failures: Failures) -> Iterator[Reading]:
    for result in read(articles, reader):
        if isinstance(result, Failure):
            failures.add(result)
        else:
            if not result.statements:
                say(f"{result.article.name}: No statement was found in it.")
            yield result


def _json_lines(articles: Articles, reader: Reader, failures: Failures) -> Iterator[bytes]:
    for reading in _readings(articles, reader, failures):
        for statement in reading.statements:
            yield line(statement_to_json(statement)).encode()


def _surface_lines(
    articles: Articles, reader: Reader, failures: Failures, *, by_line: bool
) -> Iterator[bytes]:
    for article, rows in each(articles, reader.surface, failures):
        whole = " ".join(article.text.split())
        for row in rows:
            told = replace(row, sentence=whole) if by_line else row
            yield f"{told.to_tsv()}\n".encode("utf-8", "backslashreplace")


def _tables(articles: Articles, reader: Reader, failures: Failures, file: Path | None) -> Iterator[bytes]:
    screen = console(file)
    for reading in _readings(articles, reader, failures):
        yield rendered(screen, statement_table(reading.statements, article_name(reading.article))) + b"\n"


def _exported(
    articles: Articles, reader: Reader, failures: Failures, name: str, base: str
) -> Iterator[bytes]:
    """Read into a store in memory, and export that: the same way as for what is kept."""
    with Archive.open(None, base) as archive:
        report = ingest(articles, archive, reader, None)
        for failure in report.failures:
            failures.add(failure)
        yield from export(name, subgraph(archive, StatementFilter()))
