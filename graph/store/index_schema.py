"""The tables of the index beside the graph (`search.sqlite`): what is looked up, counted and sorted by SQL.

    articles      which articles are in it, each with the ledger's number of it, and its statements
    doubted       articles whose graph is being changed, to be taken in anew
    entities      label, aliases, `types` (a bit each), the one of these that most articles give it, how
                  many statements are about it, and `beyond`: what else is known of it, as JSON; found by
                  `names` and `name_parts`
    name_keys     by what each entity is found among those that may be the same (`likeness.py`)
    key_counts    how many entities have such a key
    ends          which entities an article names, of what type, and in how many statements
    votes         how many articles give an entity a type
    relations     predicates and the relations above them, with their statements
    literals      objects that are values; told from entities by a negative number
    edges         one for each subject, predicate, object, polarity and stance (`STANCES`): its statements,
                  its articles (`support`), and whether the opposite is said too (`opposed`)
    statements    one row each, small, so that many are looked at quickly; `texts` has the words, and `told`
                  all of it as JSON (`packing.py`), so that pages need not be read from the graph
    about         which statements an entity is in: as subject, object or argument
    kinds         which statements a relation holds, of its own and of narrower ones, with their modality
    pairs         how many statements two entities are the ends of
    scopes        what has counts of its own: all (0), and each entity, relation, modality, polarity and
                  speaker with many statements, as subject and as object too, and a relation with a modality
    tally         for a scope: how many statements have which value of a facet

A statement's number is that of its article times `ROOM` plus its place in it, so that the order of numbers
is the order of articles and of their text. All of it is derived from the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.model import EntityType, Modality

LAYOUT: Final = 7
ROOM: Final = 1 << 20
"""Statements that an article may have at most: as many as a long one has characters."""
UNDATED: Final = 10**7
"""Stands for the day of what has none; later than each day, so that it comes last."""
MODALITIES: Final = tuple(Modality)
"""A statement's modality is kept as its place in this."""
STANCES: Final[Mapping[Modality, int]] = {
    Modality.ASSERTED: 0,
    Modality.CLAIMED: 0,
    Modality.PLANNED: 1,
    Modality.INTENDED: 1,
    Modality.REQUESTED: 2,
    Modality.POSSIBLE: 3,
    Modality.CONDITIONAL: 4,
    Modality.HYPOTHETICAL: 5,
}
"""What the modalities commit a text to: that something is so (0), that it is meant to be (1), or neither.

Only statements of one stance support each other. What is said to be so contradicts that it is not, and a
plan that there is none; to ask for something, or to hold it possible, affirms and denies nothing.
"""
OPPOSABLE: Final = 1
"""The last stance whose statements can contradict those of the other polarity."""
TYPES: Final = tuple(EntityType)
"""An entity's type is kept as its place in this; -1 is none."""
HUB: Final = 500
"""Statements from which on an entity or relation has counts of its own; fewer are counted when asked."""
ALL: Final = 0
"""The scope of all statements."""

MODALITY: Final = 1
POLARITY: Final = 2
TYPE: Final = 3
MONTH: Final = 4
PREDICATE: Final = 5
BROADER: Final = 6
SPEAKER: Final = 7
SUBJECT: Final = 8
OBJECT: Final = 9
"""The facets of `tally`; a month is 12 times the year plus 0 to 11. Those from `PREDICATE` on may have very
many values, so that an index has these in the order of their counts."""
MANY_VALUED: Final = f"facet >= {PREDICATE}"
"""The condition of that index, which a query of it repeats."""

