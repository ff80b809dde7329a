"""Entities: one, a list, and the neighbours of one."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from graph import rdf_read
from graph.errors import NotFound
from graph.model import Entity, EntityType
from graph.rdf_fetch import iri
from graph.rdf_terms import entity_class, entity_classes
from graph.store.archive import Archive
from graph.store.base import Term
from graph.views.paging import Page, checked_limit, cursor_after, place_of
from graph.views.terms import local, number, similar, text, values
from graph.vocab import Namespaces

_T = TypeVar("_T")

_ELSEWHERE = (
    "`newsgraph query entities` lists those with the most statements, "
    "and GET /v1/entities?q=NAME finds a name."
)
_LIKE = 0.7
"""Likeness (0 to 1) of an id or a name to the one that was asked for."""
BATCH = 500
"""Entities that one query asks for."""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity, and the number of statements about it (at either end, or in an argument)."""

    entity: Entity
    statements: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entity at the other end of statements; `predicates` with their counts, the most frequent first."""

    entity: Entity
    predicates: tuple[tuple[str, int], ...]
    statements: int


_TYPES = "SELECT ?entity ?class WHERE {{ {entities} {classes} ?entity rdf:type ?class . }}"

_VOTES = """
SELECT ?entity ?class (COUNT(?use) AS ?votes) WHERE {{
  {entities} GRAPH ?article {{ ?use itsrdf:taIdentRef ?entity . ?use itsrdf:taClassRef ?class . }}
}} GROUP BY ?entity ?class"""

_COUNTS = """
SELECT ?entity (COUNT(DISTINCT ?id) AS ?statements) WHERE {{
  {entities}
  GRAPH ?article {{
    {{ ?id rdf:subject ?entity . }} UNION {{ ?id rdf:object ?entity . }}
    UNION {{ ?argument rdf:value ?entity . ?id kg:argument ?argument . }}
  }}
}} GROUP BY ?entity"""

_CANDIDATES = """
SELECT DISTINCT ?entity ?class WHERE {{
  {classes} ?entity rdf:type ?class .
  {words}
}}"""
_WORDS = """
  VALUES ?names { rdfs:label skos:altLabel }
  ?entity ?names ?name . FILTER(CONTAINS(LCASE(?name), ?q))"""

_NEIGHBOURS = """
SELECT ?other ?predicate (COUNT(?id) AS ?statements) WHERE {
  GRAPH ?article {
    { ?id rdf:subject ?entity . ?id rdf:object ?other . }
    UNION { ?id rdf:object ?entity . ?id rdf:subject ?other . }
    ?id rdf:predicate ?predicate .
  }
  FILTER(isIRI(?other) && ?other != ?entity)
} GROUP BY ?other ?predicate"""

_NEAR = """
SELECT ?entity ?name WHERE {
  ?entity rdfs:label ?name . FILTER(CONTAINS(LCASE(?name), ?first) || CONTAINS(LCASE(?name), ?last))
} LIMIT 1000"""


def entities(
    archive: Archive,
    *,
    q: str | None = None,
    type: EntityType | None = None,  # noqa: A002  the name of the filter, as in HTTP
    after: str | None = None,
    limit: int = 50,
) -> Page[EntityRecord]:
    """List entities, those with the most statements first; ties by id.

    `q` stands, in any case, in the label or an alias. Raises BadFilter for a limit or cursor that
    cannot be used.
    """
    limit = checked_limit(limit)
    question = ("entities", q, type and EntityType(type))
    place = None if after is None else place_of(after, question, (int, str))
    found = entity_ids(archive, q, type)
    counts = _counts(archive, found)
    keys = sorted((-counts[id_], id_) for id_ in found)
    if place is not None:
        keys = [key for key in keys if key > (-int(place[0]), str(place[1]))]
    known = read_entities(archive, [id_ for _, id_ in keys[:limit]])
    items = tuple(EntityRecord(known[id_], -count) for count, id_ in keys[:limit] if id_ in known)
    more = len(keys) > limit
    return Page(items, cursor_after((-keys[limit - 1][0], keys[limit - 1][1]), question) if more else None)


def entity(archive: Archive, id_: str) -> EntityRecord:
    """Give one entity; raises NotFound, which names near ids."""
    try:
        found = read_entities(archive, [id_])
    except ValueError:  # what cannot stand in an IRI is no id
        found = {}
    if id_ not in found:
        near = _near(archive, id_)
        hint = f"near it are {', '.join(near)}." if near else _ELSEWHERE
        raise NotFound(f"No entity has the id {id_!r}; {hint}")
    return EntityRecord(found[id_], _counts(archive, [id_])[id_])


def neighbours(archive: Archive, id_: str, limit: int = 50) -> tuple[Neighbour, ...]:
    """Give the entities at the other end of the statements of one, those with the most statements first.

    Raises NotFound, which names near ids; BadFilter for a limit out of range.
    """
    limit = checked_limit(limit)
    entity(archive, id_)
    ns = archive.ns
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in archive.store.select(_NEIGHBOURS, {"entity": ns.entity(id_)}):
        other, predicate = local(row["other"], ns.prefixes[""]), local(row["predicate"], ns.prefixes["rel"])
        found[other][predicate] += number(row["statements"])
    order = sorted(found, key=lambda other: (-found[other].total(), other))[:limit]
    known = read_entities(archive, order)
    return tuple(
        Neighbour(
            known[other],
            tuple(sorted(found[other].items(), key=lambda pair: (-pair[1], pair[0]))),
            found[other].total(),
        )
        for other in order
        if other in known
    )


def entity_records(archive: Archive, ids: Sequence[str]) -> dict[str, EntityRecord]:
    """Read those of the entities `ids` that there are, with the number of their statements."""
    if not ids:
        return {}
    counts = _counts(archive, ids)
    return {id_: EntityRecord(one, counts[id_]) for id_, one in read_entities(archive, ids).items()}


def read_entities(archive: Archive, ids: Sequence[str]) -> dict[str, Entity]:
    """Read those of the entities `ids` that there are, each with the type that most articles give it.

    Raises ValueError for an id that cannot stand in an IRI.
    """
    known = {each.id: each for each in rdf_read.read_entities(archive.store.select, ids, archive.ns)}
    for id_, type_ in _disputed_types(archive, list(known)).items():
        known[id_] = replace(known[id_], type=type_)
    return known


def batches(items: Iterable[_T], size: int) -> Iterable[list[_T]]:
    """Split `items` into lists of at most `size`."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def _disputed_types(archive: Archive, ids: Sequence[str]) -> dict[str, EntityType]:
    """Give the type of those of `ids` that have several: what most articles say, ties by EntityType."""
    ns, types, order = archive.ns, entity_classes(archive.ns), list(EntityType)
    given: defaultdict[str, dict[EntityType, int]] = defaultdict(dict)
    for batch in batches(ids, BATCH):
        query = _TYPES.format(entities=_these(batch, ns), classes=values("class", types))
        for row in archive.store.select(query):
            given[local(row["entity"], ns.prefixes[""])][types[iri(row["class"])]] = 0
    disputed = {id_: votes for id_, votes in given.items() if len(votes) > 1}
    for batch in batches(disputed, BATCH):
        for row in archive.store.select(_VOTES.format(entities=_these(batch, ns))):
            disputed[local(row["entity"], ns.prefixes[""])][types[iri(row["class"])]] = number(row["votes"])
    return {
        id_: min(votes, key=lambda type_: (-votes[type_], order.index(type_)))
        for id_, votes in disputed.items()
    }


