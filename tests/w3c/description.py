"""What the tests of the service description check, by the recommendation (SPARQL 1.1 Service Description).

The manifest gives their names only. The schema is the vocabulary of section 3: its classes and properties,
what a property is said of (its domain), and what its value is (its range).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from tests.w3c.comparing import XSD, Graph, Row

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CLASSES: Final = frozenset(
    "Service Feature Language Function Aggregate EntailmentRegime EntailmentProfile "
    "GraphCollection Dataset Graph NamedGraph".split()
)
# The class of the subject and that of the value, section 3.4; a class is not checked where nothing tells it.
_PROPERTIES: Final = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
# A class whose instances are also of another (section 3.2).
_ABOVE: Final = {"Dataset": "GraphCollection", "Function": "Feature", "Aggregate": "Feature"}


def _is_rdf(graph: Graph, endpoint: str) -> Sequence[str]:
    """`returns-rdf`: something is described."""
    return [] if graph.quads else ["the description is empty"]


def _has_endpoint(graph: Graph, endpoint: str) -> Sequence[str]:
    """`has-endpoint-triple`: a service with the address that was asked."""
    found = {row[2] for row in graph.quads if row[1] == NamedNode(f"{SD}endpoint")}
    return [] if NamedNode(endpoint) in found else [f"sd:endpoint is {found}, not {endpoint}"]


def _conforms(graph: Graph, endpoint: str) -> Sequence[str]:
    """`conforms-to-schema`: a service, and the vocabulary is used as its schema says."""
    services = [row for row in graph.quads if row[1] == _TYPE and row[2] == NamedNode(f"{SD}Service")]
    if not services:
        return ["nothing is an sd:Service"]
    return [fault for row in graph.quads for fault in _misused(row, graph)]


def _misused(row: Row, graph: Graph) -> Sequence[str]:
    subject, predicate, value, _ = row
    assert isinstance(predicate, NamedNode)
    if predicate == _TYPE:
        return [] if _own(value) in {None, *_CLASSES} else [f"{value} is no class of the schema"]
    name = _own(predicate)
    if name is None:
        return []
    if name not in _PROPERTIES:
        return [f"{predicate} is no property of the schema"]
    domain, range_ = _PROPERTIES[name]
    faults = []
    if isinstance(value, Literal) and value.datatype.value != f"{XSD}anyURI":
        faults.append(f"the value of sd:{name} is the text {value}, not a resource")
    if not _may_be(subject, domain, graph):
        faults.append(f"sd:{name} is said of {subject}, which is no sd:{domain}")
    if not _may_be(value, range_, graph):
        faults.append(f"the value of sd:{name} is {value}, which is no sd:{range_}")
    return faults


def _may_be(node: object, wanted: str | None, graph: Graph) -> bool:
    """Whether nothing told of `node` keeps it from being of that class."""
    if wanted is None or not isinstance(node, NamedNode | BlankNode):
        return True
    told = {_own(row[2]) for row in graph.quads if row[0] == node and row[1] == _TYPE} - {None}
    whole = told | {_ABOVE.get(str(one)) for one in told}
    return not told or wanted in whole


def _own(term: object) -> str | None:
    """The name of a term in the schema's namespace; None for others."""
    if isinstance(term, NamedNode) and term.value.startswith(SD):
        return term.value.removeprefix(SD)
    return None


CHECKS: Final[Mapping[str, Callable[[Graph, str], Sequence[str]]]] = {
    "returns-rdf": _is_rdf,
    "has-endpoint-triple": _has_endpoint,
    "conforms-to-schema": _conforms,
}
