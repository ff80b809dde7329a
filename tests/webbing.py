"""A web of hosts for tests, on loopback: what each address answers, what was asked and connected to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

import httpcore

from graph.sources.fetching import Guard

PUBLIC = "93.184.215.14"
"""An address that is public; nothing is ever sent there, since `Web.connect` leads it to this machine."""


@dataclass
class Reply:
    """What an address answers; `raw` is called with the handler instead, for what is no HTTP."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[BaseHTTPRequestHandler], object] | None = None


Route: TypeAlias = Reply | Callable[["Asked"], Reply]


@dataclass(frozen=True)
class Asked:
    """One request: host and path, its headers in lower case, and how many came for this address before."""

    url: str
    headers: Mapping[str, str]
    before: int


class Web:
    """Hosts and their pages: `pages` by `host/path`; whatever is not there is 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Route] = {}
        self.names: dict[str, Sequence[str] | list[Sequence[str]]] = {}
        self.asked: list[Asked] = []
        self.resolved: list[str] = []
        self.connected: list[str] = []
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.port = int(self.server.server_address[1])

    def guard(self, **options: Any) -> Guard:
        """A guard whose outside world this is; it knows each host as a public one, unless told otherwise."""
        return Guard(**{"seconds": 10.0, "resolve": self.resolve, "connect": self.connect, **options})

    def resolve(self, host: str, _port: int) -> Sequence[str]:
        """Give the addresses of a host; of several answers the next one each time."""
        self.resolved.append(host)
        known = self.names.get(host, [PUBLIC])
        if isinstance(known[0], str):
            return known  # type: ignore[return-value]
        return known.pop(0)  # type: ignore[union-attr,return-value]

    def connect(self, address: str, _port: int, seconds: float) -> httpcore.NetworkStream:
        """Note the address, and connect to the test's own server instead."""
        self.connected.append(address)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout=seconds)

    def paths(self) -> list[str]:
        """What was asked for so far."""
        return [asked.url for asked in self.asked]

    def reply(self, handler: BaseHTTPRequestHandler) -> Reply:
        """Note a request, and find what it is answered."""
        url = f"{handler.headers.get('Host', '')}{handler.path}"
        with self._lock:
            before = sum(asked.url == url for asked in self.asked)
            headers = {name.lower(): value for name, value in handler.headers.items()}
            asked = Asked(url, headers, before)
            self.asked.append(asked)
        route = self.pages.get(url, Reply(status=404))
        return route if isinstance(route, Reply) else route(asked)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                reply = web.reply(self)
                if reply.raw is not None:
                    reply.raw(self)
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.status != 304:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def web_of_hosts() -> Iterator[Web]:
    """Serve a web until the test is over."""
    web = Web()
    thread = threading.Thread(target=web.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.server.shutdown()
        web.server.server_close()
        thread.join(5)


def page(text: str, head: str = "") -> Reply:
    """A web page with an article."""
    body = f"<html><head>{head}</head><body><article><p>{text}</p></article></body></html>"
    return Reply(body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def moved(to: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status=status, headers={"Location": to})


class FakeClock:
    """A clock that only moves when it is waited for, and remembers how long each time."""

    def __init__(self, time: float = 1_000_000_000.0) -> None:
        self.time = time
        self.waits: list[float] = []

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self.time

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass at once."""
        self.waits.append(seconds)
        self.time += seconds
