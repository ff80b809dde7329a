"""The graph for people who script in Python: as an rdflib Dataset, and as a networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph

from graph import views
from graph.sparql import guard
from graph.store.archive import Archive
from graph.views import StatementFilter

if TYPE_CHECKING:
    import rdflib

    from graph.analysis import MultiDiGraph


def as_rdflib(archive: Archive) -> rdflib.Dataset:
    """Return the whole graph, as it is now, as an rdflib Dataset that Oxigraph answers for; it is read-only.

    Its default graph holds the plain triples, and each article is a named graph. It does not change when the
    archive does: ask again to see more. A query is refused as by the server (QueryRefused for SERVICE, since
    the engine would go to the network), but has neither a deadline nor a limit here: give a stranger's to
    `graph.sparql.pool` instead. Raises StoreError if the disk refuses.
    """
    import rdflib
    from oxrdflib import OxigraphStore

    class GuardedStore(OxigraphStore):  # here, since oxrdflib is imported only where it is needed
        def query(self, query: Any, *args: Any, **options: Any) -> Any:
            guard.check(str(query))
            return super().query(query, *args, **options)

    store = GuardedStore(store=pyoxigraph.Store.read_only(str(archive.checkpoint())))
    dataset = rdflib.Dataset(store=store)
    for prefix, namespace in archive.ns.prefixes.items():
        dataset.bind(prefix, rdflib.URIRef(namespace), override=True, replace=True)
    return dataset


def as_networkx(archive: Archive, only: StatementFilter | None = None) -> MultiDiGraph:
    """Return the statements, or `only` some of them, as a networkx graph; see `analysis.to_networkx`."""
    from graph.analysis import to_networkx

    return to_networkx(views.subgraph(archive, only or StatementFilter()))
