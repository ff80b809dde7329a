"""GraphML for yEd, Cytoscape and igraph: typed keys, unique edge ids, `name` and `interaction`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.export.chunks import chunked
from graph.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, Kind
from graph.export.xmltext import DECLARATION, attributes, escaped
from graph.model import Subgraph
from graph.network import GraphEdge, GraphNode, network

_TYPES = {Kind.TEXT: "string", Kind.WHOLE: "int", Kind.NUMBER: "double"}

# Cytoscape shows `name` and `interaction`; yEd and Gephi show `label`.
_NODE_COLUMNS: tuple[Column[GraphNode], ...] = (
    Column("name", Kind.TEXT, lambda node: node.label),
    Column("label", Kind.TEXT, lambda node: node.label),
    *NODE_COLUMNS,
)
_EDGE_COLUMNS: tuple[Column[GraphEdge], ...] = (
    Column("interaction", Kind.TEXT, lambda edge: edge.kind),
    Column("label", Kind.TEXT, lambda edge: edge.label),
    Column("weight", Kind.NUMBER, lambda edge: float(max(edge.statements, 1))),
    *EDGE_COLUMNS,
    Column("start", Kind.TEXT, lambda edge: edge.start),
    Column("end", Kind.TEXT, lambda edge: edge.end),
)


def write(subgraph: Subgraph) -> Iterator[bytes]:
    """Give `subgraph` as GraphML."""
    return chunked(_pieces(subgraph))


def _pieces(subgraph: Subgraph) -> Iterator[str]:
    graph = network(subgraph)
    yield DECLARATION
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield from _keys("node", _NODE_COLUMNS)
    yield from _keys("edge", _EDGE_COLUMNS)
    yield '<graph id="newsgraph" edgedefault="directed">\n'
    yield from map(_node, graph.nodes)
    yield from map(_edge, graph.edges)
    yield "</graph>\n</graphml>\n"


def _keys(of: str, columns: Iterable[Column[GraphNode]] | Iterable[Column[GraphEdge]]) -> Iterator[str]:
    for column in columns:
        name, type_ = column.name, _TYPES[column.kind]
        yield f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{type_}"/>\n'


def _node(node: GraphNode) -> str:
    values = _values("node", ((column.name, column.value(node)) for column in _NODE_COLUMNS))
    return f"<node{attributes((('id', node.id),))}>{values}</node>\n"


def _edge(edge: GraphEdge) -> str:
    ends = attributes((("id", edge.id), ("source", edge.source), ("target", edge.target)))
    values = _values("edge", ((column.name, column.value(edge)) for column in _EDGE_COLUMNS))
    return f"<edge{ends}>{values}</edge>\n"


def _values(of: str, pairs: Iterable[tuple[str, object]]) -> str:
    """Write the values that there are; an empty list has none."""
    return "".join(
        [
            f'<data key="{of}_{name}">{escaped(value)}</data>'
            for name, value in pairs
            if value is not None and value != ()
        ]
    )
