"""Text of articles on its way to a person's terminal: never as commands to the terminal."""

from __future__ import annotations

import re

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment

# C0 but tab and line feed, DEL and C1: a terminal obeys them (ECMA-48), so that a headline could set its
# title, clear it, or hide what is printed. The rest turns the direction of what follows (Unicode's
# Bidi_Control), so that it reads otherwise than it is.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return `text` without what a terminal would obey instead of show."""
    return _COMMANDS.sub("", text)


class Printable:
    """Something that rich can render, whose texts are `printable` when it does; its own colours stay."""

    def __init__(self, thing: RenderableType) -> None:
        self._thing = thing

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the segments of the thing, as rich asks for them."""
        for segment in console.render(self._thing, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)
