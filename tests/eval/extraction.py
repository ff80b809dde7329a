"""Open information extraction: the surface view on CaRB, BenchIE, QA-SRL (Wikinews, Wikipedia) and PLOVER."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import NotEnglish
from graph.text import language
from graph.text.clean import clean
from graph.text.density import prose_only
from graph.text.oie import Row, rows
from graph.text.parse import parse
from graph.text.reader import Reader
from graph.text.tokens import plain
from tests.eval.figures import Figures
from tests.eval.scorer import Extraction, Gold, Scorer, load

SENTENCE_ID = re.compile(r"sent_id:\d+\t(.*)")


@dataclass(frozen=True, slots=True)
class OpenSet:
    """One open set: its files, how its sentences and its gold are read, and which scores are kept."""

    files: tuple[str, ...]
    sentences: Callable[[Path], Iterable[str]]  # of the last file
    gold: Callable[[Scorer, list[str]], Gold]
    score: Callable[[Scorer, Gold, Mapping[str, list[Extraction]]], Mapping[str, float]]
    kept: Mapping[str, str]  # our name of a score -> the scorer's


def _tab_first(path: Path) -> list[str]:
    return [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()]


def _benchie(path: Path) -> list[str]:
    found = map(SENTENCE_ID.match, path.read_text(encoding="utf-8-sig").splitlines())
    return [line.group(1) for line in found if line]


def _csv(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["tokens"] for row in csv.DictReader(file)]


def _json(path: Path) -> list[str]:
    return [record["text"] for record in json.loads(path.read_text(encoding="utf-8"))]


def _qasrl(name: str) -> OpenSet:
    return OpenSet(
        (f"qasrl_{name}.dev.gold.csv", f"qasrl_{name}.dev.full.csv"),
        _csv,
        lambda scorer, files: scorer.read_qasrl(files[0], files[1]),
        lambda scorer, gold, made: scorer.score_qasrl(gold, made),
        {score: score for score in ("ua_f1", "pair_precision", "core_recall")},
    )


SETS: Mapping[str, OpenSet] = {
    "carb": OpenSet(
        ("carb_dev.tsv",),
        _tab_first,
        lambda scorer, files: scorer.read_carb_gold(files[0]),
        lambda scorer, gold, made: scorer.score_carb(gold, made),
        {"f1": "f1", "precision": "precision", "recall": "recall"},
    ),
    "benchie": OpenSet(
        ("benchie_dev.txt",),
        _benchie,
        lambda scorer, files: scorer.read_benchie_gold(files[0])[0],
        lambda scorer, gold, made: scorer.score_benchie(gold, made),
        {"f1": "f1", "precision": "precision", "recall": "recall"},
    ),
    "wikinews": _qasrl("wikinews"),
    "wikipedia": _qasrl("wikipedia"),
    "plover": OpenSet(
        ("plover_dev.json",),
        _json,
        lambda scorer, files: scorer.read_plover(files[0]),
        lambda scorer, gold, made: _with_length(scorer.score_plover(gold, made)),
        {"tight": "tight", "per_sentence": "per_sentence"},
    ),
}


def evaluate(name: str, folder: Path, reader: Reader) -> Figures:
    """Return the figures of one open set. Raises FileNotFoundError if a file of it is not in `folder`."""
    one = SETS[name]
    scorer = load(folder)
    files = [folder / file for file in one.files]
    gold = one.gold(scorer, [str(file) for file in files])
    texts = dict.fromkeys(" ".join(text.split()) for text in one.sentences(files[-1]))
    made = extract(reader, (text for text in texts if scorer.key(text) in gold), scorer)
    scores = one.score(scorer, gold, made)
    return {f"{name}.{ours}": scores[theirs] for ours, theirs in one.kept.items()}


def extract(reader: Reader, texts: Iterable[str], scorer: Scorer) -> dict[str, list[Extraction]]:
    """Return key of a sentence -> its extractions, as `newsgraph extract --format oie --lines` has them."""
    made: dict[str, list[Extraction]] = {}
    for text, rows_of_it in surface(reader, texts):
        made[scorer.key(text)] = [
            Extraction(row.relation, list(row.arguments), round(row.confidence, 2)) for row in rows_of_it
        ]
    return made


def surface(reader: Reader, texts: Iterable[str]) -> Iterator[tuple[str, list[Row]]]:
    """Give each text that is English with what `reader.surface` gives; parsed together, which is faster."""
    english = [text for text in texts if _english(text)]
    docs = parse(reader.nlp, [prose_only(clean(text)) for text in english])
    for text, parsed in zip(english, docs, strict=True):
        with plain(parsed) as doc:
            yield text, rows(doc)


def _english(text: str) -> bool:
    try:
        language.check(text)
    except NotEnglish:
        return False
    return True


def _with_length(scores: Mapping[str, float]) -> dict[str, float]:
    return {**scores, "per_sentence": scores["extractions"] / scores["sentences"]}
