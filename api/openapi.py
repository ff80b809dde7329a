"""`/openapi.json` (OpenAPI 3.1): what FastAPI knows of the routes, and what it cannot know."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from api.listing_docs import describe_lists, describe_things
from api.protocol_docs import protocol_paths, query_paths
from api.schemas import NewArticle, NewPage, Problem

DESCRIPTION = """News articles as a knowledge graph: who did what to whom, who says so, whether it happened.

Lists come in pages: `next` is what `after` must be for the next page, and is null on the last one. Every
error is a problem (RFC 9457) whose `detail` says what to do. Answers have an `ETag`; with it in
`If-None-Match`, what has not changed is answered by 304 at once; with it in `If-Match`, a DELETE takes
away only what you have seen.
"""
TAGS = [
    {"name": "articles", "description": "Texts, and what was read from them."},
    {"name": "jobs", "description": "Many articles, read one after the other while other things go on."},
    {"name": "entities", "description": "Who and what the articles speak of."},
    {"name": "search", "description": "Entities and statements by words, from an index."},
    {"name": "statements", "description": "Who did what to whom, with the sentence that says so."},
    {"name": "curation", "description": "What people decide about it, who and why; all can be undone."},
    {"name": "paths", "description": "How entities are connected, and what lies around them."},
    {"name": "queries", "description": "Questions with a name, which take parameters."},
    {"name": "export", "description": "Files for other tools."},
    {
        "name": "sparql",
        "description": "Any question, in SPARQL 1.1; updates and whole graphs where they are allowed.",
    },
    {"name": "keys", "description": "Who may use the server, and for what; also `newsgraph keys`."},
    {"name": "linked data", "description": "Where the IRIs of the graph lead."},
    {"name": "operations", "description": "Whether the server is well."},
]


def describe(app: FastAPI) -> dict[str, Any]:
    """Make the description of all operations; made once, then kept on `app`."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary="Read news into a graph, and ask it",
            description=DESCRIPTION,
            tags=TAGS,
            routes=app.routes,
        )
        describe_lists(document, app.state.lists)
        describe_things(document, app.state.things)
        document["paths"] |= protocol_paths() | query_paths(app.state.queries)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas |= {model.__name__: _schema(model) for model in (NewArticle, NewPage, Problem)}
        app.openapi_schema = document
    return app.openapi_schema


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(ref_template="#/components/schemas/{model}")
