from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sourcing import LIMIT, OTHER, PARAGRAPH, PARAGRAPHS, PLAIN, body, only_article, only_error, page, read

from graph.errors import (
    BadEncoding,
    EmptyText,
    InputError,
    UnknownFormat,
    UnreadableSource,
)
from graph.model import Article, Failure
from graph.sources import SOURCES, read_body, read_paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.TXT").write_text("Z.")
    (tmp_path / "b" / "a.txt").write_text("A.")
    (tmp_path / "a.jsonl").write_text('{"text": "J."}')
    (tmp_path / "c.html").write_text(page(PARAGRAPH))
    (tmp_path / "notes.doc").write_text("never read")
    (tmp_path / ".hidden.txt").write_text("never read")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("never read")
    return tmp_path


def test_folder_gives_its_articles_in_order(folder: Path) -> None:
    assert [a.text for a in read(folder) if isinstance(a, Article)] == ["J.", "A.", "Z.", PLAIN]


def test_links_in_a_circle_end(folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder)
    (folder / "b" / "loop2").symlink_to(folder / "b")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    found = read(folder)
    assert len([item for item in found if isinstance(item, Article)]) == 4
    assert only_error(
        [item for item in found if isinstance(item, Failure)], UnreadableSource
    ).source.endswith("self.txt")


def test_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_text("x")
    assert ".jsonl" in str(only_error(read(tmp_path), UnreadableSource).error)


def test_missing_file_never_stops_the_others(folder: Path) -> None:
    first, second = read(folder / "none.txt", folder / "a.jsonl")
    assert only_error([first], UnreadableSource).source == str(folder / "none.txt")
    assert second == Article("J.")


def test_path_that_the_system_refuses() -> None:
    only_error(read("a\x00b"), UnreadableSource)
    only_error(read("x" * 5000), UnreadableSource)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(folder: Path) -> None:
    (folder / "a.jsonl").chmod(0)
    assert "permissions" in str(only_error(read(folder / "a.jsonl"), UnreadableSource).error)


def test_failure_while_reading_is_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object, __: object = None, **___: object) -> Iterator[object]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", broken)
    monkeypatch.setattr(Path, "iterdir", broken)
    assert "permissions" in str(only_error(read(folder / "a.jsonl"), UnreadableSource).error)
    assert "permissions" in str(read(folder)[0].error)  # type: ignore[union-attr]


def test_named_file_of_any_suffix_is_text(folder: Path) -> None:
    assert only_article(read(folder / "notes.doc")) == Article("never read")


def test_file_name_that_is_not_utf8_can_be_printed(tmp_path: Path) -> None:
    only_error(read(os.fsdecode(b"caf\xe9.txt")), UnreadableSource).source.encode()


def test_standard_input_stands_where_it_is_named(folder: Path) -> None:
    found = read(folder / "b" / "a.txt", "-", stdin=b"S.")
    assert found == [Article("A."), Article("S.")]
    assert only_error(read("-"), EmptyText).source == "standard input"


def test_standard_input_is_not_sniffed() -> None:
    assert only_article(read("-", stdin=b'{"text": "x"}')).text == '{"text": "x"}'


def test_lines_concern_plain_text_only(folder: Path) -> None:
    (folder / "c.html").write_text(page(PARAGRAPHS))
    (folder / "b" / "a.txt").write_text("A.\nB.\n")
    assert [a.text for a in read(folder, lines=True) if isinstance(a, Article)] == [
        "J.",
        "A.",
        "B.",
        "Z.",
        f"{PLAIN}\n{OTHER}",
    ]


def test_date_is_for_articles_without_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One.", "published": "2020-01-02"}\n{"text": "Two."}\n')
    day = date(2023, 3, 17)
    assert [a.published for a in read(path, published=day) if isinstance(a, Article)] == [
        date(2020, 1, 2),
        day,
    ]
    assert only_article(body("One.", published=day)).published == day


def test_everything_is_lazy(folder: Path) -> None:
    def names() -> Iterator[str]:
        yield str(folder / "a.jsonl")
        raise AssertionError("asked for the second path too early")

    assert next(read_paths(names(), stdin=io.BytesIO(), limit=LIMIT)) == Article("J.")


def test_body_in_its_declared_character_set() -> None:
    data = "A café – opened.".encode("cp1252")
    assert only_article(body(data, 'text/plain; charset="windows-1252"')).text == "A café – opened."
    assert only_article(body(data, "text/plain;charset=ISO-8859-1")).text == "A café – opened."
    assert only_article(body("Hé".encode("utf-16"), "text/plain; charset=utf-16")).text == "Hé"


@pytest.mark.parametrize(
    "charset", ["utf-8", "US-ASCII", "zip", "hex", "idna", "unicode_escape", "x-none", "utf-16"]
)
def test_body_that_is_not_what_it_declares(charset: str) -> None:
    only_error(body(b"\x81\xe9x", f"text/plain; charset={charset}"), BadEncoding)


def test_unknown_media_type_lists_the_known() -> None:
    error = str(only_error(body("x", "application/pdf"), UnknownFormat).error)
    assert all(media_type in error for source in SOURCES for media_type in source.media_types)


def test_no_suffix_or_media_type_has_two_readers() -> None:
    for names in (
        [s.suffixes for s in SOURCES],
        [s.media_types for s in SOURCES],
        [(s.name,) for s in SOURCES],
    ):
        every = list(itertools.chain(*names))
        assert len(every) == len(set(every))


MEDIA_TYPES = [media_type for source in SOURCES for media_type in source.media_types]
FRAGMENTS = (
    '<p> <html> <body> Peter met Ann. { "text": "a" } <meta\tcharset= utf-16 <table> <!-- --> &amp; <title> '
    "[ , 😀 \\ud800 PK\x03\x04 \x00 \ufeff"
)
PIECES = st.sampled_from([*FRAGMENTS.encode().split(b" "), b"\n", b" ", b"\xe9"])


@given(
    st.one_of(st.binary(), st.lists(PIECES, max_size=20).map(b"".join)),
    st.sampled_from(MEDIA_TYPES),
    st.integers(0, 50),
)
def test_any_bytes_give_articles_or_failures(data: bytes, media_type: str, limit: int) -> None:
    found = list(read_body(data, media_type, "body", limit=limit))
    assert found
    for item in found:
        if isinstance(item, Article):
            assert item.text.strip()
            assert len(item.text) <= limit
            item.text.encode()
        else:
            assert isinstance(item.error, InputError)
            assert str(item.error)


@given(st.binary(max_size=200), st.booleans())
def test_any_standard_input_gives_articles_or_failures(data: bytes, lines: bool) -> None:
    found = read("-", stdin=data, lines=lines)
    assert found
    if lines is False and isinstance(found[0], Article):
        assert found[0].text.encode() == data.removeprefix(b"\xef\xbb\xbf")


def test_importing_sources_is_cheap() -> None:
    code = "import sys, graph.sources; assert not {'trafilatura', 'lxml', 'spacy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
