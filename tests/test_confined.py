"""Tables that a stranger sent: read in a confined process, within bounds whatever they say of themselves."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sourcing import OTHER, PLAIN

from graph.confined import reading
from graph.confined.items import of_line, to_line
from graph.confined.reading import Bounds, Table
from graph.errors import BadRecord, EmptyText, NotText, ReadFailed, TooLarge
from graph.model import Article, Failure
from graph.sources.jsonl import OnlyAddress

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

WIDE = Bounds(article=10_000, articles=1000, characters=1_000_000)


def table(**columns: Any) -> bytes:
    """Write a table, packed as tightly as may be."""
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, compression="zstd")
    return buffer.getvalue()


def repeated(text: str, times: int) -> Any:
    """Make a column of one text, which is there once."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), pa.array([text]))


def taken(data: bytes, folder: Path, bounds: Bounds = WIDE) -> list[Article | Failure]:
    def each() -> Iterator[Article | Failure]:
        with (folder / "a.parquet").open("w+b") as file:
            file.write(data)
            file.flush()
            whole = Table(file, "body", bounds)
            while some := whole.take(100):
                yield from some

    return list(each())


def errors(found: list[Article | Failure]) -> list[tuple[str, type]]:
    return [(str(one.source), type(one.error)) for one in found if isinstance(one, Failure)]


def test_rows_are_articles_or_failures_of_their_own(tmp_path: Path) -> None:
    days = pa.array(
        [datetime(2023, 3, 17, 10), None, None, None, None], pa.timestamp("ns", tz="Europe/Paris")
    )
    urls = ["http://news.example/1", None, None, "http://news.example/4", "no address"]
    text = pa.array([PLAIN.encode(), b"x" * 50_000, b"\xff", None, OTHER.encode()], pa.binary())
    found = taken(table(text=text, date=days, url=urls), tmp_path)
    assert found[0] == Article(PLAIN, url="http://news.example/1", published=date(2023, 3, 17))
    assert found[0].source == "body:1"
    assert [source for source, _ in errors(found)] == ["body:2", "body:3", "body:4", "body:5"]
    address = found[3].error
    assert isinstance(address, OnlyAddress)
    assert address.article.url == "http://news.example/4"


def test_long_articles_are_taken_few_at_a_time(tmp_path: Path) -> None:
    with (tmp_path / "a.parquet").open("w+b") as file:
        file.write(table(text=repeated("word " * 100_000, 10)))
        file.flush()
        whole = Table(file, "body", Bounds(1_000_000, 100, 10_000_000))
        sizes = []
        while some := whole.take(100):
            sizes.append(len(some))
    assert sizes == [3, 3, 3, 1]


def test_text_over_its_limit_is_told_by_its_characters(tmp_path: Path) -> None:
    found = taken(table(text=repeated("word " * 1_000_000, 10)), tmp_path)
    assert [kind for _, kind in errors(found)] == [TooLarge] * 10
    assert "10,000 characters" in str(found[0].error)


@pytest.mark.parametrize(
    "column",
    [
        [1],
        [1.5],
        [True],
        [{"a": "b"}],
        [["a"]],
        pa.array([b"\x00" * 9], pa.binary(9)),
    ],
    ids=lambda column: type(column[0]).__name__,
)
def test_columns_of_other_types_are_no_text(tmp_path: Path, column: Any) -> None:
    ((source, kind),) = errors(taken(table(text=column), tmp_path))
    assert source == "body:1"
    assert kind in {BadRecord, NotText}


