"""What `/openapi.json` says of lists and of single things: how they may be asked for, what each form is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from fastapi.routing import APIRoute

from api import schemas
from api.fields import MOST_CHARACTERS, Fields, csv_lines, item_fields, row_fields
from api.listing import CSV, FIELDS, FORMAT, JSON, LINES, OFFERS, listing_of
from api.things import fields_here

_NAMES: Final = [name for offer in OFFERS for name in offer.names]
_PART: Final[dict[str, Any]] = {
    "type": "object",
    "title": "With `fields`",
    "description": "The same with only the fields that were chosen.",
    "required": ["items"],
    "properties": {"items": {"type": "array"}, "next": {"type": ["string", "null"]}},
}
_SOME: Final = {"type": "object", "title": _PART["title"], "description": _PART["description"]}


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


def describe_things(document: dict[str, Any], things: Iterable[APIRoute]) -> None:
    """Add to a document that every thing may be asked for with some of its fields."""
    for route in things:
        operation = document["paths"][route.path_format]["get"]
        operation.setdefault("parameters", []).append(_choice(fields_here(route) or Fields()))
        operation["responses"] |= {str(code): one for code, one in schemas.problems(422).items()}
        content = operation["responses"]["200"]["content"][JSON.media_type]
        content["schema"] = {"anyOf": [content["schema"], _SOME]}


def _parameters(listing: type[schemas.Listing]) -> list[dict[str, Any]]:
    form = {
        "name": FORMAT,
        "in": "query",
        "required": False,
        "description": "In place of the Accept header.",
        "schema": {"type": "string", "enum": _NAMES, "examples": [JSON.names[0]]},
    }
    rows = ", ".join(_all(row_fields(listing)))
    more = "" if listing.row is None else f" In the rows of CSV there is {rows}."
    return [form, _choice(item_fields(listing), more)]


def _choice(fields: Fields, more: str = "") -> dict[str, Any]:
    """Describe the parameter that chooses fields."""
    some = ",".join(list(fields.inside)[:2])
    return {
        "name": FIELDS,
        "in": "query",
        "required": False,
        "description": "Only these, with commas between; nested ones with dots. There is "
        f"{', '.join(_all(fields))}.{more}",
        "schema": {"type": "string", "maxLength": MOST_CHARACTERS, "examples": [some]},
    }


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