BEGINNINGS: Final = (2, 3)
"""The lengths of beginnings of words that have an index of their own."""
_LENGTHS: Final = " ".join(map(str, BEGINNINGS))
FTS: Final = f"""tokenize = "unicode61 remove_diacritics 2", prefix = '{_LENGTHS}'"""
"""How the index makes words of a text; `search_words.says` does the same."""
_PARTS: Final = """content = '', detail = none, columnsize = 0, tokenize = "trigram case_sensitive 1\""""
SCHEMA: Final = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL UNIQUE, statements INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX busiest_articles ON articles (statements DESC, sequence);
CREATE TABLE doubted (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE entities (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, aliases TEXT NOT NULL,
    folded TEXT NOT NULL, types INTEGER NOT NULL, type INTEGER NOT NULL,
    statements INTEGER NOT NULL, weight REAL NOT NULL, beyond TEXT NOT NULL
) STRICT;
CREATE INDEX busiest ON entities (statements DESC, id) WHERE type >= 0;
CREATE INDEX busiest_of_type ON entities (type, statements DESC, id);
CREATE INDEX by_name ON entities (folded, id) WHERE type >= 0;
CREATE TABLE name_keys (
    key TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (key, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_of ON name_keys (entity);
CREATE TABLE key_counts (key TEXT PRIMARY KEY, entities INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX shared_keys ON key_counts (key) WHERE entities > 1;
CREATE TABLE ends (
    article TEXT NOT NULL, entity INTEGER NOT NULL, type INTEGER NOT NULL, statements INTEGER NOT NULL,
    PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;
CREATE TABLE votes (
    entity INTEGER NOT NULL, type INTEGER NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (entity, type)
) STRICT, WITHOUT ROWID;
CREATE TABLE types (type INTEGER PRIMARY KEY, entities INTEGER NOT NULL) STRICT;
CREATE TABLE relations (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, broader TEXT NOT NULL,
    own INTEGER NOT NULL, statements INTEGER NOT NULL
) STRICT;
CREATE INDEX busiest_relations ON relations (statements DESC, id);
CREATE INDEX own_relations ON relations (own) WHERE own > 0;
CREATE TABLE literals (
    number INTEGER PRIMARY KEY, value TEXT NOT NULL, datatype TEXT NOT NULL, statements INTEGER NOT NULL,
    UNIQUE (value, datatype)
) STRICT;
CREATE TABLE edges (
    number INTEGER PRIMARY KEY, subject INTEGER NOT NULL, relation INTEGER NOT NULL, object INTEGER NOT NULL,
    denied INTEGER NOT NULL, stance INTEGER NOT NULL,
    statements INTEGER NOT NULL, support INTEGER NOT NULL, opposed INTEGER NOT NULL,
    UNIQUE (subject, object, relation, denied, stance)
) STRICT;
CREATE INDEX edges_to ON edges (object, subject);
CREATE INDEX edges_by_support ON edges (support DESC, number);
CREATE INDEX opposed_edges ON edges (number) WHERE opposed AND NOT denied;
CREATE TABLE statements (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, edge INTEGER NOT NULL, subject INTEGER NOT NULL,
    relation INTEGER NOT NULL, object INTEGER NOT NULL, modality INTEGER NOT NULL, denied INTEGER NOT NULL,
    speaker INTEGER, first INTEGER, last INTEGER, day INTEGER NOT NULL, recent INTEGER NOT NULL,
    month INTEGER, confidence REAL NOT NULL, subject_type INTEGER NOT NULL, object_type INTEGER NOT NULL
) STRICT;
CREATE INDEX statements_by_id ON statements (id);
CREATE INDEX statements_of_edge ON statements (edge);
CREATE INDEX statements_of_subject ON statements (subject);
CREATE INDEX statements_of_object ON statements (object);
CREATE INDEX statements_of_speaker ON statements (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX statements_of_modality ON statements (modality);
CREATE INDEX statements_denied ON statements (denied);
CREATE INDEX statements_by_day ON statements (day);
CREATE INDEX statements_by_recent ON statements (recent);
CREATE INDEX statements_by_confidence ON statements (confidence DESC);
CREATE TABLE texts (number INTEGER PRIMARY KEY, sentence TEXT NOT NULL, labels TEXT NOT NULL) STRICT;
CREATE TABLE told (number INTEGER PRIMARY KEY, json BLOB NOT NULL) STRICT;
CREATE TABLE about (
    entity INTEGER NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (entity, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX about_of ON about (statement);
CREATE TABLE kinds (
    relation INTEGER NOT NULL, statement INTEGER NOT NULL, modality INTEGER NOT NULL,
    PRIMARY KEY (relation, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX kinds_of ON kinds (statement);
CREATE INDEX kinds_of_modality ON kinds (relation, modality, statement);
CREATE TABLE pairs (
    entity INTEGER NOT NULL, other INTEGER NOT NULL, id TEXT NOT NULL, statements INTEGER NOT NULL,
    PRIMARY KEY (entity, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX nearest ON pairs (entity, statements DESC, id);
CREATE TABLE scopes (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key INTEGER NOT NULL, UNIQUE (kind, key)
) STRICT;
CREATE TABLE tally (
    scope INTEGER NOT NULL, facet INTEGER NOT NULL, value INTEGER NOT NULL, statements INTEGER NOT NULL,
    PRIMARY KEY (scope, facet, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX highest ON tally (scope, facet, statements DESC, value) WHERE {MANY_VALUED};
CREATE VIRTUAL TABLE names USING fts5(label, aliases, content = 'entities', content_rowid = 'number', {FTS});
CREATE VIRTUAL TABLE sentences
    USING fts5(sentence, labels, content = 'texts', content_rowid = 'number', {FTS});
CREATE VIRTUAL TABLE name_parts USING fts5(part, {_PARTS});
INSERT INTO meta VALUES ('layout', '{LAYOUT}'), ('sequence', '-1');
"""
