from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sourcing import LIMIT, OTHER, PLAIN, body, only_article, only_error, read

from graph.errors import BadEncoding, BadRecord, EmptyText, NotText, TooLarge
from graph.model import Article, Failure
from graph.sources.records import day_of
from graph.sources.table import read_csv


def table(data: str | bytes, limit: int = LIMIT) -> list[Article | Failure]:
    return body(data, "text/csv", limit=limit)


def texts(found: list[Article | Failure]) -> list[str]:
    return [item.text for item in found if isinstance(item, Article)]


def failures(found: list[Article | Failure]) -> dict[str, type[Exception]]:
    return {item.source: type(item.error) for item in found if isinstance(item, Failure)}


def test_a_row_is_an_article() -> None:
    found = table(
        "title,url,published,publisher,text,other\r\n"
        f'Port,http://news.example/1,2023-03-17,Norvalia Post,"{PLAIN}\nIt ""denied"" more, he said.",x\r\n'
    )
    assert only_article(found) == Article(
        f'{PLAIN}\nIt "denied" more, he said.',
        "Port",
        "http://news.example/1",
        date(2023, 3, 17),
        "Norvalia Post",
    )
    assert only_article(found).source == "body:2"


@pytest.mark.parametrize(
    "names",
    [
        "Headline,Link,Date,Source,Content",
        "HEADING,web_url,published_at,Site Name,body",
        "title,URI,pubDate,outlet,full-text",
    ],
)
def test_columns_have_many_names(names: str) -> None:
    found = table(f"{names}\nPort,http://news.example/1,2023-03-17T10:00:00Z,Post,{OTHER}\n")
    assert only_article(found) == Article(OTHER, "Port", "http://news.example/1", date(2023, 3, 17), "Post")


def test_the_best_name_wins() -> None:
    assert texts(table("description,body,text\nd,b,t\n")) == ["t"]
    assert texts(table("description,body\nd,b\n")) == ["b"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("said", [False, True])
def test_the_separator_is_the_one_between_known_names(separator: str, said: bool) -> None:
    head = f"sep={separator}\r\n" if said else ""
    mixed = "One; two, three | four: all of it."
    quoted = f'"{mixed}"' if separator in mixed else mixed
    found = table(f"{head}title{separator}text\r\nPort{separator}{quoted}\r\n")
    assert only_article(found) == Article(mixed, "Port")


def test_bytes_before_the_names_are_none_of_them() -> None:
    assert texts(table(f"\ufefftext\n{PLAIN}\n")) == [PLAIN]
    assert texts(table(f'\ufeff"text"\n{PLAIN}\n')) == [PLAIN]


def test_a_table_with_tabs_may_have_quotes_that_are_only_characters() -> None:
    assert texts(table('text\tsource\n"We won," Hale said.\tX\n"They lost.\tY\n')) == [
        '"We won," Hale said.',
        '"They lost.',
    ]
    assert texts(table('text\tsource\n"He said\t""no"".\nTwice."\tX\n')) == ['He said\t"no".\nTwice.']


def test_quotes_may_be_escaped_by_backslashes() -> None:
    assert texts(table('text,title\n"He said \\"no\\", twice.",T\n')) == ['He said "no", twice.']
    assert texts(table('text,title\n"He said ""no"" of C:\\",T\n')) == ['He said "no" of C:\\']


def test_a_row_that_is_bad_is_a_failure_with_its_number() -> None:
    found = table(
        b"text,title,url,date\n"
        b"One.,a,,\n"
        b",a,,\n"
        b"\n"
        b"Two, unquoted,a,,\n"
        b"\xe9t\xe9,a,,\n"
        b"Three.,a,nowhere,\n"
        b"Four.,a,,3/4/2023\n"
        b"Fi\x00ve.,a,,\n"
        b"Six.\n" + b"x" * (LIMIT + 1) + b",a,,\n"
        b"Seven.,a,,17 March 2023\n"
    )
    assert texts(found) == ["One.", "Six.", "Seven."]
    assert failures(found) == {
        "body:3": EmptyText,
        "body:5": BadRecord,
        "body:6": BadEncoding,
        "body:7": BadRecord,
        "body:8": BadRecord,
        "body:9": NotText,
        "body:11": TooLarge,
    }


@pytest.mark.parametrize("cell", ["x" * 400_000, "x\n" * 200_000, ("x" * 99 + "\n") * 4_000, '""' * 150_000])
def test_a_row_that_is_far_too_long_ends_where_it_ends(cell: str) -> None:
    found = table(f'text,title\n"{cell}",T\nOne.,T\n', limit=1_000)
    assert failures(found) == {"body:2": TooLarge}
    assert texts(found) == ["One."]


def test_what_has_no_end_is_given_up_without_being_held() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            self.given += len(buffer)
            buffer[:] = (b'","' * len(buffer))[: len(buffer)]
            return len(buffer)

    raw = Endless()
    stream = io.BufferedReader(raw)
    head = io.BytesIO(b'text\n"')
    joined = io.BufferedReader(Joined(head, stream))
    with pytest.raises(TooLarge):
        list(read_csv(joined, "endless", 1_000))
    assert raw.given < 40_000_000


class Joined(io.RawIOBase):
    """Two streams, one after the other."""

    def __init__(self, *streams: io.BufferedIOBase) -> None:
        self.streams = list(streams)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while self.streams:
            if data := self.streams[0].read(len(buffer)):
                buffer[: len(data)] = data
                return len(data)
            self.streams.pop(0)
        return 0


def test_a_quote_that_nothing_closes_is_named() -> None:
    found = table('text,title\nOne.,a\n"Two,a\nThree.,b\n')
    assert texts(found) == ["One."]
    assert failures(found) == {"body:3": BadRecord}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", EmptyText),
        (b"text\n", EmptyText),
        (b"text,title", EmptyText),
        (b"text,title\n\n\n", EmptyText),
        (b"name,age\nHale,50\n", BadRecord),
        (b"text\rOne.\rTwo.\r", BadRecord),
        ("text\nOne.\n".encode("utf-16"), BadEncoding),
        (b"te\x00xt\nOne.\n", NotText),
        (b"%PDF-1.7\n", NotText),
        (b"x" * 70_000, TooLarge),
        (b"\xff,text\nOne.\n", BadEncoding),
    ],
)
def test_a_table_that_cannot_be_read_is_one_failure(data: bytes, kind: type[Exception]) -> None:
    only_error(table(data), kind)  # type: ignore[arg-type]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1
    )
)
def test_what_the_csv_module_writes_is_read_as_it_was(cells: list[str]) -> None:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([["title", "text"], *(["T", f"{cell}\n{cell}"] for cell in cells)])
    assert texts(table(written.getvalue())) == [f"{cell}\n{cell}" for cell in cells]


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_failures(data: bytes) -> None:
    for head in (b"", b"text,title\n", b"text\ttitle\n"):
        for item in table(head + data, limit=50):
            assert isinstance(item, Article | Failure)


