"""What `/openapi.json` says of lists: how they may be asked for, and what each form of them looks like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from fastapi.routing import APIRoute

from api import schemas
from api.fields import MOST_CHARACTERS, Fields, csv_lines
from api.listing import CSV, FIELDS, FORMAT, JSON, LINES, OFFERS, items_of

_NAMES: Final = [name for offer in OFFERS for name in offer.names]
_PART: Final = {
    "type": "object",
    "title": "With `fields`",
    "description": "The same with only the fields that were chosen.",
    "required": ["items"],
    "properties": {"items": {"type": "array"}, "next": {"type": ["string", "null"]}},
}


def describe_lists(document: dict[str, Any], lists: Iterable[APIRoute]) -> None:
    """Add to a document what every list takes and answers beside what its route says."""
    for route in lists:
        fields = items_of(route) or Fields()
        operation = document["paths"][route.path_format]["get"]
        operation.setdefault("parameters", []).extend(_parameters(fields))
        operation["responses"] |= {str(code): one for code, one in schemas.problems(406, 422).items()}
        answer = operation["responses"]["200"]
        answer["headers"] = {"Link": _LINK} if "next" in route.response_model.model_fields else {}
        whole = answer["content"][JSON.media_type]["schema"]
        answer["content"] = {JSON.media_type: {"schema": {"anyOf": [whole, _PART]}}, **_texts(fields)}


_LINK: Final = {"description": "The next page (`rel=next`), if there is one.", "schema": {"type": "string"}}


def _parameters(fields: Fields) -> list[dict[str, Any]]:
    some = list(fields.inside)[:2]
    return [
        {
            "name": FORMAT,
            "in": "query",
            "required": False,
            "description": "In place of the Accept header.",
            "schema": {"type": "string", "enum": _NAMES, "examples": [JSON.names[0]]},
        },
        {
            "name": FIELDS,
            "in": "query",
            "required": False,
            "description": "Only these, with commas between; nested ones with dots. There is "
            f"{', '.join(_all(fields))}.",
            "schema": {"type": "string", "maxLength": MOST_CHARACTERS, "examples": [",".join(some)]},
        },
    ]


def _texts(fields: Fields) -> dict[str, Any]:
    """Describe the forms that are lines, with the first line of CSV as its example."""
    head = "".join(csv_lines(fields, ()))
    text = {"schema": {"type": "string"}}
    csv = {"schema": {"type": "string", "description": "One line an item, below the names."}, "example": head}
    lines = {"schema": {"type": "string", "description": "One item a line, as in the JSON."}}
    return {CSV.media_type: csv, LINES.media_type: lines, **dict.fromkeys(LINES.aliases, text)}


def _all(fields: Fields, above: str = "") -> Iterable[str]:
    """Name the fields down to the second level."""
    for name, one in fields.inside.items():
        yield above + name
        if not above:
            yield from _all(one, f"{name}.")