def entity_ids(archive: Archive, q: str | None = None, type_: EntityType | None = None) -> list[str]:
    """Find the ids of the entities with that word in a name, and of that type."""
    ns = archive.ns
    classes = entity_classes(ns)
    query = _CANDIDATES.format(classes=values("class", classes), words=_WORDS if q else "")
    bindings: dict[str, Term] = {"q": Literal(q.lower())} if q else {}
    found: defaultdict[str, list[Term | None]] = defaultdict(list)
    for row in archive.store.select(query, bindings):
        found[local(row["entity"], ns.prefixes[""])].append(row["class"])
    if type_ is None:
        return list(found)
    wanted = entity_class(EntityType(type_), ns)
    fitting = [id_ for id_, given in found.items() if wanted in given]
    doubtful = _disputed_types(archive, [id_ for id_ in fitting if len(found[id_]) > 1])
    return [id_ for id_ in fitting if doubtful.get(id_, type_) == type_]


def _counts(archive: Archive, ids: Sequence[str]) -> Counter[str]:
    """Count the statements about each of `ids`."""
    these = _these(ids, archive.ns) if len(ids) <= BATCH else ""
    counts: Counter[str] = Counter()
    for row in archive.store.select(_COUNTS.format(entities=these)):
        if isinstance(row["entity"], NamedNode):
            counts[local(row["entity"], archive.ns.prefixes[""])] = number(row["statements"])
    return counts


def _near(archive: Archive, id_: str) -> list[str]:
    """Find ids of entities whose id or label looks like `id_`; parts of its words lead there."""
    words = [word.lower() for word in id_.replace("_", " ").split()] or [""]
    parts: dict[str, Term] = {"first": similar(words[0][:3]), "last": similar(words[-1][:3])}
    names = {}
    for row in archive.store.select(_NEAR, parts):
        if text(row["entity"]).startswith(archive.ns.prefixes[""]):
            other = local(row["entity"], archive.ns.prefixes[""])
            names[text(row["name"]).lower()] = names[other.lower()] = other
    asked = id_.lower()
    ways = (asked, asked.replace("_", " "))
    close = [name for way in ways for name in difflib.get_close_matches(way, names, n=6, cutoff=_LIKE)]
    return list(dict.fromkeys(names[name] for name in close))[:3]


def _these(ids: Iterable[str], ns: Namespaces) -> str:
    return values("entity", [ns.entity(id_) for id_ in ids])
