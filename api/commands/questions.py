"""SPARQL queries: where their text comes from, and how a person sees the rows of an answer."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.table import Table

from api.commands.tables import plain_table
from graph.errors import BadEncoding, UnreadableSource
from graph.example_queries import example_query

_NAME = re.compile(r"[A-Za-z0-9_-]+")


def question(given: str) -> str:
    """Return the SPARQL that `given` means: itself, the content of `@FILE`, or a query that ships.

    Raises UnreadableSource, BadEncoding or NotFound.
    """
    if given.startswith("@"):
        return _read(given[1:])
    return example_query(given).text if _NAME.fullmatch(given) else given


def rows_table(answer: Mapping[str, Any], prefixes: Mapping[str, str]) -> Table:
    """Make a table of an answer in SPARQL's JSON format; IRIs are shortened with `prefixes`."""
    if "boolean" in answer:
        return plain_table(("answer",), [("yes" if answer["boolean"] else "no",)])
    names = answer["head"]["vars"]
    rows = answer["results"]["bindings"]
    return plain_table(names, ([cell(row.get(name), prefixes) for name in names] for row in rows))


def cell(term: Mapping[str, Any] | None, prefixes: Mapping[str, str]) -> str:
    """Show a term of SPARQL's JSON format as a person reads it: literals without their types."""
    if term is None:
        return ""
    if term["type"] == "triple":
        parts = (cell(term["value"][part], prefixes) for part in ("subject", "predicate", "object"))
        return f"<<( {' '.join(parts)} )>>"
    value: str = term["value"]
    return _shortened(value, prefixes.items()) if term["type"] == "uri" else value


def _shortened(iri: str, prefixes: Iterable[tuple[str, str]]) -> str:
    for prefix, namespace in prefixes:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UnreadableSource(
            f"The query {name} cannot be read ({error.strerror}); check its path."
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadEncoding(
            f"The query {name} is not UTF-8 at byte {error.start}; save it as UTF-8."
        ) from error
