"""Where the command line takes the text of a query from, and how much of it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from calling import Caller

from graph.sparql.guard import MAX_BYTES

ASK = b"ASK { ?s ?p ?o }"
_BOM = b"\xef\xbb\xbf"
_PLENTY = 64 << 20
"""Bytes that a pipe offers at most, so that a reader without a bound still ends."""


def padded(size: int) -> bytes:
    return ASK.ljust(size)


@pytest.mark.parametrize("start", [b"", _BOM])
def test_a_file_of_a_query_may_be_as_long_as_a_query(call: Caller, filled: Path, start: bytes) -> None:
    Path("q.rq").write_bytes(start + padded(MAX_BYTES))
    told = call("query", "--data", filled, "@q.rq")
    assert (told.status, told.out) == (0, "true\n")
    Path("q.rq").write_bytes(start + padded(MAX_BYTES + 1))
    assert call("query", "--data", filled, "@q.rq").status == 1


def test_a_file_without_end_is_refused(call: Caller) -> None:
    with Path("big.rq").open("wb") as file:
        file.truncate(1 << 40)
    told = call("query", "@big.rq")
    assert (told.status, told.out) == (1, "")
    assert told.err == "big.rq: A query may have 262,144 bytes, and this has more; ask for less at once.\n"


def test_a_pipe_without_end_is_read_no_further(call: Caller) -> None:
    os.mkfifo("pipe")
    taken: list[int] = []

    def feed() -> None:
        with open("pipe", "wb", buffering=0) as pipe:
            try:
                while sum(taken) < _PLENTY:
                    taken.append(pipe.write(bytes(1 << 16)))
            except BrokenPipeError:
                return

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    told = call("query", "@pipe")
    feeder.join(20)
    assert told.status == 1
    assert "262,144 bytes" in told.err
    assert sum(taken) < 4 * MAX_BYTES


def test_standard_input_is_bounded_too(call: Caller, filled: Path) -> None:
    told = call("query", "--data", filled, "@-", stdin=_BOM + ASK)
    assert (told.status, told.out) == (0, "true\n")
    told = call("query", "--data", filled, "@-", stdin=padded(MAX_BYTES + 10))
    assert told.status == 1
    assert told.err.startswith("standard input: A query may have 262,144 bytes")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "'': There is no such file or folder."),
        ("none.rq", "none.rq: There is no such file or folder."),
        ("folder", "folder: It is a folder."),
        ("loop", "loop: It is a link that leads back to itself."),
        ("latin.rq", "latin.rq: The query is not UTF-8 at byte 4"),
        ("n" * 256, "No name can be as long."),
        ("a\nb", "a\\nb: There is no such file or folder."),
    ],
)
def test_what_cannot_be_read_is_told(call: Caller, name: str, says: str) -> None:
    Path("folder").mkdir()
    Path("loop").symlink_to("loop")
    Path("latin.rq").write_bytes(b"ASK \xe9")
    told = call("query", f"@{name}")
    assert (told.status, told.out) == (1, "")
    assert says in told.err
    assert len(told.err.splitlines()) == 1
