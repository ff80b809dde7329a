"""GEXF 1.3 for Gephi: kinds of edges, colours, sizes and places, and a timeline of dated edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.export.chunks import chunked
from graph.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Kind
from graph.export.style import NODE_STYLES, edge_style, node_size, rgb
from graph.export.xmltext import DECLARATION, attributes, escaped
from graph.layout import place
from graph.model import Subgraph
from graph.network import GraphEdge, GraphNode, network

SPREAD = 100.0
"""Gephi's units for each node's share of the width: the picture grows with the root of their number."""

# Gephi keeps `kind` to itself; as an attribute it is also a column to filter and colour by.
_EDGE_COLUMNS: tuple[Column[GraphEdge], ...] = (
    Column("predicate", Kind.TEXT, lambda edge: edge.kind),
    *EDGE_COLUMNS,
)

_HEAD = """\
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>newsgraph</creator></meta>
<graph mode="dynamic" timeformat="date" timerepresentation="interval"
 defaultedgetype="directed" idtype="string">
"""
_TAIL = "</edges>\n</graph>\n</gexf>\n"


def write(subgraph: Subgraph) -> Iterator[bytes]:
    """Give `subgraph` as GEXF; edges whose statements are dated have a `start` and an `end`."""
    return chunked(_pieces(subgraph))


def _pieces(subgraph: Subgraph) -> Iterator[str]:
    graph = network(subgraph)
    places = place((n.id for n in graph.nodes), ((e.source, e.target) for e in graph.edges))
    scale = SPREAD * max(len(graph.nodes), 1) ** 0.5
    yield DECLARATION + _HEAD
    yield from _declared("node", NODE_COLUMNS)
    yield from _declared("edge", _EDGE_COLUMNS)
    yield "<nodes>\n"
    for node in graph.nodes:
        x, y = places[node.id]
        yield _node(node, x * scale, y * scale)
    yield "</nodes>\n<edges>\n"
    yield from map(_edge, graph.edges)
    yield _TAIL


def _declared(of: str, columns: Iterable[Column[GraphNode]] | Iterable[Column[GraphEdge]]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">\n'
    for column in columns:
        yield f'<attribute id="{column.name}" title="{column.name}" type="{column.kind}"/>\n'
    yield "</attributes>\n"


def _node(node: GraphNode, x: float, y: float) -> str:
    red, green, blue = rgb(NODE_STYLES[node.type].color)
    return (
        f"<node{attributes((('id', node.id), ('label', node.label)))}>"
        f"{_values((column.name, column.value(node)) for column in NODE_COLUMNS)}"
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{node_size(node)}"/>'
        f'<viz:position x="{x:.1f}" y="{y:.1f}" z="0.0"/></node>\n'
    )


def _edge(edge: GraphEdge) -> str:
    style = edge_style(edge)
    red, green, blue = rgb(style.color)
    told = attributes(
        (
            ("id", edge.id),
            ("source", edge.source),
            ("target", edge.target),
            ("kind", edge.kind),
            ("label", edge.label),
            ("weight", float(max(edge.statements, 1))),
            ("start", edge.start),
            ("end", edge.end),
        )
    )
    return (
        f"<edge{told}>{_values((column.name, column.value(edge)) for column in _EDGE_COLUMNS)}"
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:shape value="{style.line}"/></edge>\n'
    )


def _values(pairs: Iterable[tuple[str, object]]) -> str:
    """Write the attribute values that there are; an empty list has none."""
    told = [
        f'<attvalue for="{name}" value="{escaped(value)}"/>'
        for name, value in pairs
        if value is not None and value != ()
    ]
    return f"<attvalues>{''.join(told)}</attvalues>"
