"""What walks through the graph find, as JSON for the routes and the command line alike."""

from __future__ import annotations

from graph.codec import Json, statement_to_json
from graph.model import Entity
from graph.network import VALUES, GraphEdge, network
from graph.views.ego import MAX_DEPTH, Ego
from graph.views.paths import Paths, Step


def paths_to_json(found: Paths) -> Json:
    """Write paths between two entities."""
    searched = found.searched
    return {
        "source": end_to_json(found.source),
        "target": end_to_json(found.target),
        "items": [{"length": len(path), "steps": [_step(step) for step in path]} for path in found.items],
        "searched": {
            "length": searched.length,
            "entities": searched.entities,
            "statements": searched.statements,
            "stopped": searched.stopped,
        },
    }


def ego_to_json(found: Ego) -> Json:
    """Write an ego graph: nodes by their steps from the centre, and edges, the best supported first."""
    summed = network(found.part)
    distances = dict(found.distances)
    for edge in summed.edges:
        if edge.target.startswith(VALUES):
            distances[edge.target] = min(
                distances[edge.source] + 1, distances.get(edge.target, MAX_DEPTH + 1)
            )
    edges = [edge for edge in summed.edges if {edge.source, edge.target} <= distances.keys()]
    nodes = [node for node in summed.nodes if node.id in distances]
    left_out = found.left_out
    written = [_edge(edge, found) for edge in edges]
    return {
        "about": list(found.about),
        "nodes": [
            {
                "id": node.id,
                "label": node.label,
                "type": node.type,
                "distance": distances[node.id],
                "degree": node.degree,
                "facts": list(node.facts),
            }
            for node in sorted(nodes, key=lambda node: (distances[node.id], -node.degree, node.id))
        ],
        "edges": sorted(written, key=lambda edge: (-edge["support"], -edge["statements"], edge["id"])),
        "truncated": left_out
        and {
            "edges": left_out.edges,
            "statements": left_out.statements,
            "steps": left_out.steps,
            "stopped": left_out.stopped,
        },
    }


def _edge(edge: GraphEdge, found: Ego) -> Json:
    weight = found.weights.get((edge.source, edge.kind, edge.target, edge.polarity))
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "predicate": edge.kind,
        "label": edge.label,
        "polarity": edge.polarity.value,
        "modality": edge.modality,
        "support": weight.support if weight else edge.support,
        "statements": weight.statements if weight else edge.statements,
        "confidence": edge.confidence,
        "start": edge.start and edge.start.isoformat(),
        "end": edge.end and edge.end.isoformat(),
    }


def end_to_json(entity: Entity) -> Json:
    """Write an entity in short."""
    return {"id": entity.id, "label": entity.label, "type": entity.type.value}


def _step(step: Step) -> Json:
    return {
        "start": end_to_json(step.start),
        "end": end_to_json(step.end),
        "relations": [
            {
                "predicate": one.predicate,
                "forward": one.forward,
                "polarity": one.polarity.value,
                "statements": one.statements,
                "support": one.support,
            }
            for one in step.relations
        ],
        "statements": [statement_to_json(one) for one in step.statements],
        "count": step.count,
    }
