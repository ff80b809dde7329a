"""Full text: the pattern `kg:search` beside FILTER(CONTAINS(...)), over HTTP from the same server of ours."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from graph.store.archive import Archive
from graph.vocab import NIF, PROV
from tests.bench import news, servers
from tests.bench.asking import Connection, request
from tests.bench.measure import Bound, Line, in_turns
from tests.keeping import keep

QUADS = 200_000
_ROUNDS = 7
_QUICK, _SLOW = 60, 6
"""Queries in a turn."""
_SOLID, _GOAL = Bound(50, more=True), Bound(80, more=True)
_KG = f"{news.BASE}ontology#"
_SENTENCE = f"?st <{PROV}wasDerivedFrom> ?span . ?span <{NIF}anchorOf> ?sentence"


def _words(number: int) -> str:
    return f"{news.VERBS[number % len(news.VERBS)]} place {number * 7 % news.PLACES:03}"


def _said(number: int) -> str:
    return f"SELECT ?st ?sentence {{ ?st <{_KG}search> '\"{_words(number)}\"' . GRAPH ?g {{ {_SENTENCE} }} }}"


def _said_slowly(number: int) -> str:
    return (
        f"SELECT ?st ?sentence {{ GRAPH ?g {{ ?st a <{_KG}Statement> . {_SENTENCE}"
        f' FILTER(CONTAINS(LCASE(?sentence), "{_words(number)}")) }} }}'
    )


def measure(quads: int = QUADS) -> Iterator[object]:
    """Keep articles of about so many quads, and ask both ways; give lines."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        with Archive.open(data, news.BASE) as archive:
            for number in range(news.articles(quads)):
                keep(archive, news.article(number))
            made = sum(1 for _ in archive.store.quads())
        yield f"\nsearching {made:,} quads, queries in a second: kg:search / CONTAINS = ratio"
        with servers.ours(data) as address:
            yield _line(address)


def _line(address: str) -> Line:
    """Measure one way to ask beside the other, no text twice."""
    connection, numbers = Connection(address), count()

    def sent(query: Callable[[int], str], number: int) -> bytes:
        return request(address, f"{query(number)}\n#{next(numbers)}", "application/sparql-results+json")

    sizes = []
    for number in range(5):
        one, other = (connection.ask(sent(query, number)) for query in (_said, _said_slowly))
        assert abs(len(one) - len(other)) < 50, "the two ways do not find the same"
        sizes.append(len(one))
    assert sorted(sizes)[1] > 200, "most of the words are in no sentence"

    def ask(query: Callable[[int], str], many: int) -> None:
        for asked in [sent(query, number) for number in range(many)]:
            connection.ask(asked)

    turn = in_turns(lambda: ask(_said, _QUICK), lambda: ask(_said_slowly, _SLOW), _ROUNDS)
    ours, beside = turn.ours / _QUICK, turn.beside / _SLOW
    figures = (f"{1 / ours:,.0f} queries/s", f"{1 / beside:,.1f} queries/s")
    return Line("  sentences, kg:search / CONTAINS", *figures, beside / ours, _SOLID, _GOAL)
