"""What users write into the graph themselves: SPARQL updates, and whole graphs.

    text -> guard -> rehearsal in a process of its own -> one transaction of the one writer

A stranger's text is parsed first where it can harm nothing, with a deadline and a limit of memory: an update
that only says what comes and goes (`UpdateOutline.plain`) on an empty store, any other on a private copy of
the graph, an upload by itself. Only if that ends well is the change made, in a thread that cannot reach the
network. A change that fails has changed nothing, and readers see the state before it until it is whole.

Nobody has the turn to write while an update is rehearsed, and what needs no copy has a process of its own: so
articles and small changes go on beside a heavy one. That is then made on what the graph holds by then, and
what depends on that, or on chance (RAND, UUID), may take longer than it took in rehearsal.

The time that a change may take counts the waiting for others too (`until`, a moment of `time.monotonic`).
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from graph.errors import BadQuery, Busy, NotFound, QueryRefused
from graph.settings import Settings
from graph.sparql import fulltext, seccomp
from graph.sparql.helper import Helper, Job
from graph.sparql.update_guard import UpdateOutline
from graph.sparql.wire import MEGABYTE, Start
from graph.store.archive import Archive

_LOG: Final = logging.getLogger(__name__)
_SHARE: Final = 0.5
"""The part of the time left that a rehearsal may take, since the change itself takes as long again."""

_Result = TypeVar("_Result")
Check = Callable[[bool], None]
"""Is told, at the moment of a change, whether the graph is there; raises what forbids the change."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A graph as it was sent: the name of its format (`results.GRAPHS`), the base of its IRIs, its bytes."""

    format: str
    base: str
    body: bytes


