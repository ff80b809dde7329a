"""The network under every fetch: names resolved once, connections to just those addresses, one deadline.

httpcore asks its network backend for each connection, and checks the name in a TLS certificate against
the host of the URL, whatever address the backend connects to. So what a name means is decided here, once,
and whoever answers differently a second later (DNS rebinding) is not asked again.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, Protocol, TypeAlias

import httpcore

from graph.errors import AddressRefused, FetchFailed
from graph.sources.addresses import is_public

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host, for a port; raises OSError if it has none."""
Connect: TypeAlias = Callable[[str, int, float], httpcore.NetworkStream]
"""Connects to an IP address and port within seconds; raises what httpcore raises."""

_TRIES: Final = 4
"""Addresses of one host that are tried, one after the other."""


class Deadline:
    """A moment by which all must be over; `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left. Raises FetchFailed if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.over()
        return left

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let what is done in here take no time of it."""
        began = time.monotonic()
        yield
        self._end += time.monotonic() - began

    def over(self) -> FetchFailed:
        """Make the error for what took too long."""
        return FetchFailed(f"It took longer than {self.seconds:g} seconds. Try again later.")


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the IP addresses of a host, best first. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def connect(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """Open a connection to an IP address. Raises httpcore.ConnectError or ConnectTimeout."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)


class World(Protocol):
    """What there is outside, and how much of it may be reached; `fetching.Guard` is one."""

    @property
    def private(self) -> bool:
        """Whether addresses may be reached that are not public."""
        ...

    @property
    def advice(self) -> str:
        """What to do about those that may not."""
        ...

    @property
    def resolve(self) -> Resolve:
        """What gives the addresses of a host."""
        ...

    @property
    def connect(self) -> Connect:
        """What connects to an address."""
        ...


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to public addresses only (unless `world.private`), each read and write before one deadline.

    Raises AddressRefused for a host with any other address, FetchFailed for one that is not known.
    """

    def __init__(self, world: World, deadline: Deadline) -> None:
        self._world = world
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers."""
        del timeout, local_address, socket_options  # the deadline is ours; httpcore gives no others
        refused: Exception | None = None
        for address in self._addresses(host, port)[:_TRIES]:
            try:
                stream = self._world.connect(address, port, self._deadline.left())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
                continue
            return _TimedStream(stream, self._deadline)
        raise refused or FetchFailed(f"{host} has no address. Check how it is written.")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: no URL means a local socket."""
        del timeout, socket_options
        raise AddressRefused(f"{path} is no web address. Give one that begins with https://.")

    def sleep(self, seconds: float) -> None:
        """Wait; httpcore does between retries, of which we want none."""
        time.sleep(min(seconds, self._deadline.left()))

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            found = _within(self._deadline, lambda: self._world.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise FetchFailed(f"{host} is not known ({error}). Check how it is written.") from error
        # One public address beside a private one is how an attacker lets a check pass.
        if not self._world.private and not all(map(is_public, found)):
            raise AddressRefused(
                f"{host} is not an address on the public internet, and only those are fetched from."
                f" {self._world.advice}"
            )
        return found


class _TimedStream(httpcore.NetworkStream):
    """A connection that ends at the deadline, however slowly its bytes come."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come, waiting for the first byte."""
        del timeout
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        del timeout
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Begin TLS, and check that the certificate is that of the host."""
        del timeout
        secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Tell what httpcore asks about the connection."""
        return self._stream.get_extra_info(info)


def _within(deadline: Deadline, work: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Give what `work` gives, if it does before the deadline; the system's resolver knows none."""
    results: list[Sequence[str]] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # whatever it is, it is raised again below
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True, name="newsgraph-resolve")
    thread.start()
    thread.join(deadline.left())
    if errors:
        raise errors[0]
    with suppress(IndexError):
        return results[0]
    raise deadline.over()
