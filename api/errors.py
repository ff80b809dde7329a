"""Errors that only a server has, beside those of `graph.errors`; `api.problems` maps both to HTTP."""

from __future__ import annotations

from graph.errors import NewsgraphError


class NotAcceptable(NewsgraphError):
    """Nothing that there is suits the request's Accept header, or its `format`."""


class PreconditionFailed(NewsgraphError):
    """The resource is not in the state that the request demands."""


class UnsupportedMedia(NewsgraphError):
    """The body's media type is not one that the resource reads."""


class EncodedBody(NewsgraphError):
    """The body is compressed, or otherwise encoded."""


class UpdatesOff(NewsgraphError):
    """The server was not started to take updates."""


class UnknownParameter(NewsgraphError):
    """A query parameter that the operation does not have."""


class UnknownField(NewsgraphError):
    """A field that what a list holds does not have."""


class Unauthorized(NewsgraphError):
    """The server has a key and the request did not carry it."""


class KeyTooSmall(NewsgraphError):
    """The key is good, but not for what the request wants to do."""


class TooManyRequests(NewsgraphError):
    """A key, or an address, made more requests than it may in a while."""


class WrongHost(NewsgraphError):
    """The Host header names a host that this server is not (DNS rebinding)."""


class CrossSite(NewsgraphError):
    """A page of another site tried to change something through a visitor's browser."""


class NoSuchAddress(NewsgraphError):
    """No resource has that path."""


class NotReady(NewsgraphError):
    """The server is starting: the store is not open yet."""


class Stopping(NewsgraphError):
    """The server was told to stop before the request was done."""


class SlowRequest(NewsgraphError):
    """The head or the body of a request did not arrive in time."""


class MalformedRequest(NewsgraphError):
    """What arrived is no HTTP request."""
