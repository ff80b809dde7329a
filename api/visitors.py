"""Who makes a request, as the guard of keys found it: kept in the ASGI scope, for who writes it down."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.types import Scope

from graph.store.keys import Access, Key

_VISITOR = "newsgraph.visitor"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a name, what they may do, and their key if they have one of `newsgraph keys`.

    `revision` is the state of the keys in which that was found.
    """

    name: str
    access: Access
    key: Key | None = None
    revision: int | None = None


ANONYMOUS = Visitor("anonymous", Access.ADMIN)
"""Who needs no key, since only this machine reaches the server and it has none."""


def welcome(scope: Scope, visitor: Visitor) -> None:
    """Write down who makes a request, once that is sure."""
    scope[_VISITOR] = visitor


def visitor_of(scope: Scope) -> Visitor | None:
    """Return who makes a request; None if nobody has let them in yet."""
    return scope.get(_VISITOR)


def actor_of(request: Request) -> str:
    """Return the name under which a change that a request makes is written down.

    That of the key, `api-key` for that of the settings, `anonymous` where none is needed.
    """
    return (visitor_of(request.scope) or ANONYMOUS).name
