from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sourcing import LIMIT, body, only_error, read

from graph.errors import (
    BadEncoding,
    BadRecord,
    EmptyText,
    InputError,
    NotText,
    TooLarge,
)
from graph.model import Article, Failure
from graph.sources import SOURCES
from graph.sources.fields import is_web_address, parse_day


def test_record_with_all_fields() -> None:
    record = {
        "text": "One.",
        "title": "T",
        "url": "https://news.example/ü?a=%20b",
        "published": "2023-03-17T23:30:00+09:00",
        "publisher": "P",
    }
    more = {**record, "sentiment": {"ignored": 1}}
    expected = Article("One.", "T", "https://news.example/ü?a=%20b", date(2023, 3, 17), "P")
    assert body(json.dumps(record), "application/json") == [expected]
    assert body(json.dumps(more) + "\n", "application/x-ndjson") == [expected]
    told = {**record, "id": "7176ba4e2802d9320a1b", "state": "stored", "statements": [], "mentions": []}
    assert body(json.dumps(told), "application/json") == [expected]


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({"text": "One.", "titel": "T"}, "no field 'titel'; did you mean 'title'? There is text, title,"),
        ({"text": "One.", "Published": "2023-03-17"}, "did you mean 'published'?"),
        ({"text": "One.", "\ud800": 1}, "no field '\\\\ud800'; there is"),
        ({"text": "One.", "x" * 99: 1}, f"'{'x' * 40}'"),
        ({"url": "https://news.example/a", "colour": 1}, "'colour'"),
    ],
)
def test_a_json_document_has_no_other_fields(record: dict[str, object], says: str) -> None:
    for sent in (record, [record]):
        (failure,) = body(json.dumps(sent), "application/json")
        assert isinstance(failure, Failure)
        assert isinstance(failure.error, BadRecord)
        assert says in str(failure.error)


def test_absent_null_and_blank_fields_are_the_same() -> None:
    record = '{"text": "One.", "title": null, "url": "", "published": " ", "source": "S"}'
    assert body(record, "application/json") == [Article("One.", publisher="S")]


@pytest.mark.parametrize(
    ("line", "kind", "says"),
    [
        ('{"text": ', BadRecord, "not JSON"),
        ('["a"]', BadRecord, "a list"),
        ('"a"', BadRecord, "a string"),
        ("{}", BadRecord, 'no "text" (its fields: none)'),
        ('{"body": "x", "text": null}', BadRecord, "body, text"),
        ('{"\\ud800": "x"}', BadRecord, "(its fields: \\ud800)"),
        ('{"%s": "x"}' % ("n" * 99), BadRecord, f"(its fields: {'n' * 40})"),
        ('{"text": "x", "title": "a\\udfff"}', BadEncoding, 'Character 1 of "title" is half'),
        ('{"text": "x", "publisher": "\\ud800"}', BadEncoding, 'Character 0 of "publisher" is half'),
        ('{"text": "x\\ud800"}', BadEncoding, 'Character 1 of "text" is half'),
        ('{"text": 3}', BadRecord, '"text" is a number'),
        ('{"text": true}', BadRecord, '"text" is true or false'),
        ('{"text": "x", "title": ["y"]}', BadRecord, '"title" is a list'),
        ('{"text": "x", "published": "yesterday"}', BadRecord, "\"published\" is 'yesterday'"),
        (f'{{"text": "x", "published": "{"y" * 999}"}}', BadRecord, f"\"published\" is '{'y' * 40}'."),
        ('{"text": "x", "published": 2023}', BadRecord, '"published" is a number'),
        ('{"text": "x", "url": "javascript:alert(1)"}', BadRecord, '"url" is'),
        ('{"text": "x", "url": "http://a b"}', BadRecord, '"url" is'),
        ('{"text": "x", "publisher": {}}', BadRecord, '"publisher" is an object'),
        ('{"text": "  "}', EmptyText, "only blanks"),
        ('{"text": "a\\ud800b"}', BadEncoding, "Character 1"),
        ('{"text": "a\\u0000b"}', NotText, "Character 1 of the text is zero (U+0000). Leave it out"),
        ("[" * 100_000, BadRecord, "too deep"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", BadRecord, "too long"),
    ],
)
def test_bad_record_is_named(line: str, kind: type[InputError], says: str, tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    path.write_text(f'{{"text": "One."}}\n\n{line}\n{{"text": "Four."}}\n')
    first, failure, last = read(path)
    assert (first, last) == (Article("One."), Article("Four."))
    assert isinstance(failure, Failure)
    assert failure.source == f"{path}:3"
    assert says in str(only_error([failure], kind).error)


def test_json_list_goes_on_after_a_bad_record() -> None:
    found = body('[{"text": "One."}, 2, {"text": "Three."}]', "application/json; charset=utf-8")
    assert (found[0], found[2]) == (Article("One."), Article("Three."))
    assert only_error([found[1]], BadRecord).source == "body:2"


@pytest.mark.parametrize(
    ("data", "kind"), [("[]", EmptyText), ("", EmptyText), ("[", BadRecord), ("3", BadRecord)]
)
def test_json_without_articles(data: str, kind: type[InputError]) -> None:
    only_error(body(data, "application/json"), kind)


def test_text_of_a_record_is_limited() -> None:
    first, second, third = read_limited_records()
    assert isinstance(first, Article)
    only_error([second], TooLarge)
    only_error([third], TooLarge)


def read_limited_records() -> list[Article | Failure]:
    texts = ["x" * 10, "x" * 11, "x" * 100_000]
    data = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    return body(data, "application/jsonl", limit=10)


def test_json_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            line = b'{"text": "Again."}\n' * 10
            size = min(len(buffer), len(line))
            buffer[:size] = line[:size]
            return size

    source = next(source for source in SOURCES if source.name == "jsonl")
    found = source.read(io.BufferedReader(Endless()), "endless", LIMIT)
    assert isinstance(next(found), Article)


@pytest.mark.parametrize(
    "text", ["https://a.example/", "http://a.example:80/x?y=%C3%A9#z", "https://ü.example/ß"]
)
def test_web_addresses(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http",
        "ftp://a.example/",
        "https://",
        "https:///x",
        "http://a b",
        "http://a.example/%zz",
        "javascript:1",
    ],
)
def test_no_web_addresses(text: str) -> None:
    assert not is_web_address(text)


@given(st.dates())
def test_days_are_read_back(day: date) -> None:
    assert parse_day(day.isoformat()) == parse_day(f"{day.isoformat()}T01:02:03Z") == day
