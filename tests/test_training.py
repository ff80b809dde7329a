"""The recipe of the language model as a whole, on a tiny corpus and with a stand-in for the teacher."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from graph.errors import EmptyText, ModelError
from graph.resources import data_path
from graph.training import recipe, teacher
from graph.training.__main__ import main
from graph.training.recipe import GOLD_STAGES, MADE_FROM, STAGES, Job, Options, Stage, run
from graph.training.rows import read, sources
from graph.training.train import BEST, ROUNDS
from tests.teaching import INVENTED, ROOT, write_corpus, write_teacher

# Five words of a treebank; a mention brackets the name.
TREEBANK = """\
# newdoc id = one
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_
2\tstorm\tstorm\tNOUN\tNN\t_\t3\tnsubj\t_\t_
3\thit\thit\tVERB\tVBD\t_\t0\troot\t_\t_
4\tNorway\tNorway\tPROPN\tNNP\t_\t3\tobj\t_\tEntity=(1-place-Norway)|SpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The work folder of a whole run, in a process of its own: there NumPy is loaded with one thread."""
    folder = tmp_path_factory.mktemp("training")
    (folder / "gold").mkdir()
    (folder / "gold" / "storm.conllu").write_text(TREEBANK, "utf-8")
    command = [sys.executable, "-m", "graph.training", write_corpus(folder / "corpus"), folder / "work"]
    command += ["--teacher", write_teacher(folder), "--gold", folder / "gold", "--steps", "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{folder / 'work' / 'model'}\n"
    return folder / "work"


@pytest.fixture(scope="module")
def pipeline(trained: Path) -> Language:
    return spacy.load(trained / "model")


@pytest.mark.slow
def test_a_trained_pipeline_has_the_pipes_of_the_one_that_ships(pipeline: Language) -> None:
    shipped = spacy.load(data_path("model"))
    assert pipeline.pipe_names == shipped.pipe_names
    assert pipeline.get_pipe("attribute_ruler").patterns == shipped.get_pipe("attribute_ruler").patterns


@pytest.mark.slow
def test_a_trained_pipeline_reads_a_sentence_that_it_was_not_trained_on(pipeline: Language) -> None:
    doc = pipeline("The workers of the port met the minister.")
    wanted = ["DT", "NNS", "IN", "DT", "NN", "VBD", "DT", "NN", "."]
    assert (
        sum(token.tag_ == tag for token, tag in zip(doc, wanted, strict=True)) >= 7
    )  # two dozen steps teach that
    assert doc[0].head == doc[1]
    assert (doc[0].dep_, doc[0].pos_, doc[0].lemma_) == ("det", "DET", "the")
    assert len(list(doc.sents)) == 1
    assert {"ROOT", "det", "dobj", "nsubj", "pobj", "prep", "punct"} <= set(
        pipeline.get_pipe("parser").labels
    )
    assert {"GPE", "DATE", "PERSON"} <= set(pipeline.get_pipe("ner").labels)


@pytest.mark.slow
def test_a_trained_pipeline_holds_nothing_of_text_or_machine(trained: Path) -> None:
    config = (trained / "model" / "config.cfg").read_text("utf-8")
    assert str(trained.parent) not in config
    assert str(Path.home()) not in config
    strings = json.loads((trained / "model" / "vocab" / "strings.json").read_text("utf-8"))
    assert INVENTED in {word for path in sources(trained / "tokens") for word in _words(path)}
    assert not {INVENTED, "harbour", "Okafor", "goalkeeper"} & set(strings)


@pytest.mark.slow
def test_a_trained_pipeline_says_what_it_was_made_from(trained: Path, pipeline: Language) -> None:
    credited = [source["name"] for source in pipeline.meta["sources"]]
    assert credited[0].startswith("en_core_web_sm")
    assert credited[-2:] == ["harbour", "English Wikinews 2019-2020"]
    assert pipeline.meta["version"].startswith(
        "1.0.0+"
    )  # so that what it read is not taken for the shipped one's
    assert set(json.loads((trained / MADE_FROM).read_text("utf-8"))["corpus"]) == {
        "harbour.sent.txt.gz",
        "wikinews_2019_2020.par.txt",
    }


@pytest.mark.slow
def test_figures_are_of_documents_that_were_never_trained_on(trained: Path) -> None:
    figures = json.loads((trained / "figures" / "figures.json").read_text("utf-8"))
    report = figures["wikinews_2019_2020, held out, beside the teacher"]
    held_out = [p for p in read(trained / "labels" / "wikinews_2019_2020.jsonl") if p["doc"] in (0, 10)]
    assert report["tokens"] == sum(len(p["words"]) for p in held_out)
    assert report["tag"] > 50
    gold = json.loads((trained / "gold_figures" / "figures.json").read_text("utf-8"))
    assert gold["treebanks, gold, teacher"] == {
        "tokens": 5, "tag": 100.0, "nsubj_f": 100.0, "obj_f": 100.0, "names_f": 100.0
    }  # fmt: skip


@pytest.mark.slow
def test_a_second_run_does_nothing_again(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in trained.rglob("*")}
    assert main([str(trained.parent / "corpus"), str(trained), "--steps", "20"]) == 0  # and needs no teacher
    assert {path: path.stat().st_mtime_ns for path in trained.rglob("*")} == before
    out, err = capsys.readouterr()
    assert out == f"{trained / 'model'}\n"
    assert err.count("done before") == len(STAGES)
    assert not list(trained.glob("*.part"))


@pytest.mark.slow
def test_a_work_folder_of_another_training_is_left_alone(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(trained.parent / "corpus"), str(trained), "--steps", "21"]) == 1
    assert "other text or with other options" in capsys.readouterr().err
    other = tmp_path / "other.conllu"
    other.write_text(TREEBANK, "utf-8")
    assert main([str(trained.parent / "corpus"), str(trained), "--steps", "20", "--gold", str(tmp_path)]) == 1
    assert "other text or with other options" in capsys.readouterr().err
    assert (trained / "model" / "config.cfg").exists()


def test_the_rounds_are_those_of_the_pipeline_that_ships() -> None:
    shipped = spacy.util.load_config(data_path("model", "config.cfg"), interpolate=False)
    last = ROUNDS["syntax2"]
    assert shipped["training"]["max_steps"] == last.steps
    assert shipped["training"]["optimizer"]["learn_rate"]["initial_rate"] == last.rate
    assert shipped["system"]["seed"] == last.seed
    for name in ("syntax.cfg", "ner.cfg"):
        ours = spacy.util.load_config(Path(recipe.__file__).with_name(name), interpolate=False)
        pipes = ours["nlp"]["pipeline"]
        model = {pipe: ours["components"][pipe]["model"] for pipe in pipes}
        assert {pipe: shipped["components"][pipe]["model"]["@architectures"] for pipe in pipes} == {
            pipe: part["@architectures"] for pipe, part in model.items()
        }
        assert shipped["training"]["dropout"] == ours["training"]["dropout"]


def test_options_change_every_round() -> None:
    options = Options(steps=5, seed=3)
    assert [(options.round(n).steps, options.round(n).seed) for n in ROUNDS] == [
        (5, 3),
        (5, 3),
        (5, 10),
        (5, 10),
    ]
    assert [Options().round(name) for name in ROUNDS] == list(ROUNDS.values())


def test_every_stage_has_a_folder_of_its_own() -> None:
    names = [stage.name for stage in STAGES + GOLD_STAGES]
    assert len(set(names)) == len(names)
    assert set(ROUNDS) <= set(names)
    assert BEST not in names


def test_a_stage_that_was_ended_is_done_again_and_a_finished_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def first(_: Job, out: Path) -> None:
        made.append("first")
        (out / "file").write_text("whole", "utf-8")

    def second(job: Job, out: Path) -> None:
        made.append("second")
        (out / "file").write_text("half", "utf-8")
        if made.count("second") == 1:
            raise KeyboardInterrupt
        (out / "file").write_text((job.at("first") / "file").read_text("utf-8"), "utf-8")

    monkeypatch.setattr(recipe, "STAGES", (Stage("first", "one", first), Stage("second", "two", second)))
    job = Job(write_corpus(tmp_path / "corpus"), tmp_path / "work")
    with pytest.raises(KeyboardInterrupt):
        run(job)
    assert not job.at("second").exists()
    run(job)
    assert made == ["first", "second", "second"]
    assert (job.at("second") / "file").read_text("utf-8") == "whole"


def test_a_missing_table_package_is_said_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "spacy_lookups_data", None)
    with pytest.raises(ModelError, match="install spacy-lookups-data"):
        run(Job(write_corpus(tmp_path / "corpus"), tmp_path / "work"))
    assert not (tmp_path / "work").exists()


def test_a_teacher_must_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write_corpus(tmp_path / "corpus")), str(tmp_path / "work")]) == 1
    assert "--teacher" in capsys.readouterr().err
    assert (tmp_path / "work" / "tokens").exists()
    assert not (tmp_path / "work" / "labels").exists()


@pytest.mark.parametrize(
    ("script", "message"),
    [("exit 3 #", "ended with status 3"), ("true", "wrote no labels for one.jsonl")],
)
def test_a_teacher_that_fails_is_an_error(tmp_path: Path, script: str, message: str) -> None:
    tokens, labels = tmp_path / "tokens", tmp_path / "labels"
    tokens.mkdir()
    labels.mkdir()
    (tokens / "one.jsonl").write_text("", "utf-8")
    with pytest.raises(ModelError, match=message):
        teacher.teach(write_teacher(tmp_path, script), tokens, labels, whole=True)


def test_a_teacher_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be started"):
        teacher.teach(str(tmp_path / "python"), tmp_path, tmp_path, whole=False)


def test_a_corpus_without_text_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "notes.md").write_text("not text to train on", "utf-8")
    assert main([str(tmp_path / "corpus"), str(tmp_path / "work")]) == 1
    assert "holds no text to train on" in capsys.readouterr().err
    assert not (tmp_path / "work").exists()


def test_a_corpus_too_small_to_measure_on_is_an_error(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one.par.txt").write_text("The owners asked the government for help.\n", "utf-8")
    with pytest.raises(EmptyText, match="blank line between documents"):
        run(Job(corpus, tmp_path / "work", write_teacher(tmp_path)))


@pytest.mark.parametrize("arguments", [["--steps", "0"], ["--share", "0"], ["--share", "2"], ["--seed", "x"]])
def test_options_without_meaning_are_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["corpus", "work", *arguments])
    assert ended.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_the_labelling_script_stands_alone() -> None:
    """It runs in the teacher's environment, where newsgraph is not installed."""
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(teacher.LABEL.read_text("utf-8")))
        for name in _imports(node)
    }
    assert imported <= {*sys.stdlib_module_names, "spacy"}


def test_nothing_of_newsgraph_brings_the_recipe_along() -> None:
    code = (
        "import sys, graph, graph.text.parse; print('graph.training' in sys.modules, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or "graph"] if isinstance(node, ast.ImportFrom) else []


def _words(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as rows:
        return [word for row in rows for word in json.loads(row)["words"]]
