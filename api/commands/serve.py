"""`serve`: the graph over HTTP, until it is interrupted."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import Data
from api.commands.output import say
from api.logs import set_up
from api.server import run
from graph.settings import load_settings


def serve(
    data: Data = None,
    host: Annotated[
        str | None,
        typer.Option("--host", metavar="ADDRESS", help="Address; any but loopback needs NEWSGRAPH_API_KEY."),
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", min=0, max=65535, help="Port; 0 takes a free one.")
    ] = None,
    allow_update: Annotated[
        bool, typer.Option("--allow-update", help="Take SPARQL updates, and writes to /store.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write the log as JSON, one object a line.")
    ] = False,
) -> None:
    """Serve the graph over REST and SPARQL, with a page to look at it; prints the address."""
    set_up(as_json)
    settings = load_settings(data=data, host=host, port=port, allow_update=allow_update or None)

    def announce(address: str) -> None:
        say(f"Serving {settings.data}; Ctrl-C ends it.")
        print(address, flush=True)

    run(settings, announce)
