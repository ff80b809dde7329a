"""What `/openapi.json` says of lists: how they may be asked for, and what each form of them looks like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from fastapi.routing import APIRoute

from api import schemas
from api.fields import MOST_CHARACTERS, Fields, csv_lines, item_fields, row_fields
from api.listing import CSV, FIELDS, FORMAT, JSON, LINES, OFFERS, listing_of

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
        listing = listing_of(route)
        assert listing is not None, "they were chosen by that"
        operation = document["paths"][route.path_format]["get"]
        operation.setdefault("parameters", []).extend(_parameters(listing))
        operation["responses"] |= {str(code): one for code, one in schemas.problems(406, 422).items()}
        answer = operation["responses"]["200"]
        answer["headers"] = {"Link": _LINK} if "next" in route.response_model.model_fields else {}
        whole = answer["content"][JSON.media_type]["schema"]
        texts = _texts(row_fields(listing))
        answer["content"] = {JSON.media_type: {"schema": {"anyOf": [whole, _PART]}}, **texts}


_LINK: Final = {"description": "The next page (`rel=next`), if there is one.", "schema": {"type": "string"}}


def _parameters(listing: type[schemas.Listing]) -> list[dict[str, Any]]:
    fields = item_fields(listing)
    some = list(fields.inside)[:2]
    rows = ", ".join(_all(row_fields(listing))) if listing.row is not None else ""
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
            f"{', '.join(_all(fields))}." + (f" In the rows of CSV there is {rows}." if rows else ""),
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
