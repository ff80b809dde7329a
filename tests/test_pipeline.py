from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadRecord, EmptyText, ModelError, StoreError
from graph.model import Article, Entity, EntityType, Failure, Outcome, Reading
from graph.pipeline import ingest, read
from graph.pipeline import replace as place
from graph.store.archive import Archive
from tests.conftest import BASE
from tests.readings import Recorded, echo, numbered, visit

ALL = [visit(), echo(), numbered(1), numbered(2)]
LOST = Failure("lost.txt", EmptyText("The file is empty; give one with text."))


def articles(*readings: Reading) -> list[Article | Failure]:
    return [reading.article for reading in readings]


def ids(*readings: Reading) -> list[str]:
    return [reading.article.id for reading in readings]


def test_ingest_keeps_and_reports(archive: Archive) -> None:
    heard: list[tuple[Article | Failure, Outcome | None]] = []
    report = ingest(articles(*ALL), archive, Recorded(*ALL), lambda *result: heard.append(result))
    assert report.ok
    assert report.outcomes[Outcome.ADDED] == ids(*ALL)
    assert report.statements == sum(len(reading.statements) for reading in ALL)
    assert heard == [(reading.article, Outcome.ADDED) for reading in ALL]
    assert [record.article for record in archive.articles()] == [reading.article for reading in ALL]
    assert archive.article(visit().article.id).model == "recorded 1.0"


def test_what_is_heard_is_on_the_disk_already(archive: Archive) -> None:
    def check(article: Article | Failure, outcome: Outcome | None) -> None:
        assert isinstance(article, Article)
        assert archive.article(article.id).state == "stored"
        assert archive.store.count(archive.ns.article(article.id)) == archive.article(article.id).quads > 0

    assert ingest(articles(*ALL), archive, Recorded(*ALL), check).ok


def test_unchanged_articles_are_not_read_again(archive: Archive) -> None:
    ingest(articles(*ALL), archive, Recorded(*ALL))
    before, sequence = set(archive.store.quads()), archive.sequence
    reader = Recorded(*ALL)
    report = ingest(articles(*ALL), archive, reader)
    assert reader.asked == []
    assert report.outcomes[Outcome.UNCHANGED] == ids(*ALL)
    assert report.statements == 0
    assert (set(archive.store.quads()), archive.sequence) == (before, sequence)


def test_changed_metadata_or_model_is_read_again(archive: Archive) -> None:
    ingest(articles(*ALL), archive, Recorded(*ALL))
    changed = replace(visit().article, title="New headline")
    report = ingest([changed, echo().article], archive, Recorded(*ALL))
    assert report.outcomes[Outcome.REPLACED] == ids(visit())
    assert report.outcomes[Outcome.UNCHANGED] == ids(echo())
    report = ingest([changed, echo().article], archive, Recorded(*ALL, name="recorded 2.0"))
    assert report.outcomes[Outcome.REPLACED] == ids(visit(), echo())


FULL = Article("A text.", "Title", "https://news.example/1", date(2023, 3, 17), "Example News")


@pytest.mark.parametrize(
    ("sent", "kept", "outcome"),
    [
        (Article("A text."), FULL, Outcome.UNCHANGED),
        (replace(FULL, url="https://mirror.example/2", title="Copied"), FULL, Outcome.UNCHANGED),
        (
            replace(FULL, title="Corrected", published=None),
            replace(FULL, title="Corrected"),
            Outcome.REPLACED,
        ),
        (replace(FULL, url=None, publisher="Other"), replace(FULL, publisher="Other"), Outcome.REPLACED),
    ],
)
def test_what_is_known_of_a_text_stays(
    archive: Archive, sent: Article, kept: Article, outcome: Outcome
) -> None:
    reader = Recorded(Reading(FULL, (), (), ()))
    ingest([FULL], archive, reader)
    assert ingest([sent], archive, reader).outcomes[outcome] == [FULL.id]
    assert archive.article(FULL.id).article == kept
    assert place(FULL.id, sent, archive, reader)[0].ok
    assert archive.article(FULL.id).article == sent


def test_the_same_article_twice_in_one_batch_is_kept_once(archive: Archive) -> None:
    report = ingest(articles(visit(), visit()), archive, Batching(Recorded(visit())))
    assert report.outcomes[Outcome.ADDED] == report.outcomes[Outcome.UNCHANGED] == ids(visit())
    assert report.statements == len(visit().statements)
    assert archive.pending() == []


@pytest.mark.parametrize("batching", [False, True])
def test_one_failed_article_never_stops_the_others(archive: Archive, batching: bool) -> None:
    unknown = Article("Nobody knows this by heart.", title="Unknown")
    binary = Article("half \ud83d a character", title="Half")
    given_ = [LOST, visit().article, unknown, echo().article, binary, numbered(1).article]
    reader = Recorded(visit(), echo(), numbered(1))
    report = ingest(given_, archive, Batching(reader) if batching else reader)
    assert not report.ok
    assert report.outcomes[Outcome.ADDED] == ids(visit(), echo(), numbered(1))
    assert {failure.source for failure in report.failures} == {"lost.txt", "Unknown", "Half"}
    assert LOST in report.failures
    assert archive.pending() == []
    assert len(archive.articles()) == 3


