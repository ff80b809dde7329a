"""The graph as plain nodes and edges, as exporters write it and `graph.analysis` computes on it.

Several statements of one relation between the same two nodes are one edge, which keeps the count of
statements and of independent articles.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from graph.model import Entity, EntityType, Modality, Node, Polarity, Statement, Subgraph, Value
from graph.vocab import XSD

VALUE = "Value"
"""The type of a node that stands for a literal (a number, a date, a quantity)."""

MENTIONS = "mentions"
"""The kind of the edges from a concept to the named entities inside its phrase."""


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
    """The statements of one edge, or of one fact, while they are gathered."""

    label: str
    statements: list[Statement] = field(default_factory=list)


_Key: TypeAlias = tuple[str, str, str, Polarity]


def network(subgraph: Subgraph) -> Network:
    """Sum up the statements of `subgraph` as nodes and edges, in a stable order."""
    nodes: dict[str, GraphNode] = {entity.id: _entity_node(entity) for entity in subgraph.entities}
    edges: dict[_Key, _Group] = {}
    facts: dict[_Key, _Group] = {}
    for statement in subgraph.statements:
        subject, object_ = statement.subject, statement.object
        nodes.setdefault(subject.id, _mentioned_node(subject))
        predicate = statement.predicate
        if is_fact(object_):
            key = (subject.id, predicate.id, "", statement.polarity)
            facts.setdefault(key, _Group(predicate.label)).statements.append(statement)
            continue
        node = _value_node(object_) if isinstance(object_, Value) else _mentioned_node(object_)
        nodes.setdefault(node.id, node)
        key = (subject.id, predicate.id, node.id, statement.polarity)
        edges.setdefault(key, _Group(predicate.label)).statements.append(statement)
    all_edges = [_edge(key, group) for key, group in edges.items()]
    all_edges += _mention_edges(subgraph, nodes)
    return Network(tuple(_finished(nodes.values(), all_edges, facts)), tuple(all_edges))


def is_fact(object_: Node | Value) -> bool:
    """Tell whether a statement with this object says something of its subject alone (*she resigned*)."""
    return isinstance(object_, Value) and object_.datatype == f"{XSD}boolean" and object_.value == "true"


def _entity_node(entity: Entity) -> GraphNode:
    return GraphNode(
        entity.id, entity.label, entity.type.value, aliases=entity.aliases, same_as=entity.same_as
    )


def _mentioned_node(node: Node) -> GraphNode:
    return GraphNode(node.id, node.label, node.type.value)


def _value_node(value: Value) -> GraphNode:
    # No entity's id holds a colon (vocab.slug), so the two never meet.
    return GraphNode(f"value:{_digest(value.datatype, value.value)}", value.value, VALUE)


def _edge(key: _Key, group: _Group) -> GraphEdge:
    source, kind, target, polarity = key
    statements = group.statements
    start, end = _days(statements)
    return GraphEdge(
        _edge_id(key),
        source,
        target,
        kind,
        group.label,
        polarity,
        ",".join(_modalities(statements)),
        support=len({s.article for s in statements}),
        statements=len(statements),
        confidence=max(s.confidence for s in statements),
        start=start,
        end=end,
    )


def _mention_edges(subgraph: Subgraph, nodes: dict[str, GraphNode]) -> Iterator[GraphEdge]:
    """Tie each concept to the entities inside its phrase, where these are part of the graph."""
    said = _uses(subgraph.statements)
    for entity in subgraph.entities:
        for target in entity.mentions if entity.type is EntityType.CONCEPT else ():
            if target not in nodes:
                continue
            key = (entity.id, MENTIONS, target, Polarity.POSITIVE)
            uses = said.get(entity.id, [])
            yield GraphEdge(
                _edge_id((*key[:1], f"kg:{MENTIONS}", *key[2:])),
                *(entity.id, target, MENTIONS, MENTIONS, Polarity.POSITIVE, Modality.ASSERTED.value),
                support=len(set(uses)),
                statements=len(uses),
                confidence=1.0,
            )


def _uses(statements: Iterable[Statement]) -> dict[str, list[str]]:
    """Give, for each concept, the article of each statement that has it at one end."""
    uses: dict[str, list[str]] = {}
    for statement in statements:
        ends = {end.id for end in (statement.subject, statement.object) if isinstance(end, Node)}
        for id_ in ends:
            uses.setdefault(id_, []).append(statement.article)
    return uses


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
    modality = ", ".join(_modalities(group.statements))
    return f"{denied}{group.label}" + ("" if modality == Modality.ASSERTED else f" ({modality})")


def _modalities(statements: Iterable[Statement]) -> list[str]:
    """Name how the statements are meant: `asserted` alone if an article says so in its own voice.

    What is only somebody's words counts as claimed, whatever form they gave it.
    """
    found = set()
    for statement in statements:
        if statement.modality is not Modality.ASSERTED:
            found.add(statement.modality.value)
        elif statement.attributed_to is None:
            return [Modality.ASSERTED.value]
        else:
            found.add(Modality.CLAIMED.value)
    return sorted(found)


def _days(statements: Iterable[Statement]) -> tuple[date | None, date | None]:
    """Span the times of the statements that have any; an open end stays open."""
    spans = [s.time for s in statements if s.time and (s.time.start or s.time.end)]
    starts = [span.start for span in spans if span.start]
    ends = [span.end for span in spans if span.end]
    start = min(starts) if spans and len(starts) == len(spans) else None
    end = max(ends) if spans and len(ends) == len(spans) else None
    return start, end


def _edge_id(key: tuple[str, ...]) -> str:
    # The letter keeps readers such as networkx from taking an id of digits for a number.
    return f"e{_digest(*key)}"


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()[:20]
