"""What of the graph goes into the index: statements and entities of articles, and what these are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from graph.model import EntityType, Node, Statement
from graph.rdf_fetch import text
from graph.rdf_read import read_sound
from graph.rdf_terms import entity_classes
from graph.store.base import Store, Term
from graph.vocab import Namespaces, slug

_BATCH: Final = 100
_TELLING: Final = ("rdfs:label", "skos:altLabel", "rdf:type", "schema:sameAs", "kg:standsFor", "kg:mentions")
"""What is read of an entity; a row has the place in this of what it tells."""
# With VALUES for the kind of name the engine would look at all names that there are.
_WAY: Final = "{{ {entities} ?entity {predicate} ?value BIND({place} AS ?way) }}"


_Told: TypeAlias = tuple[set[Term], ...]


class Names(NamedTuple):
    """What an entity is called, the types that it is said to have, and what else is said of it (`Entity`)."""

    label: str
    aliases: tuple[str, ...] = ()
    types: tuple[EntityType, ...] = ()
    same_as: tuple[str, ...] = ()
    stands_for: str | None = None
    mentions: tuple[str, ...] = ()


class End(NamedTuple):
    """An entity in an article: the type that the article gives it, and its statements about it."""

    type: EntityType | None
    statements: int


@dataclass(frozen=True, slots=True)
class Part:
    """What of an article is in the index; `ends` are the entities that it names, by their ids."""

    article: str
    said: tuple[Statement, ...]
    ends: Mapping[str, End]


def read_part(store: Store, article: str, ns: Namespaces) -> Part:
    """Read what of an article goes into the index."""
    said, types = read_sound(store.select, article, ns)
    counts = Counter(id_ for one in said for id_ in _about(one))
    named = {*counts, *types, *(id_ for one in said for id_ in _beside(one))}
    ends = {id_: End(types.get(id_), counts[id_]) for id_ in sorted(named)}
    return Part(article, tuple(said), ends)


def read_names(store: Store, ids: Collection[str] | None, ns: Namespaces) -> dict[str, Names]:
    """Read what entities (None: all) are called, of what types they are, and what else is said of them."""
    start, known = ns.prefixes[""], entity_classes(ns)
    found: defaultdict[str, _Told] = defaultdict(lambda: tuple(set() for _ in _TELLING))
    for batch in [None] if ids is None else batches(sorted(ids)):
        entities = "" if batch is None else f"VALUES ?entity {{ {' '.join(_iris(batch, ns))} }}"
        ways = (
            _WAY.format(entities=entities, predicate=predicate, place=place)
            for place, predicate in enumerate(_TELLING)
        )
        for row in store.select(f"SELECT ?entity ?way ?value WHERE {{ {' UNION '.join(ways)} }}"):
            value = row["value"]
            if (id_ := _id(row["entity"], start)) and value is not None:
                found[id_][int(text(row["way"]))].add(value)
    return {id_: _names(id_, told, known, start) for id_, told in found.items()}


def batches(ids: Iterable[str], size: int = _BATCH) -> Iterator[list[str]]:
    """Split ids into lists of at most `size`, so many as one query asks for."""
    left = iter(ids)
    while batch := list(islice(left, size)):
        yield batch


def _about(said: Statement) -> set[str]:
    """Give the entities at the ends of a statement and in its arguments."""
    parts = (said.subject, said.object, *(one.value for one in said.arguments))
    return {part.id for part in parts if isinstance(part, Node)}


def _beside(said: Statement) -> set[str]:
    """Give the other entities that a statement names."""
    return {part.id for part in (said.attributed_to, said.place) if part is not None}


def _iris(ids: Iterable[str], ns: Namespaces) -> Iterator[str]:
    return (str(ns.entity(id_)) for id_ in ids)


def _id(term: Term | None, start: str) -> str | None:
    """Give the id of an entity; None for what is no entity of ours."""
    if isinstance(term, NamedNode) and term.value.startswith(start) and term.value != start:
        return term.value.removeprefix(start)
    return None


def _names(id_: str, told: _Told, known: Mapping[NamedNode, EntityType], start: str) -> Names:
    """Choose the label as `rdf_read` does: the one that the id was made of."""
    labels, aliases, classes, same, stands_for, mentions = told
    label, *others = sorted(map(_text, labels), key=lambda name: (slug(name) != id_, name)) or [""]
    types = {known[term] for term in classes if isinstance(term, NamedNode) and term in known}
    return Names(
        label,
        tuple(sorted({*others, *map(_text, aliases)} - {label, ""})),
        tuple(type_ for type_ in EntityType if type_ in types),
        tuple(sorted(term.value for term in same if isinstance(term, NamedNode))),
        min(filter(None, (_id(term, start) for term in stands_for)), default=None),
        tuple(sorted(filter(None, (_id(term, start) for term in mentions)))),
    )


def _text(term: Term) -> str:
    return str(getattr(term, "value", ""))