def test_a_reading_that_is_no_rdf_fails_alone(archive: Archive) -> None:
    bad = replace(echo(), entities=(Entity("no id in an IRI <>", "x", EntityType.PLACE),))
    report = ingest(articles(bad, visit()), archive, Recorded(bad, visit()))
    assert report.outcomes[Outcome.ADDED] == ids(visit())
    (failure,) = report.failures
    assert failure.source == "Echo"
    assert isinstance(failure.error, BadRecord)
    assert [record.article for record in archive.articles()] == [visit().article]


def test_a_failure_of_a_second_reading_keeps_the_first(archive: Archive) -> None:
    ingest(articles(visit()), archive, Recorded(visit()))
    before = set(archive.store.quads())
    report = ingest([replace(visit().article, title="New")], archive, Recorded())
    assert len(report.failures) == 1
    assert set(archive.store.quads()) == before
    assert archive.article(visit().article.id).article == visit().article


@pytest.mark.parametrize("error", [ModelError("No model."), KeyboardInterrupt()])
def test_a_batch_that_ends_early_leaves_the_rest_as_it_was(archive: Archive, error: BaseException) -> None:
    class Broken(Recorded):
        def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
            known = super().read_many(iter(list(articles)))
            yield next(known)
            raise error

    with pytest.raises(type(error)):
        ingest(articles(*ALL), archive, Broken(*ALL))
    assert [record.article for record in archive.articles()] == [visit().article]
    assert archive.ledger.in_state("pending") == []


def test_a_disk_that_refuses_ends_the_batch(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **_options: object) -> int:
        raise StoreError("The graph cannot be written.")

    monkeypatch.setattr(archive.store, "put", refuse)
    with pytest.raises(StoreError):
        ingest(articles(*ALL), archive, Recorded(*ALL))
    assert archive.articles() == []


def test_read_passes_failures_on_and_keeps_nothing() -> None:
    results = list(
        read([LOST, visit().article, Article("Unknown"), echo().article, LOST], Recorded(visit(), echo()))
    )
    assert [r for r in results if isinstance(r, Reading)] == [visit(), echo()]
    assert len([r for r in results if isinstance(r, Failure)]) == 3
    assert results[0] == LOST


def test_reading_starts_before_all_sources_are_known() -> None:
    def endless() -> Iterator[Article]:
        number = 0
        while True:
            yield numbered(number, 1).article
            number += 1

    results = read(endless(), Recorded(*(numbered(number, 1) for number in range(9))))
    assert [next(results) for _ in range(9)] == [numbered(number, 1) for number in range(9)]


class Batching:
    """A reader that takes four articles before it gives the first reading, as the real one does."""

    name = "recorded 1.0"

    def __init__(self, reader: Recorded) -> None:
        self._reader = reader

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        waiting: list[Article] = []
        for article in articles:
            waiting.append(article)
            if len(waiting) == 4:
                yield from self._reader.read_many(waiting)
                waiting = []
        yield from self._reader.read_many(waiting)


@given(order=st.lists(st.integers(0, 5), max_size=14), batching=st.booleans())
def test_any_order_gives_one_result_for_each_and_the_same_store(order: list[int], batching: bool) -> None:
    """Articles 4 and 5 cannot be read; whatever comes in whatever order, what can be read is there once."""
    known = Recorded(*ALL)
    pool = [*articles(*ALL), Article("Unknown"), LOST]
    with Archive.open(None, BASE) as archive:
        report = ingest((pool[number] for number in order), archive, Batching(known) if batching else known)
        done = [id_ for ids_ in report.outcomes.values() for id_ in ids_]
        assert len(done) + len(report.failures) == len(order)
        wanted = {ALL[number].article.id for number in order if number < 4}
        assert set(report.outcomes[Outcome.ADDED]) == wanted
        assert {record.article.id for record in archive.articles()} == wanted
        assert archive.ledger.in_state("pending") == []


def test_importing_the_package_or_the_store_loads_no_parser() -> None:
    code = (
        "import sys, graph, graph.pipeline, graph.store.archive, graph.rdf_read\n"
        "assert graph.ingest is graph.pipeline.ingest and graph.__version__\n"
        "heavy = {'spacy', 'trafilatura', 'networkx', 'pydantic', 'rdflib'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "try:\n    graph.nothing\nexcept AttributeError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "module 'graph' has no attribute 'nothing'\n"


def test_a_failure_bears_the_name_under_which_the_article_was_given(archive: Archive) -> None:
    unknown = [Article(f"Nobody knows {n}.", title="Unknown", source=f"a.txt:{n}") for n in range(40)]
    known = replace(visit().article, source="b.txt")
    given_ = [LOST, *unknown[:20], known, *unknown[20:]]
    names = {"lost.txt", *(article.source for article in unknown)}
    results = list(read(given_, Batching(Recorded(visit()))))
    assert {one.source for one in results if isinstance(one, Failure)} == names
    assert [one.article for one in results if isinstance(one, Reading)] == [known]
    report = ingest(given_, archive, Batching(Recorded(visit())))
    assert {failure.source for failure in report.failures} == names
