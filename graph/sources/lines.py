"""Splits a stream into its lines without holding more than one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a stream: its number from 1, the byte it begins at, and its bytes without the line end.

    `whole` is False if the line was too long and only its beginning is here.
    """

    number: int
    offset: int
    data: bytes
    whole: bool = True


def split_lines(stream: BinaryIO, longest: int) -> Iterator[Line]:
    """Give each line that is not blank; of one with more than `longest` bytes only the beginning.

    Only line feeds end a line (with or without a carriage return before them).
    """
    number = offset = 0
    while head := stream.readline(longest + 2):
        number += 1
        whole = head.endswith(b"\n") or len(head) <= longest
        length = len(head) if whole else len(head) + _skip_line(stream)
        data = head.removesuffix(b"\n").removesuffix(b"\r")
        if data.strip():
            yield Line(number, offset, data, whole)
        offset += length


def _skip_line(stream: BinaryIO) -> int:
    """Read on to the next line; return how many bytes that took."""
    skipped = 0
    while rest := stream.readline(_CHUNK):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped
