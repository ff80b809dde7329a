"""`ingest` and `extract` of web addresses, feeds and tables, from a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import ARTICLE, OTHER, Caller, lines
from webbing import Reply, Web, page, web_of_hosts


@pytest.fixture
def web() -> Iterator[Web]:
    with web_of_hosts() as served:
        yield served


@pytest.fixture
def host(web: Web) -> str:
    return f"127.0.0.1:{web.port}"


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Caller:
    monkeypatch.setattr("graph.sources.polite.SystemClock.wait", lambda *_: None)
    return Caller(capfdbinary, monkeypatch)


def feed(*items: str) -> Reply:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return Reply(
        f"<rss><channel><title>Norvalia Post</title>{inside}</channel></rss>".encode(),
        headers={"Content-Type": "application/rss+xml"},
    )


def test_an_address_is_read_as_what_it_holds(call: Caller, web: Web, host: str, tmp_path: Path) -> None:
    web.pages[f"{host}/a"] = page(OTHER)
    web.pages[f"{host}/feed"] = feed(
        f"<link>http://{host}/b</link><description>Berg plans ...</description>",
        f"<link>http://{host}/none</link><description>Lund said ...</description>",
    )
    web.pages[f"{host}/b"] = page(ARTICLE)
    table = tmp_path / "a.csv"
    table.write_text("text,title\nRussia annexed Crimea in 2014.,Crimea\n,Nothing\n")
    store = tmp_path / "store"
    done = call(
        "ingest",
        "--data",
        store,
        "--allow-private",
        f"http://{host}/a",
        f"http://{host}/feed",
        f"http://{host}/c",
        table,
    )
    assert done.status == 1
    assert [line.split("\t")[0] for line in done.out.splitlines()] == ["added"] * 3
    told = done.err
    assert f"http://{host}/feed:2: 'http://{host}/none' answered 404" in told
    assert f"http://{host}/c: 'http://{host}/c' answered 404" in told
    assert f"{table}:3: There is no text" in told
    assert "3 added" in told
    assert "3 refused" in told


def test_an_address_of_this_machine_is_fetched_only_if_that_is_said(
    call: Caller, web: Web, host: str, tmp_path: Path
) -> None:
    done = call("ingest", "--data", tmp_path / "store", f"http://127.0.0.1/{web.port}", f"http://{host}/a")
    assert done.status == 1
    assert "not an address on the public internet" in done.err
    assert "another port" in done.err
    assert done.err.count("--allow-private") == 2
    assert web.asked == []


def test_extract_reads_addresses_too(call: Caller, web: Web, host: str) -> None:
    web.pages[f"{host}/a"] = page(OTHER)
    done = call("extract", "--allow-private", "--format", "jsonl", f"http://{host}/a")
    assert done.status == 0
    assert {one["subject"]["label"] for one in lines(done.out)} >= {"Anna Berg"}


def test_a_feed_in_a_file_is_online_only_if_that_is_set(
    call: Caller, web: Web, host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.pages[f"{host}/a"] = page(ARTICLE)
    file = tmp_path / "feed.rss"
    file.write_bytes(feed(f"<link>http://{host}/a</link><description>{OTHER}</description>").body)
    assert call("extract", "--allow-private", "--format", "jsonl", file).status == 0
    assert web.asked == []
    monkeypatch.setenv("NEWSGRAPH_FETCH", "true")
    assert "Poland" in call("extract", "--allow-private", "--format", "jsonl", file).out
    assert f"{host}/a" in web.paths()
