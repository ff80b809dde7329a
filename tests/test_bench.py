"""The figures of `make bench` agree with each other, and a missed one is marked."""

from __future__ import annotations

import random
import socket
from pathlib import Path

import pytest

from api.app import create_app
from graph import views
from graph.model import Modality
from graph.sparql import guard
from graph.store.archive import Archive
from graph.store.upkeep import verify
from tests.bench import measure, news, rest, stored
from tests.bench.asking import Connection
from tests.bench.measure import Bound, Line, Measured, in_turns, median_turn
from tests.bench.shapes import SHAPES, Shape, asked
from tests.readings import Recorded
from tests.serving import serving, settings_for


@pytest.mark.parametrize(("count", "middle"), [(1, 0), (2, 0), (5, 2), (6, 2)])
def test_the_median_turn_is_one_of_the_turns(count: int, middle: int) -> None:
    turns = [Measured(number + 1.0, 7.0) for number in range(count)]
    assert median_turn(turns[::-1]) == turns[middle]


def test_each_is_first_in_every_other_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, order = [0.0], []

    def taking(name: str, seconds: list[float]) -> None:
        order.append(name)
        clock[0] += seconds.pop(0)

    monkeypatch.setattr(measure.time, "perf_counter", lambda: clock[0])
    ours, beside = [4.0, 1.0, 9.0], [2.0, 2.0, 3.0]
    measured = in_turns(lambda: taking("ours", ours), lambda: taking("beside", beside), 3)
    assert order == ["beside", "ours", "ours", "beside", "beside", "ours"]
    assert (measured.ours, measured.beside, measured.ratio) == (4.0, 2.0, 2.0)


@pytest.mark.parametrize(
    ("solid", "met", "missed"),
    [(Bound(1.1), (1.1, 0.9), (1.11, 2.0)), (Bound(0.4, more=True), (0.4, 3.0), (0.39, 0.0))],
)
def test_a_figure_beyond_its_bound_is_marked(
    solid: Bound, met: tuple[float, ...], missed: tuple[float, ...]
) -> None:
    lines = {ratio: str(Line("it", "5/s", "6/s", ratio, solid, solid)) for ratio in (*met, *missed)}
    assert [ratio for ratio, line in lines.items() if "MISSED" in line] == list(missed)
    assert all(str(solid) in line for line in lines.values())


def test_the_news_is_the_same_each_time_and_differs_from_article_to_article() -> None:
    articles = [news.article(number) for number in range(40)]
    assert articles == [news.article(number) for number in range(40)]
    assert len({one.article.id for one in articles}) == 40
    assert len({statement.modality for one in articles for statement in one.statements}) == len(Modality)


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_no_two_queries_of_a_shape_are_alike_and_each_may_be_asked(shape: Shape) -> None:
    queries = {asked(shape, number) for number in range(500)}
    assert len(queries) == 500
    for query in sorted(queries)[:20]:
        guard.check(query)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nrows\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nrows\n\r\n0\r\n\r\n",
    ],
)
def test_an_answer_is_read_to_its_end(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = Connection(f"http://127.0.0.1:{listener.getsockname()[1]}/sparql")
        peer = listener.accept()[0]
        with peer, client.socket:
            for _ in range(2):
                client.send(b"")
                peer.sendall(answer[:-1])
                assert not client.receive()
                peer.sendall(answer[-1:])
                assert client.receive()


@pytest.mark.parametrize(
    ("whole", "few", "small", "told"),
    [
        ([0.001] * 100, [0.002], [0.001], "1.0     1.0    2.00"),
        ([0.001] * 94 + [0.05] * 6, [0.002], [0.001], "1.0    50.0    2.00  MISSED p95"),
        ([0.019] * 100, [0.0021], [0.001], "19.0    19.0    2.10  MISSED growth"),
    ],
)
def test_an_answer_that_takes_long_or_longer_is_marked(
    whole: list[float], few: list[float], small: list[float], told: str
) -> None:
    assert rest.Times.of(whole, few, small).row("it").split(maxsplit=1)[1] == told


def test_a_walk_has_no_goal_to_miss() -> None:
    slow = rest.Times.of([0.05] * 100, [0.005], [0.001])
    assert "MISSED" in slow.row("it")
    assert "MISSED" not in slow.row("it", walk=True)


def test_a_store_that_is_filled_in_bulk_is_whole_and_has_what_is_asked(tmp_path: Path) -> None:
    quads = stored.fill(15_000, tmp_path / "data")
    with Archive.open(tmp_path / "data", news.BASE, create=False) as archive:
        assert list(verify(archive)) == []
        assert views.stats(archive).statements == news.articles(15_000) * news.STATEMENTS
        assert quads > 15_000
    assert stored.fill(0, tmp_path / "data") == quads  # what is there is not made anew
    app = create_app(settings_for(tmp_path / "data"), Recorded())
    with serving(app) as client:
        for ask in rest.ASKS:
            path, given = ask.path(random.Random(1))
            response = client.get(f"/v1/{path}", params=given)
            assert response.status_code == 200, response.text
            answer = response.json()
            assert answer.get("items") != [] or answer["searched"]["length"] == 4  # in so small a graph