@pytest.mark.parametrize(
    "text",
    [
        "2023-03-17",
        "2023-03-17 10:00:00",
        "2023-03-17T23:00:00-08:00",
        "2023/3/17",
        "2023/03/17 10:00",
        "2023.03.17",
        "Fri, 17 Mar 2023 10:00:00 GMT",
        "17 Mar 2023 10:00:00 +0100",
        "March 17, 2023",
        "Mar 17, 2023",
        "17 March 2023",
    ],
)
def test_days_that_mean_one_day(text: str) -> None:
    assert day_of(text) == date(2023, 3, 17)


@pytest.mark.parametrize(
    "text", ["3/4/2023", "2023", "yesterday", "2023-02-30", "2023/13/01", "99999999999", ""]
)
def test_days_that_do_not(text: str) -> None:
    assert day_of(text) is None


def test_files_are_known_by_their_names_also_packed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text\n{PLAIN}\n")
    (tmp_path / "b.tsv.gz").write_bytes(gzip.compress(f"text\ttitle\n{OTHER}\tT\n".encode()))
    (tmp_path / "c.JSONL.GZ").write_bytes(
        gzip.compress(b'{"text": "One."}\n') + gzip.compress(b'{"text": "Two."}\n')
    )
    (tmp_path / "d.gz").write_bytes(b"never read")
    (tmp_path / "e.pdf.gz").write_bytes(b"never read")
    skipped: list[Path] = []
    assert texts(read(tmp_path, on_skipped=skipped.append)) == [PLAIN, OTHER, "One.", "Two."]
    assert {path.name for path in skipped} == {"d.gz", "e.pdf.gz"}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"not packed", BadEncoding),
        (gzip.compress(b"text\nOne.\n" * 10_000, mtime=0)[:-20], BadEncoding),
        (gzip.compress(b"", mtime=0), EmptyText),
    ],
)
def test_packed_files_that_are_damaged(tmp_path: Path, data: bytes, kind: type[Exception]) -> None:
    (tmp_path / "a.txt.gz").write_bytes(data)
    only_error(read(tmp_path / "a.txt.gz", limit=1_000_000), kind)  # type: ignore[arg-type]


def test_a_packed_file_is_bounded_by_its_size_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sources.unpacked", lambda stream: unpacked(stream, 1_000_000))
    from graph.sources.packed import unpacked

    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"\n" * 50_000_000))
    only_error(read(tmp_path / "a.jsonl.gz"), TooLarge)
