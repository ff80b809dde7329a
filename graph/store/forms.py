"""The form that the embedded store keeps quads in, and what must be true of those of an article."""

from __future__ import annotations

from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.rdf_terms import DEFAULT, stored_form, triple_key
from graph.vocab import Namespaces

_AnyTerm = TypeVar("_AnyTerm", NamedNode | BlankNode | Triple, NamedNode | BlankNode | Literal | Triple)


def normal(quad: Quad, graph: NamedNode) -> Quad:
    """Return `quad` as the store keeps it: literals by value, blank nodes as IRIs of the article."""
    before = quad.subject, quad.object
    subject, value = _named(before[0], graph), _named(before[1], graph)
    if isinstance(subject, Triple) or isinstance(value, Triple):
        raise ValueError("A triple as a term is not kept: write it as a statement of its own.")
    value = stored_form(value) if isinstance(value, Literal) else value
    same = subject is before[0] and value is before[1]
    return quad if same else Quad(subject, quad.predicate, value, quad.graph_name)


def _named(term: _AnyTerm, graph: NamedNode) -> _AnyTerm:
    """Return a blank node as an IRI of the article: it can then be deleted by name, on every engine."""
    return NamedNode(f"{graph.value}#node={term.value}") if isinstance(term, BlankNode) else term


def check(quads: set[Quad], plain: set[Triple], graph: NamedNode, ns: Namespaces) -> None:
    """Raise ValueError if a quad is in a graph that is not `graph`, or if that supports no `plain` triple."""
    for quad in quads:
        if quad.graph_name not in (graph, DEFAULT):
            raise ValueError(f"A quad is in the graph {quad.graph_name}, not in {graph}.")
    supports = ns.kg("supports")
    keys = {quad.object for quad in quads if quad.predicate == supports}
    for triple in plain:
        if triple_key(triple, ns) not in keys:
            raise ValueError(f"The plain triple {triple} is not supported by {graph}.")
