"""A worker for what a stranger writes: parses uploads, and rehearses updates on a private copy.

`helper.py` starts it as `python -m graph.sparql.rehearsal`, sends one task after the other over its standard
input, and makes the change in the store only when the task has ended well. It may write in one folder, where
the private copies lie, and any attempt at a socket ends it (`seccomp.program` with `writes`).
"""

from __future__ import annotations

import io
import json
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse, serialize

from graph.sparql import child, results, sandbox, wire
from graph.sparql.wire import Kind, Start, Trouble

# The server ends a task at its deadline. Should it hang or be gone, the kernel does so this much later.
_GRACE: Final = 2.0
# What takes longer to parse would hold all threads of the server for as long.
_PARSE_SECONDS: Final = 0.25
MAX_TRIPLES: Final = 500_000
"""Triples that one upload may hold."""
_DOCTYPE: Final = b"<!doctype"

Task = Mapping[str, Any]


class NotTakenError(Exception):
    """What was sent is not taken, for a reason that its sender should know."""


class TooMuchError(NotTakenError):
    """What was sent is too much at once."""


class Tasks:
    """What can be asked of the worker: each method takes a task and its body, and gives an answer."""

    def __init__(self, start: Start) -> None:
        self._start = start

    def data(self, task: Task, _body: bytes) -> bytes:
        """Rehearse INSERT DATA and DELETE DATA, which depend on no store; answer as `_touched`."""
        self._parse(task["update"])
        return self._touched(task, None)

    def update(self, task: Task, _body: bytes) -> bytes:
        """Rehearse any update, on the private copy in the folder `copy`; answer as `_touched`."""
        self._parse(task["update"])
        store = Store(task["copy"])
        try:
            self._run(store, task["update"])
            return self._touched(task, store)
        finally:
            del store
            shutil.rmtree(task["copy"], ignore_errors=True)

    def query(self, task: Task, _body: bytes) -> bytes:
        """See that a query parses, on an empty store."""
        Store().query(task["query"], base_iri=self._start.base, prefixes=self._start.prefixes)
        return b""

    def parse(self, task: Task, body: bytes) -> bytes:
        """Parse an upload in `format` with `base`; answer with its triples as N-Triples.

        Blank nodes get labels that no other upload has.
        """
        one = results.GRAPHS[task["format"]]
        if one.engine == RdfFormat.RDF_XML and _DOCTYPE in body.lower():
            raise NotTakenError("RDF/XML with a DOCTYPE is not read, for entities can grow without end")
        assert isinstance(one.engine, RdfFormat)
        found = parse(
            body,
            one.engine,
            base_iri=task["base"],
            rename_blank_nodes=True,
            without_named_graphs=True,
        )
        return _lines(quad.triple for quad in found)

    def patch(self, task: Task, _body: bytes) -> bytes:
        """Do an update on a copy of one `graph` (None: the default one) of `checkpoint`, as if it were all.

        Answers with the triples that the graph then has, as N-Triples.
        """
        self._parse(task["update"])
        source, store = Store.read_only(task["checkpoint"]), Store()
        name = task["graph"]
        buffer = io.BytesIO()
        if name is None or source.contains_named_graph(NamedNode(name)):
            graph = NamedNode(name) if name else DefaultGraph()
            source.dump(buffer, RdfFormat.N_TRIPLES, from_graph=graph)
        store.load(buffer.getvalue(), RdfFormat.N_TRIPLES)
        self._run(store, task["update"])
        if next(iter(store.named_graphs()), None) is not None:
            raise NotTakenError("a PATCH changes its graph only; name no other in it, or send it to /update")
        return _lines(quad.triple for quad in store)

    def _run(self, store: Store, update: str) -> None:
        store.update(update, base_iri=self._start.base, prefixes=self._start.prefixes)

    def _parse(self, update: str) -> None:
        """See that the text parses, and quickly; on an empty store there is little else to do."""
        begin = time.process_time()
        try:
            self._run(Store(), update)
        except RuntimeError:
            return  # such as CLEAR of a graph that is not there; the rehearsal itself decides
        finally:
            took = time.process_time() - begin
        if took > _PARSE_SECONDS:
            raise TooMuchError(f"the text alone takes {took:.1f} s to look through; make it simpler")

    def _touched(self, task: Task, store: Store | None) -> bytes:
        """Answer with the graphs that may have changed, or with all there are and how many quads each has."""
        if task["graphs"] is not None:
            found = {self._resolved(*one): None for one in task["graphs"]}
            return json.dumps({"graphs": [iri for iri in found if iri]}).encode()
        counts: dict[str, int] = {}
        if store is not None:
            rows = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
            counts = {row["g"].value: int(row["n"].value) for row in rows}  # type: ignore[union-attr]
        return json.dumps({"counts": counts}).encode()

    def _resolved(self, prologue: str, name: str) -> str:
        """Let the engine read the name of a graph as its prologue means it; empty if it is no name."""
        try:
            found = Store().query(
                f"{prologue} SELECT ({name} AS ?graph) {{}}",
                base_iri=self._start.base,
                prefixes=self._start.prefixes,
            )
        except SyntaxError:
            return ""
        assert isinstance(found, QuerySolutions)
        return next((row["graph"].value for row in found if row["graph"]), "")


