"""Named reads of the graph: entities, statements, neighbours, articles, and parts for export.

Each is a function of an `Archive`; what a user gives reaches SPARQL as typed terms only.
"""

from __future__ import annotations

from graph.views.ego import Ego, LeftOut, ego
from graph.views.entity_reads import EntityRecord, Neighbour, entities, entity, neighbours
from graph.views.filters import StatementFilter
from graph.views.naming import entity_called
from graph.views.paging import MAX_LIMIT, Page
from graph.views.parts import Stats, stats, subgraph
from graph.views.paths import PathOptions, Paths, Relation, Searched, Step, paths
from graph.views.search import Found, HitKind, found_to_json, search
from graph.views.statement_reads import article_mentions, article_statements, statement, statements
from graph.views.writing import ego_to_json, paths_to_json

__all__ = [
    "MAX_LIMIT",
    "Ego",
    "EntityRecord",
    "Found",
    "HitKind",
    "LeftOut",
    "Neighbour",
    "Page",
    "PathOptions",
    "Paths",
    "Relation",
    "Searched",
    "StatementFilter",
    "Stats",
    "Step",
    "article_mentions",
    "article_statements",
    "ego",
    "ego_to_json",
    "entities",
    "entity",
    "entity_called",
    "found_to_json",
    "neighbours",
    "paths",
    "paths_to_json",
    "search",
    "statement",
    "statements",
    "stats",
    "subgraph",
]
