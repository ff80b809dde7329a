"""The comments at the head of a named query, in the notation of grlc (https://github.com/CLARIAH/grlc).

    #+ summary: Who plans what
    #+ description: One sentence or more.
    #+ params:
    #+   who: The one who plans.
    #+   since: {description: First day., default: 2023-01-01}

Lines that begin with `#+` are YAML together. `params` is ours, the other names are grlc's; `defaults` and
`enumerate` say in grlc's way what `params` can say too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from graph.errors import BadQuery

_MARK: Final = "#+"


@dataclass(frozen=True, slots=True)
class About:
    """What the comments say of one parameter; all as it is written."""

    description: str = ""
    default: str | None = None
    example: str | None = None
    enum: tuple[str, ...] = ()
    minimum: str | None = None
    maximum: str | None = None


@dataclass(frozen=True, slots=True)
class Comments:
    """What the comments say of a query; `params` by the name of the parameter."""

    summary: str
    description: str = ""
    tags: tuple[str, ...] = ()
    params: Mapping[str, About] = field(default_factory=dict)


def read_comments(text: str) -> Comments:
    """Read the comments of a query. Raises BadQuery, saying what in them is wrong."""
    lines = [line.removeprefix(_MARK) for line in text.splitlines() if line.startswith(_MARK)]
    try:
        found = yaml.load(textwrap.dedent("\n".join(lines)), yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise BadQuery(f"Its comments ({_MARK}) are no YAML ({_in_short(error)}); put quotes around a text "
                       "that holds a colon.") from error  # fmt: skip
    if not isinstance(found, dict) or not isinstance(found.get("summary"), str) or not found["summary"]:
        raise BadQuery(f"It does not say what it answers; begin it with '{_MARK} summary: ...'.")
    _check_names("its comments", found, _DECORATORS)
    given: dict[str, dict[str, Any]] = {}
    for name, merge in _DECORATORS.items():
        if name in found:
            merge(found[name], given)
    return Comments(
        found["summary"],
        found.get("description", ""),
        tuple(found.get("tags", ())),
        {name: About(**said) for name, said in given.items()},
    )


def has_comments(text: str) -> bool:
    """Tell if a query has such comments at all."""
    return any(line.startswith(_MARK) for line in text.splitlines())


def without_comments(text: str) -> str:
    """Return the query with an empty line for each line of its comments: the others keep their numbers."""
    lines = text.split("\n")
    return "\n".join("" if line.startswith(_MARK) else line for line in lines)


def _in_short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def _check_names(where: str, given: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    for name in given:
        if name not in known:
            raise BadQuery(f"There is no {name!r} in {where}; there is {', '.join(known)}.")


def _text(said: Any, _: dict[str, dict[str, Any]]) -> None:
    if not isinstance(said, str):
        raise BadQuery("Its summary and description are texts; put quotes around a text that holds a colon.")


def _tags(said: Any, _: dict[str, dict[str, Any]]) -> None:
    _texts("tags", said)


def _texts(what: str, said: Any) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise BadQuery(f"The {what} of its comments are a list of texts; write '- ...' for each.")
    return tuple(said)


def _params(said: Any, given: dict[str, dict[str, Any]]) -> None:
    """Take `params`: the description of each, or several things about it."""
    for name, about in _mapping("params", said).items():
        if isinstance(about, str):
            given.setdefault(name, {})["description"] = about
            continue
        for what, value in _mapping(f"params of {name}", about).items():
            _check_names(f"params of {name}", {what: value}, _OF_A_PARAMETER)
            given.setdefault(name, {})[what] = _OF_A_PARAMETER[what](f"{what} of {name}", value)


def _defaults(said: Any, given: dict[str, dict[str, Any]]) -> None:
    for name, value in _pairs("defaults", said):
        given.setdefault(name, {})["default"] = _one("default", value)


def _enumerate(said: Any, given: dict[str, dict[str, Any]]) -> None:
    for name, value in _pairs("enumerate", said):
        given.setdefault(name, {})["enum"] = _texts(f"values of {name}", value)


def _pairs(what: str, said: Any) -> list[tuple[str, Any]]:
    """Read grlc's list of single pairs, or a mapping."""
    parts = said if isinstance(said, list) else [said]
    return [pair for part in parts for pair in _mapping(what, part).items()]


def _mapping(what: str, said: Any) -> dict[str, Any]:
    if not isinstance(said, dict) or not all(isinstance(name, str) for name in said):
        raise BadQuery(f"The {what} of its comments are pairs; write 'name: ...' for each, indented.")
    return said


def _one(what: str, said: Any) -> str:
    if not isinstance(said, str):
        raise BadQuery(f"The {what} in its comments is one text; write it after the colon.")
    return said


_OF_A_PARAMETER: Final[Mapping[str, Callable[[str, Any], Any]]] = {
    "description": _one,
    "default": _one,
    "example": _one,
    "enum": _texts,
    "minimum": _one,
    "maximum": _one,
}
_DECORATORS: Final[Mapping[str, Callable[[Any, dict[str, dict[str, Any]]], None]]] = {
    "summary": _text,
    "description": _text,
    "tags": _tags,
    "params": _params,
    "defaults": _defaults,
    "enumerate": _enumerate,
}
