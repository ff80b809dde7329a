"""Recovery: what a killed process left is read again, and what kills each process is given up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from graph.errors import ModelError, NotEnglish, ReadFailed
from graph.model import Article, Failure, Outcome, Reading
from graph.pipeline import MOST_ATTEMPTS, Reader, ingest, recover
from graph.store.archive import Archive
from tests.conftest import BASE
from tests.readings import Recorded, echo, numbered, visit

ALL = [visit(), echo(), numbered(1), numbered(2)]


def ids(*readings: Reading) -> list[str]:
    return [reading.article.id for reading in readings]


def test_recover_reads_what_was_left(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        ingest([echo().article], archive, Recorded(echo()))
        archive.begin(visit().article, "recorded 1.0")
        archive.begin(numbered(1).article, "recorded 1.0")
    with Archive.open(folder, BASE) as archive:
        heard: list[object] = []
        report = recover(archive, Recorded(*ALL), lambda *result: heard.append(result))
        assert report.outcomes[Outcome.ADDED] == ids(visit(), numbered(1))
        assert len(heard) == 2
        assert archive.pending() == []
        assert recover(archive, Recorded(*ALL)).outcomes[Outcome.ADDED] == []
        assert {record.state for record in archive.articles()} == {"stored"}


def test_recover_keeps_the_text_of_what_still_fails(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        archive.begin(visit().article, "recorded 1.0")
        archive.begin(echo().article, "recorded 1.0")
    with Archive.open(folder, BASE) as archive:
        report = recover(archive, Recorded(echo()))
        assert report.outcomes[Outcome.ADDED] == ids(echo())
        assert [failure.source for failure in report.failures] == ["Xi to visit Moscow"]
        assert archive.pending() == [visit().article]
        archive.delete(visit().article.id)
        assert archive.pending() == []


class Deadly(Recorded):
    """A reader that ends the process, or hangs until someone does, at all that it does not know."""

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for result in super().read_many(articles):
            if isinstance(result, Failure):
                raise KeyboardInterrupt
            yield result


def start(folder: Path, reader: Reader) -> list[Failure]:
    """Recover as a new process does; give what failed."""
    with Archive.open(folder, BASE) as archive:
        return recover(archive, reader).failures


def test_an_article_that_ends_the_process_each_time_is_given_up(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        for reading in (echo(), visit(), numbered(1)):
            archive.begin(reading.article, "recorded 1.0")
    for _ in range(MOST_ATTEMPTS - 1):  # to begin it was the first
        with pytest.raises(KeyboardInterrupt):
            start(folder, Deadly(echo(), numbered(1)))
    spared = Deadly(numbered(1))
    (failure,) = start(folder, spared)
    assert (failure.source, type(failure.error)) == ("Xi to visit Moscow", ReadFailed)
    assert "begun 3 times" in str(failure.error)
    assert spared.asked == ids(numbered(1)), "neither the one given up nor the one before it is read again"
    with Archive.open(folder, BASE) as archive:
        assert archive.pending() == [visit().article], "its text is kept"
        heading = next(one for one in archive.ledger.headings(0, 9) if one.id == visit().article.id)
        assert (heading.state, heading.problem) == ("failed", str(failure.error))
        assert ingest([visit().article], archive, Recorded(*ALL)).outcomes[Outcome.ADDED] == ids(visit())
        assert archive.pending() == []


def test_an_article_that_was_given_up_and_is_sent_again_gets_all_its_attempts(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        for _ in range(2):
            archive.begin(visit().article, "recorded 1.0")
            counted = [archive.ledger.attempt(visit().article) for _ in range(MOST_ATTEMPTS)]
            assert counted == [2, 3, 4]


class Modelless:
    """A reader whose model is missing."""

    name = "recorded 1.0"

    def read_many(self, _articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        raise ModelError("No model.")


def test_a_reading_that_ends_is_no_attempt(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        archive.begin(visit().article, "recorded 1.0")
    for _ in range(MOST_ATTEMPTS + 1):
        assert [type(failure.error) for failure in start(folder, Recorded())] == [NotEnglish]
        with pytest.raises(ModelError):
            start(folder, Modelless())
    assert start(folder, Recorded(*ALL)) == []


def test_what_was_deleted_in_the_meantime_is_not_read(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        archive.begin(visit().article, "recorded 1.0")
        archive.begin(echo().article, "recorded 1.0")
    with Archive.open(folder, BASE) as archive:
        reader = Recorded(*ALL)
        report = recover(archive, reader, lambda *_: archive.delete(echo().article.id))
        assert reader.asked == report.outcomes[Outcome.ADDED] == ids(visit())
