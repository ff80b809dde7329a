"""JSON Lines: one statement a line, as `graph.codec` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from graph.codec import Json, statement_to_json
from graph.export.chunks import chunked
from graph.model import Subgraph


def write(subgraph: Subgraph) -> Iterator[bytes]:
    """Give the statements of `subgraph` as JSON Lines, in their order."""
    return chunked(line(statement_to_json(statement)) for statement in subgraph.statements)


def line(record: Json) -> str:
    """Make one line of a JSON object. Lone surrogates, which UTF-8 cannot hold, are escaped."""
    text = json.dumps(record, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(record)
    return text + "\n"
