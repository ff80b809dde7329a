"""The interface of a graph store: what every engine must do, and nothing that only one can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal
Row: TypeAlias = Mapping[str, Term | None]


class Contents(NamedTuple):
    """What a graph holds, in short: how many quads, and a digest that any change of them changes."""

    quads: int
    digest: str


class Store(Protocol):
    """An RDF store that holds one named graph per article, and the plain triples in the default graph.

    Reads are safe from any thread; writes are serialised by the implementation.
    """

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Answer one of our own SELECT queries; `bindings` puts terms in the place of variables."""
        ...

    def put(self, graph: NamedNode, quads: Iterable[Quad], *, mending: bool = False) -> Contents:
        """Replace all that article `graph` says by `quads`, in one transaction, and flush.

        `quads` holds the article's graph and the default-graph triples that it supports. Returns what
        `graph` holds then. Default-graph triples that only the old content supported are removed; one that
        stood there already and that no article supported is a user's, and stays for good; unless `graph` was
        damaged or changed by a user and this is its `mending`, for then such triples may be its own.
        """
        ...

    def amend(self, gone: Set[Quad], added: Set[Quad], unsaid: Set[Triple], said: Set[Triple]) -> None:
        """Remove `gone` from the graphs of several articles, and add `added`, in one transaction; and flush.

        `unsaid` are the default-graph triples that articles no longer support with it, `said` those that
        they support only now. Of `unsaid` those go that no article supports then, and no user wrote.
        """
        ...

    def drop(self, graph: NamedNode) -> None:
        """Remove `graph` and each default-graph triple that only it supported, in one transaction."""
        ...

    def count(self, graph: NamedNode) -> int:
        """Return how many quads `graph` holds."""
        ...

    def contents(self, graph: NamedNode) -> Contents:
        """Return what `graph` holds, as `put` does."""
        ...

    def quads_of(self, graph: NamedNode | None) -> list[Quad]:
        """Return all quads of `graph`, or of the default one for None."""
        ...

    def lines_of(self, graph: NamedNode) -> list[str]:
        """Return all quads of the named `graph` as `str` writes each, in the order of texts."""
        ...

    def has(self, quad: Quad) -> bool:
        """Return whether the store holds `quad`."""
        ...

    def holds(self, graph: NamedNode) -> bool:
        """Return whether there is a named graph of that name, be it empty."""
        ...

    def update(self, update: str) -> None:
        """Do a SPARQL update that has been looked through: all of it, or nothing; and flush."""
        ...

    def add(self, graph: NamedNode | None, triples: Iterable[Triple]) -> None:
        """Add `triples` to `graph` (None: the default one), which is made if need be, in one transaction."""
        ...

    def replace(self, graph: NamedNode | None, triples: Iterable[Triple]) -> None:
        """Put `triples` in the place of all in `graph` (None: the default one), in one transaction."""
        ...

    def graphs(self) -> Iterable[NamedNode]:
        """Return the names of all graphs but the default one."""
        ...

    def quads(self) -> Iterator[Quad]:
        """Give every quad, from a consistent snapshot."""
        ...

    def checkpoint(self, directory: Path) -> None:
        """Write a copy that another process can open read-only into `directory` (not yet there)."""
        ...

    def close(self) -> None:
        """Release the store; what is written is on disk."""
        ...
