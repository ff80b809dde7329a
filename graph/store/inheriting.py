"""Which decisions on an article hold for the one that takes its place: those about what it says unchanged.

The id of a statement is made of its article's, so another version of a text has statements of other ids. One
is the *heir* of another if the same sentence says it in the same words: who, what, to whom, how. So is a
concept that is one article's own (*the meeting*, whose id ends with six digits of the article).

    heirs    what a decision holds for beside its subject; never taken out, as the decision is not
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from graph.decisions import Decision, Kind
from graph.model import Node, Reading, Statement, Value
from graph.rdf import entities_of
from graph.store import decided
from graph.store.ledger import Ledger

_OWN: Final = re.compile(r"(.+)\.[0-9a-f]{6}")
_ABOUT_IT: Final = f"""
WHERE undo.id IS NULL AND one.kind NOT IN ('{Kind.UNDO}', '{Kind.DISTINGUISH}')
AND EXISTS (SELECT 1 FROM touches WHERE decision = one.id AND article = ?) ORDER BY one.id"""


def bound(ledger: Ledger, article: str, reading: Reading) -> list[Decision]:
    """Return the active decisions on what is in that article alone: its statements, and its own concepts."""
    its = {one.id for one in reading.statements} | _own(reading).keys()
    made = decided.decisions(ledger, _ABOUT_IT, [article])
    return [one for one in made if its & {one.subject, *one.also}]


def heirs(old: Reading, new: Reading) -> dict[str, str]:
    """Give the heir in `new` of each statement and own concept of `old` that has one: id to id."""
    here, there = _said(old), _said(new)
    found = {
        one.id: other.id
        for key, said in here.items()
        for one, other in zip(said, there.get(key, ()), strict=False)
    }
    concepts = {told: id_ for id_, told in _own(new).items()}
    return found | {id_: concepts[told] for id_, told in _own(old).items() if told in concepts}


def bequeath(sql: sqlite3.Connection, made: Iterable[Decision], found: Mapping[str, str]) -> None:
    """Write down that decisions hold for the heirs of what they are about."""
    sql.executemany(
        "INSERT OR IGNORE INTO heirs VALUES (?, ?)",
        [(one.id, found[id_]) for one in made for id_ in (one.subject, *one.also) if id_ in found],
    )


def _said(reading: Reading) -> Mapping[object, list[Statement]]:
    """Give the statements by what makes them the same, in the order of the text: it may repeat a sentence."""
    found: defaultdict[object, list[Statement]] = defaultdict(list)
    for one in sorted(reading.statements, key=lambda one: (one.start, one.id)):
        place = one.predicate.start - one.start, one.predicate.end - one.start
        ends = _end(one.subject), one.predicate.id, _end(one.object)
        found[one.sentence, place, ends, one.modality, one.polarity].append(one)
    return found


def _end(end: Node | Value) -> tuple[str, str]:
    """Say what stands at an end: an entity by its label, since the id may hold a part of the article's."""
    return (end.type.value, end.label) if isinstance(end, Node) else (end.datatype, end.value)


def _own(reading: Reading) -> dict[str, tuple[str, str]]:
    """Give the concepts that are this article's own: their ids, and what is left of them in another."""
    parts = {one.id: (_OWN.fullmatch(one.id), one.label) for one in entities_of(reading)}
    return {id_: (match[1], label) for id_, (match, label) in parts.items() if match}
