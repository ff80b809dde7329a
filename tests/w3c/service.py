"""A SPARQL service on loopback, as a test uses it: told what to hold, asked, and looked into.

What it holds is sent by the Graph Store Protocol, and only when that differs from what it holds already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import httpx
import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, RdfFormat, Triple

from tests.w3c.answers import read_answer, read_quads
from tests.w3c.comparing import Graph, Row, Solutions
from tests.w3c.manifests import Source, Suites

_EVERYTHING: Final = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_JSON: Final = "application/sparql-results+json"
_TIMEOUT: Final = 20.0


class Unfit(Exception):
    """The service does not do what a test needs before it can begin."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the three protocols of a service are."""

    query: str
    update: str
    store: str


class Service:
    """Talks to the service at `address` (with no slash at its end) over one connection that is kept."""

    def __init__(
        self, address: str, paths: Paths, suites: Suites, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.address = address
        self.paths = paths
        self.suites = suites
        self._client = httpx.Client(base_url=address, timeout=_TIMEOUT, transport=transport)
        self._holds: tuple[Source, ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, method: str, path: str, content: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Send any request, on a connection of its own; what the service holds counts as unknown then."""
        self._holds = None
        own = {**headers, "Connection": "close"}
        return self._client.request(method, path, content=content, headers=own)

    def query(self, text: str | bytes, accept: str) -> httpx.Response:
        """Send a query as the body."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self._client.post(self.paths.query, content=text, headers=headers)

    def update(self, text: str | bytes) -> httpx.Response:
        """Send an update as the body; afterwards what the service holds counts as unknown."""
        self._holds = None
        headers = {"Content-Type": "application/sparql-update"}
        return self._client.post(self.paths.update, content=text, headers=headers)

    def hold(self, sources: Sequence[Source]) -> None:
        """Let the service hold these files and nothing else. Raises Unfit."""
        if self._holds == tuple(sources):
            return
        _check(self.update("DROP ALL"))
        for graph, triples in self._graphs(sources).items():
            query = "default" if graph is None else str(httpx.QueryParams({"graph": graph}))
            headers = {"Content-Type": "application/n-triples"}
            content = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
            _check(self._client.put(f"{self.paths.store}?{query}", content=content, headers=headers))
        datasets = [one for one in sources if _holds_graphs(one)]
        if datasets:
            _check(self.update(_inserting(content_of(self.suites, datasets))))
        self._holds = tuple(sources)

    def held(self) -> Graph:
        """Everything that the service holds. Raises Unfit."""
        response = self.query(_EVERYTHING, _JSON)
        _check(response)
        answer = read_answer(response.content, "srj", self.address)
        assert isinstance(answer, Solutions)
        return Graph(frozenset((*row[:3], row[3] or DefaultGraph()) for row in answer.rows))

    def _graphs(self, sources: Sequence[Source]) -> Mapping[str | None, list[Triple]]:
        """The triples of each graph; a named graph is there although it is empty."""
        graphs: dict[str | None, list[Triple]] = defaultdict(list)
        for source in sources:
            if not _holds_graphs(source):
                graphs[source.graph] += map(_triple, content_of(self.suites, [source]).quads)
        return {name: triples for name, triples in graphs.items() if triples or name is not None}


def _holds_graphs(source: Source) -> bool:
    """Whether the file holds several graphs; the Graph Store Protocol takes one at a time."""
    return source.file.rpartition(".")[2] in {"trig", "nq"}


def _inserting(content: Graph) -> str:
    """An update that adds the graphs in one go, so that a blank node in two of them stays one."""
    blocks = (
        f"{_triple(row)} ." if isinstance(row[3], DefaultGraph) else f"GRAPH {row[3]} {{ {_triple(row)} }}"
        for row in content.quads
    )
    return "INSERT DATA {\n" + "\n".join(blocks) + "\n}"


def content_of(suites: Suites, sources: Sequence[Source]) -> Graph:
    """The quads of files, each in its graph; blank nodes of two files are never one."""
    found: set[Row] = set()
    for source in sources:
        if not source.file:
            continue
        quads = read_quads(suites.read(source.file), source.file.rpartition(".")[2], source.file)
        if source.graph is None:
            found |= quads
        else:
            found |= {(*row[:3], NamedNode(source.graph)) for row in quads}
    return Graph(frozenset(found))


def _triple(row: Row) -> Triple:
    subject, predicate, value, _ = row
    assert isinstance(subject, NamedNode | BlankNode)
    assert isinstance(predicate, NamedNode)
    assert isinstance(value, NamedNode | BlankNode | Literal | Triple)
    return Triple(subject, predicate, value)


def _check(response: httpx.Response) -> None:
    if not response.is_success:
        request = response.request
        told = f"{request.method} {request.url}: {response.status_code} {response.text[:300]}"
        raise Unfit(f"The test cannot begin: {told}")
