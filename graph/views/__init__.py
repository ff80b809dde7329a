"""Named reads of the graph: entities, statements, neighbours, articles, and parts for export.

Each is a function of an `Archive`; what a user gives reaches SPARQL as typed terms only.
"""

from __future__ import annotations

from graph.views.entities import EntityRecord, Neighbour, entities, entity, neighbours
from graph.views.filters import StatementFilter
from graph.views.paging import MAX_LIMIT, Page
from graph.views.statements import article_mentions, article_statements, statement, statements
from graph.views.subgraphs import Stats, stats, subgraph

__all__ = [
    "MAX_LIMIT",
    "EntityRecord",
    "Neighbour",
    "Page",
    "StatementFilter",
    "Stats",
    "article_mentions",
    "article_statements",
    "entities",
    "entity",
    "neighbours",
    "statement",
    "statements",
    "stats",
    "subgraph",
]
