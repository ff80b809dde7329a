"""The way back from RDF: nodes of the store become statements, entities and mentions again.

Every look-up (`rdf_fetch.py`) is a plain one, "what these nodes say", in a few rounds for a whole page:
the statements, their arguments, then the phrases and the entities that both name. It needs no OPTIONAL
and no luck with an engine's optimiser. Labels and types are those that the statement's own article
gives, so a statement comes back as it was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from pyoxigraph import Literal, NamedNode, Quad

from graph.model import (
    Article,
    Entity,
    EntityType,
    Mention,
    Reading,
    Statement,
)
from graph.rdf_fetch import (
    AT_ONCE,
    Said,
    Select,
    Term,
    collected,
    iri,
    local,
    text,
    values_of,
)
from graph.rdf_shelf import Shelf, articles_of, offsets
from graph.rdf_terms import (
    ALT_LABEL,
    ANCHOR_OF,
    CLASS_REF,
    IDENT_REF,
    LABEL,
    PROPERTY,
    SAME_AS,
    TYPE,
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
        shelf = Shelf.of_statements(select, chunk, ns)
        yield from (shelf.statement(node) for node in chunk if node in shelf.said)


def read_article(select: Select, article: str, ns: Namespaces) -> list[Statement]:
    """Return all statements of the article with that id, as they are at one moment, in the order of its text.

    Takes a fraction of the time of `read_statements`.
    """
    shelf = Shelf.of_article(select, article, ns)
    return sorted(map(shelf.statement, shelf.articles), key=lambda each: (each.start, each.id))


def read_sound(
    select: Select, article: str, ns: Namespaces
) -> tuple[list[Statement], dict[str, EntityType | None]]:
    """Return what `read_article` does, and the entities that the article uses with the type that it gives.

    A statement that lacks something, since a user has changed the graph, is left out.
    """
    shelf = Shelf.of_article(select, article, ns)
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
        shelf = Shelf(said, articles_of(said, ns), entity_classes(ns), ns)
        statements = sorted(map(shelf.statement, shelf.articles), key=lambda each: (each.start, each.id))
        uses = [each for each in said.values() if each.get(TYPE) == [ns.kg("EntityUse")]]
        entities = [_used(use, ns) for use in uses if use[CLASS_REF] != [PROPERTY]]
        (run,) = said[ns.part(article.id, "run")][VERSION]
        return Reading(article, tuple(statements), tuple(entities), _mentions(said, ns)), text(run)
    except (LookupError, AssertionError, ValueError, StopIteration) as error:
        raise ValueError(f"The graph of article {article.id} is not as it was read ({error}).") from error


def read_uses(quads: Iterable[Quad], ns: Namespaces) -> list[Entity]:
    """Make the entities again whose uses by one article are in `quads`, which hold nothing else."""
    about: defaultdict[NamedNode, dict[NamedNode, list[Term]]] = defaultdict(dict)
    for quad in quads:
        about[iri(quad.subject)].setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type]
    return [_used(use, ns) for use in about.values()]


def read_mentions(select: Select, article: str, ns: Namespaces) -> tuple[Mention, ...]:
    """Return the mentions in one article, in the order of the text."""
    rows = select(
        f"SELECT ?span ?entity ?text WHERE {{ GRAPH {ns.article(article)} {{"
        " ?span itsrdf:taIdentRef ?entity ; nif:anchorOf ?text } }"
    )
    return _in_order(
        Mention(local(iri(row["entity"]), ns.prefixes[""]), text(row["text"]), *offsets(iri(row["span"])))
        for row in rows
    )


def _mentions(said: Mapping[NamedNode, Said], ns: Namespaces) -> tuple[Mention, ...]:
    return _in_order(
        Mention(local(iri(entity), ns.prefixes[""]), text(about[ANCHOR_OF][0]), *offsets(span))
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
