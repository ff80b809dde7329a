"""A worker: answers one query at a time on a checkpoint of the store, inside the sandbox.

The pool starts it as `python -m graph.sparql.worker` and talks to it in frames over its standard input and
output. It ends when its input ends.
"""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Final, TypeAlias, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from graph.sparql import child, results, sandbox, wire
from graph.sparql.guard import QueryForm
from graph.sparql.wire import Kind, Request, Start, Trouble

# The pool ends a query at its deadline. Should the pool hang or be gone, the kernel does so this much later.
_GRACE: Final = 1.0

Found: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples


class UnknownSourceError(Exception):
    """FROM names a graph that the store does not hold."""


class StaleCheckpointError(Exception):
    """The checkpoint cannot be opened, most likely since a newer one has taken its place."""


@dataclass(slots=True)
class Checkpoint:
    """The store as of one checkpoint."""

    key: tuple[int, str]
    store: Store


class Output:
    """A file for the engine to write to: what it writes goes to the pool, a chunk at a time."""

    def __init__(self) -> None:
        self._chunk = bytearray()

    def write(self, data: bytes) -> int:
        """Take `data`; wait while the pipe to the pool is full."""
        self._chunk += data
        if len(self._chunk) >= wire.CHUNK:
            wire.write(child.STDOUT, wire.pack(Kind.DATA, self._chunk))
            self._chunk.clear()
        return len(data)

    def flush(self) -> None:
        """Do nothing: the engine flushes at its end, and `end` sends the rest."""

    def end(self, worn: bool) -> None:
        """Send what is left, and that it is all."""
        rest = wire.pack(Kind.DATA, self._chunk) if self._chunk else b""
        wire.write(child.STDOUT, rest + wire.pack(Kind.END, wire.WORN if worn else b""))


class Answerer:
    """Keeps the store open between queries, and answers them."""

    def __init__(self, start: Start, limit: sandbox.MemoryLimit) -> None:
        self._start = start
        self._limit = limit
        self._opened: Checkpoint | None = None
        self._marks = [(f"{name}:", name, iri) for name, iri in start.prefixes.items()]

    def warm_up(self) -> None:
        """Open the store and parse and answer once, so that the first query does not wait for that."""
        try:
            store = self._at((self._start.sequence, self._start.checkpoint))
            answer = store.query("SELECT * { ?s ?p ?o } LIMIT 1", prefixes=self._start.prefixes)
            _serialize(answer, Output(), QueryResultsFormat.JSON)
        except OSError:
            # The checkpoint has been replaced already; the first query brings a newer one.
            self._opened = None

    def answer(self, request: Request) -> None:
        """Send the answer, or why there is none."""
        signal.setitimer(signal.ITIMER_REAL, request.seconds + _GRACE)
        try:
            output = self._evaluate(request)
            output.end(worn=self._limit.is_worn())
        except _TROUBLES as error:
            trouble = next(kind for cause, kind in _TROUBLE_OF.items() if isinstance(error, cause))
            message = {"trouble": trouble, "message": str(error)}
            wire.write(child.STDOUT, wire.pack(Kind.TROUBLE, json.dumps(message).encode()))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _evaluate(self, request: Request) -> Output:
        """Send the rows but the last ones, which are still in what is returned."""
        try:
            store = self._at((request.sequence, request.checkpoint))
        except OSError as error:
            raise StaleCheckpointError(str(error)) from error
        if request.default_graphs is None:
            for source in request.sources:
                self._check_source(store, request.prologue, source)
        default, named = request.default_graphs, request.named_graphs
        found = store.query(
            request.query,
            base_iri=self._start.base,
            prefixes=self._prefixes(request.query),
            default_graph=None if default is None else [*map(NamedNode, default)],
            named_graphs=None if named is None else [*map(NamedNode, named)],
        )
        output = Output()
        _serialize(found, output, _engine_format(request.form, request.format))
        return output

    def _prefixes(self, query: str) -> dict[str, str]:
        """Those of the store's prefixes that a query may use: to set one costs more than to look for it."""
        if "\\" in query:
            return self._start.prefixes
        return {name: iri for mark, name, iri in self._marks if mark in query}

    def _at(self, key: tuple[int, str]) -> Store:
        """The store as of the checkpoint `key`; the one before is closed."""
        if self._opened is None or self._opened.key != key:
            self._opened = None
            self._opened = Checkpoint(key, Store.read_only(key[1]))
            self._limit.renew()
        return self._opened.store

    def _check_source(self, store: Store, prologue: str, source: str) -> None:
        """Let the engine read the name after FROM, as the prologue means it, and look for its graph."""
        read = f"{prologue}SELECT ({source} AS ?graph) {{}}"
        found = store.query(read, base_iri=self._start.base, prefixes=self._start.prefixes)
        if not isinstance(found, QuerySolutions):
            raise UnknownSourceError(source)
        for solution in found:
            graph = solution["graph"]
            if not isinstance(graph, NamedNode) or not store.contains_named_graph(graph):
                raise UnknownSourceError(graph.value if isinstance(graph, NamedNode) else source)


@lru_cache
def _engine_format(form: str, name: str) -> QueryResultsFormat | RdfFormat:
    return results.named(QueryForm(form), name).engine


# The first that fits counts.
_TROUBLE_OF: Final[dict[type[Exception], Trouble]] = {
    SyntaxError: Trouble.SYNTAX,
    UnknownSourceError: Trouble.SOURCE,
    StaleCheckpointError: Trouble.STALE,
    MemoryError: Trouble.MEMORY,
    OSError: Trouble.STORE,
    ValueError: Trouble.ENGINE,
    RuntimeError: Trouble.ENGINE,
}
_TROUBLES: Final = tuple(_TROUBLE_OF)


def _serialize(found: Found, output: Output, engine_format: QueryResultsFormat | RdfFormat) -> None:
    """Let the engine write the rows to `output`. Raises ValueError if they cannot be written so."""
    file = cast("IO[bytes]", output)
    match found, engine_format:
        case QueryTriples(), RdfFormat():
            found.serialize(file, engine_format)
        case QuerySolutions() | QueryBoolean(), QueryResultsFormat():
            found.serialize(file, engine_format)
        case _:
            raise ValueError(f"an answer of this kind cannot be written as {engine_format.name}")


def main() -> None:
    """Serve the pool until it hangs up."""
    child.settle()
    frames = child.frames()
    start = Start(**json.loads(next(frames).payload))
    limit = sandbox.MemoryLimit(start.memory)
    in_force = sandbox.apply(Path(start.folder))
    answerer = Answerer(start, limit)
    answerer.warm_up()
    wire.write(child.STDOUT, wire.pack(Kind.READY, json.dumps(sorted(in_force)).encode()))
    for frame in frames:
        answerer.answer(wire.decode_request(frame.payload))


if __name__ == "__main__":
    main()
