"""What `/sparql` says of itself when nothing is asked: a SPARQL 1.1 Service Description, in RDF.

A browser, which has no use for RDF, is led to the documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response

from api.negotiation import Offer, accept_of, content_type, negotiate
from api.state import ServerState
from graph.rdf_terms import TYPE
from graph.sparql import results
from graph.vocab import RDFS

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
FORMAT_NAMES: Final[Mapping[str, str]] = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "nquads": "N-Quads",
    "trig": "TriG",
}
"""The W3C's names of the formats of `results`."""
MOST_GRAPHS: Final = 1000
"""Named graphs that are listed; with more, a query tells them all."""
_SEE: Final = NamedNode(f"{RDFS}seeAlso")
_HTML: Final = Offer("text/html", aliases=("application/xhtml+xml",))
_PREFIXES: Final = {"sd": SD, "format": FORMATS}


def describe_service(state: ServerState, headers: Headers, address: str) -> Response:
    """Answer a request for the description of the service at `address`. Raises NotAcceptable."""
    offers = {one: Offer(one.media_type, (), one.media_types[1:]) for one in results.GRAPHS.values()}
    offer, media_type = negotiate(accept_of(headers), (*offers.values(), _HTML))
    vary = {"Vary": "Accept"}
    if offer is _HTML:
        return RedirectResponse("/docs", status_code=303, headers=vary)
    engine = next(one.engine for one, offered in offers.items() if offered is offer)
    assert isinstance(engine, RdfFormat)
    body = serialize(_triples(state, address), format=engine, prefixes=_PREFIXES)
    return Response(body, headers={"Content-Type": content_type(media_type), **vary})


def _triples(state: ServerState, address: str) -> Iterator[Triple]:
    yield from _service(address, ["SPARQL10Query", "SPARQL11Query"], state)
    if state.settings.allow_update:
        yield from _service(f"{address.removesuffix('/sparql')}/update", ["SPARQL11Update"], state)
    dataset, default = _dataset(state), BlankNode("default")
    yield Triple(dataset, TYPE, _sd("Dataset"))
    yield Triple(dataset, _SEE, NamedNode(f"{state.archive.ns.base}.well-known/void"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, TYPE, _sd("Graph"))
    names = state.archive.store.graphs()
    for number, name in enumerate(islice(names, MOST_GRAPHS)):
        graph = BlankNode(f"graph{number}")
        yield Triple(dataset, _sd("namedGraph"), graph)
        yield Triple(graph, TYPE, _sd("NamedGraph"))
        yield Triple(graph, _sd("name"), name)


def _service(address: str, languages: list[str], state: ServerState) -> Iterator[Triple]:
    """Give what is true of one endpoint."""
    service = NamedNode(f"{address}#service")
    yield Triple(service, TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(address))
    for language in languages:
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
    yield Triple(service, _sd("feature"), _sd("EmptyGraphs"))
    if "SPARQL11Query" in languages:
        for one in (*results.RESULTS.values(), *results.GRAPHS.values()):
            yield Triple(service, _sd("resultFormat"), NamedNode(f"{FORMATS}{FORMAT_NAMES[one.name]}"))
    if state.settings.allow_update:
        for one in results.GRAPHS.values():
            yield Triple(service, _sd("inputFormat"), NamedNode(f"{FORMATS}{FORMAT_NAMES[one.name]}"))
    yield Triple(service, _sd("defaultDataset"), _dataset(state))


def _dataset(state: ServerState) -> NamedNode:
    """Name the data set as its own description does."""
    return NamedNode(f"{state.archive.ns.base}#dataset")


def _sd(term: str) -> NamedNode:
    return NamedNode(f"{SD}{term}")
