"""What one running server holds, in one place: made by the lifespan in `app.py`, kept on `app.state`."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.types import Scope

from api.bell import Bell
from api.errors import NotReady
from api.events import Events
from api.fetching import Fetches, Pages
from api.ingestion import Lane
from api.running import Runner
from api.tallies import Tallies
from api.turns import Threads
from graph.edits import Editor
from graph.queries import Library
from graph.settings import Settings
from graph.sparql.alike import Outlines
from graph.sparql.cache import Kept
from graph.sparql.lanes import Lanes
from graph.store.archive import Archive
from graph.store.jobs import Jobs
from graph.store.keys import Keys


@dataclass(slots=True)
class ServerState:
    """The open store and what works on it; lives from start to shutdown.

    `salt` makes ETags of two runs, or of two stores, differ. `recovered` becomes true when what a
    killed process left unfinished has been read again; `threads` is who may work at once, `answers`
    are those to queries that are kept, and `outlines` what is known of such queries. `bell` rings with
    each change of `jobs`, which `runner` reads and `fetches` brings the texts of those to that only have
    an address.
    `queries` are those with names, and `tallies` what is counted since the start.
    """

    settings: Settings
    archive: Archive
    lane: Lane
    lanes: Lanes
    editor: Editor
    threads: Threads
    answers: Kept
    jobs: Jobs
    bell: Bell
    runner: Runner
    events: Events
    pages: Pages
    fetches: Fetches
    keys: Keys
    queries: Library
    tallies: Tallies
    recovered: bool = False
    outlines: Outlines = field(default_factory=Outlines)
    salt: str = field(default_factory=lambda: secrets.token_hex(8))

    def leave(self) -> None:
        """End what would go on for as long as the server does: jobs and who listens to them."""
        self.runner.stop()
        self.events.close()

    def close(self) -> None:
        """Release the store, once no query runs."""
        self.editor.close()
        self.keys.close()
        self.archive.close()


def state_of(scope: Scope) -> ServerState:
    """Return the state of the server that handles a request. Raises NotReady while there is none."""
    state = getattr(scope["app"].state, "newsgraph", None)
    if state is None:
        raise NotReady("The store is not open yet; try again in a second.")
    return cast(ServerState, state)


async def _state(request: Request) -> ServerState:
    return state_of(request.scope)


State = Annotated[ServerState, Depends(_state)]
"""A route's parameter that is the server's state."""
