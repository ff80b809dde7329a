"""The archive: ledger, graph and checkpoints kept as one, in one folder.

    FOLDER/ledger.sqlite    texts and states (`ledger.py`)
    FOLDER/graph/           the quads (`embedded.py`)
    FOLDER/search.sqlite    an index of words (`search.py`)
    FOLDER/checkpoints/     copies that query workers read (`checkpoints.py`)

A write goes ledger, graph, ledger; each step is atomic and on the disk before the next begins:

    begin    the text, as pending
    commit   the quads, in one transaction; then the ledger says stored, with their number
    delete   the ledger says deleting; then the quads go; then the row

So whatever moment the process is killed at, the next one knows what to finish: a deletion when the
archive is opened (`settling.py`), a reading when `pipeline.recover` asks for `pending`. Until then the
graph holds nothing of what is only pending.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from graph import __version__
from graph.errors import StoreMismatch
from graph.model import Article, Outcome, Reading
from graph.store import decided, edits, folders, settling
from graph.store.base import Store
from graph.store.checkpoints import Checkpoints
from graph.store.curating import Curator
from graph.store.embedded import EmbeddedStore
from graph.store.ledger import Ledger
from graph.store.records import ArticleRecord
from graph.store.search import Search
from graph.vocab import Namespaces
from graph.waiting import taken

# The model of a reading that was made by hand.
UNNAMED = "unnamed"
_CHECKPOINTS = "checkpoints"

__all__ = ["UNNAMED", "Archive", "ArticleRecord"]


class Archive:
    """All that newsgraph keeps. Safe to use from many threads of one process."""

    def __init__(
        self, ledger: Ledger, store: Store, checkpoints: Checkpoints, ns: Namespaces, directory: Path | None
    ) -> None:
        """Join the parts; use `Archive.open`."""
        self.directory = directory
        self.ledger = ledger
        self.store = store
        self.ns = ns
        self.search = Search(directory, ledger, store, ns)
        self.curator = Curator(ledger, store, self.search, ns)
        self._checkpoints = checkpoints
        self._turn = threading.RLock()  # of who writes; taken before the lock
        self._lock = threading.RLock()
        self._shown: Path | None = None
        self._begun: set[str] = set()
        self._unfinished: set[str] = set()

    @classmethod
    def open(cls, directory: Path | str | None, base: str, *, create: bool = True) -> Archive:
        """Open the archive in `directory` (None: in memory), and finish what a killed process was deleting.

        The folder is made, readable by its owner only, unless `create` is False. Raises StoreError if
        there is nothing to open, StoreInUse if another process has it open, StoreMismatch if it was
        made with another base IRI or by a newer version, StoreDamaged if graph and ledger disagree:
        the articles concerned are then pending, so that the next opening succeeds and
        `pipeline.recover`, or ingesting them again, reads them anew from the text in the ledger. If the
        graph is gone altogether all are pending at once, and nothing is raised: who may make a store may
        make it again. With `create=False`, which is for those who only read, StoreDamaged is raised until
        all is read anew, and also if the graph holds articles that the ledger does not know.
        """
        directory = None if directory is None else Path(directory)
        if directory is not None:
            folders.make(directory, create)
        # A ledger comes before its graph.
        known = directory is not None and (directory / folders.GRAPH).exists()
        ledger = Ledger(directory and directory / folders.LEDGER, filled=known)
        try:
            archive = cls._join(directory, ledger, base)
        except BaseException:
            ledger.close()
            raise
        try:
            archive._settle(known, create)
        except BaseException:
            archive.close()
            raise
        return archive

    @classmethod
    def _join(cls, directory: Path | None, ledger: Ledger, base: str) -> Archive:
        made_with = ledger.base(base)
        if made_with != base:
            raise StoreMismatch(
                f"The store was made with the base IRI {made_with}, not {base};"
                f" set NEWSGRAPH_BASE to {made_with}, or name another folder."
            )
        ns = Namespaces(base)
        if directory is not None:
            folders.finish(directory, ledger)
        store = EmbeddedStore(directory and directory / folders.GRAPH, ns)
        if directory is not None:  # only now that the graph's lock is ours may old copies go
            folders.sweep(directory)
        return cls(ledger, store, Checkpoints(directory and directory / _CHECKPOINTS), ns, directory)

    @property
    def sequence(self) -> int:
        """A number that grows with every committed write."""
        return self.ledger.sequence

    def begin(self, article: Article, model: str = UNNAMED) -> Outcome | None:
        """Write the article's text down before it is read by `model` (its name and version).

        Returns UNCHANGED, and writes nothing, if the same text is stored with the same metadata and was
        read by the same model and version of newsgraph; None if it is to be read: `commit` or `abandon`
        then follows.
        Raises what `Article.check` raises, StoreFull or another StoreError if the disk refuses.
        """
        article.check()
        if self.ledger.holds(article, model):
            return Outcome.UNCHANGED
        with self._turn, self._lock:
            self.catch_up()
            self.ledger.begin(article, model)
            self._begun.add(article.id)
        return None

    def commit(self, reading: Reading, model: str = UNNAMED) -> Outcome:
        """Keep what was read; it is on the disk, whole, when this returns.

        Raises StoreError if the disk refuses; the article is then still pending.
        """
        article = reading.article
        with self._turn, self._lock:
            if self.ledger.holds(article, model):
                outcome = Outcome.UNCHANGED
            else:
                outcome = Outcome.REPLACED if self.ledger.stored(article.id) else Outcome.ADDED
                run = f"newsgraph {__version__}, model {model}"
                graph, (quads, kept) = self.ns.article(article.id), self.curator.curated(reading, run)
                contents = self.store.put(graph, quads, mending=edits.suspect(self.ledger, article.id))
                with self.search.following():
                    self.ledger.store(
                        article, model, contents, lambda sql: decided.keep(sql, article.id, kept)
                    )
                    self.search.kept(article.id)
            self._begun.discard(article.id)
            return outcome

    def abandon(self, article: Article) -> None:
        """Forget an article that was begun and cannot be read; an earlier stored version of it stays."""
        with self._turn, self._lock:
            self._begun.discard(article.id)
            if self.ledger.stored(article.id):
                self.ledger.abandon(article)
            else:  # a killed process may have left its quads
                self.ledger.deleting(article.id)
                self._finish_deletion(article.id)

    def delete(self, article_id: str, successor: str | None = None) -> None:
        """Remove an article, its statements, and the plain triples that no other article says.

        Who asks for it later is told that it was, and of the `successor` that has its place.

        Raises what `article` does; StoreFull or StoreError if the disk refuses: the deletion
        is then finished by the next write, by `catch_up`, or at the next opening.
        """
        with self._turn, self._lock:
            if article_id not in self._unfinished:
                self.article(article_id)
                self.ledger.deleting(article_id, told=True, successor=successor)
            self._finish_deletion(article_id)

    def catch_up(self) -> None:
        """Finish the deletions and the decisions that the disk refused, if there are any.

        Each write does this first. Raises StoreError, StoreFull mostly, if the disk still refuses.
        """
        if not (self._unfinished or self.curator.behind):  # whoever asks need not wait for a long update
            return
        with self._turn, self._lock:
            for article_id in sorted(self._unfinished):
                self._finish_deletion(article_id)
            self.curator.finish()

    def pending(self) -> list[Article]:
        """Return the articles that a killed process began and did not commit."""
        with self._lock:
            found = [record.article for record in self.ledger.in_state("pending")]
            return [article for article in found if article.id not in self._begun]

    def articles(self, after: str | None = None, limit: int = 50) -> list[ArticleRecord]:
        """Return at most `limit` articles, in the order of their sequence, from the one after id `after`.

        Raises NotFound if there is no article `after`.
        """
        start = 0 if after is None else self.article(after).sequence
        return self.ledger.page(start, limit)

    def article(self, article_id: str) -> ArticleRecord:
        """Return one article. Raises NotFound, which names near ids; Gone if it was removed."""
        record = self.ledger.find(article_id)
        if record is None:
            raise self.ledger.unknown(article_id)
        return record

    @property
    def shown(self) -> int:
        """The number of the state that `checkpoint` gives now; to look at it waits for nobody."""
        return self.ledger.sequence if (shown := self._shown) is None else int(shown.name)

    def checkpoint(self) -> Path:
        """Return a folder that `pyoxigraph.Store.read_only` opens and that holds all that is committed.

        Its name is the sequence number. It stays while it is one of the newest two. While a user's change is
        being made it is the state before that, so that nobody waits for it.
        """
        if (shown := self._shown) is not None:
            return shown
        with self._lock:
            return self._checkpoints.get(self.store, self.ledger.sequence)

    @contextmanager
    def turn(self, until: float | None = None) -> Iterator[Path]:
        """Have the only turn to write; readers see, and are given, the state from before it meanwhile.

        Raises StoreError if the disk refuses a deletion that is still to be finished, or the copy; Busy if it
        is not its turn by `until`, a moment of `time.monotonic`.
        """
        with taken(self._turn, until):
            self.catch_up()
            self._shown = self.checkpoint()
            try:
                yield self._shown
            finally:
                self._shown = None

    def edit(self, change: Callable[[], object], touched: Iterable[str]) -> None:
        """Make a user's `change` to the store and count it as a write; to be called in a `turn`.

        `touched` are the ids of articles whose graphs may change with it: the ledger remembers them, so that
        at the next opening nobody takes the change for damage. Raises what `change` does.
        """
        marked = edits.mark(self.ledger, touched)
        with self.search.changing():
            try:
                change()
            except BaseException:
                edits.unmark(self.ledger, marked)
                raise
            edits.count(self.ledger)

    def scratch(self) -> Path:
        """Return a folder for private copies of the graph, emptied; it goes with the archive."""
        folder = self._checkpoints.folder.with_name(f"{self._checkpoints.folder.name}.scratch")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        return folder

    def close(self) -> None:
        """Release the folder, so that another process can open it."""
        with self._lock:
            self._checkpoints.close()
            self.search.close()
            self.store.close()
            self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _finish_deletion(self, article_id: str) -> None:
        self._unfinished.add(article_id)
        self.store.drop(self.ns.article(article_id))
        with self.search.following():
            self.ledger.remove(article_id)
            self.search.gone(article_id)
        self._unfinished.discard(article_id)

    def _settle(self, known: bool, create: bool) -> None:
        """Finish deletions and decisions, see what is damaged and raise StoreDamaged as `open` says."""
        for record in self.ledger.in_state("deleting"):
            self._finish_deletion(record.article.id)
        self.curator.finish()
        parts = self.ledger, self.store, self.ns
        settling.settle(*parts, self.search.gone, known=known, create=create)
