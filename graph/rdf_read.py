"""The way back from RDF: nodes of the store become statements, entities and mentions again.

Every look-up (`rdf_fetch.py`) is a plain one, "what these nodes say", in a few rounds for a whole page:
the statements, their arguments, then the phrases and the entities that both name. It needs no OPTIONAL
and no luck with an engine's optimiser. Labels and types are those that the statement's own article
gives, so a statement comes back as it was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from graph.model import (
    Argument,
    Article,
    Entity,
    EntityType,
    Mention,
    Modality,
    Node,
    Polarity,
    Predicate,
    Reading,
    Statement,
    TimeSpan,
    Value,
)
from graph.rdf_fetch import (
    AT_ONCE,
    Said,
    Select,
    Term,
    collected,
    details,
    iri,
    local,
    said_by,
    said_in,
    text,
    values_of,
)
from graph.rdf_terms import (
    ALT_LABEL,
    ANCHOR_OF,
    CLASS_REF,
    DERIVED_FROM,
    EARLIEST,
    IDENT_REF,
    LABEL,
    LATEST,
    OBJECT,
    PREDICATE,
    PROPERTY,
    SAME_AS,
    SUBJECT,
    TYPE,
    VALUE,
    VERSION,
    entity_classes,
)
from graph.vocab import Namespaces, slug


def read_statements(select: Select, ids: Iterable[str], ns: Namespaces) -> Iterator[Statement]:
    """Give the statements with these ids, in the same order, without those that the store does not have.

    `select` answers a SPARQL query (`Store.select`). A literal comes back as the store spells it.
    """
    wanted = [ns.statement(id_) for id_ in ids]
    for start in range(0, len(wanted), AT_ONCE):
        chunk = wanted[start : start + AT_ONCE]
        shelf = _Shelf.of_statements(select, chunk, ns)
        yield from (shelf.statement(node) for node in chunk if node in shelf.said)


def read_article(select: Select, article: str, ns: Namespaces) -> list[Statement]:
    """Return all statements of the article with that id, as they are at one moment, in the order of its text.

    Takes a fraction of the time of `read_statements`.
    """
    shelf = _Shelf.of_article(select, article, ns)
    return sorted(map(shelf.statement, shelf.articles), key=lambda each: (each.start, each.id))


def read_sound(
    select: Select, article: str, ns: Namespaces
) -> tuple[list[Statement], dict[str, EntityType | None]]:
    """Return what `read_article` does, and the entities that the article uses with the type that it gives.

    A statement that lacks something, since a user has changed the graph, is left out.
    """
    shelf = _Shelf.of_article(select, article, ns)
    found = []
    for node in shelf.articles:
        with suppress(AssertionError, AttributeError, LookupError, ValueError):
            found.append(shelf.statement(node))
    return sorted(found, key=lambda each: (each.start, each.id)), shelf.uses(article)


def read_entities(select: Select, ids: Iterable[str], ns: Namespaces) -> Iterator[Entity]:
    """Give the entities with these ids, in the same order, without those that the store does not have.

    Where articles differ, the label is the one that the id was made of, the others are aliases, and the
    type is the first in the order of `EntityType`.
    """
    wanted = [ns.entity(id_) for id_ in ids]
    for start in range(0, len(wanted), AT_ONCE):
        chunk = wanted[start : start + AT_ONCE]
        said = collected(select(f"SELECT ?node ?p ?o WHERE {{ {values_of(chunk)} ?node ?p ?o }}"))
        yield from (_entity(node, said[node], ns) for node in chunk if TYPE in said.get(node, {}))


def read_reading(quads: Iterable[Quad], article: Article, ns: Namespaces) -> tuple[Reading, str]:
    """Make the reading again whose `reading_quads` the graph of an article holds, and say what read it.

    Raises ValueError if `quads` are no such graph.
    """
    about: defaultdict[NamedNode, dict[NamedNode, list[Term]]] = defaultdict(dict)
    try:
        for quad in quads:
            value = quad.object if isinstance(quad.object, Literal) else iri(quad.object)  # type: ignore[arg-type]
            about[iri(quad.subject)].setdefault(quad.predicate, []).append(value)  # type: ignore[arg-type]
        said = dict(about)
        shelf = _Shelf(said, _articles(said, ns), entity_classes(ns), ns)
        statements = sorted(map(shelf.statement, shelf.articles), key=lambda each: (each.start, each.id))
        uses = [each for each in said.values() if each.get(TYPE) == [ns.kg("EntityUse")]]
        entities = [_used(use, ns) for use in uses if use[CLASS_REF] != [PROPERTY]]
        (run,) = said[ns.part(article.id, "run")][VERSION]
        return Reading(article, tuple(statements), tuple(entities), _mentions(said, ns)), text(run)
    except (LookupError, AssertionError, ValueError, StopIteration) as error:
        raise ValueError(f"The graph of article {article.id} is not as it was read ({error}).") from error


def read_mentions(select: Select, article: str, ns: Namespaces) -> tuple[Mention, ...]:
    """Return the mentions in one article, in the order of the text."""
    rows = select(
        f"SELECT ?span ?entity ?text WHERE {{ GRAPH {ns.article(article)} {{"
        " ?span itsrdf:taIdentRef ?entity ; nif:anchorOf ?text } }"
    )
    return _in_order(
        Mention(local(iri(row["entity"]), ns.prefixes[""]), text(row["text"]), *_offsets(iri(row["span"])))
        for row in rows
    )


def _mentions(said: Mapping[NamedNode, Said], ns: Namespaces) -> tuple[Mention, ...]:
    return _in_order(
        Mention(local(iri(entity), ns.prefixes[""]), text(about[ANCHOR_OF][0]), *_offsets(span))
        for span, about in said.items()
        if ANCHOR_OF in about
        for entity in about.get(IDENT_REF, ())
    )


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.entity)))


def _used(use: Said, ns: Namespaces) -> Entity:
    """Make an entity as one article names it."""
    stands_for = use.get(ns.kg("standsFor"), ())
    return Entity(
        local(iri(use[IDENT_REF][0]), ns.prefixes[""]),
        text(use[LABEL][0]),
        entity_classes(ns)[iri(use[CLASS_REF][0])],
        tuple(sorted(text(term) for term in use.get(ALT_LABEL, ()))),
        tuple(sorted(iri(term).value for term in use.get(SAME_AS, ()))),
        local(iri(stands_for[0]), ns.prefixes[""]) if stands_for else None,
        tuple(sorted(local(iri(term), ns.prefixes[""]) for term in use.get(ns.kg("mentions"), ()))),
    )


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All that is needed to make some statements: what each node says, and the articles of the statements."""

    said: Mapping[NamedNode, Said]
    articles: Mapping[NamedNode, str]
    types: Mapping[NamedNode, EntityType]
    ns: Namespaces

    @classmethod
    def of_statements(cls, select: Select, nodes: Sequence[NamedNode], ns: Namespaces) -> _Shelf:
        """Fetch the statements `nodes`, then their arguments, then what describes the ends of both."""
        said = said_by(select, nodes)
        articles = _articles(said, ns)
        owners = {
            iri(part): articles[node]
            for node, about in said.items()
            for part in about.get(ns.kg("argument"), ())
        }
        said |= said_by(select, list(owners))
        said |= details(select, said, articles | owners, ns)
        return cls(said, articles, entity_classes(ns), ns)

    @classmethod
    def of_article(cls, select: Select, id_: str, ns: Namespaces) -> _Shelf:
        """Fetch all statements of one article."""
        said = said_in(select, id_, ns)
        return cls(said, _articles(said, ns), entity_classes(ns), ns)

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
        start, end = _offsets(sentence)
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
        return Node(id_, text(use[LABEL][0]), type_, self._words(span), *_offsets(span))

    def _value(self, term: Term, mention: Term, article: str) -> Node | Value:
        if not isinstance(term, Literal):
            return self._node(term, mention, article)
        span = iri(mention)
        return Value(term.value, self.ns.datatype_name(term.datatype), self._words(span), *_offsets(span))

    def _predicate(self, relation: NamedNode, span: NamedNode, article: str) -> Predicate:
        namespace = self.ns.prefixes["rel"]
        use = self.said[self.ns.part(article, f"relation={local(relation, namespace)}")]
        broader = sorted(local(iri(term), namespace) for term in use.get(self.ns.kg("broader"), ()))
        return Predicate(
            local(relation, namespace),
            text(use[LABEL][0]),
            self._words(span),
            *_offsets(span),
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


def _entity(node: NamedNode, said: Said, ns: Namespaces) -> Entity:
    id_ = local(node, ns.prefixes[""])
    labels = sorted(
        (text(term) for term in said.get(LABEL, ())), key=lambda label: (slug(label) != id_, label)
    )
    known = entity_classes(ns)
    types = {known[term] for term in said[TYPE] if isinstance(term, NamedNode) and term in known}
    stands_for = sorted(local(iri(term), ns.prefixes[""]) for term in said.get(ns.kg("standsFor"), ()))
    return Entity(
        id_,
        labels[0] if labels else id_,
        next(type_ for type_ in EntityType if type_ in types),
        tuple(sorted({*labels[1:], *(text(term) for term in said.get(ALT_LABEL, ()))} - {*labels[:1]})),
        tuple(sorted(iri(term).value for term in said.get(SAME_AS, ()))),
        stands_for[0] if stands_for else None,
        tuple(sorted(local(iri(term), ns.prefixes[""]) for term in said.get(ns.kg("mentions"), ()))),
    )


def _articles(said: Mapping[NamedNode, Said], ns: Namespaces) -> dict[NamedNode, str]:
    """Find the statements among the nodes, each with the id of its article, which its evidence tells."""
    namespace = ns.article("").value
    return {
        node: local(iri(about[DERIVED_FROM][0]), namespace).partition("#")[0]
        for node, about in said.items()
        if DERIVED_FROM in about
    }


def _offsets(span: NamedNode) -> tuple[int, int]:
    start, _, end = span.value.rpartition("=")[2].partition(",")
    return int(start), int(end)


def _day(terms: Sequence[Term] | None) -> date | None:
    return date.fromisoformat(text(terms[0])) if terms else None
