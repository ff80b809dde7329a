from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sourcing import OTHER, PLAIN, only_article, only_error, read

from graph.errors import BadRecord, EmptyText, NotText, TooLarge, UnreadableSource
from graph.model import Article, Failure

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def write(path: Path, **columns: list[Any]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_a_row_is_an_article(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.parquet",
        headline=["Port", None],
        content=[PLAIN, OTHER],
        date=[datetime(2023, 3, 17, 10), None],
        url=["http://news.example/1", None],
        length=[1, 2],
    )
    first, second = read(file)
    assert first == Article(PLAIN, "Port", "http://news.example/1", date(2023, 3, 17))
    assert second == Article(OTHER)
    assert isinstance(first, Article)
    assert first.source == f"{file}:1"


def test_it_is_found_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", text=[PLAIN])
    assert only_article(read(tmp_path)).text == PLAIN


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pa.large_string(), [PLAIN, OTHER]),
        (pa.binary(), [PLAIN.encode(), OTHER.encode()]),
        (pa.dictionary(pa.int32(), pa.string()), [PLAIN, OTHER]),
    ],
)
def test_text_may_be_kept_in_many_ways(tmp_path: Path, kind: Any, values: list[Any]) -> None:
    file = write(tmp_path / "a.parquet", text=pa.array(values, kind))
    assert [item.text for item in read(file) if isinstance(item, Article)] == [PLAIN, OTHER]


def test_a_row_that_is_bad_is_a_failure_with_its_number(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.parquet",
        text=pa.array([b"One.", None, b"", b"\xff", b"x" * 20_000, b"Two."], pa.binary()),
    )
    found = read(file)
    assert [item.source for item in found if isinstance(item, Failure)] == [
        f"{file}:{n}" for n in (2, 3, 4, 5)
    ]
    assert [item.text for item in found if isinstance(item, Article)] == ["One.", "Two."]


def test_tables_that_cannot_be_read_are_one_failure(tmp_path: Path) -> None:
    only_error(read(write(tmp_path / "a.parquet", name=["x"])), BadRecord)
    only_error(read(write(tmp_path / "b.parquet", text=pa.array([], pa.string()))), EmptyText)
    (tmp_path / "c.parquet").write_bytes(b"PAR1 and no more")
    only_error(read(tmp_path / "c.parquet"), NotText)
    whole = write(tmp_path / "d.parquet", text=[PLAIN] * 500).read_bytes()
    for cut in (10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "d.parquet").write_bytes(whole[:cut])
        only_error(read(tmp_path / "d.parquet"), NotText)


@pytest.mark.parametrize(
    "moment",
    [
        pa.array([2**62], pa.timestamp("us")),
        pa.array([-(2**31)], pa.date32()),
        pa.array([0], pa.timestamp("us", tz="../../etc/passwd")),
        pa.array([2**62], pa.duration("ns")),
        pa.array([{"day": 17}]),
    ],
    ids=lambda column: str(column.type),
)
def test_a_moment_that_is_none_is_a_failure_of_its_row(tmp_path: Path, moment: Any) -> None:
    failure = only_error(read(write(tmp_path / "a.parquet", text=[PLAIN], published=moment)), BadRecord)
    assert '"published"' in str(failure.error)


def test_moments_may_be_as_exact_as_they_like(tmp_path: Path) -> None:
    exact = pa.array([1_679_047_200_123_456_789, None], pa.timestamp("ns", tz="UTC"))
    first, second = read(write(tmp_path / "a.parquet", text=[PLAIN, OTHER], published=exact))
    assert isinstance(first, Article)
    assert first.published == date(2023, 3, 17)
    assert second == Article(OTHER)


def test_numbers_are_no_text(tmp_path: Path) -> None:
    only_error(read(write(tmp_path / "a.parquet", text=[1])), BadRecord)


def test_columns_that_unpack_to_too_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.sources.parquet._MOST_BYTES", 10_000)
    only_error(read(write(tmp_path / "a.parquet", text=[f"{n} {PLAIN}" for n in range(1_000)])), TooLarge)


def test_a_pipe_cannot_be_read(tmp_path: Path) -> None:
    pipe = tmp_path / "a.parquet"
    os.mkfifo(pipe)

    def write() -> None:
        with suppress(BrokenPipeError):
            pipe.write_bytes(b"PAR1")

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    only_error(read(pipe), UnreadableSource)
    writer.join(10)


def test_without_its_library_the_error_says_how_to_install_it(tmp_path: Path) -> None:
    file = write(tmp_path / "a.parquet", text=[PLAIN])
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from graph.sources import read_paths\n"
        f"(failure,) = read_paths([{str(file)!r}], stdin=None, limit=1000)\n"
        "print(failure.error)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert "[parquet]" in said.stdout
