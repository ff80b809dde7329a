"""What every exporter shares: text in pieces becomes bytes in chunks, so that no file is ever held whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SIZE = 64 * 1024
"""Characters after which a chunk is given out."""


def chunked(pieces: Iterable[str]) -> Iterator[bytes]:
    """Join `pieces` into UTF-8 chunks of about `SIZE` each; a piece is never split.

    Raises UnicodeEncodeError if a piece holds a lone surrogate: the writers see to that.
    """
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= SIZE:
            yield "".join(held).encode()
            held, size = [], 0
    if held:
        yield "".join(held).encode()
