"""Runs the app on a socket of our own, so that its address is known and the store is closed at the end."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from types import FrameType
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from api.app import Application, create_app
from api.clients import is_loopback
from api.connections import PatientProtocol
from api.patience import Patience
from api.quick import NONE, Ways
from graph.errors import SettingsError
from graph.settings import Settings
from graph.store import keys

_BACKLOG = 512
"""Connections that the system holds until they are taken; so many files may be opened at one go."""
_FILES = 4096
"""Files that are useful to have open: connections, the store, the pipes of its workers."""
_SHARE = 4
"""One in so many of these may be a connection."""
_LAST_CALL = 0.8
"""The part of the drain after which no further article is begun."""
_PATIENCE = Patience()


def run(settings: Settings, announce: Callable[[str], None], patience: Patience = _PATIENCE) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is given the address when the store is open.

    Raises SettingsError if the address cannot be served on, KeyboardInterrupt after SIGINT, and what
    opening the store raises.
    """
    if not settings.api_key and not is_loopback(settings.host) and not keys.are_there(settings.data):
        raise SettingsError(
            f"Everyone who reaches {settings.host} could read and change the graph; make a key with "
            "`newsgraph keys add NAME --scope admin`, set NEWSGRAPH_API_KEY, or serve on 127.0.0.1."
        )
    with (
        closing(listen(settings.host, settings.port)) as listener,
        asyncio.Runner(loop_factory=new_loop) as runner,
    ):
        runner.run(_serve(create_app(settings), listener, announce, patience))


def new_loop() -> asyncio.AbstractEventLoop:
    """Make an event loop: the quickest that this system has."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop()
    return new_event_loop()


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


async def _serve(
    app: Application, listener: socket.socket, announce: Callable[[str], None], patience: Patience
) -> None:
    """Open the store, serve until SIGINT or SIGTERM, close the store. Raises KeyboardInterrupt after SIGINT.

    The lifespan runs here and not in uvicorn, which would log a trace of its errors; and so do the
    signals, which uvicorn would raise again before the store is closed.
    """
    received: list[int] = []
    async with app.router.lifespan_context(app):
        # After the store, which counts on the files that it was allowed when it was opened.
        roomy = replace(patience, connections=min(patience.connections, raise_open_files() // _SHARE))
        state = app.state.newsgraph
        server = Server(app, roomy, state.lane.stop, app.ways, state.leave)

        def stop(number: int, frame: FrameType | None) -> None:
            received.append(number)
            server.handle_exit(number, frame)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        gc.freeze()  # what is there now stays; to look through it again would stop all requests for as long
        announce(address_of(listener))
        await server.serve(sockets=[listener])
    if signal.SIGINT in received:
        raise KeyboardInterrupt


def raise_open_files() -> int:
    """Let this process have as many files open as are useful and allowed; return how many."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY or allowed >= _FILES:
        return _FILES
    wanted = _FILES if most == resource.RLIM_INFINITY else min(_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted


class Server(uvicorn.Server):
    """Serves `app` with `patience`, and leaves the signals alone.

    `leaving` is called when it begins to stop, to end what would go on for ever; `last_call` a little before
    the requests in progress are cancelled, to end them in peace.
    `ways` are short ones for some requests.
    """

    def __init__(
        self,
        app: ASGIApp,
        patience: Patience,
        last_call: Callable[[], None],
        ways: Ways = NONE,
        leaving: Callable[[], None] = lambda: None,
    ) -> None:
        self._last_call = last_call
        self._leaving = leaving
        config = uvicorn.Config(
            app,
            http=cast(
                type[asyncio.Protocol],
                partial(PatientProtocol, patience=patience, ways=ways),
            ),
            ws="none",
            lifespan="off",
            log_level="error",  # what clients do wrong is told to them, and fills no log
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=_BACKLOG,
            timeout_keep_alive=patience.idle,
            timeout_graceful_shutdown=patience.drain,
        )
        super().__init__(config)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no new connections, and wait for the requests in progress."""
        self._leaving()
        drain = self.config.timeout_graceful_shutdown or 0
        timer = asyncio.get_running_loop().call_later(drain * _LAST_CALL, self._last_call)
        try:
            await super().shutdown(sockets)
        finally:
            timer.cancel()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing."""
        yield