def test_files_that_are_no_table_are_one_failure(tmp_path: Path) -> None:
    whole = table(text=[f"{PLAIN} {n}" for n in range(2000)])
    footer = bytearray(whole)
    footer[-200:-100] = os.urandom(100)
    for data in (b"", b"PAR1", b"PAR1" * 9, whole[:-1], whole[: len(whole) // 2], whole[40:]):
        assert errors(taken(data, tmp_path)) == [("body", NotText)]
    assert {kind for _, kind in errors(taken(bytes(footer), tmp_path, Bounds(10_000, 5000, 10**6)))} <= {
        NotText
    }
    assert errors(taken(table(name=["Hale"]), tmp_path)) == [("body", BadRecord)]
    assert errors(taken(table(text=pa.array([], pa.string())), tmp_path)) == [("body", EmptyText)]


def test_what_unpacks_to_too_much_is_refused_whole(tmp_path: Path) -> None:
    bomb = table(text=repeated("word " * 1500, 10_000))
    assert len(bomb) < 2000
    with pytest.raises(TooLarge, match="characters together"):
        taken(bomb, tmp_path, Bounds(10_000, 100_000, 100_000))
    with pytest.raises(TooLarge, match="1,000 rows"):
        taken(table(text=pa.nulls(1_000_000, pa.string())), tmp_path)


def test_more_than_the_memory_that_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MEMORY", 8 << 20)
    with pytest.raises(TooLarge, match=r"memory|MB|unpacks"):
        taken(table(text=["word " * 6_000_000]), tmp_path)


def test_more_than_the_time_that_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(text=repeated("word " * 500, 300_000))
    wide = Bounds(10_000, 10**9, 10**12)
    monkeypatch.setattr(reading, "_SECONDS", 1)
    with pytest.raises(TooLarge, match=r"over 1 s|too long"):
        taken(rows, tmp_path, wide)
    monkeypatch.setattr(reading, "_WAIT", 0.0)
    with pytest.raises(TooLarge, match="too long"):
        taken(rows, tmp_path, wide)


def test_it_ends_when_nobody_wants_more(tmp_path: Path) -> None:
    with (tmp_path / "a.parquet").open("w+b") as file:
        file.write(table(text=repeated(PLAIN, 100_000)))
        file.flush()
        whole = Table(file, "body", Bounds(10_000, 10**9, 10**12))
        assert len(whole.take(10)) == 10
        process = whole._process
        assert process is not None
        whole.end()
        assert process.returncode is not None
        assert whole.take(10) == []
        waiting = Table(file, "body", WIDE)
        threading.Timer(0.05, waiting.end).start()
        begun = time.monotonic()
        with pytest.raises(TooLarge):
            waiting.take(1000)
        assert time.monotonic() - begun < 30


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are of Linux")
def test_the_process_can_open_neither_files_nor_sockets(tmp_path: Path) -> None:
    """What reads the rows is put in the place of pyarrow's reader, and tries."""
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    code = f"""
import json, socket, sys
from graph.confined import child
def tries(file, name, limit):
    tried = []
    for what in (lambda: open({str(secret)!r}), lambda: open({str(tmp_path / "new")!r}, "w"), socket.socket):
        try:
            what()
            tried.append("done")
        except OSError as error:
            tried.append(type(error).__name__)
    sys.stderr.write(json.dumps(tried))
    return iter(())
child.read_parquet = tries
child.main()
"""
    task = {"name": "body", "limit": 9, "memory": 1 << 29, "seconds": 9, "folders": reading._folders()}
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(task)],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    assert json.loads(done.stderr) == ["PermissionError"] * 3
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"7",
        b"{}",
        b'{"source":"a"}',
        b'{"source":"a","article":{"text":""}}',
        b'{"source":"a","error":[]}',
    ],
)
def test_what_the_process_says_is_looked_at(line: bytes) -> None:
    with pytest.raises((ReadFailed, ValueError, KeyError, TypeError, EmptyText)):
        of_line(line, 100)
    with pytest.raises(ReadFailed):
        reading._item(line, 100)


def test_items_pass_as_they_are() -> None:
    for item in (
        Article(PLAIN, "A title", "http://news.example/1", date(2023, 3, 17), "The Vale", source="body:1"),
        Failure("body:2", TooLarge("It is too large. Split it.")),
        Failure("body:3", ReadFailed("Nobody foresaw this. Report it.")),
    ):
        back = of_line(to_line(item), 1000)
        assert repr(back) == repr(item)
    strange = of_line(b'{"source":"body:1","error":["SystemExit","Bye."]}', 100)
    assert isinstance(strange, Failure)
    assert type(strange.error) is ReadFailed
