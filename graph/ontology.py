"""What describes the graph, out of `data/`: ontology, relations, shapes, JSON-LD context, for a base IRI.

The files name the own terms relative to a base IRI, because each store has its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph.relations import Relation, relations
from graph.resources import data_path
from graph.vocab import OWL, RDF, RDFS, Namespaces

Context: TypeAlias = dict[str, Any]

_WRITTEN_BASE = "http://localhost:8000/"
"""The base IRI in the context's file: JSON-LD takes no relative IRI for a prefix."""


def ontology_quads(ns: Namespaces) -> Iterator[Quad]:
    """Give the ontology as quads of the default graph, its terms under the store's base IRI."""
    return _turtle("ontology", ns)


def relation_quads(ns: Namespaces) -> Iterator[Quad]:
    """Give the curated relations (`graph/relations.py`) as quads of the default graph.

    Each with its label, its meaning, those above it, its inverse and its class of PLOVER.
    """
    for relation in relations().values():
        yield from (Quad(ns.relation(relation.id), *said) for said in _said(relation, ns))


def _said(relation: Relation, ns: Namespaces) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    yield NamedNode(f"{RDF}type"), NamedNode(f"{RDF}Property")
    yield NamedNode(f"{RDFS}label"), Literal(relation.label, language="en")
    yield NamedNode(f"{RDFS}comment"), Literal(relation.definition, language="en")
    for id_ in relation.broader:
        yield ns.kg("broader"), ns.relation(id_)
    if relation.inverse_of is not None:
        yield NamedNode(f"{OWL}inverseOf"), ns.relation(relation.inverse_of)
    if relation.plover is not None:
        yield ns.kg("plover"), Literal(relation.plover)


def shape_quads(ns: Namespaces) -> Iterator[Quad]:
    """Give the SHACL shapes of what newsgraph writes, under the store's base IRI."""
    return _turtle("shapes", ns)


def statement_context(ns: Namespaces) -> Context:
    """Return the JSON-LD document (`{"@context": ...}`) that makes RDF of a statement's JSON."""
    written = data_path("context", "newsgraph.jsonld").read_text(encoding="utf-8")
    context: Context = json.loads(written.replace(_WRITTEN_BASE, ns.base))
    return context


def graph_context(ns: Namespaces) -> Context:
    """Return the terms (the value of `@context`) by which descriptions of things are written as JSON-LD."""
    written = data_path("context", "graph.jsonld").read_text(encoding="utf-8")
    context: Context = json.loads(written.replace(_WRITTEN_BASE, ns.base))["@context"]
    return context


def _turtle(folder: str, ns: Namespaces) -> Iterator[Quad]:
    path = data_path(folder, "newsgraph.ttl")
    return parse(path.read_bytes(), RdfFormat.TURTLE, base_iri=ns.base)
