"""Words that begin so are looked for by themselves: what is found is what FTS5 finds by their beginning."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.store import beginnings
from graph.store.beginnings import spelled_out
from graph.store.search_words import words

FOUND = "SELECT rowid, highlight(said, 0, '<', '>') FROM said WHERE said MATCH ? ORDER BY rowid DESC"
SIGNS = "aaabbé-_ 1.Zß"
SOME = st.text(SIGNS, min_size=1, max_size=12)


def index(*texts: str) -> sqlite3.Connection:
    sql = sqlite3.connect(":memory:")
    tokens = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'"
    sql.execute(f"CREATE VIRTUAL TABLE said USING fts5(text, {tokens})")
    sql.executemany("INSERT INTO said VALUES (?)", [(text,) for text in texts])
    return sql


@given(st.lists(SOME, max_size=8), SOME, SOME, st.integers(1, 3))
@settings(max_examples=300)
def test_the_same_is_found_as_by_a_beginning(texts: list[str], one: str, other: str, most: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(beginnings, "_MOST", most)
        asked = words(f'a"{one}a"* b{other}a*')
        sql = index(*texts, f"{one}aab b{other}ab", f"b{other}abba {one}a")
        found = sql.execute(FOUND, (spelled_out(sql, "said", asked),)).fetchall()
        assert found == sql.execute(FOUND, (asked.match,)).fetchall()


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("wanted", '"wanted"'),
        ("want*", '("want" OR "wanted" OR "wants")'),
        ('"He WANT"* to*', '("he want" OR "he wanted" OR "he wants") AND "to"*'),
        ("wante*", '("wanted")'),
        ("w*", '("want" OR "wanted" OR "wants" OR "way")'),
        ("wantx*", '"wantx"*'),
        ("wänt*", '"wänt"*'),
    ],
)
def test_words_that_begin_so_are_spelled_out(asked: str, wanted: str) -> None:
    sql = index("He wants to.", "She wanted, and they want; wants", "their way")
    assert spelled_out(sql, "said", words(asked)) == wanted


def test_words_that_begin_so_are_looked_for_together_if_they_are_very_many() -> None:
    sql = index(" ".join(f"want{number:03}" for number in range(65)))
    assert spelled_out(sql, "said", words("want*")) == '"want"*'
    assert spelled_out(sql, "said", words("want06*")).count(" OR ") == 4
