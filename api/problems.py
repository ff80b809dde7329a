"""Every error as problem+json (RFC 9457): one table from the error tree to status, title and type.

`detail` is the message of the error, which says what is wrong and then what to do. `type` leads to
the list of problems on the documentation page. `ProblemMiddleware` is the one place where an
exception becomes a response; what it does not know is logged and answered 500 without its text.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.days import HOW
from api.errors import (
    CrossSite,
    EncodedBody,
    KeyTooSmall,
    MalformedRequest,
    NoSuchAddress,
    NotAcceptable,
    NotReady,
    PreconditionFailed,
    SlowRequest,
    Stopping,
    TooManyRequests,
    Unauthorized,
    UnknownField,
    UnknownParameter,
    UnsupportedMedia,
    UpdatesOff,
    WrongHost,
)
from graph import errors
from graph.advice import demand

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger("newsgraph.api")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: HTTP status, title, slug of its `type`, and headers that go with it."""

    status: int
    title: str
    slug: str
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def type(self) -> str:
        """The problem's type, a URI reference into the documentation page."""
        return f"/docs#problem-{self.slug}"


_CHALLENGES = (
    ("WWW-Authenticate", 'Bearer realm="newsgraph"'),
    ("WWW-Authenticate", 'Basic realm="newsgraph", charset="UTF-8"'),
)
_CLOSE = (("Connection", "close"),)
_RETRY = (("Retry-After", "1"),)
_IDENTITY = (("Accept-Encoding", "identity"),)

KINDS: Mapping[type[errors.NewsgraphError], Kind] = {
    errors.NewsgraphError: Kind(500, "The server could not do it", "internal"),
    errors.InputError: Kind(400, "The input cannot be used", "input"),
    errors.EmptyText: Kind(422, "There is nothing to read", "empty-text"),
    errors.NotText: Kind(422, "The body is not text", "not-text"),
    errors.BadEncoding: Kind(400, "The text is not UTF-8", "bad-encoding"),
    errors.NotEnglish: Kind(422, "The text is not English", "not-english"),
    errors.BadRecord: Kind(400, "The record is malformed", "bad-record"),
    errors.TooLarge: Kind(413, "The input is too large", "too-large", _CLOSE),
    errors.AddressRefused: Kind(422, "That address is not fetched", "address-refused"),
    errors.FetchOff: Kind(403, "The server fetches no addresses", "fetch-off"),
    errors.FetchFailed: Kind(502, "The address could not be fetched", "fetch-failed"),
    errors.UnknownFormat: Kind(404, "There is no such format", "unknown-format"),
    errors.BadFilter: Kind(400, "A parameter has no meaning", "bad-parameter"),
    errors.BadGraph: Kind(400, "The graph does not parse", "bad-graph"),
    errors.BadQuery: Kind(400, "The query does not parse", "bad-query"),
    errors.ReadFailed: Kind(500, "The article could not be read", "read-failed"),
    errors.QueryRefused: Kind(403, "The query asks for what is not allowed", "query-refused"),
    errors.NotFound: Kind(404, "There is no such thing in the graph", "not-found"),
    errors.Gone: Kind(410, "It was removed", "gone"),
    errors.Conflict: Kind(409, "That cannot be done now", "conflict"),
    errors.QueryTimeout: Kind(504, "The query took too long", "query-timeout"),
    errors.QueryTooHeavy: Kind(422, "The query took too much memory", "query-too-heavy"),
    errors.TooWide: Kind(422, "The question is too wide", "too-wide"),
    errors.Busy: Kind(503, "The server is busy", "busy", _RETRY),
    errors.StoreError: Kind(500, "The store cannot be used", "store"),
    errors.StoreFull: Kind(507, "The disk is full", "store-full"),
    errors.StoreInUse: Kind(503, "Another process has the store", "store-in-use"),
    errors.ModelError: Kind(503, "The language model cannot be used", "model"),
    NotAcceptable: Kind(406, "There is no such representation", "not-acceptable"),
    PreconditionFailed: Kind(412, "The state is not what was demanded", "precondition-failed"),
    UnsupportedMedia: Kind(415, "Bodies of that type are not read here", "unsupported-media"),
    EncodedBody: Kind(415, "Encoded bodies are not read here", "encoded-body", _IDENTITY),
    UpdatesOff: Kind(403, "The server takes no updates", "updates-off"),
    UnknownParameter: Kind(400, "There is no such parameter", "unknown-parameter"),
    UnknownField: Kind(422, "There is no such field", "unknown-field"),
    Unauthorized: Kind(401, "A key is needed", "unauthorized", _CHALLENGES),
    KeyTooSmall: Kind(403, "The key is not good for this", "key-too-small"),
    TooManyRequests: Kind(429, "Too many requests", "too-many-requests"),
    WrongHost: Kind(421, "This server is not that host", "wrong-host"),
    CrossSite: Kind(403, "Another site may not do this", "cross-site"),
    NoSuchAddress: Kind(404, "There is nothing at this address", "no-such-address"),
    NotReady: Kind(503, "The server is starting", "not-ready", _RETRY),
    Stopping: Kind(503, "The server is stopping", "stopping", (*_RETRY, *_CLOSE)),
    SlowRequest: Kind(408, "The request came too slowly", "slow-request", _CLOSE),
    MalformedRequest: Kind(400, "The request is malformed", "malformed-request", _CLOSE),
}
_BY_NAME = {cls.__name__: kind for cls, kind in KINDS.items()}
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# What the validator says of bodies, in words that say what to do.
_TOLD = {
    "extra_forbidden": "there is no such field; leave it out",
    "missing": "it is not there; add it",
    "json_invalid": "it is no JSON; send an object as application/json",
    "model_attributes_type": "it should be a JSON object",
    "model_type": "it should be a JSON object",
}
_OBJECT = ("model_attributes_type", "model_type")
METHOD_NOT_ALLOWED = Kind(405, "The method is not allowed here", "method-not-allowed")
_INTERNAL = (
    "Something went wrong that is not your fault; the server's log says what. Try again, or report it."
)


