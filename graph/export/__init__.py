"""Files for other programs. `EXPORTERS` is the table; every writer gives its file in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.errors import UnknownFormat
from graph.export import gexf, graphml, html, jsonl, rdf
from graph.model import Subgraph

__all__ = ["EXPORTERS", "Exporter", "export", "exporter"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its name, the media type that HTTP names it by, its files' suffix, and its writer."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Subgraph], Iterator[bytes]]


EXPORTERS: dict[str, Exporter] = {
    each.name: each
    for each in (
        Exporter("jsonl", "application/x-ndjson", "jsonl", jsonl.write),
        Exporter("turtle", "text/turtle", "ttl", rdf.write_turtle),
        Exporter("nquads", "application/n-quads", "nq", rdf.write_nquads),
        Exporter("gexf", "application/gexf+xml", "gexf", gexf.write),
        Exporter("graphml", "application/graphml+xml", "graphml", graphml.write),
        Exporter("html", "text/html", "html", html.write),
    )
}


def exporter(name: str) -> Exporter:
    """Find an exporter by its name, or by its files' suffix (`ttl` is turtle, `nq` is nquads).

    Raises UnknownFormat, naming what there is.
    """
    for each in EXPORTERS.values():
        if name in (each.name, each.suffix):
            return each
    there_is = ", ".join(
        each.name if each.name == each.suffix else f"{each.name} (or {each.suffix})"
        for each in EXPORTERS.values()
    )
    raise UnknownFormat(f"There is no export format {name!r}. Choose one of {there_is}.")


def export(name: str, subgraph: Subgraph) -> Iterator[bytes]:
    """Give `subgraph` as a file of the format `name`, in chunks.

    Raises UnknownFormat at once, before anything is given.
    """
    return exporter(name).write(subgraph)
