from __future__ import annotations

import os
import signal
import threading
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import anyio
import pytest

from api import bodies, turns
from api.bodies import take_apart
from api.turns import Apart, BySize, Threads, Turns
from graph.errors import BadRecord, Busy, TooLarge
from graph.model import Article, Failure
from graph.store.jobs import MOST_ARTICLES

DAY = date(2023, 3, 17)
RECORD = b'{"text": "Russia annexed Crimea in 2014.", "x": [%s]}'
PAGE = b"<html><body><article><p>Russia annexed Crimea in 2014, he said.</p>%s</article></body></html>"
LINES = b'{"text": "Russia annexed Crimea."}\n{"text": 5}\nno JSON\n\n{"text": "%s"}\n'


def waited(call: Callable[[], Awaitable[Any]]) -> Any:
    """Run `call` on an event loop, for a minute at most."""

    async def bounded() -> Any:
        with anyio.fail_after(60):
            return await call()

    return anyio.run(bounded)


def described(items: list[Article | Failure]) -> list[Any]:
    """Articles, and what is known of failures, which are equal to themselves only."""
    return [
        (item.source, type(item.error), str(item.error)) if isinstance(item, Failure) else item
        for item in items
    ]


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("application/json", RECORD % b",".join([b"[]"] * 30_000)),
        ("application/json", b"[" * 100_000),
        ("text/html; charset=utf-8", PAGE % (b"<p>Moscow is a city.</p>" * 4_000)),
        ("application/x-ndjson", LINES % (b"word " * 20_000)),
        ("text/plain", b"Russia annexed Crimea. " * 4_000),
        ("text/plain", b"\xff\xfe\x00" * 30_000),
    ],
    ids=["json", "nested", "html", "lines", "text", "binary"],
)
def test_a_large_body_is_taken_apart_elsewhere_alike(
    media_type: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = bodies._parse(data, media_type, DAY, 50_000)
    monkeypatch.setattr(Turns, "run", None)
    there = waited(lambda: take_apart(Threads.of_server().bodies, data, media_type, DAY, 50_000))
    assert here
    assert described(there) == described(here)


def test_a_small_body_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Apart, "run", None)
    (item,) = waited(
        lambda: take_apart(Threads.of_server().bodies, b'{"text": 5}', "application/json", None, 100)
    )
    assert isinstance(item, Failure)
    assert isinstance(item.error, BadRecord)


@pytest.mark.parametrize("filler", [b"", b" " * 100_000], ids=["small", "large"])
def test_too_many_articles_are_refused(filler: bytes) -> None:
    lines = b'{"text": "x"}\n' * (MOST_ARTICLES + 1) + filler
    with pytest.raises(TooLarge, match="smaller batches"):
        waited(lambda: take_apart(Threads.of_server().bodies, lines, "application/x-ndjson", None, 100))


def test_work_that_ends_its_process_is_refused_and_the_next_is_done() -> None:
    async def call() -> int:
        apart = Apart(0, "articles")
        with pytest.raises(TooLarge, match="time or memory"):
            await apart.run(os._exit, 1)
        return await apart.run(os.getpid)

    assert waited(call) != os.getpid()


def test_work_that_takes_too_long_is_ended_and_the_next_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    async def call() -> list[int]:
        apart = Apart(0, "articles")
        pids = [await apart.run(os.getpid)]
        with monkeypatch.context() as patch:
            patch.setattr(turns, "_PATIENCE", 0.2)
            with pytest.raises(TooLarge, match="time or memory"):
                await apart.run(signal.pause)
        return [*pids, await apart.run(os.getpid)]

    before, after = waited(call)
    assert before != after
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


@pytest.mark.parametrize("make", [lambda: Turns(1, 1, "things"), lambda: Apart(1, "things")])
def test_who_would_wait_behind_too_many_is_refused(make: Callable[[], Turns | Apart]) -> None:
    async def call() -> None:
        kind = make()
        limiter = kind.limiter if isinstance(kind, Turns) else kind.turns.limiter
        async with anyio.create_task_group() as tasks, limiter:
            tasks.start_soon(kind.run, os.getpid)
            while limiter.statistics().tasks_waiting == 0:
                await anyio.lowlevel.checkpoint()
            with pytest.raises(Busy, match="Too many things"):
                await kind.run(os.getpid)
        assert await kind.run(os.getpid) > 0

    waited(call)


def test_work_of_one_kind_leaves_the_threads_of_the_others_free() -> None:
    async def call() -> None:
        threads, go_on = Threads.of_server(), threading.Event()
        try:
            async with anyio.create_task_group() as tasks:
                for _ in range(threads.bodies.thread.limiter.total_tokens + 10):
                    tasks.start_soon(threads.bodies.run, 1, go_on.wait)
                assert await threads.checks.run(10_000, threading.get_ident) != threading.get_ident()
                assert await anyio.to_thread.run_sync(threading.get_ident) != threading.get_ident()
                go_on.set()
        finally:
            go_on.set()

    waited(call)


def test_nothing_small_waits_for_something_large() -> None:
    async def call() -> list[int]:
        kind, done = BySize(10, 4, "things"), []

        async def large() -> None:
            done.append(await kind.run(11, os.getpid))

        async with anyio.create_task_group() as tasks, kind.process.turns.limiter:
            tasks.start_soon(large)
            while kind.process.turns.limiter.statistics().tasks_waiting == 0:
                await anyio.lowlevel.checkpoint()
            done.append(await kind.run(10, os.getpid))
        return done

    small, large = waited(call)
    assert small == os.getpid() != large


def test_what_is_tiny_is_done_at_once() -> None:
    async def call() -> tuple[int, int]:
        kind = BySize(10, 4, "things", tiny=3)
        return await kind.run(3, threading.get_ident), await kind.run(4, threading.get_ident)

    here, elsewhere = waited(call)
    assert here == threading.get_ident() != elsewhere
