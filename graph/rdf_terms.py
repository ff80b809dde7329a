"""The RDF terms that writing and reading share, and the two rules on terms that both rest on."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from graph.model import EntityType
from graph.vocab import ITSRDF, NIF, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, XSD, Namespaces

DEFAULT = DefaultGraph()
TYPE = NamedNode(f"{RDF}type")
PROPERTY = NamedNode(f"{RDF}Property")
SUBJECT = NamedNode(f"{RDF}subject")
PREDICATE = NamedNode(f"{RDF}predicate")
OBJECT = NamedNode(f"{RDF}object")
VALUE = NamedNode(f"{RDF}value")
LABEL = NamedNode(f"{RDFS}label")
ALT_LABEL = NamedNode(f"{SKOS}altLabel")
SAME_AS = NamedNode(f"{SCHEMA}sameAs")
IDENT_REF = NamedNode(f"{ITSRDF}taIdentRef")
CLASS_REF = NamedNode(f"{ITSRDF}taClassRef")
DERIVED_FROM = NamedNode(f"{PROV}wasDerivedFrom")
EARLIEST = NamedNode(f"{SEM}hasEarliestBeginTimeStamp")
LATEST = NamedNode(f"{SEM}hasLatestEndTimeStamp")
PHRASE = NamedNode(f"{NIF}Phrase")
SENTENCE = NamedNode(f"{NIF}Sentence")
BEGIN_INDEX = NamedNode(f"{NIF}beginIndex")
END_INDEX = NamedNode(f"{NIF}endIndex")
ANCHOR_OF = NamedNode(f"{NIF}anchorOf")
VERSION = NamedNode(f"{SCHEMA}softwareVersion")
DATE = NamedNode(f"{XSD}date")

# The class of an entity type is schema.org's of the same name, but for these.
_OWN_CLASSES = {EntityType.CONCEPT: "skos", EntityType.GROUP: "kg"}


def entity_class(type_: EntityType, ns: Namespaces) -> NamedNode:
    """Return the RDF class of an entity type."""
    return NamedNode(f"{ns.prefixes[_OWN_CLASSES.get(type_, 'schema')]}{type_.value}")


def entity_classes(ns: Namespaces) -> dict[NamedNode, EntityType]:
    """Return the entity type of each RDF class that has one."""
    return {entity_class(type_, ns): type_ for type_ in EntityType}


def triple_key(triple: Triple, ns: Namespaces) -> NamedNode:
    """Return the key of a plain triple, the object of `kg:supports`."""
    value = stored_form(triple.object) if isinstance(triple.object, Literal) else triple.object
    spelled = f"{triple.subject} {triple.predicate} {value}"
    return ns.triple(hashlib.sha256(spelled.encode()).hexdigest()[:32])


def stored_form(literal: Literal) -> Literal:
    """Return a literal as the store gives it back: values count, not spellings (`01` becomes `1`)."""
    if literal.language or literal.datatype.value == f"{XSD}string":
        return literal
    return _stored_form(literal)


@lru_cache(maxsize=4096)
def _stored_form(literal: Literal) -> Literal:
    store = Store()
    store.add(Quad(TYPE, TYPE, literal))
    form = next(iter(store)).object
    assert isinstance(form, Literal)
    return form
