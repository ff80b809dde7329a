"""The cheapest client that there is: its own time is in what both servers seem to take.

Requests are made before the clock runs, connections are kept, and an answer is read to its end without
being understood. Many clients are processes with some connections each.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

_PROCESSES = 2
"""Processes that many clients are spread over; with more, a small machine would measure them."""
_END = b"\r\n\r\n"
_LAST_CHUNK = b"\r\n0\r\n\r\n"
_PATIENCE = 60.0


def request(address: str, query: str, accept: str) -> bytes:
    """Make the bytes of a GET of a query at `address`, which ends with the path."""
    parts = urlsplit(address)
    return (
        f"GET {parts.path}?query={quote(query, safe='')} HTTP/1.1\r\n"
        f"Host: {parts.netloc}\r\nAccept: {accept}\r\n\r\n"
    ).encode()


@dataclass
class Connection:
    """One connection that is kept. A 503 is asked again, as it says; any other answer but 200 is an error."""

    address: str
    _read: bytearray = field(default_factory=bytearray)
    _sent: bytes = b""

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        self.socket = socket.create_connection((str(parts.hostname), parts.port or 80), _PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, sent: bytes) -> bytes:
        """Send one request and wait for all of its answer; return the body, as it was framed."""
        self.send(sent)
        while not self.receive():
            pass
        return bytes(self._read[self._read.index(_END) + 4 :])

    def send(self, sent: bytes) -> None:
        """Send a request."""
        self._sent = sent
        self._read.clear()
        self.socket.sendall(sent)

    def receive(self) -> bool:
        """Read what is there; tell if that is the end of the answer."""
        data = self.socket.recv(1 << 18)
        assert data, "the server closed the connection"
        read = self._read
        read += data
        head = read.find(_END)
        if head < 0:
            return False
        named = read.lower().find(b"content-length:", 0, head)
        if named < 0:
            ended = read.endswith(_LAST_CHUNK)
        else:
            ended = len(read) == head + len(_END) + int(read[named + 15 : read.index(b"\r", named)])
        if ended and read.startswith(b"HTTP/1.1 503"):
            self.send(self._sent)
            return False
        assert not ended or read.startswith(b"HTTP/1.1 200"), bytes(read[:2000])
        return ended


class Crowd:
    """So many clients of one server, each with a connection of its own."""

    def __init__(self, address: str, clients: int) -> None:
        self._connections = [Connection(address) for _ in range(clients)]

    def ask(self, requests: Sequence[bytes]) -> None:
        """Have all requests answered: each client sends its next one when it has an answer."""
        if len(self._connections) == 1:
            for one in requests:
                self._connections[0].ask(one)
            return
        children = [self._fork(requests, part) for part in range(_PROCESSES)]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        assert not any(codes), "a client failed"

    def _fork(self, requests: Sequence[bytes], part: int) -> int:
        child = os.fork()
        if child:
            return child
        code = 1
        try:
            _ask_in_turns(self._connections[part::_PROCESSES], requests[part::_PROCESSES])
            code = 0
        finally:
            os._exit(code)


def _ask_in_turns(connections: Sequence[Connection], requests: Sequence[bytes]) -> None:
    left = list(requests)[::-1]
    poll, busy = select.epoll(), {}
    for connection in connections[: len(left)]:
        busy[connection.socket.fileno()] = connection
        poll.register(connection.socket, select.EPOLLIN)
        connection.send(left.pop())
    while busy:
        for number, _ in poll.poll():
            if not busy[number].receive():
                continue
            if left:
                busy[number].send(left.pop())
            else:
                poll.unregister(number)
                del busy[number]
