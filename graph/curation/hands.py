"""Who decides, and what words they may use."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graph.errors import BadRecord

MAX_WHO: Final = 200
MAX_WHY: Final = 1_000
MAX_NAME: Final = 300
"""Characters that a name, a value or a time in words may have."""

_TURNS: Final = frozenset("LRE RLE LRO RLO PDF LRI RLI FSI PDI".split())
"""What makes a text read otherwise than it is written: one name could be shown as another."""

Check = Callable[[], object]
"""Looks at what is there at the moment of a change; raises what forbids the change."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who makes a decision, and why; `most` is how many articles it may change (None: any number).

    Raises BadRecord for words that cannot be kept.
    """

    who: str
    why: str = ""
    most: int | None = None

    def __post_init__(self) -> None:
        """See that the words can be kept."""
        words("who", self.who, MAX_WHO)
        if self.why:
            words("why", self.why, MAX_WHY, lines=True)


def name(field: str, given: object) -> str:
    """Return the words of a name, as `words` does; raises BadRecord also for what shows nothing, or turns."""
    text = words(field, given)
    if all(unicodedata.category(one)[0] in "CPZM" for one in text):
        raise BadRecord(f"The field {field} has no letter, digit or sign; write a name.")
    if any(unicodedata.bidirectional(one) in _TURNS for one in text):
        raise BadRecord(f"The field {field} turns the direction of text; leave those characters out.")
    return text


def words(field: str, given: object, most: int = MAX_NAME, *, lines: bool = False) -> str:
    """Return words without blanks around them; raises BadRecord, naming the `field`, if they are none.

    They may have `most` characters and, unless `lines` allows for more, one line.
    """
    text = given.strip() if isinstance(given, str) else ""
    if not text:
        raise BadRecord(f"The field {field} is empty; write some words.")
    if len(text) > most:
        raise BadRecord(
            f"The field {field} has {len(text):,} characters, and {most:,} are allowed; shorten it."
        )
    if any(unicodedata.category(one) in ("Cc", "Cs") and not (lines and one in "\n\t") for one in text):
        raise BadRecord(f"The field {field} holds characters that are no text; leave them out.")
    return text
