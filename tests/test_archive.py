from __future__ import annotations

import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph import __version__
from graph.errors import BadEncoding, NotFound, StoreError, StoreInUse, StoreMismatch, TooLarge
from graph.model import MAX_METADATA, Article, Outcome, Reading
from graph.rdf import reading_quads
from graph.store.archive import UNNAMED, Archive
from graph.store.ledger import Ledger
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import echo, numbered, visit


def size(archive: Archive) -> int:
    return len(list(archive.store.quads()))


def test_ingesting_twice_changes_nothing(archive: Archive) -> None:
    assert keep(archive, visit()) is Outcome.ADDED
    before, sequence = set(archive.store.quads()), archive.sequence
    assert archive.begin(visit().article) is Outcome.UNCHANGED
    assert archive.commit(visit()) is Outcome.UNCHANGED
    assert (set(archive.store.quads()), archive.sequence) == (before, sequence)


def test_other_metadata_or_model_replaces(archive: Archive) -> None:
    keep(archive, visit())
    assert keep(archive, visit(title="New headline")) is Outcome.REPLACED
    assert archive.article(visit().article.id).article.title == "New headline"
    headlines = archive.store.select("SELECT ?h WHERE { GRAPH ?g { ?g schema:headline ?h } }")
    assert [str(row["h"]) for row in headlines] == ['"New headline"']
    newer = visit(title="New headline")
    assert archive.begin(newer.article, "newer model") is None
    assert archive.commit(newer, "newer model") is Outcome.REPLACED
    assert archive.article(newer.article.id).model == "newer model"


def test_the_record_counts_the_quads(archive: Archive) -> None:
    keep(archive, echo())
    record = archive.article(echo().article.id)
    assert record.state == "stored"
    assert record.quads == archive.store.count(archive.ns.article(echo().article.id)) > 0
    assert record.model == UNNAMED


def test_delete_leaves_what_others_say(archive: Archive) -> None:
    keep(archive, echo())
    alone = set(archive.store.quads())
    keep(archive, visit())
    archive.delete(visit().article.id)
    assert set(archive.store.quads()) == alone
    archive.delete(echo().article.id)
    assert size(archive) == 0
    assert archive.articles() == []


def test_an_unknown_article_is_not_found_and_near_ids_are_named(archive: Archive) -> None:
    with pytest.raises(NotFound, match=r"'abc'; there are no articles; ingest some first"):
        archive.article("abc")
    keep(archive, echo())
    near = echo().article.id
    for ask in (archive.article, archive.delete):
        with pytest.raises(NotFound, match=f"{near[:5]}'; near it are {near}"):
            ask(near[:5])
    with pytest.raises(NotFound, match=f"there are others, such as {near}"):
        archive.article("zzzz")
    with pytest.raises(NotFound):
        archive.articles(after=near[:5])


def test_articles_come_in_pages(archive: Archive) -> None:
    readings = [numbered(number, 1) for number in range(5)]
    for reading in readings:
        keep(archive, reading)
    first = archive.articles(limit=3)
    rest = archive.articles(after=first[-1].article.id, limit=3)
    assert [record.article for record in first + rest] == [reading.article for reading in readings]


def test_an_abandoned_article_leaves_nothing(archive: Archive) -> None:
    archive.begin(visit().article)
    archive.abandon(visit().article)
    assert archive.articles() == archive.pending() == []


def test_abandoning_a_second_reading_keeps_the_first(archive: Archive) -> None:
    keep(archive, visit())
    before = set(archive.store.quads())
    archive.begin(visit(title="New").article)
    archive.abandon(visit(title="New").article)
    assert archive.article(visit().article.id).article == visit().article
    assert set(archive.store.quads()) == before
    assert archive.begin(visit().article) is Outcome.UNCHANGED


@pytest.mark.parametrize("field", ["text", "title", "url", "publisher"])
def test_what_is_no_unicode_is_refused(archive: Archive, field: str) -> None:
    with pytest.raises(BadEncoding, match="UTF-8"):
        archive.begin(Article(**{"text": "fine", field: "half \ud83d a character"}))
    assert archive.articles() == []


@pytest.mark.parametrize(("field", "limit"), MAX_METADATA.items())
def test_metadata_without_end_is_refused(archive: Archive, field: str, limit: int) -> None:
    with pytest.raises(
        TooLarge, match=f"The {field} of the article has {limit + 1:,} .* {limit:,} are allowed"
    ):
        archive.begin(Article(**{"text": "fine", field: "x" * (limit + 1)}))
    assert archive.articles() == []
    assert archive.begin(Article(**{"text": "fine", field: "x" * limit})) is None


