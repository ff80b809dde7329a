"""Parts of the graph for analysis and export, and what there is in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Generic, TypeVar, overload

from pyoxigraph import NamedNode, Quad, Triple

from graph.model import Article, Entity, Statement, Subgraph
from graph.rdf import nodes, supported_triples
from graph.rdf_fetch import iri
from graph.rdf_terms import DEFAULT
from graph.store.archive import Archive, ArticleRecord
from graph.store.base import Term
from graph.store.index_reading import batches
from graph.views.entity_reads import entity_ids, read_entities
from graph.views.filters import StatementFilter, validate
from graph.views.near import check_known
from graph.views.statement_reads import all_statements
from graph.views.terms import local
from graph.vocab import Namespaces

T = TypeVar("T")

_PORTION = 500


class Lazy(Sequence[T], Generic[T]):
    """A sequence that is read from the store when it is looked at.

    Going through it keeps nothing, so that an export needs no memory for it, and an exporter of RDF never
    reads the statements at all; its length or an item by number is taken from a copy made at that time.
    """

    def __init__(self, load: Callable[[], Iterable[T]]) -> None:
        self._load = load

    @cached_property
    def _items(self) -> tuple[T, ...]:
        return tuple(self._load())

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Give one item, or a part as a tuple."""
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        # A generator: `list` asks for the length, and so for the copy, between this call and the first item.
        yield from self._items if "_items" in self.__dict__ else self._load()


def subgraph(archive: Archive, wanted: StatementFilter) -> Subgraph:
    """Give the part of the graph that `wanted` describes; all of it if the filter is empty.

    Beside the entities that the statements name, it has those that these mention or stand for.
    Raises BadFilter, at once, for a filter that cannot be used.
    """
    validate(wanted)
    if wanted.empty:
        return Subgraph(
            Lazy(lambda: _entities(archive, entity_ids(archive))),
            Lazy(lambda: all_statements(archive, wanted)),
            Lazy(lambda: (record.article for record in _records(archive))),
            archive.store.quads,
            archive.ns.base,
        )
    return subgraph_of(archive, Lazy(lambda: all_statements(archive, wanted)))


def subgraph_asked_for(archive: Archive, wanted: StatementFilter) -> Subgraph:
    """Give what `subgraph` does to somebody who asks for it by ids, and may have mistyped one.

    Raises NotFound, which names near ids, or Merged if nothing is found since there is no such thing.
    """
    part = subgraph(archive, wanted)
    if not wanted.empty and next(iter(part.statements), None) is None:
        check_known(archive, wanted)
    return part


def subgraph_of(archive: Archive, said: Sequence[Statement], also: Sequence[str] = ()) -> Subgraph:
    """Give the part of the graph that some statements make; those of an article stand together in `said`.

    `also` are ids of entities that belong to it, whether a statement names them or not.
    """
    return Subgraph(
        Lazy(lambda: _named(archive, said, also)),
        said,
        Lazy(lambda: _articles(archive, said)),
        lambda: _quads(archive, said),
        archive.ns.base,
    )


_ARTICLE = "SELECT ?subject ?predicate ?object WHERE { GRAPH ?article { ?subject ?predicate ?object . } }"


def _records(archive: Archive) -> Iterator[ArticleRecord]:
    sequence = 0
    while records := archive.ledger.page(sequence, _PORTION):
        yield from records
        sequence = records[-1].sequence


def _entities(archive: Archive, ids: Iterable[str]) -> Iterator[Entity]:
    for batch in batches(ids, _PORTION):
        yield from read_entities(archive, batch).values()


def _named(archive: Archive, statements: Iterable[Statement], also: Sequence[str]) -> Iterator[Entity]:
    """Give the entities that statements name, and `also`; then those that these mention or stand for."""
    named = dict.fromkeys(also) | dict.fromkeys(
        node.id for statement in statements for node in nodes(statement)
    )
    beyond: dict[str, None] = {}
    for entity in _entities(archive, named):
        yield entity
        beyond |= dict.fromkeys((*entity.mentions, *filter(None, (entity.stands_for,))))
    yield from _entities(archive, [id_ for id_ in beyond if id_ not in named])


def _articles(archive: Archive, statements: Iterable[Statement]) -> Iterator[Article]:
    for id_ in dict.fromkeys(statement.article for statement in statements):
        if (record := archive.ledger.find(id_)) is not None:
            yield record.article


def _quads(archive: Archive, statements: Iterable[Statement]) -> Iterator[Quad]:
    """Give the quads of some statements: what their articles say of them, and the plain triples of that."""
    plain: set[Triple] = set()
    for id_, group in groupby(statements, key=lambda statement: statement.article):
        said = _said(archive, id_, [archive.ns.statement(statement.id) for statement in group])
        yield from said
        supported = supported_triples(said, archive.ns) - plain
        plain |= supported
        yield from (Quad(each.subject, each.predicate, each.object, DEFAULT) for each in supported)


def _said(archive: Archive, article_id: str, statements: Iterable[NamedNode]) -> list[Quad]:
    """Give what an article says of `statements` and of itself: all that one reaches from their nodes."""
    ns, graph = archive.ns, archive.ns.article(article_id)
    quads: defaultdict[Term, list[Quad]] = defaultdict(list)
    for row in archive.store.select(_ARTICLE, {"article": graph}):
        subject, predicate, value = iri(row["subject"]), iri(row["predicate"]), row["object"]
        quads[subject].append(Quad(subject, predicate, value, graph))  # type: ignore[arg-type]
    reached: dict[Term, None] = {}
    ahead: list[Term] = [*statements, graph]
    while ahead:
        node = ahead.pop()
        if node in quads and node not in reached:
            reached[node] = None
            for quad in quads[node]:
                ahead += [quad.object, *_use(quad.object, article_id, ns)]  # type: ignore[list-item]
    return [quad for node in reached for quad in quads[node]]


def _use(term: object, article_id: str, ns: Namespaces) -> Iterator[NamedNode]:
    """Give the node that says what an article tells of an entity or relation."""
    if isinstance(term, NamedNode):
        for kind, prefix in (("entity", ""), ("relation", "rel")):
            if term.value.startswith(ns.prefixes[prefix]):
                yield ns.part(article_id, f"{kind}={local(term, ns.prefixes[prefix])}")
