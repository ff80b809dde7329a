"""Turtle for people and N-Quads for programs, serialised by Oxigraph a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.model import Subgraph
from graph.rdf_terms import DEFAULT, TYPE
from graph.vocab import Namespaces

BATCH = 1_000
"""Quads that are serialised at once; in Turtle those of one batch stand in reading order."""

_COMMENT = """\
# A newsgraph in Turtle, which has no named graphs: the plain triples, and what each article says
# (kg:Statement and its evidence), stand side by side. The N-Quads export keeps the articles apart.
"""


def write_nquads(subgraph: Subgraph) -> Iterator[bytes]:
    """Give the quads of `subgraph` exactly, one a line, in the order that they come in."""
    for batch in _batches(subgraph.quads()):
        yield _serialized(batch, RdfFormat.N_QUADS)


def write_turtle(subgraph: Subgraph) -> Iterator[bytes]:
    """Give the triples of all graphs of `subgraph`, with prefixes, in an order to be read."""
    prefixes = Namespaces(subgraph.base).prefixes
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items()]
    yield (_COMMENT + "".join(lines) + "\n").encode()
    for batch in _batches(subgraph.quads()):
        triples = (Triple(q.subject, q.predicate, q.object) for q in sorted(batch, key=_reading_order))
        text = _serialized(triples, RdfFormat.TURTLE, prefixes)
        # Each batch repeats the prefixes, one a line, in an order of its own.
        yield text.split(b"\n", len(prefixes))[-1]


def _serialized(
    statements: Iterable[Quad] | Iterable[Triple], format_: RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    text = serialize(statements, format=format_, prefixes=prefixes)
    assert text is not None  # it is None only when there is an output file to write to
    return text


def _batches(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    left = iter(quads)
    while batch := list(islice(left, BATCH)):
        yield batch


def _reading_order(quad: Quad) -> tuple[bool, str, bool, str]:
    """Sort by subject, plain triples first; of one subject its type comes first."""
    return (quad.graph_name != DEFAULT, str(quad.subject), quad.predicate != TYPE, str(quad.predicate))
