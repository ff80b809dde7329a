"""What `/openapi.json` says of the W3C protocols, whose endpoints the framework does not know."""

from __future__ import annotations

from typing import Any

from api.protocol import FORM, UPDATE
from api.schemas import contents, problems
from graph.queries import Library, NamedQuery, Parameter, as_json
from graph.sparql import results
from graph.sparql.guard import QueryForm

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
_FORMAT_PARAMETER = {"name": "format", "in": "query", "required": False, "schema": _FORMAT}
_QUERY_PARAMETERS = [
    {"name": "query", "in": "query", "required": True, "schema": _QUERY, "example": _EXAMPLE},
    _FORMAT_PARAMETER,
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
_GRAPH_PARAMETERS = [
    {
        "name": "graph",
        "in": "query",
        "required": False,
        "schema": {"type": "string", "format": "iri"},
        "description": "The graph with that IRI.",
    },
    {
        "name": "default",
        "in": "query",
        "required": False,
        "schema": {"type": "string", "maxLength": 0},
        "allowEmptyValue": True,
        "description": "The default graph.",
    },
]
_PATH_PARAMETER = {
    "name": "path",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": "The rest of the IRI of the graph, which is this very address.",
}
_UPDATE = {"type": "string", "description": "A SPARQL 1.1 update; LOAD and SERVICE are refused."}
_INSERT = "INSERT DATA { GRAPH <http://example.org/mine> { :Xi_Jinping rdfs:comment 'a note' } }"
# Method, summary, and the statuses of what is done.
_STORE_METHODS = (
    ("get", "Read a graph", {"200": "The graph."}),
    ("put", "Replace a graph, or make one", {"201": "It is new.", "204": "It is replaced."}),
    ("post", "Add to a graph, or make a new one", {"201": "It is new; see Location.", "204": "It is added."}),
    ("delete", "Remove a graph", {"204": "It is gone."}),
    ("patch", "Change a graph by an update", {"201": "It is new.", "204": "It is changed."}),
)


def protocol_paths() -> dict[str, Any]:
    """Make the paths of the SPARQL Protocol and the Graph Store Protocol."""
    return {
        "/sparql": _query_operations(),
        "/update": {"post": _update_operation()},
        "/store": _store_operations("store", _GRAPH_PARAMETERS),
        "/store/{path}": _store_operations("direct", [_PATH_PARAMETER]),
    }


def query_paths(library: Library) -> dict[str, Any]:
    """Make the path of each named query, with its parameters."""
    return {f"/v1/queries/{query.name}": {"get": _named(query)} for query in library.queries.values()}


def _named(query: NamedQuery) -> dict[str, Any]:
    formats = results.offered(query.form)
    answer = contents(media_type for one in formats for media_type in one.media_types)
    return {
        "tags": ["queries"],
        "summary": query.summary,
        "description": query.description,
        "operationId": f"query_{query.name}",
        "parameters": [*map(_parameter, query.parameters), _FORMAT_PARAMETER],
        "responses": {
            "200": {"description": "The answer, whole.", "content": answer},
            **_refusals(400, 404, 406, 422, 503, 504),
        },
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = one.schema
    return {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "description": one.about.description or f"It should {one.kind.should}.",
        "schema": schema,
        "example": as_json(one.example, schema),
    }


def _refusals(*statuses: int) -> dict[str, Any]:
    return {str(status): known for status, known in problems(*statuses).items()}


def _update_operation() -> dict[str, Any]:
    form = {"type": "object", "required": ["update"], "properties": {"update": _UPDATE}}
    return {
        "tags": ["sparql"],
        "summary": "Do a SPARQL update",
        "description": "Where the server was started with --allow-update. It is done whole, or not at all.",
        "operationId": "sparql_update",
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": _GRAPHS}
            for name in (UPDATE.default, UPDATE.named)
        ],
        "requestBody": {
            "required": True,
            "content": {UPDATE.media_type: {"schema": _UPDATE, "example": _INSERT}, FORM: {"schema": form}},
        },
        "responses": {
            "204": {"description": "It is done, and the next query sees it."},
            **_refusals(400, 403, 413, 415, 422, 503, 504, 507),
        },
    }


def _store_operations(prefix: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    graphs = contents(media_type for one in results.GRAPHS.values() for media_type in one.media_types)
    bodies = {
        "put": graphs,
        "post": {**graphs, "multipart/form-data": {"schema": {"type": "object"}}},
        "patch": {UPDATE.media_type: {"schema": _UPDATE}},
    }
    found: dict[str, Any] = {}
    for method, summary, done in _STORE_METHODS:
        answers: dict[str, Any] = {status: {"description": words} for status, words in done.items()}
        if method == "get":
            answers["200"]["content"] = graphs
            refusals = _refusals(400, 404, 406, 503, 504)
        else:
            refusals = _refusals(400, 403, 404, 412, 413, 415, 422, 503, 504, 507)
        found[method] = {
            "tags": ["sparql"],
            "summary": summary,
            "operationId": f"{prefix}_{method}",
            "parameters": [*parameters, _FORMAT_PARAMETER] if method == "get" else parameters,
            "responses": {**answers, **refusals},
        }
        if method in bodies:
            found[method]["requestBody"] = {"required": True, "content": bodies[method]}
    return found


def _query_operations() -> dict[str, Any]:
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
            "description": "SELECT and ASK answer with rows, CONSTRUCT and DESCRIBE with a graph. Without a "
            "parameter the service describes itself (SPARQL 1.1 Service Description).",
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
