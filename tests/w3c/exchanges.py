"""Runs the tests that are exchanges of messages: SPARQL Protocol, Graph Store Protocol, Service Description.

A manifest describes the requests and what each has to be answered with (the vocabulary *HTTP in RDF*, and
`mf:expected...`). It addresses the services as `/sparql/` and `/gsp`, to be replaced by where they are. The
tests of the service description have a name only; what they check is the recommendation's sections 2 to 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import urljoin

import httpx
from pyoxigraph import NamedNode

from tests.w3c import description
from tests.w3c.answers import read_answer, read_quads
from tests.w3c.comparing import Graph, Verdict, judge
from tests.w3c.engine import Outcome, Runner
from tests.w3c.manifests import Case, Kind, Manifest, Node, Source
from tests.w3c.service import Service

_HT: Final = "http://www.w3.org/2011/http#"
_HTS: Final = "http://www.w3.org/2011/http-statusCodes#"
_CNT: Final = "http://www.w3.org/2011/content#"
_MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

_STATUSES: Final = {
    **{f"StatusCode{hundred}xx": range(hundred * 100, hundred * 100 + 100) for hundred in range(1, 6)},
    **{
        name: range(status, status + 1)
        for name, status in {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}.items()
    },
}
_SUFFIXES: Final = {
    "application/sparql-results+xml": "srx",
    "application/sparql-results+json": "srj",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}
# Which formats the words of `mf:expectedFormat` mean.
_FORMATS: Final = {
    "boolean": ("srx", "srj"),
    "tabular": ("srx", "srj", "csv", "tsv"),
    "RDF": ("ttl", "nt", "rdf"),
}


@dataclass(frozen=True, slots=True)
class Message:
    """Headers (names in lower case) and body of a request or an answer; None for no body told."""

    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and what its answer has to be.

    `statuses` are the codes that it may have, `format` a word of `_FORMATS`, `location` the name under which
    the address of what was made is written into later requests; empty or None where nothing is told.
    """

    method: str
    path: str
    sent: Message
    statuses: frozenset[int]
    expected: Message
    format: str = ""
    boolean: bool | None = None
    location: str = ""


def exchanges_of(manifest: Manifest, iri: str) -> tuple[Exchange, ...]:
    """The exchanges of the test `iri`, in their order."""
    action = manifest.one(NamedNode(iri), f"{_MF}action")
    assert action is not None, f"{iri} says nothing to do"
    return tuple(_exchange(manifest, one) for one in manifest.items(manifest.one(action, f"{_HT}requests")))


def _exchange(manifest: Manifest, request: object) -> Exchange:
    assert isinstance(request, Node)
    response = manifest.one(request, f"{_HT}resp")
    assert isinstance(response, Node), "a request has no expected answer"
    named = [
        one.value for one in manifest.all(response, f"{_MF}expectedStatus") if isinstance(one, NamedNode)
    ]
    boolean = manifest.text(response, f"{_MF}expectedBoolean")
    return Exchange(
        method=manifest.text(request, f"{_HT}methodName"),
        path=manifest.text(request, f"{_HT}absolutePath"),
        sent=_message(manifest, request),
        statuses=frozenset(code for name in named for code in _STATUSES[name.removeprefix(_HTS)]),
        expected=_message(manifest, response),
        format=manifest.text(response, f"{_MF}expectedFormat"),
        boolean=boolean == "true" if boolean else None,
        location=manifest.text(response, f"{_MF}expectedLocation"),
    )


def _message(manifest: Manifest, node: Node) -> Message:
    headers = {
        manifest.text(one, f"{_HT}fieldName").lower(): manifest.text(one, f"{_HT}fieldValue")
        for one in manifest.items(manifest.one(node, f"{_HT}headers"))
    }
    body = manifest.one(node, f"{_HT}body")
    if body is None:
        return Message(headers)
    text, encoding = manifest.text(body, f"{_CNT}chars"), manifest.text(body, f"{_CNT}characterEncoding")
    return Message(headers, text.encode(encoding))


