"""Parquet: a row is an article, and the columns are those of CSV. pyarrow reads it, which is an extra.

It is a large parser in C++, and a few bytes of a column can stand for gigabytes. So rows come a few at a
time, columns that are too large are refused before, and what a stranger sent is read in a process of its own
only (`graph.confined`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from graph.errors import BadRecord, EmptyText, NotText, TooLarge, UnreadableSource
from graph.model import Article, Failure
from graph.sources.decoding import LONGEST, too_large
from graph.sources.guard import attempt
from graph.sources.jsonl import record_to_article
from graph.sources.records import fields_of, record_of

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_ROWS: Final = 16
_MOST_BYTES: Final = 1 << 31
_THRIFT: Final = 1 << 26
"""Rows that are held at once; bytes of a column in a row group, and of the file's own description."""


def read_parquet(stream: BinaryIO, name: str, limit: int) -> Iterator[Article | Failure]:
    """Give an article for each row; the failure of one is named `name:row`, counted from 1.

    Raises UnreadableSource if pyarrow is not there or for a pipe, NotText for what is no Parquet,
    BadRecord if no column has the text, TooLarge if one is too large to be read.
    """
    if not stream.seekable():
        raise UnreadableSource("Parquet cannot be read from a pipe. Save it as a file and name that.")
    import_parquet()
    from pyarrow import ArrowException

    try:
        yield from _rows(_open(stream), name, limit)
    except MemoryError as error:
        raise _too_large() from error
    except (ArrowException, OSError) as error:
        first = str(error).partition("\n")[0]
        raise NotText(f"This is no Parquet that can be read ({first}). Write it anew.") from error


def import_parquet() -> None:
    """See that pyarrow is there. Raises UnreadableSource, saying how to install it."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UnreadableSource(
            "Parquet is read by pyarrow, which is not installed. Install newsgraph with its extra:"
            " pipx install '.[parquet]', or pip install pyarrow."
        ) from error


def _open(stream: BinaryIO) -> ParquetFile:
    from pyarrow.parquet import ParquetFile

    return ParquetFile(
        stream, pre_buffer=False, thrift_string_size_limit=_THRIFT, thrift_container_size_limit=_THRIFT >> 6
    )


def _rows(file: ParquetFile, name: str, limit: int) -> Iterator[Article | Failure]:
    columns = list(file.schema_arrow.names)
    places = fields_of(columns)
    wanted = [columns[place] for place in places.values()]
    if any(columns.count(one) > 1 for one in wanted):
        raise BadRecord(f"Two columns have the same name, one of {', '.join(wanted)}. Rename one of them.")
    fields = {field: place for place, field in enumerate(places)}
    _check_sizes(file, {columns[place] for place in places.values()})
    number = 0
    for batch in file.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False):
        held = [_plain(batch.column(one)) for one in wanted]
        for row in range(batch.num_rows):
            number += 1
            yield attempt(f"{name}:{number}", lambda row=row, held=held: _article(held, row, fields, limit))  # type: ignore[misc]
    if number == 0:
        raise EmptyText("The table has no row. Give one article a row.")


def _article(held: list[Any], row: int, fields: dict[str, int], limit: int) -> Article:
    text = held[fields["text"]][row]
    text = text.value if hasattr(text, "dictionary") else text
    content = text.as_buffer() if hasattr(text, "as_buffer") else None
    if content is not None and content.size > limit * LONGEST:  # to make a text of it would take long
        raise too_large(limit)
    cells = {field: _cell(held[place][row], field) for field, place in fields.items()}
    return record_to_article(
        record_of(list(cells.values()), {name: at for at, name in enumerate(cells)}), limit
    )


def _plain(column: Any) -> Any:
    """Give moments without their nanoseconds, which Python's do not have."""
    from pyarrow import timestamp, types

    kind = column.type
    if types.is_timestamp(kind) and kind.unit == "ns":
        return column.cast(timestamp("us", kind.tz), safe=False)
    return column


def _cell(value: Any, field: str) -> Any:
    """Make a value of Python. Raises BadRecord if there is none, as for a moment in the year 300,000."""
    try:
        return value.as_py()
    except MemoryError as error:
        raise _too_large() from error
    except Exception as error:  # of many kinds, also of other libraries: time zones that there are not ...
        raise BadRecord(
            f'"{field}" holds a value of the type {value.type} that cannot be read. Give it as a string.'
        ) from error


def _too_large() -> TooLarge:
    return TooLarge("It unpacks to more than there is memory for. Write the table with smaller row groups.")


def _check_sizes(file: ParquetFile, wanted: set[str]) -> None:
    """Raise TooLarge for a column that says it unpacks to more than can be held."""
    for group in range(file.metadata.num_row_groups):
        described = file.metadata.row_group(group)
        for place in range(described.num_columns):
            column = described.column(place)
            if column.path_in_schema in wanted and column.total_uncompressed_size > _MOST_BYTES:
                raise TooLarge(
                    f"The column {column.path_in_schema!r} has row groups of more than {_MOST_BYTES:,} bytes."
                    " Write the table with smaller ones."
                )