_TASKS: Final[Mapping[str, Callable[[Tasks, Task, bytes], bytes]]] = {
    "data": Tasks.data,
    "update": Tasks.update,
    "query": Tasks.query,
    "parse": Tasks.parse,
    "patch": Tasks.patch,
}


def _lines(triples: Iterable[Triple]) -> bytes:
    """Write triples as N-Triples. Raises TooMuchError if there are over `MAX_TRIPLES`."""

    def counted() -> Iterator[Triple]:
        for number, triple in enumerate(triples):
            if number >= MAX_TRIPLES:
                raise TooMuchError(
                    f"there are over {MAX_TRIPLES:,} triples in it; send it in parts, with POST"
                )
            yield triple

    return serialize(counted(), format=RdfFormat.N_TRIPLES) or b""


# The first that fits counts.
_TROUBLE_OF: Final[dict[type[Exception], Trouble]] = {
    TooMuchError: Trouble.MUCH,
    NotTakenError: Trouble.REFUSED,
    SyntaxError: Trouble.SYNTAX,
    MemoryError: Trouble.MEMORY,
    OSError: Trouble.STORE,
    ValueError: Trouble.ENGINE,
    RuntimeError: Trouble.ENGINE,
}


def _answer(tasks: Tasks, limit: sandbox.MemoryLimit, task: Task, body: bytes) -> None:
    """Do a task and send its answer, or why there is none."""
    limit.renew()
    signal.setitimer(signal.ITIMER_REAL, task["seconds"] + _GRACE)
    try:
        answer = _TASKS[task["task"]](tasks, task, body)
    except tuple(_TROUBLE_OF) as error:
        trouble = next(kind for cause, kind in _TROUBLE_OF.items() if isinstance(error, cause))
        report = json.dumps({"trouble": trouble, "message": str(error)}).encode()
        wire.write(child.STDOUT, wire.pack(Kind.TROUBLE, report))
    else:
        worn = wire.WORN if limit.is_worn() else b""
        wire.write(child.STDOUT, wire.pack(Kind.DATA, answer) + wire.pack(Kind.END, worn))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    """Do what the server asks until it hangs up."""
    child.settle()
    frames = child.frames()
    start = Start(**json.loads(next(frames).payload))
    limit = sandbox.MemoryLimit(start.memory)
    in_force = sandbox.apply(Path(start.folder), Path(start.checkpoint))
    wire.write(child.STDOUT, wire.pack(Kind.READY, json.dumps(sorted(in_force)).encode()))
    tasks = Tasks(start)
    for frame in frames:
        _answer(tasks, limit, json.loads(frame.payload), next(frames).payload)


if __name__ == "__main__":
    main()
