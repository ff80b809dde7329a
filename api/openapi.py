"""`/openapi.json` (OpenAPI 3.1): what FastAPI knows of the routes, and what it cannot know."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from api.schemas import NewArticle, Problem, contents, problems
from graph.sparql import results
from graph.sparql.guard import QueryForm

DESCRIPTION = """News articles as a knowledge graph: who did what to whom, who says so, whether it happened.

Lists come in pages: `next` is what `after` must be for the next page, and is null on the last one. Every
error is a problem (RFC 9457) whose `detail` says what to do. Answers have an `ETag`; with it in
`If-None-Match`, what has not changed is answered by 304 at once; with it in `If-Match`, a DELETE takes
away only what you have seen.
"""
TAGS = [
    {"name": "articles", "description": "Texts, and what was read from them."},
    {"name": "entities", "description": "Who and what the articles speak of."},
    {"name": "statements", "description": "Who did what to whom, with the sentence that says so."},
    {"name": "export", "description": "Files for other tools."},
    {"name": "sparql", "description": "Any question, in SPARQL 1.1."},
    {"name": "linked data", "description": "Where the IRIs of the graph lead."},
    {"name": "operations", "description": "Whether the server is well."},
]
_EXAMPLE = "SELECT ?who ?what WHERE { ?who rel:visit ?what } LIMIT 10"
_QUERY = {
    "type": "string",
    "description": "A SPARQL 1.1 query; the store's prefixes need not be declared.",
}
_FORMAT = {"type": "string", "description": "Name or media type of the format; goes before Accept."}
_GRAPHS = {
    "type": "array",
    "items": {"type": "string", "format": "iri"},
    "description": "Graphs of the data set, before FROM; one that is not there is empty.",
}
_QUERY_PARAMETERS = [
    {"name": "query", "in": "query", "required": True, "schema": _QUERY, "example": _EXAMPLE},
    {"name": "format", "in": "query", "required": False, "schema": _FORMAT, "example": "json"},
    {"name": "default-graph-uri", "in": "query", "required": False, "schema": _GRAPHS},
    {"name": "named-graph-uri", "in": "query", "required": False, "schema": _GRAPHS},
]
_QUERY_BODY = {
    "application/sparql-query": {"schema": _QUERY, "example": _EXAMPLE},
    "application/x-www-form-urlencoded": {
        "schema": {
            "type": "object",
            "required": ["query"],
            "properties": {"query": _QUERY, "format": _FORMAT},
        }
    },
}


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
        document["paths"]["/sparql"] = _sparql()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas |= {model.__name__: _schema(model) for model in (NewArticle, Problem)}
        app.openapi_schema = document
    return app.openapi_schema


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(ref_template="#/components/schemas/{model}")


def _sparql() -> dict[str, Any]:
    formats = (one for form in (QueryForm.SELECT, QueryForm.CONSTRUCT) for one in results.offered(form))
    content = contents(media_type for one in formats for media_type in one.media_types)
    answers = {"200": {"description": "The answer, whole.", "content": content}}
    refusals = {
        str(status): known for status, known in problems(400, 403, 406, 413, 415, 422, 503, 504).items()
    }
    common = {"tags": ["sparql"], "responses": {**answers, **refusals}}
    return {
        "get": {
            **common,
            "summary": "Ask a SPARQL query",
            "description": "SELECT and ASK answer with rows, CONSTRUCT and DESCRIBE with a graph.",
            "operationId": "sparql_get",
            "parameters": _QUERY_PARAMETERS,
        },
        "post": {
            **common,
            "summary": "Ask a SPARQL query that is too long for an address",
            "description": "Programs only: a page of another site is refused, as for every POST.",
            "operationId": "sparql_post",
            "parameters": _QUERY_PARAMETERS[1:],
            "requestBody": {"required": True, "content": _QUERY_BODY},
        },
    }
