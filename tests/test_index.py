"""What the index counts as articles come and go is what it counts when it is made anew from the graph."""

from __future__ import annotations

import json
import sqlite3
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import views
from graph.codec import statement_to_json
from graph.model import Article, EntityType, Modality, Polarity, Reading, TimeSpan
from graph.rdf_read import read_article, read_entities, read_statements
from graph.store import index_counts
from graph.store.archive import Archive
from graph.store.index_rows import holds, lowered, parts_of
from graph.store.packing import packed, unpacked, written
from graph.views.statement_reads import all_statements
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import Draft, echo, numbered, visit

# Each table by what its rows mean: numbers are given as they come, and differ from index to index.
TABLES = {
    "articles": "SELECT * FROM articles",
    "entities": "SELECT id, label, aliases, folded, types, type, statements, beyond FROM entities",
    "name_keys": "SELECT key, id FROM name_keys JOIN entities ON number = entity",
    "key_counts": "SELECT * FROM key_counts",
    "ends": "SELECT article, id, e.type, e.statements FROM ends AS e JOIN entities ON number = entity",
    "votes": "SELECT id, v.type, articles FROM votes AS v JOIN entities ON number = entity",
    "types": "SELECT * FROM types WHERE entities <> 0",
    "relations": "SELECT id, own, statements FROM relations",
    "literals": "SELECT value, datatype, statements FROM literals",
    "edges": "SELECT s.id, r.id, coalesce(o.id, l.value), denied, stance, e.statements, support, opposed"
    " FROM edges AS e JOIN entities AS s ON s.number = subject JOIN relations AS r ON r.number = relation"
    " LEFT JOIN entities AS o ON o.number = object LEFT JOIN literals AS l ON l.number = -object",
    "statements": "SELECT number, id, modality, denied, first, last, day, recent, month, confidence,"
    " subject_type, object_type FROM statements",
    "texts": "SELECT * FROM texts",
    "told": "SELECT number, unpacked(json) FROM told",
    "about": "SELECT id, statement FROM about JOIN entities ON number = entity",
    "kinds": "SELECT id, statement FROM kinds JOIN relations ON number = relation",
    "pairs": "SELECT e.id, p.id, p.statements FROM pairs AS p JOIN entities AS e ON e.number = p.entity",
    "scopes": "SELECT kind FROM scopes WHERE 0",
    "tally": "SELECT facet, count(*), total(statements) FROM tally WHERE scope = 0 GROUP BY facet",
}


def contents(sql: sqlite3.Connection) -> dict[str, list[Any]]:
    sql.create_function("unpacked", 1, unpacked)
    return {name: sorted(sql.execute(query).fetchall(), key=repr) for name, query in TABLES.items()}


def scoped(sql: sqlite3.Connection) -> dict[Any, int]:
    """The tallies of scopes, by names."""
    query = """
        SELECT iif(kind = 'relation and modality', kind || key % 8, kind),
        coalesce(e.id, r.id, key), facet, CASE
            WHEN facet IN (5, 6) THEN (SELECT id FROM relations WHERE number = t.value)
            WHEN facet BETWEEN 7 AND 9 AND t.value > 0 THEN (SELECT id FROM entities WHERE number = t.value)
            WHEN facet = 9 THEN (SELECT value FROM literals WHERE number = -t.value) ELSE t.value END,
        t.statements FROM tally AS t
        JOIN scopes AS s ON s.number = t.scope LEFT JOIN entities AS e ON e.number = key
            AND kind IN ('entity', 'speaker', 'subject', 'object')
        LEFT JOIN relations AS r ON r.number = CASE kind
            WHEN 'relation' THEN key WHEN 'relation and modality' THEN key / 8 END"""
    return {tuple(row[:4]): row[4] for row in sql.execute(query)}


def disputed(number: int, *, denied: bool) -> Reading:
    """An article that says, or denies, what others of its kind deny or say."""
    draft = Draft(
        Article(f"Hale {'did not sell' if denied else 'sold'} 40 ships in Norvalia, report {number}.")
    )
    draft.sentence("Hale")
    said = draft.predicate("sell" if denied else "sold", "sell", "trade", "cooperative_act")
    polarity = Polarity.NEGATIVE if denied else Polarity.POSITIVE
    where = draft.node("Norvalia", EntityType.PERSON if number % 3 == 0 else EntityType.PLACE)
    draft.say(draft.node("Hale", EntityType.PERSON), said, where, polarity=polarity)
    time = TimeSpan("then", None, None)
    draft.say(draft.node("Hale", EntityType.PERSON), said, draft.value("40", "40", "integer"), time=time)
    return draft.reading()


ENDS = ("about", "subject", "object", "attributed_to")
READINGS = [
    visit(),
    echo(),
    *map(numbered, range(3)),
    *(disputed(n, denied=n % 2 == 0) for n in range(4)),
]


