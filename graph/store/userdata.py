"""What is the user's own in the graph, and how it is told from what articles say.

Theirs is each named graph that is no article's, and each triple of the default graph that no article
supports. Where an article comes to say what a user wrote before, a quad in a graph of our own remembers it:

    GRAPH <user> { <user> kg:supports <triple/KEY> }

To all that asks who supports a triple this is one more supporter, so that it stays when the article goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad, Triple

from graph.rdf_terms import triple_key
from graph.store.base import Contents
from graph.vocab import Namespaces


def user_graph(ns: Namespaces) -> NamedNode:
    """The graph of the marks."""
    return NamedNode(f"{ns.base}user")


def user_mark(triple: Triple, ns: Namespaces) -> Quad:
    """The quad that says that a user wrote `triple` before any article said it."""
    graph = user_graph(ns)
    return Quad(graph, ns.kg("supports"), triple_key(triple, ns), graph)


def contents_of(quads: Iterable[Quad]) -> Contents:
    """Return how many quads there are and their digest, which does not depend on their order."""
    return contents_of_lines(sorted(str(quad) for quad in quads))


def contents_of_lines(lines: Sequence[str]) -> Contents:
    """Return the same of quads that are written down, each as `str` writes it, in the order of texts."""
    return Contents(len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32])
