"""What a name itself, or what stands beside it, says of its type; None where neither says anything.

The teacher forgets both for names that it has never seen: *Tropical Storm Barry* is a person to it, *Chelsea
F.C.* a place.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from graph.resources import data_path
from graph.training.rows import Paragraph

LINKS = frozenset("of for on to in at and".split())
APPOSED = 6  # words that may stand between a name and the noun of its apposition
LONGEST_STORM = 3  # words: Tropical Storm Barry
FULL_NAME = range(2, 4)  # words of a person's name that has a first name
Words = Sequence[str]


def by_form(words: Words, first_names: Collection[str]) -> str | None:
    """Return the type that a name of several words says itself: *Chelsea F.C.*, *Hurricane Ida*."""
    if words[0] in ("the", "The"):
        words = words[1:]
    if len(words) < 2:
        return None
    if words[0] in _list("ships"):
        return "PRODUCT"
    if is_storm(words):
        return "EVENT"
    if words[-1] in _list("legal_forms") | _list("clubs"):
        return "ORG"
    return _by_noun(words, words[0] in first_names) or _full_name(words, first_names)


def is_storm(words: Words) -> bool:
    """Tell whether words are the name of a storm (*Tropical Storm Barry*)."""
    if not 1 < len(words) <= LONGEST_STORM:
        return False
    first = words[1] if words[0] in ("Tropical", "tropical") and len(words) > 2 else words[0]
    called = first.lower() in _list("storms") and first != "storm"  # which may be a verb
    return called and words[-1][:1].isupper() and words[-1] != first


def by_neighbours(paragraph: Paragraph, start: int, end: int) -> str | None:
    """Return the type that the words beside a name give it: *Mr. X*; *X, a shipping firm*; *the firm X*."""
    words, tags = paragraph["words"], paragraph["tags"]
    before = words[start - 1] if start else ""
    if before in _list("titles") and tags[end - 1] == "NNP" and _noun_type(words[start:end]) is None:
        return "PERSON"
    if before.lower() in _list("organization") and tags[start - 1] == "NN":
        return "ORG"
    nouns = [words[i].lower() for i in _apposed(paragraph, start, end)]
    if any(noun in _human() for noun in nouns):
        return "PERSON"
    if any(noun in _list("organization") for noun in nouns):
        return "ORG"
    aged = words[end : end + 1] == [","] and words[end + 1 : end + 2] and words[end + 2 : end + 3] == [","]
    return "PERSON" if aged and words[end + 1].isdigit() and 1 < len(words[end + 1]) < 3 else None


def _apposed(paragraph: Paragraph, start: int, end: int) -> list[int]:
    """Return the singular nouns that are in apposition to a name after a comma, by the tree."""
    heads, tags = paragraph["heads"], paragraph["tags"]
    if paragraph["words"][end : end + 1] != [","]:
        return []
    near = range(end, min(end + APPOSED, len(heads)))
    return [
        i for i in near if paragraph["deps"][i] == "appos" and start <= heads[i] < end and tags[i] == "NN"
    ]


def _by_noun(words: Words, person: bool) -> str | None:
    """Return the type by the noun; a first name before it may make it a surname (*Charlotte Church*)."""
    noun = _noun(words)
    return _noun_types().get(noun) if noun in _list("sure_nouns") or not person else None


def _noun_type(words: Words) -> str | None:
    return _noun_types().get(_noun(words)) if len(words) > 1 else None


def _noun(words: Words) -> str:
    end = next((i for i, word in enumerate(words) if i and word in LINKS), len(words))
    return words[end - 1].lower()


def _full_name(words: Words, first_names: Collection[str]) -> str | None:
    named = words[0] in first_names and len(words) in FULL_NAME and words[-1].lower() not in _list("things")
    return (
        "PERSON" if named and all(word[:1].isupper() and word[-1:].islower() for word in words[1:]) else None
    )


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(Path(__file__).with_name("names.json").read_text("utf-8"))
    return table


@cache
def _kinds() -> dict[str, Any]:
    kinds: dict[str, Any] = json.loads(data_path("lexicon", "kinds.json").read_text("utf-8"))
    return kinds


@cache
def _list(key: str) -> frozenset[str]:
    return frozenset(_table()[key])


@cache
def _human() -> frozenset[str]:
    return frozenset(_kinds()["human"])


@cache
def _noun_types() -> dict[str, str]:
    found = dict.fromkeys(_kinds()["name_nouns"]["Organization"], "ORG")
    found.update({noun: label for label, nouns in _table()["places"].items() for noun in nouns})
    found.update(dict.fromkeys(_table()["events"], "EVENT"))
    return found
