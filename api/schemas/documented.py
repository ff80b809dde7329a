"""What operations document of their answers beside the types of `api/schemas`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document the problems that an operation may answer with, beside those that every one may."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    documented: dict[int | str, dict[str, Any]] = {
        status: {"description": _DESCRIPTIONS[status], "content": content} for status in statuses
    }
    documented["default"] = {"description": "Any other problem.", "content": content}
    return documented


def contents(media_types: Iterable[str]) -> dict[str, Any]:
    """Document an answer that comes in several media types: what a client parses of JSON, else a text."""
    return {media_type: {"schema": _JSON.get(media_type, {"type": "string"})} for media_type in media_types}


_ROWS = {
    "type": "object",
    "required": ["head"],
    "properties": {
        "head": {"type": "object"},
        "results": {"type": "object"},
        "boolean": {"type": "boolean"},
    },
}
_GRAPH = {"type": ["object", "array"]}
_JSON = {
    "application/sparql-results+json": _ROWS,
    "application/ld+json": _GRAPH,
    "application/json": {"anyOf": [_ROWS, _GRAPH]},
}
_DESCRIPTIONS = {
    400: "A parameter or the body is malformed.",
    403: "What is asked for is not allowed here; `detail` says who may.",
    404: "There is no such thing.",
    406: "None of the formats that there are is accepted.",
    409: "That cannot be done in the state that things are in.",
    410: "It was removed.",
    412: "The state is not what If-Match or If-None-Match demand.",
    413: "The body is too large.",
    415: "Bodies of that media type are not read.",
    422: "What was sent is well-formed, but nothing can be done with it; `detail` says why.",
    502: "An address that was to be fetched cannot be had.",
    503: "The server is busy or starting; try again.",
    507: "The disk is full; make room, then do it again.",
    504: "The query was ended at its deadline.",
}
