from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StoreDamaged, StoreError, StoreFull, StoreMismatch
from graph.model import Article
from graph.store import absent
from graph.store.base import Contents
from graph.store.ledger import Ledger
from graph.store.ledger_file import LAYOUT, telling

FULL = Article("A text.\n", "Title", "https://news.example/1", date(2023, 3, 17), "Example News")
BARE = Article("Another text.")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    opened = Ledger(None)
    yield opened
    opened.close()


def _change(path: Path, statement: str) -> None:
    sql = sqlite3.connect(path)
    with sql:
        sql.execute(statement)
    sql.close()


def test_an_article_is_pending_and_then_stored(ledger: Ledger) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    ledger.begin(FULL, "model 1")
    record = ledger.find(FULL.id)
    assert record is not None
    assert (record.article, record.state, record.quads, record.model) == (FULL, "pending", 0, "model 1")
    assert before <= record.added <= datetime.now(UTC)
    assert (ledger.stored(FULL.id), ledger.holds(FULL, "model 1"), ledger.count()) == (False, False, 0)
    ledger.store(FULL, "model 1", Contents(12, "digest"))
    record = ledger.find(FULL.id)
    assert record is not None
    assert (record.article, record.state, record.quads) == (FULL, "stored", 12)
    assert (ledger.stored(FULL.id), ledger.holds(FULL, "model 1"), ledger.count()) == (True, True, 1)
    assert ledger.in_state("pending") == []


def test_other_metadata_or_another_model_is_not_held(ledger: Ledger) -> None:
    ledger.store(FULL, "model 1", Contents(12, "digest"))
    assert not ledger.holds(FULL, "model 2")
    assert not ledger.holds(Article(FULL.text, "Other", FULL.url, FULL.published, FULL.publisher), "model 1")
    assert not ledger.holds(Article(FULL.text), "model 1")


