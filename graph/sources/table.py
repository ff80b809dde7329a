"""CSV and TSV: a row is an article, and the first row names the columns (`records.py` says which are read).

The dialect is told by rules from the beginning of the file, not guessed: what separates the names that are
known is the separator; a table with tabs may have quotes that are only characters; a backslash before a
quote means that this is how quotes are written inside quotes. Rows are counted as a spreadsheet counts
them, the names being row 1, and each that cannot be read is a failure of its own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO, Final, TypeAlias

from graph.errors import BadEncoding, BadRecord, EmptyText, TooLarge
from graph.model import Article, Failure
from graph.sources.decoding import LONGEST, decode, refuse_binary, too_large
from graph.sources.guard import attempt
from graph.sources.jsonl import record_to_article
from graph.sources.records import count_known, fields_of, record_of

Row: TypeAlias = "list[str] | csv.Error"

_SEPARATORS: Final = ",;\t|"
_SAMPLE: Final = 1 << 16
_OTHER_CELLS: Final = 1 << 16
_CHUNK: Final = 1 << 16
_LONGEST_CELL: Final = (1 << 31) - 1
_PLAIN: Final = re.compile(rb'[^",;\t|\\\r\n]+')
_SAID: Final = re.compile(rb"(?:\xef\xbb\xbf)?sep=([,;\t|])\r?\n")
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
_ESCAPED: Final = re.compile(rb'\\"[^,;\t|\r\n"]')
_DOUBLED: Final = re.compile(rb'[^,;\t|\r\n"\\]""[^,;\t|\r\n"]')
_MOST_SQUEEZED: Final = 1 << 24


def read_csv(stream: BinaryIO, name: str, limit: int) -> Iterator[Article | Failure]:
    """Give an article for each row that is not blank; the failure of one is named `name:row`.

    Raises InputError for a table that cannot be read at all: no text, or no column of that name.
    """
    sample = stream.read(_SAMPLE)
    dialect = _dialect(sample)
    rows = _Rows(_Lines(sample[dialect.skip :], stream, 2 * limit * LONGEST + _OTHER_CELLS), dialect)
    columns = next(rows, [])
    if isinstance(columns, csv.Error):
        raise _no_csv(columns)
    table = _Table(rows, fields_of(columns), len(columns), limit)
    empty = True
    for number, row in enumerate(rows, 2):
        if row:
            empty = False
            yield attempt(f"{name}:{number}", lambda row=row: table.article(row))  # type: ignore[misc]
    if empty:
        raise EmptyText("There are names of columns and no row. Give one article a row.")


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How cells are written: what csv.reader takes, and how many bytes come before the first row."""

    skip: int
    options: Mapping[str, Any] = field(default_factory=dict)


def _dialect(sample: bytes) -> _Dialect:
    """Tell the dialect from the beginning of a file. Raises InputError if that is no text."""
    refuse_binary(sample)
    said = _SAID.match(sample)  # a line that spreadsheets write and read
    skip = said.end() if said else 0
    first, end, _ = sample[skip:].partition(b"\n")
    if not end and len(sample) == _SAMPLE:
        raise TooLarge(f"The first row has over {_SAMPLE:,} bytes. Put the names of the columns there.")
    names = decode(first, limit=_SAMPLE)
    skip += len(first) - len(first.removeprefix(b"\xef\xbb\xbf"))
    separator = said.group(1).decode() if said else max(_SEPARATORS, key=lambda one: _fit(names, one))
    options: dict[str, Any] = {"delimiter": separator}
    if _ESCAPED.search(sample) and not _DOUBLED.search(sample):
        options.update(escapechar="\\", doublequote=False)
    if separator == "\t" and not _quotes(sample, options):
        options["quoting"] = csv.QUOTE_NONE
    return _Dialect(skip, options)


def _quotes(sample: bytes, options: Mapping[str, Any]) -> bool:
    """Say whether quotes stand round cells, and are not only characters of the text."""
    lines = sample.decode("utf-8", "replace").splitlines(keepends=True)
    try:
        for _ in csv.reader(lines, strict=True, **options):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error) and len(sample) == _SAMPLE
    return True


def _fit(names: str, separator: str) -> tuple[int, int]:
    """Say how well a separator fits the first row: how many names it gives that are known, and how many."""
    try:
        columns = next(csv.reader([names], delimiter=separator), [])
    except csv.Error:
        return 0, 0
    return count_known(columns), len(columns)


@dataclass(frozen=True, slots=True)
class _Table:
    """What makes articles of the rows of one table."""

    rows: _Rows
    fields: Mapping[str, int]
    columns: int
    limit: int

    def article(self, row: Row) -> Article:
        """Make the article of a row. Raises InputError."""
        if isinstance(row, csv.Error):
            raise _no_csv(row)
        if self.rows.lines.too_long:
            raise too_large(self.limit)
        if self.rows.lines.unfinished:
            raise BadRecord("A quote opens in this row that nothing closes. Mend it, and try again.")
        if any(row[self.columns :]):
            raise BadRecord(
                f"The row has {len(row):,} cells, and there are {self.columns:,} columns. Quote cells that"
                " hold the separator."
            )
        if any(map(_NOT_UTF8.search, row)):
            raise BadEncoding(
                "The row is not UTF-8. Convert the file first, for example with: iconv -f WINDOWS-1252"
                " -t UTF-8 FILE > NEW."
            )
        return record_to_article(record_of(row, self.fields), self.limit)


class _Rows:
    """The rows of a table; what the csv module cannot read is its error."""

    def __init__(self, lines: _Lines, dialect: _Dialect) -> None:
        # Of the whole process, and only ever this high; what a row may have is limited in _Lines.
        csv.field_size_limit(_LONGEST_CELL)
        self.lines = lines
        self._reader = csv.reader(lines, **dialect.options)

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        self.lines.begin()
        try:
            return next(self._reader)
        except csv.Error as error:
            return error


class _Lines:
    """The lines of a stream, of which `head` was read already, as the csv module asks for them.

    A row has as many lines as its quotes hold. Of one with over `longest` bytes the rest is kept only as
    far as it says where the row ends: its quotes, separators and line ends.
    """

    def __init__(self, head: bytes, stream: BinaryIO, longest: int) -> None:
        self.too_long = self.unfinished = False
        self._head, self._stream, self._longest = BytesIO(head), stream, longest
        self._size = self._squeezed = 0

    def begin(self) -> None:
        """Say that the next line begins a row."""
        self.too_long = self.unfinished = False
        self._size = self._squeezed = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._read(max(0, self._longest - self._size)) if not self.too_long else b""
        self._size += len(line)
        if not line.endswith(b"\n"):
            line += self._rest()
        if not line:
            self.unfinished = self._size > 0
            raise StopIteration
        return line.decode("utf-8", "surrogateescape")

    def _rest(self) -> bytes:
        """Give what matters of the rest of a line that is too long."""
        kept = []
        while piece := self._read(_CHUNK):
            self.too_long = True
            kept.append(_PLAIN.sub(b"x", piece))
            self._squeezed += len(kept[-1])
            if self._squeezed > _MOST_SQUEEZED:
                raise TooLarge("A row is far too long, and its end is not found. Split the file.")
            if piece.endswith(b"\n"):
                break
        return b"".join(kept)

    def _read(self, most: int) -> bytes:
        line = self._head.readline(most)
        if not line.endswith(b"\n") and len(line) < most:
            line += self._stream.readline(most - len(line))
        return line


def _no_csv(error: csv.Error) -> BadRecord:
    return BadRecord(f"The row is no CSV ({error}). Quote cells that hold line ends or quotes.")
