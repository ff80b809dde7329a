"""Where `--output` writes: what it replaces, what it follows, and what it leaves as it is."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import Caller

from api.commands.output import write


def test_a_pipe_is_written_to_and_stays(call: Caller, filled: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    told = call("export", "--data", filled, "jsonl", "-o", pipe)
    assert told.status == 0
    assert stat.S_ISFIFO(pipe.stat().st_mode)  # if it were replaced, the reader would wait for ever
    reader.join(20)
    assert read == [call("export", "--data", filled, "jsonl").out.encode()]
    assert f"{len(read[0]):,} bytes" in told.err


def test_extract_writes_to_a_pipe_behind_a_link(call: Caller, article: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()), daemon=True)
    reader.start()
    assert call("extract", article, "-o", tmp_path / "link").status == 0
    assert (tmp_path / "link").is_fifo()
    reader.join(20)
    assert b"Anna Berg" in read[0]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_its_file_is_replaced(
    call: Caller, filled: Path, tmp_path: Path, there: bool
) -> None:
    (tmp_path / "far").mkdir()
    file = tmp_path / "far" / "graph.jsonl"
    if there:
        file.write_text("before")
    link = tmp_path / "link"
    link.symlink_to(file)
    assert call("export", "--data", filled, "jsonl", "-o", link).status == 0
    assert link.is_symlink()
    assert "Anna Berg" in file.read_text(encoding="utf-8")
    assert os.listdir(tmp_path / "far") == ["graph.jsonl"]


@pytest.mark.parametrize("name", ["n" * 255, "\u00e9" * 127, "a\nb", "-o", "a\x1b[2Jb", "\udcff"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    assert write([b"whole"], tmp_path / name) == 5
    assert os.listdir(tmp_path) == [name]
    assert (tmp_path / name).read_bytes() == b"whole"


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"before")
    file.chmod(0o600)
    assert write([b"af", b"ter"], file) == 5
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_there_stays_when_the_writing_fails(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError(5, "made for the test")

    file = tmp_path / "file"
    file.write_bytes(b"before")
    with pytest.raises(OSError, match="made for the test"):
        write(broken(), file)
    assert file.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("name", ["folder", "loop", "none/file", "dangling"])
def test_a_place_that_cannot_be_written_is_named(
    call: Caller, filled: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("none/file")
    told = call("export", "--data", filled, "jsonl", "-o", tmp_path / name)
    assert told.status == 1
    assert told.err.startswith(f"The system refused: {tmp_path / name}: ")
    assert (tmp_path / "loop").is_symlink()
