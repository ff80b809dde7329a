"""Reads answers, from the files of the suites and from the server: SPARQL results in XML, JSON, TSV and CSV,
the result sets in RDF of the older suites, and graphs.

XML, JSON and CSV are read here and not by the engine whose output is judged.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final
from xml.etree import ElementTree

import pyoxigraph
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)

from tests.w3c.comparing import XSD, Answer, Graph, Row, Solutions, Term

GRAPHS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
_SR: Final = "{http://www.w3.org/2005/sparql-results#}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_ITS: Final = "{http://www.w3.org/2005/11/its}"
_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def read_answer(content: bytes, suffix: str, base: str) -> Answer:
    """Read an answer in the format of files with that suffix; `base` is for relative IRIs in a graph.

    Raises KeyError for a suffix that is not known, and what the format's parser raises.
    """
    if suffix in _READERS:
        return _READERS[suffix](content)
    quads = read_quads(content, suffix, base)
    described = _result_set(quads)
    return Graph(quads) if described is None else described


def read_quads(content: bytes, suffix: str, base: str) -> frozenset[Row]:
    """Read a graph, or graphs; its blank nodes get names that no other reading gives."""
    parsed = pyoxigraph.parse(content, GRAPHS[suffix], base_iri=base, rename_blank_nodes=True)
    return frozenset((q.subject, q.predicate, q.object, q.graph_name) for q in parsed)


def _read_xml(content: bytes) -> Answer:
    document = ElementTree.fromstring(content)
    boolean = document.find(f"{_SR}boolean")
    if boolean is not None:
        return {"true": True, "false": False}[(boolean.text or "").strip()]
    variables = tuple(one.attrib["name"] for one in document.iterfind(f"{_SR}head/{_SR}variable"))
    rows = (
        {one.attrib["name"]: _xml_term(one[0]) for one in result.iterfind(f"{_SR}binding")}
        for result in document.iterfind(f"{_SR}results/{_SR}result")
    )
    return _solutions(variables, rows)


def _xml_term(element: ElementTree.Element) -> Term:
    text = element.text or ""
    match element.tag.removeprefix(_SR):
        case "uri":
            return NamedNode(text)
        case "bnode":
            return BlankNode(text)
        case "literal":
            given = element.attrib
            return _literal(text, given.get("datatype"), given.get(f"{_XML}lang"), given.get(f"{_ITS}dir"))
        case "triple":
            parts = {part.tag.removeprefix(_SR): _xml_term(part[0]) for part in element}
            return _triple(parts["subject"], parts["predicate"], parts["object"])
    raise ValueError(f"no term is written as {element.tag}")


def _read_json(content: bytes) -> Answer:
    document = json.loads(content)
    if "boolean" in document:
        return bool(document["boolean"])
    rows = (
        {name: _json_term(value) for name, value in row.items()} for row in document["results"]["bindings"]
    )
    return _solutions(tuple(document["head"]["vars"]), rows)


def _json_term(value: Mapping[str, Any]) -> Term:
    match value["type"]:
        case "uri":
            return NamedNode(value["value"])
        case "bnode":
            return BlankNode(value["value"])
        case "literal" | "typed-literal":
            return _literal(
                value["value"], value.get("datatype"), value.get("xml:lang"), value.get("its:dir")
            )
        case "triple":
            parts = value["value"]
            return _triple(*(_json_term(parts[name]) for name in ("subject", "predicate", "object")))
    raise ValueError(f"no term has the type {value['type']!r}")


def _literal(text: str, datatype: str | None, language: str | None, direction: str | None) -> Literal:
    if language is not None:
        return Literal(text, language=language, direction=BaseDirection(direction) if direction else None)
    return Literal(text, datatype=NamedNode(datatype) if datatype else None)


def _triple(subject: Term, predicate: Term, value: Term) -> Triple:
    assert isinstance(subject, NamedNode | BlankNode)
    assert isinstance(predicate, NamedNode)
    assert not isinstance(value, DefaultGraph)
    return Triple(subject, predicate, value)


def _read_tsv(content: bytes) -> Answer:
    found = pyoxigraph.parse_query_results(content, QueryResultsFormat.TSV)
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    names = tuple(one.value for one in found.variables)
    return Solutions(names, tuple(tuple(row[name] for name in names) for row in found))


def _read_csv(content: bytes) -> Answer:
    """Read CSV, in which a term is only its characters: IRIs come out as strings, and unbound as empty.

    What looks like a number becomes one, so that it can be compared in value.
    """
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    return Solutions(tuple(head), tuple(tuple(map(_csv_term, row)) for row in rows))


def _csv_term(cell: str) -> Term:
    if cell.startswith("_:"):
        return BlankNode(cell[2:])
    return Literal(cell, datatype=NamedNode(f"{XSD}double") if _NUMBER.fullmatch(cell) else None)


def _solutions(variables: tuple[str, ...], rows: Iterable[Mapping[str, Term]]) -> Solutions:
    found = []
    for row in rows:
        assert set(row) <= set(variables), f"{set(row)} are not all among {variables}"
        found.append(tuple(row.get(name) for name in variables))
    return Solutions(variables, tuple(found))


def _result_set(quads: frozenset[Row]) -> Answer | None:
    """The answer that a graph describes in the vocabulary of result sets; None if it describes none."""
    told: dict[Term | None, dict[str, list[Term]]] = {}
    for subject, predicate, value, _ in quads:
        assert isinstance(predicate, NamedNode)
        assert value is not None
        told.setdefault(subject, {}).setdefault(predicate.value, []).append(value)
    kind = NamedNode(f"{_RS}ResultSet")
    described = [one for one in told.values() if kind in one.get(_TYPE, [])]
    if not described:
        return None
    (found,) = described
    if f"{_RS}boolean" in found:
        return _text(found, "boolean") == "true"
    variables = tuple(sorted(_characters(one) for one in found.get(f"{_RS}resultVariable", [])))
    solutions = [told.get(one, {}) for one in found.get(f"{_RS}solution", [])]
    solutions.sort(key=lambda one: int(_text(one, "index")) if f"{_RS}index" in one else 0)
    rows = (
        {
            _text(told[one], "variable"): told[one][f"{_RS}value"][0]
            for one in solution.get(f"{_RS}binding", [])
        }
        for solution in solutions
    )
    in_order = any(f"{_RS}index" in one for one in solutions)
    return replace(_solutions(variables, rows), in_order=in_order)


def _text(told: Mapping[str, list[Term]], name: str) -> str:
    (value,) = told[f"{_RS}{name}"]
    return _characters(value)


def _characters(term: Term) -> str:
    assert isinstance(term, Literal)
    return term.value


_READERS: Final[Mapping[str, Callable[[bytes], Answer]]] = {
    "srx": _read_xml,
    "srj": _read_json,
    "tsv": _read_tsv,
    "csv": _read_csv,
}