class Editor:
    """Makes the changes that users ask for, one at a time; safe to use from many threads.

    Every method that changes something takes the moment `until` which it is to be done (by default the time
    of a query from now). It raises StoreFull or another StoreError if the disk refuses, Busy if others do not
    let it begin in half of that time, and what `Helper.run` raises.
    """

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._seconds = settings.query_timeout
        self._scratch = archive.scratch()
        start = Start(
            folder=str(archive.checkpoint().parent),
            sequence=0,
            checkpoint=str(self._scratch),
            memory=settings.query_memory * MEGABYTE,
            base=archive.ns.base,
            prefixes=archive.ns.prefixes,
        )
        self._quick, self._heavy = Helper(start), Helper(start)
        self._alone = ThreadPoolExecutor(1, "edits", initializer=_leave_network)

    def update(self, outline: UpdateOutline, until: float | None = None) -> None:
        """Do an update: all of it, or nothing."""
        until = self._until(until)
        fields = {"update": outline.text, "graphs": outline.graphs}
        if outline.plain:
            report = self._quick.run(Job("data", "The update", fields), until, _SHARE)
            with self._archive.turn(until):
                self._apply(outline, report)
            return
        fulltext.refuse_in_update(outline.text, self._archive.ns)
        with self._heavy.turn(until):
            copy = self._scratch / uuid.uuid4().hex
            try:
                with self._archive.turn(until):
                    begun = self._archive.sequence
                    self._archive.store.checkpoint(copy)
                job = Job("update", "The update", {**fields, "copy": str(copy)})
                report = self._heavy.run(job, until, _SHARE)
            finally:
                shutil.rmtree(copy, ignore_errors=True)
        with self._archive.turn(until):
            self._apply(outline, report, begun)

    def parses(self, query: str) -> None:
        """See that a query parses, on no data. Raises BadQuery where it does not."""
        self._quick.run(Job("query", "The query", {"query": query}), self._until(None), _SHARE)

    def put(
        self, graph: str | None, uploads: Sequence[Upload], check: Check, until: float | None = None
    ) -> bool:
        """Put what was sent in the place of `graph` (None: the default one); return whether it is new."""
        return self._write(graph, uploads, check, until, self._archive.store.replace)

    def add(
        self, graph: str | None, uploads: Sequence[Upload], check: Check, until: float | None = None
    ) -> bool:
        """Add what was sent to `graph` (None: the default one); return whether it is new."""
        return self._write(graph, uploads, check, until, self._archive.store.add)

    def remove(self, graph: str | None, check: Check, until: float | None = None) -> None:
        """Remove `graph`; the default one is emptied. Raises NotFound if it is not there."""
        with self._archive.turn(self._until(until)):
            if not self._checked(graph, check):
                raise missing(graph)
            name = "DEFAULT" if graph is None else f"GRAPH {NamedNode(graph)}"
            self._edit(graph, lambda: self._archive.store.update(f"DROP {name}"))

    def patch(
        self, graph: str | None, outline: UpdateOutline, check: Check, until: float | None = None
    ) -> bool:
        """Do an update to which `graph` (None: the default one) is all there is; return whether it is new."""
        until = self._until(until)
        with self._heavy.turn(until), self._archive.turn(until) as checkpoint:
            there = self._writable(graph, check)
            fields = {"update": outline.text, "graph": graph, "checkpoint": str(checkpoint)}
            triples = _triples(self._heavy.run(Job("patch", "The update", fields), until, _SHARE))
            self._edit(graph, lambda: self._archive.store.replace(_node(graph), triples))
        return not there

    def close(self) -> None:
        """End the processes, and remove the private copies."""
        self._quick.close()
        self._heavy.close()
        self._alone.shutdown()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _until(self, until: float | None) -> float:
        return time.monotonic() + self._seconds if until is None else until

    def _write(
        self,
        graph: str | None,
        uploads: Sequence[Upload],
        check: Check,
        until: float | None,
        write: Callable[[NamedNode | None, Iterable[Triple]], None],
    ) -> bool:
        until = self._until(until)
        triples = self._parsed(uploads, until)
        with self._archive.turn(until):
            there = self._writable(graph, check)
            self._edit(graph, lambda: write(_node(graph), triples))
        return not there

    def _parsed(self, uploads: Sequence[Upload], until: float) -> list[Triple]:
        triples: list[Triple] = []
        for one in uploads:
            fields = {"format": one.format, "base": one.base}
            triples += _triples(self._quick.run(Job("parse", "The graph", fields, one.body), until, _SHARE))
        return triples

    def _checked(self, graph: str | None, check: Check) -> bool:
        there = graph is None or self._archive.store.holds(NamedNode(graph))
        check(there)
        return there

    def _writable(self, graph: str | None, check: Check) -> bool:
        there = self._checked(graph, check)
        self._refuse_invented([] if graph is None else [graph])
        return there

    def _edit(self, graph: str | None, change: Callable[[], object]) -> None:
        self._archive.edit(lambda: self._confined(change), self._articles([] if graph is None else [graph]))

    def _apply(self, outline: UpdateOutline, report: bytes, begun: int | None = None) -> None:
        """Do what was rehearsed on the state of the number `begun`, or on none."""
        store, found = self._archive.store, json.loads(report)
        try:
            self._refuse_invented(found["graphs"] if "graphs" in found else found["counts"])
        except QueryRefused as error:
            if begun in (None, self._archive.sequence):
                raise
            raise Busy("The graph changed while the update was rehearsed; send it again.") from error
        try:
            self._archive.edit(
                lambda: self._confined(lambda: store.update(outline.text)), self._touched(found)
            )
        except ValueError as error:
            raise BadQuery(f"The update cannot be done: {error}. Nothing has changed.") from error

    def _confined(self, change: Callable[[], _Result]) -> _Result:
        """Make a change in the thread that cannot reach the network."""
        return self._alone.submit(change).result()

    def _touched(self, report: dict[str, dict[str, int]]) -> list[str]:
        """Return the ids of the articles whose graphs an update changed in rehearsal, or may change."""
        if "graphs" in report:
            return self._articles(report["graphs"])
        counts, ns = report["counts"], self._archive.ns
        return [
            id_
            for id_, quads in self._archive.ledger.settled()
            if counts.get(ns.article(id_).value, 0) != quads
        ]

    def _refuse_invented(self, graphs: Iterable[str]) -> None:
        """Raise QueryRefused if one of `graphs` would be that of an article, and there is no such article."""
        for id_ in self._articles(graphs):
            graph = self._archive.ns.article(id_)
            if self._archive.ledger.find(id_) is None and not self._archive.store.holds(graph):
                raise QueryRefused(
                    f"{graph} is the name of an article's graph, and there is no such article; give yours "
                    "another name, or add the article with POST /v1/articles. Nothing has changed."
                )

    def _articles(self, graphs: Iterable[str]) -> list[str]:
        start = self._archive.ns.article("").value
        return [graph.removeprefix(start) for graph in graphs if graph.startswith(start)]


def missing(graph: str | None) -> NotFound:
    """Make the error for a graph that is not there."""
    return NotFound(
        f"There is no graph {graph}; SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} lists those that there are."
    )


def _node(graph: str | None) -> NamedNode | None:
    return None if graph is None else NamedNode(graph)


def _triples(lines: bytes) -> list[Triple]:
    return [quad.triple for quad in parse(lines, RdfFormat.N_TRIPLES)]


def _leave_network() -> None:
    if not seccomp.leave_network() and sys.platform == "linux":
        _LOG.warning("This system cannot keep the network from the thread that makes changes.")
