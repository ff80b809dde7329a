"""What people decide about the graph: merge, distinguish, rename and retype entities, correct statements.

Each function is one decision of a `Hand`, made in the only turn to write: checked, written down for good,
and on the disk in all articles that it is about when the function returns.
"""

from __future__ import annotations

from graph.curation.candidates import Candidate, candidate_to_json, candidates
from graph.curation.entities import describe, distinguish, merge, rename, retype
from graph.curation.hands import Check, Hand
from graph.curation.log import Wanted, decision, decisions, undo
from graph.curation.statements import correct, reject

__all__ = [
    "Candidate",
    "Check",
    "Hand",
    "Wanted",
    "candidate_to_json",
    "candidates",
    "correct",
    "decision",
    "decisions",
    "describe",
    "distinguish",
    "merge",
    "reject",
    "rename",
    "retype",
    "undo",
]
