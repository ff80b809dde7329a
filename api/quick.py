"""The way of a small query that can be answered at once: without a task, and with nothing to wait for.

Nothing is decided here that the usual way would not decide alike: the same guards look at the head, the same
functions read it and choose. Whatever is out of the ordinary (an error, no free worker, a long answer, one
that takes a while) is left to the usual way, which takes over what has been begun.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from starlette.types import Scope

from api import whole
from api.memo import Memo
from api.protocol import Sent
from api.security import ADDED
from api.sparql import BEGUN, Asked, check, keep, short
from api.state import ServerState
from api.tallies import SPARQL, Fate, Tallies
from graph.errors import NewsgraphError
from graph.sparql import fulltext
from graph.sparql.rows import Rows

_LONGEST = 2048
"""Bytes of a query that is looked through at once."""
_UNUSUAL = frozenset({b"if-none-match", b"content-length", b"transfer-encoding", b"expect", b"upgrade"})


Begun = tuple[Asked, Rows]
"""What `_Run` leaves in a scope as `BEGUN`."""


@runtime_checkable
class Guard(Protocol):
    """Who looks at the head of a request, and raises what is wrong with it."""

    def check(self, scope: Scope) -> None:
        """Look at it."""
        ...


class Quick:
    """Answers what can be answered at once; `state` gives the open store, or None."""

    def __init__(
        self, guards: Sequence[Guard], state: Callable[[], ServerState | None], tallies: Tallies
    ) -> None:
        self._guards = guards
        self._state = state
        self._tallies = tallies

    def begin(self, scope: Scope, usual: Callable[[], None]) -> str | None:
        """Begin to answer a GET of `/sparql`; `usual` starts the usual way, which it has to be if None.

        Returns what may be given to `again` for a request with the same head but for its query.
        """
        accept = self._accept(scope)
        self._tallies.begin(scope, SPARQL)
        if accept is None:
            return None
        try:
            for guard in self._guards:
                guard.check(scope)
        except NewsgraphError:
            return None  # the usual way says what is wrong
        if ADDED in scope:
            return None  # the answer has headers of its own
        return None if self.again(scope, accept, usual) is None else accept

    def again(self, scope: Scope, accept: str, usual: Callable[[], None]) -> Callable[[], None] | None:
        """Begin to answer a GET of `/sparql` that is let in, with the path and the query alone in its scope.

        Returns what hands it over to the usual way, which it has to go if None.
        """
        state = self._state()
        if state is None or len(scope["query_string"]) > _LONGEST:
            return None
        try:
            asked = check(state.outlines, Sent(scope["query_string"], "", b"", accept), time.monotonic())
        except NewsgraphError:
            return None
        if fulltext.searches(asked.outline.query):
            return None  # the index may have to be waited for
        if asked.lasting and state.answers.get(state.archive.sequence, asked.key) is not None:
            return None
        run = _Run(state, asked, scope, usual)
        rows = state.lanes.begin(asked.outline, asked.offer.names[0], asked.begun, run.hand_over)
        if rows is None:
            return None
        run.rows = rows
        rows.listen(run.arrived)
        return run.hand_over

    def _accept(self, scope: Scope) -> str | None:
        """The Accept headers as one; None if there is something unusual in the head."""
        found = []
        for name, value in scope["headers"]:
            if name == b"accept":
                found.append(value.decode("latin-1"))
            elif name in _UNUSUAL:
                return None
        return ", ".join(found)


@dataclass(frozen=True, slots=True)
class Ways:
    """The short ways that a server may take: answers that are known, and those that need no task.

    Without `whole` none is taken, and no answer is sent past the layers that may add headers to it.
    """

    memo: Memo
    quick: Quick | None = None
    whole: bool = True
    tallies: Tallies = field(default_factory=Tallies)


NONE = Ways(Memo(0))


class _Run:
    """A query that runs, until it is answered or handed over."""

    rows: Rows

    def __init__(self, state: ServerState, asked: Asked, scope: Scope, usual: Callable[[], None]) -> None:
        self._state = state
        self._asked = asked
        self._scope = scope
        self._usual = usual
        self._is_ours = True

    def arrived(self) -> None:
        """Send the answer if this is all of it."""
        body = None if self.rows.is_open else self.rows.whole()
        if body is None:
            self.hand_over()
            return
        self._is_ours = False
        self.rows.listen(None)
        given = short(self._state, self._asked, self.rows, body, self._scope)
        is_sent = whole.at_once(self._scope, given)
        keep(self._state, self._asked, self.rows, body)
        if not is_sent:
            self._usual()
            return
        tallies = self._state.tallies
        tallies.queries[Fate.ANSWERED] += 1
        tallies.end(tallies.begin(self._scope))

    def hand_over(self) -> None:
        """Let the usual way go on with it, once."""
        if not self._is_ours:
            return
        self._is_ours = False
        self.rows.listen(None)
        self._scope[BEGUN] = (self._asked, self.rows)
        self._usual()
