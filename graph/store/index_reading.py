"""What of the graph goes into the index: statements and entities of articles, and what these are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from graph.model import EntityType, Node, Statement
from graph.rdf_read import read_sound
from graph.rdf_terms import entity_classes
from graph.store.base import Row, Store
from graph.vocab import Namespaces, slug

_BATCH: Final = 100
# With VALUES for the kind of name the engine would look at all names that there are.
_NAMES: Final = """
SELECT ?entity ?label ?alias ?class WHERE {{
  {{ {entities} ?entity rdfs:label ?label }} UNION {{ {entities} ?entity skos:altLabel ?alias }}
  UNION {{ {entities} ?entity rdf:type ?class }}
}}"""


class Names(NamedTuple):
    """What an entity is called, and the types that it is said to have."""

    label: str
    aliases: tuple[str, ...] = ()
    types: tuple[EntityType, ...] = ()


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
    """Read what entities (None: all) are called and of what types they are."""
    start, classes = ns.prefixes[""], entity_classes(ns)
    found: defaultdict[str, tuple[set[str], set[str], set[EntityType]]]
    found = defaultdict(lambda: (set(), set(), set()))
    for batch in [None] if ids is None else batches(sorted(ids)):
        entities = "" if batch is None else f"VALUES ?entity {{ {' '.join(_iris(batch, ns))} }}"
        for row in store.select(_NAMES.format(entities=entities)):
            if id_ := _entity(row, start):
                labels, aliases, types = found[id_]
                given = row["class"]
                if given in classes:
                    types.add(classes[given])  # type: ignore[index]
                elif given is None:
                    (aliases if row["label"] is None else labels).add(_text(row["label"] or row["alias"]))
    return {id_: _called(id_, *names) for id_, names in found.items()}


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


def _entity(row: Row, start: str) -> str | None:
    """Give the id of an entity; None for what is no entity of ours."""
    term = row["entity"]
    if isinstance(term, NamedNode) and term.value.startswith(start) and term.value != start:
        return term.value.removeprefix(start)
    return None


def _called(id_: str, labels: set[str], aliases: set[str], types: set[EntityType]) -> Names:
    """Choose the label as `rdf_read` does: the one that the id was made of."""
    label, *others = sorted(labels, key=lambda name: (slug(name) != id_, name)) or [""]
    names = tuple(sorted({*others, *aliases} - {label, ""}))
    return Names(label, names, tuple(type_ for type_ in EntityType if type_ in types))


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
