"""How long the server waits for a client, and for how many clients at once.

uvicorn closes a connection that is idle between two requests, and waits for ever for all else: a first
request that never comes, half of a head, half of a body, an answer that nobody takes. Each connection
here has two timers. The one for reading follows whether a head or a body is being waited for; the one
for writing runs while an answer does not fit into the buffers of the system.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from enum import Enum
from functools import partial
from typing import Any

import httptools
import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from api import whole
from api.errors import MalformedRequest, SlowRequest
from api.patience import Patience
from api.problems import kind_of
from api.quick import Begun, Ways
from api.shortcut import Shortcut
from api.sparql import BEGUN
from api.timers import Timer
from graph.errors import Busy, NewsgraphError

_LINGER = 1.0
"""Seconds in which a client that was refused may take its answer and end by itself."""
_HOSTS_OF = {"1.0": 0, "1.1": 1}
"""The versions of HTTP that are spoken, and how many Host headers a request has at least."""
_AT_ONCE = struct.pack("ii", 1, 0)
"""A linger of no seconds, for SO_LINGER."""


class Awaited(Enum):
    """What a connection waits for from its client."""

    HEAD = "head"
    BODY = "body"
    NOTHING = "nothing"


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 with an end to every waiting; what is wrong with a request is told as a problem."""

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        patience: Patience,
        ways: Ways,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._patience = patience
        self._memo, self._whole = ways.memo, ways.whole
        self._short = Shortcut(ways, self)
        self._tallies = ways.tallies
        self._one: bytes | None = None  # what arrived, if it is one request that may be kept
        self._rows: Begun | None = None  # those of the request that is parsed next
        self._answered: RequestResponseCycle | None = None  # what is answered now, or was last
        self._awaited = Awaited.NOTHING
        self._since = 0.0
        self._seen = 0  # bytes of a head or a body
        self._begun = False  # whether a head has
        self._served = False
        self._reading = Timer(self.loop, self._read_too_slowly)
        self._writing = Timer(self.loop, self._abort)
        self._refused = False
        self._closing = Timer(self.loop, self._end)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        self._tallies.connections += 1
        # All that the system does not take at once counts as not taken, so that every rest has a deadline.
        transport.set_write_buffer_limits(high=0)
        if len(self.connections) > self._patience.connections:
            self._refuse(Busy("Too many connections are open; try again in a few seconds."))
            self.transport.close()
        else:
            self._awaited, self._since = Awaited.HEAD, self.loop.time()
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection and its deadlines."""
        for timer in (self._reading, self._writing, self._closing):
            timer.discard()
        self._tallies.connections -= 1
        # What was asked behind others is not answered any more; uvicorn tells so only to the last one.
        self.pipeline.clear()
        if self._answered is not None:
            self._answered.disconnected = True
            self._answered.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what a client sent; of one that was refused, the rest is thrown away."""
        if self._refused:
            return
        self._short.hand_over()
        is_one = self._is_between() and len(data) <= self._patience.head_size and self._memo.is_one(data)
        self._one = data if is_one else None
        if self._one is None or not self._short.take(self._one):
            self._parse(data)

    def _parse(self, data: bytes) -> None:
        awaited, begun = self._awaited, self._begun
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # to what there is none of; the request is answered as it is
        except httptools.HttpParserError:
            self.send_400_response("")
            return
        if self._begun and self._awaited is Awaited.HEAD:
            self._seen += len(data)
            if self._seen > self._patience.head_size:
                self.send_400_response("")
                return
        if (awaited, begun) != (self._awaited, self._begun):
            self._wait()

    def on_message_begin(self) -> None:
        """Begin a request: its head has so long from now."""
        super().on_message_begin()
        self._begun, self._seen, self._since = True, 0, self.loop.time()
        self._awaited = Awaited.HEAD

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, but none of those after a body, which nobody has looked at."""
        if self._begun:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Go on to the body. Raises ValueError, which the parser reports, for a head that cannot be taken."""
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        hosts = sum(name == b"host" for name, _ in self.headers)
        version = self.parser.get_http_version()
        fits = size <= self._patience.head_size and version in _HOSTS_OF
        if not fits or not _HOSTS_OF[version] <= hosts <= 1:
            raise ValueError
        self._begun, self._seen, self._awaited = False, 0, Awaited.BODY
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of a body, which earns it time."""
        self._seen += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Have all of a request."""
        super().on_message_complete()
        self._awaited = Awaited.HEAD if self.cycle.response_complete else Awaited.NOTHING

    def on_response_complete(self) -> None:
        """Go on to the next request."""
        self._served = True
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self._awaited is Awaited.NOTHING or self._is_between():
            self._awaited, self._since, self._seen = Awaited.HEAD, self.loop.time(), 0
            self._wait()

    def pause_writing(self) -> None:
        """Begin to wait for a client that does not take its answer."""
        super().pause_writing()
        rest = self.transport.get_write_buffer_size()
        self._writing.start(self._patience.grace + rest / self._patience.pace)

    def resume_writing(self) -> None:
        """End the waiting: the client has taken what there was."""
        self._writing.stop()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  (a plain text of uvicorn's)
        """Answer for what is no request."""
        self._refuse(
            MalformedRequest(
                "What was sent is not HTTP/1.1, or its head has more than "
                f"{self._patience.head_size:,} bytes; send long queries in the body of a POST."
            )
        )

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Have a request answered: at once where that is possible, else in a task of its own."""
        self._answered = cycle
        app = partial(self._to_its_end, cycle, app)
        if not self._whole:
            super()._start_asgi_task(cycle, app)
            return
        at_once: Any = partial(self._short.answer, cycle, self._one)
        scope: dict[str, Any] = cycle.scope  # type: ignore[assignment]  # as ASGI lets servers add to it
        scope["extensions"] = {whole.EXTENSION: at_once}
        if self._rows is not None:
            scope[BEGUN], self._rows = self._rows, None
        usual = partial(super()._start_asgi_task, cycle, app)
        if self._one is None or not self._short.begin(cycle, self._one, usual):
            usual()

    async def _to_its_end(self, cycle: RequestResponseCycle, app: Any, *call: Any) -> None:
        """Have a request answered; who broke the answer off has logged why, and uvicorn need not wonder."""
        await app(*call)
        if cycle.response_started and not cycle.response_complete and not cycle.disconnected:
            cycle.disconnected = True
            self.transport.close()

    def shutdown(self) -> None:
        """End the connection, or what is in progress on it first."""
        self._short.hand_over()
        super().shutdown()

    def be_busy(self) -> None:
        """Wait for no request: one is being answered, without a cycle of uvicorn's."""
        self._awaited = Awaited.NOTHING
        self._wait()

    def write(self, known: bytes) -> None:
        """Send an answer of 200, of which all is known but the lines that change."""
        dated = [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        self.transport.write(b"".join((STATUS_LINE[200], *dated, known)))

    def go_on(self, data: bytes, begun: Begun | None) -> None:
        """Take a request in the usual way that a short one has taken before; `begun` are its rows."""
        if self.parser is not None:
            self._awaited, self._one, self._rows = Awaited.HEAD, None, begun
            self._parse(data)
        elif begun is not None:  # the client has left
            begun[1].close()

    def _is_between(self) -> bool:
        """Tell if nothing is in progress: all that was asked is answered and taken."""
        idle = self.cycle is None or self.cycle.response_complete
        return idle and self._awaited is Awaited.HEAD and not self._begun and not self.flow.write_paused

    def _wait(self) -> None:
        """Begin a new deadline, for something else than before."""
        idle = self.cycle is None or self.cycle.response_complete
        if self._awaited is Awaited.NOTHING or self.transport.is_closing():
            self._reading.stop()
        elif self._awaited is Awaited.BODY or idle:
            self._reading.start(self._left())

    def _left(self) -> float:
        """Return the seconds until what is waited for must be there; a body earns time as it arrives."""
        patience = self._patience
        if self._awaited is Awaited.BODY:
            earned = patience.grace + self._seen / patience.pace
        else:
            earned = patience.idle if self._served and not self._begun else patience.head
        return earned - (self.loop.time() - self._since)

    def _read_too_slowly(self) -> None:
        if self.flow.read_paused:  # it is the server that does not read
            self._reading.start(self._patience.grace)
        elif (left := self._left()) > 0:
            self._reading.start(left)
        elif self._awaited is Awaited.HEAD and not self._begun:
            self.transport.close()  # nothing was asked, so nothing is answered
        else:
            self._refuse(SlowRequest("The request did not arrive in time; send it again, without a pause."))

    def _refuse(self, error: NewsgraphError) -> None:
        """Answer with a problem, unless another answer has begun, and close the connection.

        A connection that is closed over what it has not read is reset, and the answer may be lost with it
        (RFC 9112, section 9.6); so for a moment what still comes is read and thrown away.
        """
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        self._tallies.refuse(kind_of(error).slug)
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(whole.last_answer(error))
        self.pipeline.clear()
        if self.cycle is not None:  # whoever waits for the body is told that it never comes
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._reading.stop()
        self.transport.write_eof()
        self.flow.resume_reading()
        self._closing.start(_LINGER)

    def _end(self) -> None:
        self.transport.close()

    def _abort(self) -> None:
        """Break the connection off; what the system still holds for the client is thrown away too."""
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self.transport.abort()
