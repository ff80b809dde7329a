"""How the command line describes its arguments, and what is wrong with them: in words that are not Python's.

Typer shows the types of the code (`list[str]`, `float range`), and the sentences of the validator below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import typer

from graph.advice import instead

_SEVERAL: Final = re.compile(r"<list\[(.*)\]>")
_TYPE: Final = re.compile(r" <[a-z\[\]]+>$")
"""What stands after the name of an argument that has no choices."""
_NUMBERS: Final = {"int": "a whole number", "float": "a number"}
_RANGE: Final = frozenset({"greater_than_equal", "less_than_equal"})


def usage(pieces: list[str]) -> list[str]:
    """Write the arguments of the usage line without the braces of those that are needed."""
    return [re.sub(r"\{(.+)\}", r"\1", piece) for piece in pieces]


def sections(command: Any, ctx: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give the sections of a help: a title, then names and what they mean."""
    for title, kind in (("Arguments", "argument"), ("Options", "option")):
        rows = [
            (_plain(*record, is_argument=kind == "argument"))
            for one in command.get_params(ctx)
            if one.param_type_name == kind and (record := one.get_help_record(ctx)) is not None
        ]
        if rows:
            yield title, rows


def _plain(name: str, meaning: str, *, is_argument: bool) -> tuple[str, str]:
    name = _SEVERAL.sub(r"<\1>", name)
    return (_TYPE.sub("", name) if is_argument else name), meaning


def mend(error: typer.BadParameter) -> None:
    """Let an error say what is wrong with a value and what it should be."""
    found = getattr(error.__cause__, "errors", None)
    if found is None:  # a sentence of our own
        return
    one = found()[0]
    if (choices := getattr(getattr(error.param, "type_descriptor", None), "choices", None)) is not None:
        value = str(one["input"])
        error.message = f"{value!r} is none of its values; {instead(value, map(str, choices))}."
    elif one["type"] in _RANGE:
        error.message = f"{one['input']} is out of range; give {_bounds(error.param)}."
    elif (number := _NUMBERS.get(one["type"].partition("_")[0])) is not None:
        error.message = f"{one['input']!r} is not {number}."
    elif one["type"] == "value_error":
        error.message = str(one["ctx"]["error"])


def _bounds(parameter: Any) -> str:
    least, most = parameter.min, parameter.max
    if least is None:
        return f"{most} at most"
    return f"{least} or more" if most is None else f"a number from {least} to {most}"
