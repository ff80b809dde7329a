from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sourcing import body, only_article, only_error, read

from graph.errors import (
    BadEncoding,
    EmptyText,
    NotText,
    TooLarge,
)
from graph.model import Article, Failure
from graph.sources import read_paths
from graph.sources.lines import split_lines


def test_text_is_kept_exactly(tmp_path: Path) -> None:
    text = "  A “quote”.\r\n\r\nNext\tline 🙂\u2028and more.\x0c\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    assert only_article(read(path)) == Article(text)


def test_byte_order_mark_is_dropped() -> None:
    assert only_article(body(b"\xef\xbb\xbfHello")).text == "Hello"


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF document"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a ZIP archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"\x1f\x8b\x08\x00\x00", "gzip-compressed data"),
        (b"{\\rtf1\\ansi Hello}", "a Rich Text document"),
        (b"text with a \x00 in it", "a zero byte at 12"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08 ab", "control characters"),
    ],
)
def test_binary_data_is_named(tmp_path: Path, data: bytes, looks_like: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert looks_like in str(only_error(read(path), NotText).error)
    assert looks_like in str(only_error(read(path, lines=True), NotText).error)


def test_large_binary_file_is_called_binary_rather_than_large(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7" + b" " * 1000)
    only_error(read(path, limit=10), NotText)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_invalid_utf8_names_the_byte(mark: bytes) -> None:
    data = mark + b"A caf\xe9 opened."
    error = str(only_error(body(data), BadEncoding).error)
    assert f"0xE9 at {data.index(0xE9)}" in error
    assert "iconv -f WINDOWS-1252 -t UTF-8" in error


def test_utf16_is_named() -> None:
    assert "iconv -f UTF-16" in str(only_error(body("Hello".encode("utf-16")), BadEncoding).error)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "\u2003\u00a0".encode()])
@pytest.mark.parametrize("lines", [False, True])
def test_blank_is_empty(data: bytes, lines: bool) -> None:
    only_error(read("-", stdin=data, lines=lines), EmptyText)


def test_limit_counts_characters_not_bytes() -> None:
    assert only_article(read("-", stdin="🙂🙂🙂".encode(), limit=3)).text == "🙂🙂🙂"
    only_error(read("-", stdin="🙂🙂🙂🙂".encode(), limit=3), TooLarge)
    assert "3 characters" in str(only_error(read("-", stdin=b"x" * 100, limit=3), TooLarge).error)


def test_more_than_the_limit_is_not_read() -> None:
    stdin = io.BytesIO(b"x" * 1_000_000)
    list(read_paths(["-"], stdin=stdin, limit=1000))
    assert stdin.tell() < 5000


def test_each_line_is_an_article() -> None:
    found = read("-", stdin="One.\r\n\r\n  Two. \nThrée.".encode(), lines=True)
    assert found == [Article("One."), Article("  Two. "), Article("Thrée.")]


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"One.\ncaf\xe9\n" + b"x" * 50 + b"\n" + b"y" * 400 + b"\nFive.\n")
    one, two, three, four, five = read(path, lines=True, limit=10)
    assert (one, five) == (Article("One."), Article("Five."))
    assert [f.source for f in (two, three, four) if isinstance(f, Failure)] == [
        f"{path}:{n}" for n in (2, 3, 4)
    ]
    assert isinstance(two, Failure)
    assert "0xE9 at 8" in str(two.error)


@given(
    st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"")), max_size=8),
    st.integers(1, 30),
)
def test_lines_are_those_of_the_stream(lines: list[bytes], longest: int) -> None:
    data = b"\n".join(lines)
    for line in split_lines(io.BytesIO(data), longest):
        expected = lines[line.number - 1].removesuffix(b"\r")
        assert data[line.offset :].startswith(line.data)
        assert line.data == expected if line.whole else expected.startswith(line.data.removesuffix(b"\r"))
        assert line.whole or len(lines[line.number - 1]) > longest
    found = [line.number for line in split_lines(io.BytesIO(data), 100)]
    assert found == [number for number, line in enumerate(lines, 1) if line.strip()]
