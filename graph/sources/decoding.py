"""Bytes to text: what is no text, what is not UTF-8, what is empty or too long, each with its own error.

A byte order mark is dropped, so offsets count from after it. Nothing else is changed: line ends stay
as they are (CR LF counts as two), and so does every other character.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from graph.errors import BadEncoding, EmptyText, NotText, TooLarge

LONGEST = 4
"""Bytes that one character takes at most in UTF-8."""

_BOM = codecs.BOM_UTF8

# How a file begins that is no text, and what it then is.
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)

_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# Character sets that a page or an HTTP header may declare, by Python's name for the codec. ISO 8859-1
# is read as windows-1252, as browsers do. Others are refused: some of Python's codecs take quadratic time.
_DECLARED = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "iso8859-15": "iso8859-15",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 4096


def read_bounded(stream: BinaryIO, characters: int) -> bytes:
    """Read all of `stream`, which may hold `characters` characters of UTF-8 text at most.

    Raises NotText if it begins as a known binary format, TooLarge if there is more.
    """
    most = characters * LONGEST + len(_BOM)
    data = stream.read(most + 1)
    refuse_binary(data)
    if len(data) > most:
        raise too_large(characters)
    return data


def too_large(characters: int) -> TooLarge:
    """Make the error for a text of more than `characters` characters."""
    return TooLarge(
        f"The text has more than {characters:,} characters. Split it, or raise NEWSGRAPH_MAX_ARTICLE."
    )


def refuse_binary(head: bytes) -> None:
    """Raise NotText if `head`, the first bytes of a source, begins as a known binary format does."""
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise NotText(f"This looks like {what}, not text. Save its text as a UTF-8 file and give that.")


def decode(data: bytes, *, limit: int, at: int = 0) -> str:
    """Return the text that `data` is in UTF-8, without its byte order mark.

    `limit` is the most characters it may have; `at` is where `data` lies in its source, so that an
    error names the right byte. Raises NotText, BadEncoding, EmptyText or TooLarge.
    """
    refuse_binary(data)
    if data.startswith(_WIDE_MARKS):
        raise BadEncoding(
            "The text is UTF-16 or UTF-32, not UTF-8. Convert it first: iconv -f UTF-16 -t UTF-8 FILE > NEW."
        )
    if b"\x00" in data:
        raise NotText(
            f"This is binary data or UTF-16 (there is a zero byte at {at + data.index(0):,}), not text. "
            "Save its text as a UTF-8 file and give that."
        )
    body = data.removeprefix(_BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        where = len(data) - len(body) + error.start
        raise BadEncoding(
            f"The text is not UTF-8: byte 0x{data[where]:02X} at {at + where:,}. Convert it first, for "
            "example with: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW."
        ) from error
    return checked(text, limit=limit)


def checked(text: str, *, limit: int) -> str:
    """Return `text` if it can be read as an article of at most `limit` characters.

    Raises EmptyText, TooLarge, NotText (a zero character, or mostly control characters) or BadEncoding
    (half a surrogate pair, which no UTF-8 file can hold but a JSON escape can).
    """
    if not text.strip():
        raise EmptyText("There is no text to read, only blanks. Give the article's text.")
    if len(text) > limit:
        raise too_large(limit)
    if "\x00" in text:  # refused and not left out, so that offsets count the characters that were sent
        raise NotText(f"Character {text.index(chr(0)):,} of the text is zero (U+0000). Leave it out.")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 10 > len(sample):
        raise NotText("This is mostly control characters, not text. Save its text as a UTF-8 file.")
    return whole(text, "the text")


def whole(text: str, what: str) -> str:
    """Return `text`, which a message calls `what`, if all of it can be UTF-8. Raises BadEncoding."""
    if half := _SURROGATE.search(text):
        raise BadEncoding(
            f"Character {half.start():,} of {what} is half of a surrogate pair "
            f"(U+{ord(half.group()):04X}). Write the whole character."
        )
    return text


def transcode(data: bytes, charset: str) -> bytes:
    """Return `data`, which was declared to be in `charset`, as UTF-8; raises BadEncoding if it is not."""
    try:
        codec = _DECLARED[codecs.lookup(charset).name]
    except LookupError as error:
        raise BadEncoding(
            f"The character set {charset!r} cannot be read. Convert the text to UTF-8 first."
        ) from error
    if codec == "utf-8":
        return data
    try:
        return data.decode(codec).encode("utf-8")
    except UnicodeError as error:
        raise BadEncoding(
            f"The text is declared to be {charset}, but is not. Convert it to UTF-8 first."
        ) from error
