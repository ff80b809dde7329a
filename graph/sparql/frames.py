"""What a walk over a query (`patterns.py`) has open, and what may stand next in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto


class State(Enum):
    """What stands next in a group; `AFTER` an object, `CONDITION` after FILTER, `BINDING` after BIND."""

    SUBJECT = auto()
    VERB = auto()
    OBJECT = auto()
    AFTER = auto()
    CONDITION = auto()
    BINDING = auto()
    OTHER = auto()


class Group(Enum):
    """What a brace opens.

    `DATA` (of VALUES, of a template) and `NOTE` (an annotation) hold no patterns, `SHORT` (of CONSTRUCT
    WHERE) triples only; `QUERY` is what stands around a WHERE.
    """

    PATTERN = auto()
    EXISTS = auto()
    DATA = auto()
    NOTE = auto()
    SHORT = auto()
    QUERY = auto()


@dataclass(slots=True)
class Frame:
    """A group that is open; `block` is where its block of triples begins (in characters).

    `depth` counts the brackets that are open in it, and `word` is its last keyword. `subject` are the
    tokens of the subject (begin and end), `verbs` those of the verbs after it.
    """

    kind: Group
    block: int
    state: State = State.SUBJECT
    depth: int = 0
    word: str = ""
    subject: tuple[int, int] = (0, 0)
    verbs: list[int] = field(default_factory=list)
