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
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from api.problems import MalformedRequest, SlowRequest, kind_of, problem_response
from graph.errors import Busy, NewsgraphError

_LINGER = 1.0
"""Seconds in which a client that was refused may take its answer and end by itself."""
_AT_ONCE = struct.pack("ii", 1, 0)
"""A linger of no seconds, for SO_LINGER."""


@dataclass(frozen=True, slots=True)
class Patience:
    """What one client may take of the server, and how many may be there.

    - `head`: seconds for the head of a request; `head_size`: its bytes.
    - `grace`: seconds that a body, or the taking of an answer, may be behind `pace`, bytes in a second.
    - `idle`: seconds between two requests.
    - `drain`: seconds that requests in progress may take after the server is told to stop.
    - `connections`: how many may be open at once.
    """

    head: float = 10.0
    head_size: int = 16 * 1024
    grace: float = 10.0
    pace: float = 8 * 1024
    idle: int = 5
    drain: int = 10
    connections: int = 1000


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with an end to every waiting; what is wrong with a request is told as a problem."""

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        patience: Patience,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._patience = patience
        self._awaited: object = None  # one of the states of h11
        self._since = 0.0
        self._seen = 0
        self._reading = _Timer(self.loop, self._read_too_slowly)
        self._writing = _Timer(self.loop, self._abort)
        self._refused = False
        self._closing = _Timer(self.loop, self._end)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        # All that the system does not take at once counts as not taken, so that every rest has a deadline.
        transport.set_write_buffer_limits(high=0)
        if len(self.connections) > self._patience.connections:
            self._refuse(Busy("Too many connections are open; try again in a few seconds."))
            self.transport.close()
        else:
            self._follow()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection and its deadlines."""
        for timer in (self._reading, self._writing, self._closing):
            timer.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what a client sent; of one that was refused, the rest is thrown away."""
        if self._refused:
            return
        super().data_received(data)
        self._follow(len(data))

    def on_response_complete(self) -> None:
        """Go on to the next request."""
        super().on_response_complete()
        self._follow()

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

    def _follow(self, arrived: int = 0) -> None:
        """Begin a new deadline when something else is waited for than before; count what `arrived` for it.

        The end of a head counts for the body that follows it, which may have begun in the same packet.
        """
        awaited = self.conn.their_state
        if awaited is self._awaited:
            self._seen += arrived
            return
        self._awaited, self._since, self._seen = awaited, self.loop.time(), arrived
        self._reading.stop()
        if awaited in {h11.IDLE, h11.SEND_BODY} and not self.transport.is_closing():
            self._reading.start(self._left())

    def _left(self) -> float:
        """Return the seconds until what is waited for must be there; a body earns time as it arrives."""
        patience = self._patience
        earned = patience.head if self._awaited is h11.IDLE else patience.grace + self._seen / patience.pace
        return earned - (self.loop.time() - self._since)

    def _read_too_slowly(self) -> None:
        if self.flow.read_paused:  # it is the server that does not read
            self._reading.start(self._patience.grace)
        elif (left := self._left()) > 0:
            self._reading.start(left)
        elif self._awaited is h11.IDLE and not self.conn.trailing_data[0]:
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
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            self.transport.write(_last_answer(error))
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


class _Timer:
    """Does something once, unless it is stopped before; starting it anew replaces the earlier start."""

    def __init__(self, loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
        self._loop = loop
        self._act = act
        self._handle: asyncio.TimerHandle | None = None

    def start(self, seconds: float) -> None:
        self.stop()
        self._handle = self._loop.call_later(seconds, self._act)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


def _last_answer(error: NewsgraphError) -> bytes:
    """Write a problem as the bytes of an answer after which the connection is closed.

    It goes around h11, whose states do not allow for an answer to a request that is not there.
    """
    response = problem_response(kind_of(error), str(error), None)
    response.headers["Connection"] = "close"
    status = HTTPStatus(response.status_code)
    head = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    head += [name + b": " + value for name, value in response.raw_headers]
    return b"\r\n".join([*head, b"", bytes(response.body)])
