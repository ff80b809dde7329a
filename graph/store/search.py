"""The index beside the graph, in step with it: words, filters, orders and counts are looked up there.

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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from graph.errors import StoreError
from graph.model import Entity
from graph.store import edits, index_check
from graph.store.base import Store
from graph.store.index_reading import Names, batches, read_names, read_part
from graph.store.ledger import Ledger
from graph.store.ledger_file import telling
from graph.store.ranking import FINENESS, START, After, Hit, find_entities, find_statements
from graph.store.search_index import SearchIndex
from graph.store.search_words import words
from graph.vocab import Namespaces

INDEX: Final = "search.sqlite"
MOST: Final = 1000
"""Hits of a kind that a search gives at most."""

_T = TypeVar("_T")
_LOG = logging.getLogger("newsgraph.store")
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""What SQLite says of a file that is not what it was; SQLITE_ERROR is a table that is not there."""


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

    def entities(self, given: str, limit: int = MOST, after: After = START) -> list[Hit]:
        """Return the ids of entities whose names hold the words, those that fit best first.

        `words` says what may be `given`; raises BadFilter for what may not, StoreError if the disk refuses.
        """
        asked = words(given)
        return self.read(lambda sql: find_entities(sql, asked, limit, after))

    def statements(self, given: str, limit: int = MOST, after: After = START) -> list[Hit]:
        """Return the ids of statements whose sentence or labels hold the words; raises as `entities` does."""
        asked = words(given)
        return self.read(lambda sql: find_statements(sql, asked, limit, after))

    def hits(self, given: str) -> tuple[int, list[tuple[str, float]]]:
        """Return the IRIs of entities and statements that hold the words, and which write they show.

        The number is less than the ledger's where the two are not sure to be in step.
        """
        ns = self._ns
        with self._lock:
            found = [(ns.entity(hit.id).value, hit.score / FINENESS) for hit in self.entities(given)]
            found += [(ns.statement(hit.id).value, hit.score / FINENESS) for hit in self.statements(given)]
            return self._index.sequence, found

    def read(self, do: Callable[[sqlite3.Connection], _T]) -> _T:
        """Read the index, in step with the graph, by its tables (`index_schema.py`); nobody writes meanwhile.

        What `do` gives is complete: no cursor of it is used later. Raises StoreError if the disk refuses.
        """
        return self._work(lambda: do(self._in_step().sql))

    def glance(self, do: Callable[[sqlite3.Connection], _T], patience: float) -> tuple[_T, bool] | None:
        """Read the index as it is, and tell if it is in step with the graph; never brings it there.

        None if somebody writes it for longer than `patience` seconds. Raises StoreError if the disk refuses.
        """
        if not self._lock.acquire(timeout=patience):
            return None
        try:
            return self._work(lambda: (do(self._index.sql), self._seen == self._changes))
        finally:
            self._lock.release()

    def differences(self) -> list[tuple[str, str]]:
        """Say how the index differs from the graph, article by article: `index_check.py`."""
        return self._work(
            lambda: list(index_check.differences(self._in_step(), self._stored(), self._store, self._ns))
        )

    @contextmanager
    def following(self) -> Iterator[None]:
        """Have readers wait within: who sees the number of a write, as ETags do, then finds what it wrote."""
        with self._lock:
            yield

    def kept(self, *articles: str) -> None:
        """Take in articles that were stored; if the disk refuses, the next search does.

        Of many, some at once, so that readers need not wait for all.
        """
        for batch in batches(articles) if articles else [[]]:
            self._follow(partial(self._take, batch))

    def relabelled(self, id_: str, called: Mapping[str, Entity | None]) -> None:
        """Take in what articles now call an entity, and nothing else of them; as `kept` does."""
        for batch in batches(called):
            self._follow(partial(self._relabel, id_, {article: called[article] for article in batch}))

    def doubt(self, articles: Iterable[str]) -> None:
        """Have the next search take in articles anew, unless `kept` does so first. Raises StoreError."""
        self._work(lambda: self._index.doubt(articles))

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

    def forget(self) -> None:
        """Throw the index away, for the graph is exchanged; the next search makes it anew of the new one."""
        self._work(self._index.remake)
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
        marked = edits.marked(self._ledger) | self._index.doubted()
        for gone in held.keys() - there.keys():
            with self._index.transaction():
                self._drop(gone)
        stale = [id_ for id_, number in there.items() if held.get(id_) != number or id_ in marked]
        for batch in batches(stale):
            with self._index.transaction():
                self._take(batch)
        with self._index.transaction():
            self._rename()

    def _stored(self) -> dict[str, int]:
        with self._ledger.reading() as sql:
            return dict(sql.execute("SELECT id, sequence FROM articles WHERE state = 'stored'"))

    def _rename(self) -> None:
        """See what each entity is called now: users give names too."""
        known, now = self._index.names(), read_names(self._store, None, self._ns)
        for id_ in known.keys() | now.keys():
            if known.get(id_) != (called := now.get(id_, Names(""))):
                self._index.call(id_, called)

    def _take(self, articles: Collection[str]) -> None:
        numbers = self._ledger.sequences(articles)
        ends = {id_ for article in articles for id_ in self._index.ends(article)}
        for article in sorted(numbers, key=lambda id_: numbers[id_]):
            part = read_part(self._store, article, self._ns)
            self._index.put(numbers[article], part)
            ends |= part.ends.keys()
        self._call(ends)

    def _relabel(self, id_: str, called: Mapping[str, Entity | None]) -> None:
        numbers, index = self._ledger.sequences(called), self._index
        self._take([one for one in called if not index.relabel(one, numbers.get(one), id_, called[one])])
        self._call([id_])

    def _drop(self, article: str) -> None:
        ends = self._index.ends(article)
        self._index.remove(article)
        self._call(ends)

    def _call(self, ids: Collection[str]) -> None:
        """See what some entities are called in the graph, and forget those that nothing names."""
        names = read_names(self._store, ids, self._ns)
        for id_ in ids:
            self._index.call(id_, names.get(id_, Names("")))
