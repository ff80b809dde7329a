"""The marked sheet: its form, what it says of a reading, and the reliability table."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from readings import visit

from graph.model import Article, Modality, Reading
from tests.eval import golden, marked, marking
from tests.eval.corpus import articles
from tests.eval.sheet import (
    COLUMNS,
    Found,
    Mark,
    Verdict,
    Window,
    compare,
    line,
    read_marks,
    read_windows,
    told,
)
from tests.loaded import reader


def test_a_corpus_is_read_from_plain_and_gzipped_text(tmp_path: Path) -> None:
    text = "A fire\nFriday, January 4, 2019\nIt burnt.\nIt ended.\n\n\nNo day\nIt rained.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text.encode()))
    first, second = articles(tmp_path / "a.txt")
    assert articles(tmp_path / "a.txt.gz") == [first, second]
    assert (first.title, first.published, first.text) == ("A fire", date(2019, 1, 4), "It burnt.\nIt ended.")
    assert (second.title, second.published, second.text) == ("No day", None, "It rained.")


def sheet(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "marks.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_line_of_the_sheet_is_read_as_it_was_written(tmp_path: Path) -> None:
    window, made = Window(4, 0, 90), visit().statements[0]
    written = line(window, told(made), Verdict.TIME)
    assert read_marks(sheet(tmp_path, "\t".join(COLUMNS), written)) == [
        Mark(window, told(made), Verdict.TIME)
    ]
    assert made.sentence not in written


def test_the_sheet_keeps_no_text_of_an_article() -> None:
    made = visit().statements[0]
    long = replace(made.subject, id="a" * 200)
    cut, other = told(replace(made, subject=long)), told(replace(made, subject=replace(long, id="a" * 199)))
    assert len(cut.subject) < 60
    assert cut.subject != other.subject
    shipped = [m.told for _, path in marked.SHEETS.values() for m in read_marks(path)]
    assert max(len(part) for m in shipped for part in (m.subject, m.object, m.speaker)) <= 60


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((), "does not begin with the columns"),
        (("\t".join(COLUMNS), "1\t2"), "Line 2 of marks.tsv has 2 columns; give 12"),
        (("\t".join(COLUMNS), line(Window(0, 0, 9), told(visit().statements[0]), "perhaps")), "perhaps"),
    ],
)
def test_a_sheet_that_is_none_is_refused(tmp_path: Path, lines: Sequence[str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_marks(sheet(tmp_path, *lines))


@pytest.mark.parametrize(
    ("name", "statements", "from_articles"),
    [("marks", 300, 50), ("more", 500, 80), ("fifth", 250, 35), ("held", 90, 15), ("fresh", 250, 40)],
)
def test_the_sheets_that_ship_are_whole(name: str, statements: int, from_articles: int) -> None:
    sentences, lines = marked.SHEETS[name]
    windows, marks = read_windows(sentences), read_marks(lines)
    assert len(marks) >= statements
    assert len({window.article for window in windows}) >= from_articles
    assert {mark.window for mark in marks} <= set(windows)
    assert len(set(marks)) == len(marks)


@pytest.fixture
def everything() -> tuple[Window, Reading]:
    reading = visit()
    return Window(0, 0, len(reading.article.text)), reading


def marks(window: Window, reading: Reading, verdict: Verdict = Verdict.RIGHT) -> list[Mark]:
    return [Mark(window, told(made), verdict) for made in reading.statements]


def test_no_article_is_on_two_sheets() -> None:
    sheets = [{w.article for w in read_windows(path)} for path, _ in marked.SHEETS.values()]
    assert sum(map(len, sheets)) == len(set().union(*sheets))


def test_statements_are_compared_with_their_marks(everything: tuple[Window, Reading]) -> None:
    window, reading = everything
    first, *others = marks(window, reading)
    gone = replace(first, told=replace(first.told, predicate="be_gone"))
    found, vanished = compare([window], [gone, *others], {0: reading})
    assert [one.mark for one in found] == [None, *others]
    assert vanished == [gone]


def test_of_two_marks_that_with_the_same_detail_counts(everything: tuple[Window, Reading]) -> None:
    window, reading = everything
    made = told(reading.statements[0])
    other = Mark(window, replace(made, detail="Concept>Concept"), Verdict.RIGHT)
    found, _ = compare([window], [other, Mark(window, made, Verdict.RELATION)], {0: reading})
    assert found[0].mark is not None
    assert found[0].mark.verdict is Verdict.RELATION


def test_only_a_mark_on_types_asks_for_the_same_types(everything: tuple[Window, Reading]) -> None:
    window, reading = everything
    made = told(reading.statements[0])
    retyped = replace(made, detail="Concept>Concept")
    assert Mark(window, made, Verdict.RIGHT).fits(retyped)
    assert Mark(window, made, Verdict.TYPE).fits(replace(made, detail=f"{made.types} more"))
    assert not Mark(window, made, Verdict.RELATION).fits(replace(made, detail=f"{made.types} more"))
    assert not Mark(window, made, Verdict.TYPE).fits(retyped)
    assert not Mark(window, made, Verdict.RIGHT).fits(replace(made, speaker="Hale"))


def found(
    window: Window, reading: Reading, confidences: Sequence[float], verdicts: Sequence[Verdict]
) -> list[Found]:
    made = reading.statements[0]
    return [
        Found(window, replace(made, confidence=sure), Mark(window, told(made), verdict))
        for sure, verdict in zip(confidences, verdicts, strict=True)
    ]


def test_the_reliability_table_sets_confidence_beside_what_is_right(
    everything: tuple[Window, Reading],
) -> None:
    right, wrong = Verdict.RIGHT, Verdict.PARSE
    made = found(*everything, (0.95, 1.0, 0.71, 0.72), (right, wrong, right, right))
    made.append(replace(made[0], mark=None))
    low, high = marked.bins(made)
    assert (low.start, low.count, low.right) == (0.7, 2, 1.0)
    assert low.confidence == pytest.approx(0.715)
    assert (high.start, high.count, high.right) == (0.95, 2, 0.5)
    assert marked.calibration([low, high]) == pytest.approx((2 * 0.285 + 2 * 0.475) / 4)
    assert marked.calibration([]) == 0


def test_the_figures_of_the_sheet(everything: tuple[Window, Reading]) -> None:
    window, reading = everything
    made = found(window, reading, (0.9, 0.9, 0.9), (Verdict.RIGHT, Verdict.TYPE, Verdict.PARSE))
    vanished = [*marks(window, reading)[:1], *marks(window, reading, Verdict.TIME)[:2]]
    values = marked.figures(
        marked.Marked([window], {0: reading}, [*made, replace(made[0], mark=None)], vanished), "marks"
    )
    assert values["marks.precision"] == pytest.approx(1 / 3)
    assert values["marks.typed_apart"] == pytest.approx(2 / 3)
    assert (values["marks.marked"], values["marks.new"]) == (3, 1)
    assert (values["marks.vanished_right"], values["marks.vanished_wrong"]) == (1, 2)
    assert (values["marks.per_long_sentence"], values["marks.silent"]) == (4, 0)
    assert list(marked.causes(made).items())[:2] == [(Verdict.PARSE, 1), (Verdict.TYPE, 1)]


def test_an_offset_that_is_wrong_is_seen(everything: tuple[Window, Reading]) -> None:
    _, reading = everything
    assert marked.exact([reading]) == marked.exact([]) == 1
    first, *others = reading.statements
    moved = replace(first, subject=replace(first.subject, start=first.subject.start + 1))
    assert 0 < marked.exact([replace(reading, statements=(moved, *others))]) < 1


def test_modality_is_part_of_what_a_statement_says() -> None:
    made = visit().statements[0]
    other = next(modality for modality in Modality if modality is not made.modality)
    assert told(made).key != told(replace(made, modality=other)).key


def test_golden_lines_are_counted() -> None:
    kept = "# A sentence.\na | say | b\n! c | be | d\n- e | see | f\n- g | buy | h\n"
    lines = ["# A sentence.", "a | say | b", "c | be | d", "e | see | f", "x | be | y"]
    assert golden.count(lines, kept) == golden.Count(right=2, wrong=1, missing=1, unknown=1)
    assert golden.count([], kept) == golden.Count(missing=3)


def test_what_has_no_mark_is_shown_as_a_line_to_add(everything: tuple[Window, Reading]) -> None:
    window, reading = everything
    made, marked_one = (Found(window, one, None) for one in reading.statements[:2])
    marked_one = replace(marked_one, mark=marks(window, reading)[1])
    now = marked.Marked([window], {0: reading}, [made, marked_one], [])
    assert list(marking.new(now)) == [f"# {reading.article.text}", line(window, told(made.made), "")]


def test_sentences_are_drawn_by_a_seed_from_other_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "ARTICLES", 2)
    monkeypatch.setattr(marking, "SENTENCES", 1)
    text = "Short.\nThe mayor of Vale “sold” two ships yesterday.  The old king left the town at once. Ah!"
    made = [Article(text)] * 4
    drawn = marking.draw(made, reader(), seed=1, without={0, 3})
    assert [window.article for window in drawn] == [1, 2]
    assert drawn == marking.draw(made, reader(), seed=1, without={0, 3})
    told_of = {text[start:end] for start, end in marking.sentences(made[0], reader())}
    assert told_of == {"The mayor of Vale “sold” two ships yesterday.", "The old king left the town at once."}


def test_without_the_articles_there_is_nothing_to_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marking.main(["--draw", "7", "--sets", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"There is no {tmp_path}")
