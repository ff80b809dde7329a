"""Files packed with gzip (`articles.jsonl.gz`): read as what is in them, a piece at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from graph.sources.unpacking import Unpacker

SUFFIX: Final = ".gz"
MOST: Final = 1 << 34
"""Bytes that a file may unpack to; each article in it has its own, smaller limit."""
_PIECE: Final = 1 << 16


def unpacked(stream: BinaryIO, most: int = MOST) -> BinaryIO:
    """Return what reads the content of a packed stream; closing it does not close the stream.

    Reading raises TooLarge for more than `most` bytes, BadEncoding for what is no gzip or ends too early.
    """
    return cast(BinaryIO, io.BufferedReader(_Unpacked(stream, most), _PIECE))


class _Unpacked(io.RawIOBase):
    """The bytes of a packed stream."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._unpacker = Unpacker(most)
        self._stream = stream
        self._pieces: Iterator[bytes] = iter(())
        self._left = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer as far as there is something; 0 at the end."""
        while not self._left:
            if (piece := next(self._pieces, None)) is not None:
                self._left = memoryview(piece)
            elif self._ended:
                return 0
            elif data := self._stream.read(_PIECE):
                self._pieces = self._unpacker.feed(data)
            else:
                self._unpacker.finish()
                self._ended = True
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
