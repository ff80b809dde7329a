"""The SPARQL updates that the embedded store makes of its own, each one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple


def in_graph(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    """Make the quad of a triple in a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def replacement(
    graph: NamedNode, stale: Iterable[Triple], quads: Iterable[Quad], gone: Iterable[Quad] = ()
) -> str:
    """Return the one update request that puts `quads` in the place of `graph` and of the `stale` triples.

    The quads `gone` go too.
    """
    removed = "".join(f"{triple} .\n" for triple in stale) + _blocks(gone)
    return f"DELETE DATA {{\n{removed}}} ;\nDROP SILENT GRAPH {graph} ;\nINSERT DATA {{\n{_blocks(quads)}}}"


def change(gone: Iterable[Quad], new: Iterable[Quad]) -> str:
    """Return the one update request that removes quads, then adds others."""
    return f"DELETE DATA {{\n{_blocks(gone)}}} ;\nINSERT DATA {{\n{_blocks(new)}}}"


def exchange(graph: NamedNode | None, old: set[Quad], wanted: set[Quad]) -> str:
    """Return the one update request that puts `wanted` in the place of `old` in `graph`.

    Blank nodes cannot be removed by name, and those that are put in get new names; so where one is concerned
    all goes and comes.
    """
    name = "DEFAULT" if graph is None else f"GRAPH {graph}"
    made = "" if graph is None else f"CREATE SILENT {name} ;\n"
    gone, new = old - wanted, wanted - old
    if any("_:" in str(quad) for quad in gone | new):
        return f"{made}CLEAR {name} ;\nINSERT DATA {{\n{_blocks(wanted)}}}"
    return f"{made}DELETE DATA {{\n{_blocks(gone)}}} ;\nINSERT DATA {{\n{_blocks(new)}}}"


def _blocks(quads: Iterable[Quad]) -> str:
    return "".join(f"{_block(quad)}\n" for quad in quads)


def _block(quad: Quad) -> str:
    if isinstance(quad.graph_name, DefaultGraph):
        return f"{quad.triple} ."
    return f"GRAPH {quad.graph_name} {{ {quad.triple} }}"
