"""Serving: eight shapes of SPARQL queries over HTTP, beside native `oxigraph serve` on the same quads."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from tests.bench import news, servers
from tests.bench.asking import Connection, Crowd, request
from tests.bench.measure import Bound, Line, Measured, in_turns
from tests.bench.shapes import SHAPES, Shape, asked

QUADS = 200_000
CLIENTS = 8
_REPEATED = 10
"""So many queries of a shape are asked over and over."""
_WARM_UP = 1_000_000
"""The first number of the queries before the clock runs."""


@dataclass(frozen=True)
class Way:
    """One way to ask: how many clients, whether queries are repeated, which shapes, and what is wanted."""

    name: str
    clients: int
    repeated: bool
    solid: Bound
    goal: Bound
    heavy: bool = False


WAYS = (
    Way("small queries, 1 client", 1, False, Bound(0.4, more=True), Bound(0.7, more=True)),
    Way("small queries, 8 clients", CLIENTS, False, Bound(0.25, more=True), Bound(0.5, more=True)),
    Way("small queries, 8 clients, repeated", CLIENTS, True, Bound(1.5, more=True), Bound(4, more=True)),
    Way("heavy queries, 1 client", 1, False, Bound(0.9, more=True), Bound(1.8, more=True), heavy=True),
    Way("heavy queries, 8 clients, repeated", CLIENTS, True, Bound(1.5, more=True), Bound(4, True), True),
)
_BESIDE_RDFLIB = Way("small query, 1 client", 1, False, Bound(10, more=True), Bound(50, more=True))


def measure(quads: int = QUADS) -> Iterator[str]:
    """Make a graph of about so many quads, serve it in three ways, and ask all the same; give lines."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        data, file = Path(folder, "data"), Path(folder, "news.nq")
        made = news.fill(quads, data, file)
        yield f"\nserving {made:,} quads, queries in a second: newsgraph / oxigraph serve = ratio"
        ours = stack.enter_context(servers.ours(data))
        native = stack.enter_context(servers.native(file, Path(folder, "native")))
        for shape in SHAPES:
            _check_alike(shape, ours, native)
        numbers = count()
        for way in WAYS:
            yield from _rows(way, ours, native, "oxigraph serve", numbers)
        if find_spec("rdflib_endpoint"):
            slow = stack.enter_context(servers.rdflib_endpoint(file))
            few = replace(SHAPES[0], requests=5, rounds=3)
            yield from _rows(_BESIDE_RDFLIB, ours, slow, "rdflib-endpoint", numbers, (few,))


def _rows(
    way: Way, ours: str, beside: str, name: str, numbers: Iterator[int], shapes: Sequence[Shape] = SHAPES
) -> Iterator[str]:
    """Measure the shapes that a way is about: a row for each, then what they come to."""
    yield f"  {way.name}, beside {name}"
    turns = []
    for shape in (shape for shape in shapes if shape.heavy is way.heavy):
        turn = _turn(way, shape, ours, beside, numbers)
        turns.append(turn)
        yield f"    {shape.name:<28}{1 / turn.ours:>9,.0f} /{1 / turn.beside:>9,.0f} = {1 / turn.ratio:.2f}"
    yield str(_line(way, name, turns))


def _turn(way: Way, shape: Shape, ours: str, beside: str, numbers: Iterator[int]) -> Measured:
    """Measure one shape: the seconds for a query of each server, in the median turn."""
    asks = []
    for address in (ours, beside):
        crowd = Crowd(address, way.clients)
        batches = [
            [request(address, text, shape.accept) for text in _texts(way, shape, numbers)]
            for _ in range(shape.rounds + 1)
        ]
        crowd.ask(batches.pop())
        asks.append(lambda crowd=crowd, batches=batches: crowd.ask(batches.pop()))
    turn = in_turns(asks[0], asks[1], shape.rounds)
    requests = shape.requests * way.clients
    return Measured(turn.ours / requests, turn.beside / requests)


def _texts(way: Way, shape: Shape, numbers: Iterator[int]) -> list[str]:
    """Write the queries of one turn: always the same few, or none that was there before."""
    many = range(shape.requests * way.clients)
    return [asked(shape, number % _REPEATED if way.repeated else next(numbers)) for number in many]


def _line(way: Way, name: str, turns: Sequence[Measured]) -> Line:
    ours = statistics.geometric_mean(turn.ours for turn in turns)
    beside = statistics.geometric_mean(turn.beside for turn in turns)
    return Line(
        f"  {way.name}, geometric mean of rates / {name}",
        f"{1 / ours:,.0f} queries/s",
        f"{1 / beside:,.0f} queries/s",
        beside / ours,
        way.solid,
        way.goal,
    )


def _check_alike(shape: Shape, ours: str, beside: str) -> None:
    """See that both find the same, in whatever order, and that they find anything."""
    query = asked(shape, _WARM_UP + 3)
    answers = [Connection(address).ask(request(address, query, shape.accept)) for address in (ours, beside)]
    found = [sorted(_unframed(answer).replace(b"},{", b"}\n{").splitlines()) for answer in answers]
    sizes = [sum(map(len, lines)) for lines in found]
    assert abs(sizes[0] - sizes[1]) < 50, f"the two do not hold the same for {shape.name}: {sizes}"
    assert sizes[0] > 50, f"nothing was found for {shape.name}"


def _unframed(body: bytes) -> bytes:
    """Take the lines that say how long a chunk is out of a body."""
    return b"".join(line for line in body.split(b"\r\n")[1::2]) if body.endswith(b"0\r\n\r\n") else body
