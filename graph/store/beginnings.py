"""Words of the index that begin as what is asked for does, so that one of them is looked for by itself.

Of a beginning (`negotiat*`) FTS5 gathers all that hold such a word before it gives the first, unless it has
an index of beginnings of that length. Asked for the words themselves it goes through what holds them only as
far as it is read, from the newest backwards: the time that takes does not grow with the index.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from graph.store.index_schema import BEGINNINGS
from graph.store.search_words import Part, Words

_MOST: Final = 64
"""Words that begin so, of which each is looked for by itself; of more FTS5 gathers what holds them."""
_LAST: Final = re.compile(r"(?P<before>.*?)(?P<start>[a-z0-9]+)[^a-z0-9]*", re.DOTALL)
# A row of it is one place of a word: those of many words are not counted only to find the next word.
_WORDS: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_{table} USING fts5vocab(main, {table}, instance)"
)
_NEXT: Final = "SELECT term FROM temp.words_of_{table} WHERE term >= ? LIMIT 1"


def spelled_out(sql: sqlite3.Connection, table: str, asked: Words) -> str:
    """Give the expression for MATCH of a table of FTS5 that finds just what that of `asked` does."""
    return " AND ".join(_spelled_out(sql, table, part) for part in asked.parts)


def _spelled_out(sql: sqlite3.Connection, table: str, part: Part) -> str:
    # Of other signs only FTS5 knows what they are to it: parts of a word, capitals, accents.
    found = _LAST.fullmatch(part.text.lower()) if part.begins and part.text.isascii() else None
    if found is None or len(found["start"]) in BEGINNINGS:
        return part.match
    words = _beginning(sql, table, found["start"])
    ways = " OR ".join(Part(found["before"] + word).match for word in words)
    return f"({ways})" if words else part.match


def _beginning(sql: sqlite3.Connection, table: str, start: str) -> list[str]:
    """Find the words that begin so; none if they are too many, or if one is not to be written plainly."""
    sql.execute(_WORDS.format(table=table))
    words: list[str] = []
    query, at = _NEXT.format(table=table), start
    while (row := sql.execute(query, (at,)).fetchone()) and row[0].startswith(start):
        if len(words) == _MOST or not row[0].isascii():
            return []
        words.append(row[0])
        at = f"{row[0]}\x01"  # after all places of this word, and before the next word
    return words