def kind_of(error: errors.NewsgraphError) -> Kind:
    """Return the kind of `error`: that of its class, or of the nearest class above it in the table."""
    return next(KINDS[cls] for cls in type(error).__mro__ if cls in KINDS)


def problem(kind: Kind, detail: str, instance: str | None = None) -> dict[str, Any]:
    """Make the members of a problem document (RFC 9457, section 3.1)."""
    document: dict[str, Any] = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
    }
    if instance is not None:
        document["instance"] = instance
    return document


def problem_of(error: errors.NewsgraphError, instance: str | None = None) -> dict[str, Any]:
    """Make the problem document of an error."""
    return problem(kind_of(error), str(error), instance)


def problem_named(name: str, sentence: str) -> dict[str, Any]:
    """Make the problem document of an error that was kept as the name of its class, and its sentence."""
    return problem(_BY_NAME.get(name, KINDS[errors.InputError]), sentence)


def problem_response(
    kind: Kind, detail: str, instance: str | None, headers: Mapping[str, str] | None = None
) -> Response:
    """Make the response of one problem; `headers` are added to those of its kind."""
    body = json.dumps(problem(kind, detail, instance), ensure_ascii=False).encode("utf-8", "backslashreplace")
    response = Response(body, kind.status, media_type=MEDIA_TYPE)
    for name, value in (*kind.headers, *(headers or {}).items()):
        response.headers.append(name, value)
    response.headers["Cache-Control"] = "no-store"
    return response


