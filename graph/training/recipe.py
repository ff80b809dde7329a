"""The stages of the recipe, one after the other; each reads folders of earlier ones and makes its own."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from graph.errors import ModelError
from graph.training import teacher
from graph.training.assemble import assemble, require_tables
from graph.training.build import build
from graph.training.denoise import denoise
from graph.training.evaluate import evaluate, evaluate_gold
from graph.training.gather import corpus_files, gather
from graph.training.gold import gather_gold, gold_files
from graph.training.rows import source_name
from graph.training.train import ROUNDS, Round, train

MADE_FROM = "made_from.json"
GOLD_MADE_FROM = "gold_made_from.json"


@dataclass(frozen=True, slots=True)
class Options:
    """What may be changed about a training; the defaults are those of the pipeline that ships."""

    steps: int | None = None  # of each round; None for those that ROUNDS gives
    share: float = 1.0  # of the training text that is used
    seed: int = 0  # added to the seeds of the documents and of each round

    def round(self, name: str) -> Round:
        """Return a round of training under these options."""
        this = ROUNDS[name]
        return Round(this.config, self.steps or this.steps, this.rate, this.seed + self.seed)


@dataclass(frozen=True, slots=True)
class Job:
    """One run of the recipe: from a folder of text to a folder of stages."""

    corpus: Path
    work: Path
    teacher: str | None = None  # the Python of the teacher's environment
    gold: Path | None = None  # a folder of treebanks to measure on, where there are any
    options: Options = field(default_factory=Options)

    def at(self, stage: str) -> Path:
        """Return the folder of a finished stage."""
        return self.work / stage

    def sources(self) -> list[str]:
        """Return the names of the sources of the text."""
        return [source_name(path) for path in corpus_files(self.corpus)]

    def made_from(self) -> dict[str, object]:
        """Return what the stages depend on: the options, and each file of the corpus by its hash."""
        return {"options": asdict(self.options), "corpus": _hashes(corpus_files(self.corpus))}

    def build(self) -> str:
        """Return a short name of text and options, which tells trainings apart."""
        return hashlib.sha256(json.dumps(self.made_from(), sort_keys=True).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the recipe; `make` fills the folder that it is given."""

    name: str  # of its folder in the work folder
    what: str
    make: Callable[[Job, Path], None]


def _teach(tokens: str, *, whole: bool) -> Callable[[Job, Path], None]:
    return lambda job, out: teacher.teach(job.teacher, job.at(tokens), out, whole=whole)


def _train(name: str, *, start: str | None = None) -> Callable[[Job, Path], None]:
    return lambda job, out: train(
        job.at("documents"), out, job.options.round(name), start=job.at(start) if start else None
    )


def _build(job: Job, out: Path) -> None:
    build(job.at("corrected"), out, share=job.options.share, seed=job.options.seed)


def _assemble(job: Job, out: Path) -> None:
    assemble(job.at("syntax2"), job.at("ner2"), out, names=job.sources(), build=job.build())


def _evaluate(job: Job, out: Path) -> None:
    evaluate(job.at("model"), job.at("labels"), job.at("corrected"), out)


STAGES = (
    Stage("tokens", "plain text becomes tokens", lambda job, out: gather(job.corpus, out)),
    Stage("labels", "the teacher labels them", _teach("tokens", whole=True)),
    Stage(
        "corrected", "its mistakes with names are corrected", lambda job, out: denoise(job.at("labels"), out)
    ),
    Stage("documents", "paragraphs become documents, some untidy", _build),
    Stage("syntax", "tagger and parser are trained", _train("syntax")),
    Stage("ner", "the entity recogniser is trained", _train("ner")),
    Stage("syntax2", "tagger and parser go on", _train("syntax2", start="syntax")),
    Stage("ner2", "the entity recogniser goes on", _train("ner2", start="ner")),
    Stage("model", "the parts become one pipeline", _assemble),
    Stage("figures", "it is measured on held-out documents", _evaluate),
)
GOLD_STAGES = (  # with Job.gold only
    Stage(
        "gold_tokens", "treebanks become tokens", lambda job, out: gather_gold(job.gold or job.corpus, out)
    ),
    Stage("gold_labels", "the teacher labels them, as it is", _teach("gold_tokens", whole=False)),
    Stage(
        "gold_figures",
        "teacher and pipeline are measured on them",
        lambda job, out: evaluate_gold(job.at("model"), job.at("gold_labels"), out),
    ),
)


def run(job: Job) -> Path:
    """Do what is not done yet, and return the folder of the pipeline.

    A finished stage is left as it is, so that a run that was ended goes on where it stood.
    Raises ModelError if something is missing or the folder belongs to another training, and an InputError if
    the text cannot be used.
    """
    require_tables()  # now, not after hours of training
    _claim(job.work / MADE_FROM, job.made_from())
    if job.gold:
        _claim(job.work / GOLD_MADE_FROM, _hashes(gold_files(job.gold)))
    for stage in STAGES + (GOLD_STAGES if job.gold else ()):
        out = job.at(stage.name)
        if out.exists():
            print(f"{stage.name}: done before", file=sys.stderr)
            continue
        print(f"{stage.name}: {stage.what}", file=sys.stderr, flush=True)
        part = out.with_name(out.name + ".part")
        part.mkdir(exist_ok=True)
        stage.make(job, part)
        part.rename(out)
    return job.at("model")


def _hashes(paths: Iterable[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _claim(path: Path, made_from: Mapping[str, object]) -> None:
    """Write down what the work folder is made from, or see that it is made from the same."""
    if path.exists():
        if json.loads(path.read_text("utf-8")) != made_from:
            raise ModelError(
                f"{str(path.parent)!r} holds a training on other text or with other options; name another "
                "folder, or remove it to begin anew."
            )
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(made_from, indent=1), "utf-8")
    part.replace(path)
