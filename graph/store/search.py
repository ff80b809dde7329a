"""Full text: finds entities by their names and statements by their sentences, in step with the graph.

    FOLDER/search.sqlite    the index (`search_index.py`); in memory for an archive in memory

It is derived from the graph, article by article: after a commit and after a deletion. The index knows the
ledger's number of each article that it holds. Where it lags behind (a process was killed, the file is gone,
damaged or of an older newsgraph, a user has written something) the next search compares the numbers, and
reads anew what differs.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from pyoxigraph import NamedNode

from graph.errors import StoreError
from graph.store import edits
from graph.store.base import Row, Store
from graph.store.ledger import Ledger
from graph.store.ledger_file import telling
from graph.store.search_index import Hit, Names, Part, Said, SearchIndex
from graph.store.search_words import words
from graph.vocab import Namespaces

INDEX: Final = "search.sqlite"
MOST: Final = 1000
"""Hits of a kind that a search gives at most."""

_T = TypeVar("_T")
_LOG = logging.getLogger("newsgraph.store")
_BATCH: Final = 100
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""What SQLite says of a file that is not what it was; SQLITE_ERROR is a table that is not there."""

_SAID: Final = """
SELECT ?article ?id ?s ?p ?o ?sentence ?sl ?pl ?ol WHERE {{
  VALUES ?article {{ {articles} }}
  GRAPH ?article {{
    ?id rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom ?span .
    ?span nif:anchorOf ?sentence .
  }}
  OPTIONAL {{ ?s rdfs:label ?sl }} OPTIONAL {{ ?p rdfs:label ?pl }} OPTIONAL {{ ?o rdfs:label ?ol }}
}}"""
_OTHERS: Final = """
SELECT ?article ?id ?entity WHERE {{
  VALUES ?article {{ {articles} }}
  GRAPH ?article {{
    {{ ?id kg:argument ?argument . ?argument rdf:value ?entity . }}
    UNION {{ ?use rdf:type kg:EntityUse ; itsrdf:taIdentRef ?entity . }}
  }}
}}"""
# With VALUES for the kind of name the engine would look at all names that there are.
_NAMES: Final = """
SELECT ?entity ?label ?alias WHERE {{
  {{ {entities} ?entity rdfs:label ?label }} UNION {{ {entities} ?entity skos:altLabel ?alias }}
}}"""