def test_only_others_work_is_pending(folder: Path) -> None:
    """What this process has begun is on its way; what a process that is gone had begun is pending."""
    with Archive.open(folder, BASE) as archive:
        archive.begin(visit().article)
        assert archive.pending() == []
    with Archive.open(folder, BASE) as archive:
        assert archive.pending() == [visit().article]
        assert archive.article(visit().article.id).state == "pending"
        assert archive.commit(visit()) is Outcome.ADDED
        assert archive.pending() == []


def test_all_is_there_when_opened_again(folder: Path) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
        before, sequence = set(archive.store.quads()), archive.sequence
    with Archive.open(folder, BASE, create=False) as archive:
        assert set(archive.store.quads()) == before
        assert archive.sequence == sequence
        assert archive.begin(visit().article) is Outcome.UNCHANGED


def test_the_folder_is_made_for_its_owner_only(folder: Path) -> None:
    Archive.open(folder / "deep", BASE).close()
    assert stat.S_IMODE((folder / "deep").stat().st_mode) == 0o700


def test_a_store_that_is_not_there_is_not_made_unasked(folder: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no store in .*; make one with `newsgraph ingest`"):
        Archive.open(folder, BASE, create=False)
    assert not folder.exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        Archive.open(tmp_path / "file", BASE)


def test_another_base_is_a_mismatch_that_names_both(folder: Path) -> None:
    Archive.open(folder, BASE).close()
    with pytest.raises(StoreMismatch, match=f"{BASE}, not http://other.example/; set NEWSGRAPH_BASE"):
        Archive.open(folder, "http://other.example/")
    Archive.open(folder, BASE).close()


def test_a_second_process_is_told_and_harms_nothing(folder: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom graph.store.archive import Archive\n"
        "from graph.errors import StoreInUse\n"
        "try:\n    Archive.open(Path(sys.argv[1]), sys.argv[2])\n"
        "except StoreInUse as error:\n    print(error)\n"
    )
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
        copy = archive.checkpoint()
        other = subprocess.run(
            [sys.executable, "-c", code, str(folder), BASE],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert other.stdout == (
            f"{folder} is open in another newsgraph process; stop it, or ask it over HTTP.\n"
        )
        assert copy.exists()
        keep(archive, echo())
        with pytest.raises(StoreInUse):
            Archive.open(folder, BASE)
    with Archive.open(folder, BASE) as archive:
        assert len(archive.articles()) == 2


def test_a_write_that_the_disk_refuses_stays_pending(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(archive, echo())
    before = set(archive.store.quads())

    def refuse(*_: object, **_options: object) -> int:
        raise StoreError("The graph cannot be written.")

    monkeypatch.setattr(archive.store, "put", refuse)
    archive.begin(visit().article)
    with pytest.raises(StoreError):
        archive.commit(visit())
    monkeypatch.undo()
    assert set(archive.store.quads()) == before
    assert archive.article(visit().article.id).state == "pending"
    assert archive.commit(visit()) is Outcome.ADDED


def test_many_threads_may_use_it(folder: Path) -> None:
    readings = [numbered(number, 2) for number in range(24)]
    with Archive.open(folder, BASE) as archive:

        def write(part: list[Reading]) -> None:
            for reading in part:
                keep(archive, reading)
                archive.checkpoint()
                archive.articles()
                archive.article(reading.article.id)

        threads = [threading.Thread(target=write, args=(readings[turn::4],)) for turn in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        archive.delete(readings[0].article.id)
        records = archive.articles(limit=100)
        assert {record.article.id for record in records} == {reading.article.id for reading in readings[1:]}
        run = f"newsgraph {__version__}, model {UNNAMED}"
        assert set(archive.store.quads()) == {
            quad for reading in readings[1:] for quad in reading_quads(reading, archive.ns, run)
        }


def test_opening_that_fails_releases_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreError("on purpose")

    Archive.open(folder, BASE).close()
    monkeypatch.setattr(Ledger, "settled", fail)
    with pytest.raises(StoreError, match="on purpose"):
        Archive.open(folder, BASE)
    monkeypatch.undo()
    Archive.open(folder, BASE).close()
