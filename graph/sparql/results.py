"""The formats in which an answer can be written, as two tables: for rows (and yes or no), and for graphs.

The engine writes all of them. ASK has no CSV or TSV of its own in the recommendation (SPARQL 1.1 Query
Results CSV and TSV Formats is about SELECT); the engine answers with the one word `true` or `false`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import UnknownFormat
from graph.sparql.guard import QueryForm


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """One format: how it is named, and who writes it.

    `media_types` holds the registered media type first, then others that clients ask by; `content_type` is
    what an answer in it carries; `suffix` is that of its files.
    """

    name: str
    media_types: tuple[str, ...]
    suffix: str
    engine: QueryResultsFormat | RdfFormat
    charset: bool = False

    @property
    def media_type(self) -> str:
        """The registered media type, without parameters."""
        return self.media_types[0]

    @property
    def content_type(self) -> str:
        """The media type as a `Content-Type` header has it."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


def _by_name(*formats: ResultFormat) -> Mapping[str, ResultFormat]:
    return {one.name: one for one in formats}


# The first of each table is the default.
RESULTS: Final = _by_name(
    ResultFormat(
        "json", ("application/sparql-results+json", "application/json"), "srj", QueryResultsFormat.JSON
    ),
    ResultFormat(
        "xml",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        "srx",
        QueryResultsFormat.XML,
    ),
    ResultFormat("csv", ("text/csv",), "csv", QueryResultsFormat.CSV, charset=True),
    ResultFormat("tsv", ("text/tab-separated-values",), "tsv", QueryResultsFormat.TSV, charset=True),
)
GRAPHS: Final = _by_name(
    ResultFormat("turtle", ("text/turtle", "application/x-turtle"), "ttl", RdfFormat.TURTLE, charset=True),
    ResultFormat("ntriples", ("application/n-triples", "text/plain"), "nt", RdfFormat.N_TRIPLES),
    ResultFormat("rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), "rdf", RdfFormat.RDF_XML),
    ResultFormat("jsonld", ("application/ld+json", "application/json"), "jsonld", RdfFormat.JSON_LD),
    ResultFormat("nquads", ("application/n-quads",), "nq", RdfFormat.N_QUADS),
    ResultFormat("trig", ("application/trig",), "trig", RdfFormat.TRIG, charset=True),
)

_TABLES: Final[Mapping[QueryForm, Mapping[str, ResultFormat]]] = {
    QueryForm.SELECT: RESULTS,
    QueryForm.ASK: RESULTS,
    QueryForm.CONSTRUCT: GRAPHS,
    QueryForm.DESCRIBE: GRAPHS,
}


def offered(form: QueryForm) -> tuple[ResultFormat, ...]:
    """The formats that a query of `form` can be answered in, the default first."""
    return tuple(_TABLES[form].values())


def named(form: QueryForm, name: str | None = None) -> ResultFormat:
    """The format of that name or suffix for a query of `form`; the default for None.

    Raises UnknownFormat, listing the names, if there is none.
    """
    formats = offered(form)
    if name is None:
        return formats[0]
    wanted = name.lower().lstrip(".")
    found = next((one for one in formats if wanted in (one.name, one.suffix)), None)
    if found is None:
        names = ", ".join(one.name for one in formats)
        raise UnknownFormat(f"{form} has no result format {name!r}; choose one of {names}.")
    return found


def of_media_type(form: QueryForm, media_type: str) -> ResultFormat | None:
    """The format with that media type (its parameters do not count) for a query of `form`, or None."""
    wanted = media_type.partition(";")[0].strip().lower()
    return next((one for one in offered(form) if wanted in one.media_types), None)
