"""Open me first: the walk of an article, from its text to the graph.

    source -> Article -> reader (Doc -> mentions -> entities -> statements) -> Reading -> quads -> store

`read` walks as far as the statements and keeps nothing; `ingest` walks to the end; `recover` walks
again for what a killed process left. One article that fails is reported, and the others go on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from graph.decisions import Carried
from graph.errors import BadRecord, InputError, ReadFailed, StoreError
from graph.model import Article, Failure, Outcome, Reading, Report
from graph.store.archive import Archive

OnResult: TypeAlias = Callable[[Article | Failure, Outcome | None], None]

MOST_ATTEMPTS = 3  # readings that are begun, the first one included, before an article is given up
_GIVEN_UP = (
    f"The reading of the article was begun {MOST_ATTEMPTS} times and ended with the process each time;"
    " ingest it again to try once more, or delete it."
)


class Reader(Protocol):
    """What reads articles: `graph.text.reader.Reader`, or something simpler in a test."""

    @property
    def name(self) -> str:
        """The model and its version; another name means that articles are worth reading again."""
        ...

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        """Read articles in batches; one result for each, in the same order.

        A failure bears the name of its article.
        """
        ...


def ingest(
    articles: Iterable[Article | Failure],
    archive: Archive,
    reader: Reader,
    on_result: OnResult | None = None,
    *,
    as_given: bool = False,
) -> Report:
    """Read articles and keep them; `on_result` hears of each as soon as it is on the disk, or has failed.

    What is stored already and unchanged is not read again. Of a text that is stored, what is known and not
    given now stays, unless it is to be kept `as_given`. If a batch ends early (the model is missing,
    the disk is full, Ctrl-C), what was acknowledged stays and the rest is as it was before.
    Raises StoreError if the archive cannot be written, and what `reader` raises for reasons of its own.
    """
    walk = _Walk(archive, reader.name, on_result or _ignore, as_given=as_given)
    try:
        for result in reader.read_many(walk.begin(articles)):
            walk.finish(result)
    except BaseException:
        walk.give_up()
        raise
    return walk.report


def replace(id_: str, article: Article, archive: Archive, reader: Reader) -> tuple[Report, Carried]:
    """Put an article in the place of the one with the id `id_`, which goes once the new one is on the disk.

    With the same text they are one article, and its metadata is replaced. With another the decisions on its
    statements hold for those of the new one that the same sentences make; which do so is returned too.
    Killed in between, both are there; to do it again ends it. Raises NotFound if there is nothing to replace,
    and what `ingest` raises.
    """
    if article.id != id_:
        archive.article(id_)
    report, carried = ingest([article], archive, reader, as_given=True), Carried()
    if article.id != id_ and not report.failures:
        with archive.turn():
            carried = archive.curator.inherit(id_, article.id)
            archive.delete(id_, article.id)
    return report, carried


def read(articles: Iterable[Article | Failure], reader: Reader) -> Iterator[Reading | Failure]:
    """Read articles without keeping them; failures of their sources are passed on."""
    failures: deque[Failure] = deque()
    for result in reader.read_many(_readable(articles, failures.append)):
        yield from _drain(failures)
        yield result
    yield from _drain(failures)


def recover(archive: Archive, reader: Reader, on_result: OnResult | None = None) -> Report:
    """Read again what a killed process began and did not finish, one by one; what fails stays pending.

    Raises what `ingest` raises.
    """
    report = Report()
    for article in archive.pending():
        one = recover_one(article, archive, reader, on_result)
        for outcome, ids in one.outcomes.items():
            report.outcomes[outcome].extend(ids)
        report.failures.extend(one.failures)
        report.statements += one.statements
    return report


def recover_one(
    article: Article, archive: Archive, reader: Reader, on_result: OnResult | None = None
) -> Report:
    """Read an article of `archive.pending()` again; nothing happens if it is no longer pending.

    Each reading is counted before it begins and forgotten when it ends, so that one that kills or hangs
    the process is not begun for ever: it fails from then on, until it is ingested again. Raises what
    `ingest` raises.
    """
    walk = _Walk(archive, reader.name, on_result or _ignore, keep_failed=True)
    attempt = archive.ledger.attempt(article)
    if not attempt:
        return walk.report
    walk.waiting.append(article)
    if attempt > MOST_ATTEMPTS:
        walk.finish(Failure(article.name, ReadFailed(_GIVEN_UP)))
        return walk.report
    try:
        for result in reader.read_many((article,)):
            walk.finish(result)
    except Exception:  # not Ctrl-C, which is what ends a reading that hangs
        with suppress(StoreError):
            archive.ledger.ended(article)
        raise
    archive.ledger.ended(article)
    return walk.report


@dataclass(slots=True)
class _Walk:
    """One ingestion on its way: which articles are with the reader, and what became of the others."""

    archive: Archive
    model: str
    tell: OnResult
    keep_failed: bool = False
    as_given: bool = False
    waiting: deque[Article] = field(default_factory=deque)
    report: Report = field(default_factory=Report)

    def begin(self, articles: Iterable[Article | Failure]) -> Iterator[Article]:
        """Write each article down as pending and pass it on, unless it needs no reading."""
        for given in _readable(articles, self._failed):
            article = given if self.as_given else self.archive.ledger.completed(given)
            try:
                outcome = self.archive.begin(article, self.model)
            except InputError as error:
                self._failed(Failure(article.name, error))
                continue
            if outcome is not None:
                self._done(article, outcome)
                continue
            self.waiting.append(article)
            yield article

    def finish(self, result: Reading | Failure) -> None:
        """Keep what was read, or report why there is nothing to keep."""
        article = self.waiting[0]
        if isinstance(result, Reading):
            result = self._keep(result)
        if isinstance(result, Failure):
            if self.keep_failed:
                self.archive.ledger.fail(article, str(result.error))
            else:
                self.archive.abandon(article)
            self._failed(result)
        self.waiting.popleft()

    def give_up(self) -> None:
        """Leave nothing pending of what is still with the reader, unless the disk refuses this too."""
        with suppress(StoreError):
            while self.waiting:
                self.archive.abandon(self.waiting.popleft())

    def _keep(self, reading: Reading) -> Reading | Failure:
        try:
            outcome = self.archive.commit(reading, self.model)
        except ValueError as error:
            wrong = BadRecord(
                f"What was read cannot be written as RDF ({error}); please report this article."
            )
            return Failure(reading.article.name, wrong)
        if outcome is not Outcome.UNCHANGED:
            self.report.statements += len(reading.statements)
        self._done(reading.article, outcome)
        return reading

    def _done(self, article: Article, outcome: Outcome) -> None:
        self.report.outcomes[outcome].append(article.id)
        self.tell(article, outcome)

    def _failed(self, failure: Failure) -> None:
        self.report.failures.append(failure)
        self.tell(failure, None)


def _readable(
    articles: Iterable[Article | Failure], on_failure: Callable[[Failure], object]
) -> Iterator[Article]:
    for article in articles:
        if isinstance(article, Failure):
            on_failure(article)
        else:
            yield article


def _drain(failures: deque[Failure]) -> Iterator[Failure]:
    while failures:
        yield failures.popleft()


def _ignore(_result: Article | Failure, _outcome: Outcome | None) -> None:
    """Tell nobody."""
