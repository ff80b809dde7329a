"""The formats that articles are read from: SOURCES is the table, by file name and by media type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Final, TypeAlias

from graph.model import Article, Failure
from graph.sources.feed import read_feed
from graph.sources.html import read_html
from graph.sources.jsonl import read_json, read_jsonl
from graph.sources.packed import SUFFIX as PACKED
from graph.sources.parquet import read_parquet
from graph.sources.table import read_csv
from graph.sources.text import read_text

Read: TypeAlias = Callable[[BinaryIO, str, int], Iterator[Article | Failure]]


@dataclass(frozen=True, slots=True)
class Source:
    """A format of articles: how files and HTTP name it, and what reads it.

    One without media types is read from files only.
    `read` takes the bytes, the name of the source, and the most characters that an article may have.
    What it raises becomes one failure of the whole source.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    read: Read


TEXT: Final = Source("text", (".txt",), ("text/plain",), read_text)
HTML: Final = Source("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), read_html)

PARQUET_TYPE: Final = "application/vnd.apache.parquet"
"""The media type of Parquet, which is in no `Source`: what comes by HTTP is read apart (`graph.confined`)."""
FEED: Final = Source(
    "feed",
    (".rss", ".atom", ".rdf", ".xml"),
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    read_feed,
)

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
    Source("csv", (".csv", ".tsv", ".tab"), ("text/csv", "text/tab-separated-values"), read_csv),
    Source("parquet", (".parquet", ".pq"), (), read_parquet),
    FEED,
)

BY_SUFFIX: Final = {suffix: source for source in SOURCES for suffix in source.suffixes}
BY_MEDIA_TYPE: Final = {media_type: source for source in SOURCES for media_type in source.media_types}
SUFFIXES: Final = (
    *BY_SUFFIX,
    *(f"{suffix}{PACKED}" for suffix, source in BY_SUFFIX.items() if source.media_types),
)
"""How the names of files end that a folder gives; what seeks in its file is never packed."""


def media_type_of(content_type: str) -> str:
    """Return the media type in a Content-Type, without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def format_of(name: str) -> tuple[Source | None, bool]:
    """Return the format of a file by its name, None if that says nothing, and whether it is packed."""
    path = PurePosixPath(name.lower())
    packed = path.suffix == PACKED
    return BY_SUFFIX.get(path.with_suffix("").suffix if packed else path.suffix), packed