class Search:
    """The search of one archive; safe to use from many threads."""

    def __init__(self, directory: Path | None, ledger: Ledger, store: Store, ns: Namespaces) -> None:
        """Open the index in `directory` (None: in memory). Raises StoreError if the disk refuses."""
        self._path = directory and directory / INDEX
        self._ledger, self._store, self._ns = ledger, store, ns
        self._lock = threading.RLock()
        self._changes = 0
        with telling(self._path):
            self._index = SearchIndex(self._path)
            if ledger.sequence == 0:  # all is new
                self._index.set_sequence(0)
            self._seen = 0 if self._index.sequence == ledger.sequence else -1

    def entities(self, given: str, limit: int = MOST) -> list[Hit]:
        """Return the ids of entities whose names hold the words, those that fit best first.

        `words` says what may be `given`; raises BadFilter for what may not, StoreError if the disk refuses.
        """
        asked = words(given)
        return self._work(lambda: self._in_step().find_entities(asked, limit))

    def statements(self, given: str, limit: int = MOST) -> list[Hit]:
        """Return the ids of statements whose sentence or labels hold the words; raises as `entities` does."""
        asked = words(given)
        return self._work(lambda: self._in_step().find_statements(asked, limit))

    def hits(self, given: str) -> tuple[int, list[tuple[str, float]]]:
        """Return the IRIs of entities and statements that hold the words, and which write they show.

        The number is less than the ledger's where the two are not sure to be in step.
        """
        ns = self._ns
        with self._lock:
            found = [(ns.entity(id_).value, score) for id_, score in self.entities(given)]
            found += [(ns.statement(id_).value, score) for id_, score in self.statements(given)]
            return self._index.sequence, found

    def kept(self, article: str) -> None:
        """Take in an article that was stored; if the disk refuses, the next search does."""
        self._follow(lambda: self._take([article]))

    def gone(self, article: str) -> None:
        """Forget an article that was removed from the graph; if the disk refuses, the next search does."""
        self._follow(lambda: self._drop(article))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Have the next search look at what a user may have changed within, be this process killed in it."""
        try:
            self._work(lambda: self._index.set_sequence(-1))
        except StoreError as error:
            _LOG.warning("the search index could not be marked: %s", error)
        try:
            yield
        finally:
            self._changes += 1

    def close(self) -> None:
        """Close the file, which then says if all is in it."""
        with self._lock:
            try:
                if self._seen == self._changes:
                    self._index.set_sequence(self._ledger.sequence)
            except (sqlite3.Error, StoreError):
                _LOG.warning("the search index could not be finished and will be checked when it is opened")
            self._index.close()

    def _work(self, do: Callable[[], _T]) -> _T:
        """Do something with the index, and do it again with a new one if this one is damaged."""
        with self._lock, telling(self._path):
            try:
                return do()
            except sqlite3.DatabaseError as error:
                code = getattr(error, "sqlite_errorcode", None) or 0
                if code & 0xFF not in _DAMAGED:
                    raise
                _LOG.warning("the search index is damaged (%s) and is made anew", error)
                self._index.remake()
                self._seen = -1
                return do()

    def _follow(self, change: Callable[[], None]) -> None:
        """Let the index follow a write, which is done already and does not fail with it."""

        def do() -> None:
            if self._seen != self._changes:
                return  # the next search looks at everything
            with self._index.transaction():
                change()
                self._index.set_sequence(self._ledger.sequence)

        try:
            self._work(do)
        except StoreError as error:
            self._changes += 1
            _LOG.warning("the search index does not follow and will be checked: %s", error)

    def _in_step(self) -> SearchIndex:
        """Give the index once all is in it that is in the graph."""
        if self._seen != (changes := self._changes):
            sequence = self._ledger.sequence
            self._catch_up()
            with self._index.transaction():
                self._index.set_sequence(sequence)
            self._seen = changes
        return self._index

    def _catch_up(self) -> None:
        held, there = self._index.articles(), self._stored()
        marked = edits.marked(self._ledger)
        for gone in held.keys() - there.keys():
            with self._index.transaction():
                self._drop(gone)
        stale = [id_ for id_, number in there.items() if held.get(id_) != number or id_ in marked]
        for batch in _batches(stale):
            with self._index.transaction():
                self._take(batch)
        with self._index.transaction():
            self._rename()

    def _stored(self) -> dict[str, int]:
        with self._ledger.reading() as sql:
            return dict(sql.execute("SELECT id, sequence FROM articles WHERE state = 'stored'"))

    def _rename(self) -> None:
        """See what each entity is called now: users give names too."""
        known, now = self._index.names(), self._names(None)
        for id_ in known.keys() | now.keys():
            if known.get(id_) != (called := now.get(id_, Names(""))):
                self._index.call(id_, called)

    def _take(self, articles: Collection[str]) -> None:
        numbers = self._ledger.sequences(articles)
        parts = [one for one in self._read(articles) if one.article in numbers]
        ends = {id_ for article in articles for id_ in self._index.ends(article)}
        ends |= {id_ for part in parts for id_ in part.ends}
        self._index.put(_numbered(part, numbers) for part in parts)
        self._call(ends)

    def _drop(self, article: str) -> None:
        ends = self._index.ends(article)
        self._index.remove(article)
        self._call(ends)

    def _call(self, ids: Collection[str]) -> None:
        """See what some entities are called in the graph, and forget those that nothing names."""
        names = self._names(ids)
        for id_ in ids:
            self._index.call(id_, names.get(id_, Names("")))

    def _read(self, articles: Collection[str]) -> list[Part]:
        """Read from the graph what of some articles goes into the index."""
        these = " ".join(str(self._ns.article(id_)) for id_ in articles)
        said: dict[str, dict[str, Said]] = {id_: {} for id_ in articles}
        ends: dict[str, defaultdict[str, set[str]]] = {id_: defaultdict(set) for id_ in articles}
        for row in self._store.select(_SAID.format(articles=these)):
            article, id_ = self._article(row), _local(row, "id", self._ns.statement("").value)
            said[article][id_] = _said(row, id_)
            for end in ("s", "o"):
                if entity := self._entity(row, end):
                    ends[article][entity].add(id_)
        for row in self._store.select(_OTHERS.format(articles=these)):
            if entity := self._entity(row, "entity"):
                naming = ends[self._article(row)][entity]
                if row["id"] is not None:
                    naming.add(_local(row, "id", self._ns.statement("").value))
        return [
            Part(id_, 0, tuple(said[id_].values()), Counter({e: len(n) for e, n in ends[id_].items()}))
            for id_ in articles
        ]

    def _names(self, ids: Collection[str] | None) -> dict[str, Names]:
        """Read what entities (None: all) are called."""
        found: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for batch in [None] if ids is None else _batches(sorted(ids)):
            these = "" if batch is None else f"VALUES ?entity {{ {' '.join(self._iris(batch))} }}"
            for row in self._store.select(_NAMES.format(entities=these)):
                if entity := self._entity(row, "entity"):
                    found[entity][row["label"] is None].add(_text(row["label"] or row["alias"]))
        return {id_: _called(labels, aliases) for id_, (labels, aliases) in found.items()}

    def _iris(self, ids: Iterable[str]) -> Iterator[str]:
        return (str(self._ns.entity(id_)) for id_ in ids)

    def _article(self, row: Row) -> str:
        return _local(row, "article", self._ns.article("").value)

    def _entity(self, row: Row, name: str) -> str | None:
        """Give the id of an entity; None for a value, or what is no entity of ours."""
        term, start = row[name], self._ns.prefixes[""]
        return (
            term.value.removeprefix(start)
            if isinstance(term, NamedNode) and term.value.startswith(start) and term.value != start
            else None
        )


def _said(row: Row, id_: str) -> Said:
    labels = (row[label] or row[end] for label, end in (("sl", "s"), ("pl", "p"), ("ol", "o")))
    texts = ("" if isinstance(one, NamedNode) else _text(one) for one in labels)
    return Said(id_, _text(row["sentence"]), tuple(filter(None, texts)))


def _called(labels: set[str], aliases: set[str]) -> Names:
    label, *others = [*sorted(labels), ""] if labels else [""]
    return Names(label, tuple(sorted({*others, *aliases} - {label, ""})))


def _numbered(part: Part, numbers: dict[str, int]) -> Part:
    return Part(part.article, numbers[part.article], part.said, part.ends)


def _local(row: Row, name: str, start: str) -> str:
    return _text(row[name]).removeprefix(start)


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while batch := list(islice(left, _BATCH)):
        yield batch
