"""REST: what `/v1` is asked most, over HTTP by one client, of a graph and of one with ten times as much.

Both servers run at once and are asked in turn, so that what else the machine does meets both alike.
"""

from __future__ import annotations

import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from graph.model import Modality, Node
from tests.bench import news, servers, stored
from tests.bench.asking import Connection

QUADS: Final = 1_000_000
STEP: Final = 10
"""So many times the data of the smaller graph has the larger one."""
LONGEST: Final = 20.0
"""Milliseconds that 95 of 100 answers should take at most."""
MOST_GROWTH: Final = 2.0
"""How much longer the median may take with `STEP` times the data."""
_FEW: Final = 3
"""Items of a page that is full in both graphs."""
_WARM_UP: Final = 20
_KNOWN: Final = 50
"""The names in so many articles are in both graphs."""


@dataclass(frozen=True)
class Ask:
    """One thing to ask: what it is called, and the path and parameters, in which chance decides details.

    A `walk` goes through all that is said of who is on the way, ten times as much in the larger graph: it has
    no goal.
    """

    name: str
    path: Callable[[random.Random], tuple[str, dict[str, str]]]
    pages: bool = True
    requests: int = 100
    walk: bool = False


@cache
def _named(start: str) -> list[str]:
    said = [one for number in range(_KNOWN) for one in news.article(number).statements]
    ends = {node.id for one in said for node in (one.subject, one.object) if isinstance(node, Node)}
    return sorted(id_ for id_ in ends if id_.startswith(start))


def _person(chance: random.Random) -> str:
    return chance.choice(_named("Person"))


def _source(chance: random.Random) -> str:
    return chance.choice(_named("Person")[::2])


def _target(chance: random.Random) -> str:
    return chance.choice(_named("Person")[1::2])


def _place(chance: random.Random) -> str:
    return chance.choice(_named("Place"))


def _verb(chance: random.Random) -> str:
    return chance.choice(news.VERBS)


def _modality(chance: random.Random) -> str:
    return chance.choice(list(Modality)).value


def _of(
    path: str, **given: str | Callable[[random.Random], str]
) -> Callable[[random.Random], tuple[str, dict[str, str]]]:
    """Make what writes a path and its parameters; of these a function gives another value each time."""

    def write(chance: random.Random) -> tuple[str, dict[str, str]]:
        found = {name: one if isinstance(one, str) else one(chance) for name, one in given.items()}
        asked = path.format_map(found)
        return asked, {name.rstrip("_"): one for name, one in found.items() if f"{{{name}}}" not in path}

    return write


ASKS: Final = (
    Ask("an entity", _of("entities/{id}", id=_person), pages=False),
    Ask(
        "entities by a part of a name",
        _of("entities", q=lambda chance: _person(chance)[5:].replace("_", " ")),
    ),
    Ask("neighbours of a person", _of("entities/{id}/neighbours", id=_person)),
    Ask("neighbours of a place", _of("entities/{id}/neighbours", id=_place)),
    Ask("statements, all", _of("statements")),
    Ask("statements about a person", _of("entities/{id}/statements", id=_person)),
    Ask("statements about a place", _of("statements", about=_place)),
    Ask("statements of a modality", _of("statements", modality=_modality)),
    Ask("statements of a predicate", _of("statements", predicate=_verb)),
    Ask("statements with a part of a sentence", _of("statements", q=lambda chance: f"{_verb(chance)} place")),
    Ask("newest statements", _of("statements", sort="-time")),
    Ask("newest about a place", _of("statements", sort="-time", about=_place)),
    Ask("newest of a predicate", _of("statements", sort="-time", predicate=_verb)),
    Ask(
        "newest of a predicate and a modality",
        _of("statements", sort="-time", predicate=_verb, modality=_modality),
    ),
    Ask("best supported about a place", _of("statements", sort="support", about=_place)),
    Ask("facets of all", _of("statements/facets"), pages=False),
    Ask("facets about a place", _of("statements/facets", about=_place), pages=False),
    Ask("facets of a predicate", _of("statements/facets", predicate=_verb), pages=False),
    Ask("facets of a modality", _of("statements/facets", modality=_modality), pages=False),
    Ask(
        "facets of a predicate and a modality",
        _of("statements/facets", predicate=_verb, modality=_modality),
        pages=False,
    ),
    Ask("paths between two people", _of("paths", source=_source, target=_target), pages=False, walk=True),
    Ask(
        "paths between people by a predicate",
        _of("paths", source=_source, target=_target, predicate=_verb),
        pages=False,
        walk=True,
    ),
    Ask("the graph around a person", _of("graph", about=_person), pages=False, walk=True),
    Ask("the graph around a place", _of("graph", about=_place), pages=False, walk=True),
    Ask(
        "the graph two steps around a person",
        _of("graph", about=_person, depth="2"),
        pages=False,
        walk=True,
    ),
    Ask("candidates to be one", _of("candidates")),
    Ask("search for a name", _of("search", q=lambda chance: _person(chance).replace("_", " "))),
    Ask("search for words together", _of("search", q=lambda chance: f'"{_verb(chance)} Place" want*')),
    Ask("search for a word that is everywhere", _of("search", q="wants")),
)


