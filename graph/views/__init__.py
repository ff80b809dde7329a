"""Named reads of the graph: entities, statements, neighbours, articles, facets, and parts for export.

Each is a function of an `Archive`; what a user gives reaches SPARQL as typed terms, and SQL as bound values.
"""

from __future__ import annotations

from graph.views.agreement import Contradiction, Others, Side, contradictions, others
from graph.views.ego import Ego, LeftOut, ego
from graph.views.entity_reads import EntityRecord, entities, entity
from graph.views.facets import COMMON, Facet, Facets, facets
from graph.views.filters import StatementFilter
from graph.views.naming import entity_called, with_ids
from graph.views.near import check_known
from graph.views.neighbour_reads import Between, Direction, Neighbour, neighbours
from graph.views.orders import EntitySort, Sort
from graph.views.paging import MAX_LIMIT, Page
from graph.views.parts import subgraph, subgraph_asked_for
from graph.views.paths import PathOptions, Paths, Relation, Searched, Step, paths
from graph.views.search import Found, HitKind, found_to_json, search, search_texts
from graph.views.statement_reads import (
    article_mentions,
    article_statements,
    statement,
    statement_texts,
    statements,
)
from graph.views.timeline import (
    Moment,
    Precision,
    TimelineOptions,
    TimeStep,
    moment_to_json,
    timeline,
)
from graph.views.vocabulary import PredicateRecord, Stats, predicates, stats, stats_at_once, types
from graph.views.writing import ego_to_json, paths_to_json

__all__ = [
    "COMMON",
    "MAX_LIMIT",
    "Between",
    "Contradiction",
    "Direction",
    "Ego",
    "EntityRecord",
    "EntitySort",
    "Facet",
    "Facets",
    "Found",
    "HitKind",
    "LeftOut",
    "Moment",
    "Neighbour",
    "Others",
    "Page",
    "PathOptions",
    "Paths",
    "Precision",
    "PredicateRecord",
    "Relation",
    "Searched",
    "Side",
    "Sort",
    "StatementFilter",
    "Stats",
    "Step",
    "TimeStep",
    "TimelineOptions",
    "article_mentions",
    "article_statements",
    "check_known",
    "contradictions",
    "ego",
    "ego_to_json",
    "entities",
    "entity",
    "entity_called",
    "facets",
    "found_to_json",
    "moment_to_json",
    "neighbours",
    "others",
    "paths",
    "paths_to_json",
    "predicates",
    "search",
    "search_texts",
    "statement",
    "statement_texts",
    "statements",
    "stats",
    "stats_at_once",
    "subgraph",
    "subgraph_asked_for",
    "timeline",
    "types",
    "with_ids",
]
