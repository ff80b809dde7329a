"""Who makes a request, as the guard of keys found it: kept in the ASGI scope, for who writes it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from starlette.types import Scope

from graph.store.keys import Access, Key

ANONYMOUS = "anonymous"
_VISITOR = "newsgraph.visitor"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a name, what they may do, and their key if they have one of `newsgraph keys`.

    `revision` is the state of the keys in which that was found.
    """

    name: str
    access: Access
    key: Key | None = None
    revision: int = 0

    @property
    def is_anonymous(self) -> bool:
        """Tell if they need no key, since only this machine reaches the server and it has none."""
        return self.name == ANONYMOUS


def welcome(scope: Scope, visitor: Visitor) -> None:
    """Write down who makes a request, once that is sure."""
    scope[_VISITOR] = visitor


def visitor_of(scope: Mapping[str, object]) -> Visitor | None:
    """Return who makes a request; None if nobody has let them in yet."""
    found = scope.get(_VISITOR)
    return found if isinstance(found, Visitor) else None


def lasting(scope: Mapping[str, object]) -> int | None:
    """Return the state of the keys for as long as which the same request is let in; None if that is not sure.

    A key of `newsgraph keys` may end by itself.
    """
    visitor = visitor_of(scope)
    return visitor.revision if visitor is not None and visitor.key is None else None


def actor_of(request: Request) -> str:
    """Return the name under which a change that a request makes is written down.

    That of the key, `api-key` for that of the settings, `anonymous` where none is needed.
    """
    visitor = visitor_of(request.scope)
    return ANONYMOUS if visitor is None else visitor.name