def _run(case: Case, service: Service) -> Outcome:
    """Do the exchanges of a test one after the other, as far as they are answered as they should be."""
    manifest = service.suites.manifest(case.manifest)
    given = manifest.all(NamedNode(case.iri), f"{_UT}graphData")
    service.hold(
        tuple(Source(manifest.text(one, f"{_UT}graph"), manifest.text(one, f"{_RDFS}label")) for one in given)
    )
    told: dict[str, str] = {}
    for number, exchange in enumerate(exchanges_of(manifest, case.iri), 1):
        wrong = next(_faults(exchange, case, service, told), None)
        if wrong is not None:
            return Outcome(Verdict.WRONG, f"request {number}, {exchange.method} {exchange.path}: {wrong}")
    return Outcome(Verdict.EXACT)


def _faults(exchange: Exchange, case: Case, service: Service, told: dict[str, str]) -> Iterator[str]:
    """Do one exchange, and say what is wrong with its answer; `told` are the addresses told so far."""
    path, content = _path(exchange, case, service), exchange.sent.body or b""
    for name, address in told.items():
        path = path.replace(name, address)
        content = content.replace(name.encode(), address.encode())
    response = service.send(exchange.method, path, content, exchange.sent.headers)
    missing = response.status_code == HTTPStatus.NOT_FOUND and exchange.method in {"GET", "POST"}
    if missing and case.kind is Kind.PROTOCOL:
        yield "nothing is there, so that each request would be an error"
    if response.status_code not in exchange.statuses:
        yield f"answered {response.status_code}: {response.text[:400]}"
    if exchange.location:
        told[exchange.location] = response.headers.get("location", "")
        if not told[exchange.location]:
            yield "the answer names no Location"
    yield from _wrong_content(exchange, response)


def _wrong_content(exchange: Exchange, response: httpx.Response) -> Iterator[str]:
    media_type = response.headers.get("content-type", "").partition(";")[0]
    suffix = _SUFFIXES.get(media_type, "")
    if exchange.format and suffix not in _FORMATS[exchange.format]:
        yield f"the answer is {media_type or 'of no type'}, which is not {exchange.format}"
    base = str(response.url)
    if exchange.format:
        answer = read_answer(response.content, suffix, base)
        if exchange.boolean is not None and answer is not exchange.boolean:
            yield f"the answer is {answer}"
    wanted = exchange.expected.headers.get("content-type", "").partition(";")[0]
    if wanted and wanted != media_type:
        yield f"the answer is {media_type or 'of no type'}, not {wanted}"
    if exchange.expected.body is not None:
        expected = Graph(read_quads(exchange.expected.body, _SUFFIXES[wanted], base))
        if judge(expected, Graph(read_quads(response.content, suffix, base))) is Verdict.WRONG:
            yield f"the graph is another: {response.text}"


def _path(exchange: Exchange, case: Case, service: Service) -> str:
    """Where the request goes: in a test of updates to that service, but for the query of what was done."""
    if case.kind is Kind.GRAPH_STORE:
        return exchange.path.replace("/gsp", service.paths.store, 1)
    asks = exchange.sent.headers.get("content-type") == "application/sparql-query"
    updates = "update" in case.id.partition("#")[2] and not asks
    return exchange.path.replace("/sparql/", service.paths.update if updates else service.paths.query, 1)


def _describe(case: Case, service: Service) -> Outcome:
    """Ask the query service what it is (SPARQL 1.1 Service Description, section 2)."""
    response = service.send("GET", service.paths.query, b"", {"Accept": "text/turtle, application/rdf+xml"})
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if not response.is_success or _SUFFIXES.get(media_type) not in _FORMATS["RDF"]:
        return Outcome(Verdict.WRONG, f"{response.status_code} {media_type}: {response.text[:400]}")
    quads = read_quads(response.content, _SUFFIXES[media_type], str(response.url))
    endpoint = urljoin(service.address, service.paths.query)
    wrong = description.CHECKS[case.id.partition("#")[2]](Graph(quads), endpoint)
    return Outcome(Verdict.WRONG, "; ".join(wrong)) if wrong else Outcome(Verdict.EXACT)


RUNNERS: Final[Mapping[Kind, Runner]] = {
    Kind.PROTOCOL: _run,
    Kind.GRAPH_STORE: _run,
    Kind.DESCRIPTION: _describe,
}