def test_another_version_of_newsgraph_is_worth_another_reading(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.store(FULL, "model 1", Contents(12, "digest"))
    monkeypatch.setattr("graph.store.ledger.__version__", "99.0")
    assert not ledger.holds(FULL, "model 1")


def test_the_stored_version_is_shown_while_another_is_pending(ledger: Ledger) -> None:
    ledger.store(FULL, "model 1", Contents(12, "digest"))
    changed = Article(FULL.text, "Changed")
    ledger.begin(changed, "model 1")
    record = ledger.find(FULL.id)
    assert record is not None
    assert record.article == FULL
    assert [record.article for record in ledger.page(0, 9)] == [FULL]
    assert [record.article for record in ledger.in_state("pending")] == [changed]
    assert ledger.settled() == []
    ledger.abandon(changed)
    assert ledger.in_state("pending") == []
    assert ledger.settled() == [(FULL.id, 12)]


def test_storing_one_version_leaves_another_pending(ledger: Ledger) -> None:
    changed = Article(FULL.text, "Changed")
    ledger.begin(FULL, "m")
    ledger.begin(changed, "m")
    ledger.store(FULL, "m", Contents(1, "digest"))
    assert [record.article for record in ledger.in_state("pending")] == [changed]
    ledger.store(changed, "m", Contents(2, "digest"))
    assert ledger.in_state("pending") == []
    assert [record.article for record in ledger.page(0, 9)] == [changed]


@pytest.mark.parametrize("with_pending", [False, True])
def test_deletion_has_two_steps(ledger: Ledger, with_pending: bool) -> None:
    ledger.store(FULL, "m", Contents(1, "digest"))
    if with_pending:
        ledger.begin(Article(FULL.text, "Changed"), "m")
    ledger.deleting(FULL.id)
    assert ledger.find(FULL.id) is None
    assert [record.article for record in ledger.in_state("deleting")] == [FULL]
    assert ledger.count() == 0
    ledger.remove(FULL.id)
    assert ledger.in_state("deleting") == ledger.in_state("pending") == []


def test_what_is_only_pending_can_be_deleted_too(ledger: Ledger) -> None:
    ledger.begin(BARE, "m")
    ledger.deleting(BARE.id)
    assert [record.article for record in ledger.in_state("deleting")] == [BARE]


def test_a_damaged_article_is_pending_again(ledger: Ledger) -> None:
    ledger.store(FULL, "m", Contents(7, "digest"))
    ledger.damaged(FULL.id, "3 of the 7 quads")
    (record,) = ledger.in_state("pending")
    assert (record.article, record.quads) == (FULL, 0)
    assert ledger.settled() == []
    assert ledger.marked("damaged") == [(FULL.id, "3 of the 7 quads")]
    ledger.begin(FULL, "m")
    assert ledger.marked("damaged"), "nothing is mended until it is stored"
    ledger.store(FULL, "m", Contents(7, "digest"))
    assert ledger.marked("damaged") == []


def test_an_article_that_failed_is_pending_with_its_problem(ledger: Ledger) -> None:
    ledger.begin(BARE, "m")
    ledger.begin(FULL, "m")
    before = ledger.sequence
    ledger.fail(FULL, "It is no use; delete it.")
    assert ledger.sequence > before, "what was told of it is out of date"
    told = [(record.state, record.problem) for record in ledger.page(0, 9)]
    assert told == [("pending", None), ("failed", "It is no use; delete it.")]
    assert [(one.state, one.problem) for one in ledger.headings(0, 9)] == told
    assert len(ledger.in_state("pending")) == 2
    ledger.begin(FULL, "m")
    assert [record.state for record in ledger.page(0, 9)] == ["pending", "pending"], "it has another try"


def test_a_stored_article_has_no_problem_of_a_version_that_failed(ledger: Ledger) -> None:
    ledger.store(FULL, "m", Contents(7, "digest"))
    changed = Article(FULL.text, "Changed")
    ledger.begin(changed, "m")
    ledger.fail(changed, "It is no use.")
    ledger.fail(BARE, "It is not even there.")
    (record,) = ledger.page(0, 9)
    assert (record.state, record.problem) == ("stored", None)
    assert ledger.marked("failed") == [(FULL.id, "It is no use.")]
    ledger.abandon(changed)
    assert ledger.marked("failed") == []


@pytest.mark.parametrize("kind", ["damaged", "failed"])
def test_a_removed_article_leaves_no_mark(ledger: Ledger, kind: str) -> None:
    ledger.store(FULL, "m", Contents(7, "digest"))
    ledger.damaged(FULL.id, "3 of the 7 quads")
    if kind == "failed":
        ledger.fail(FULL, "It is no use.")
    ledger.deleting(FULL.id)
    ledger.remove(FULL.id)
    assert ledger._sql.execute("SELECT * FROM marks").fetchall() == []


def test_the_sequence_grows_with_every_write(ledger: Ledger) -> None:
    seen = [ledger.sequence]
    for write in (
        lambda: ledger.begin(FULL, "m"),
        lambda: ledger.store(FULL, "m", Contents(1, "digest")),
        lambda: ledger.store(BARE, "m", Contents(1, "digest")),
        lambda: (ledger.deleting(FULL.id), ledger.remove(FULL.id)),
        lambda: ledger.store(FULL, "m", Contents(1, "digest")),
    ):
        write()
        seen.append(ledger.sequence)
    assert seen == sorted(set(seen))
    assert [record.article for record in ledger.page(0, 9)] == [BARE, FULL]


def test_pages_follow_each_other(ledger: Ledger) -> None:
    articles = [Article(f"text {number}") for number in range(7)]
    for article in articles:
        ledger.store(article, "m", Contents(1, "digest"))
    seen: list[Article] = []
    after = 0
    while page := ledger.page(after, 3):
        assert len(page) <= 3
        seen += [record.article for record in page]
        after = page[-1].sequence
    assert seen == articles


def test_headings_are_the_page_without_its_texts(ledger: Ledger) -> None:
    ledger.store(FULL, "m", Contents(1, "digest"))
    ledger.begin(BARE, "n")
    ledger.begin(Article(FULL.text, "Changed"), "n")
    for after, limit in ((0, 9), (0, 1), (1, 9), (9, 9)):
        records = ledger.page(after, limit)
        found = ledger.headings(after, limit)
        assert [(each.id, each.title, each.url, each.published, each.publisher) for each in found] == [
            (one.article.id, one.article.title, one.article.url, one.article.published, one.article.publisher)
            for one in records
        ]
        assert [(each.state, each.sequence, each.model, each.added) for each in found] == [
            (one.state, one.sequence, one.model, one.added) for one in records
        ]
        assert ledger.places(after, limit) == {each.id: each.sequence for each in found}


def test_sequences_are_found_in_any_number(ledger: Ledger) -> None:
    articles = [Article(f"text {number}") for number in range(1100)]
    for article in articles:
        ledger.begin(article, "m")
    ledger.deleting(articles[5].id)
    found = ledger.sequences([article.id for article in articles] + ["none"])
    assert found == ledger.places(0, 2000)
    assert len(found) == 1099


def near(ledger: Ledger, id_: str) -> list[str]:
    with ledger.reading() as sql:
        return absent.near(sql, id_)


def test_near_ids_begin_alike(ledger: Ledger) -> None:
    assert near(ledger, "0123") == []
    ledger.store(FULL, "m", Contents(1, "digest"))
    ledger.store(BARE, "m", Contents(1, "digest"))
    assert near(ledger, FULL.id[:6]) == [FULL.id]
    assert near(ledger, FULL.id[:9] + "zzz") == [FULL.id]
    assert near(ledger, "zzz") == near(ledger, "") == sorted([FULL.id, BARE.id])


def test_it_is_all_there_when_opened_again(tmp_path: Path) -> None:
    first = Ledger(tmp_path / "ledger.sqlite")
    assert first.base("http://one.example/") == "http://one.example/"
    first.store(FULL, "m", Contents(3, "digest"))
    sequence = first.sequence
    first.close()
    second = Ledger(tmp_path / "ledger.sqlite")
    assert second.base("http://two.example/") == "http://one.example/"
    assert second.holds(FULL, "m")
    assert second.sequence == sequence
    second.close()


def test_a_commit_is_on_the_disk(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    modes = [ledger._sql.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert modes == ["wal", 2]  # 2 is FULL
    ledger.close()


def test_a_newer_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(path).close()
    sql = sqlite3.connect(path)
    sql.execute("UPDATE meta SET value = ? WHERE key = 'layout'", (str(LAYOUT + 1),))
    sql.commit()
    sql.close()
    with pytest.raises(StoreMismatch, match="newer newsgraph"):
        Ledger(path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE meta SET value = 'abc' WHERE key = 'layout'", "its layout is 'abc'"),
        ("UPDATE meta SET value = '' WHERE key = 'sequence'", "its sequence is ''"),
        ("UPDATE articles SET sequence = 99", "number 99, but it counted to 1"),
    ],
)
def test_numbers_that_cannot_be_are_damage(tmp_path: Path, change: str, words: str) -> None:
    path = tmp_path / "ledger.sqlite"
    first = Ledger(path)
    first.store(BARE, "m", Contents(1, "digest"))
    first.close()
    _change(path, change)
    with pytest.raises(StoreDamaged, match=words):
        Ledger(path)


def test_a_date_that_is_none_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    first = Ledger(path)
    first.store(FULL, "m", Contents(1, "digest"))
    first.close()
    _change(path, "UPDATE articles SET published = 'soon'")
    second = Ledger(path)
    for read in (lambda: second.find(FULL.id), lambda: second.headings(0, 9)):
        with pytest.raises(StoreDamaged, match=r"date .*'soon'"):
            read()
    second.close()


def test_a_full_disk_is_told_and_harms_nothing(ledger: Ledger) -> None:
    ledger.store(FULL, "m", Contents(1, "digest"))
    pages = ledger._sql.execute("PRAGMA page_count").fetchone()[0]
    ledger._sql.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull, match="make room on the disk"):
        ledger.begin(Article("long " * 10_000), "m")
    assert [record.article for record in ledger.page(0, 9)] == [FULL]
    ledger._sql.execute(f"PRAGMA max_page_count = {pages + 100}")
    ledger.begin(Article("long " * 10_000), "m")
    assert len(ledger.page(0, 9)) == 2


def test_a_ledger_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(path).close()
    sql = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(StoreError, match="let this user write") as told, telling(path):
        sql.execute("DELETE FROM articles")
    sql.close()
    assert type(told.value) is StoreError


def test_an_empty_file_is_a_new_ledger_only_where_there_was_none(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.touch()
    with pytest.raises(StoreDamaged, match="it is empty"):
        Ledger(path, filled=True)
    Ledger(path).close()
    Ledger(path, filled=True).close()


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"this is no database at all, but long enough to be one" * 100)
    with pytest.raises(StoreDamaged, match=r"ledger\.sqlite is damaged"):
        Ledger(path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be opened or written .*let this user write"):
        Ledger(tmp_path / "none" / "ledger.sqlite")


def test_a_closed_ledger_says_so(ledger: Ledger) -> None:
    ledger.close()
    with pytest.raises(StoreError, match="cannot be used"):
        ledger.begin(FULL, "m")


def test_many_threads_may_write(ledger: Ledger) -> None:
    def write(part: int) -> None:
        for number in range(25):
            article = Article(f"{part} {number}")
            ledger.begin(article, "m")
            ledger.store(article, "m", Contents(number, "digest"))

    threads = [threading.Thread(target=write, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    records = ledger.page(0, 1000)
    assert len(records) == ledger.count() == 100
    assert len({record.sequence for record in records}) == 100


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(
    article=st.builds(
        Article, WORDS, st.none() | WORDS, st.none() | WORDS, st.none() | st.dates(), st.none() | WORDS
    )
)
def test_any_article_comes_back_as_it_was(article: Article) -> None:
    ledger = Ledger(None)
    ledger.begin(article, "m")
    ledger.store(article, "m", Contents(1, "digest"))
    record = ledger.find(article.id)
    ledger.close()
    assert record is not None
    assert record.article == article