@dataclass(frozen=True)
class Times:
    """Milliseconds of the large graph: the median, and what 95 of 100 take at most; and its growth."""

    middle: float
    most: float
    growth: float

    @classmethod
    def of(cls, whole: Sequence[float], few: Sequence[float], few_of_small: Sequence[float]) -> Times:
        """Sum up seconds: of whole pages of the large graph, of short ones, and of those of the small one."""
        ordered = sorted(1000 * one for one in whole)
        most = ordered[math.ceil(0.95 * len(ordered)) - 1]
        return cls(statistics.median(ordered), most, statistics.median(few) / statistics.median(few_of_small))

    def row(self, name: str, walk: bool = False) -> str:
        """Write what was measured of one thing, and whether that misses what is wanted, if anything is."""
        missed = [
            *(["p95"] if self.most > LONGEST else []),
            *(["growth"] if self.growth > MOST_GROWTH else []),
        ]
        mark = f"  MISSED {' and '.join(missed)}" if missed and not walk else ""
        return f"  {name:<40}{self.middle:>8.1f}{self.most:>8.1f}{self.growth:>8.2f}{mark}"


def measure(quads: int = QUADS, kept: Path | None = None) -> Iterator[str]:
    """Make a graph of about so many quads and one of a tenth, serve both and ask them; give lines.

    In the folder `kept` they stay, and are not made anew the next time.
    """
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        several = quads // STEP, quads
        folders = [(kept or Path(made)) / str(many) for many in several]
        sizes = [stored.fill(many, data) for many, data in zip(several, folders, strict=True)]
        addresses = [stack.enter_context(servers.ours(data)) for data in folders]
        # Only now, since a server closes a connection over which nothing is asked for long.
        clients = [Connection(address) for address in addresses]
        yield (
            f"\nasking {sizes[1]:,} quads by HTTP with 1 client: milliseconds, and growth from {sizes[0]:,}\n"
            f"  (goal: p95 {LONGEST:.0f} or less, growth {MOST_GROWTH:.0f} or less)"
        )
        yield f"  {'':<40}{'p50':>8}{'p95':>8}{'growth':>8}"
        for ask in ASKS:
            yield times(ask, *clients).row(ask.name, ask.walk)


def times(ask: Ask, small: Connection, large: Connection) -> Times:
    """Ask both servers in turn."""
    chance = random.Random(ask.name)
    spent: list[tuple[float, float, float]] = []
    for number in range(_WARM_UP + ask.requests):
        path, given = ask.path(chance)
        few = {**given, "limit": str(_FEW)} if ask.pages else given
        ways = [(large, given), (large, few), (small, few)]
        if number % 2:
            ways[1:] = ways[:0:-1]
        seconds = [_asked(client, path, one, ask.walk) for client, one in ways]
        if number % 2:
            seconds[1:] = seconds[:0:-1]
        spent.append((seconds[0], seconds[1], seconds[2]))
    return Times.of(*zip(*spent[_WARM_UP:], strict=True))


def _asked(client: Connection, path: str, given: Mapping[str, str], walk: bool) -> float:
    """Ask for something that is there; give the seconds. A `walk` may find no way between two people."""
    query = f"?{urlencode(given)}" if given else ""
    host = urlsplit(client.address).netloc
    sent = f"GET /v1/{path}{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    start = time.perf_counter()
    body = client.ask(sent)
    seconds = time.perf_counter() - start
    assert walk or not body.startswith(b'{"items":[]'), f"nothing was found at {path}{query}"
    return seconds