class ProblemMiddleware:
    """Turns each exception that reaches it into a problem response.

    An exception after the response began is raised again, so that the server breaks the connection
    off: half an answer must never look like a whole one. A request is cancelled only when the server
    stops, and then there is still time to say so. A client that went away is not answered.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application and answer for what it raises."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = False

        async def watched_send(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except ClientDisconnect:
            return
        except (Exception, asyncio.CancelledError) as error:
            if began:
                raise
            await _response_for(error, scope["path"])(scope, receive, send)


def _response_for(error: BaseException, instance: str) -> Response:
    if isinstance(error, asyncio.CancelledError):
        error = Stopping("The server is stopping and did not finish this; ask again in a few seconds.")
    if isinstance(error, errors.NewsgraphError):
        kind, detail = kind_of(error), str(error)
    else:
        kind, detail = KINDS[errors.NewsgraphError], _INTERNAL
    if kind.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.error("%s failed", instance, exc_info=error)
    return problem_response(kind, detail, instance)


def install_handlers(app: FastAPI) -> None:
    """Answer the framework's own errors (no such route, wrong method, wrong parameter) as problems."""
    app.add_exception_handler(HTTPException, _framework_error)
    app.add_exception_handler(RequestValidationError, _validation_error)


async def _framework_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    if error.status_code == HTTPStatus.NOT_FOUND:
        detail = f"There is nothing at {path}; /docs lists the addresses that there are."
        return problem_response(KINDS[NoSuchAddress], detail, path)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        methods = _allowed_methods(request)
        head = ["HEAD"] if "GET" in methods else []
        allowed = {"Allow": ", ".join([*methods, *head, "OPTIONS"])}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allowed)
        detail = f"{request.method} is not possible at {path}; use {', '.join(methods)}."
        return problem_response(METHOD_NOT_ALLOWED, detail, path, allowed)
    if error.status_code == HTTPStatus.BAD_REQUEST:  # a body that it cannot parse; of what kind is not said
        detail = "The body cannot be read; send one JSON object as application/json, in UTF-8."
        return problem_response(KINDS[errors.BadRecord], detail, path)
    status = HTTPStatus(error.status_code)
    kind = Kind(status.value, status.phrase, status.phrase.lower().replace(" ", "-"))
    return problem_response(kind, f"{error.detail}; /docs says what is possible.", path, error.headers)


def _allowed_methods(request: Request) -> list[str]:
    """Find the methods of all routes with the request's path; the framework names those of the first only.

    HEAD goes wherever GET does. What is not a route of ours is a file of the page.
    """
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    scopes = {method: {**request.scope, "method": method} for method in _METHODS}
    found = [
        method for method, scope in scopes.items() if any(r.matches(scope)[0] is Match.FULL for r in routes)
    ]
    return found or ["GET"]


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    kind = errors.BadRecord if all(one["loc"][0] == "body" for one in found) else errors.BadFilter
    return problem_response(KINDS[kind], describe_validation(found), request.url.path)


def describe_validation(found: Sequence[Mapping[str, Any]]) -> str:
    """Say in a sentence each which parameters or fields cannot be used, and what they should be."""
    sentences = []
    for one in found:
        where, *names = one["loc"]
        name = ".".join(map(str, names))
        if where != "body":  # one of several values has no name of its own
            what = f"{where} parameter {'.'.join(part for part in names if isinstance(part, str))!r}"
        else:
            what = f"field {name!r} of the body" if names and one["type"] != "json_invalid" else "body"
        of_body = ", sent as application/json" if what == "body" and one["type"] in _OBJECT else ""
        sentences.append(f"The {what} cannot be used; {_advice(one)}{of_body}.")
    return " ".join(sentences)


def _advice(one: Mapping[str, Any]) -> str:
    if one["type"] == "value_error":  # of our own, which says it all
        return str(one["ctx"]["error"])
    if str(one["type"]).startswith("date"):  # the validator speaks of datetimes, and of inputs too short
        return HOW
    if one["type"] in _TOLD:
        return _TOLD[one["type"]]
    return demand(str(one["msg"]))
