"""The data set about itself: VoID (https://www.w3.org/TR/void/) and DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/).

All counts are kept ones, so that it costs the same however large the store is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from graph import __version__, views
from graph.export import EXPORTERS
from graph.linked.description import Description
from graph.rdf_terms import TYPE, entity_class
from graph.settings import Settings
from graph.store.archive import Archive
from graph.vocab import ITSRDF, NIF, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, XSD

VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_FEATURES: Final = {"turtle": "Turtle", "jsonld": "JSON-LD", "ntriples": "N-Triples", "rdfxml": "RDF_XML"}
_DUMPS: Final = frozenset({"turtle", "nquads"})
"""Exports that are the data set itself; the others are views of it."""
_VOCABULARIES: Final = (RDF, RDFS, SKOS, PROV, SCHEMA, NIF, ITSRDF, SEM)
_TITLE: Final = "News as a knowledge graph"
_WORDS: Final = (
    "What news articles say: who does what to whom, how firmly it is said and by whom, with the sentence "
    "that it stands in."
)
_MOST: Final = 3
"""Entities that are named as examples."""

Said: TypeAlias = Iterable[tuple[str, NamedNode | Literal]]


def describe_dataset(archive: Archive, settings: Settings) -> Description:
    """Describe the data set, what it is made of, and where it can be had."""
    made = _Dataset(archive, settings)
    triples = dict.fromkeys((*made.itself(), *made.parts(), *made.files(), *made.services()))
    return Description(NamedNode(f"{archive.ns.base}#dataset"), _TITLE, tuple(triples))


class _Dataset:
    """Makes the triples; IRIs are under the base of the store, as all of the data set."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._base = archive.ns.base
        self._licence = [(f"{DCTERMS}license", NamedNode(settings.licence))] if settings.licence else []
        self._set = self._iri("#dataset")

    def itself(self) -> Iterator[Triple]:
        """Say what it is, how much it holds, and of what it speaks."""
        archive, sums = self._archive, views.stats(self._archive)
        page = self._iri("")
        yield from _said(
            self._iri(".well-known/void"),
            [
                (TYPE.value, NamedNode(f"{VOID}DatasetDescription")),
                (f"{FOAF}primaryTopic", self._set),
                (f"{DCTERMS}title", _english(f"Description of {_TITLE}")),
            ],
        )
        facts: list[tuple[str, NamedNode | Literal]] = [
            (TYPE.value, NamedNode(f"{VOID}Dataset")),
            (TYPE.value, NamedNode(f"{DCAT}Dataset")),
            (f"{DCTERMS}title", _english(_TITLE)),
            (f"{DCTERMS}description", _english(_WORDS)),
            *self._licence,
            (f"{DCAT}landingPage", page),
            (f"{FOAF}homepage", page),
            (f"{VOID}uriSpace", Literal(self._base)),
            (f"{VOID}sparqlEndpoint", self._iri("sparql")),
            (f"{VOID}entities", Literal(sums.entities)),
            (f"{VOID}documents", Literal(sums.articles)),
            *((f"{VOID}vocabulary", NamedNode(iri)) for iri in (archive.ns.prefixes["kg"], *_VOCABULARIES)),
            *((f"{VOID}feature", NamedNode(f"{_FORMATS}{name}")) for name in _FEATURES.values()),
        ]
        for record in views.entities(archive, limit=_MOST).items:
            facts.append((f"{VOID}exampleResource", archive.ns.entity(record.entity.id)))
        if (changed := archive.ledger.changed()) is not None:
            facts.append((f"{DCTERMS}modified", _moment(changed)))
        yield from _said(self._set, facts)

    def parts(self) -> Iterator[Triple]:
        """Count what there is by its class."""
        sums = views.stats(self._archive)
        classes = {
            entity_class(type_, self._archive.ns): count
            for type_, count in views.types(self._archive).items()
        }
        classes[self._archive.ns.kg("Statement")] = sums.statements
        classes[NamedNode(f"{SCHEMA}NewsArticle")] = sums.articles
        classes[NamedNode(f"{RDF}Property")] = sums.relations
        yield from _said(self._set, [(f"{VOID}classes", Literal(len(classes)))])
        for class_, count in classes.items():
            name = class_.value.replace("#", "/").rpartition("/")[2]
            part = self._iri(f"#class={name}")
            yield from _said(self._set, [(f"{VOID}classPartition", part)])
            yield from _said(
                part,
                [
                    (TYPE.value, NamedNode(f"{VOID}Dataset")),
                    (f"{VOID}class", class_),
                    (f"{VOID}entities", Literal(count)),
                ],
            )

    def files(self) -> Iterator[Triple]:
        """Say which files of all of it there are."""
        for one in EXPORTERS.values():
            address, part = self._iri(f"v1/export/{one.name}"), self._iri(f"#file={one.name}")
            yield from _said(self._set, [(f"{DCAT}distribution", part)])
            if one.name in _DUMPS:
                yield from _said(self._set, [(f"{VOID}dataDump", address)])
            yield from _said(
                part,
                [
                    (TYPE.value, NamedNode(f"{DCAT}Distribution")),
                    (f"{DCTERMS}title", _english(f"{_TITLE}, as {one.name}")),
                    (f"{DCAT}accessURL", address),
                    (f"{DCAT}downloadURL", address),
                    (f"{DCAT}mediaType", NamedNode(f"{_TYPES}{one.media_type}")),
                    *self._licence,
                ],
            )

    def services(self) -> Iterator[Triple]:
        """Say who answers questions about it."""
        for name, title, endpoint, description in (
            ("sparql", "SPARQL 1.1", "sparql", "sparql"),
            ("rest", "REST", "v1", "openapi.json"),
        ):
            yield from _said(
                self._iri(f"#{name}"),
                [
                    (TYPE.value, NamedNode(f"{DCAT}DataService")),
                    (f"{DCTERMS}title", _english(f"{_TITLE}, by {title}")),
                    (f"{DCAT}endpointURL", self._iri(endpoint)),
                    (f"{DCAT}endpointDescription", self._iri(description)),
                    (f"{DCAT}servesDataset", self._set),
                    (f"{SCHEMA}softwareVersion", Literal(__version__)),
                ],
            )

    def _iri(self, end: str) -> NamedNode:
        return NamedNode(f"{self._base}{end}")


def _said(subject: NamedNode, facts: Said) -> Iterator[Triple]:
    return (Triple(subject, NamedNode(predicate), value) for predicate, value in facts)


def _english(words: str) -> Literal:
    return Literal(words, language="en")


def _moment(when: datetime) -> Literal:
    return Literal(when.isoformat(), datatype=NamedNode(f"{XSD}dateTime"))
