"""What one source raises never stops the others, and every article knows where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from sourcing import OTHER, PARAGRAPHS, PLAIN, body, page, read

import graph.sources.html
import graph.sources.jsonl
from graph.errors import BadRecord, EmptyText, ReadFailed, UnreadableSource
from graph.model import Article, Failure
from graph.sources.guard import attempt, failed, guarded


def raising(error: BaseException) -> Article:
    raise error


def test_what_no_one_foresaw_becomes_a_failure_that_asks_for_a_report() -> None:
    error = ImportError("No module named 'x'")
    result = attempt("a.html", lambda: raising(error))
    assert isinstance(result, Failure)
    assert result.source == "a.html"
    assert type(result.error) is ReadFailed
    assert "ImportError: No module named 'x'" in str(result.error)
    assert "report" in str(result.error)
    assert result.error.__cause__ is error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), GeneratorExit()])
def test_what_ends_the_process_ends_it(error: BaseException) -> None:
    with pytest.raises(type(error)):
        attempt("a.txt", lambda: raising(error))
    with pytest.raises(type(error)):
        list(guarded("a.txt", (raising(error) for _ in "a")))


def test_errors_of_ours_and_of_the_system_keep_their_words() -> None:
    ours = EmptyText("There is nothing; give something.")
    assert failed("a", ours).error is ours
    assert type(failed("a", PermissionError(13, "denied")).error) is UnreadableSource


def test_a_source_that_breaks_off_keeps_what_it_gave() -> None:
    def found():
        yield Article("A.")
        raise RuntimeError("gone")

    first, second = guarded("a", found())
    assert first == Article("A.")
    assert isinstance(second, Failure)
    assert type(second.error) is ReadFailed


def test_a_page_that_breaks_its_reader_never_stops_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text(page(PARAGRAPHS))
    (tmp_path / "b.txt").write_text(PLAIN)
    monkeypatch.setattr(graph.sources.html, "_extract", lambda _: raising(RuntimeError("broken")))
    broken, article = read(tmp_path)
    assert isinstance(broken, Failure)
    assert (broken.source, type(broken.error)) == (str(tmp_path / "a.html"), ReadFailed)
    assert article == Article(PLAIN)
    (told,) = body(page(PARAGRAPHS), "text/html")
    assert isinstance(told, Failure)
    assert type(told.error) is ReadFailed


def test_a_record_that_breaks_its_reader_never_stops_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def checked(text: str, limit: int) -> str:
        return text if text != PLAIN else str(raising(RuntimeError("broken")))

    monkeypatch.setattr(graph.sources.jsonl, "checked", checked)
    first, second = body(f'{{"text": "{PLAIN}"}}\n{{"text": "{OTHER}"}}', "application/jsonl")
    assert isinstance(first, Failure)
    assert (first.source, type(first.error)) == ("body:1", ReadFailed)
    assert second == Article(OTHER)


def test_an_article_knows_its_file_and_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(PARAGRAPHS))
    (tmp_path / "b.jsonl").write_text('\n{"text": "B."}\n')
    (tmp_path / "c.txt").write_text("\nC.")
    found = [item for item in read(tmp_path) if isinstance(item, Article)]
    assert [item.source for item in found] == [f"{tmp_path}/{n}" for n in ("a.html", "b.jsonl:2", "c.txt")]
    assert [item.name for item in found] == [item.source for item in found]
    (line,) = read(tmp_path / "c.txt", lines=True)
    assert isinstance(line, Article)
    assert line.source == f"{tmp_path}/c.txt:2"
    (stream,) = read("-", stdin=b"S.")
    assert isinstance(stream, Article)
    assert stream.source == "standard input"


def test_the_source_is_no_part_of_the_article() -> None:
    here, there = Article("A.", source="a.txt"), Article("A.", source="b.txt")
    assert here == there
    assert (hash(here), here.id) == (hash(there), there.id)
    assert Article("A.", title="T", url="https://a.example/").name == "T"
    assert Article("A.").name == Article("A.").id


def test_files_that_are_left_out_are_heard_of(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf", ".hidden.pdf", "sub/c.bin", "sub/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("T.")
    skipped: list[Path] = []
    assert len(read(tmp_path, on_skipped=skipped.append)) == 2
    assert sorted(path.name for path in skipped) == ["b.pdf", "c.bin"]


def test_json_that_ends_early_is_told_in_good_words() -> None:
    (told,) = body('{"text": "half', "application/json")
    assert isinstance(told, Failure)
    assert type(told.error) is BadRecord
    assert "Unterminated string starting at character 9" in str(told.error)
