"""Who may run: the fast lane, the slow lane, and what is done when they are full."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest

from graph.errors import Busy, QueryTimeout
from graph.sparql import guard, wire
from graph.sparql.cache import Kept, is_lasting
from graph.sparql.habits import Habit, Habits
from graph.sparql.lanes import Lanes
from graph.sparql.process import Worker
from graph.sparql.rows import Rows
from graph.sparql.wire import Frame, Kind, Request
from tests.querying import CARTESIAN, COUNT, ENDLESS, NS, checkpoint_of, people, small_settings

_LONGEST = 60.0
ASK = Request("ASK {}", "", (), "ASK", "csv", 1.0)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkpoint_of(tmp_path_factory.mktemp("store"), people(2000))


@asynccontextmanager
async def opened(path: Path, patience: float = 20.0, **settings: object) -> AsyncIterator[Lanes]:
    lanes = Lanes(lambda: (1, path), NS, small_settings(**settings), sequence=lambda: 1, patience=patience)
    lanes.open()
    try:
        async with asyncio.timeout(_LONGEST):
            yield lanes
    finally:
        await lanes.close()


async def counted(lanes: Lanes, query: str = COUNT) -> bytes | None:
    with await lanes.run(query, "csv") as answer:
        return answer.chunks.whole()


async def read(rows: Rows) -> None:
    """Read all chunks that there are."""
    while await rows.next():
        pass


def run(call: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        await call()

    asyncio.run(bounded())


def heavy(number: int) -> str:
    """A query that takes long, of another shape each time."""
    return CARTESIAN.replace("{ ?a", "{ " + "{} " * number + "?a")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(_LONGEST):
        while not condition():
            await asyncio.sleep(0.01)


def test_one_that_takes_long_leaves_its_place_in_the_fast_lane(path: Path) -> None:
    async def call() -> None:
        async with opened(path, query_workers=1, query_slow=1, query_timeout=_LONGEST) as lanes:
            with await lanes.run(ENDLESS):
                assert await counted(lanes) == b"n\r\n2000\r\n"
            assert lanes.running == 0

    run(call)


def test_one_that_takes_long_is_ended_when_the_slow_lane_is_full_and_others_wait(path: Path) -> None:
    async def call() -> None:
        async with opened(path, query_workers=1, query_slow=1, query_timeout=_LONGEST) as lanes:
            first, second = (asyncio.create_task(counted(lanes, heavy(n))) for n in range(2))
            await until(lambda: lanes.running == 2)
            await asyncio.sleep(0.3)
            assert not second.done(), "it runs on as long as nobody wants its place"
            assert await counted(lanes) == b"n\r\n2000\r\n"
            ended, _ = await asyncio.wait({first, second}, return_when=asyncio.FIRST_COMPLETED)
            with pytest.raises(Busy, match="NEWSGRAPH_QUERY_SLOW"):
                await ended.pop()
            assert lanes.running == 1
            for task in (first, second):
                task.cancel()

    run(call)


def test_an_answer_that_is_being_sent_is_not_broken_off_at_once(path: Path) -> None:
    async def call() -> None:
        async with opened(path, query_workers=1, query_slow=1, query_timeout=_LONGEST) as lanes:
            slow = asyncio.create_task(counted(lanes, heavy(0)))
            await until(lambda: lanes.running == 1)
            await asyncio.sleep(0.3)
            with await lanes.run(ENDLESS, "tsv") as answer:
                assert await answer.chunks.next()
                begin = time.monotonic()
                waiting = asyncio.create_task(counted(lanes))
                with pytest.raises(Busy):
                    await read(answer.chunks)
                assert time.monotonic() - begin > 0.5
                assert await waiting == b"n\r\n2000\r\n"
            slow.cancel()

    run(call)


def test_a_text_that_is_known_to_take_long_does_not_enter_the_fast_lane(path: Path) -> None:
    async def call() -> None:
        async with opened(path, 0.5, query_workers=2, query_slow=1, query_timeout=_LONGEST) as lanes:
            await until(lambda: lanes.ready == 4)
            known = asyncio.create_task(counted(lanes, heavy(0)))
            await until(lambda: lanes.running == 1)
            await asyncio.sleep(0.3)
            with pytest.raises(Busy, match="takes long, and all places for such are taken"):
                await counted(lanes, heavy(0))
            known.cancel()
            await until(lambda: lanes.running == 0)
            with pytest.raises(QueryTimeout):
                await lanes.run(heavy(0), timeout=0.5)

    run(call)


def test_a_caller_that_is_cancelled_frees_its_place(path: Path) -> None:
    async def call() -> None:
        async with opened(path, query_workers=1, query_slow=1, query_timeout=_LONGEST) as lanes:
            running = asyncio.create_task(counted(lanes, CARTESIAN))
            await until(lambda: lanes.running == 1)
            running.cancel()
            await until(lambda: lanes.running == 0)
            assert await counted(lanes) == b"n\r\n2000\r\n"

    run(call)


def test_many_at_once_are_all_answered(path: Path) -> None:
    async def call() -> None:
        async with opened(path, query_workers=2) as lanes:
            texts = [f"SELECT ?o {{ :P{n} rel:named ?o }}" for n in range(200)]
            answers = await asyncio.gather(*(counted(lanes, text) for text in texts))
            assert answers == [f"o\r\nPerson {n}\r\n".encode() for n in range(200)]

    run(call)


def test_who_takes_a_while_is_told_once(path: Path) -> None:
    told: list[bool] = []

    async def call() -> None:
        async with opened(path, query_workers=1) as lanes:
            await lanes.run(COUNT, lingers=lambda: told.append(False))
            with pytest.raises(QueryTimeout):
                await lanes.run(CARTESIAN, timeout=0.5, lingers=lambda: told.append(True))

    run(call)
    assert told == [True]


def test_habits_are_of_texts_and_of_shapes() -> None:
    habits = Habits()
    one, other = (guard.outline(f"SELECT ?o {{ :P{n} rel:named ?o }}") for n in (1, 2))
    assert one.shape == other.shape != guard.outline(COUNT).shape
    assert habits.of(one) is Habit.NEW
    habits.was_quick(one)
    assert habits.of(one) is habits.of(other) is Habit.QUICK
    habits.was_slow(other)
    assert habits.of(other) is Habit.SLOW
    assert habits.of(one) is Habit.NEW
    habits.was_slow(other)
    assert habits.of(one) is Habit.SLOW, "twice in a row"
    habits.was_quick(one)
    assert (habits.of(one), habits.of(other)) == (Habit.QUICK, Habit.SLOW)
    habits.was_quick(other)
    assert habits.of(other) is Habit.QUICK
    habits.was_slow(guard.outline(COUNT))
    assert habits.of(guard.outline(f"{COUNT} #")) is Habit.SLOW, "nobody has seen it quick"


@pytest.mark.parametrize(("payload", "worn"), [(wire.WORN, True), (b"", False)])
def test_a_worn_worker_is_told_of(payload: bytes, worn: bool) -> None:
    class Scripted:
        def resume(self) -> None:
            """Take it."""

    ended: list[bool] = []
    rows = Rows(
        cast(Worker, Scripted()),
        Request("ASK {}", "", (), "ASK", "csv", 1.0),
        lambda _, how: ended.append(how),
    )
    rows.feed(Frame(Kind.DATA, b"rows"))
    rows.feed(Frame(Kind.END, payload))
    assert rows.whole() == b"rows"
    assert ended == [worn]


def test_answers_are_kept_for_one_state_within_bounds() -> None:
    kept = Kept(64_000)
    kept.put(1, "a", b"rows")
    assert (kept.get(1, "a"), kept.get(2, "a"), kept.get(1, "b")) == (b"rows", None, None)
    kept.put(2, "b", b"new")
    assert (kept.get(1, "a"), kept.get(2, "b")) == (None, b"new")
    kept.put(1, "late", b"old")
    kept.put(2, "large", b"x" * 2000)
    assert (kept.get(1, "late"), kept.get(2, "large")) == (None, None)
    for number in range(1000):
        kept.put(2, number, b"x" * 400)
        kept.get(2, "b")
    assert kept.get(2, "b") == b"new", "what is asked for stays"
    assert kept.get(2, 0) is None
    assert 60 < sum(kept.get(2, number) is not None for number in range(1000)) < 80
    none = Kept(0)
    none.put(1, "a", b"")
    assert none.get(1, "a") is None


@pytest.mark.parametrize(
    ("query", "lasting"),
    [
        (COUNT, True),
        ("SELECT (RAND() AS ?n) {}", False),
        ("SELECT (now() AS ?n) {}", False),
        ("SELECT (StrUuid() AS ?n) {}", False),
        ("SELECT (NO\\u0057() AS ?n) {}", False),
    ],
)
def test_what_changes_by_itself_is_not_kept(query: str, lasting: bool) -> None:
    assert is_lasting(guard.outline(query)) is lasting
