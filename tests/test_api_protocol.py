"""What comes in an address is read as the standard library reads it."""

from __future__ import annotations

import itertools
import random
from urllib.parse import quote, unquote_to_bytes

from api.protocol import unquoted

SIGNS = (
    b"%",
    b"=",
    b"4",
    b"a",
    b"F",
    b"g",
    b" ",
    b"\n",
    b"\r",
    b"_",
    b".",
    b"\t",
    b"%41",
    b"%3d",
    b"%0A",
    b"%25",
)


def test_percent_encoding_is_read_as_always() -> None:
    for many in range(5):
        for signs in itertools.product(SIGNS, repeat=many):
            value = b"".join(signs)
            assert unquoted(value) == unquote_to_bytes(value), value


def test_all_bytes_come_back() -> None:
    chance = random.Random(1)
    for _ in range(300):
        data = chance.randbytes(chance.randrange(200))
        assert unquoted(quote(data, safe="").encode()) == data
        assert unquoted(quote(data, safe="=").encode()) == data
