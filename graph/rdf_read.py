"""The way back from RDF: nodes of the store become statements, entities and mentions again.

Every look-up is one query shape, "all that these nodes say", in a few rounds for a whole page: the
statements, their arguments, then the phrases and the entities that both name. It needs no OPTIONAL
and no luck with an engine's optimiser. Labels and types are those that the statement's own article
gives, so a statement comes back as it was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from graph.model import (
    Argument,
    Entity,
    EntityType,
    Mention,
    Modality,
    Node,
    Polarity,
    Predicate,
    Statement,
    TimeSpan,
    Value,
)
from graph.rdf_terms import (
    ALT_LABEL,
    ANCHOR_OF,
    CLASS_REF,
    DERIVED_FROM,
    EARLIEST,
    LABEL,
    LATEST,
    OBJECT,
    PREDICATE,
    SAME_AS,
    SUBJECT,
    TYPE,
    VALUE,
    entity_classes,
)
from graph.vocab import Namespaces, slug

_Term: TypeAlias = NamedNode | BlankNode | Literal
Select: TypeAlias = Callable[[str], Iterator[Mapping[str, _Term | None]]]
_Said: TypeAlias = Mapping[NamedNode, Sequence[_Term]]

# Nodes in one query: enough to make its fixed cost small, few enough to keep its text short.
_AT_ONCE = 500


def read_statements(select: Select, ids: Iterable[str], ns: Namespaces) -> Iterator[Statement]:
    """Give the statements with these ids, in the same order, without those that the store does not have.

    `select` answers a SPARQL query (`Store.select`). A literal comes back as the store spells it.
    """
    wanted = [ns.statement(id_) for id_ in ids]
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        shelf = _Shelf.of(select, chunk, ns)
        yield from (shelf.statement(node) for node in chunk if node in shelf.said)


def read_entities(select: Select, ids: Iterable[str], ns: Namespaces) -> Iterator[Entity]:
    """Give the entities with these ids, in the same order, without those that the store does not have.

    Where articles differ, the label is the one that the id was made of, the others are aliases, and the
    type is the first in the order of `EntityType`.
    """
    wanted = [ns.entity(id_) for id_ in ids]
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        said = _collect(select(f"SELECT ?node ?p ?o WHERE {{ {_values(chunk)} ?node ?p ?o }}"))
        yield from (_entity(node, said[node], ns) for node in chunk if TYPE in said.get(node, {}))


def read_mentions(select: Select, article: str, ns: Namespaces) -> tuple[Mention, ...]:
    """Return the mentions in one article, in the order of the text."""
    rows = select(
        f"SELECT ?span ?entity ?text WHERE {{ GRAPH {ns.article(article)} {{"
        " ?span itsrdf:taIdentRef ?entity ; nif:anchorOf ?text } }"
    )
    mentions = (
        Mention(_id(_one(row["entity"]), ns.prefixes[""]), _text(row["text"]), *_offsets(_one(row["span"])))
        for row in rows
    )
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.entity)))


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All that is needed to make some statements: what each node says, and in which article."""

    said: Mapping[NamedNode, _Said]
    articles: Mapping[NamedNode, str]
    types: Mapping[NamedNode, EntityType]
    ns: Namespaces

    @classmethod
    def of(cls, select: Select, nodes: Sequence[NamedNode], ns: Namespaces) -> _Shelf:
        """Fetch the statements `nodes`, then their arguments, then the phrases and uses that both name."""
        articles: dict[NamedNode, str] = {}
        said = _fetch(select, nodes, articles, ns)
        arguments = [_one(part) for about in said.values() for part in about.get(ns.kg("argument"), ())]
        said |= _fetch(select, arguments, articles, ns)
        named = {
            node
            for owner, about in said.items()
            for predicate, values in about.items()
            for value in values
            if isinstance(value, NamedNode)
            for node in _details(predicate, value, articles[owner], ns)
        }
        said |= _fetch(select, sorted(named, key=str), articles, ns)
        return cls(said, articles, entity_classes(ns), ns)

    def statement(self, node: NamedNode) -> Statement:
        """Make one statement."""
        about, kg, article = self.said[node], self.ns.kg, self.articles[node]
        sentence = _one(about[DERIVED_FROM][0])
        start, end = _offsets(sentence)
        by, place = about.get(kg("attributedTo")), about.get(kg("place"))
        return Statement(
            id=node.value.removeprefix(self.ns.statement("").value),
            article=article,
            subject=self._node(about[SUBJECT][0], about[kg("subjectMention")][0], article),
            predicate=self._predicate(
                _one(about[PREDICATE][0]), _one(about[kg("predicateSpan")][0]), article
            ),
            object=self._value(about[OBJECT][0], about[kg("objectMention")][0], article),
            sentence=self._words(sentence),
            start=start,
            end=end,
            arguments=tuple(self._arguments(about, article)),
            modality=Modality(_id(_one(about[kg("modality")][0]), self.ns.prefixes["kg"])),
            polarity=Polarity(_id(_one(about[kg("polarity")][0]), self.ns.prefixes["kg"])),
            attributed_to=self._node(by[0], about[kg("attributionMention")][0], article) if by else None,
            time=self._time(about),
            place=self._node(place[0], about[kg("placeMention")][0], article) if place else None,
            confidence=float(_text(about[kg("confidence")][0])),
        )

    def _node(self, entity: _Term, mention: _Term, article: str) -> Node:
        id_ = _id(_one(entity), self.ns.prefixes[""])
        use = self.said[self.ns.part(article, f"entity={id_}")]
        span = _one(mention)
        type_ = self.types[_one(use[CLASS_REF][0])]
        return Node(id_, _text(use[LABEL][0]), type_, self._words(span), *_offsets(span))

    def _value(self, term: _Term, mention: _Term, article: str) -> Node | Value:
        if not isinstance(term, Literal):
            return self._node(term, mention, article)
        span = _one(mention)
        return Value(term.value, term.datatype.value, self._words(span), *_offsets(span))

    def _predicate(self, relation: NamedNode, span: NamedNode, article: str) -> Predicate:
        namespace = self.ns.prefixes["rel"]
        use = self.said[self.ns.part(article, f"relation={_id(relation, namespace)}")]
        broader = sorted(_id(_one(term), namespace) for term in use.get(self.ns.kg("broader"), ()))
        return Predicate(
            _id(relation, namespace), _text(use[LABEL][0]), self._words(span), *_offsets(span), tuple(broader)
        )

    def _arguments(self, about: _Said, article: str) -> Iterator[Argument]:
        parts = (_one(part) for part in about.get(self.ns.kg("argument"), ()))
        for part in sorted(parts, key=lambda part: int(part.value.rpartition("#")[2])):
            said = self.said[part]
            value = self._value(said[VALUE][0], said[self.ns.kg("objectMention")][0], article)
            yield Argument(_text(said[self.ns.kg("role")][0]), value)

    def _time(self, about: _Said) -> TimeSpan | None:
        words = about.get(self.ns.kg("timeText"))
        if words is None:
            return None
        return TimeSpan(_text(words[0]), _day(about.get(EARLIEST)), _day(about.get(LATEST)))

    def _words(self, span: NamedNode) -> str:
        return _text(self.said[span][ANCHOR_OF][0])


