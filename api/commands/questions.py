"""SPARQL queries: where their text comes from, and how a person sees the rows of an answer."""

from __future__ import annotations

import re
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from rich.table import Table

from api.commands.tables import plain_table
from graph.errors import BadEncoding, BadFilter, TooLarge, UnreadableSource
from graph.queries import Library, NamedQuery, has_comments, read_query
from graph.sources import STDIN
from graph.sources.walk import shown, unreadable
from graph.sparql.guard import MAX_BYTES

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_MOST = len(BOM_UTF8) + MAX_BYTES


def question(given: str, library: Library) -> str | NamedQuery:
    """Return what `given` means: SPARQL itself, the content of `@FILE`, or a named query.

    A file with the comments of a named query is one. Raises UnreadableSource, TooLarge, BadEncoding,
    NotFound, and BadQuery if such comments cannot be used.
    """
    if given.startswith("@"):
        text = _read(given[1:])
        return read_query("query", text) if has_comments(text) else text
    return library.get(given) if _NAME.fullmatch(given) else given


def given_values(pairs: Sequence[str]) -> dict[str, str]:
    """Read what `--param NAME=VALUE` gives. Raises BadFilter."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise BadFilter(f"--param {pair!r} gives nothing; write --param NAME=VALUE.")
        if name in found:
            raise BadFilter(f"The parameter {name!r} is there more than once; give it once.")
        found[name] = value
    return found


def list_of(library: Library) -> str:
    """List the named queries with their parameters, as the help shows them."""
    lines = ["Named queries and their parameters (--param NAME=VALUE; those with * are needed):"]
    for query in library.queries.values():
        parts = [f"{one.name}{'*' if one.required else ''} ({one.kind.name})" for one in query.parameters]
        lines.append(f"  {query.name}: {query.summary}. {', '.join(parts)}".rstrip())
    return "\n".join(lines)


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
    """Return the content of a file, or of standard input for `-`; reads no more than a query may have."""
    where = "standard input" if name == STDIN else shown(name)
    try:
        with nullcontext(sys.stdin.buffer) if name == STDIN else open(name, "rb") as stream:
            data = stream.read(_MOST + 1)
    except OSError as error:
        raise UnreadableSource(f"{where}: {unreadable(error)}") from error
    if len(data) > _MOST:
        raise TooLarge(
            f"{where}: A query may have {MAX_BYTES:,} bytes, and this has more; ask for less at once."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadEncoding(
            f"{where}: The query is not UTF-8 at byte {error.start}; save it as UTF-8."
        ) from error
