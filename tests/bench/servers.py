"""The servers that are measured side by side, each in a process of its own on the same quads."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 1200.0
"""Seconds after which a server that was started is ended, whatever happens."""
_ADDRESS = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+")
_OURS = "from api.cli import main; main()"
# It understands one request after the other, and holds all in memory: what people have who need no more.
_RDFLIB = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset()
graph.parse(sys.argv[1], format="nquads")
class Told(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print("http://127.0.0.1:" + sys.argv[2], flush=True)
app = SparqlEndpoint(graph=graph, path="/sparql")
Told(uvicorn.Config(app, port=int(sys.argv[2]), log_level="error")).run()
"""


@contextmanager
def ours(data: Path) -> Iterator[str]:
    """Serve a store of ours; give the address of its queries."""
    with _server([sys.executable, "-c", _OURS, "serve", "--data", str(data), "--port", "0"]) as address:
        yield f"{address}/sparql"


@contextmanager
def native(file: Path, location: Path) -> Iterator[str]:
    """Load N-Quads into a store of Oxigraph's own and serve it; give the address of its queries."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    for command in (["load", "--file", str(file)], ["optimize"]):
        subprocess.run(
            [program, command[0], "--location", str(location), *command[1:]], check=True, capture_output=True
        )
    bind = f"127.0.0.1:{_free_port()}"
    with _server([program, "serve-read-only", "--location", str(location), "--bind", bind]) as address:
        yield f"{address}/query"


@contextmanager
def rdflib_endpoint(file: Path) -> Iterator[str]:
    """Serve N-Quads from memory with rdflib; give the address of its queries."""
    with _server([sys.executable, "-W", "ignore", "-c", _RDFLIB, str(file), str(_free_port())]) as address:
        yield f"{address}/sparql"


@contextmanager
def _server(command: list[str]) -> Iterator[str]:
    """Start a server and wait until it has printed its address; end it at the end."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        limit = threading.Timer(_LONGEST, process.kill)
        limit.start()
        try:
            assert process.stdout is not None
            found = (_ADDRESS.search(line) for line in process.stdout)
            yield next(match[0] for match in found if match)
        finally:
            limit.cancel()
            process.terminate()


def _free_port() -> int:
    """Return a port that is free now; not each server tells which one it took for 0."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
