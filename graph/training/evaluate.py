"""Figures of a pipeline: beside its teacher on held-out documents, and by the gold of treebanks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from graph.training.rows import Labels, Paragraph, read, source_name, sources
from graph.training.scores import Report, against_gold, agreement
from graph.training.splits import uses

FIGURES = "figures.json"


def evaluate(model: Path, labels: Path, corrected: Path, out: Path) -> None:
    """Write how far a pipeline agrees with its teacher on the held-out documents to `out`/figures.json."""
    nlp = _load(model)
    paths = sources(labels)
    use_of = uses([source_name(path) for path in paths])
    figures: dict[str, Report] = {}
    for path in paths:
        use = use_of[source_name(path)]
        teacher, fixed = (
            [p for p in read(folder / path.name) if use.part_of(p["doc"]) == "heldout"]
            for folder in (labels, corrected)
        )
        if teacher:
            report = agreement(zip(student := list(predict(nlp, teacher)), teacher, strict=True))
            report["ents_f_corrected"] = agreement(zip(student, fixed, strict=True))["ents_f"]
            figures[f"{path.stem}, held out, beside the teacher"] = report
    _publish(figures, out)


def evaluate_gold(model: Path, labels: Path, out: Path) -> None:
    """Write how right teacher and pipeline are by the treebanks in `labels` to `out`/figures.json."""
    teacher = [paragraph for path in sources(labels) for paragraph in read(path)]
    gold = [paragraph["gold"] for paragraph in teacher]
    student = list(predict(_load(model), teacher))
    figures = {
        "treebanks, beside the teacher": agreement(zip(student, teacher, strict=True)),
        "treebanks, gold, teacher": against_gold(zip(teacher, gold, strict=True)),
        "treebanks, gold, student": against_gold(zip(student, gold, strict=True)),
    }
    _publish(figures, out)


def predict(nlp: Language, paragraphs: Iterable[Paragraph]) -> Iterator[Labels]:
    """Yield what the pipeline says of each paragraph, on the words that are given."""
    docs = (Doc(nlp.vocab, words=p["words"], spaces=p["spaces"]) for p in paragraphs)
    for doc in nlp.pipe(docs, batch_size=64):
        yield {
            "tags": [token.tag_ for token in doc],
            "heads": [token.head.i for token in doc],
            "deps": [token.dep_ for token in doc],
            "ents": [(ent.start, ent.end, ent.label_) for ent in doc.ents],
            "starts": [1 if token.is_sent_start else -1 for token in doc],
        }


def _load(model: Path) -> Language:
    set_current_ops(NumpyOps(use_blis=False))
    return spacy.load(model)


def _publish(figures: dict[str, Report], out: Path) -> None:
    for title, report in figures.items():
        print(
            f"  {title}: " + "; ".join(f"{name} {value:g}" for name, value in report.items()), file=sys.stderr
        )
    (out / FIGURES).write_text(json.dumps(figures, indent=1), "utf-8")
