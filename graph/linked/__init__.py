"""Linked data: what an IRI of the store stands for, as RDF.

description.py   one thing with its evidence, the ontology, the shapes
dataset.py       the data set about itself (VoID, DCAT)
writing.py       triples as Turtle, JSON-LD, N-Triples, RDF/XML
"""

from __future__ import annotations

from graph.linked.dataset import DCTERMS, describe_dataset
from graph.linked.description import DOCUMENTS, KINDS, Description, describe, document
from graph.linked.writing import FORMATS, GraphFormat, short, write

__all__ = [
    "DCTERMS",
    "DOCUMENTS",
    "FORMATS",
    "KINDS",
    "Description",
    "GraphFormat",
    "describe",
    "describe_dataset",
    "document",
    "short",
    "write",
]
