"""The store in this process: Oxigraph in a directory, or in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Triple

from graph.rdf import supported_triples
from graph.rdf_terms import DEFAULT, triple_key
from graph.store.base import Contents, Row, Term
from graph.store.binding import bind
from graph.store.engine import Engine, is_disk_error, telling
from graph.store.forms import check, normal
from graph.store.requests import change, exchange, in_graph, replacement
from graph.store.userdata import contents_of, user_graph, user_mark
from graph.vocab import Namespaces

# Quads in the engine's log before they are flushed into tables; a flush of so many takes about 0.2 s.
_LOG_LIMIT = 100_000
_PORTION = 1000


class EmbeddedStore:
    """A `base.Store` on pyoxigraph.

    Answers are complete before they are handed out: a result of pyoxigraph that another thread
    touches ends the process. One write at a time, each in one transaction.
    """

    def __init__(self, path: Path | None, ns: Namespaces) -> None:
        """Open the store in the directory `path` (made if need be), or an empty one in memory.

        Raises StoreInUse if another process has it open, StoreDamaged if files of it are broken,
        StoreError if it cannot be opened.
        """
        self._path = path
        self._ns = ns
        self._in_log = 0
        self._engine = Engine(path)

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Answer a SELECT query; the prefixes of `Namespaces.prefixes` need not be declared.

        A bound variable that is projected has its term in each row. Raises ValueError if the query
        is no SELECT or lacks a bound variable, SyntaxError if it does not parse.
        """
        bindings = bindings or {}
        with telling(self._path):
            answer = self._store.query(
                bind(query, bindings) if bindings else query, prefixes=self._ns.prefixes
            )
            if not isinstance(answer, QuerySolutions):
                raise ValueError("Only SELECT queries are answered here.")
            names = [variable.value for variable in answer.variables]
            fixed = {name: bindings[name] for name in names if name in bindings}
            rows = [dict(zip(names, row, strict=True)) for row in answer]
            return iter([row | fixed for row in rows] if fixed else rows)

    def put(self, graph: NamedNode, quads: Iterable[Quad], *, mending: bool = False) -> Contents:
        """Replace all that article `graph` says; see `base.Store.put`.

        Raises ValueError if a quad is in another graph, or if a plain triple is not supported by
        `graph` (it could never be removed again); StoreFull or StoreError if the disk refuses.
        """
        wanted = {normal(quad, graph) for quad in quads}
        plain = {quad.triple for quad in wanted if quad.graph_name == DEFAULT}
        check(wanted, plain, graph, self._ns)
        with self._engine.writing():
            old = _gathered(self._store.quads_for_pattern(None, None, None, graph))
            added, gone = (set(), set()) if mending else self._user_marks(plain)
            if old or gone:
                stale = self._stale(graph, old) - plain
                self._store.update(replacement(graph, stale, wanted | added, gone))
            else:
                self._store.extend(wanted | added)
            self._sync(len(old) + len(wanted))
        return contents_of(quad for quad in wanted if quad.graph_name == graph)

    def amend(self, gone: Set[Quad], added: Set[Quad], unsaid: Set[Triple], said: Set[Triple]) -> None:
        """Change the graphs of several articles; see `base.Store.amend`."""
        supports, ns = self._ns.kg("supports"), self._ns
        with self._engine.writing():
            marks, void = self._user_marks(said)
            kept = {quad.object for quad in added if quad.predicate == supports}
            stale = {
                triple
                for triple in unsaid - said
                if triple_key(triple, ns) not in kept and all(quad in gone for quad in self._supports(triple))
            }
            plain = {in_graph(triple, DEFAULT) for triple in said}
            removed = {in_graph(triple, DEFAULT) for triple in stale} | gone | void
            self._store.update(change(removed, plain | added | marks))
            self._sync(len(gone) + len(added))

    def drop(self, graph: NamedNode) -> None:
        """Remove all that article `graph` says; see `base.Store.drop`."""
        with self._engine.writing():
            old = _gathered(self._store.quads_for_pattern(None, None, None, graph))
            if old:
                self._store.update(replacement(graph, self._stale(graph, old), ()))
                self._sync(len(old))

    def count(self, graph: NamedNode) -> int:
        """Return how many quads `graph` holds."""
        with telling(self._path):
            return sum(1 for _ in self._store.quads_for_pattern(None, None, None, graph))

    def contents(self, graph: NamedNode) -> Contents:
        """Return how many quads `graph` holds, and their digest."""
        with telling(self._path):
            return contents_of(self._store.quads_for_pattern(None, None, None, graph))

    def quads_of(self, graph: NamedNode | None) -> list[Quad]:
        """Return all quads of `graph`, or of the default one for None."""
        with telling(self._path):
            return _gathered(self._store.quads_for_pattern(None, None, None, graph or DEFAULT))

    def lines_of(self, graph: NamedNode) -> list[str]:
        """Return all quads of the named `graph`, as texts in order; takes a quarter of the time of quads."""
        with telling(self._path):
            dumped = self._store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)
        assert dumped is not None
        return sorted(f"{line[:-1]}{graph}" for line in dumped.decode().split("\n") if line)

    def has(self, quad: Quad) -> bool:
        """Return whether the store holds `quad`."""
        with telling(self._path):
            return quad in self._store

    def holds(self, graph: NamedNode) -> bool:
        """Return whether there is a named graph of that name, be it empty."""
        with telling(self._path):
            return self._store.contains_named_graph(graph)

    def update(self, update: str) -> None:
        """Do a SPARQL update that has been looked through and rehearsed: all of it, or nothing.

        Raises ValueError if the engine cannot do it, StoreFull or another StoreError if the disk refuses.
        """
        with self._engine.writing():
            try:
                self._store.update(update, base_iri=self._ns.base, prefixes=self._ns.prefixes)
            except RuntimeError as error:
                if is_disk_error(error):
                    raise
                raise ValueError(str(error)) from error
            self._sync(_LOG_LIMIT // 10)  # nobody knows how much it was

    def add(self, graph: NamedNode | None, triples: Iterable[Triple]) -> None:
        """Add `triples` to `graph` (None: the default one), which is made if need be."""
        name = DEFAULT if graph is None else graph
        quads = [in_graph(triple, name) for triple in triples]
        with self._engine.writing():
            if quads:
                self._store.extend(quads)
            elif graph is not None:
                self._store.add_graph(graph)
            self._sync(len(quads))

    def replace(self, graph: NamedNode | None, triples: Iterable[Triple]) -> None:
        """Put `triples` in the place of all that `graph` (None: the default one) holds; see `base.Store`."""
        name = DEFAULT if graph is None else graph
        wanted = {in_graph(triple, name) for triple in triples}
        with self._engine.writing():
            old = set(_gathered(self._store.quads_for_pattern(None, None, None, name)))
            if not old and wanted:
                self._store.extend(wanted)
            else:
                self._store.update(exchange(graph, old, wanted))
            self._sync(len(old) + len(wanted))

    def graphs(self) -> list[NamedNode]:
        """Return the names of all graphs but the default one."""
        with telling(self._path):
            return [name for name in self._store.named_graphs() if isinstance(name, NamedNode)]

    def quads(self) -> Iterator[Quad]:
        """Give every quad, as they were when the first is asked for.

        They pass through a temporary file: an iterator of the engine must stay in one thread.
        """
        with tempfile.TemporaryFile() as file:
            with telling(self._path):
                self._store.dump(file, RdfFormat.N_QUADS)
            file.seek(0)
            yield from pyoxigraph.parse(file, RdfFormat.N_QUADS)

    def checkpoint(self, directory: Path) -> None:
        """Write a copy into `directory` (not yet there); on disk these are hard links to the same files."""
        with self._engine.writing():
            if self._path is not None:
                self._store.backup(directory)
                return
            with tempfile.TemporaryFile() as file:
                self._store.dump(file, RdfFormat.N_QUADS)
                file.seek(0)
                copy = pyoxigraph.Store(directory)
                copy.bulk_load(file, RdfFormat.N_QUADS)
                copy.flush()

    def close(self) -> None:
        """Release the directory, so that another process can open it; every later call raises StoreError."""
        self._engine.close()

    @property
    def _store(self) -> pyoxigraph.Store:
        # Never kept in a variable: a failure's traceback would keep the directory locked.
        return self._engine.get()

    def _sync(self, quads: int) -> None:
        """Wait until the `quads` written or removed are on the disk, so that a power failure cannot undo it.

        Syncing the engine's write-ahead log takes a few milliseconds; its own `flush` writes eight new
        tables each time, which takes ten times as long and must be merged again later. So that comes
        once in a while only, to keep the log short that a checkpoint or an opening has to work off.
        """
        if self._path is None:
            return
        self._in_log += quads
        logs = list(self._path.glob("*.log"))
        if self._in_log > _LOG_LIMIT or not logs:  # no logs: another layout than RocksDB's of today
            self._store.flush()
            self._in_log = 0
        for path in (*logs, self._path):
            with suppress(FileNotFoundError):  # a log that is gone was merged into synced tables
                _sync_file(path)

    def _stale(self, graph: NamedNode, old: list[Quad]) -> set[Triple]:
        """Return the plain triples that `graph`, which holds `old`, supports and nothing else does."""
        return {
            triple
            for triple in supported_triples(old, self._ns)
            if all(quad.graph_name == graph for quad in self._supports(triple))
        }

    def _supports(self, triple: Triple) -> Iterator[Quad]:
        """Give the quads that support a plain triple: of articles, or the mark that it is a user's."""
        return self._store.quads_for_pattern(None, self._ns.kg("supports"), triple_key(triple, self._ns))

    def _first(self, *pattern: NamedNode | BlankNode | Literal | Triple | DefaultGraph | None) -> Quad | None:
        """Return a quad of that pattern, or None."""
        return next(self._store.quads_for_pattern(*pattern), None)  # type: ignore[arg-type]

    def _user_marks(self, plain: Set[Triple]) -> tuple[set[Quad], set[Quad]]:
        """Return the marks to set before an article says `plain`, and those that hold no longer.

        A triple that stands there though no article supports it was written by a user, and a mark keeps it
        when the article goes. A mark whose triple the user has removed since is taken away.
        """
        added, gone = set(), set()
        any_marks = self._first(None, None, None, user_graph(self._ns))
        for triple in plain:
            if self._first(triple.subject, triple.predicate, triple.object, DEFAULT):
                if next(self._supports(triple), None) is None:
                    added.add(user_mark(triple, self._ns))
            elif any_marks and (mark := user_mark(triple, self._ns)) in self._store:
                gone.add(mark)
        return added, gone


def _gathered(quads: Iterator[Quad]) -> list[Quad]:
    """Read all quads, in portions: Python runs no other thread while the engine fills a list."""
    found: list[Quad] = []
    while portion := [*islice(quads, _PORTION)]:
        found += portion
    return found


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
