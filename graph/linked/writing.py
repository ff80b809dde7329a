"""Triples as a file in one of the formats of linked data, with the prefixes of the store.

JSON-LD is made here, compacted with the terms of `data/context/graph.jsonld`, which it holds: nobody has to
fetch a context. The engine writes the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from graph.errors import UnknownFormat
from graph.linked.description import Description
from graph.ontology import Context, graph_context
from graph.rdf_terms import TYPE
from graph.vocab import XSD, Namespaces

Node: TypeAlias = dict[str, Any]
Terms: TypeAlias = Mapping[tuple[str, str], str]

_OF_SHAPES: Final = {"sh": "http://www.w3.org/ns/shacl#"}
"""A prefix that no description but that of the shapes has a use for, so that the context does without."""
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ELEMENT: Final = re.compile(r"[^\W\d][\w.-]*$")


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """One format: its name, its media type, the suffix of its files, and its writer."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Sequence[Triple], Namespaces], bytes]


def write(name: str, shown: Description, ns: Namespaces) -> bytes:
    """Write a description in the format of that name or suffix, what it is about first.

    Raises UnknownFormat if there is none, or if the format cannot hold it.
    """
    for one in FORMATS.values():
        if name in (one.name, one.suffix):
            order = sorted(shown.triples, key=lambda one: (one.subject != shown.iri, *_reading_order(one)))
            return one.write(order, ns)
    raise UnknownFormat(f"There is no format {name!r} here; choose one of {', '.join(FORMATS)}.")


def short(iri: str, ns: Namespaces) -> str:
    """Shorten an IRI by the prefixes of the store and of the context, for people."""
    for prefix, start in _starts(ns).items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _reading_order(triple: Triple) -> tuple[str, bool, str, str]:
    """Sort by subject; of one subject its type comes first."""
    subject, predicate = str(triple.subject), triple.predicate
    return subject, predicate != TYPE, predicate.value, str(triple.object)


@lru_cache(8)
def _starts(ns: Namespaces) -> dict[str, str]:
    """Give the prefixes of the store and of the context."""
    known = {prefix: start for prefix, start in graph_context(ns).items() if isinstance(start, str)}
    return {**known, **_OF_SHAPES, **ns.prefixes}


def _prefixes(triples: Sequence[Triple], ns: Namespaces) -> dict[str, str]:
    """Give those prefixes that are of use."""
    terms = {term for one in triples for term in (one.subject, one.predicate, one.object)}
    names = {term.value for term in terms if isinstance(term, NamedNode)}
    names |= {term.datatype.value for term in terms if isinstance(term, Literal)}
    return {
        prefix: start
        for prefix, start in _starts(ns).items()
        if any(name.startswith(start) for name in names)
    }


def _turtle(triples: Sequence[Triple], ns: Namespaces) -> bytes:
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=_prefixes(triples, ns)) or b""


def _ntriples(triples: Sequence[Triple], _: Namespaces) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _rdfxml(triples: Sequence[Triple], ns: Namespaces) -> bytes:
    """Write RDF/XML, which has no control characters, and predicates that end as the name of an element."""
    for triple in triples:
        name = triple.predicate.value
        if isinstance(triple.object, Literal) and _NO_XML.search(triple.object.value):
            raise UnknownFormat("RDF/XML cannot hold the control characters in this; ask for Turtle.")
        if not _ELEMENT.search(name):
            raise UnknownFormat(f"RDF/XML has no name for the relation {name}; ask for Turtle.")
    prefixes = {prefix: start for prefix, start in _prefixes(triples, ns).items() if prefix}
    return serialize(triples, format=RdfFormat.RDF_XML, prefixes=prefixes) or b""


def _jsonld(triples: Sequence[Triple], ns: Namespaces) -> bytes:
    context = graph_context(ns)
    terms = _terms(json.dumps(context))
    nodes: dict[str, Node] = {}
    for triple in triples:
        id_ = _id(triple.subject)
        node = nodes.setdefault(id_, {"@id": id_})
        key, value = _pair(triple, terms, context)
        node.setdefault(key, []).append(value)
    graph = [{key: _flat(key, value) for key, value in node.items()} for node in nodes.values()]
    document = {"@context": context, "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _flat(key: str, value: Any) -> Any:
    return value[0] if key != "@id" and len(value) == 1 else value


@lru_cache(8)
def _terms(context: str) -> Terms:
    """Find the term for a predicate and the kind of its values: `@id`, a language, or a datatype."""
    known: Context = json.loads(context)
    return {
        (_expanded(meant["@id"], known), _kind(meant, known)): term
        for term, meant in known.items()
        if isinstance(meant, dict)
    }


def _kind(meant: Node, context: Context) -> str:
    if "@language" in meant:
        return f"@{meant['@language']}"
    type_: str = meant.get("@type", "xsd:string")
    return type_ if type_.startswith("@") else _expanded(type_, context)


def _expanded(name: str, context: Context) -> str:
    prefix, _, rest = name.partition(":")
    return f"{context[prefix]}{rest}"


def _pair(triple: Triple, terms: Terms, context: Context) -> tuple[str, Any]:
    """Give a key and a value of JSON-LD: short where the context has a term for both."""
    predicate, value = triple.predicate.value, triple.object
    if triple.predicate == TYPE and isinstance(value, NamedNode):
        return "@type", _compact(value.value, context)
    if not isinstance(value, Literal):
        term = terms.get((predicate, "@id"))
        id_ = _id(value)
        return (term, id_) if term else (_compact(predicate, context), {"@id": id_})
    kind = f"@{value.language}" if value.language else value.datatype.value
    term = terms.get((predicate, kind))
    if term:
        return term, value.value
    if value.language:
        return _compact(predicate, context), {"@value": value.value, "@language": value.language}
    if kind == f"{XSD}string":
        return _compact(predicate, context), {"@value": value.value}
    return _compact(predicate, context), {"@value": value.value, "@type": _compact(kind, context)}


def _compact(iri: str, context: Context) -> str:
    """Shorten the IRI of a predicate, class or datatype by a prefix of the context."""
    for prefix, start in context.items():
        if isinstance(start, str) and iri.startswith(start):
            rest = iri.removeprefix(start)
            return f"{prefix}:{rest}" if rest and not rest.startswith("//") else iri
    return iri


def _id(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value  # type: ignore[attr-defined]


FORMATS: Final[Mapping[str, GraphFormat]] = {
    one.name: one
    for one in (
        GraphFormat("turtle", "text/turtle", "ttl", _turtle),
        GraphFormat("jsonld", "application/ld+json", "jsonld", _jsonld),
        GraphFormat("ntriples", "application/n-triples", "nt", _ntriples),
        GraphFormat("rdfxml", "application/rdf+xml", "rdf", _rdfxml),
    )
}
"""Name -> format; the first is the default."""
