"""XML, written piece by piece: values made flat, escaped, and free of what XML 1.0 cannot hold."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

# One pass over the text does both. XML has no control characters, not even escaped; tabs and line ends
# are legal but break the one-line labels of every viewer.
_ESCAPES: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF]),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(map(ord, "\t\n\r\x85\u2028\u2029"), " "),
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
}


def escaped(value: object) -> str:
    """Make a value flat (lists are joined with `; `) and safe in content and in quoted attributes."""
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, list | tuple):
        return _escaped("; ".join(map(str, value)))
    return str(value)  # numbers and dates


# A graph says the same few predicates, and each node's id at each of its edges.
@lru_cache(maxsize=1 << 16)
def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def attributes(pairs: Iterable[tuple[str, object]]) -> str:
    """Write attributes, each with a blank before it; those whose value is None are left out."""
    return "".join([f' {name}="{escaped(value)}"' for name, value in pairs if value is not None])
