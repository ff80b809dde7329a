"""Reads the manifests of the suites: which tests there are, and the files that each needs.

A manifest is Turtle; `mf:include` and `mf:entries` are lists that say what belongs to a suite, in order. A
test that no list names is not part of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

ROOT: Final = "https://w3c.github.io/rdf-tests/sparql/"
"""Base IRI of the files: what a relative IRI in one of them is resolved against."""
SUITES: Final = ("sparql10/manifest.ttl", "sparql11/manifest-all.ttl", "sparql12/manifest.ttl")

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"

Node: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple


class Kind(StrEnum):
    """What a test is about."""

    QUERY = "query"
    QUERY_SYNTAX = "query syntax"
    QUERY_REFUSED = "query syntax error"
    UPDATE = "update"
    UPDATE_SYNTAX = "update syntax"
    UPDATE_REFUSED = "update syntax error"
    PROTOCOL = "protocol"
    GRAPH_STORE = "graph store protocol"
    DESCRIPTION = "service description"
    ENTAILMENT = "entailment"
    FEDERATION = "federation"


_KINDS: Final = {
    "QueryEvaluationTest": Kind.QUERY,
    "CSVResultFormatTest": Kind.QUERY,
    "PositiveSyntaxTest": Kind.QUERY_SYNTAX,
    "PositiveSyntaxTest11": Kind.QUERY_SYNTAX,
    "NegativeSyntaxTest": Kind.QUERY_REFUSED,
    "NegativeSyntaxTest11": Kind.QUERY_REFUSED,
    "UpdateEvaluationTest": Kind.UPDATE,
    "PositiveUpdateSyntaxTest": Kind.UPDATE_SYNTAX,
    "PositiveUpdateSyntaxTest11": Kind.UPDATE_SYNTAX,
    "NegativeUpdateSyntaxTest": Kind.UPDATE_REFUSED,
    "NegativeUpdateSyntaxTest11": Kind.UPDATE_REFUSED,
    "ProtocolTest": Kind.PROTOCOL,
    "GraphStoreProtocolTest": Kind.GRAPH_STORE,
    "ServiceDescriptionTest": Kind.DESCRIPTION,
}
# Some manifests call a test of an update one of a query.
_OF_UPDATES: Final = {Kind.QUERY_SYNTAX: Kind.UPDATE_SYNTAX, Kind.QUERY_REFUSED: Kind.UPDATE_REFUSED}
# The folders whose tests all call other servers.
_FEDERATED: Final = ("sparql11/service", "sparql11/syntax-fed")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of data (empty for none), and the IRI of the graph that it goes into (None for the default)."""

    file: str
    graph: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One test. Files are IRIs below `ROOT`; `id` is folder, `#` and the last part of the test's own IRI.

    `request` is the query or the update, empty where the exchange of messages is the test; `data` is what the
    store holds before and `after` what it holds after an update; `lax` allows a result to leave out repeated
    rows (REDUCED).
    """

    id: str
    kind: Kind
    name: str
    manifest: str
    iri: str
    request: str = ""
    data: tuple[Source, ...] = ()
    after: tuple[Source, ...] = ()
    result: str = ""
    lax: bool = False


class Manifest:
    """One manifest, and how to ask it for the objects of a subject."""

    def __init__(self, iri: str, content: bytes) -> None:
        self.iri = iri
        self._store = Store()
        self._store.load(content, RdfFormat.TURTLE, base_iri=iri)

    def all(self, subject: Term, predicate: str) -> list[Term]:
        """Every object, in no order."""
        assert isinstance(subject, NamedNode | BlankNode)
        return [q.object for q in self._store.quads_for_pattern(subject, NamedNode(predicate), None)]

    def iris(self, subject: Term, predicate: str) -> list[str]:
        """The IRIs of the objects that are resources with a name."""
        return [one.value for one in self.all(subject, predicate) if isinstance(one, NamedNode)]

    def one(self, subject: Term, predicate: str) -> Term | None:
        """The object, or None; raises ValueError if there are several."""
        found = self.all(subject, predicate)
        if len(found) > 1:
            raise ValueError(f"{self.iri}: {subject} has {len(found)} values of {predicate}")
        return found[0] if found else None

    def text(self, subject: Term, predicate: str) -> str:
        """The IRI or the characters of the object; empty without one."""
        found = self.one(subject, predicate)
        return found.value if isinstance(found, NamedNode | Literal) else ""

    def items(self, head: Term | None) -> Iterator[Term]:
        """The members of a list."""
        while head is not None and head != NamedNode(f"{_RDF}nil"):
            first = self.one(head, f"{_RDF}first")
            assert first is not None, f"{self.iri} has a list without a member"
            yield first
            head = self.one(head, f"{_RDF}rest")

    def listed(self, name: str) -> list[str]:
        """The IRIs of the manifest's lists of that name (`include` or `entries`)."""
        (subject, *more) = self._store.quads_for_pattern(
            None, NamedNode(f"{_RDF}type"), NamedNode(f"{_MF}Manifest")
        )
        assert not more, f"{self.iri} describes {len(more) + 1} manifests"
        heads = self.all(subject.subject, f"{_MF}{name}")
        return [item.value for head in heads for item in self.items(head) if isinstance(item, NamedNode)]


