"""Turns an OpenAPI document into one HTML page. All text is escaped; there is no inline script or style."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, TypeAlias

from api.problems import KINDS, METHOD_NOT_ALLOWED

Json: TypeAlias = Mapping[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")
_VOID = frozenset({"input"})


def render(document: Json) -> str:
    """Make the page of an OpenAPI document."""
    schemas = document.get("components", {}).get("schemas", {})
    by_tag: dict[str, list[tuple[str, str, Json]]] = {tag["name"]: [] for tag in document["tags"]}
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                operation = {**item[method], "parameters": _with_choices(item[method], schemas)}
                by_tag[operation["tags"][0]].append((method, path, operation))
    about = {tag["name"]: tag["description"] for tag in document["tags"]}
    sections = (_section(tag, about[tag], found) for tag, found in by_tag.items() if found)
    links = (element("a", escape(tag), href=f"#{_slug(tag)}") for tag in (*by_tag, "problems"))
    paragraphs = (element("p", _text(part)) for part in document["info"]["description"].strip().split("\n\n"))
    header = element(
        "header", element("h1", "newsgraph: the API"), element("nav", *links, aria_label="Parts")
    )
    return _page(header + element("main", *paragraphs, *sections, _problems()))


def _with_choices(operation: Json, schemas: Json) -> list[Json]:
    """Give the parameters of an operation, each with the values that it may have, if these are few."""
    return [
        {**parameter, "choices": _choices(parameter["schema"], schemas)}
        for parameter in operation.get("parameters", ())
    ]


def _choices(schema: Json, schemas: Json) -> list[str]:
    for part in (schema, *schema.get("anyOf", ())):
        known = schemas.get(part.get("$ref", "").rpartition("/")[2], part)
        if "enum" in known:
            return [str(value) for value in known["enum"]]
    return []


def element(tag: str, /, *content: str, **attributes: str | bool) -> str:
    """Make an element of `content`, which is HTML already.

    Attributes are escaped; those that are True stand alone, those that are False are left out; an
    underscore in a name is a hyphen, or nothing at its end (`class_`).
    """
    words = [tag, *(_attribute(key, value) for key, value in attributes.items() if value is not False)]
    start = f"<{' '.join(words)}>"
    return start if tag in _VOID else f"{start}{''.join(content)}</{tag}>"


def _attribute(name: str, value: str | bool) -> str:
    name = name.rstrip("_").replace("_", "-")
    return name if value is True else f'{name}="{escape(str(value))}"'


def _page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>newsgraph: the API</title>"
        '<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/docs/docs.css"><script src="/docs/docs.js" defer></script>'
        f"</head><body>{body}</body></html>"
    )


def _slug(text: str) -> str:
    return text.replace(" ", "-")


def _text(text: str) -> str:
    """Escape text, with what stands between backticks as code."""
    parts = escape(text).split("`")
    return "".join(element("code", part) if i % 2 else part for i, part in enumerate(parts))


def _section(tag: str, about: str, found: Iterable[tuple[str, str, Json]]) -> str:
    heading = element("h2", escape(tag))
    return element(
        "section", heading, element("p", _text(about)), *(_operation(*one) for one in found), id=_slug(tag)
    )


def _operation(method: str, path: str, operation: Json) -> str:
    title = element(
        "summary",
        element("b", method.upper()),
        " ",
        element("code", escape(path)),
        " ",
        escape(operation["summary"]),
    )
    parts = [title, element("p", _text(operation.get("description", "")))]
    parameters = operation.get("parameters", ())
    if method == "get":
        parts.append(_form(path, parameters))
    elif parameters:
        parts.append(element("ul", *(element("li", _label(one)) for one in parameters)))
    parts += _bodies(operation.get("requestBody", {}).get("content", {}))
    parts.append(_responses(operation["responses"]))
    return element("details", *parts, id=operation["operationId"], class_=method)


def _form(path: str, parameters: Iterable[Json]) -> str:
    """Make a form that asks the operation; without scripts it works where the path has no parameter."""
    fields = (element("label", _label(one), _input(one)) for one in parameters)
    return element("form", *fields, element("button", "Try it", type="submit"), method="get", action=path)


def _label(parameter: Json) -> str:
    about = parameter.get("description") or parameter["schema"].get("description", "")
    return element("span", element("code", escape(parameter["name"])), " ", _text(about))


def _input(parameter: Json) -> str:
    required = bool(parameter.get("required"))
    common = {"name": parameter["name"], "required": required, "data_in": parameter["in"]}
    if parameter["choices"]:
        options = (element("option", escape(choice), value=choice) for choice in ("", *parameter["choices"]))
        return element("select", *options, **common)
    example = _example(parameter)
    return element("input", **common, **({"value": example} if required else {"placeholder": example}))


def _example(parameter: Json) -> str:
    schema = parameter["schema"]
    examples = [parameter.get("example"), *schema.get("examples", ()), schema.get("default")]
    return next((str(one) for one in examples if one is not None), "")


def _bodies(content: Json) -> Iterator[str]:
    for media_type, body in content.items():
        yield element("p", "Body: ", element("code", escape(media_type)))
        if "example" in body:
            example = body["example"]
            shown = example if isinstance(example, str) else json.dumps(example, indent=2, ensure_ascii=False)
            yield element("pre", escape(shown))


def _responses(responses: Json) -> str:
    rows = []
    for status, response in responses.items():
        types = ", ".join(response.get("content", {}))
        cells = (
            element("td", escape(status)),
            element("td", _text(response["description"])),
            element("td", escape(types)),
        )
        rows.append(element("tr", *cells))
    head = element("tr", *(element("th", name, scope="col") for name in ("Status", "Answer", "Media types")))
    return element("div", element("table", head, *rows), class_="wide")


def _problems() -> str:
    known = sorted({METHOD_NOT_ALLOWED, *KINDS.values()}, key=lambda kind: (kind.status, kind.slug))
    rows = (
        element(
            "tr",
            *(element("td", escape(str(cell))) for cell in (kind.status, kind.slug, kind.title)),
            id=f"problem-{kind.slug}",
        )
        for kind in known
    )
    head = element("tr", *(element("th", name, scope="col") for name in ("Status", "Type", "Title")))
    about = element(
        "p",
        _text(
            "Each error is `application/problem+json`; its `type` leads here, its `detail` says what to do."
        ),
    )
    return element(
        "section",
        element("h2", "problems"),
        about,
        element("div", element("table", head, *rows), class_="wide"),
        id="problems",
    )
