"""What people decide about the graph: merge, rename and retype entities, correct and reject statements, undo.

Each function is one decision of a `Hand`, made in the only turn to write: checked, written down for good,
and on the disk in all articles that it is about when the function returns.
"""

from __future__ import annotations

from graph.curation.entities import describe, merge, rename, retype
from graph.curation.hands import Check, Hand
from graph.curation.log import Wanted, decision, decisions, undo
from graph.curation.statements import correct, reject

__all__ = [
    "Check",
    "Hand",
    "Wanted",
    "correct",
    "decision",
    "decisions",
    "describe",
    "merge",
    "reject",
    "rename",
    "retype",
    "undo",
]