def folder() -> Path | None:
    """Where the suites lie (they hold a folder `sparql`), or None if they are not on this machine."""
    named = os.environ.get("W3C_SUITES")
    beside = Path(__file__).resolve().parents[3] / "shared" / "w3c"
    found = Path(named) if named else beside
    return found if (found / "sparql").is_dir() else None


class Suites:
    """The files of the suites, by their IRIs."""

    def __init__(self, root: Path) -> None:
        self._root = root / "sparql"

    def read(self, iri: str) -> bytes:
        """The bytes of a file."""
        assert iri.startswith(ROOT), f"{iri} is none of the suites' files"
        return (self._root / iri.removeprefix(ROOT)).read_bytes()

    def cases(self, names: tuple[str, ...] = SUITES) -> list[Case]:
        """Every test that the manifests `names` and those that they include list, in their order."""
        return [case for name in names for case in self._below(ROOT + name)]

    def manifest(self, iri: str) -> Manifest:
        """Parse one manifest."""
        return Manifest(iri, self.read(iri))

    def _below(self, iri: str) -> Iterator[Case]:
        manifest = self.manifest(iri)
        for test in manifest.listed("entries"):
            yield case_of(manifest, test)
        for other in manifest.listed("include"):
            yield from self._below(other)


def case_of(manifest: Manifest, iri: str) -> Case:
    """Read the test `iri`; raises ValueError if its type is not known."""
    test = NamedNode(iri)
    where = manifest.iri.removeprefix(ROOT).rpartition("/")[0]
    known = {f"{_MF}{name}": kind for name, kind in _KINDS.items()}
    types = [known[one] for one in manifest.iris(test, f"{_RDF}type")]
    if len(types) != 1:
        raise ValueError(f"{manifest.iri}: {iri} is listed, and no test of one type")
    (kind,) = types
    name = manifest.text(test, f"{_MF}name")
    case = Case(f"{where}#{_fragment(iri)}", kind, name, manifest.iri, iri)
    action = manifest.one(test, f"{_MF}action")
    if kind in {Kind.QUERY, Kind.UPDATE} and action is not None:
        return _evaluation(manifest, case, test, action)
    if isinstance(action, NamedNode):
        return replace(case, kind=_narrowed(case, action.value), request=action.value)
    return case


def _narrowed(case: Case, request: str) -> Kind:
    """The kind, but federation for the folders about it, and about updates where the file is one."""
    if case.id.partition("#")[0] in _FEDERATED:
        return Kind.FEDERATION
    return _OF_UPDATES.get(case.kind, case.kind) if request.endswith(".ru") else case.kind


def _evaluation(manifest: Manifest, case: Case, test: Term, action: Term) -> Case:
    if case.kind is Kind.UPDATE:
        result = manifest.one(test, f"{_MF}result")
        assert result is not None, f"{case.id} has no result"
        request = manifest.text(action, f"{_UT}request")
        return replace(
            case, request=request, data=_updated(manifest, action), after=_updated(manifest, result)
        )
    regimes = manifest.all(action, f"{_SD}entailmentRegime")
    data = [Source(one, None) for one in manifest.iris(action, f"{_QT}data")]
    data += [Source(one, one) for one in manifest.iris(action, f"{_QT}graphData")]
    request = manifest.text(action, f"{_QT}query")
    return replace(
        case,
        kind=Kind.ENTAILMENT if regimes else _narrowed(case, request),
        request=request,
        data=_sorted(data),
        result=manifest.text(test, f"{_MF}result"),
        lax=NamedNode(f"{_MF}LaxCardinality") in manifest.all(test, f"{_MF}resultCardinality"),
    )


def _updated(manifest: Manifest, state: Term) -> tuple[Source, ...]:
    """The graphs of a store before or after an update, as `ut:data` and `ut:graphData` give them."""
    found = [
        Source(one.value, None) for one in manifest.all(state, f"{_UT}data") if isinstance(one, NamedNode)
    ]
    for one in manifest.all(state, f"{_UT}graphData"):
        found.append(Source(manifest.text(one, f"{_UT}graph"), manifest.text(one, f"{_RDFS}label")))
    return _sorted(found)


def _sorted(sources: list[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda one: (one.graph or "", one.file)))


def _fragment(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
