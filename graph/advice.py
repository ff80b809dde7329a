"""What messages say of a name that there is not, or of a value that cannot be: what it should be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Final

_LIKE: Final = 0.65
"""Likeness (0 to 1) of a misspelt name to the one that is meant."""
_LONGEST: Final = 100
"""Characters of a name that are looked at; the work grows with their square."""
_SUBJECT: Final = re.compile(r"^\w+ should\b")
_KINDS: Final = {
    "valid integer": "whole number",
    "valid number": "number",
    "a valid boolean": "true or false",
    "valid string": "text",
}


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Find the known name that is most like one that is not, whatever the case; None if none is like it."""
    lower: dict[str, str] = {}
    for one in known:
        lower.setdefault(one.lower(), one)
    near = difflib.get_close_matches(name[:_LONGEST].lower(), lower, n=1, cutoff=_LIKE)
    return lower[near[0]] if near else None


def instead(name: str, known: Iterable[str], before: str = "") -> str:
    """Say what may stand in a name's place, to go after a semicolon: *did you mean 'id'? There is id, type*.

    `before` stands before each known name. Where nothing is known there is nothing to say: `known` is not
    empty.
    """
    names = list(known)
    listed = f"here is {', '.join(before + one for one in names)}"
    near = nearest(name, names)
    return f"t{listed}" if near is None else f"did you mean {before + near!r}? T{listed}"


def demand(sentence: str) -> str:
    """Turn what pydantic says of a value into what it should be: *it should be a whole number*."""
    found = _SUBJECT.sub("it should", sentence).partition(", unable to")[0]
    for theirs, ours in _KINDS.items():
        found = found.replace(theirs, ours)
    return found
