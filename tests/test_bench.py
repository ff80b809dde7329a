"""The figures of `make bench` agree with each other, and a missed one is marked."""

from __future__ import annotations

import pytest

from tests.bench import measure
from tests.bench.measure import Bound, Line, Measured, in_turns, median_turn


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