def _fetch(
    select: Select, nodes: Sequence[NamedNode], articles: dict[NamedNode, str], ns: Namespaces
) -> dict[NamedNode, _Said]:
    """Return what each node says in its article's graph, and add which article that is to `articles`."""
    rows: list[Mapping[str, _Term | None]] = []
    for start in range(0, len(nodes), _AT_ONCE):
        values = _values(nodes[start : start + _AT_ONCE])
        rows += select(f"SELECT ?g ?node ?p ?o WHERE {{ {values} GRAPH ?g {{ ?node ?p ?o }} }}")
    for row in rows:
        articles[_one(row["node"])] = _one(row["g"]).value.removeprefix(ns.article("").value)
    return _collect(rows)


def _collect(rows: Iterable[Mapping[str, _Term | None]]) -> dict[NamedNode, _Said]:
    said: defaultdict[NamedNode, dict[NamedNode, list[_Term]]] = defaultdict(dict)
    for row in rows:
        value = row["o"]
        assert value is not None
        said[_one(row["node"])].setdefault(_one(row["p"]), []).append(value)
    return dict(said)


def _details(predicate: NamedNode, value: NamedNode, article: str, ns: Namespaces) -> Iterator[NamedNode]:
    """Give the nodes that describe `value` in an article: a phrase itself, or the use of what has an IRI."""
    if value.value.startswith(ns.prefixes[""]):
        yield ns.part(article, f"entity={_id(value, ns.prefixes[''])}")
    elif predicate == PREDICATE:
        yield ns.part(article, f"relation={_id(value, ns.prefixes['rel'])}")
    elif "#char=" in value.value:
        yield value


def _entity(node: NamedNode, said: _Said, ns: Namespaces) -> Entity:
    id_ = _id(node, ns.prefixes[""])
    labels = sorted(
        (_text(term) for term in said.get(LABEL, ())), key=lambda label: (slug(label) != id_, label)
    )
    known = entity_classes(ns)
    types = {known[term] for term in said[TYPE] if isinstance(term, NamedNode) and term in known}
    stands_for = sorted(_id(_one(term), ns.prefixes[""]) for term in said.get(ns.kg("standsFor"), ()))
    return Entity(
        id_,
        labels[0] if labels else id_,
        next(type_ for type_ in EntityType if type_ in types),
        tuple(sorted({*labels[1:], *(_text(term) for term in said.get(ALT_LABEL, ()))})),
        tuple(sorted(_one(term).value for term in said.get(SAME_AS, ()))),
        stands_for[0] if stands_for else None,
        tuple(sorted(_id(_one(term), ns.prefixes[""]) for term in said.get(ns.kg("mentions"), ()))),
    )


def _values(nodes: Iterable[NamedNode]) -> str:
    return f"VALUES ?node {{ {' '.join(map(str, nodes))} }}"


def _one(term: _Term | None) -> NamedNode:
    assert isinstance(term, NamedNode), term
    return term


def _text(term: _Term | None) -> str:
    assert isinstance(term, Literal), term
    return term.value


def _id(node: NamedNode, namespace: str) -> str:
    return node.value.removeprefix(namespace)


def _offsets(span: NamedNode) -> tuple[int, int]:
    start, _, end = span.value.rpartition("=")[2].partition(",")
    return int(start), int(end)


def _day(terms: Sequence[_Term] | None) -> date | None:
    return date.fromisoformat(_text(terms[0])) if terms else None
