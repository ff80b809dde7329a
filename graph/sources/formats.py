"""The formats that articles are read from: SOURCES is the table, by file name and by media type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, TypeAlias

from graph.model import Article, Failure
from graph.sources.html import read_html
from graph.sources.jsonl import read_json, read_jsonl
from graph.sources.text import read_text

Read: TypeAlias = Callable[[BinaryIO, str, int], Iterator[Article | Failure]]


@dataclass(frozen=True, slots=True)
class Source:
    """A format of articles: how files and HTTP name it, and what reads it.

    `read` takes the bytes, the name of the source, and the most characters that an article may have.
    What it raises becomes one failure of the whole source.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    read: Read


TEXT: Final = Source("text", (".txt",), ("text/plain",), read_text)
HTML: Final = Source("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), read_html)

SOURCES: Final[tuple[Source, ...]] = (
    TEXT,
    HTML,
    Source(
        "jsonl",
        (".jsonl", ".ndjson"),
        ("application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines"),
        read_jsonl,
    ),
    Source("json", (".json",), ("application/json",), read_json),
)

BY_SUFFIX: Final = {suffix: source for source in SOURCES for suffix in source.suffixes}
BY_MEDIA_TYPE: Final = {media_type: source for source in SOURCES for media_type in source.media_types}
