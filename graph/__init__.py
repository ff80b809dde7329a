"""newsgraph: news articles read into a knowledge graph.

The files in reading order:

    pipeline.py   open me first: the walk of an article from text to graph
    model.py      what flows through it: articles, entities, statements
    errors.py     all that can go wrong
    settings.py   every setting
    vocab.py      namespaces and terms (relations.py, ontology.py: what they mean)
    resources.py  finds data/
    sources/      files and bodies become articles
    text/         an article becomes statements
    codec.py      statements as JSON
    rdf.py        statements become quads (rdf_terms.py; rdf_fetch, rdf_shelf and rdf_read.py: the way back)
    store/        keeps articles and quads: base, embedded, ledger, archive (upkeep, rebuilding, backups)
    views/        named reads of the graph
    sparql/       a stranger's query, held safely
    confined/     a table that a stranger sent, read in a process that can do little else
    linked/       what an IRI stands for, as RDF; the data set about itself
    jobs.py       many articles at once, read between those of others and through a restart
    queries/      questions with a name and parameters
    edits.py      what users write into the graph themselves
    scripting.py  the graph as an rdflib Dataset, and as a networkx graph
    network.py    a part of the graph as nodes and edges (layout.py, analysis.py, standing.py)
    export/       the graph as files

The public names below are loaded when they are first used, so that `import graph` costs nothing.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "Article": "graph.model",
    "Entity": "graph.model",
    "Statement": "graph.model",
    "Reading": "graph.model",
    "NewsgraphError": "graph.errors",
    "Settings": "graph.settings",
    "load_settings": "graph.settings",
    "Archive": "graph.store.archive",
    "Reader": "graph.text.reader",
    "ingest": "graph.pipeline",
    "read": "graph.pipeline",
    "recover": "graph.pipeline",
    "as_rdflib": "graph.scripting",
    "as_networkx": "graph.scripting",
}

__all__ = tuple(_HOME)


def __getattr__(name: str) -> object:
    """Load a public name from its file; raises AttributeError for any other."""
    if name not in _HOME:
        raise AttributeError(f"module 'graph' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
