"""Runs the app on a socket of our own, so that its address is known and the store is closed at the end."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from graph.errors import SettingsError
from graph.settings import Settings

_DRAIN = 10
"""Seconds that requests in progress may take after SIGTERM or Ctrl-C."""
_BACKLOG = 2048


def run(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is given the address when the store is open.

    Raises SettingsError if the address cannot be served on, KeyboardInterrupt after SIGINT, and what
    opening the store raises.
    """
    if not settings.api_key and not is_loopback(settings.host):
        raise SettingsError(
            f"Everyone who reaches {settings.host} could read and change the graph; "
            "set NEWSGRAPH_API_KEY, or serve on 127.0.0.1."
        )
    with closing(listen(settings.host, settings.port)) as listener:
        asyncio.run(_serve(create_app(settings), listener, announce))


def is_loopback(host: str) -> bool:
    """Tell if only this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve on. Raises SettingsError if it cannot be had."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # With the protocol named, asyncio sends each answer at once (TCP_NODELAY); else it may wait 40 ms.
        listener = socket.socket(family, kind, socket.IPPROTO_TCP)
        try:
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(_BACKLOG)
        except BaseException:
            listener.close()
            raise
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"Port {port} of {host} cannot be had ({error}); choose another with --port (0 takes a free one)."
        ) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address that a browser opens."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


async def _serve(app: FastAPI, listener: socket.socket, announce: Callable[[str], None]) -> None:
    """Open the store, serve until SIGINT or SIGTERM, close the store. Raises KeyboardInterrupt after SIGINT.

    The lifespan runs here and not in uvicorn, which would log a trace of its errors; and so do the
    signals, which uvicorn would raise again before the store is closed.
    """
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_DRAIN,
    )
    server = _Server(config)
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        received.append(number)
        server.handle_exit(number, frame)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    async with app.router.lifespan_context(app):
        announce(address_of(listener))
        await server.serve(sockets=[listener])
    if signal.SIGINT in received:
        raise KeyboardInterrupt


class _Server(uvicorn.Server):
    """Leaves the signals alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing."""
        yield
