"""The graph for people who script in Python: as an rdflib Dataset, and as a networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from graph import views
from graph.store.archive import Archive
from graph.views import StatementFilter

if TYPE_CHECKING:
    import rdflib

    from graph.analysis import MultiDiGraph


def as_rdflib(archive: Archive) -> rdflib.Dataset:
    """Return the whole graph, as it is now, as an rdflib Dataset that Oxigraph answers for; it is read-only.

    Its default graph holds the plain triples, and each article is a named graph. It does not change when the
    archive does: ask again to see more. Give a stranger's query to `graph.sparql.pool` instead: here it
    would have neither a deadline nor a limit. Raises StoreError if the disk refuses.
    """
    import rdflib
    from oxrdflib import OxigraphStore

    store = OxigraphStore(store=pyoxigraph.Store.read_only(str(archive.checkpoint())))
    dataset = rdflib.Dataset(store=store)
    for prefix, namespace in archive.ns.prefixes.items():
        dataset.bind(prefix, rdflib.URIRef(namespace), override=True, replace=True)
    return dataset


def as_networkx(archive: Archive, only: StatementFilter | None = None) -> MultiDiGraph:
    """Return the statements, or `only` some of them, as a networkx graph; see `analysis.to_networkx`."""
    from graph.analysis import to_networkx

    return to_networkx(views.subgraph(archive, only or StatementFilter()))
