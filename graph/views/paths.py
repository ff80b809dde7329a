"""Paths: how two entities are connected, the shortest first, with what is said on each step.

The graph is walked from both ends at once, breadth first: each time the side whose next entities have
fewer statements goes one step further, so that a hub is opened only where no other way is left. When the
radii of both sides add up to n, every path of n steps lies in what was fetched; networkx then finds the
simple ones in it (Yen's algorithm). So the paths are exactly those of the whole graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from graph.errors import BadFilter, TooWide
from graph.model import Entity, Modality, Polarity, Statement
from graph.store.archive import Archive
from graph.views.budget import Budget
from graph.views.entity_reads import entity, read_entities
from graph.views.filters import StatementFilter
from graph.views.links import Link, Links, concepts_of
from graph.views.near import check_known
from graph.views.statement_reads import statements_of

if TYPE_CHECKING:
    import networkx as nx

MAX_PATHS: Final = 20
MAX_LENGTH: Final = 6
MAX_SHOWN: Final = 20
"""Statements of a step that can be shown."""
_STEP, _UNSURE = 1_000_000, 1000
"""What a step costs, and what is added to that where a single article says it."""
_READ: Final = 100
"""Statements of a step that the surest are chosen from."""


@dataclass(frozen=True, slots=True)
class PathOptions:
    """What counts as a path, and how many are wanted.

    `wanted` must hold for each statement on the way; one that is denied counts only if `denied`, or if
    `wanted` asks for its polarity. With `claimed` False, what an article only has somebody say does not
    count. `concepts` may be on the way too: phrases that name no entity. `shown` statements of a step are
    read.
    """

    wanted: StatementFilter = field(default_factory=StatementFilter)
    k: int = 3
    longest: int = 4
    concepts: bool = False
    claimed: bool = True
    denied: bool = False
    shown: int = 3


@dataclass(frozen=True, slots=True)
class Relation:
    """What is said between the ends of a step in one direction: by so many statements of so many articles."""

    predicate: str
    forward: bool
    polarity: Polarity
    statements: int
    support: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; `statements` are the surest of `count`."""

    start: Entity
    end: Entity
    relations: tuple[Relation, ...]
    statements: tuple[Statement, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Searched:
    """How far was looked: all paths of up to `length` steps are known, from so much of the graph.

    `stopped` says why it was not looked further, where that was not the end of the question.
    """

    length: int
    entities: int
    statements: int
    stopped: str | None = None


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths between two entities, and how far was looked for them."""

    source: Entity
    target: Entity
    items: tuple[tuple[Step, ...], ...]
    searched: Searched


def paths(
    archive: Archive,
    source: str,
    target: str,
    options: PathOptions | None = None,
    budget: Budget | None = None,
) -> Paths:
    """Give the shortest simple paths from `source` to `target`; statements are walked in either direction.

    Of equal length those come first whose steps more articles say. Raises NotFound, which names near ids (for
    one of the filter only if nothing is found), BadFilter for options that cannot be used, and TooWide if
    nothing was found when the budget was spent.
    """
    chosen = options or PathOptions()
    _check(source, target, chosen)
    for id_ in (source, target):
        entity(archive, id_)
    search = _Search(archive, source, target, chosen, budget or Budget())
    found, searched = search.run()
    if not found:
        check_known(archive, chosen.wanted)
    known = read_entities(archive, list({source, target, *(id_ for path in found for id_ in path)}))

    def step(start: str, end: str) -> Step:
        links = search.links_between(start, end)
        return _step(archive, (known[start], known[end]), links, chosen.shown)

    items = tuple(tuple(step(*pair) for pair in pairwise(path)) for path in found)
    return Paths(known[source], known[target], items, searched)


def _check(source: str, target: str, options: PathOptions) -> None:
    if source == target:
        raise BadFilter("A path leads from one entity to another; name two.")
    for name, value, most in (
        ("k", options.k, MAX_PATHS),
        ("maxLength", options.longest, MAX_LENGTH),
        ("evidence", options.shown, MAX_SHOWN),
    ):
        if not 1 <= value <= most:
            raise BadFilter(f"The number {name} is {value}; give one from 1 to {most}.")


@dataclass(slots=True)
class _Side:
    """One end of the search: the entities within `radius` steps, and those of them that come next."""

    origin: str
    reached: set[str] = field(default_factory=set)
    next: list[str] = field(default_factory=list)
    radius: int = 0

    def __post_init__(self) -> None:
        self.reached, self.next = {self.origin}, [self.origin]


class _Search:
    """One search: what was fetched so far, and the paths in it."""

    def __init__(
        self, archive: Archive, source: str, target: str, options: PathOptions, budget: Budget
    ) -> None:
        wanted = options.wanted
        if wanted.polarity is None and not options.denied:
            wanted = replace(wanted, polarity=Polarity.POSITIVE)
        self._archive, self._options, self._budget = archive, options, budget
        self._links = Links(archive, wanted, budget, own_words=not options.claimed)
        self._sides = _Side(source), _Side(target)
        self._ends = {source, target}
        self._kinds: dict[str, bool] = {}
        self._between: defaultdict[frozenset[str], dict[str, Link]] = defaultdict(dict)
        self._beside: defaultdict[str, set[str]] = defaultdict(set)

    def links_between(self, start: str, end: str) -> list[Link]:
        """Give the links that were found between two entities."""
        return list(self._between[frozenset((start, end))].values())

    def run(self) -> tuple[list[list[str]], Searched]:
        """Find the paths as lists of ids. Raises TooWide if there are none yet when the budget is spent."""
        found: list[list[str]] = []
        reach, stopped = 0, None
        try:
            for length in range(1, self._options.longest + 1):
                if not self._widen(length):
                    reach = self._options.longest  # one side has no further: there are no longer paths
                    found = self._shortest(reach)
                    break
                found, reach = self._shortest(length), length
                if len(found) >= self._options.k:
                    break
        except TooWide as error:
            if not found:
                raise
            stopped = str(error)
        entities = len(self._sides[0].reached | self._sides[1].reached)
        return found, Searched(reach, entities, self._budget.spent, stopped)

    def _widen(self, length: int) -> bool:
        """Fetch what paths of so many steps may lead through; False if a side was at its end before."""
        while sum(side.radius for side in self._sides) < length:
            if not all(side.next for side in self._sides):
                return False
            first, second = self._sides
            self._open(first if self._links.degree(first.next) <= self._links.degree(second.next) else second)
        return True

    def _open(self, side: _Side) -> None:
        """Go one step further on a side."""
        links = [link for link in self._links.of(side.next) if link.object and link.object != link.subject]
        ends = dict.fromkeys(id_ for link in links for id_ in (link.subject, str(link.object)))
        passable = self._passable(ends)
        for link in links:
            pair = frozenset((link.subject, str(link.object)))
            if pair <= passable:
                self._between[pair][link.statement] = link
                self._beside[link.subject].add(str(link.object))
                self._beside[str(link.object)].add(link.subject)
        new = [id_ for id_ in ends if id_ in passable and id_ not in side.reached]
        side.reached.update(new)
        self._budget.check_entities(len(side.reached))
        # No simple path leads on from the other end.
        side.next, side.radius = [id_ for id_ in new if id_ not in self._ends], side.radius + 1

    def _passable(self, ids: Iterable[str]) -> set[str]:
        """Give those of `ids` that may be on the way."""
        if self._options.concepts:
            return set(ids)
        given = list(ids)
        unknown = [id_ for id_ in given if id_ not in self._kinds]
        concepts = concepts_of(self._archive, unknown)
        self._kinds |= {id_: id_ not in concepts for id_ in unknown}
        return {id_ for id_ in given if self._kinds[id_] or id_ in self._ends}

    def _shortest(self, length: int) -> list[list[str]]:
        """Find the k shortest simple paths of at most so many steps in what was fetched."""
        import networkx as nx

        source, target = (side.origin for side in self._sides)
        graph = self._within(length)
        if source not in graph or target not in graph:
            return []
        found: list[list[str]] = []
        try:
            for path in nx.shortest_simple_paths(graph, source, target, weight="cost"):
                if len(found) == self._options.k or len(path) > length + 1:
                    break
                found.append(path)
                self._budget.check_time()
        except nx.NetworkXNoPath:
            return []
        return found

    def _within(self, length: int) -> nx.Graph[str]:
        """Make the graph of what can lie on a path of so many steps, in a stable order."""
        import networkx as nx

        near, far = (self._steps_from(side.origin, length) for side in self._sides)
        on = {id_ for id_, steps in near.items() if steps + far.get(id_, length + 1) <= length}
        graph: nx.Graph[str] = nx.Graph()
        for one, other in sorted(tuple(sorted(pair)) for pair in self._between if pair <= on):
            support = len({link.article for link in self.links_between(one, other)})
            graph.add_edge(one, other, cost=_STEP + _UNSURE // support)
        return graph

    def _steps_from(self, origin: str, most: int) -> dict[str, int]:
        """Count the steps to each entity in what was fetched, of those within `most`."""
        steps, ahead = {origin: 0}, [origin]
        for step in range(1, most + 1):
            ahead = [new for id_ in ahead for new in self._beside[id_] if new not in steps]
            steps |= dict.fromkeys(ahead, step)
        return steps


def _step(archive: Archive, ends: tuple[Entity, Entity], links: Sequence[Link], shown: int) -> Step:
    """Read one step: what is said between its ends, and the surest statements of that."""
    start, end = ends
    groups: defaultdict[tuple[str, bool, Polarity], list[Link]] = defaultdict(list)
    for link in links:
        groups[link.predicate, link.subject == start.id, link.polarity].append(link)
    relations = [
        Relation(*key, len(group), len({link.article for link in group})) for key, group in groups.items()
    ]
    relations.sort(key=_weakness)
    said = statements_of(archive, sorted(link.statement for link in links)[:_READ])
    return Step(start, end, tuple(relations), tuple(sorted(said, key=_doubt)[:shown]), len(links))


def _weakness(one: Relation) -> tuple[int, int, str, bool, bool]:
    """Order relations by how often they are said, the most frequent first."""
    denied = one.polarity is Polarity.NEGATIVE
    return (-one.support, -one.statements, one.predicate, not one.forward, denied)


def _doubt(statement: Statement) -> tuple[bool, bool, float, str]:
    """Order statements by how sure they are, the surest first."""
    asserted = statement.modality is Modality.ASSERTED
    return (not asserted, statement.attributed_to is not None, -statement.confidence, statement.id)
