"""The bridge from text to RDF: a reading becomes quads. The way back is `graph/rdf_read.py`.

Each quad lives in exactly one graph. The default graph holds the plain triples, each once however
many articles say it; the named graph of an article holds all that the article says, and how:

    :Xi_Jinping rel:visit :Moscow .                         # default graph
    GRAPH <article> { <statement> a kg:Statement ; rdf:subject :Xi_Jinping ; kg:modality kg:planned ; ... }

A plain triple stays as long as an article *supports* it: with a positive `kg:Statement`, or with a
`kg:EntityUse` that repeats what the default graph says of an entity or a relation. Each of those
carries `kg:supports` with a key made from the triple, so that one index look-up finds out whether
another article says a triple too, however large the store is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph.model import Article, Entity, Mention, Node, Polarity, Predicate, Reading, Statement, Value
from graph.rdf_terms import (
    ALT_LABEL,
    ANCHOR_OF,
    BEGIN_INDEX,
    CLASS_REF,
    DATE,
    DEFAULT,
    DERIVED_FROM,
    EARLIEST,
    END_INDEX,
    IDENT_REF,
    LABEL,
    LATEST,
    OBJECT,
    PHRASE,
    PREDICATE,
    PROPERTY,
    SAME_AS,
    SENTENCE,
    SUBJECT,
    TYPE,
    VALUE,
    VERSION,
    entity_class,
    stored_form,
    triple_key,
)
from graph.vocab import PROV, SCHEMA, XSD, Namespaces

Facts: TypeAlias = Iterator[tuple[NamedNode, NamedNode | Literal]]


def reading_quads(reading: Reading, ns: Namespaces, run: str) -> Iterator[Quad]:
    """Give all quads of a reading, each once; `run` says what read it (program and model, with versions)."""
    return _once(_reading_quads(reading, ns, run))


def statement_quads(statement: Statement, ns: Namespaces) -> Iterator[Quad]:
    """Give the quads of one statement: its part of the article's graph and, unless denied, the triple."""
    return _once(_statement_quads(statement, ns))


def entity_quads(entity: Entity, article: Article, ns: Namespaces) -> Iterator[Quad]:
    """Give what an article says of an entity: the plain triples, and its use of the entity."""
    use = ns.part(article.id, f"entity={entity.id}")
    yield from _use_quads(use, ns.entity(entity.id), _entity_facts(entity, ns), ns)


def supported_triples(quads: Iterable[Quad], ns: Namespaces) -> set[Triple]:
    """Return the plain triples that the article whose graph is `quads` supports."""
    about: defaultdict[object, list[Quad]] = defaultdict(list)
    for quad in quads:
        about[quad.subject].append(quad)
    use, positive = ns.kg("EntityUse"), ns.kg("positive")
    found: set[Triple] = set()
    for group in about.values():
        values = {quad.predicate: quad.object for quad in group}
        if values.get(ns.kg("polarity")) == positive:
            found.add(Triple(values[SUBJECT], values[PREDICATE], values[OBJECT]))  # type: ignore[arg-type]
        elif values.get(TYPE) == use:
            found.update(_use_triples(group, values[IDENT_REF], ns))
    return found


def _once(quads: Iterable[Quad]) -> Iterator[Quad]:
    seen: set[Quad] = set()
    for quad in quads:
        if quad not in seen:
            seen.add(quad)
            yield quad


def _reading_quads(reading: Reading, ns: Namespaces, run: str) -> Iterator[Quad]:
    article = reading.article
    yield from _article_quads(article, ns, run)
    for entity in entities_of(reading):
        yield from entity_quads(entity, article, ns)
    for predicate in {
        statement.predicate.id: statement.predicate for statement in reading.statements
    }.values():
        use = ns.part(article.id, f"relation={predicate.id}")
        yield from _use_quads(use, ns.relation(predicate.id), _relation_facts(predicate, ns), ns)
    for mention in reading.mentions:
        span = ns.phrase(article.id, mention.start, mention.end)
        yield Quad(span, IDENT_REF, ns.entity(mention.entity), ns.article(article.id))
        yield from _span_quads(article.id, mention, ns)
    for statement in reading.statements:
        yield from _statement_quads(statement, ns)


