"""The evaluation: scoring of open sets, figures, tables and the command, on tiny made-up data."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from calling import ROOT
from rich.console import Console

from graph.errors import NotEnglish
from graph.model import Article
from tests.eval import extraction, marked, speed, table
from tests.eval.__main__ import PARTS, main
from tests.eval.figures import FIGURES, Figure, from_json, to_json
from tests.eval.scorer import load
from tests.eval.sheet import Verdict
from tests.loaded import reader

SCORER = """
def key(sentence):
    return sentence.replace(" ", "")

def read_carb_gold(path):
    with open(path, encoding="utf-8") as file:
        rows = [line.strip().split("\\t") for line in file]
    return {key(sentence): row for sentence, *row in rows}

def score_carb(gold, pred):
    rows = [(x.rel, *x.args[:1]) for found in pred.values() for x in found]
    right = sum(tuple(row[:2]) in rows for row in gold.values())
    return {"f1": right, "precision": right / max(1, len(rows)), "recall": right / len(gold), "auc": 0}
"""


@pytest.fixture
def open_sets(tmp_path: Path) -> Path:
    (tmp_path / "oie_score.py").write_text(SCORER, encoding="utf-8")
    gold = "The mayor sold two ships .\tsold\tThe mayor\ttwo ships\nThe old king left .\tslept\tThe king\n"
    (tmp_path / "carb_dev.tsv").write_text(gold, encoding="utf-8")
    return tmp_path


def test_an_open_set_is_scored_by_the_scorer_beside_it(open_sets: Path) -> None:
    values = extraction.evaluate("carb", open_sets, reader())
    assert values["carb.f1"] == 1
    assert values["carb.recall"] == 0.5


def test_the_surface_is_what_the_reader_gives_line_by_line() -> None:
    texts = ["Ada Hale sold two ships to the port of Vale on Monday.", "She denied it, and left."]
    assert list(extraction.surface(reader(), texts)) == [
        (text, reader().surface(Article(text))) for text in texts
    ]


def test_what_is_not_english_has_no_extractions() -> None:
    french = (
        "Le maire a vendu deux bateaux au port, mais il ne voulait pas que cela se sache avant le printemps."
    )
    with pytest.raises(NotEnglish):
        reader().surface(Article(french))
    assert list(extraction.surface(reader(), [french])) == []


def test_a_folder_without_the_scorer_names_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as told_of:
        load(tmp_path)
    assert told_of.value.filename == str(tmp_path / "oie_score.py")


def test_every_figure_of_an_open_set_has_its_line() -> None:
    made = {f"{name}.{ours}" for name, one in extraction.SETS.items() for ours in one.kept}
    assert made <= FIGURES.keys()
    assert {key.split(".")[0] for key in FIGURES} == PARTS.keys()


@pytest.mark.parametrize(
    ("figure", "value", "met"),
    [
        (Figure("a", "b", at_least=0.5), 0.5, True),
        (Figure("a", "b", at_least=0.5), 0.49, False),
        (Figure("a", "b", at_most=5), 5.1, False),
        (Figure("a", "b"), 1, None),
    ],
)
def test_a_target_is_met_or_not(figure: Figure, value: float, met: bool | None) -> None:
    assert figure.met(value) is met


def shown(made: object) -> str:
    screen = Console(file=io.StringIO(), width=120, no_color=True)
    screen.print(made)
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def test_the_table_has_the_targets_and_what_has_changed() -> None:
    told_now = shown(
        table.figures({"carb.f1": 0.56, "carb.recall": 0.4, "speed.words": 7000}, {"carb.f1": 0.5})
    )
    rows = [[cell.strip() for cell in row.split("│")[1:-1]] for row in told_now.splitlines() if "│" in row]
    assert rows == [
        ["CaRB", "F1", "0.560", "0.500", "+0.060", ">= 0.550", "yes"],
        ["", "recall", "0.400", "", "", "", ""],
        ["speed", "words a second, whole pipeline", "7,000", "", "", "", ""],
    ]
    assert "change" not in shown(table.figures({"carb.f1": 0.56}, {}))


def test_the_tables_of_the_sheet_are_shown() -> None:
    assert "0.70" in shown(table.reliability([marked.Bin(0.7, 12, 0.74, 0.5)]))
    assert "attribution" in shown(table.causes({Verdict.ATTRIBUTION: 3}))


def test_figures_are_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(to_json({"carb.f1": 0.5}), encoding="utf-8")
    assert from_json(path) == {"carb.f1": 0.5}
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="holds no figures; give a file that --json wrote"):
        from_json(path)


def test_a_run_prints_its_table_and_keeps_its_figures(
    open_sets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = open_sets / "now.json"
    assert main(["carb", "gum", "--sets", str(open_sets), "--json", str(kept)]) == 0
    out, err = capsys.readouterr()
    assert "CaRB" in out
    assert "gum is left out" in err
    assert from_json(kept)["carb.recall"] == 0.5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--sets", "nowhere"],
            "There is no folder nowhere; name that of the open sets: make eval EVAL=dir.",
        ),
        (["--sets", ".", "--beside", "nothing.json"], "nothing.json"),
        (["gum", "--sets", "."], "gum is left out: gum_news is not there."),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(
    words: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert sentence in capsys.readouterr().err


def test_a_part_that_is_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["carbon"])
    assert "There is no part carbon; choose of carb, benchie" in capsys.readouterr().err


def test_time_is_that_of_the_processor() -> None:
    assert speed.spent(lambda: sum(range(300_000))) > 0


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_names_the_folder_of_the_open_sets() -> None:
    # The tests may themselves run under make, which hands its flags down.
    given = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    asked = ["make", "-n", "eval", "EVAL=some where"]
    done = subprocess.run(asked, cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].endswith("python -m tests.eval --sets 'some where'")
