"""Ego graphs: what lies around some entities, step by step, the best supported edges first.

An edge is all statements with one subject, predicate, object and polarity, as in `graph.network`. Each step
takes the edges at the entities that the step before has reached, and after the last come the edges between
those at the rim. Where that is more than is wanted, the edges that most articles say are kept, and `LeftOut`
says what is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from graph.errors import BadFilter, TooWide
from graph.model import Polarity, Subgraph
from graph.store.archive import Archive
from graph.views.budget import Budget
from graph.views.entity_reads import entity
from graph.views.filters import StatementFilter
from graph.views.links import Link, Links
from graph.views.near import check_known
from graph.views.parts import subgraph_of
from graph.views.statement_reads import statements_of

MAX_DEPTH: Final = 3
MAX_EDGES: Final = 1000
MAX_ROOTS: Final = 20
_PER_EDGE: Final = 100
_READ: Final = 3000
"""Statements of one edge, and of all, that are read; beyond that one of each edge is."""

EdgeKey: TypeAlias = tuple[str, str, str, Polarity]
"""Subject, predicate, object and polarity; of a value the object is the text and the type of it."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many statements say an edge, in how many articles, whether they were read or not."""

    statements: int
    support: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an ego graph lacks: so many `edges` of the last step, and `statements` of edges that it has.

    `steps` were looked at whole; `stopped` says why it was no more, if not for the number of edges.
    """

    edges: int
    statements: int
    steps: int
    stopped: str | None = None


@dataclass(frozen=True, slots=True)
class Ego:
    """The part of the graph around `about`: each entity in it with its steps from there."""

    about: tuple[str, ...]
    part: Subgraph
    distances: Mapping[str, int]
    weights: Mapping[EdgeKey, Weight]
    left_out: LeftOut | None


def ego(
    archive: Archive,
    about: Sequence[str],
    wanted: StatementFilter | None = None,
    *,
    depth: int = 1,
    edges: int = 200,
    budget: Budget | None = None,
) -> Ego:
    """Give what lies within `depth` steps of the entities `about`; `wanted` must hold for each statement.

    Raises NotFound, which names near ids, BadFilter for numbers that cannot be used, and TooWide if the first
    step is beyond the budget.
    """
    roots = tuple(dict.fromkeys(about))
    _check(roots, depth, edges)
    for id_ in roots:
        entity(archive, id_)
    links = Links(archive, wanted or StatementFilter(), budget or Budget())
    growth = _Growth(links, dict.fromkeys(roots, 0), edges)
    growth.grow(depth)
    if wanted is not None and not growth.kept:
        check_known(archive, wanted)
    chosen = list(_read(growth.kept.values()))
    said = sorted(statements_of(archive, chosen), key=lambda one: (one.article, one.start, one.id))
    weights = {key: _weight(group) for key, group in growth.kept.items()}
    unread = sum(one.statements for one in weights.values()) - len(chosen)
    return Ego(
        roots, subgraph_of(archive, said, roots), growth.distances, weights, growth.left_out(unread, depth)
    )


def _check(roots: Sequence[str], depth: int, edges: int) -> None:
    if not 1 <= len(roots) <= MAX_ROOTS:
        raise BadFilter(f"A graph lies around 1 to {MAX_ROOTS} entities; {len(roots)} are named.")
    for name, value, most in (("depth", depth, MAX_DEPTH), ("edges", edges, MAX_EDGES)):
        if not 1 <= value <= most:
            raise BadFilter(f"The number {name} is {value}; give one from 1 to {most}.")


@dataclass(slots=True)
class _Growth:
    """An ego graph in the making: how far each entity is, and the links of each edge that is kept."""

    links: Links
    distances: dict[str, int]
    most: int
    kept: dict[EdgeKey, list[Link]] = field(default_factory=dict)
    steps: int = 0
    dropped: int = 0
    stopped: str | None = None

    def grow(self, depth: int) -> None:
        """Go so many steps out, as far as there is room; raises TooWide if not even one can be gone."""
        rim = list(self.distances)
        for step in range(1, depth + 1):
            if not self._take(rim, step):
                return
            rim = [id_ for id_, distance in self.distances.items() if distance == step]
        self._close(rim)

    def left_out(self, unread: int, depth: int) -> LeftOut | None:
        """Say what is missing, with so many statements of kept edges that are not read."""
        if not (self.dropped or self.stopped or unread):
            return None
        return LeftOut(self.dropped, unread, min(self.steps, depth), self.stopped)

    def _take(self, rim: Sequence[str], step: int) -> bool:
        """Take the edges at `rim`; tell if there was room for all."""
        try:
            found = self.links.of(rim)
        except TooWide as error:
            if step == 1:
                raise
            self.stopped = str(error)
            return False
        whole = self._keep(found)
        for link in (link for group in self.kept.values() for link in group):
            for id_ in (link.subject, link.object):
                if id_ is not None:
                    self.distances.setdefault(id_, step)
        self.steps = step if whole else step - 1
        return whole

    def _close(self, rim: Sequence[str]) -> None:
        """Take the edges between those at the rim."""
        try:
            if self.links.degree(rim) > self.links.budget.left:
                self.stopped = (
                    "Edges between the outermost entities were not looked for: these have too many."
                )
                return
            found = self.links.between(rim, self.distances)
        except TooWide as error:
            self.stopped = str(error)
            return
        self._keep(found)

    def _keep(self, found: Iterable[Link]) -> bool:
        """Keep the strongest edges of `found` as long as there is room; tell if there was for all."""
        groups: defaultdict[EdgeKey, list[Link]] = defaultdict(list)
        for link in found:
            key = (link.subject, link.predicate, link.object or str(link.value), link.polarity)
            if key not in self.kept:
                groups[key].append(link)
        strongest = sorted(groups, key=lambda key: (groups[key][0].object is None, *_rank(groups[key]), key))
        room = max(0, self.most - len(self.kept))
        self.kept |= {key: groups[key] for key in strongest[:room]}
        self.dropped += len(strongest[room:])
        return not strongest[room:]


def _weight(group: Sequence[Link]) -> Weight:
    return Weight(len(group), len({link.article for link in group}))


def _rank(group: Sequence[Link]) -> tuple[int, int]:
    weight = _weight(group)
    return -weight.support, -weight.statements


def _read(groups: Iterable[Sequence[Link]]) -> Iterable[str]:
    """Choose the statements that are read: of each edge those of different articles first."""
    room = _READ
    for group in groups:
        firsts = {link.article: link.statement for link in reversed(group)}
        others = (link.statement for link in group if firsts[link.article] != link.statement)
        chosen = [*firsts.values(), *others][: max(1, min(_PER_EDGE, room))]
        room -= len(chosen)
        yield from chosen
