"""Unpacks gzip (RFC 1952) piece by piece, never holding or giving more than was allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from graph.errors import BadEncoding, TooLarge

_GZIP: Final = 16 + zlib.MAX_WBITS
_PIECE: Final = 1 << 16


class Unpacker:
    """Unpacks a stream of gzip members, up to `most` bytes in all.

    Raises TooLarge for more, BadEncoding for what is no gzip or ends too early.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._given = 0
        self._member = zlib.decompressobj(_GZIP)
        self._inside = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what the next bytes unpack to."""
        while True:
            if not self._inside and not data.lstrip(b"\x00"):
                return  # nothing, or the zeros that tapes and some servers fill the last block up with
            try:
                piece = self._member.decompress(data, _PIECE)
            except zlib.error as error:
                raise BadEncoding(f"This is not gzip, or damaged ({error}). Pack it anew.") from error
            self._inside = True
            if piece:
                yield self._counted(piece)
            data = self._member.unconsumed_tail
            if self._member.eof:
                data = self._member.unused_data
                self._member, self._inside = zlib.decompressobj(_GZIP), False
            elif not data and len(piece) < _PIECE:
                return

    def finish(self) -> None:
        """Check that nothing is missing at the end. Raises BadEncoding."""
        if self._inside:
            raise BadEncoding("The gzip data ends too early. Copy or fetch it again.")

    def _counted(self, piece: bytes) -> bytes:
        self._given += len(piece)
        if self._given > self._most:
            raise TooLarge(f"It unpacks to more than {self._most:,} bytes. Split it into smaller ones.")
        return piece