@given(st.lists(st.sampled_from(range(len(READINGS))), max_size=16))
@settings(max_examples=30, deadline=None)
def test_counts_follow_what_comes_and_goes(steps: list[int]) -> None:
    with Archive.open(None, BASE) as archive, pytest.MonkeyPatch.context() as patched:
        patched.setattr(index_counts, "HUB", 2)
        there: set[int] = set()
        for step in steps:
            if step in there:
                archive.delete(READINGS[step].article.id)
            else:
                keep(archive, READINGS[step])
            there ^= {step}
        check_as_in_the_graph(archive, there)
        check_counts_that_are_kept(archive)
        kept, tallies = archive.search.read(lambda sql: (contents(sql), scoped(sql)))
        index = archive.search._index
        index.remake()
        archive.search._changes += 1
        assert archive.search.read(contents) == kept
        fresh = archive.search.read(scoped)
        assert {key: tallies.get(key) for key in fresh} == fresh
        for table in ("names", "sentences"):
            index.sql.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        for step in there:
            archive.delete(READINGS[step].article.id)
        assert not any(archive.search.read(contents).values())
        assert not any(archive.search.read(lambda sql: sql.execute("SELECT * FROM tally").fetchall()))


def check_as_in_the_graph(archive: Archive, there: set[int]) -> None:
    """Statements and entities of the index are those that are read from the graph, and no others."""
    select, ns = archive.store.select, archive.ns
    articles = [READINGS[number].article.id for number in there]
    said = [one for id_ in articles for one in read_article(select, id_, ns)]
    in_the_graph = {one.id: one for one in read_statements(select, [one.id for one in said], ns)}
    listed = list(views.statements(archive, views.StatementFilter(), limit=500).items)
    assert listed == list(all_statements(archive, views.StatementFilter()))
    assert {one.id: one for one in listed} == in_the_graph
    assert len(listed) == len(in_the_graph) == len(said)
    entities = views.entities(archive, limit=500).items
    named = {entity.id for number in there for entity in READINGS[number].entities}
    assert {one.entity.id for one in entities} == named
    for one, known in zip(
        entities, read_entities(select, [one.entity.id for one in entities], ns), strict=True
    ):
        assert replace(one.entity, type=known.type) == known


def check_counts_that_are_kept(archive: Archive) -> None:
    """Facets of one filter, of which counts may be kept, are those that are counted one by one."""
    ends = [one.entity.id for one in views.entities(archive, limit=500).items]
    relations = [one.id for one in views.predicates(archive, limit=500).items]
    filters = [
        *(views.StatementFilter(**{name: id_}) for name in ENDS for id_ in ends),
        *(views.StatementFilter(predicate=id_) for id_ in relations),
        *(views.StatementFilter(modality=one) for one in Modality),
        *(views.StatementFilter(polarity=one) for one in Polarity),
        *(views.StatementFilter(predicate=id_, modality=one) for id_ in relations for one in Modality),
    ]
    kept = [views.facets(archive, one, limit=500) for one in filters]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules["graph.views.facets"], "_scope", lambda *_: None)
        assert kept == [views.facets(archive, one, limit=500) for one in filters]
    every = views.statements(archive, views.StatementFilter(), limit=500).items
    for one in filters:
        if one.predicate and one.modality:
            found = views.statements(archive, one, limit=500).items
            held = (said for said in every if one.predicate in (said.predicate.id, *said.predicate.broader))
            assert found == tuple(said for said in held if said.modality is one.modality)


def test_opposites_know_of_each_other() -> None:
    query = "SELECT denied, opposed FROM edges WHERE object > 0 ORDER BY denied"
    with Archive.open(None, BASE) as archive:

        def edges() -> list[tuple[int, int]]:
            return archive.search.read(lambda sql: sql.execute(query).fetchall())

        keep(archive, disputed(1, denied=False))
        assert edges() == [(0, 0)]
        keep(archive, disputed(2, denied=True))
        assert edges() == [(0, 1), (1, 1)]
        archive.delete(disputed(1, denied=False).article.id)
        assert edges() == [(1, 0)]


def test_support_counts_articles() -> None:
    query = "SELECT statements, support FROM edges WHERE object > 0"
    with Archive.open(None, BASE) as archive:
        for number in (1, 3, 5):
            keep(archive, disputed(number, denied=False))
        assert archive.search.read(lambda sql: sql.execute(query).fetchall()) == [(3, 3)]


@given(st.text(max_size=12), st.text(max_size=40))
def test_what_holds_a_part_is_found_by_its_signs(asked: str, text: str) -> None:
    sql = sqlite3.connect(":memory:")
    sql.execute(
        "CREATE VIRTUAL TABLE parts USING fts5(part, content = '', detail = none, columnsize = 0,"
        ' tokenize = "trigram case_sensitive 1")'
    )
    asked, text = asked.lower(), f"{text}{asked}{text}"
    sql.execute("INSERT INTO parts (rowid, part) VALUES (1, ?)", (lowered(text),))
    match = parts_of(asked)
    if match is not None and "\0" not in text and asked in text.lower():
        assert holds(asked, text)
        assert sql.execute("SELECT rowid FROM parts WHERE parts MATCH ?", (match,)).fetchall() == [(1,)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON.filter(lambda value: all(ord(sign) < 0xD800 or ord(sign) > 0xDFFF for sign in written(value))))
def test_what_is_packed_comes_back(value: Any) -> None:
    assert unpacked(packed(value)) == written(value)
    assert json.loads(written(value)) == value


def test_a_statement_is_kept_in_half_of_its_json() -> None:
    said = [statement_to_json(one) for reading in READINGS for one in reading.statements]
    assert sum(len(packed(one)) for one in said) < sum(len(written(one)) for one in said) / 2
