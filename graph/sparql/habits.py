"""What is remembered of the queries that were asked: which took long, and which kind is quick.

A text that took long is known by itself. One that did not makes its *shape* known as quick: its words and
signs, with any IRI, name, string, number or variable in the place of each. So a program that asks the same
with another name each time is served before what nobody has seen yet. A shape that took long before it was
ever quick, or twice in a row, is slow: to change a name in a heavy query makes it no new one.
"""

from __future__ import annotations

from collections import OrderedDict
from enum import IntEnum
from typing import Final

from graph.sparql.guard import Outline

_REMEMBERED: Final = 4096


class Habit(IntEnum):
    """How long a query is expected to take; those that come first are served first."""

    QUICK = 0
    NEW = 1
    SLOW = 2


class _Memory:
    """The last `_REMEMBERED` numbers that were noted."""

    def __init__(self) -> None:
        self._noted: OrderedDict[int, None] = OrderedDict()

    def note(self, key: int) -> None:
        self._noted[key] = None
        self._noted.move_to_end(key)
        if len(self._noted) > _REMEMBERED:
            self._noted.popitem(last=False)

    def forget(self, key: int) -> None:
        self._noted.pop(key, None)

    def __contains__(self, key: int) -> bool:
        return key in self._noted


class Habits:
    """A bounded memory of hashes; it holds no text of anyone."""

    def __init__(self) -> None:
        self._slow = _Memory()
        self._quick_shapes = _Memory()
        self._slow_shapes = _Memory()

    def of(self, outline: Outline) -> Habit:
        """Say how long a query may take."""
        if hash(outline.query) in self._slow or outline.shape in self._slow_shapes:
            return Habit.SLOW
        return Habit.QUICK if outline.shape in self._quick_shapes else Habit.NEW

    def was_quick(self, outline: Outline) -> None:
        """Note that it was answered soon."""
        self._slow.forget(hash(outline.query))
        self._slow_shapes.forget(outline.shape)
        self._quick_shapes.note(outline.shape)

    def was_slow(self, outline: Outline) -> None:
        """Note that it takes long."""
        self._slow.note(hash(outline.query))
        if outline.shape not in self._quick_shapes:
            self._slow_shapes.note(outline.shape)
        self._quick_shapes.forget(outline.shape)
