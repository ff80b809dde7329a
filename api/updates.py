"""`/update`: the update operation of the SPARQL 1.1 Protocol, and who may change the graph at all.

An update comes as a form (`update=`) or as the body itself (`application/sparql-update`); `using-graph-uri`
and `using-named-graph-uri` choose the data set of its WHERE clauses. It is answered by 204 when all of it is
on the disk, or by a problem when nothing of it was done. An update that was begun is done to its end, though
its client may have gone.
"""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api import protocol
from api.errors import UpdatesOff
from api.protocol import UPDATE, Sent
from api.state import ServerState, state_of
from graph.sparql import update_guard
from graph.sparql.update_guard import UpdateOutline


class UpdateEndpoint:
    """Does updates; an ASGI application that a route of the app points to."""

    methods = ("POST",)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises what `problems` answers."""
        state = state_of(scope)
        check_allowed(state)
        sent = await protocol.receive(Request(scope, receive), UPDATE)
        until = time.monotonic() + state.settings.query_timeout
        outline = await state.threads.checks.run(sent.size, _check, sent)
        turns = state.threads.changes if outline.plain else state.threads.updates
        await turns.run_by(until, state.editor.update, outline, until)
        await Response(status_code=204)(scope, receive, send)


def check_allowed(state: ServerState) -> None:
    """Raise UpdatesOff unless the server was started to take what users write."""
    if not state.settings.allow_update:
        raise UpdatesOff(
            "The graph cannot be changed so on this server; start it with `newsgraph serve --allow-update` "
            "(or NEWSGRAPH_ALLOW_UPDATE=true), or add articles with POST /v1/articles."
        )


def _check(sent: Sent) -> UpdateOutline:
    """Say what is to be done. Raises what `protocol.read` and the guard raise."""
    asked = protocol.read(sent, UPDATE)
    return update_guard.outline(asked.text, asked.dataset)
