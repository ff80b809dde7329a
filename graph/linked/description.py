"""The concise description of one thing of the store: what is said of it, by whom, and the labels it needs.

However much is said of something, a description is bounded: what is left out is where `rdfs:seeAlso` leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad, Triple

from graph import views
from graph.errors import NotFound
from graph.model import Statement
from graph.ontology import ontology_quads, relation_quads, shape_quads
from graph.rdf import statement_quads
from graph.rdf_terms import LABEL
from graph.store.archive import Archive
from graph.store.base import Term
from graph.views.near import near_relations
from graph.views.statement_reads import statements_of
from graph.views.terms import values
from graph.vocab import RDFS, Namespaces

STATEMENTS: Final = 100
"""Statements about one thing that its description holds, with their evidence."""
TRIPLES: Final = 1000
"""Plain triples that lead from one thing, and as many that lead to it."""
ARTICLE: Final = 20_000
"""Quads that an article's graph may hold to be shown whole."""
_SEE: Final = NamedNode(f"{RDFS}seeAlso")

_FROM: Final = f"SELECT ?p ?o WHERE {{ ?thing ?p ?o }} LIMIT {TRIPLES + 1}"
_TO: Final = f"SELECT ?s ?p WHERE {{ ?s ?p ?thing }} LIMIT {TRIPLES + 1}"
_SUPPORT: Final = (
    f"SELECT DISTINCT ?s WHERE {{ GRAPH ?article {{ ?s kg:supports ?thing }} }} LIMIT {STATEMENTS + 1}"
)
_DECIDED: Final = f"SELECT ?p ?o WHERE {{ GRAPH ?curation {{ ?thing ?p ?o }} }} LIMIT {TRIPLES}"
_OF_DECISIONS: Final = f"SELECT ?s ?p WHERE {{ GRAPH ?curation {{ ?s ?p ?thing }} }} LIMIT {TRIPLES}"
_LABELS: Final = "SELECT ?thing ?label WHERE {{ {things} ?thing rdfs:label ?label }}"
_HEADS: Final = "SELECT ?article ?p ?o WHERE {{ {articles} GRAPH ?article {{ ?article ?p ?o }} }}"
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of the thing `iri`, which a person knows by `title`; `whole` if nothing is left out."""

    iri: NamedNode
    title: str
    triples: tuple[Triple, ...]
    whole: bool = True


def describe(archive: Archive, kind: str, id_: str) -> Description:
    """Describe a thing of a kind (`KINDS`). Raises NotFound, which names near ids."""
    if not id_ or id_ != id_.encode("utf-8", "replace").decode():
        raise NotFound(f"No {kind} has the id {id_!r}; give it as it is shown, in UTF-8.")
    return KINDS[kind](archive, id_)


@lru_cache(8)
def document(name: str, ns: Namespaces) -> Description:
    """Describe the vocabulary (`DOCUMENTS`); blank nodes keep their names, and so its bytes."""
    title, quads = DOCUMENTS[name]
    iri = NamedNode(f"{ns.base}{name}")
    return Description(iri, title, tuple(dict.fromkeys(_triple(quad) for quad in quads(ns))))


def _entity(archive: Archive, id_: str) -> Description:
    record = views.entity(archive, id_)
    iri = archive.ns.entity(record.entity.id)
    wanted = views.StatementFilter(about=record.entity.id)
    more = f"about={quote(record.entity.id)}"
    return _described(archive, iri, record.entity.label, wanted, more, _decided(archive, iri))


def _relation(archive: Archive, id_: str) -> Description:
    ns = archive.ns
    try:
        iri = ns.relation(id_)
    except ValueError:
        raise _no_relation(archive, id_) from None
    curated = [_triple(quad) for quad in relation_quads(ns) if quad.subject == iri]
    said = _about(archive, iri)
    if not curated and not said and not _towards(archive, iri):
        raise _no_relation(archive, id_)
    label = next((one.object.value for one in (*curated, *said) if one.predicate == LABEL), id_)  # type: ignore[union-attr]
    wanted = views.StatementFilter(predicate=id_)
    return _described(archive, iri, label, wanted, f"predicate={quote(id_)}", curated)


def _no_relation(archive: Archive, id_: str) -> NotFound:
    near = ", ".join(near_relations(archive, id_))
    hint = f"near it are {near}." if near else "GET /v1/predicates lists those that there are."
    return NotFound(f"No relation has the id {id_!r}; {hint}")


def _statement(archive: Archive, id_: str) -> Description:
    said = views.statement(archive, id_)
    made = _Triples(archive)
    made.say([said])
    return Description(archive.ns.statement(said.id), _words(said), made.labelled())


def _triple_that_is_said(archive: Archive, id_: str) -> Description:
    """Describe a plain triple, the object of `kg:supports`: by what says it."""
    iri = archive.ns.triple(id_) if id_.isalnum() else None
    found = [] if iri is None else list(archive.store.select(_SUPPORT, {"thing": iri}))
    if iri is None or not found:
        raise NotFound(f"Nothing supports a triple {id_!r}; kg:supports of a statement tells its triple.")
    support = [Triple(row["s"], archive.ns.kg("supports"), iri) for row in found[:STATEMENTS]]  # type: ignore[arg-type]
    made, start = _Triples(archive), archive.ns.statement("").value
    names = [one.subject.value for one in support if isinstance(one.subject, NamedNode)]
    ids = [name.removeprefix(start) for name in names if name.startswith(start)]
    said = list(statements_of(archive, ids))
    made.add(support)
    made.say(said)
    title = _words(said[0]) if said else id_
    return Description(iri, title, made.labelled(), len(found) <= STATEMENTS)


def _decision(archive: Archive, id_: str) -> Description:
    """Describe a decision that is in force, as the graph does: without who made it."""
    iri = archive.ns.decision(id_) if id_.isalnum() else None
    said = [] if iri is None else _decided(archive, iri)
    if iri is None or not said:
        raise NotFound(f"No decision in force has the id {id_!r}; GET /v1/curation lists all there were.")
    made = _Triples(archive)
    made.add(said)
    return Description(iri, f"Decision {id_}", made.labelled())


def _decided(archive: Archive, iri: NamedNode) -> list[Triple]:
    """Return what the graph of decisions says of a thing."""
    bound = {"thing": iri, "curation": archive.ns.curation}
    ahead = [Triple(iri, row["p"], row["o"]) for row in archive.store.select(_DECIDED, bound)]  # type: ignore[arg-type]
    back = [Triple(row["s"], row["p"], iri) for row in archive.store.select(_OF_DECISIONS, bound)]  # type: ignore[arg-type]
    return ahead + back


def _words(said: Statement) -> str:
    return f"{said.subject.label} {said.predicate.label} {said.object.text}".strip()


def _article(archive: Archive, id_: str) -> Description:
    record = archive.article(id_)
    iri = archive.ns.article(record.article.id)
    whole = archive.store.count(iri) <= ARTICLE
    made = _Triples(archive)
    if whole:
        made.add(_triple(quad) for quad in archive.store.quads_of(iri))
    else:
        made.heads([iri])
        made.see(iri, f"v1/export/turtle?article={quote(record.article.id)}")
    return Description(iri, record.article.title or record.article.id, made.labelled(), whole)


def _described(
    archive: Archive,
    iri: NamedNode,
    title: str,
    wanted: views.StatementFilter,
    more: str,
    also: Iterable[Triple] = (),
) -> Description:
    """Describe what has statements: with its plain triples, and those that are `wanted`."""
    page = views.statements(archive, wanted, limit=STATEMENTS)
    made = _Triples(archive)
    made.add(also)
    ahead, back = _about(archive, iri), _towards(archive, iri)
    made.add((*ahead[:TRIPLES], *back[:TRIPLES]))
    made.say(page.items)
    whole = page.next is None and max(len(ahead), len(back)) <= TRIPLES
    if not whole:
        made.see(iri, f"v1/statements?{more}")
    return Description(iri, title, made.labelled(), whole)


def _about(archive: Archive, iri: NamedNode) -> list[Triple]:
    rows = archive.store.select(_FROM, {"thing": iri})
    return [Triple(iri, row["p"], row["o"]) for row in rows]  # type: ignore[arg-type]


def _towards(archive: Archive, iri: NamedNode) -> list[Triple]:
    rows = archive.store.select(_TO, {"thing": iri})
    return [Triple(row["s"], row["p"], iri) for row in rows]  # type: ignore[arg-type]


class _Triples:
    """Triples as they come together, each once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._found: dict[Triple, None] = {}

    def add(self, triples: Iterable[Triple]) -> None:
        """Take some."""
        self._found |= dict.fromkeys(triples)

    def see(self, iri: NamedNode, address: str) -> None:
        """Say where there is more."""
        self.add([Triple(iri, _SEE, NamedNode(f"{self._archive.ns.base}{address}"))])

    def say(self, statements: Sequence[Statement]) -> None:
        """Take statements with their evidence, and what is known of their articles."""
        ns = self._archive.ns
        for one in statements:
            self.add(_triple(quad) for quad in statement_quads(one, ns))
        self.heads(dict.fromkeys(ns.article(one.article) for one in statements))

    def heads(self, articles: Iterable[NamedNode]) -> None:
        """Take what is said of articles themselves."""
        for some in _portions(articles):
            for row in self._archive.store.select(_HEADS.format(articles=values("article", some))):
                self.add([Triple(row["article"], row["p"], row["o"])])  # type: ignore[arg-type]

    def labelled(self) -> tuple[Triple, ...]:
        """Give all of them, and the label of each entity and relation that they name."""
        ns = self._archive.ns
        starts = (ns.prefixes[""], ns.prefixes["rel"])
        named: dict[NamedNode, None] = {}
        for triple in self._found:
            for term in (triple.subject, triple.predicate, triple.object):
                if isinstance(term, NamedNode) and term.value.startswith(starts):
                    named[term] = None
        for some in _portions(named):
            for row in self._archive.store.select(_LABELS.format(things=values("thing", some))):
                self.add([Triple(row["thing"], LABEL, row["label"])])  # type: ignore[arg-type]
        return tuple(self._found)


def _portions(terms: Iterable[NamedNode]) -> Iterator[list[Term]]:
    left = iter(terms)
    while some := list[Term](islice(left, _AT_ONCE)):
        yield some


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _vocabulary(ns: Namespaces) -> Iterator[Quad]:
    yield from ontology_quads(ns)
    yield from relation_quads(ns)


KINDS: Final[Mapping[str, Callable[[Archive, str], Description]]] = {
    "entity": _entity,
    "relation": _relation,
    "statement": _statement,
    "article": _article,
    "triple": _triple_that_is_said,
    "curation": _decision,
}
"""The folders of the IRIs, and what describes a thing in each."""
DOCUMENTS: Final[Mapping[str, tuple[str, Callable[[Namespaces], Iterator[Quad]]]]] = {
    "ontology": ("The newsgraph ontology", _vocabulary),
    "shapes": ("The shapes of what newsgraph writes", shape_quads),
}
"""What describes all stores alike: the path of its IRIs, its title, and where it comes from."""
