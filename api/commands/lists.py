"""Lists of the command line: a table for a person, and for a program what `/v1` answers of the same list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.console import RenderableType

from api.commands.options import ListLayout
from api.commands.output import at_terminal, show, write_chunks, write_json
from api.fields import Fields, csv_lines, fields_of, row_fields
from api.schemas import Listing
from graph.codec import Json
from graph.export import jsonl
from graph.export.chunks import chunked


def write_list(
    shape: ListLayout | None, items: Sequence[Any], kind: Any, table: Callable[[], RenderableType]
) -> None:
    """Print items of a `kind` of `api.schemas`: as asked; else a table for a person, JSON for a program."""
    match _layout(shape):
        case ListLayout.TABLE:
            if items:
                show(table())
        case ListLayout.JSON:
            write_json(list(items))
        case ListLayout.CSV:
            write_csv(items, fields_of(kind))
        case ListLayout.JSONL:
            write_lines(items)


def write_csv(items: Iterable[Any], fields: Fields) -> None:
    """Print items as CSV, each as soon as it is there."""
    write_chunks(chunked(csv_lines(fields, items)))


def write_lines(items: Iterable[Any]) -> None:
    """Print items as JSON Lines, each as soon as it is there."""
    write_chunks(chunked(map(jsonl.line, items)))


def write_record(
    shape: ListLayout | None, value: Any, kind: Any, table: Callable[[], RenderableType]
) -> None:
    """Print one thing of a `kind` of `api.schemas` as `write_list` does a list: for a program without one."""
    if _layout(shape) is ListLayout.JSON:
        write_json(value)
    else:
        write_list(shape, [value], kind, table)


def write_answer(
    shape: ListLayout | None,
    answer: Json,
    listing: type[Listing],
    tables: Callable[[], Iterable[RenderableType]],
) -> None:
    """Print the answer of a route that tells more than its `items`: all of it as JSON, else these alone."""
    items = answer["items"]
    match _layout(shape):
        case ListLayout.TABLE:
            show(*tables())
        case ListLayout.JSON:
            write_json(answer)
        case ListLayout.CSV:
            write_csv(listing.rows(items), row_fields(listing))
        case ListLayout.JSONL:
            write_lines(items)


def _layout(shape: ListLayout | None) -> ListLayout:
    return shape or (ListLayout.TABLE if at_terminal() else ListLayout.JSON)
