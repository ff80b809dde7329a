"""The frames between the pool and its workers: one byte of kind, four of length, then the payload."""

from __future__ import annotations

import json
import marshal
import os
import struct
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

# Rows are sent in chunks of about so many bytes.
CHUNK: Final = 64 * 1024
MEGABYTE: Final = 1024 * 1024

WORN: Final = b"worn"

_HEADER: Final = struct.Struct("!BI")


class Kind(IntEnum):
    """What a frame holds."""

    HELLO = 1  # to the worker, once: its Start
    READY = 2  # to the pool, once: what the sandbox has in force
    QUERY = 3  # to the worker: a Request
    DATA = 4  # to the pool: a part of the answer
    END = 5  # to the pool: the answer is complete; WORN if the worker should not take another query
    TROUBLE = 6  # to the pool, in the place of END: a Trouble and what the engine says of it


_KINDS: Final = {kind.value: kind for kind in Kind}


class Trouble(StrEnum):
    """Why a worker could not answer, though it lives."""

    SYNTAX = "syntax"  # the query does not parse
    ENGINE = "engine"  # the engine cannot do what it asks
    STORE = "store"  # the engine cannot read the store
    SOURCE = "source"  # FROM names a graph that is not in the store
    STALE = "stale"  # the checkpoint is no longer there
    MEMORY = "memory"
    MUCH = "much"  # what was sent is too much at once
    REFUSED = "refused"  # what was sent is not taken


@dataclass(frozen=True, slots=True)
class Start:
    """What a worker needs to start: the folder it may read, and how many bytes a query may take.

    `checkpoint` is the copy of the store's write number `sequence` that it opens at once.
    """

    folder: str
    sequence: int
    checkpoint: str
    memory: int
    base: str
    prefixes: dict[str, str]

    @property
    def megabytes(self) -> int:
        """The memory that a query may take, as the settings count it."""
        return self.memory // MEGABYTE


class Request(NamedTuple):
    """One query: on which checkpoint, in which format (a name of `results`), and the seconds it may run.

    `default_graphs` and `named_graphs` are IRIs of the data set that goes before FROM; None for no such.
    """

    query: str
    prologue: str
    sources: tuple[str, ...]
    form: str
    format: str
    seconds: float
    sequence: int = 0
    checkpoint: str = ""
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Frame(NamedTuple):
    """One message."""

    kind: Kind
    payload: bytes


def encode(start: Start) -> bytes:
    """The payload of HELLO."""
    return json.dumps({name: getattr(start, name) for name in start.__slots__}).encode()


def encode_request(request: Request) -> bytes:
    """The payload of QUERY: the worker trusts it, and this is read several times faster than JSON."""
    return marshal.dumps(tuple(request))


def decode_request(payload: bytes) -> Request:
    """The way back from `encode_request`."""
    return Request(*marshal.loads(payload))


def pack(kind: Kind, payload: bytes | bytearray = b"") -> bytes:
    """The bytes of a frame."""
    return _HEADER.pack(kind, len(payload)) + payload


def write(pipe: int, data: bytes) -> None:
    """Write all of `data`; wait while the pipe is full. Raises OSError if nobody reads it."""
    sent = os.write(pipe, data)
    while sent < len(data):
        sent += os.write(pipe, memoryview(data)[sent:])


class Unpacker:
    """Puts frames together from the bytes that arrive."""

    def __init__(self) -> None:
        self._waiting = b""

    def feed(self, data: bytes) -> list[Frame]:
        """Take what arrived; give the frames that are complete with it."""
        data = self._waiting + data if self._waiting else data
        frames, at, size = [], 0, len(data)
        while size - at >= _HEADER.size:
            kind, length = _HEADER.unpack_from(data, at)
            end = at + _HEADER.size + length
            if size < end:
                break
            frames.append(Frame(_KINDS[kind], data[at + _HEADER.size : end]))
            at = end
        self._waiting = data[at:] if at else data
        return frames