def entities_of(reading: Reading) -> Iterable[Entity]:
    """Give the entities of a reading, and those that only a statement names."""
    found = {
        node.id: Entity(node.id, node.label, node.type)
        for statement in reading.statements
        for node in nodes(statement)
    }
    found.update((entity.id, entity) for entity in reading.entities)
    return found.values()


def nodes(statement: Statement) -> Iterator[Node]:
    """Give every entity that a statement names, as it names it."""
    arguments = (argument.value for argument in statement.arguments)
    for part in (statement.subject, statement.object, statement.attributed_to, statement.place, *arguments):
        if isinstance(part, Node):
            yield part


def _article_quads(article: Article, ns: Namespaces, run: str) -> Iterator[Quad]:
    graph, activity = ns.article(article.id), ns.part(article.id, "run")
    facts: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, NamedNode(f"{SCHEMA}NewsArticle")),
        (NamedNode(f"{PROV}wasGeneratedBy"), activity),
    ]
    if article.title is not None:
        facts.append((NamedNode(f"{SCHEMA}headline"), Literal(article.title)))
    if article.published is not None:
        facts.append((NamedNode(f"{SCHEMA}datePublished"), _day(article.published.isoformat())))
    if article.url is not None:
        facts.append((NamedNode(f"{SCHEMA}url"), Literal(article.url, datatype=NamedNode(f"{XSD}anyURI"))))
    if article.publisher is not None:
        facts.append((NamedNode(f"{SCHEMA}publisher"), Literal(article.publisher)))
    for predicate, value in facts:
        yield Quad(graph, predicate, value, graph)
    yield Quad(activity, TYPE, NamedNode(f"{PROV}Activity"), graph)
    yield Quad(activity, VERSION, Literal(run), graph)


def _entity_facts(entity: Entity, ns: Namespaces) -> Facts:
    yield TYPE, entity_class(entity.type, ns)
    yield LABEL, _english(entity.label)
    for alias in entity.aliases:
        yield ALT_LABEL, _english(alias)
    for iri in entity.same_as:
        yield SAME_AS, NamedNode(iri)
    if entity.stands_for is not None:
        yield ns.kg("standsFor"), ns.entity(entity.stands_for)
    for id_ in entity.mentions:
        yield ns.kg("mentions"), ns.entity(id_)


def _relation_facts(predicate: Predicate, ns: Namespaces) -> Facts:
    yield TYPE, PROPERTY
    yield LABEL, _english(predicate.label)
    for id_ in predicate.broader:
        yield ns.kg("broader"), ns.relation(id_)


def _use_quads(use: NamedNode, thing: NamedNode, facts: Facts, ns: Namespaces) -> Iterator[Quad]:
    """Give what an article says of an entity or relation: in the default graph, and again as a use of it."""
    graph = NamedNode(use.value.partition("#")[0])
    yield Quad(use, TYPE, ns.kg("EntityUse"), graph)
    yield Quad(use, IDENT_REF, thing, graph)
    for predicate, value in facts:
        yield Quad(thing, predicate, value, DEFAULT)
        yield Quad(use, CLASS_REF if predicate == TYPE else predicate, value, graph)
        yield Quad(use, ns.kg("supports"), triple_key(Triple(thing, predicate, value), ns), graph)


def _use_triples(group: list[Quad], thing: object, ns: Namespaces) -> Iterator[Triple]:
    """Give the plain triples behind the quads of one use; the inverse of `_use_quads`."""
    for quad in group:
        if quad.predicate == CLASS_REF:
            yield Triple(thing, TYPE, quad.object)  # type: ignore[arg-type]
        elif quad.predicate not in (TYPE, IDENT_REF, ns.kg("supports")):
            yield Triple(thing, quad.predicate, quad.object)  # type: ignore[arg-type]


