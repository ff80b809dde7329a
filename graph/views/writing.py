"""What walks through the graph find, as JSON for the routes and the command line alike."""

from __future__ import annotations

from graph.codec import Json, statement_to_json
from graph.model import Entity
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
