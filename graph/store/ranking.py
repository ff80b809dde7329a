"""What a search finds, in order: how well each thing fits the words, as one query of the index.

How well it fits is what BM25 says without how rare the words are: all of them are in all that is found, and
to count how many things hold a word takes a look at all of them. It grows with the number of times that the
words are there, ever less, and falls with the length of the text.
"""

from __future__ import annotations

import sqlite3
from typing import Final, NamedTuple

from graph.store.beginnings import spelled_out
from graph.store.search_words import Words

FINENESS: Final = 1_000_000
"""A score is told to so many parts of 1, as a whole number, so that a cursor can hold it."""
_FIT: Final = "8.8 / (1 + (0.3 + 0.9 * {length} / {usual}) / max(1, {times}))"
_TIMES: Final = "(length(highlight({table}, {place}, char(1), '')) - length({column}))"
_SCORE: Final = f"CAST(round(({{fit}}) * {FINENESS}) AS INTEGER)"
# A match in the label counts most, then one in an alias; a name that is just what was asked for comes
# before all that only holds it, and of names that match alike the one with the most statements.
_NAMED: Final = _FIT.format(
    length="(length(label) + length(aliases))",
    usual=20,
    times=f"4 * {_TIMES.format(table='names', place=0, column='label')}"
    f" + 2 * {_TIMES.format(table='names', place=1, column='aliases')}",
)
_ENTITIES: Final = f"""
WITH found AS MATERIALIZED (
    SELECT rowid AS number, {_NAMED} AS fit
    FROM names WHERE names MATCH :match ORDER BY rowid LIMIT :weighed
)
SELECT id, score, number FROM (
    SELECT id, {_SCORE.format(fit="fit + weight + 20.0 * (folded = :name)")} AS score, number
    FROM found JOIN entities USING (number)
    UNION ALL
    SELECT id, {_SCORE.format(fit="weight + 20.0")}, number FROM (
        SELECT id, weight, number FROM entities INDEXED BY by_name
        WHERE folded = :name AND type >= 0 LIMIT 100
    ) WHERE number > (SELECT max(number) FROM found) AND (SELECT count(*) FROM found) = :weighed
) WHERE score < :score OR (score = :score AND id > :id) ORDER BY score DESC, id LIMIT :limit"""
# The words are in the sentence or in the labels, and count once more where they are in the labels: so the
# statement of a sentence that the words are about comes before its others.
_SAID: Final = _FIT.format(
    length="length(sentence)",
    usual=150,
    times=f"1 + {_TIMES.format(table='sentences', place=1, column='labels')}",
)
_NEWEST: Final = (
    "FROM sentences WHERE sentences MATCH :match AND rowid <= :top ORDER BY rowid DESC LIMIT :weighed"
)
_STATEMENTS: Final = f"""
WITH found AS MATERIALIZED (
    SELECT rowid AS number, {_SCORE.format(fit=_SAID)} AS score {_NEWEST}
), first AS MATERIALIZED (
    SELECT * FROM found WHERE score < :score OR (score = :score AND number < :number)
    ORDER BY score DESC, number DESC LIMIT :limit
)
SELECT id, score, number FROM first JOIN statements USING (number) ORDER BY score DESC, number DESC"""
_OLDER: Final = f"""
WITH first AS MATERIALIZED (
    SELECT rowid AS number FROM sentences WHERE sentences MATCH :match
    AND rowid < min(:number, (SELECT min(number) FROM (SELECT rowid AS number {_NEWEST})))
    ORDER BY rowid DESC LIMIT :limit
)
SELECT id, 0, number FROM first JOIN statements USING (number) ORDER BY number DESC"""
# To weigh all that holds a word that is everywhere would take ever longer.
MOST_ENTITIES: Final = 1000
"""Entities that are weighed, and found: those of all that hold the words that were named first."""
MOST_STATEMENTS: Final = 200
"""Statements that are weighed: the newest; older ones come after them, the newest first."""


class Hit(NamedTuple):
    """What was found, by id and number in the index, and how well it fits, in millionths: more is better."""

    id: str
    score: int
    number: int


class After(NamedTuple):
    """Where a list of hits goes on: after a score, and there after an id, or a number of a statement.

    Statements newer than `top` are not in the list.
    """

    score: int = 1 << 62
    id: str = ""
    number: int = 1 << 62
    top: int = 1 << 62


START: Final = After()


def find_entities(sql: sqlite3.Connection, asked: Words, limit: int, after: After = START) -> list[Hit]:
    """Return the entities whose names hold the words, those that fit best first; ties by id.

    Of very many matches those are left out that were first named last, unless the words are a whole name.
    """
    bound = {
        "match": spelled_out(sql, "names", asked),
        "name": asked.name,
        "weighed": MOST_ENTITIES,
        "limit": limit,
    }
    rows = sql.execute(_ENTITIES, {**bound, "score": after.score, "id": after.id})
    return [Hit(*row) for row in rows]


def find_statements(sql: sqlite3.Connection, asked: Words, limit: int, after: After = START) -> list[Hit]:
    """Return the statements whose sentence or labels hold the words, those that fit best first.

    Of those that fit alike the newest is first. Of very many matches only the newest are weighed; the others
    come after these, the newest first, with the score 0.
    """
    match = spelled_out(sql, "sentences", asked)
    bound = {"match": match, "top": after.top, "weighed": MOST_STATEMENTS, "number": after.number}
    hits: list[Hit] = []
    if after.score > 0:
        rows = sql.execute(_STATEMENTS, {**bound, "score": after.score, "limit": limit})
        hits = [Hit(*row) for row in rows]
        bound["number"] = START.number
    all_weighed = after.score == START.score and len(hits) < MOST_STATEMENTS
    if len(hits) < limit and not all_weighed:
        hits += (Hit(*row) for row in sql.execute(_OLDER, {**bound, "limit": limit - len(hits)}))
    return hits
