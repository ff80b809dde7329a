"""Statements made of what the nodes of the store say: the way back from RDF, of one statement.

Labels and types are those that the statement's own article gives, so a statement comes back as it was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from graph.model import (
    Argument,
    EntityType,
    Modality,
    Node,
    Polarity,
    Predicate,
    Statement,
    TimeSpan,
    Value,
)
from graph.rdf_fetch import Said, Select, Term, details, iri, local, said_by, said_in, text
from graph.rdf_terms import (
    ANCHOR_OF,
    CLASS_REF,
    DERIVED_FROM,
    EARLIEST,
    LABEL,
    LATEST,
    OBJECT,
    PREDICATE,
    SUBJECT,
    VALUE,
    entity_classes,
)
from graph.vocab import Namespaces


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that is needed to make some statements: what each node says, and the articles of the statements."""

    said: Mapping[NamedNode, Said]
    articles: Mapping[NamedNode, str]
    types: Mapping[NamedNode, EntityType]
    ns: Namespaces

    @classmethod
    def of_statements(cls, select: Select, nodes: Sequence[NamedNode], ns: Namespaces) -> Shelf:
        """Fetch the statements `nodes`, then their arguments, then what describes the ends of both."""
        said = said_by(select, nodes)
        articles = articles_of(said, ns)
        owners = {
            iri(part): articles[node]
            for node, about in said.items()
            for part in about.get(ns.kg("argument"), ())
        }
        said |= said_by(select, list(owners))
        said |= details(select, said, articles | owners, ns)
        return cls(said, articles, entity_classes(ns), ns)

    @classmethod
    def of_article(cls, select: Select, id_: str, ns: Namespaces) -> Shelf:
        """Fetch all statements of one article."""
        said = said_in(select, id_, ns)
        return cls(said, articles_of(said, ns), entity_classes(ns), ns)

    def uses(self, article: str) -> dict[str, EntityType | None]:
        """Return the entities that an article uses, each with its type; None if that is none of ours."""
        start, types = self.ns.part(article, "entity=").value, self.types
        found: dict[str, EntityType | None] = {}
        for node, about in self.said.items():
            if CLASS_REF in about and node.value.startswith(start):
                classes = (one for one in about[CLASS_REF] if isinstance(one, NamedNode))
                found[local(node, start)] = next((types[one] for one in classes if one in types), None)
        return found

    def statement(self, node: NamedNode) -> Statement:
        """Make one statement."""
        about, kg, article = self.said[node], self.ns.kg, self.articles[node]
        sentence = iri(about[DERIVED_FROM][0])
        start, end = offsets(sentence)
        by, place, decided = (about.get(kg(term)) for term in ("attributedTo", "place", "curatedBy"))
        return Statement(
            id=node.value.removeprefix(self.ns.statement("").value),
            article=article,
            subject=self._node(about[SUBJECT][0], about[kg("subjectMention")][0], article),
            predicate=self._predicate(iri(about[PREDICATE][0]), iri(about[kg("predicateSpan")][0]), article),
            object=self._value(about[OBJECT][0], about[kg("objectMention")][0], article),
            sentence=self._words(sentence),
            start=start,
            end=end,
            arguments=tuple(self._arguments(about, article)),
            modality=Modality(local(iri(about[kg("modality")][0]), self.ns.prefixes["kg"])),
            polarity=Polarity(local(iri(about[kg("polarity")][0]), self.ns.prefixes["kg"])),
            attributed_to=self._node(by[0], about[kg("attributionMention")][0], article) if by else None,
            time=self._time(about),
            place=self._node(place[0], about[kg("placeMention")][0], article) if place else None,
            confidence=float(text(about[kg("confidence")][0])),
            curated_by=int(local(iri(decided[0]), self.ns.decision("").value)) if decided else None,
        )

    def _node(self, entity: Term, mention: Term, article: str) -> Node:
        id_ = local(iri(entity), self.ns.prefixes[""])
        use = self.said[self.ns.part(article, f"entity={id_}")]
        span = iri(mention)
        type_ = self.types[iri(use[CLASS_REF][0])]
        return Node(id_, text(use[LABEL][0]), type_, self._words(span), *offsets(span))

    def _value(self, term: Term, mention: Term, article: str) -> Node | Value:
        if not isinstance(term, Literal):
            return self._node(term, mention, article)
        span = iri(mention)
        return Value(term.value, self.ns.datatype_name(term.datatype), self._words(span), *offsets(span))

    def _predicate(self, relation: NamedNode, span: NamedNode, article: str) -> Predicate:
        namespace = self.ns.prefixes["rel"]
        use = self.said[self.ns.part(article, f"relation={local(relation, namespace)}")]
        broader = sorted(local(iri(term), namespace) for term in use.get(self.ns.kg("broader"), ()))
        return Predicate(
            local(relation, namespace),
            text(use[LABEL][0]),
            self._words(span),
            *offsets(span),
            tuple(broader),
        )

    def _arguments(self, about: Said, article: str) -> Iterator[Argument]:
        parts = (iri(part) for part in about.get(self.ns.kg("argument"), ()))
        for part in sorted(parts, key=lambda part: int(part.value.rpartition("#")[2])):
            said = self.said[part]
            value = self._value(said[VALUE][0], said[self.ns.kg("objectMention")][0], article)
            yield Argument(text(said[self.ns.kg("role")][0]), value)

    def _time(self, about: Said) -> TimeSpan | None:
        words = about.get(self.ns.kg("timeText"))
        if words is None:
            return None
        return TimeSpan(text(words[0]), _day(about.get(EARLIEST)), _day(about.get(LATEST)))

    def _words(self, span: NamedNode) -> str:
        return text(self.said[span][ANCHOR_OF][0])


def articles_of(said: Mapping[NamedNode, Said], ns: Namespaces) -> dict[NamedNode, str]:
    """Find the statements among the nodes, each with the id of its article, which its evidence tells."""
    namespace = ns.article("").value
    return {
        node: local(iri(about[DERIVED_FROM][0]), namespace).partition("#")[0]
        for node, about in said.items()
        if DERIVED_FROM in about
    }


def offsets(span: NamedNode) -> tuple[int, int]:
    """Read the place in the article's text that the IRI of a span names."""
    start, _, end = span.value.rpartition("=")[2].partition(",")
    return int(start), int(end)


def _day(terms: Sequence[Term] | None) -> date | None:
    return date.fromisoformat(text(terms[0])) if terms else None
