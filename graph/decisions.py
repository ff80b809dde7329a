"""What people decide about the graph: which entities are one, what they are called, what a sentence says.

A decision is written down once and never changed or taken out. To undo one is a decision too (`Kind.UNDO`,
whose subject is the number of the other). What the active ones make of a reading is in `graph/rules.py`.

`Decision.change` holds what was decided, as JSON; `before` what was there, for who looks back:

    kind         subject      change                                     before
    merge        an entity    into, and that one's label and type        the entity
    rename       an entity    label, and base: what the articles call it label
    retype       an entity    type, and base                             type
    distinguish  an entity    from: another that it is not
    correct      a statement  those fields of a statement that change    the statement
    reject       a statement                                             the statement
    undo         a decision
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from graph.codec import Json
from graph.rdf_terms import TYPE, stored_form
from graph.vocab import OWL, PROV, RDFS, XSD, Namespaces


class Kind(StrEnum):
    """What a decision does."""

    MERGE = "merge"
    RENAME = "rename"
    RETYPE = "retype"
    DISTINGUISH = "distinguish"
    CORRECT = "correct"
    REJECT = "reject"
    UNDO = "undo"


OF_ENTITIES: Final = frozenset((Kind.MERGE, Kind.RENAME, Kind.RETYPE, Kind.DISTINGUISH))
"""The kinds whose subject is an entity."""
OF_STATEMENTS: Final = frozenset((Kind.CORRECT, Kind.REJECT))
"""The kinds whose subject is a statement."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `who` made it, when (`made`, in UTC) and `why`; `undone_by` took it back.

    `also` is what it holds for beside its subject: the same statement of a later version of the article.
    """

    id: int
    kind: Kind
    subject: str
    change: Json
    before: Json
    who: str
    made: datetime
    why: str
    undone_by: int | None = None
    also: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        """True if it holds: it does something itself, and was not undone."""
        return self.undone_by is None and self.kind is not Kind.UNDO


class Carried(NamedTuple):
    """What became of the decisions on an article's own statements when it was replaced: their numbers.

    Those that are `lost` hold for nothing any more, since their sentence is another or gone.
    """

    kept: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()


def decision_to_json(decision: Decision, articles: int) -> Json:
    """Make the JSON object of a decision that changes so many `articles`."""
    return {
        "id": decision.id,
        "kind": decision.kind.value,
        "subject": int(decision.subject) if decision.kind is Kind.UNDO else decision.subject,
        "also": list(decision.also),
        "change": {name: value for name, value in decision.change.items() if name != "base"},
        "before": decision.before,
        "who": decision.who,
        "when": decision.made.isoformat(),
        "why": decision.why,
        "undoneBy": decision.undone_by,
        "state": _state(decision, articles),
        "articles": articles,
    }


def _state(decision: Decision, articles: int) -> str:
    if decision.kind is Kind.UNDO:
        return "done"
    if decision.undone_by is not None:
        return "undone"
    return "active" if articles or decision.kind is Kind.DISTINGUISH else "idle"


def decision_quads(decisions: Iterable[Decision], ns: Namespaces) -> Iterator[Quad]:
    """Give what the graph says of those of `decisions` that hold: what, when and why, but not who.

    Who it was stays in the ledger, for an export may go to anybody.
    """
    graph = ns.curation
    for one in decisions:
        if not one.active:
            continue
        node = ns.decision(one.id)
        about = ns.entity(one.subject) if one.kind in OF_ENTITIES else ns.statement(one.subject)
        yield Quad(node, TYPE, ns.kg("Decision"), graph)
        yield Quad(node, ns.kg("decided"), Literal(one.kind.value), graph)
        yield Quad(node, NamedNode(f"{PROV}used"), about, graph)
        when = stored_form(Literal(one.made.isoformat(), datatype=NamedNode(f"{XSD}dateTime")))
        yield Quad(node, NamedNode(f"{PROV}endedAtTime"), when, graph)
        if one.why:
            yield Quad(node, NamedNode(f"{RDFS}comment"), Literal(one.why), graph)
        if one.kind is Kind.MERGE:
            other = ns.entity(str(one.change["into"]))
            yield Quad(about, ns.kg("mergedInto"), other, graph)
            yield Quad(about, NamedNode(f"{OWL}sameAs"), other, graph)
        if one.kind is Kind.DISTINGUISH:
            yield Quad(about, NamedNode(f"{OWL}differentFrom"), ns.entity(str(one.change["from"])), graph)
