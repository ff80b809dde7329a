"""What describes the graph, out of `data/`: ontology, shapes and JSON-LD context, for one store's base IRI.

The files name the own terms relative to a base IRI, because each store has its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from pyoxigraph import Quad, RdfFormat, parse

from graph.resources import data_path
from graph.vocab import Namespaces

Context: TypeAlias = dict[str, Any]

_WRITTEN_BASE = "http://localhost:8000/"
"""The base IRI in the context's file: JSON-LD takes no relative IRI for a prefix."""


def ontology_quads(ns: Namespaces) -> Iterator[Quad]:
    """Give the ontology as quads of the default graph, its terms under the store's base IRI."""
    return _turtle("ontology", ns)


def shape_quads(ns: Namespaces) -> Iterator[Quad]:
    """Give the SHACL shapes of what newsgraph writes, under the store's base IRI."""
    return _turtle("shapes", ns)


def statement_context(ns: Namespaces) -> Context:
    """Return the JSON-LD document (`{"@context": ...}`) that makes RDF of a statement's JSON."""
    written = data_path("context", "newsgraph.jsonld").read_text(encoding="utf-8")
    context: Context = json.loads(written.replace(_WRITTEN_BASE, ns.base))
    return context


def _turtle(folder: str, ns: Namespaces) -> Iterator[Quad]:
    path = data_path(folder, "newsgraph.ttl")
    return parse(path.read_bytes(), RdfFormat.TURTLE, base_iri=ns.base)
