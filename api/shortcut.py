"""The short ways of one connection: past the parser, where a request is known or all of it but the query.

What has been begun here and cannot be ended at once (more requests arrive, the query takes a while, the
server stops) goes on in the usual way: then the request is parsed after all, and its rows are handed over.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from api import visitors, whole
from api.memo import parts
from api.quick import Begun, Ways
from api.sparql import BEGUN
from api.tallies import SPARQL


class Connection(Protocol):
    """What a connection does for its short ways."""

    transport: asyncio.Transport
    flow: FlowControl

    def be_busy(self) -> None:
        """Wait for no request until `on_response_complete`."""
        ...

    def on_response_complete(self) -> None:
        """Go on to the next request."""
        ...

    def write(self, known: bytes) -> None:
        """Send an answer of 200, of which all is known but the lines that change."""
        ...

    def go_on(self, data: bytes, begun: Begun | None) -> None:
        """Take a request in the usual way, with the rows that are begun."""
        ...


class Shortcut:
    """Answers what it can for one connection, one request at a time."""

    def __init__(self, ways: Ways, connection: Connection) -> None:
        self._memo, self._quick, self._tallies = ways.memo, ways.quick, ways.tallies
        self._connection = connection
        self._hand_over: Callable[[], None] | None = None

    def take(self, data: bytes) -> bool:
        """Take one request, and tell if it is one for a short way; all else is left as it is."""
        revision = self._memo.revision
        if revision is None:
            return False
        began = time.perf_counter()
        if (known := self._memo.get(revision, data)) is not None:
            self._connection.write(known)
            self._connection.on_response_complete()
            self._tallies.known(began)
            return True
        query, rest = parts(data)
        accept = self._memo.accept(revision, rest)
        if accept is None or self._quick is None:
            return False

        def answer(head: bytes, body: bytes, sequence: int | None) -> bool:
            self._hand_over = None
            if not self._is_writable():
                return False
            answer = b"%bcontent-length: %d\r\n\r\n%b" % (head, len(body), body)
            self._connection.write(answer)
            self._connection.on_response_complete()
            if sequence is not None:
                self._memo.put(sequence, revision, data, answer)
            return True

        def usual() -> None:
            self._hand_over = None
            self._tallies.forget(scope)
            self._connection.go_on(data, scope.get(BEGUN))

        scope: dict[str, Any] = {"method": "GET", "path": "/sparql", "query_string": query}
        scope["extensions"] = {whole.EXTENSION: answer}
        self._tallies.begin(scope, SPARQL)
        self._hand_over = self._quick.again(scope, accept, usual)
        if self._hand_over is None:
            self._tallies.forget(scope)
            return False
        self._connection.be_busy()
        return True

    def hand_over(self) -> None:
        """Let what is in progress, if anything is, go on in the usual way."""
        if self._hand_over is not None:
            self._hand_over()

    def begin(self, cycle: RequestResponseCycle, data: bytes, usual: Callable[[], None]) -> bool:
        """Begin to answer a request that was parsed; False if the usual way has to."""
        if self._quick is None:
            return False
        scope: dict[str, Any] = cycle.scope  # type: ignore[assignment]  # a dict, as ASGI says
        accept = self._quick.begin(scope, usual)
        if accept is not None and cycle.keep_alive:
            self._memo.let_in(visitors.lasting(scope), data, accept)
        return accept is not None

    def answer(
        self, cycle: RequestResponseCycle, data: bytes | None, head: bytes, body: bytes, sequence: int | None
    ) -> bool:
        """Send an answer of 200 to a request that was parsed in one piece, as `whole.EXTENSION` says."""
        if cycle.response_started or cycle.disconnected or not self._is_writable():
            return False
        if cycle.scope["method"] == "HEAD":
            return False
        known = b"%bcontent-length: %d\r\n" % (head, len(body))
        if cycle.keep_alive:
            known += b"\r\n" + body
            if data is not None and sequence is not None:
                self._memo.put(sequence, visitors.lasting(cycle.scope), data, known)
        else:
            known += b"connection: close\r\n\r\n" + body
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        self._connection.write(known)
        if not cycle.keep_alive:
            self._connection.transport.close()
        cycle.on_response()
        return True

    def _is_writable(self) -> bool:
        return not self._connection.flow.write_paused and not self._connection.transport.is_closing()
