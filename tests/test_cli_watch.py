from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import ARTICLE, OTHER, Caller, environment, started
from webbing import Asked, Reply, Web, page, web_of_hosts

from graph.store.archive import Archive
from graph.store.feeds import FeedMemory


@pytest.fixture
def web() -> Iterator[Web]:
    with web_of_hosts() as served:
        yield served


@pytest.fixture
def host(web: Web) -> str:
    return f"127.0.0.1:{web.port}"


def rss(*items: str) -> Reply:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return Reply(f"<rss><channel>{inside}</channel></rss>".encode(), headers={"ETag": '"1"'})


def test_a_feed_is_read_and_the_next_run_goes_on_there(
    call: Caller, web: Web, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sources.polite.SystemClock.wait", lambda *_: None)
    feed = f"http://{host}/feed"
    teaser = f"<link>http://{host}/a</link><description>Berg plans ...</description>"

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"1"':
            return Reply(status=304)
        return rss(teaser, f"<description>{OTHER}</description>")

    web.pages[f"{host}/feed"] = answer
    web.pages[f"{host}/a"] = page(ARTICLE)
    options = ("--data", tmp_path / "store", "--allow-private", "--once")
    first = call("watch", *options, feed)
    assert (first.status, first.err.count("\n")) == (0, 1)
    assert '"command": "watch"' in first.err
    assert '"command": "watch"' not in call("watch", *options, feed).err
    assert [line.split("\t")[0] for line in first.out.splitlines()] == ["added", "added"]
    second = call("watch", *options, feed, f"http://{host}/none")
    assert second.status == 1
    assert second.out == ""
    assert f"http://{host}/none: 'http://{host}/none' answered 404" in second.err
    assert web.asked[-1].url == f"{host}/none"
    assert web.paths().count(f"{host}/a") == 1
    third = call("watch", *options, f"http://{host}/none")
    assert "Left alone" in third.err
    with Archive.open(tmp_path / "store", "http://localhost:8000/") as archive:
        state, tries = FeedMemory(archive.ledger).recall(feed)
        assert state is not None
        assert state.etag == '"1"'
        assert list(tries.values()) == [0, 0]
        assert archive.ledger.count() == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(web: Web, host: str, tmp_path: Path, number: signal.Signals) -> None:
    web.pages[f"{host}/feed"] = rss(f"<description>{OTHER}</description>")
    options = ("--data", tmp_path / "store", "--allow-private", "--every", "1h")
    with started("watch", *options, f"http://{host}/feed", env=environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("added\t")
        time.sleep(0.3)
        process.send_signal(number)
        assert process.wait(10) == 0
        (change, ended) = process.stderr.read().splitlines()
        assert '"command": "watch"' in change
        assert ended == "Ended; what was read is kept."
    with Archive.open(tmp_path / "store", "http://localhost:8000/") as archive:
        assert archive.ledger.count() == 1


def test_a_signal_ends_it_while_a_host_is_slow(web: Web, host: str, tmp_path: Path) -> None:
    web.pages[f"{host}/feed"] = Reply(raw=lambda _handler: time.sleep(20))
    options = ("--data", tmp_path / "store", "--allow-private")
    with started("watch", *options, f"http://{host}/feed", env=environment()) as process:
        limit = time.monotonic() + 20
        while f"{host}/feed" not in web.paths() and time.monotonic() < limit:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(10) == 0
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("every", ["", "15", "1s", "31d", "15 m", "-15m", "1e3m", "99999999999999m", "１５m"])
def test_an_interval_is_a_number_and_a_unit(call: Caller, every: str) -> None:
    done = call("watch", "--once", "--every", every, "http://news.example/feed")
    assert done.status == 2
    assert "write it as 90s, 15m" in " ".join(done.err.replace("│", " ").split())


def test_addresses_of_this_machine_are_not_watched_unless_that_is_said(
    call: Caller, web: Web, host: str, tmp_path: Path
) -> None:
    done = call(
        "watch",
        "--once",
        "--data",
        tmp_path / "store",
        f"http://{host}/feed",
        "http://127.0.0.1/feed",
        "no\x1bne",
    )
    assert done.status == 1
    assert done.err.count("--allow-private") == 2
    assert "\x1b" not in done.err
    assert web.asked == []


def test_a_refused_address_is_asked_as_soon_as_it_is_allowed(
    call: Caller, web: Web, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sources.polite.SystemClock.wait", lambda *_: None)
    web.pages[f"{host}/feed"] = rss(f"<description>{OTHER}</description>")
    options = ("--data", tmp_path / "store", "--once", f"http://{host}/feed")
    refused = call("watch", *options)
    assert refused.status == 1
    assert "--allow-private" in refused.err
    assert web.paths() == []
    allowed = call("watch", "--allow-private", *options)
    assert (allowed.status, allowed.err.count("\n")) == (0, 1)
    assert allowed.out.startswith("added")
