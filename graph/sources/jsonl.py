"""Articles as JSON: a record a line (JSON Lines), or one JSON document that is a record or a list of them.

A record is an object with `text` and, if known, `title`, `url`, `published` (an ISO 8601 date or date
and time) and `publisher` (or `source`). Null and "" are as good as absent. Other fields are ignored in files
and in JSON Lines, which are data that somebody else made; a request's JSON document is written for us, so
that there a field that nobody knows is a mistake.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import BinaryIO, TypeAlias

from graph.advice import instead
from graph.errors import BadRecord, EmptyText, TooLarge
from graph.model import Article, Failure
from graph.sources.decoding import checked, decode, too_large, whole
from graph.sources.fields import is_web_address, parse_day
from graph.sources.guard import attempt
from graph.sources.lines import Line, split_lines


class OnlyAddress(BadRecord):
    """A record that has an address and no text; `article` is all that it says."""

    def __init__(self, article: Article) -> None:
        super().__init__(
            'The record has a "url" and no "text", and nothing is fetched from the network here. Put the'
            " article's text there."
        )
        self.article = article

    def __reduce__(self) -> tuple[type[OnlyAddress], tuple[Article]]:
        """Let it pass to another process, where it is made anew."""
        return OnlyAddress, (self.article,)


Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_ESCAPED = 12
"""Bytes that one character takes at most in JSON: two escapes of six."""
_OTHER_FIELDS = 1 << 16
_DOCUMENT = 1 << 26
"""Bytes that a JSON document (which is read whole, unlike JSON Lines) may have."""

_FIELDS, _SHOWN = 8, 40
"""How many fields a message names, and how many characters of a name or a value."""

_KNOWN = ("text", "title", "url", "published", "publisher", "source")
_TOLD = frozenset({"id", "state", "problem", "added", "model", "statements", "mentions"})
"""What a server tells of an article beside that; who sends it back need not take it out."""

_KINDS = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}


def read_jsonl(stream: BinaryIO, name: str, limit: int) -> Iterator[Article | Failure]:
    """Give an article for each line that is not blank; the failure of one is named `name:number`."""
    number = 0
    for line in split_lines(stream, longest_line(limit)):
        number = line.number
        yield attempt(f"{name}:{number}", lambda line=line: _line_article(line, limit))  # type: ignore[misc]
    if number == 0:
        yield Failure(
            name, EmptyText("There is no record to read, only blanks. Give one JSON object a line.")
        )


def longest_line(limit: int) -> int:
    """Return how many bytes a line may have whose article has at most `limit` characters."""
    return limit * _ESCAPED + _OTHER_FIELDS


def read_json(
    stream: BinaryIO, name: str, limit: int, *, strict: bool = False
) -> Iterator[Article | Failure]:
    """Give the article of a JSON record, or those of a list of records; the nth is named `name:n`.

    With `strict`, a record that has other fields is refused.

    Raises InputError for a document that cannot be read at all.
    """
    data = stream.read(_DOCUMENT + 1)
    if len(data) > _DOCUMENT:
        raise TooLarge(
            f"A JSON document may have {_DOCUMENT:,} bytes. Give JSON Lines, which have no such limit."
        )
    document = _parse(decode(data, limit=_DOCUMENT))
    if not isinstance(document, list):
        yield attempt(name, lambda: _record(document, limit, strict))
        return
    if not document:
        yield Failure(name, EmptyText("The list holds no record. Give one object for each article."))
    for number, record in enumerate(document, 1):
        yield attempt(f"{name}:{number}", lambda record=record: _record(record, limit, strict))  # type: ignore[misc]


def _record(record: Json, limit: int, strict: bool) -> Article:
    """Make the article of a record, if need be of one without other fields."""
    if strict and isinstance(record, dict):
        _check_fields(record)
    return record_to_article(record, limit)


def _check_fields(record: dict[str, Json]) -> None:
    """Raise BadRecord for a field that an article has not, and name the one that is likely meant."""
    for field in record:
        if field not in _KNOWN and field not in _TOLD:
            shown = field[:_SHOWN].encode("utf-8", "backslashreplace").decode()
            raise BadRecord(f"An article has no field {shown!r}; {instead(field, _KNOWN)}.")


def record_to_article(record: Json, limit: int) -> Article:
    """Make the article that a record describes; its text may have `limit` characters.

    Raises BadRecord, naming the field; OnlyAddress if it has a url and no text; EmptyText, NotText,
    BadEncoding or TooLarge for its text.
    """
    if not isinstance(record, dict):
        raise BadRecord(f'The record is {_kind(record)}. Give an object with a "text".')
    described = Article(
        text="",
        title=_string(record, "title"),
        url=_url(record),
        published=_published(record),
        publisher=_string(record, "publisher") or _string(record, "source"),
    )
    if record.get("text") is None:
        if described.url is not None:
            raise OnlyAddress(described)
        raise BadRecord(
            f'The record has no "text" (its fields: {_fields(record)}). Put the article\'s text there.'
        )
    return replace(described, text=checked(_string(record, "text") or "", limit=limit))


def _line_article(line: Line, limit: int) -> Article:
    if not line.whole:
        raise too_large(limit)
    most = len(line.data)
    return record_to_article(_parse(decode(line.data, limit=most, at=line.offset)), limit)


def _parse(text: str) -> Json:
    try:
        parsed: Json = json.loads(text)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise BadRecord(
            f'This is not JSON: {what} at character {error.pos:,}. A record is an object with a "text".'
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadRecord(
            "The JSON holds a number too long or a nesting too deep to read. Leave that out."
        ) from error
    return parsed


def _fields(record: dict[str, Json]) -> str:
    """Name the first fields of a record, shortly and so that any message can hold them."""
    named = ", ".join(field[:_SHOWN] for field in sorted(record)[:_FIELDS]) or "none"
    return named.encode("utf-8", "backslashreplace").decode()


def _kind(value: Json) -> str:
    return _KINDS.get(type(value), "a number")


def _string(record: dict[str, Json], field: str) -> str | None:
    """Return a field that is a string; None if it is absent, null or blank. Raises BadRecord, BadEncoding."""
    value = record.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadRecord(f'"{field}" is {_kind(value)}. Give it as a string.')
    return whole(value, f'"{field}"') if value.strip() else None


def _url(record: dict[str, Json]) -> str | None:
    url = _string(record, "url")
    if url is not None and not is_web_address(url):
        raise BadRecord(
            f'"url" is {url[:_SHOWN]!r}, which is no http or https address. Mend it or leave it out.'
        )
    return url


def _published(record: dict[str, Json]) -> date | None:
    text = _string(record, "published")
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        raise BadRecord(f'"published" is {text[:_SHOWN]!r}. Give an ISO date such as 2023-03-17.') from error
