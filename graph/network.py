"""The graph as plain nodes and edges, as exporters write it and `graph.analysis` computes on it.

Several statements of one relation between the same two nodes are one edge, which keeps the count of
statements and of independent articles.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from graph.model import Entity, EntityType, Modality, Node, Polarity, Statement, Subgraph, TimeSpan, Value
from graph.vocab import XSD

VALUE = "Value"
"""The type of a node that stands for a literal (a number, a date, a quantity)."""

VALUES = "value:"
"""What the ids of nodes for values begin with; no entity's id holds a colon (vocab.slug)."""

MENTIONS = "mentions"
"""The kind of the edges from a concept to the named entities inside its phrase."""


_BOOLEAN = f"{XSD}boolean"


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One node; `facts` are the clauses without an object (*resign*, *not attend*, *meet (planned)*)."""

    id: str
    label: str
    type: str
    degree: int = 0
    facts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """All statements with one subject, predicate, object and polarity.

    `modality` is `asserted` only if some article says so in its own voice; else it names the modalities
    there are, with commas between. `support` counts articles. `start` and `end` span the times of the
    statements (None: open, or none is dated).
    """

    id: str
    source: str
    target: str
    kind: str
    label: str
    polarity: Polarity
    modality: str
    support: int
    statements: int
    confidence: float
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes with unique ids, and directed edges with unique ids between them."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


@dataclass(slots=True)
class _Group:
    """The statements of one edge, or of one fact, summed up while they come."""

    label: str
    articles: set[str] = field(default_factory=set)
    statements: int = 0
    confidence: float = 0.0
    modalities: tuple[str, ...] = ()
    start: date | None = date.max
    end: date | None = date.min
    dated: bool = False

    def add(self, statement: Statement) -> None:
        """Count one statement more."""
        self.articles.add(statement.article)
        self.statements += 1
        self.confidence = max(self.confidence, statement.confidence)
        modality = statement.modality
        if modality is Modality.ASSERTED and statement.attributed_to is not None:
            # What is only somebody's words counts as claimed, whatever form they gave it.
            modality = Modality.CLAIMED
        if modality not in self.modalities:
            self.modalities += (modality.value,)
        if statement.time is not None:
            self._span(statement.time)

    def modality(self, between: str) -> str:
        """Name how the statements are meant: `asserted` alone if an article says so in its own voice."""
        asserted = Modality.ASSERTED.value
        return asserted if asserted in self.modalities else between.join(sorted(self.modalities))

    def days(self) -> tuple[date | None, date | None]:
        """Give the first and last day of those that are dated; an open end is None."""
        return (self.start, self.end) if self.dated else (None, None)

    def _span(self, time: TimeSpan) -> None:
        if time.start or time.end:
            self.dated = True
            self.start = min(self.start, time.start) if self.start and time.start else None
            self.end = max(self.end, time.end) if self.end and time.end else None


_Key: TypeAlias = tuple[str, str, str, Polarity]


def network(subgraph: Subgraph) -> Network:
    """Sum up the statements of `subgraph` as nodes and edges, in a stable order.

    Statements and entities are gone through once, so that they may come straight from the store.
    """
    entities = list(subgraph.entities)
    nodes = {entity.id: _entity_node(entity) for entity in entities}
    edges: dict[_Key, _Group] = {}
    facts: dict[_Key, _Group] = {}
    uses: dict[str, list[str]] = {entity.id: [] for entity in entities if entity.mentions}
    for statement in subgraph.statements:
        subject, predicate = statement.subject, statement.predicate
        ends = (subject,) if is_fact(statement.object) else (subject, statement.object)
        ids = [_node_id(end) for end in ends]
        for id_, end in zip(ids, ends, strict=True):
            if id_ not in nodes:
                nodes[id_] = _end_node(id_, end)
        for id_ in uses.keys() & ids:
            uses[id_].append(statement.article)
        groups, target = (edges, ids[1]) if len(ids) == 2 else (facts, "")
        key = (ids[0], predicate.id, target, statement.polarity)
        if key not in groups:
            groups[key] = _Group(predicate.label)
        groups[key].add(statement)
    all_edges = [_edge(key, group) for key, group in edges.items()]
    all_edges += _mention_edges(entities, nodes, uses)
    return Network(tuple(_finished(nodes.values(), all_edges, facts)), tuple(all_edges))


def is_fact(object_: Node | Value) -> bool:
    """Tell whether a statement with this object says something of its subject alone (*she resigned*)."""
    return isinstance(object_, Value) and object_.value == "true" and object_.datatype == _BOOLEAN


def _entity_node(entity: Entity) -> GraphNode:
    return GraphNode(
        entity.id, entity.label, entity.type.value, aliases=entity.aliases, same_as=entity.same_as
    )


def _node_id(end: Node | Value) -> str:
    return end.id if isinstance(end, Node) else f"{VALUES}{_digest(end.datatype, end.value)}"


def _end_node(id_: str, end: Node | Value) -> GraphNode:
    return (
        GraphNode(id_, end.label, end.type.value)
        if isinstance(end, Node)
        else GraphNode(id_, end.value, VALUE)
    )


def _edge(key: _Key, group: _Group) -> GraphEdge:
    source, kind, target, polarity = key
    start, end = group.days()
    return GraphEdge(
        _edge_id(key),
        source,
        target,
        kind,
        group.label,
        polarity,
        group.modality(between=","),
        support=len(group.articles),
        statements=group.statements,
        confidence=group.confidence,
        start=start,
        end=end,
    )


def _mention_edges(
    entities: Iterable[Entity], nodes: Container[str], uses: Mapping[str, Sequence[str]]
) -> Iterator[GraphEdge]:
    """Tie each concept to the entities inside its phrase, where these are part of the graph.

    `uses` holds, for each concept, the article of each statement that has it at one end.
    """
    for entity in entities:
        for target in entity.mentions if entity.type is EntityType.CONCEPT else ():
            if target not in nodes:
                continue
            yield GraphEdge(
                _edge_id((entity.id, f"kg:{MENTIONS}", target)),
                *(entity.id, target, MENTIONS, MENTIONS, Polarity.POSITIVE, Modality.ASSERTED.value),
                support=len(set(uses[entity.id])),
                statements=len(uses[entity.id]),
                confidence=1.0,
            )


def _finished(
    nodes: Iterable[GraphNode], edges: Iterable[GraphEdge], facts: dict[_Key, _Group]
) -> Iterator[GraphNode]:
    """Give each node its degree and its facts."""
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))
    told: dict[str, list[str]] = {}
    for (subject, _, _, polarity), group in facts.items():
        told.setdefault(subject, []).append(_fact(polarity, group))
    for node in nodes:
        yield GraphNode(
            node.id,
            node.label,
            node.type,
            degree[node.id],
            tuple(told.get(node.id, ())),
            node.aliases,
            node.same_as,
        )


def _fact(polarity: Polarity, group: _Group) -> str:
    """Word a fact so that it never claims more than the articles do."""
    denied = "not " if polarity is Polarity.NEGATIVE else ""
    modality = group.modality(between=", ")
    return f"{denied}{group.label}" + ("" if modality == Modality.ASSERTED else f" ({modality})")


def _edge_id(key: tuple[str, ...]) -> str:
    # The letter keeps readers such as networkx from taking an id of digits for a number.
    return f"e{_digest(*key)}"


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()[:20]
