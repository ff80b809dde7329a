"""Namespaces and terms. The own terms (`kg:`) are defined in `data/ontology/newsgraph.ttl`."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"

KG_TERMS = frozenset(
    # classes
    "Statement EntityUse Group Modality Polarity "
    # what a statement has
    "modality polarity confidence attributedTo place timeText argument role "
    "subjectMention predicateSpan objectMention attributionMention placeMention "
    # what an entity has
    "standsFor mentions broader "
    # what a curated relation has
    "plover "
    # the datatypes of amounts
    "Money Percent Quantity "
    # which plain triple a positive statement or an entity use stands behind, as one key
    "supports "
    # what people decided
    "Decision decided curatedBy mergedInto "
    # what only a query has: words that are looked for
    "search "
    # the schemes and their concepts
    "ModalityScheme asserted planned intended requested possible conditional claimed hypothetical "
    "PolarityScheme positive negative".split()
)

MONEY, PERCENT, QUANTITY = "kg:Money", "kg:Percent", "kg:Quantity"
"""The own datatypes as `Value.datatype` names them: no reader of articles knows the base of a store."""

_DATATYPES = frozenset((MONEY, PERCENT, QUANTITY))

MAX_ID = 200
"""Characters of an id at most: it goes into addresses, which must not grow without end."""

_NOT_IN_ID = re.compile(r"[^\w.-]+")
_DIGITS = 20


def is_iri(given: str) -> bool:
    """Return whether the graph's engine takes it for an IRI; a broken host (`http://[/`) it does not."""
    try:
        NamedNode(given)
    except ValueError:
        return False
    return True


def slug(label: str) -> str:
    """Make an id out of a label: *U.S. Steel* gives `U.S._Steel`.

    It has Unicode letters, digits, `_`, `-` and inner dots, so it stands in an IRI (RFC 3987) and in a
    URL path as it is. Empty if nothing is left. One over `MAX_ID` characters ends in a hash of the whole
    instead, so that labels that only begin alike keep ids of their own.
    """
    composed = unicodedata.normalize("NFC", label)
    whole = _NOT_IN_ID.sub("_", composed).strip("_.-")
    if len(whole) <= MAX_ID:
        return whole
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{whole[: MAX_ID - _DIGITS - 1]}_{digest}"


@dataclass(frozen=True)
class Namespaces:
    """The IRIs of one store, all under its base IRI (which ends with a slash)."""

    base: str

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefix to namespace, for queries and for Turtle."""
        return {
            "": f"{self.base}entity/",
            "rel": f"{self.base}relation/",
            "kg": f"{self.base}ontology#",
            "rdf": RDF,
            "rdfs": RDFS,
            "xsd": XSD,
            "skos": SKOS,
            "prov": PROV,
            "schema": SCHEMA,
            "nif": NIF,
            "itsrdf": ITSRDF,
            "sem": SEM,
        }

    def kg(self, term: str) -> NamedNode:
        """An own term; raises KeyError if the ontology has none of that name."""
        if term not in KG_TERMS:
            raise KeyError(term)
        return NamedNode(f"{self.base}ontology#{term}")

    def datatype(self, name: str) -> NamedNode:
        """The IRI of a datatype (`Value.datatype`): of an own one under the base, else the name itself."""
        return self.kg(name.removeprefix("kg:")) if name in _DATATYPES else NamedNode(name)

    def datatype_name(self, iri: NamedNode) -> str:
        """The name of a datatype in `Value.datatype`: the way back from `datatype`."""
        name = f"kg:{iri.value.removeprefix(self.prefixes['kg'])}"
        return name if name in _DATATYPES else iri.value

    def entity(self, id_: str) -> NamedNode:
        """The IRI of an entity (`Entity.id`); raises ValueError if `id_` cannot stand in an IRI."""
        return NamedNode(f"{self.base}entity/{id_}")

    def relation(self, id_: str) -> NamedNode:
        """The IRI of a predicate (`Predicate.id`)."""
        return NamedNode(f"{self.base}relation/{id_}")

    def statement(self, id_: str) -> NamedNode:
        """The IRI of a statement (`Statement.id`)."""
        return NamedNode(f"{self.base}statement/{id_}")

    def article(self, id_: str) -> NamedNode:
        """The IRI of an article (`Article.id`), which is also its named graph."""
        return NamedNode(f"{self.base}article/{id_}")

    def decision(self, number: int | str) -> NamedNode:
        """The IRI of a decision (`Decision.id`), or the beginning of them all for an empty text."""
        return NamedNode(f"{self.curation.value}/{number}")

    @property
    def curation(self) -> NamedNode:
        """The graph of what people decided."""
        return NamedNode(f"{self.base}curation")

    def triple(self, key: str) -> NamedNode:
        """The IRI that stands for one plain triple as the object of `kg:supports`."""
        return NamedNode(f"{self.base}triple/{key}")

    def part(self, article: str, name: str) -> NamedNode:
        """The IRI of a part of an article's graph (`run`, `entity=Moscow`)."""
        return NamedNode(f"{self.base}article/{article}#{name}")

    def phrase(self, article: str, start: int, end: int) -> NamedNode:
        """The IRI of a span of an article's text (RFC 5147 fragment, as NIF uses it)."""
        return NamedNode(f"{self.base}article/{article}#char={start},{end}")
