"""Who changed what: one line of JSON for each change, and for each key that was refused.

    {"event": "change", "actor": "press", "key": "1707a9d3", "from": "192.0.2.7", "method": "DELETE",
     "path": "/v1/articles/7176ba4e2802d9320a1b", "ids": [...], "status": 204, "outcome": "done"}

No line holds a body, a header or a key. The command line writes the same lines (`commands/auditing.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.audit_lines import MOST, write
from api.scopes import SAFE_METHODS, needed
from api.visitors import Visitor, visitor_of
from graph.store.keys import Access

_IDS: Final = "newsgraph.ids"
_OUTCOMES: Final = ((400, "done"), (500, "refused"), (600, "failed"))
_BROKEN_OFF: Final = "broken off"


def note_ids(request: Request, ids: Iterable[str]) -> None:
    """Add the ids of what a request changed to its line, if those of its path are not all."""
    request.scope.setdefault(_IDS, []).extend(ids)


class Audit:
    """Writes a line for each change that a visitor with the right key asked for, when it is over."""

    def __init__(self, app: ASGIApp, client: Callable[[Scope], str]) -> None:
        self._app = app
        self._client = client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell what became of it."""
        if scope["type"] != "http" or not _changes(scope):
            await self._app(scope, receive, send)
            return
        ids = scope[_IDS] = []
        status: int | None = None

        async def watched_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                ids.extend(_of_location(message))
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except BaseException:
            status = None
            raise
        finally:
            if (visitor := visitor_of(scope)) is not None:
                self._tell(scope, visitor, status, ids)

    def _tell(self, scope: Scope, visitor: Visitor, status: int | None, ids: list[str]) -> None:
        outcome = next((word for end, word in _OUTCOMES if status and status < end), _BROKEN_OFF)
        shown = dict.fromkeys([*_of_address(scope), *ids])
        write(
            logging.INFO,
            event="change",
            actor=visitor.name,
            key=_key_of(visitor),
            **{"from": self._client(scope)},
            method=scope["method"],
            path=scope["path"],
            ids=list(shown)[:MOST],
            status=status,
            outcome=outcome,
        )


def refused(scope: Scope, client: str, reason: str, visitor: Visitor | None) -> None:
    """Write the line of a key that was refused; `visitor` is known if it is one of ours."""
    write(
        logging.WARNING,
        event="refused",
        reason=reason,
        actor=visitor and visitor.name,
        key=_key_of(visitor),
        **{"from": client},
        method=scope["method"],
        path=scope["path"],
    )


def _key_of(visitor: Visitor | None) -> str | None:
    return visitor.key.id if visitor is not None and visitor.key is not None else None


def _changes(scope: Scope) -> bool:
    """Tell if a request is to change something; looking at the keys needs an admin and changes nothing."""
    method, path = scope["method"], scope["path"]
    return method not in SAFE_METHODS and needed(method, path) is not Access.READ


def _of_location(start: Message) -> list[str]:
    """Give the id in the address of what was made."""
    found = (value.decode("latin-1") for name, value in start["headers"] if name.lower() == b"location")
    return [value.rpartition("/")[2] if value.startswith("/v1/") else value for value in found]


def _of_address(scope: Scope) -> list[str]:
    """Give the id in the path of a request, and the graph that its query names."""
    parts = scope["path"].split("/")
    found = [parts[3]] if scope["path"].startswith("/v1/") and len(parts) > 3 else []
    try:
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), max_num_fields=MOST)
    except ValueError:
        return found
    return [*found, *(value for name, value in pairs if name == "graph")]
