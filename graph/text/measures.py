"""What the amounts of a clause add to its statement: how many its ends are, and how far it goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.model import Argument, Node, Value
from graph.text.quantities import OWN
from graph.text.tree import children

if TYPE_CHECKING:
    from graph.text.nodes import Nodes
    from graph.text.tokens import Token

COUNT, EXTENT = "count", "extent"


def count(ends: Iterable[tuple[Token | None, Node | Value]], nodes: Nodes) -> tuple[Argument, ...]:
    """How many the first counted end is: the object, or the subject where the object is not counted."""
    counts = (nodes.count(head) for head, end in ends if head is not None and isinstance(end, Node))
    found = next((many for many in counts if many is not None), None)
    return (Argument(COUNT, found),) if found is not None else ()


def extent(verb: Token, nodes: Nodes) -> tuple[Argument, ...]:
    """*Profit rose 24.4%*, *they walked 785 miles*: an amount beside a verb that is not its object."""
    values = (nodes.value(noun) for noun in children(verb, "npadvmod"))
    return tuple(Argument(EXTENT, value) for value in values if value is not None and value.datatype in OWN)


def outside(arguments: Iterable[Argument], end: Node | Value) -> tuple[Argument, ...]:
    """Leave out what a measure already holds: of *reached 75 miles per hour* the hour is no argument."""
    measured = isinstance(end, Value) and end.datatype in OWN
    return tuple(
        argument
        for argument in arguments
        if not (measured and end.start <= argument.value.start and argument.value.end <= end.end)
    )
