"""Nodes of hand-built parses: what tests of the parts of noun phrases share."""

from __future__ import annotations

from graph.model import Article, Node, Value
from graph.text import attribution, coreference, entities, mentions
from graph.text.clean import clean
from graph.text.nodes import Nodes
from tests.docs import find, make


def nodes_of(notation: str, text: str | None = None) -> Nodes:
    """Return the nodes of a text in the notation of `tests.docs`, or of `text` under its parse."""
    doc = make(notation)
    article = Article(doc.text if text is None else text)
    cast = entities.build(mentions.names(doc))
    resolved = coreference.resolve(doc, cast, attribution.quotations(doc))
    return Nodes(article, clean(article.text), doc, cast, resolved)


def part(notation: str, head: str, text: str | None = None) -> Node | Value | None:
    """Return what an object with that head stands for; its words are those of the article."""
    nodes = nodes_of(notation, text)
    found = nodes.object(find(nodes.doc, head))
    if found is not None:
        assert nodes.article.text[found.start : found.end] == found.text
    return found
