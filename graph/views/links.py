"""Links: statements as what they join, fetched for some entities at a time and never more than a budget.

A walk through the graph (a path, a neighbourhood) needs of a statement only its ends; the few that are on
the way are read whole afterwards. Each link is one row of an index look-up from an entity's end.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode

from graph.errors import TooWide
from graph.model import EntityType, Polarity
from graph.store.archive import Archive
from graph.store.base import Row
from graph.store.index_reading import batches
from graph.views.entity_reads import read_entities
from graph.views.filters import StatementFilter
from graph.views.patterns import narrower, selection
from graph.views.terms import local, number, text, values
from graph.vocab import Namespaces

MOST_STATEMENTS = 50_000
"""Statements that one question may fetch the ends of, where nothing else is said."""
AT_ONCE: Final = 200
"""Entities whose links one query asks for."""
_LINK: Final = """
?id rdf:subject ?s . ?id rdf:object ?o . ?id rdf:predicate ?p . ?id kg:polarity ?how ."""
_OWN_WORDS: Final = """
?id kg:modality ?said . FILTER(?said != kg:claimed) FILTER NOT EXISTS { ?id kg:attributedTo ?someone . }"""
_SHOWN: Final = "?id ?article ?s ?p ?o ?how"
_ENDS: Final = ("?id rdf:subject ?node .", "?id rdf:object ?node .")
_DEGREES: Final = """
SELECT ?node (COUNT(?id) AS ?links) WHERE {{
  {nodes} GRAPH ?article {{ {{ ?id rdf:subject ?node . }} UNION {{ ?id rdf:object ?node . }} }}
}} GROUP BY ?node"""
_CLASSES: Final = "SELECT ?node ?class WHERE {{ {nodes} ?node rdf:type ?class . }}"
_NARROW: Final = "narrow it with predicate, article, from, to or minConfidence"


@dataclass(frozen=True, slots=True)
class Link:
    """A statement as an edge: `object` is the id of an entity, or None if it is a value."""

    statement: str
    article: str
    subject: str
    predicate: str
    object: str | None
    polarity: Polarity
    value: str = ""


@dataclass(slots=True)
class Budget:
    """How much of the graph one question may touch: statements and entities, and seconds from now on."""

    statements: int = field(default_factory=lambda: MOST_STATEMENTS)
    entities: int = 20_000
    seconds: float = 8.0
    spent: int = 0
    _ends: float = field(init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.seconds

    @property
    def left(self) -> int:
        """Statements that may still be fetched."""
        return self.statements - self.spent

    def spend(self, statements: int) -> None:
        """Count what was fetched. Raises TooWide, saying what to do, if that is too much."""
        self.spent += statements
        if self.spent > self.statements:
            raise TooWide(
                f"The question leads to more than {self.statements:,} statements; {_NARROW}, or go less far."
            )
        self.check_time()

    def check_time(self) -> None:
        """Raise TooWide if the time is over."""
        if time.monotonic() > self._ends:
            raise TooWide(
                f"The question takes more than {self.seconds:g} seconds; {_NARROW}, or go less far."
            )

    def check_entities(self, entities: int) -> None:
        """Raise TooWide if these are too many."""
        if entities > self.entities:
            raise TooWide(
                f"The question leads to more than {self.entities:,} entities; {_NARROW}, or go less far."
            )


class Links:
    """Fetches the links that a filter describes, within a budget.

    `own_words` leaves out what an article only has somebody say. Raises BadFilter for a filter that cannot be
    used, and each method TooWide beyond the budget.
    """

    def __init__(
        self, archive: Archive, wanted: StatementFilter, budget: Budget, *, own_words: bool = False
    ) -> None:
        self.budget = budget
        self._archive, self._wanted = archive, wanted
        self._relations = narrower(archive, wanted)
        self._also = _OWN_WORDS if own_words else ""
        self._degrees: dict[str, int] = {}
        selection(wanted, archive.ns, self._relations)

    def of(self, nodes: Sequence[str], *, subjects_only: bool = False) -> list[Link]:
        """Fetch the links that have one of `nodes` at an end (or as their subject only), each once."""
        found: dict[str, Link] = {}
        for part in batches(nodes, AT_ONCE):
            ends = values("node", map(self._archive.ns.entity, part))
            for end in _ENDS[:1] if subjects_only else _ENDS:
                for link in self._fetch(f"{ends} {end}"):
                    found[link.statement] = link
        return list(found.values())

    def all(self) -> list[Link]:
        """Fetch every link that the filter describes."""
        return self._fetch("")

    def degree(self, nodes: Iterable[str]) -> int:
        """Count the statements at `nodes`, whatever the filter: what it costs to fetch their links."""
        wanted = list(nodes)
        missing = [id_ for id_ in wanted if id_ not in self._degrees]
        ns = self._archive.ns
        for part in batches(missing, AT_ONCE):
            self._degrees |= dict.fromkeys(part, 0)
            query = _DEGREES.format(nodes=values("node", map(ns.entity, part)))
            for row in self._archive.store.select(query):
                if row["node"] is not None:  # the group of no rows
                    self._degrees[local(row["node"], ns.prefixes[""])] = number(row["links"])
            self.budget.check_time()
        return sum(self._degrees[id_] for id_ in wanted)

    def _fetch(self, ends: str) -> list[Link]:
        chosen = selection(
            self._wanted, self._archive.ns, self._relations, shown=_SHOWN, also=ends + _LINK + self._also
        )
        query = f"{chosen.query} LIMIT {self.budget.left + 1}"
        rows = list(self._archive.store.select(query, chosen.bindings))
        self.budget.spend(len(rows))
        return [_link(row, self._archive.ns) for row in rows]


def concepts_of(archive: Archive, ids: Iterable[str]) -> set[str]:
    """Give those of `ids` that are concepts: phrases that name no entity."""
    ns, given = archive.ns, list(ids)
    concept = ns.prefixes["skos"] + EntityType.CONCEPT
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for part in batches(given, AT_ONCE):
        nodes = values("node", map(ns.entity, part))
        for row in archive.store.select(_CLASSES.format(nodes=nodes)):
            classes[local(row["node"], ns.prefixes[""])].add(text(row["class"]))
    some = [id_ for id_ in given if concept in classes[id_]]
    doubtful = read_entities(archive, [id_ for id_ in some if len(classes[id_]) > 1])
    return {id_ for id_ in some if id_ not in doubtful or doubtful[id_].type is EntityType.CONCEPT}


def _link(row: Row, ns: Namespaces) -> Link:
    object_, start = row["o"], ns.prefixes[""]
    entity = isinstance(object_, NamedNode) and object_.value.startswith(start)
    return Link(
        local(row["id"], ns.statement("").value),
        local(row["article"], ns.article("").value),
        local(row["s"], start),
        local(row["p"], ns.prefixes["rel"]),
        local(object_, start) if entity else None,
        Polarity(local(row["how"], ns.prefixes["kg"])),
        "" if entity else str(object_),
    )
