"""Where articles come from: files, folders, standard input and HTTP bodies, in one table of formats.

    read_paths    what the command line names        read_body    what a request carries
    read_url      what a web address holds
        formats.py    the table of formats           walk.py      the files of a folder
        fetching.py   one address, guarded (addresses.py, network.py, unpacking.py); web.py reads it
        text.py  html.py  jsonl.py  table.py  parquet.py  feed.py (feed_xml.py, fragments.py)
                                                     one reader for each format
        decoding.py  lines.py  packed.py             bytes to text, to lines; gzip
        fields.py  records.py                        dates and addresses; the columns of tables
    polite.py     robots.txt, and a pause between two requests to one host
    watching.py   feeds, again and again; schedule.py: when
    guard.py                                     what goes wrong with one source never stops the others

Everything is lazy, and nothing raises for one bad source: a source that cannot be used becomes a
`Failure` with its name and a sentence, and the rest goes on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.errors import UnknownFormat, UnreadableSource
from graph.model import Article, Failure
from graph.sources.bodies import decoded
from graph.sources.feed import read_feed
from graph.sources.formats import (
    BY_MEDIA_TYPE,
    BY_SUFFIX,
    FEED,
    SOURCES,
    SUFFIXES,
    TEXT,
    Source,
    format_of,
    media_type_of,
)
from graph.sources.guard import guarded
from graph.sources.jsonl import read_json
from graph.sources.packed import unpacked
from graph.sources.text import read_lines
from graph.sources.walk import files_under, open_regular, shown

if TYPE_CHECKING:
    from graph.sources.fetching import Guard
    from graph.sources.web import Online

__all__ = ["SOURCES", "STDIN", "Source", "read_body", "read_paths", "read_url"]

STDIN = "-"
"""The path that stands for standard input."""


def _ignore(_path: Path) -> None:
    """Tell nobody."""


def _wrong_path(path: str) -> str | None:
    """Say what no system takes; and an empty path, which Python would take for the folder it works in."""
    if not path:
        return "The path is empty. Check what it comes from, or write . for this folder."
    return "A path cannot hold a zero byte. Check the path." if "\x00" in path else None


def _open(path: Path) -> BinaryIO:
    """Open what was named itself, whatever it is: a person may mean a pipe."""
    return path.open("rb")


def read_paths(  # noqa: PLR0913  # what a person can say of what they name
    paths: Iterable[str],
    *,
    published: date | None = None,
    lines: bool = False,
    stdin: BinaryIO,
    limit: int,
    on_skipped: Callable[[Path], object] = _ignore,
    online: Callable[[], Online] | None = None,
    pages: bool = False,
) -> Iterator[Article | Failure]:
    """Give the articles of files and folders, in the order named; `-` is `stdin`, read as plain text.

    A folder gives its files with a known suffix, those of the folders in it too, sorted. A file that is
    named itself may have any name: one with an unknown suffix is read as plain text. It may also be a pipe,
    which is read to its end and waited for, since it was named on purpose; those in folders are left out.
    With `lines`, each line of a plain text is an article. `published` is for articles that bring no date of
    their own. `limit` is the most characters that an article may have. `on_skipped` hears of each file in a
    folder whose suffix is not known, or that is no regular file. `online` makes what fetches http
    and https addresses; without it they are paths. With `pages` it also fetches what the items of a feed that
    is a file only link to.
    """
    ways = _Ways(lines, limit, on_skipped, online, pages)
    for path in paths:
        found = ways.stream(stdin, "standard input") if path == STDIN else ways.path(path)
        yield from _dated(found, published)


def read_body(
    data: bytes, media_type: str, name: str, *, published: date | None = None, limit: int = sys.maxsize
) -> Iterator[Article | Failure]:
    """Give the articles of a request's body; `media_type` is its Content-Type, with charset or without.

    A JSON document with fields that articles do not have is refused; in other formats these are ignored.
    `name` stands for it in failures. An unknown media type is a Failure with UnknownFormat.
    """
    source = BY_MEDIA_TYPE.get(media_type_of(media_type))
    if source is None:
        known = ", ".join(BY_MEDIA_TYPE)
        yield Failure(
            name, UnknownFormat(f"Articles cannot be read from {media_type!r}. Send one of: {known}.")
        )
        return
    if source.read is read_json:
        source = replace(source, read=partial(read_json, strict=True))
    yield from _dated(guarded(name, decoded(data, media_type, source, name, limit)), published)


def read_url(
    url: str, guard: Guard, *, published: date | None = None, limit: int = sys.maxsize
) -> Iterator[Article | Failure]:
    """Fetch a web address, guarded, and give the articles that it holds.

    What cannot be fetched or read is a Failure named by the address. Settings decide whether users of a
    server may: see `fetching.guard_for`.
    """
    name = shown(url)
    yield from _dated(guarded(name, _fetched(url, guard, name, limit)), published)


def _fetched(url: str, guard: Guard, name: str, limit: int) -> Iterator[Article | Failure]:
    from graph.sources import fetching, web  # here, because hardly any call needs the network

    yield from web.read_answer(fetching.fetch(url, guard), name, limit)


def _dated(found: Iterable[Article | Failure], published: date | None) -> Iterator[Article | Failure]:
    """Give the articles that have no date the one that the caller knows."""
    for item in found:
        if published and isinstance(item, Article) and item.published is None:
            yield replace(item, published=published)
        else:
            yield item


@dataclass(frozen=True, slots=True)
class _Ways:
    """How files are read in one run: see `read_paths`."""

    lines: bool
    limit: int
    on_skipped: Callable[[Path], object]
    online: Callable[[], Online] | None
    pages: bool

    def path(self, path: str) -> Iterator[Article | Failure]:
        """Give the articles of a file, or those of the files of a folder."""
        if wrong := _wrong_path(path):
            yield Failure(shown(path), UnreadableSource(wrong))
        elif self.online and path.lower().startswith(("http://", "https://")):
            yield from guarded(shown(path), self.online().articles(path, shown(path), self.limit))
        elif os.path.isdir(path):  # unlike Path.is_dir, False for a name that is too long
            yield from self._folder(Path(path))
        else:
            yield from guarded(shown(path), self._file(Path(path), _open))

    def _folder(self, path: Path) -> Iterator[Article | Failure]:
        empty = True
        for file in files_under(path, SUFFIXES, self.on_skipped):
            empty = False
            yield from (
                (file,) if isinstance(file, Failure) else guarded(shown(file), self._file(file, open_regular))
            )
        if empty:
            known = ", ".join(BY_SUFFIX)
            yield Failure(
                shown(path),
                UnreadableSource(
                    f"The folder holds no articles. Their files end in {known}, or that with .gz."
                ),
            )

    def stream(self, stream: BinaryIO, name: str, source: Source = TEXT) -> Iterator[Article | Failure]:
        """Give the articles of an open source."""
        if source is TEXT and self.lines:
            found = read_lines(stream, name, self.limit)
        elif source is FEED and self.online and self.pages:
            found = read_feed(stream, name, self.limit, self.online().page)
        else:
            found = source.read(stream, name, self.limit)
        return guarded(name, found)

    def _file(self, path: Path, opened: Callable[[Path], BinaryIO]) -> Iterator[Article | Failure]:
        source, is_packed = format_of(path.name)
        with opened(path) as stream:
            content = unpacked(stream) if is_packed else stream
            yield from self.stream(content, shown(path), source or TEXT)