def _statement_quads(statement: Statement, ns: Namespaces) -> Iterator[Quad]:
    graph, node = ns.article(statement.article), ns.statement(statement.id)
    triple = Triple(
        ns.entity(statement.subject.id), ns.relation(statement.predicate.id), _term(statement.object, ns)
    )
    if statement.polarity is Polarity.POSITIVE:
        yield Quad(triple.subject, triple.predicate, triple.object, DEFAULT)
        yield Quad(node, ns.kg("supports"), triple_key(triple, ns), graph)
    yield Quad(node, TYPE, ns.kg("Statement"), graph)
    yield Quad(node, SUBJECT, triple.subject, graph)
    yield Quad(node, PREDICATE, triple.predicate, graph)
    yield Quad(node, OBJECT, triple.object, graph)
    yield Quad(node, ns.kg("modality"), ns.kg(statement.modality.value), graph)
    yield Quad(node, ns.kg("polarity"), ns.kg(statement.polarity.value), graph)
    yield Quad(node, ns.kg("confidence"), stored_form(Literal(float(statement.confidence))), graph)
    if statement.curated_by is not None:
        yield Quad(node, ns.kg("curatedBy"), ns.decision(statement.curated_by), graph)
    yield from _evidence_quads(statement, node, ns)
    yield from _qualifier_quads(statement, node, ns)
    yield from _argument_quads(statement, ns)


def _evidence_quads(statement: Statement, node: NamedNode, ns: Namespaces) -> Iterator[Quad]:
    """Give where the text says it: the sentence, and the phrases of subject, predicate and object."""
    graph = ns.article(statement.article)
    yield Quad(node, DERIVED_FROM, ns.phrase(statement.article, statement.start, statement.end), graph)
    yield from _span_quads(statement.article, statement, ns)
    yield from _mention_quads(node, "subjectMention", statement.subject, statement, ns)
    yield from _mention_quads(node, "predicateSpan", statement.predicate, statement, ns)
    yield from _mention_quads(node, "objectMention", statement.object, statement, ns)


def _qualifier_quads(statement: Statement, node: NamedNode, ns: Namespaces) -> Iterator[Quad]:
    """Give who said it, where and when it happens."""
    graph = ns.article(statement.article)
    if statement.attributed_to is not None:
        yield Quad(node, ns.kg("attributedTo"), ns.entity(statement.attributed_to.id), graph)
        yield from _mention_quads(node, "attributionMention", statement.attributed_to, statement, ns)
    if statement.place is not None:
        yield Quad(node, ns.kg("place"), ns.entity(statement.place.id), graph)
        yield from _mention_quads(node, "placeMention", statement.place, statement, ns)
    if statement.time is not None:
        yield Quad(node, ns.kg("timeText"), _english(statement.time.text), graph)
        if statement.time.start is not None:
            yield Quad(node, EARLIEST, _day(statement.time.start.isoformat()), graph)
        if statement.time.end is not None:
            yield Quad(node, LATEST, _day(statement.time.end.isoformat()), graph)


def _argument_quads(statement: Statement, ns: Namespaces) -> Iterator[Quad]:
    """Give what the clause says beyond its object; an argument's IRI ends with its place in the order."""
    graph, node = ns.article(statement.article), ns.statement(statement.id)
    for position, argument in enumerate(statement.arguments):
        part = NamedNode(f"{node.value}#{position}")
        yield Quad(node, ns.kg("argument"), part, graph)
        yield Quad(part, ns.kg("role"), Literal(argument.role), graph)
        yield Quad(part, VALUE, _term(argument.value, ns), graph)
        yield from _mention_quads(part, "objectMention", argument.value, statement, ns)


def _mention_quads(
    node: NamedNode, term: str, part: Node | Value | Predicate, statement: Statement, ns: Namespaces
) -> Iterator[Quad]:
    span = ns.phrase(statement.article, part.start, part.end)
    yield Quad(node, ns.kg(term), span, ns.article(statement.article))
    yield from _span_quads(statement.article, part, ns)


def _span_quads(
    article: str, part: Statement | Node | Value | Predicate | Mention, ns: Namespaces
) -> Iterator[Quad]:
    graph, span = ns.article(article), ns.phrase(article, part.start, part.end)
    is_sentence = isinstance(part, Statement)
    yield Quad(span, TYPE, SENTENCE if is_sentence else PHRASE, graph)
    yield Quad(span, BEGIN_INDEX, Literal(part.start), graph)
    yield Quad(span, END_INDEX, Literal(part.end), graph)
    yield Quad(span, ANCHOR_OF, Literal(part.sentence if isinstance(part, Statement) else part.text), graph)


def _term(value: Node | Value, ns: Namespaces) -> NamedNode | Literal:
    if isinstance(value, Node):
        return ns.entity(value.id)
    return stored_form(Literal(value.value, datatype=ns.datatype(value.datatype)))


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _day(iso: str) -> Literal:
    return Literal(iso, datatype=DATE)
