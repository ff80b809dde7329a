"""What lies in a folder beside regular files, and how much of a file is ever read."""

from __future__ import annotations

import io
import os
import socket
import threading
from pathlib import Path
from typing import BinaryIO

import pytest
from sourcing import OTHER, PLAIN, only_article, only_error, read

from graph import sources
from graph.errors import UnreadableSource
from graph.model import Article, Failure
from graph.sources import walk


def _feed(pipe: Path, text: str) -> threading.Thread:
    """Write to a pipe as soon as someone reads it."""
    feeder = threading.Thread(target=pipe.write_text, args=(text,), daemon=True)
    feeder.start()
    return feeder


def _in_time(path: Path, skipped: list[Path]) -> list[Article | Failure]:
    """Read in a thread, so that a wait for ever fails the test and does not hang it."""
    found: list[Article | Failure] = []
    reading = threading.Thread(
        target=lambda: found.extend(read(path, on_skipped=skipped.append)), daemon=True
    )
    reading.start()
    reading.join(20)
    assert not reading.is_alive()
    return found


def test_pipes_and_sockets_in_a_folder_are_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "d").mkdir()
    os.mkfifo(tmp_path / "d" / "pipe.txt")
    (tmp_path / "d" / "to-pipe.txt").symlink_to("pipe.txt")
    (tmp_path / "d" / "real.txt").write_text(PLAIN)
    monkeypatch.chdir(tmp_path / "d")  # the name of a socket has to be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        skipped: list[Path] = []
        assert only_article(_in_time(tmp_path / "d", skipped)).text == PLAIN
    assert [path.name for path in skipped] == ["pipe.txt", "socket.txt", "to-pipe.txt"]


def test_a_file_that_becomes_a_pipe_is_refused_without_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pipe.txt").write_text(PLAIN)

    def swapped(path: Path) -> BinaryIO:
        path.unlink()
        os.mkfifo(path)
        return walk.open_regular(path)

    monkeypatch.setattr(sources, "open_regular", swapped)
    failure = only_error(_in_time(tmp_path, []), UnreadableSource)
    assert "regular file" in str(failure.error)
    assert failure.source == str(tmp_path / "pipe.txt")


def test_a_pipe_that_is_named_itself_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    feeder = _feed(tmp_path / "pipe", OTHER)
    assert only_article(_in_time(tmp_path / "pipe", [])).text == OTHER
    feeder.join(20)
    assert not feeder.is_alive()


def test_what_cannot_be_looked_at_never_hides_the_rest_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text(PLAIN)
    (tmp_path / "beyond").symlink_to("n" * 300)
    (tmp_path / "loop").symlink_to("loop")
    skipped: list[Path] = []
    assert only_article(read(tmp_path, on_skipped=skipped.append)).text == PLAIN
    assert [path.name for path in skipped] == ["beyond", "loop"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "is empty"),
        ("a\x00b", "zero byte"),
        ("none", "no such file"),
        ("loop.txt", "leads back to itself"),
        ("n" * 256, "as long"),
        ("file/x", "no folder"),
        ("empty", "only blanks"),
    ],
)
def test_a_path_that_leads_to_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text(PLAIN)
    Path("empty").touch()
    Path("loop.txt").symlink_to("loop.txt")
    (failure,) = sources.read_paths([name], stdin=io.BytesIO(), limit=1000)
    assert isinstance(failure, Failure)
    assert says in str(failure.error)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.txt", "a\\nb.txt"),
        ("a\x1b[2J.txt", "a\\x1b[2J.txt"),
        ("\udcff.txt", "\\xff.txt"),
        ("é — \U0001f600.txt", "é — \U0001f600.txt"),
        ("-o.txt", "-o.txt"),
        ("n" * 251 + ".txt", "n" * 251 + ".txt"),
    ],
)
def test_a_file_with_any_name_is_read_and_named_in_one_line(tmp_path: Path, name: str, shown: str) -> None:
    (tmp_path / name).write_text(PLAIN)
    article = only_article(read(tmp_path))
    assert (article.text, article.source) == (PLAIN, f"{tmp_path}/{shown}")


def test_a_file_that_is_gone_when_it_is_read_never_stops_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAIN)
    (tmp_path / "b.txt").write_text(PLAIN)
    (tmp_path / "c.txt").write_text(OTHER)
    found = sources.read_paths([str(tmp_path)], stdin=io.BytesIO(), limit=1000)
    first = next(found)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.txt").write_text(OTHER * 2)
    gone, last = found
    assert isinstance(first, Article)
    assert isinstance(gone, Failure)
    assert (gone.source, str(gone.error)[:15]) == (f"{tmp_path}/b.txt", "There is no suc")
    assert isinstance(last, Article)
    assert last.text == OTHER * 2
